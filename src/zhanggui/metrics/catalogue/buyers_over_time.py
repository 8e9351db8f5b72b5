"""People over time: who stays and who is lost; what they are worth, which no table tells yet."""

from __future__ import annotations

from zhanggui.metrics.catalogue.marketing import acquisition_cost
from zhanggui.metrics.catalogue.shapes import awaited, count, rate
from zhanggui.metrics.model import Chain, Condition, Distinct, Evidence, NotNull, Unit

CHAIN = Chain.CUSTOMERS
_IS_FIRST = Condition("is_first", "=", True)


def _buyers(
    name: str, zh: str, en: str, definition_zh: str, definition_en: str, where: Condition | NotNull, said: str
) -> Distinct:
    return Distinct(
        name=name,
        label_zh=zh,
        label_en=en,
        unit=Unit.COUNT,
        good="none",
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count(distinct purchase_day.buyer_key where {said})",
        chain=CHAIN,
        catalogue_ids=("M-CUST-03",),
        entity="buyer_key",
        table="purchase_day",
        date="day",
        where=(where,),
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
lifetime_value = awaited(
    CHAIN,
    "lifetime_value",
    "用户生命周期价值",
    "Lifetime value (LTV)",
    "一批买家首购以来的贡献利润除以该批人数，只看满期的批次；预测值另标。",
    "Contribution profit of a cohort since its first order, divided by its buyers; only as far as the cohort is old "
    "enough, and predictions are marked.",
    "M-CUST-05",
    table="cohort",
    formula="contribution of the cohort ÷ buyers of the cohort",
    unit=Unit.MONEY,
    evidence=Evidence.ESTIMATED,
)
lifetime_value_to_cost = rate(
    CHAIN,
    "lifetime_value_to_cost",
    "LTV : CAC 比值",
    "LTV to CAC",
    "生命周期价值除以获客成本，按渠道看；大于 3 才算健康、可以放量。",
    "Lifetime value divided by acquisition cost, by channel; a channel is healthy above 3.",
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
