"""Money that belongs to no order line: advertising, creators, deposits kept, unmatched fees, costs of a period."""

from __future__ import annotations

from zhanggui.metrics.model import Chain, Condition, Good, Sum, Unit

CHAIN = Chain.FINANCE


def _entry_sum(
    name: str,
    label_zh: str,
    label_en: str,
    account: str,
    definition_zh: str,
    definition_en: str,
    *,
    rules: tuple[str, ...],
    good: Good = "down",
    ids: tuple[str, ...] = ("M-FIN-03",),
    value: str = "outlay_minor",
) -> Sum:
    return Sum(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.MONEY,
        good=good,
        definition_zh=f"{definition_zh}记在发生日。",
        definition_en=f"{definition_en} On its own day.",
        formula=f"Σ profit_entry.{value} where account = {account}",
        chain=CHAIN,
        catalogue_ids=ids,
        owner_zh="财务",
        owner_en="finance",
        rules=rules,
        table="profit_entry",
        date="day",
        value=value,
        where=(Condition("account", "=", account),),
    )


ad_spend = _entry_sum(
    "ad_spend",
    "广告费",
    "Ad spend",
    "ad_spend",
    "广告报表的花费与直播投流；同一广告系统的几种报表口径只取一种，不相加。",
    "Spend of advertising reports and pushes of live sessions; of several reports of one system one counts, never "
    "their sum.",
    rules=("ads_by_report", "ads_of_live", "ads_by_ledger"),
    ids=("M-FIN-03", "M-FIN-06"),
)
slot_fees = _entry_sum(
    "slot_fees",
    "坑位费",
    "Slot fees",
    "slot_fee",
    "付给达人的坑位费。",
    "Fees paid to creators for their sessions.",
    rules=("slot_fee",),
)
content_cost = _entry_sum(
    "content_cost",
    "内容费用",
    "Content",
    "content",
    "种草笔记、达人内容与裂变奖励的费用。",
    "Fees for notes and other content, and rewards for friends.",
    rules=("content", "cost_of_period"),
)
sample_cost = _entry_sum(
    "sample_cost",
    "样品费",
    "Samples",
    "sample",
    "寄给达人的样品的成本。",
    "Cost of samples sent to creators.",
    rules=("sample",),
)
forfeited_deposits = _entry_sum(
    "forfeited_deposits",
    "没收的定金",
    "Forfeited deposits",
    "forfeited_deposit",
    "买家没付尾款、平台结给商家的定金。",
    "Deposits of orders never fully paid that the platform paid out.",
    rules=("forfeited_deposit",),
    good="none",
    ids=("M-FIN-02",),
    value="amount_minor",
)
unmatched_fees = _entry_sum(
    "unmatched_fees",
    "未匹配的账单费用",
    "Fees that match no order",
    "unmatched_settlement",
    "平台账单里找不到已付款订单的费用。",
    "Fees in platform ledgers for which no paid order is found.",
    rules=("unmatched_settlement",),
    ids=("M-FIN-02", "M-FIN-03"),
)
period_freight = _entry_sum(
    "period_freight",
    "按期运费",
    "Freight of periods",
    "freight",
    "按期录入、不属于订单的运费。",
    "Freight entered for a period, of no order.",
    rules=("cost_of_period",),
)
period_packaging = _entry_sum(
    "period_packaging",
    "按期包材",
    "Packaging of periods",
    "packaging",
    "按期录入、不属于订单的包材。",
    "Packaging entered for a period, of no order.",
    rules=("cost_of_period",),
)
period_insurance = _entry_sum(
    "period_insurance",
    "按期保险",
    "Insurance of periods",
    "insurance",
    "按期录入、不属于订单的保险。",
    "Insurance entered for a period, of no order.",
    rules=("cost_of_period",),
)
period_tax = _entry_sum(
    "period_tax",
    "按期税费",
    "Taxes of periods",
    "tax",
    "按期录入、不属于订单的税费。",
    "Taxes entered for a period, of no order.",
    rules=("tax", "cost_of_period"),
)
brushing_cost = _entry_sum(
    "brushing_cost",
    "刷单费用",
    "Brushing",
    "brushing",
    "按期录入的刷单费用，有法律与税务风险。",
    "Brushing entered as a cost of a period; it carries legal and tax risks.",
    rules=("brushing", "cost_of_period"),
)
other_period_cost = _entry_sum(
    "other_period_cost",
    "其他按期费用",
    "Other costs of periods",
    "other_cost",
    "按期录入的其他费用。",
    "Other costs entered for a period.",
    rules=("cost_of_period",),
)
adjustments = _entry_sum(
    "adjustments",
    "其他调整",
    "Adjustments",
    "adjustment",
    "既不是订单也不是退款的金额，如坏账，带正负。",
    "Amounts that are neither order nor refund, such as bad debt, signed.",
    rules=("basis",),
    good="none",
    ids=("M-FIN-02",),
    value="amount_minor",
)
fixed_costs = _entry_sum(
    "fixed_costs",
    "固定费用",
    "Fixed costs",
    "fixed_cost",
    "人工与房租，按所写方式分摊；不计入贡献利润。",
    "Labour and rent, shared as they state; no part of contribution profit.",
    rules=("cost_of_period",),
)
