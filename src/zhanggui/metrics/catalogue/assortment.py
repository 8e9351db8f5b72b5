"""The range of goods: which SKUs sell, which are new, and what one unit earns."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.catalogue.profit_lines import COST_KNOWN, order_contribution
from zhanggui.metrics.catalogue.shapes import count, distinct, level, rate
from zhanggui.metrics.model import Chain, Condition, Difference, Distinct, Evidence, NotNull, Ratio, Sum, Unit

CHAIN = Chain.PRODUCTS

_IS_PRODUCT = Condition("line_kind", "=", "product")


def _skus(name: str, zh: str, en: str, definition_zh: str, definition_en: str, *, is_first_ever: bool) -> Distinct:
    return distinct(
        CHAIN,
        name,
        zh,
        en,
        f"{definition_zh}两家店用同一编码算同一个 SKU；赠品、运费行与没有 SKU 编码的行不计。",
        f"{definition_en} One code in two stores is one SKU; gifts, postage and lines without a code are not in it.",
        "M-GOODS-03",
        entity="sku_id",
        table="order_line",
        date="paid_date",
        where=(IS_PAID, IS_ORDINARY, _IS_PRODUCT, Condition("quantity", ">", 0)),
        said=f" of paid product lines{' first sold' if is_first_ever else ''}",
        good="up",
        also=("M-GOODS-04",),
        is_first_ever=is_first_ever,
    )


skus_sold = _skus(
    "skus_sold",
    "动销 SKU 数",
    "SKUs sold",
    "当期有付款销售的不同 SKU 数，不扣退货。",
    "Different SKUs sold in the period, returns not deducted.",
    is_first_ever=False,
)
new_skus_sold = _skus(
    "new_skus_sold",
    "首次售出的 SKU 数",
    "SKUs sold for the first time",
    "第一次售出落在当期的 SKU 数。账本历史较短时，老款会被当作新款。",
    "SKUs whose first sale ever lies in the period. While the history in the ledger is short, old ones look new.",
    is_first_ever=True,
)
new_sku_rate = rate(
    CHAIN,
    "new_sku_rate",
    "SKU 上新率（按首次售出）",
    "New-SKU rate (by first sale)",
    "首次售出的 SKU 数除以动销 SKU 数。没有上架时间，所以以第一次售出为准，是估算。",
    "SKUs sold for the first time divided by SKUs sold. No file says when a SKU was listed, so the first sale stands "
    "for it: an estimate.",
    "M-GOODS-03",
    new_skus_sold,
    skus_sold,
    evidence=Evidence.ESTIMATED,
)
units_costed = count(
    CHAIN,
    "units_costed",
    "成本已知的销售件数",
    "Units of known cost",
    "商品成本已知的商品行的件数，记在付款日；单件利润的分母。",
    "Units on product lines whose goods have a known cost, on the day of payment: what profit per unit divides by.",
    "M-GOODS-02",
    table="line_profit",
    date="paid_date",
    value="quantity",
    where=(IS_ORDINARY, COST_KNOWN, _IS_PRODUCT),
    said=" of ordinary product lines where cost_known",
)
contribution_per_unit = rate(
    CHAIN,
    "contribution_per_unit",
    "单件贡献利润",
    "Contribution per unit",
    "订单贡献利润除以成本已知的销售件数；按商品或 SKU 看哪样真赚钱。广告费不在内。",
    "Contribution of orders divided by units of known cost; by product or SKU it tells what earns. Advertising is not "
    "in it.",
    "M-GOODS-02",
    order_contribution,
    units_costed,
    unit=Unit.MONEY,
)


def _stock_codes(
    name: str, zh: str, en: str, definition_zh: str, definition_en: str, table: str, test: str
) -> Distinct:
    """Return how many of the seller's own codes pass a test on at least one day."""
    return distinct(
        CHAIN,
        name,
        zh,
        en,
        definition_zh,
        definition_en,
        "M-GOODS-04",
        entity="internal_sku",
        table=table,
        date="day",
        where=(Condition(test, "=", True),),
        said=f" where {test}",
    )


stock_codes_sold = _stock_codes(
    "stock_codes_sold",
    "动销库存编码数",
    "Stock codes sold",
    "当期至少有一天有货且有净销售的不同库存编码数：买家付款、没有全退；赠品行不算，套装按所含编码算。",
    "Different stock codes that on at least one day were there and were paid for by a buyer who did not send all of it "
    "back; gifts do not count, a set counts as its parts.",
    "goods_day",
    "is_sold",
)
stock_codes_there = _stock_codes(
    "stock_codes_there",
    "有货库存编码数",
    "Stock codes there",
    "当期至少有一天有货的不同库存编码数，赠品与包材也在内。",
    "Different stock codes that were there on at least one day of the period, gifts and packing among them.",
    "stock_day",
    "is_there",
)
stock_codes_apart = _stock_codes(
    "stock_codes_apart",
    "有货但不在售的库存编码数",
    "Stock codes there and not for sale",
    "有货的编码里从未售出、只作赠品或没有店铺在卖的：有商品对照表时，不在表里的算没有店铺在卖。",
    "Of the stock codes there those never sold that are only given away or listed by no store: where there is a map of "
    "SKUs, what it does not name is listed by none.",
    "goods_day",
    "is_apart",
)
skus_on_sale = Difference(
    name="skus_on_sale",
    label_zh="在架有货 SKU 数",
    label_en="SKUs on sale",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期至少有一天有货的不同库存编码数，减去不在售的；整期无货的不算。没有上下架记录，有货即算在架。",
    definition_en=(
        "Different stock codes that were there on at least one day of the period, less those not for sale; those out "
        "of stock all along are not in it. No file says what was listed when, so what is there counts as listed."
    ),
    formula="stock_codes_there − stock_codes_apart",
    chain=CHAIN,
    catalogue_ids=("M-GOODS-04",),
    minuend=stock_codes_there,
    subtrahend=stock_codes_apart,
)
sku_sell_through = rate(
    CHAIN,
    "sku_sell_through",
    "动销率",
    "Sell-through of the range",
    "动销库存编码数除以在架有货 SKU 数。没有上下架记录，分母是估算。",
    "Stock codes sold divided by SKUs on sale. No file says what was listed, so the denominator is an estimate.",
    "M-GOODS-04",
    stock_codes_sold,
    skus_on_sale,
    evidence=Evidence.ESTIMATED,
)


def _of_batches(column: str, zh: str, en: str, definition_zh: str, definition_en: str) -> Sum:
    """Return units of the batches that came in during the period."""
    return count(
        CHAIN,
        f"batch_units_{column}",
        zh,
        en,
        definition_zh,
        definition_en,
        "M-GOODS-05",
        table="receipt_batch",
        date="day",
        value=column,
        where=(NotNull(column),),
        said=" of batches whose days are over",
        good="none",
    )


def _sold_out(days: int, name: str) -> tuple[Sum, Sum, Ratio]:
    """Return units received and sold within so many days of the first receipt, and their ratio."""
    received = _of_batches(
        f"received_{days}",
        f"新批次 {days} 天入库件数",
        f"Units of new batches received in {days} days",
        f"当期首次入库的库存编码，{days} 天内采购与调增入库的件数；未满 {days} 天的与账本第一天已有的不计。",
        f"What came in within {days} days of the first receipt of stock codes that came in for the first time in the "
        f"period; those younger than that, and what was there on the first day of the books, are not in it.",
    )
    sold = _of_batches(
        f"sold_{days}",
        f"新批次 {days} 天净售件数",
        f"Units of new batches sold in {days} days",
        f"当期首次入库的库存编码，{days} 天内为订单发出的件数减去退回。",
        f"What was sent for orders within {days} days of the first receipt, less what came back, of the same codes.",
    )
    ratio = rate(
        CHAIN,
        name,
        f"售罄率（{days} 天）",
        f"Sold-out rate, day {days}",
        f"当期首次入库的库存编码：入库 {days} 天内净售件数除以入库件数；按首次入库日归期，未满 {days} 天的不计。",
        f"Of stock codes that came in for the first time in the period: units sold within {days} days, returns "
        f"deducted, divided by units received; by the day of the first receipt, younger ones left out.",
        "M-GOODS-05",
        sold,
        received,
    )
    return received, sold, ratio


batch_units_received_7, batch_units_sold_7, sold_out_rate_7 = _sold_out(7, "sold_out_rate_7")
batch_units_received_14, batch_units_sold_14, sold_out_rate_14 = _sold_out(14, "sold_out_rate_14")
batch_units_received_30, batch_units_sold_30, sold_out_rate = _sold_out(30, "sold_out_rate")
batch_units_received_60, batch_units_sold_60, sold_out_rate_60 = _sold_out(60, "sold_out_rate_60")
_HIT_ZH = "爆品：当天及此前 29 天的支付金额占本店全部商品 2% 以上；账本不满 30 天的日子没有判定，不计。"
_HIT_EN = (
    "A hit took 2 % or more of what all products of its store took on the day and the 29 before; days on which the "
    "books are shorter than 30 days tell of none and are not in it."
)


def _paid(name: str, zh: str, en: str, definition_zh: str, definition_en: str, *tests: Condition | NotNull) -> Sum:
    """Return what buyers paid for products of a class."""
    return Sum(
        name=name,
        label_zh=zh,
        label_en=en,
        unit=Unit.MONEY,
        good="none",
        definition_zh=f"{definition_zh}{_HIT_ZH}",
        definition_en=f"{definition_en} {_HIT_EN}",
        formula="Σ product_class.paid_minor where is_hit"
        + ("" if Condition("is_hit", "=", True) in tests else " known"),
        chain=CHAIN,
        catalogue_ids=("M-GOODS-06",),
        table="product_class",
        date="day",
        value="paid_minor",
        where=tests,
    )


paid_for_hits = _paid(
    "paid_for_hits",
    "爆品支付金额",
    "Paid for hits",
    "当天算爆品的商品当天的支付金额，不扣退款。",
    "What buyers paid on each day for the products that were hits on it, refunds not deducted.",
    Condition("is_hit", "=", True),
)
paid_for_products = _paid(
    "paid_for_products",
    "商品支付金额（有商品编码）",
    "Paid for products named",
    "有商品或 SKU 编码的商品行的支付金额，不扣退款。",
    "What buyers paid on lines that name a product or SKU, refunds not deducted.",
    NotNull("is_hit"),
)
hit_share = rate(
    CHAIN,
    "hit_share",
    "爆品占比",
    "Share of hits",
    f"爆品支付金额除以商品支付金额。{_HIT_ZH}别的界线在商品生命周期页上选。",
    f"Paid for hits divided by paid for products named. {_HIT_EN} Another border can be chosen on the page of the life "
    "cycle of goods.",
    "M-GOODS-06",
    paid_for_hits,
    paid_for_products,
    good="none",
)
slow_stock_value = level(
    CHAIN,
    "slow_stock_value",
    "滞销占用金额",
    "Money tied up in slow goods",
    "期末超过 30 天没有售出的库存按当日成本的金额；各仓、各编码可相加，各天不可相加。成本未知的不在内。",
    "Value at cost, on the last day of the period, of the stock of goods without a sale in 30 days; it adds up "
    "over warehouses and goods, never over days. Goods of unknown cost are not in it.",
    "M-GOODS-11",
    table="stock_day",
    value="slow_value_minor",
    unit=Unit.MONEY,
    good="down",
    also=("M-INV-04",),
)
