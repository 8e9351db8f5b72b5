"""Profit and its rates: contribution, margins, break-even, and both bases of refunds."""

from __future__ import annotations

from zhanggui.metrics.catalogue import profit_coverage, profit_entries, profit_lines
from zhanggui.metrics.model import Chain, Difference, Evidence, Good, Metric, Total, Unit

CHAIN = Chain.FINANCE


def _total(
    name: str,
    label_zh: str,
    label_en: str,
    addends: tuple[Metric, ...],
    definition_zh: str,
    definition_en: str,
    *,
    good: Good = "down",
    ids: tuple[str, ...] = ("M-FIN-03",),
) -> Total:
    return Total(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.MONEY,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=" + ".join(each.name for each in addends),
        chain=CHAIN,
        catalogue_ids=ids,
        owner_zh="财务",
        owner_en="finance",
        addends=addends,
    )


def _difference(
    name: str,
    label_zh: str,
    label_en: str,
    minuend: Metric,
    subtrahend: Metric,
    definition_zh: str,
    definition_en: str,
    *,
    ids: tuple[str, ...] = ("M-FIN-04",),
    evidence: Evidence = Evidence.COUNTED,
) -> Difference:
    return Difference(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.MONEY,
        good="up",
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"{minuend.name} − {subtrahend.name}",
        chain=CHAIN,
        catalogue_ids=ids,
        owner_zh="财务",
        owner_en="finance",
        evidence=evidence,
        minuend=minuend,
        subtrahend=subtrahend,
    )


subsidies = _total(
    "subsidies",
    "他方承担的优惠",
    "Subsidies",
    (
        profit_lines.platform_subsidy,
        profit_lines.creator_subsidy,
        profit_lines.payment_subsidy,
        profit_lines.unknown_subsidy,
    ),
    "平台、达人、支付渠道承担的优惠与承担方未知的补贴之和；买家实付加上它等于商家应收。",
    "Discounts that platform, creator and payment channel bear, and those of unknown bearer; with what buyers paid "
    "they make the receivable.",
    good="none",
    ids=("M-FIN-01",),
)
refunds_and_subsidies_back = _total(
    "refunds_and_subsidies_back",
    "退款及退回的优惠",
    "Refunds and subsidies taken back",
    (profit_lines.refunded, profit_lines.subsidy_back),
    "退给买家的金额与随之退回给平台、达人的优惠。",
    "What goes back to buyers, and the discounts that go back to platform and creator with it.",
    ids=("M-FIN-02", "M-FIN-03"),
)
net_receivable = _difference(
    "net_receivable",
    "净收入（应收减退款）",
    "Net receivable",
    profit_lines.receivable,
    refunds_and_subsidies_back,
    "商家应收减去退款与退回的优惠（付款口径）。成本和费用未扣。",
    "The receivable less refunds and subsidies that go back (payment cohort); no cost or fee deducted.",
    ids=("M-FIN-01", "M-FIN-02"),
)
platform_fees = _total(
    "platform_fees",
    "平台费用",
    "Platform fees",
    (
        profit_lines.commission_cost,
        profit_lines.service_fee_cost,
        profit_lines.creator_commission_cost,
        profit_lines.insurance_cost,
        profit_lines.penalty_cost,
        profit_lines.order_promotion_cost,
    ),
    "账单已入账的佣金、服务费、达人佣金、运费险、赔付与订单推广费之和，冲回已扣除。",
    "Commission, service fees, creators' commission, return insurance, penalties and promotion fees of orders that "
    "ledgers have booked, reversals deducted.",
    ids=("M-FIN-02", "M-FIN-03"),
)
logistics_cost = _total(
    "logistics_cost",
    "物流费用",
    "Logistics",
    (
        profit_lines.freight_out,
        profit_lines.freight_back,
        profit_lines.packaging_cost,
        profit_entries.period_freight,
        profit_entries.period_packaging,
    ),
    "去程运费、退货运费与包材，含按期录入的。",
    "Freight both ways and packaging, those entered for periods included.",
)
marketing_cost = _total(
    "marketing_cost",
    "营销费用",
    "Marketing",
    (
        profit_entries.ad_spend,
        profit_entries.slot_fees,
        profit_entries.content_cost,
        profit_entries.sample_cost,
    ),
    "广告费、坑位费、内容费用与样品费。",
    "Ad spend, slot fees, content and samples.",
    ids=("M-MKT-05", "M-FIN-03", "M-FIN-06"),
)
entry_income = _total(
    "entry_income",
    "不属于订单的收入",
    "Income of no order",
    (profit_entries.forfeited_deposits, profit_entries.adjustments),
    "没收的定金与其他调整。",
    "Forfeited deposits and adjustments.",
    good="none",
    ids=("M-FIN-02",),
)
entry_costs = _total(
    "entry_costs",
    "不属于订单的费用",
    "Costs of no order",
    (
        marketing_cost,
        profit_entries.unmatched_fees,
        profit_entries.period_freight,
        profit_entries.period_packaging,
        profit_entries.period_insurance,
        profit_entries.period_tax,
        profit_entries.brushing_cost,
        profit_entries.other_period_cost,
    ),
    "营销费用、未匹配的账单费用与按期录入的变动费用；固定费用不含。",
    "Marketing, fees that match no order, and variable costs entered for periods; fixed costs stay out.",
)
profit_of_entries = _difference(
    "profit_of_entries",
    "不属于订单的净额",
    "Net of no order",
    entry_income,
    entry_costs,
    "不属于任何订单的收入减费用，固定费用不含；不按店铺、商品等拆分时不会遗漏。",
    "Income less costs of no order, without fixed costs.",
    ids=("M-FIN-03", "M-FIN-04"),
)
contribution_profit = _total(
    "contribution_profit",
    "贡献利润",
    "Contribution profit",
    (profit_lines.order_contribution, profit_of_entries),
    "订单贡献利润加不属于订单的收入、减广告等不属于订单的费用；固定费用与刷单不计。成本未知的行没有利润，不当作零；待结算的费用另列。",
    "Contribution of orders plus income and less costs of no order, such as advertising; fixed costs and brushing stay "
    "out. Lines of unknown cost have none, which is not zero; fees still to come stand apart.",
    good="up",
    ids=("M-FIN-04",),
)
contribution_after_fees = _difference(
    "contribution_after_fees",
    "贡献利润（含待结算费用估算）",
    "Contribution after fees still to come",
    contribution_profit,
    profit_coverage.expected_fees,
    "贡献利润再减去未结算订单的费用估算；近期订单以它为准。",
    "Contribution profit less the estimated fees of orders not settled yet; for recent orders the better number.",
    evidence=Evidence.ESTIMATED,
)
profit_after_fixed_costs = _difference(
    "profit_after_fixed_costs",
    "扣固定费用后的利润",
    "Profit after fixed costs",
    contribution_profit,
    profit_entries.fixed_costs,
    "贡献利润减固定费用（人工与房租）。",
    "Contribution profit less fixed costs, which are labour and rent.",
)
operating_profit = _total(
    "operating_profit",
    "经营利润",
    "Operating profit",
    (
        profit_after_fixed_costs,
        profit_lines.marked_order_cost,
    ),
    "贡献利润减固定费用，再计入刷单与测试单的收支；利润表的最后一行。",
    "Contribution profit less fixed costs, and the result of brushing and test orders: the last line of the statement.",
    good="up",
    ids=("M-FIN-05", "M-FIN-04"),
)
refunds_and_subsidies_back_costed = _total(
    "refunds_and_subsidies_back_costed",
    "成本已知行的退款及退回的优惠",
    "Refunds and subsidies taken back of known cost",
    (profit_coverage.refunded_costed, profit_coverage.subsidy_back_costed),
    "商品成本已知的行的退款与退回的优惠。",
    "Refunds and subsidies that go back on lines whose goods have a known cost.",
)
net_receivable_costed = _difference(
    "net_receivable_costed",
    "成本已知的净收入",
    "Net receivable of known cost",
    profit_coverage.receivable_costed,
    refunds_and_subsidies_back_costed,
    "商品成本已知的行的商家应收减退款与退回的优惠；毛利率与贡献利润率以它为分母。",
    "Receivable less refunds and subsidies that go back of lines whose goods have a known cost; the base of margins.",
    ids=("M-FIN-02", "M-FIN-04"),
)
gross_profit = _difference(
    "gross_profit",
    "毛利",
    "Gross profit",
    net_receivable_costed,
    profit_lines.goods_cost,
    "成本已知的净收入减商品成本。运费、平台费用和广告费未扣。",
    "Net receivable less the cost of goods, of lines whose cost is known; freight, fees and ads not deducted.",
)
contribution_with_promotion = _total(
    "contribution_with_promotion",
    "订单贡献利润加回推广费",
    "Contribution before promotion fees",
    (profit_lines.order_contribution, profit_coverage.promotion_costed),
    "订单贡献利润加回账单记在订单上的推广费。",
    "Contribution of orders with the promotion fees that ledgers book on orders added back.",
    good="up",
    ids=("M-FIN-04",),
)
contribution_before_ads = _difference(
    "contribution_before_ads",
    "广告前贡献利润（含待结算费用估算）",
    "Contribution before advertising",
    contribution_with_promotion,
    profit_coverage.expected_fees_costed,
    "成本已知的订单行在扣广告之前、扣退款商品运费与费用（含待结算估算）之后剩下的。",
    "What lines of known cost leave after refunds, goods, freight and fees, those still to come included, and before "
    "advertising.",
    evidence=Evidence.ESTIMATED,
)
