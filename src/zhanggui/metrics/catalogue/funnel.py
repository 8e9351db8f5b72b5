"""From a visit to the payment: conversion of visitors and of orders, and the steps between."""

from __future__ import annotations

from zhanggui.metrics.catalogue.conversion import orders_created, orders_paid
from zhanggui.metrics.catalogue.customers import buyers, new_buyers
from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID, gmv_paid
from zhanggui.metrics.catalogue.shapes import awaited, count, rate
from zhanggui.metrics.catalogue.traffic import visitors
from zhanggui.metrics.model import Chain, Condition, Difference, Evidence, Lapse, NotNull, Ratio, Sum, Unit

CHAIN = Chain.CONVERSION

_IS_FIRST = Condition("is_first", "=", True)

payment_conversion = rate(
    CHAIN,
    "payment_conversion",
    "支付转化率",
    "Payment conversion",
    "支付买家数除以访客数。买家来自订单，访客来自行为事件；有订单而没有事件的店铺会使比率偏高，并提示。",
    "Paying buyers divided by visitors. Buyers are those of orders, visitors those of events: stores with orders and "
    "without events make it too high, and a warning says so.",
    "M-CONV-08",
    buyers,
    visitors,
    also=("M-CONV-04",),
)
value_per_visitor = rate(
    CHAIN,
    "value_per_visitor",
    "访客价值",
    "Value per visitor",
    "支付金额除以访客数，等于转化率乘以客单价；比较渠道时看它，不单看转化率。还没有扣成本与费用。",
    "Paid amount divided by visitors, which is conversion times value per buyer: compare channels by it, not by "
    "conversion alone. Costs and fees are not deducted.",
    "M-FIN-08",
    gmv_paid,
    visitors,
    unit=Unit.MONEY,
    also=("M-TRAFFIC-07",),
)
orders_created_paid = count(
    CHAIN,
    "orders_created_paid",
    "下单后已支付订单数",
    "Orders created and paid since",
    "当期创建、至今已付款的主订单数，记在下单日；付款状态未知的订单不计入。",
    "Main orders created in the period and paid to date, on the day of the order; orders whose payment is unknown stay "
    "out.",
    "M-CONV-04",
    table="order_header",
    date="created_date",
    where=(IS_PAID, IS_ORDINARY),
    said=" of ordinary orders where is_paid by created_date",
)
order_payment_rate = rate(
    CHAIN,
    "order_payment_rate",
    "下单-支付转化率",
    "Share of orders paid",
    "下单后已支付订单数除以下单订单数，两者都归到下单日，是同一批订单。刚下的单还会付款，比率偏低。",
    "Orders created and paid since, divided by orders created: the same orders, on the day they were created. Too low "
    "for the latest, which are still to be paid.",
    "M-CONV-04",
    orders_created_paid,
    orders_created,
)
returning_buyers = Difference(
    name="returning_buyers",
    label_zh="老客数",
    label_en="Returning buyers",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期支付买家中此前已付过款的人数，即支付买家数减新客数；账本历史较短时偏低，尚不成熟。",
    definition_en=(
        "Paying buyers of the period who had paid before it: paying buyers less new ones. Too low and not yet mature "
        "while the history in the ledger is short."
    ),
    formula="buyers − new_buyers",
    chain=CHAIN,
    catalogue_ids=("M-CONV-11", "M-CUST-13"),
    minuend=buyers,
    subtrahend=new_buyers,
)
returning_buyer_share = rate(
    CHAIN,
    "returning_buyer_share",
    "老客占比（按月即月复购率）",
    "Share of returning buyers",
    "老客数除以支付买家数；按月看就是每月的买家里有多少是回来再买的。与复购率不同：复购率看同一期间内买了两天以上的人。",
    "Returning buyers divided by paying buyers; by month, how many of the month's buyers came back. Not the repurchase "
    "rate, which asks who bought on two days of one period.",
    "M-CONV-11",
    returning_buyers,
    buyers,
)
new_buyer_rate = rate(
    CHAIN,
    "new_buyer_rate",
    "拉新率",
    "New-buyer rate",
    "新客数除以支付买家数；与老客占比相加为 1。",
    "New buyers divided by paying buyers; with the share of returning buyers it makes 1.",
    "M-CUST-04",
    new_buyers,
    buyers,
)
orders_of_several_lines = count(
    CHAIN,
    "orders_of_several_lines",
    "多行订单数",
    "Orders of several lines",
    "当期付款、明细不止一行的主订单数，含赠品与运费行；没有明细的订单不计入。",
    "Main orders paid in the period with more than one line, gifts and postage among them; orders without lines are "
    "not in it.",
    "M-GOODS-09",
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY, Condition("n_lines", ">", 1)),
    said=" of ordinary orders where is_paid and n_lines > 1",
)
several_line_rate = rate(
    CHAIN,
    "several_line_rate",
    "连带率（多行订单占比）",
    "Share of orders of several lines",
    "多行订单数除以支付订单数。哪两样商品一起买，见“商品 → 关联”。",
    "Orders of several lines divided by paid orders. Which goods are bought together is told under Goods, Association.",
    "M-GOODS-09",
    orders_of_several_lines,
    orders_paid,
)


def _first_purchases(days: int, suffix: str, column: str, is_back: bool) -> tuple[Sum, Sum, Ratio]:
    """Return how many first buyers were followed for so many days, how many of them came back, and the rate."""
    followed = count(
        CHAIN,
        f"first_purchases_followed{suffix}",
        f"满 {days} 天的首购买家数",
        f"First buyers followed for {days} days",
        f"在该店第一次付款（全退的单不算）、至今已满 {days} 天的买家数，记在首购日。账本历史较短时，老客会被当作首购。",
        f"Buyers who first paid in the store, orders given back whole left out, {days} days ago or longer, on the day "
        "of that purchase. While history in the ledger is short, old customers look new.",
        "M-CONV-10",
        table="purchase_day",
        date="day",
        where=(_IS_FIRST, NotNull(column)),
        said=f" where is_first and {days} days are over",
    )
    back = count(
        CHAIN,
        f"first_purchases_back{suffix}",
        f"首购后 {days} 天内再购的买家数",
        f"First buyers back within {days} days",
        f"其中 {days} 天内在同一家店又在另一天付过款的买家数，仍记在首购日。",
        f"Of these the buyers who paid in the same store on another day within {days} days, on the day of the first "
        "purchase.",
        "M-CONV-10",
        table="purchase_day",
        date="day",
        where=(_IS_FIRST, Condition(column, "=", is_back)),
        said=f" where is_first and {'' if is_back else 'not '}{column}",
    )
    again = rate(
        CHAIN,
        f"repurchase_within_{days}_days",
        f"{days}天复购率",
        f"Repurchase within {days} days",
        f"首购后 {days} 天内在另一天再次付款的买家除以该批首购买家，按首购日归期，只看满 {days} 天的买家。",
        f"Buyers who paid again on another day within {days} days of their first purchase, divided by that cohort of "
        f"buyers, by the day of the first purchase; only buyers who have had their {days} days.",
        "M-CONV-10",
        back,
        followed,
    )
    return followed, back, again


first_purchases_followed, first_purchases_back, repurchase_within_30_days = _first_purchases(30, "", "is_back", True)
first_purchases_followed_90, first_purchases_back_90, repurchase_within_90_days = _first_purchases(
    90, "_90", "is_lost", False
)
days_between_orders = Lapse(
    name="days_between_orders",
    label_zh="复购间隔（中位数）",
    label_en="Days between orders (median)",
    unit=Unit.DAYS,
    good="down",
    definition_zh="同一买家在同一家店相邻两个付款日相隔的天数，取中位数，记在后一次；同日拆单算一次，全退的单不算。店铺还年轻时长间隔看不到，数值偏低。",
    definition_en=(
        "Days between two paid days of one buyer in one store, the median, on the later day; orders split on one day "
        "are one purchase and orders given back whole are none. Too low while a store is young, for long intervals "
        "cannot be seen yet."
    ),
    formula="median(purchase_day.day − day_before)",
    chain=CHAIN,
    catalogue_ids=("M-CONV-12",),
    table="purchase_day",
    date="day",
    since="day_before",
    until="day",
    share=0.5,
    where=(NotNull("day_before"),),
)
recommendation_click_rate = awaited(
    CHAIN,
    "recommendation_click_rate",
    "推荐页点击率",
    "Click rate of recommendations",
    "推荐位点击除以曝光，与没有推荐的对照组比。",
    "Clicks on recommendations divided by how often they were shown, beside people held out.",
    "M-CONV-15",
    table="recommendation",
    formula="clicks ÷ shown",
    evidence=Evidence.MEASURED,
)
recommendation_order_rate = awaited(
    CHAIN,
    "recommendation_order_rate",
    "推荐下单转化率",
    "Order rate of recommendations",
    "看到推荐后下单的人除以看到推荐的人，与没有推荐的对照组比。",
    "People who ordered after a recommendation divided by those who saw one, beside people held out.",
    "M-CONV-15",
    table="recommendation",
    formula="orderers ÷ people shown",
    evidence=Evidence.MEASURED,
)
members_followed = count(
    CHAIN,
    "members_followed",
    "满 30 天的新会员数",
    "New members followed for 30 days",
    "当期入会、至今已满 30 天的会员数，记在入会日；入会前就买过的、在账本的订单开始之前入会的、与买家对不上的不计入。",
    "Members who joined in the period 30 days ago or longer, on the day of joining; who bought before joining, joined "
    "before the orders of the ledger begin, or is tied to no buyer, stays out.",
    "M-CONV-16",
    table="member_day",
    date="day",
    where=(NotNull("is_activated"),),
    said=" where is_joining and 30 days are over",
)
members_activated = count(
    CHAIN,
    "members_activated",
    "入会后 30 天内首购的会员数",
    "New members activated",
    "其中 30 天内在该店付了第一单的会员数，仍记在入会日。",
    "Of these the members whose first order in the store was paid within 30 days, on the day of joining.",
    "M-CONV-16",
    table="member_day",
    date="day",
    where=(Condition("is_activated", "=", True),),
    said=" where is_activated",
)
activation_rate = rate(
    CHAIN,
    "activation_rate",
    "激活率",
    "Activation rate",
    "入会后 30 天内付了第一单的会员除以当期入会的会员，按入会日归期，只看满 30 天的；入会前就买过的不算。",
    "Members whose first order was paid within 30 days of joining, divided by those who joined, by the day of joining; "
    "only where 30 days are over, and without those who had bought before.",
    "M-CONV-16",
    members_activated,
    members_followed,
)
wake_up_rate = awaited(
    CHAIN,
    "wake_up_rate",
    "唤醒率",
    "Wake-up rate",
    "沉睡买家里重新下单的比例，减去对照组的比例。",
    "Share of sleeping buyers who order again, less that of the control group.",
    "M-CONV-17",
    table="campaign_outcome",
    formula="treated who order − control who order",
    evidence=Evidence.MEASURED,
)
win_back_rate = awaited(
    CHAIN,
    "win_back_rate",
    "挽回率",
    "Win-back rate",
    "流失预警买家（90 天未下单）里重新下单的比例，减去对照组的比例。",
    "Share of buyers warned of as lost (90 days without an order) who order again, less that of the control group.",
    "M-CONV-18",
    table="campaign_outcome",
    formula="treated who order − control who order",
    evidence=Evidence.MEASURED,
)
repurchase_after_campaign = awaited(
    CHAIN,
    "repurchase_after_campaign",
    "活动后复购率",
    "Repurchase after a campaign",
    "活动触达后规定天数内再次下单的比例，减去对照组的比例。",
    "Share of those reached who order again within the stated days, less that of the control group.",
    "M-CONV-20",
    table="campaign_outcome",
    formula="treated who order again − control who order again",
    evidence=Evidence.MEASURED,
)
