"""People over time: who stays, what they are worth, what members do. No table holds their histories yet."""

from __future__ import annotations

from zhanggui.metrics.catalogue.marketing import acquisition_cost
from zhanggui.metrics.catalogue.shapes import awaited, rate
from zhanggui.metrics.model import Chain, Evidence, Unit

CHAIN = Chain.CUSTOMERS

member_active_rate = awaited(
    CHAIN,
    "member_active_rate",
    "会员活跃率",
    "Active members",
    "当期下过单或来访过的会员除以全部会员，活跃的规则写在旁边。",
    "Members who ordered or came in the period, divided by all members; the rule of being active stands beside it.",
    "M-CUST-02",
    table="member_activity",
    formula="active members ÷ members",
)
churn_rate = awaited(
    CHAIN,
    "churn_rate",
    "流失率",
    "Churn rate",
    "90 天没有下单的买家除以此前活跃的买家；天数可改。",
    "Buyers without an order for 90 days divided by those active before; the number of days can be changed.",
    "M-CUST-03",
    table="buyer_state",
    formula="buyers lost ÷ buyers active before",
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
retention_rate = awaited(
    CHAIN,
    "retention_rate",
    "留存率",
    "Retention rate",
    "首购后第 N 期仍下单的买家除以该批首购买家。",
    "Buyers who still order in the Nth period after their first, divided by the buyers of that cohort.",
    "M-CUST-08",
    table="cohort",
    formula="buyers of the cohort in period N ÷ buyers of the cohort",
)
member_spending = awaited(
    CHAIN,
    "member_spending",
    "会员年消费额",
    "Yearly spending per member",
    "一年内支付金额除以会员数，按层级比较。",
    "Paid amount of a year divided by members, compared by tier.",
    "M-CUST-11",
    table="member_activity",
    formula="gmv_paid of members ÷ members",
    unit=Unit.MONEY,
)
private_domain_spending = awaited(
    CHAIN,
    "private_domain_spending",
    "私域用户年消费额",
    "Yearly spending in the private domain",
    "私域用户一年内支付金额除以人数，与条件相近的公域用户比。",
    "Paid amount of a year of people in the private domain divided by their number, beside people like them outside.",
    "M-CUST-12",
    table="member_activity",
    formula="gmv_paid of contacts ÷ contacts",
    unit=Unit.MONEY,
    evidence=Evidence.ESTIMATED,
)
