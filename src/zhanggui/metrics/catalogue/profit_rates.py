"""Rates of profit: margins, what a cost takes of each yuan, break-even."""

from __future__ import annotations

from zhanggui.metrics.catalogue import conversion, profit, profit_coverage, profit_entries, profit_lines
from zhanggui.metrics.model import Chain, Evidence, Good, Metric, Ratio, Unit

CHAIN = Chain.FINANCE


def _ratio(
    name: str,
    label_zh: str,
    label_en: str,
    numerator: Metric,
    denominator: Metric,
    definition_zh: str,
    definition_en: str,
    *,
    good: Good,
    ids: tuple[str, ...] = ("M-FIN-04",),
    unit: Unit = Unit.RATIO,
    evidence: Evidence = Evidence.COUNTED,
) -> Ratio:
    return Ratio(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"{numerator.name} ÷ {denominator.name}",
        chain=CHAIN,
        catalogue_ids=ids,
        owner_zh="财务",
        owner_en="finance",
        evidence=evidence,
        numerator=numerator,
        denominator=denominator,
    )


gross_margin = _ratio(
    "gross_margin",
    "真实毛利率",
    "Gross margin",
    profit.gross_profit,
    profit.net_receivable_costed,
    "毛利除以成本已知的净收入，退款、退货与他方优惠都已算进去。",
    "Gross profit divided by the net receivable of known cost: refunds, returns and subsidies are in it.",
    good="up",
)
contribution_margin = _ratio(
    "contribution_margin",
    "贡献利润率",
    "Contribution margin",
    profit.contribution_profit,
    profit.net_receivable_costed,
    "贡献利润除以成本已知的净收入，两者先各自合计。",
    "Contribution profit divided by the net receivable of known cost, both summed first.",
    good="up",
)
cost_unknown_share = _ratio(
    "cost_unknown_share",
    "成本未知占比（按应收）",
    "Share of unknown cost (of receivable)",
    profit_coverage.receivable_cost_unknown,
    profit_lines.receivable,
    "商品成本未知的行占商家应收的比例；这部分没有利润数。",
    "Share of the receivable that falls on lines of unknown cost, for which there is no profit.",
    good="down",
    ids=("M-FIN-03", "M-FIN-04"),
)
unsettled_share = _ratio(
    "unsettled_share",
    "未结算占比（按应收）",
    "Share not settled (of receivable)",
    profit_coverage.receivable_unsettled,
    profit_lines.receivable,
    "平台还没有结算的订单占商家应收的比例；这部分的费用只有估算。",
    "Share of the receivable of orders not settled yet; their fees are estimates.",
    good="down",
    ids=("M-FIN-02",),
)
goods_cost_rate = _ratio(
    "goods_cost_rate",
    "商品成本率",
    "Cost of goods rate",
    profit_lines.goods_cost,
    profit.net_receivable_costed,
    "商品成本除以成本已知的净收入。",
    "Cost of goods divided by the net receivable of known cost.",
    good="down",
    ids=("M-FIN-03",),
)
platform_fee_rate = _ratio(
    "platform_fee_rate",
    "平台费率",
    "Platform fee rate",
    profit.platform_fees,
    profit.net_receivable,
    "平台费用除以净收入；未结算的订单还没有费用，近期偏低。",
    "Platform fees divided by the net receivable; too low for recent orders, which are not settled.",
    good="down",
    ids=("M-FIN-03",),
)
logistics_rate = _ratio(
    "logistics_rate",
    "物流费率",
    "Logistics rate",
    profit.logistics_cost,
    profit.net_receivable,
    "物流费用除以净收入。",
    "Logistics divided by the net receivable.",
    good="down",
    ids=("M-FIN-03",),
)
ad_cost_rate = _ratio(
    "ad_cost_rate",
    "广告费率",
    "Ad cost rate",
    profit_entries.ad_spend,
    profit.net_receivable,
    "广告费除以净收入。",
    "Ad spend divided by the net receivable.",
    good="down",
    ids=("M-FIN-06", "M-FIN-03"),
)
break_even_roi = _ratio(
    "break_even_roi",
    "保本ROI（按支付金额）",
    "Break-even ROI (of paid amount)",
    profit_coverage.paid_costed,
    profit.contribution_before_ads,
    "1 ÷ 广告前贡献利润率，利润率按支付金额算：投一元广告至少要带来多少支付金额才不亏。与平台申报的总成交 ROI 比。"
    "零或负数表示投多少都亏。",
    "One divided by the contribution margin before advertising, of the paid amount: what one yuan of ads must bring so "
    "that nothing is lost; to be held against the ROI of gross sales. Zero or less: no ROI breaks even.",
    good="down",
    unit=Unit.COUNT,
    evidence=Evidence.ESTIMATED,
)
break_even_roi_net = _ratio(
    "break_even_roi_net",
    "保本ROI（按净收入）",
    "Break-even ROI (of net receivable)",
    profit.net_receivable_costed,
    profit.contribution_before_ads,
    "1 ÷ 广告前贡献利润率，利润率按退款后的净收入算。与平台申报的净成交 ROI 比。零或负数表示投多少都亏。",
    "One divided by the contribution margin before advertising, of the net receivable; to be held against the ROI of "
    "net sales. Zero or less: no ROI breaks even.",
    good="down",
    unit=Unit.COUNT,
    evidence=Evidence.ESTIMATED,
)
contribution_per_order = _ratio(
    "contribution_per_order",
    "单均贡献利润",
    "Contribution per order",
    profit.contribution_profit,
    conversion.orders_paid,
    "贡献利润除以支付订单数。",
    "Contribution profit divided by paid orders.",
    good="up",
    unit=Unit.MONEY,
)
