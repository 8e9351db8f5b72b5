"""People over time: who stays, who is lost, and what first buyers are worth."""

from __future__ import annotations

from zhanggui.metrics.catalogue.marketing import acquisition_cost
from zhanggui.metrics.catalogue.shapes import count, distinct, rate
from zhanggui.metrics.model import Chain, Condition, Distinct, Evidence, NotNull, Sum, Unit

CHAIN = Chain.CUSTOMERS
_IS_FIRST = Condition("is_first", "=", True)


def _buyers(
    name: str, zh: str, en: str, definition_zh: str, definition_en: str, where: Condition | NotNull, said: str
) -> Distinct:
    return distinct(
        CHAIN,
        name,
        zh,
        en,
        definition_zh,
        definition_en,
        "M-CUST-03",
        entity="buyer_key",
        table="purchase_day",
        date="day",
        where=(where,),
        said=f" where {said}",
    )


buyers_followed = _buyers(
    "buyers_followed",
    "满 90 天的付款买家数",
    "Buyers followed for 90 days",
    "当期付过款、此后已满 90 天的买家数；全退的单不算，同一家店内计。",
    "Buyers who paid in the period and whose 90 days since are over; orders given back whole are left out, and each "
    "store counts by itself.",
    NotNull("is_lost"),
    "90 days are over",
)
buyers_lost = _buyers(
    "buyers_lost",
    "流失买家数",
    "Buyers lost",
    "其中此后 90 天没有在同一家店再付过款的买家数，记在最后一次付款日。",
    "Of these the buyers who paid in the same store on no other day for 90 days, on the last day they paid.",
    Condition("is_lost", "=", True),
    "is_lost",
)
churn_rate = rate(
    CHAIN,
    "churn_rate",
    "流失率",
    "Churn rate",
    "当期付过款的买家中，此后 90 天没有再下单的占比，只看满 90 天的；谁可能流失，见“客户 → 流失”的概率。",
    "Of the buyers who paid in the period the share without another order for 90 days, only where they are over; who "
    "may leave next is told as a chance under Customers, Churn.",
    "M-CUST-03",
    buyers_lost,
    buyers_followed,
    good="down",
)
_VALUED = (NotNull("value_minor"),)
first_buyers_valued = count(
    CHAIN,
    "first_buyers_valued",
    "首购满 90 天、成本已知的买家数",
    "First buyers of known value",
    "当期在该店首购、至今已满 90 天的买家数，其间每一单的商品成本都已知，记在首购日。",
    "Buyers who first paid in the store in the period, 90 days ago or longer, the cost of all goods of their orders "
    "since being known, on the day of that purchase.",
    "M-CUST-05",
    table="cohort",
    date="day",
    where=_VALUED,
    said=" where 90 days are over and all costs are known",
)
value_of_first_buyers = Sum(
    name="value_of_first_buyers",
    label_zh="首购买家 90 天的贡献利润",
    label_en="Contribution of first buyers in 90 days",
    unit=Unit.MONEY,
    good="up",
    definition_zh="这些买家首购起 90 天内全部订单的贡献利润，广告费未扣，记在首购日。",
    definition_en=(
        "Contribution profit of all orders of these buyers within 90 days of the first, advertising not deducted, on "
        "the day of the first purchase."
    ),
    formula="Σ cohort.value_minor",
    chain=CHAIN,
    catalogue_ids=("M-CUST-05",),
    table="cohort",
    date="day",
    value="value_minor",
    where=_VALUED,
)
lifetime_value = rate(
    CHAIN,
    "lifetime_value",
    "用户生命周期价值（90 天）",
    "Lifetime value (LTV, 90 days)",
    "一批首购买家 90 天内留下的贡献利润除以人数，广告费未扣，按首购日归期，只看满 90 天、成本已知的；"
    "90 天以后的价值不在内，预测值见“客户 → 生命周期价值”。",
    "What a cohort of first buyers left within 90 days, divided by their number, advertising not deducted, by the day "
    "of the first purchase; only where 90 days are over and costs are known. What comes later is not in it: "
    "predictions stand under Customers, Lifetime value.",
    "M-CUST-05",
    value_of_first_buyers,
    first_buyers_valued,
    unit=Unit.MONEY,
)
lifetime_value_to_cost = rate(
    CHAIN,
    "lifetime_value_to_cost",
    "LTV : CAC 比值",
    "LTV to CAC",
    "90 天的生命周期价值除以获客成本，按渠道看；大于 3 才算健康、可以放量。只算 90 天，偏于保守；两者看同一批首购日。",
    "Lifetime value of 90 days divided by acquisition cost, by channel; a channel is healthy above 3. Cautious, for "
    "what comes after 90 days is not in it; both are of the same days of first purchase.",
    "M-CUST-07",
    lifetime_value,
    acquisition_cost,
    unit=Unit.COUNT,
    evidence=Evidence.ESTIMATED,
)
first_buyers_followed = count(
    CHAIN,
    "first_buyers_followed",
    "首购满 60 天的买家数",
    "First buyers followed for 60 days",
    "在该店第一次付款（全退的单不算）、至今已满 60 天的买家数，记在首购日。",
    "Buyers who first paid in the store, orders given back whole left out, 60 days ago or longer, on the day of that "
    "purchase.",
    "M-CUST-08",
    table="purchase_day",
    date="day",
    where=(_IS_FIRST, NotNull("is_retained")),
    said=" where is_first and 60 days are over",
)
first_buyers_retained = count(
    CHAIN,
    "first_buyers_retained",
    "次月留存的首购买家数",
    "First buyers retained in the second month",
    "其中首购后第 31 到 60 天在同一家店又付过款的买家数，仍记在首购日。",
    "Of these the buyers who paid in the same store 31 to 60 days later, on the day of the first purchase.",
    "M-CUST-08",
    table="purchase_day",
    date="day",
    where=(_IS_FIRST, Condition("is_retained", "=", True)),
    said=" where is_first and is_retained",
)
retention_rate = rate(
    CHAIN,
    "retention_rate",
    "次月留存率",
    "Retention in the second month",
    "首购后第 31 到 60 天又付款的买家除以该批首购买家，按首购日归期，只看满 60 天的；每一期的留存见“客户 → 同期群”。",
    "Buyers who paid again 31 to 60 days after their first purchase, divided by that cohort of buyers, by the day of "
    "the first purchase, only where 60 days are over; every period is told under Customers, Cohorts.",
    "M-CUST-08",
    first_buyers_retained,
    first_buyers_followed,
)
