"""Stock: what came in and went out, how much lies there, how long it lasts."""

from __future__ import annotations

from zhanggui.metrics.catalogue.assortment import slow_stock_value
from zhanggui.metrics.catalogue.shapes import awaited, count, distinct, level, rate
from zhanggui.metrics.model import Chain, Condition, Difference, Distinct, Evidence, Sum, Unit

CHAIN = Chain.INVENTORY

units_received = count(
    CHAIN,
    "units_received",
    "入库件数",
    "Units received",
    "当期各仓库、各库存编码入库的件数，含调拨入库与退货入库；期初加入库减出库等于期末，差异另报。",
    "Units that came into each warehouse in the period, transfers and returns among them; opening plus received less "
    "issued is closing, and what differs is reported.",
    "M-INV-06",
    table="stock_balance",
    date="day",
    value="received",
    good="none",
)
units_issued = count(
    CHAIN,
    "units_issued",
    "出库件数",
    "Units issued",
    "当期各仓库、各库存编码出库的件数，含调拨出库。",
    "Units that left each warehouse in the period, transfers among them.",
    "M-INV-06",
    table="stock_balance",
    date="day",
    value="issued",
    good="none",
)
stock_unit_days = count(
    CHAIN,
    "stock_unit_days",
    "库存件数之和（按盘面日）",
    "Stock of all days stated",
    "各个盘面日在库件数相加，平均在库件数的分子；不是某一天的库存。",
    "Units in stock on each day that stock was stated, added up: what the average divides. Not the stock of any day.",
    "M-INV-10",
    table="stock_snapshot",
    date="day",
    value="on_hand",
    good="none",
)
stock_days = distinct(
    CHAIN,
    "stock_days",
    "盘面日数",
    "Days with stock stated",
    "当期有库存报表的不同天数；各仓库不可相加。",
    "Different days of the period for which stock was stated; warehouses do not add up.",
    "M-INV-10",
    entity="day",
    table="stock_snapshot",
    date="day",
)
average_stock = rate(
    CHAIN,
    "average_stock",
    "平均在库件数",
    "Average stock",
    "各盘面日在库件数之和除以盘面日数，按仓库、库存编码看库存结构。报表里没有列出的货算作没有。",
    "Units in stock on the days stated, divided by these days; by warehouse and stock code it tells the structure of "
    "stock. Goods that a list leaves out count as none.",
    "M-INV-10",
    stock_unit_days,
    stock_days,
    unit=Unit.COUNT,
    good="none",
)
stock_on_hand = level(
    CHAIN,
    "stock_on_hand",
    "在库件数",
    "Units in stock",
    "期末在库件数；各仓、各编码可相加，各天不可相加。负库存照记。",
    "Units in stock on the last day of the period; they add up over warehouses and goods, never over days. Less "
    "than nothing is counted as it stands.",
    "M-INV-10",
    table="stock_day",
    value="on_hand",
)
stock_value = level(
    CHAIN,
    "stock_value",
    "库存占用资金",
    "Cash tied up in stock",
    "期末在库件数乘以当日单位成本；各仓、各编码可相加，各天不可相加。成本未知的不在内，负库存按零计。",
    "Units in stock on the last day of the period at their unit cost of that day; it adds up over warehouses and "
    "goods, never over days. Goods of unknown cost are not in it; less than nothing counts as nothing.",
    "M-INV-09",
    table="stock_day",
    value="value_minor",
    unit=Unit.MONEY,
    good="down",
)


def _money(name: str, zh: str, en: str, definition_zh: str, definition_en: str, table: str, value: str) -> Sum:
    """Return an amount of days, from which days of stock and turns follow."""
    return count(
        CHAIN,
        name,
        zh,
        en,
        definition_zh,
        definition_en,
        "M-INV-01",
        table=table,
        date="day",
        value=value,
        unit=Unit.MONEY,
        good="none",
        also=("M-INV-02",),
    )


stock_value_days = _money(
    "stock_value_days",
    "库存金额之和（按天）",
    "Value of stock of all days",
    "每天在库件数按当日成本的金额逐日相加：平均库存金额乘以天数；不是某一天的库存。",
    "Value of stock at cost of each day, added up: the average value times the days. Not the stock of any day.",
    "stock_day",
    "value_minor",
)
cost_of_units_sold = _money(
    "cost_of_units_sold",
    "已发商品成本",
    "Cost of units sent",
    "为订单发出的件数减去可售退回，按当日单位成本，记在出库日；成本未知的不在内。",
    "Units sent for orders less what came back sellable, at the unit cost of the day, on the day they left; goods of "
    "unknown cost are not in it.",
    "stock_sale",
    "sold_cost_minor",
)
cost_of_units_sold_a_year = _money(
    "cost_of_units_sold_a_year",
    "已发商品成本（按年折算）",
    "Cost of units sent, as of a year",
    "已发商品成本乘以 365：一年都像当期每天这样要花的成本，除以每天库存金额之和就是周转率。",
    "Cost of units sent times 365: what a year of such days would cost. Divided by the value of stock of all days it "
    "gives turns a year.",
    "stock_sale",
    "year_cost_minor",
)
days_of_stock = rate(
    CHAIN,
    "days_of_stock",
    "库存周转天数",
    "Days of stock",
    "平均库存金额除以日均已发商品成本；等于每天库存金额之和除以当期已发商品成本。",
    "Average value of stock divided by the cost of units sent per day, which is the value of stock of all days divided "
    "by the cost of units sent.",
    "M-INV-01",
    stock_value_days,
    cost_of_units_sold,
    unit=Unit.DAYS,
    good="down",
)
stock_turns = rate(
    CHAIN,
    "stock_turns",
    "库存周转率",
    "Stock turns a year",
    "按年折算的已发商品成本除以平均库存金额；365 除以它就是周转天数。",
    "Cost of units sent, as of a year, divided by the average value of stock; 365 divided by it are the days of stock.",
    "M-INV-02",
    cost_of_units_sold_a_year,
    stock_value_days,
    unit=Unit.COUNT,
)


def _sku_days(name: str, zh: str, en: str, definition_zh: str, definition_en: str, test: str) -> Distinct:
    """Return on how many days of how many SKUs a test is true in any warehouse."""
    return Distinct(
        name=name,
        label_zh=zh,
        label_en=en,
        unit=Unit.COUNT,
        good="none",
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count(distinct stock_day.(internal_sku, day) where {test})",
        chain=CHAIN,
        catalogue_ids=("M-INV-03",),
        owner_zh="仓储",
        owner_en="warehouse",
        entity="internal_sku",
        table="stock_day",
        date="day",
        where=(Condition(test, "=", True),),
        is_per_day=True,
    )


sku_days_on_sale = _sku_days(
    "sku_days_on_sale",
    "在架 SKU·天",
    "SKU-days on sale",
    "每个库存编码在架的天数之和。没有上下架记录：当天或此前 90 天内有过货的算在架。",
    "Days on which each stock code was on sale. No file says when goods were listed: what was there on the day or on "
    "one of the 90 days before it counts as on sale.",
    "is_on_sale",
)
sku_days_in_stock = _sku_days(
    "sku_days_in_stock",
    "有货 SKU·天",
    "SKU-days in stock",
    "当天结束时任一仓库还有货的库存编码天数。",
    "Days at whose end any warehouse had some of a stock code.",
    "is_in_stock",
)
sku_days_out = Difference(
    name="sku_days_out",
    label_zh="缺货 SKU·天",
    label_en="SKU-days out of stock",
    unit=Unit.COUNT,
    good="down",
    definition_zh="在架而当天结束时各仓都没有货的库存编码天数；按仓库看时是该仓没有货。",
    definition_en=(
        "Days on which a stock code was on sale and no warehouse had any at their end; by warehouse, the warehouse had "
        "none."
    ),
    formula="sku_days_on_sale − sku_days_in_stock",
    chain=CHAIN,
    catalogue_ids=("M-INV-03",),
    owner_zh="仓储",
    owner_en="warehouse",
    minuend=sku_days_on_sale,
    subtrahend=sku_days_in_stock,
)
stock_out_rate = rate(
    CHAIN,
    "stock_out_rate",
    "缺货率",
    "Stock-out rate",
    "缺货 SKU·天除以在架 SKU·天；损失的销售见库存健康页。",
    "SKU-days out of stock divided by SKU-days on sale; what sales that lost stands on the page of stock health.",
    "M-INV-03",
    sku_days_out,
    sku_days_on_sale,
    good="down",
    evidence=Evidence.ESTIMATED,
)
slow_stock_rate = rate(
    CHAIN,
    "slow_stock_rate",
    "滞销率（按金额）",
    "Slow-moving rate (by value)",
    "滞销占用金额除以库存占用资金。",
    "Money tied up in slow goods divided by cash tied up in stock.",
    "M-INV-04",
    slow_stock_value,
    stock_value,
    good="down",
)
healthy_stock_value = level(
    CHAIN,
    "healthy_stock_value",
    "健康库存金额",
    "Value of healthy stock",
    "期末不滞销、够卖 14 到 90 天的库存按成本的金额；日销按此前 90 天有货日算，各仓合计，不扣退货。",
    "Stock at cost on the last day that is not slow and lasts for 14 to 90 days of what days with stock sold in the 90 "
    "days before, all warehouses together, returns not deducted.",
    "M-INV-05",
    table="stock_cover",
    value="healthy_value_minor",
    unit=Unit.MONEY,
    evidence=Evidence.ESTIMATED,
)
judged_stock_value = level(
    CHAIN,
    "judged_stock_value",
    "参与健康评定的库存金额",
    "Value of stock judged",
    "期末库存按成本的金额，只算有销售出库流水的店铺；成本未知的不在内。",
    "Stock at cost on the last day, of stores whose movements say what was sold; goods of unknown cost are not in it.",
    "M-INV-05",
    table="stock_cover",
    value="value_minor",
    unit=Unit.MONEY,
    evidence=Evidence.ESTIMATED,
)
stock_health = rate(
    CHAIN,
    "stock_health",
    "库存健康度",
    "Health of stock",
    "健康一档占库存金额的比例：不滞销，且够卖 14 到 90 天；其余是偏少、偏多、滞销、呆滞或还没卖过的新货。"
    "可改的界线、缺货损失与三项得分见“库存 → 库存健康”。",
    "Share by value of stock that is not slow and lasts for 14 to 90 days; the rest is too little, too much, slow, "
    "dead or new and unsold. Borders that can be moved, what stock-outs lost and the score stand under Stock, Health.",
    "M-INV-05",
    healthy_stock_value,
    judged_stock_value,
    evidence=Evidence.ESTIMATED,
)
skus_running_out = level(
    CHAIN,
    "skus_running_out",
    "缺货预警 SKU 数",
    "SKUs running out",
    "期末在库加未逾期在途采购不够卖一个交期的 SKU 数：现在下单也接不上。日销按此前 90 天，不看大促；"
    "按预测的预警与准确率见“库存 → 补货”。只算交期已知的。",
    "SKUs of which what is there and on order, past due not counted, is less than a lead time sells: what is ordered "
    "now comes too late. By the sales of the 90 days before, without promotions to come: warnings by forecast, and how "
    "often they were right, stand under Stock, Replenishment. Only where the lead time is known.",
    "M-INV-07",
    table="stock_policy",
    value="running_out",
    good="down",
    evidence=Evidence.ESTIMATED,
)
safety_stock = level(
    CHAIN,
    "safety_stock",
    "安全库存",
    "Safety stock",
    "期末要留的件数：1.645 × √(交期 × 日销方差 + 日销² × 交期方差)，即交期内 95% 不断货；日销按此前 90 天有货日，"
    "交期按此前到货。补货建议按预测与利润另定服务水平。只算交期已知的。",
    "Units to keep at the end of the period: 1.645 × √(lead time × variance of sales a day + sales a day² × variance "
    "of the lead time), which is not to run out in 95 of 100 lead times; by the 90 days before and what had been "
    "received by then. Purchase proposals choose the service by forecast and profit. Only where the lead time is "
    "known.",
    "M-INV-08",
    table="stock_policy",
    value="safety_units",
    evidence=Evidence.ESTIMATED,
)
days_of_stock_saved = awaited(
    CHAIN,
    "days_of_stock_saved",
    "周转天数缩短",
    "Days of stock saved",
    "措施前后库存周转天数之差，减去没有采取措施的可比商品的变化。",
    "Days of stock before a measure less after it, less the same of goods like them without the measure.",
    "M-INV-11",
    table="campaign_outcome",
    formula="change of days_of_stock − change of the comparison group",
    unit=Unit.DAYS,
    evidence=Evidence.MEASURED,
)
