"""What marketing returns: over all sales, as platforms claim it by creative, and measured against a control group."""

from __future__ import annotations

from zhanggui.metrics.catalogue.advertising import of_reports
from zhanggui.metrics.catalogue.finance import gmv_paid
from zhanggui.metrics.catalogue.profit import contribution_profit, marketing_cost
from zhanggui.metrics.catalogue.profit_entries import ad_spend
from zhanggui.metrics.catalogue.profit_lines import list_amount, merchant_discount
from zhanggui.metrics.catalogue.shapes import awaited, rate
from zhanggui.metrics.model import Chain, Condition, Difference, Evidence, Unit

CHAIN = Chain.MARKETING

blended_return = rate(
    CHAIN,
    "blended_return",
    "全店投产比",
    "Return on ad spend (all sales)",
    "支付金额除以广告费，全部销售都算进去，不论由什么带来；按渠道看哪个最高。不是利润，请与保本 ROI 一起看。",
    "Paid amount divided by ad spend: all sales are in it, whatever brought them; by channel it tells which returns "
    "most. Not profit: hold it against the break-even ROI.",
    "M-MKT-02",
    gmv_paid,
    ad_spend,
    unit=Unit.COUNT,
)
sales_less_marketing = Difference(
    name="sales_less_marketing",
    label_zh="支付金额减营销费用",
    label_en="Sales less marketing",
    unit=Unit.MONEY,
    good="up",
    definition_zh="支付金额减营销费用，营销 ROI 的分子；成本与退款未扣，不是利润。",
    definition_en="Paid amount less marketing: what the marketing ROI divides. Costs and refunds are not deducted.",
    formula="gmv_paid − marketing_cost",
    chain=CHAIN,
    catalogue_ids=("M-MKT-01",),
    minuend=gmv_paid,
    subtrahend=marketing_cost,
)
marketing_roi = rate(
    CHAIN,
    "marketing_roi",
    "营销 ROI（全店销售额，非利润）",
    "Marketing ROI (all sales, not profit)",
    "（销售额 − 营销费用）÷ 营销费用。分子是全部销售额，不是营销带来的，更不是利润；利润版见“营销 ROI（利润）”。",
    "Sales less marketing, divided by marketing. All sales are in it, not what marketing caused, and it is no profit: "
    "that is the marketing ROI of profit.",
    "M-MKT-01",
    sales_less_marketing,
    marketing_cost,
)
marketing_roi_profit = rate(
    CHAIN,
    "marketing_roi_profit",
    "营销 ROI（利润）",
    "Marketing ROI (profit)",
    "贡献利润除以营销费用；贡献利润已扣营销费用。成本未知的行没有利润，不在内。",
    "Contribution profit, from which marketing is deducted already, divided by marketing. Lines of unknown cost have "
    "no profit and are not in it.",
    "M-MKT-01",
    contribution_profit,
    marketing_cost,
)
claimed_orders = of_reports(
    "claimed_orders",
    "广告成交订单数（平台自报）",
    "Orders claimed by ad platforms",
    "attributed_orders",
    "写明点击的广告报表归到自己名下的订单数；各平台会重复认领。",
    "Orders that ad reports which state their clicks claim for themselves; platforms claim the same order twice.",
    "M-MKT-07",
    evidence=Evidence.DECLARED,
    beside="clicks",
)
claiming_clicks = of_reports(
    "claiming_clicks",
    "写明成交的广告点击量",
    "Clicks of reports that claim orders",
    "clicks",
    "写明成交订单数的广告报表的点击次数，点击转化率的分母。",
    "Clicks of advertising reports that claim orders: what the conversion of clicks divides by.",
    "M-MKT-07",
    beside="attributed_orders",
)
claimed_order_rate = rate(
    CHAIN,
    "claimed_order_rate",
    "点击转化率（平台自报）",
    "Conversion of clicks (claimed)",
    "广告成交订单数除以广告点击量，按创意看每个素材的转化；平台自报，归因不等于因果。",
    "Orders claimed divided by clicks; by creative it tells what each converts. As platforms claim it: a claim is no "
    "cause.",
    "M-MKT-07",
    claimed_orders,
    claiming_clicks,
    evidence=Evidence.DECLARED,
)
spend_without_sales = of_reports(
    "spend_without_sales",
    "无成交的广告花费",
    "Spend without any sale",
    "spend_minor",
    "连平台自己也没有认领成交的那些报表行的花费；没有写明成交的行不算。",
    "Spend of the rows of ad reports for which even the platform claims no sale; rows that do not state sales are not "
    "in it.",
    "M-MKT-08",
    unit=Unit.MONEY,
    good="down",
    where=(Condition("attributed_gmv_minor", "=", 0),),
)
discount_rate = rate(
    CHAIN,
    "discount_rate",
    "让利率",
    "Discount rate",
    "商家承担的优惠除以标价金额；促销抬高客单价时，与毛利率一起看是否值得。",
    "Discount that the merchant bears divided by the list amount; where a promotion lifts order values, it is judged "
    "together with the margin.",
    "M-MKT-09",
    merchant_discount,
    list_amount,
    good="down",
)
campaign_revenue = awaited(
    CHAIN,
    "campaign_revenue",
    "活动带来的销售额",
    "Revenue caused by campaigns",
    "触达组比对照组多出的支付金额，按人数放大到全组。",
    "Paid amount of those reached beyond that of the control group, scaled to all reached.",
    "M-MKT-06",
    table="campaign_outcome",
    formula="(gmv per person treated − gmv per person in control) × people treated",
    unit=Unit.MONEY,
    evidence=Evidence.MEASURED,
)
budget_use = awaited(
    CHAIN,
    "budget_use",
    "营销预算利用率",
    "Budget that works",
    "带来正的增量利润的花费除以全部花费。",
    "Spend whose incremental profit is positive, divided by all spend.",
    "M-MKT-04",
    table="campaign_outcome",
    formula="spend with positive incremental profit ÷ spend",
    evidence=Evidence.MEASURED,
)
target_attainment = awaited(
    CHAIN,
    "target_attainment",
    "目标达成率",
    "Share of target reached",
    "实际值除以目标，按人、店铺、直播场次看。",
    "What was reached divided by the target, by person, store and live session.",
    "M-FIN-07",
    table="target",
    formula="value ÷ target",
)
