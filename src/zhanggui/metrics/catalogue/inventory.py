"""Stock: what came in and went out, how much lies there, how long it lasts."""

from __future__ import annotations

from zhanggui.metrics.catalogue.assortment import slow_stock_value
from zhanggui.metrics.catalogue.shapes import awaited, count, rate
from zhanggui.metrics.model import Chain, Distinct, Evidence, Unit

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
stock_days = Distinct(
    name="stock_days",
    label_zh="盘面日数",
    label_en="Days with stock stated",
    unit=Unit.COUNT,
    good="none",
    definition_zh="当期有库存报表的不同天数；各仓库不可相加。",
    definition_en="Different days of the period for which stock was stated; warehouses do not add up.",
    formula="count(distinct stock_snapshot.day)",
    chain=CHAIN,
    catalogue_ids=("M-INV-10",),
    owner_zh="仓储",
    owner_en="warehouse",
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
stock_value = awaited(
    CHAIN,
    "stock_value",
    "库存占用资金",
    "Cash tied up in stock",
    "在库件数乘以单位成本，按库龄分段。",
    "Units in stock at their unit cost, by age.",
    "M-INV-09",
    table="stock_day",
    formula="Σ on_hand × unit_cost",
    unit=Unit.MONEY,
    good="down",
)
days_of_stock = awaited(
    CHAIN,
    "days_of_stock",
    "库存周转天数",
    "Days of stock",
    "平均库存金额除以日均销售成本。",
    "Average value of stock divided by the cost of goods sold per day.",
    "M-INV-01",
    table="stock_day",
    formula="average stock value ÷ (goods_cost ÷ days)",
    unit=Unit.DAYS,
    good="down",
)
stock_turns = awaited(
    CHAIN,
    "stock_turns",
    "库存周转率",
    "Stock turns a year",
    "一年的销售成本除以平均库存金额；365 除以它就是周转天数。",
    "Cost of goods sold in a year divided by the average value of stock; 365 divided by it are the days of stock.",
    "M-INV-02",
    table="stock_day",
    formula="goods_cost of a year ÷ average stock value",
    unit=Unit.COUNT,
)
stock_out_rate = awaited(
    CHAIN,
    "stock_out_rate",
    "缺货率",
    "Stock-out rate",
    "缺货的 SKU·天数除以在架的 SKU·天数；损失的销售以金额估算。",
    "Days on which SKUs were out of stock divided by days on sale; lost sales are estimated in money.",
    "M-INV-03",
    table="stock_day",
    formula="SKU-days out of stock ÷ SKU-days on sale",
    good="down",
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
stock_health = awaited(
    CHAIN,
    "stock_health",
    "库存健康度",
    "Health of stock",
    "健康、偏多、偏少、呆滞四档中健康一档按金额的占比。",
    "Share by value of what is neither too much, too little nor dead.",
    "M-INV-05",
    table="stock_policy",
    formula="value of healthy stock ÷ stock value",
    evidence=Evidence.ESTIMATED,
)
skus_running_out = awaited(
    CHAIN,
    "skus_running_out",
    "缺货预警 SKU 数",
    "SKUs running out",
    "按需求预测，在补货到达之前会卖空的 SKU 数。",
    "SKUs that will be sold out before what is on order arrives, as demand is forecast.",
    "M-INV-07",
    table="stock_policy",
    formula="count(sku where days of cover < lead time)",
    unit=Unit.COUNT,
    good="down",
    evidence=Evidence.ESTIMATED,
)
safety_stock = awaited(
    CHAIN,
    "safety_stock",
    "安全库存",
    "Safety stock",
    "按需求波动、交期与服务水平要留的件数。",
    "Units to keep for the spread of demand and lead time at the service level.",
    "M-INV-08",
    table="stock_policy",
    formula="z × spread of demand over the lead time",
    unit=Unit.COUNT,
    good="none",
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
