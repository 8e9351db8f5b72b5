"""The range of goods: which SKUs sell, which are new, and what one unit earns."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.catalogue.profit_lines import COST_KNOWN, order_contribution
from zhanggui.metrics.catalogue.shapes import awaited, count, rate
from zhanggui.metrics.model import Chain, Condition, Distinct, Evidence, Level, NotNull, Ratio, Sum, Unit

CHAIN = Chain.PRODUCTS

_IS_PRODUCT = Condition("line_kind", "=", "product")


def _skus(name: str, zh: str, en: str, definition_zh: str, definition_en: str, *, is_first_ever: bool) -> Distinct:
    return Distinct(
        name=name,
        label_zh=zh,
        label_en=en,
        unit=Unit.COUNT,
        good="up",
        definition_zh=f"{definition_zh}两家店用同一编码算同一个 SKU；赠品、运费行与没有 SKU 编码的行不计。",
        definition_en=(
            f"{definition_en} One code in two stores is one SKU; gifts, postage and lines without a code are not in it."
        ),
        formula=f"count(distinct order_line.sku_id of paid product lines{' first sold' if is_first_ever else ''})",
        chain=CHAIN,
        catalogue_ids=("M-GOODS-03", "M-GOODS-04"),
        entity="sku_id",
        table="order_line",
        date="paid_date",
        where=(IS_PAID, IS_ORDINARY, _IS_PRODUCT, Condition("quantity", ">", 0)),
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
    return Distinct(
        name=name,
        label_zh=zh,
        label_en=en,
        unit=Unit.COUNT,
        good="up",
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count(distinct {table}.internal_sku where {test})",
        chain=CHAIN,
        catalogue_ids=("M-GOODS-04",),
        entity="internal_sku",
        table=table,
        date="day",
        where=(Condition("sold", ">", 0),) if table == "stock_sale" else (Condition("is_there", "=", True),),
    )


stock_codes_sold = _stock_codes(
    "stock_codes_sold",
    "动销库存编码数",
    "Stock codes sold",
    "当期至少有一天净发货（订单发出减可售退回）大于零的不同库存编码数。",
    "Different stock codes of which on at least one day more was sent for orders than came back sellable.",
    "stock_sale",
    "sold > 0",
)
skus_on_sale = _stock_codes(
    "skus_on_sale",
    "在架有货 SKU 数",
    "SKUs on sale",
    "当期至少有一天有货的不同库存编码数；整期无货的不算。没有上下架记录，有货即算在架；赠品编码也在内。",
    "Different stock codes that were there on at least one day of the period; those out of stock all along are not in "
    "it. No file says what was listed, so what is there counts as listed, codes of gifts among them.",
    "stock_day",
    "is_there",
)
sku_sell_through = rate(
    CHAIN,
    "sku_sell_through",
    "动销率（按出库）",
    "Sell-through of the range (by stock issued)",
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
hit_share = awaited(
    CHAIN,
    "hit_share",
    "爆品占比",
    "Share of hits",
    "爆品的支付金额除以全部支付金额；爆品的规则写在旁边，可以改。",
    "Paid amount of hits divided by all of it; the rule of what is a hit stands beside it and can be changed.",
    "M-GOODS-06",
    table="product_class",
    formula="gmv_paid of hits ÷ gmv_paid",
    good="none",
)
slow_stock_value = Level(
    name="slow_stock_value",
    label_zh="滞销占用金额",
    label_en="Money tied up in slow goods",
    unit=Unit.MONEY,
    good="down",
    definition_zh="期末超过 30 天没有售出的库存按当日成本的金额；各仓、各编码可相加，各天不可相加。成本未知的不在内。",
    definition_en=(
        "Value at cost, on the last day of the period, of the stock of goods without a sale in 30 days; it adds up "
        "over warehouses and goods, never over days. Goods of unknown cost are not in it."
    ),
    formula="Σ stock_day.slow_value_minor of the last day",
    chain=CHAIN,
    catalogue_ids=("M-GOODS-11", "M-INV-04"),
    table="stock_day",
    date="day",
    value="slow_value_minor",
)
