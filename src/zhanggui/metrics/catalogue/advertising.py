"""Advertising: how often it was seen and clicked, what that cost, and what platforms claim for it.

One report of each system counts, so that its several views of the same money are never added up.
"""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import rate
from zhanggui.metrics.model import Chain, Condition, Evidence, Filters, Good, NotNull, Ratio, Sum, Unit

CHAIN = Chain.MARKETING


def of_reports(
    name: str,
    label_zh: str,
    label_en: str,
    column: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    *,
    unit: Unit = Unit.COUNT,
    good: Good = "up",
    evidence: Evidence = Evidence.COUNTED,
    beside: str | None = None,
    where: Filters = (),
) -> Sum:
    """Return a column of the advertising reports that count, summed; `beside` is a column that must be known too."""
    said = "" if beside is None else f" where {beside} is known"
    said += "".join(
        f" where {each.column} {each.operator} {each.value}" for each in where if isinstance(each, Condition)
    )
    return Sum(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=f"{definition_zh}同一广告系统的几种报表口径只取一种，不相加。",
        definition_en=f"{definition_en} Of several reports of one system one counts, never their sum.",
        formula=f"Σ ad_result.{column}{said}",
        chain=CHAIN,
        catalogue_ids=(catalogue_id,),
        evidence=evidence,
        rules=("ads_by_report",),
        table="ad_result",
        date="day",
        value=column,
        where=(*(() if beside is None else (NotNull(beside),)), *where),
    )


impressions = of_reports(
    "impressions",
    "广告曝光量",
    "Ad impressions",
    "impressions",
    "广告报表的展现次数。",
    "Impressions of advertising reports.",
    "M-TRAFFIC-01",
)
clicks = of_reports(
    "clicks",
    "广告点击量",
    "Ad clicks",
    "clicks",
    "广告报表的点击次数。",
    "Clicks of advertising reports.",
    "M-TRAFFIC-02",
)
reported_spend = of_reports(
    "reported_spend",
    "广告报表花费",
    "Spend in ad reports",
    "spend_minor",
    "广告报表的花费；直播投流与账单里的推广费不在其中，全部广告费见“广告费”。",
    "Spend of advertising reports; those of live sessions and ledgers are in ad_spend only.",
    "M-TRAFFIC-09",
    unit=Unit.MONEY,
    good="none",
)
clicked_spend = of_reports(
    "clicked_spend",
    "写明点击的广告花费",
    "Spend of reports that state clicks",
    "spend_minor",
    "写明点击次数的广告报表的花费，点击成本的分子；不写点击的报表不计入。",
    "Spend of advertising reports that state their clicks: what the cost per click divides.",
    "M-TRAFFIC-08",
    unit=Unit.MONEY,
    good="none",
    beside="clicks",
)
claiming_spend = of_reports(
    "claiming_spend",
    "写明成交的广告花费",
    "Spend of reports that claim sales",
    "spend_minor",
    "写明成交金额的广告报表的花费，广告投产比的分母；不写成交的报表不计入。",
    "Spend of advertising reports that claim sales: what claims are divided by.",
    "M-MKT-01",
    unit=Unit.MONEY,
    good="none",
    beside="attributed_gmv_minor",
)
click_rate = rate(
    CHAIN,
    "click_rate",
    "点击率",
    "Click rate (CTR)",
    "广告点击量除以广告曝光量，先各自合计再相除。",
    "Ad clicks divided by ad impressions, each summed first.",
    "M-TRAFFIC-02",
    clicks,
    impressions,
)
click_cost = Ratio(
    name="click_cost",
    label_zh="点击成本",
    label_en="Cost per click (CPC)",
    unit=Unit.MONEY,
    good="down",
    definition_zh="写明点击的广告花费除以广告点击量，先各自合计再相除。",
    definition_en="Spend of the ad reports that state clicks, divided by these clicks, each summed first.",
    formula="clicked_spend ÷ clicks",
    chain=CHAIN,
    catalogue_ids=("M-TRAFFIC-08",),
    numerator=clicked_spend,
    denominator=clicks,
)
claimed_gmv = of_reports(
    "claimed_gmv",
    "广告成交金额（平台自报）",
    "GMV claimed by ad platforms",
    "attributed_gmv_minor",
    "广告平台归到自己名下的成交金额；各平台的归因窗口重叠，相加会高于真实成交，归因不等于因果。",
    "GMV that ad platforms claim for themselves. Their windows overlap, so claims add up to more than was sold, and a "
    "claim is no cause.",
    "M-MKT-01",
    unit=Unit.MONEY,
    evidence=Evidence.DECLARED,
)
claimed_return = Ratio(
    name="claimed_return",
    label_zh="广告投产比（平台自报）",
    label_en="Return on ad spend (claimed)",
    unit=Unit.COUNT,
    good="up",
    definition_zh="广告平台自报的成交金额除以这些报表的花费，即花一元报成交几元；不扣退款、成本与费用，不是利润。",
    definition_en=(
        "GMV that ad platforms claim, divided by the spend of these reports: yuan claimed per yuan spent. Refunds, "
        "costs and fees are not deducted: it is not profit."
    ),
    formula="claimed_gmv ÷ claiming_spend",
    chain=CHAIN,
    catalogue_ids=("M-MKT-01",),
    evidence=Evidence.DECLARED,
    numerator=claimed_gmv,
    denominator=claiming_spend,
)
