"""Attribution of the shop as tiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ChartData, ColumnSpec, Finding, FindingsData, KpiItem, KpisData, Series, TableData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_chart, no_figures, no_findings, no_table
from zhanggui.understand.traffic.attribution import CAVEAT, MODEL_NAMES
from zhanggui.understand.traffic.attribution_answer import DRAWS, MeasuredRow, point_rows, warnings_of
from zhanggui.understand.traffic.attribution_rules import LEVELS, Level, kept_attribution_rules
from zhanggui.understand.traffic.refusals import said_instead
from zhanggui.understand.traffic.shop_attribution import ShopAttribution, shop_attribution
from zhanggui.understand.view import View

SHOWN_MODELS = ("first", "last", "markov_1", "shapley")
NODES: Mapping[str, Text] = {
    "golden": Text("黄金节点", "Golden node"),
    "noise": Text("噪音", "Noise"),
    "ordinary": Text("普通", "Ordinary"),
    "unknown": Text("证据不足", "Not enough evidence"),
}
NOT_MEASURED = Text("未测量：没有对照组", "Not measured: no control group")
_MOST_ROWS = 200
_MOST_BARS = 12
_MOST_FINDINGS = 10
_TONES = {"golden": "good", "noise": "bad"}


def level_of(view: View) -> Level:
    """Return what a touch point is, by the choice of the page."""
    return next((level for level in LEVELS if level == view.by), "channel")


def _of_page(desk: Desk, view: View) -> ShopAttribution:
    rules = kept_attribution_rules(desk)
    return shop_attribution(desk, view, rules, level=level_of(view), n_draws=DRAWS)


def _figures(desk: Desk, view: View) -> KpisData:
    found = _of_page(desk, view)
    code = found.found.currency
    wasted = sum(point.wasted_minor for point in found.points)
    return KpisData(
        items=(
            KpiItem(metric="orders", label=Text("归因订单", "Orders credited"), unit="count", value=found.orders),
            KpiItem(
                metric="unknown", label=Text("未知来源订单", "Orders of unknown origin"), unit="count",
                value=found.n_unknown, good="down",
            ),
            KpiItem(
                metric="revenue", label=Text("归因收入", "Revenue"), unit="money", value=major(found.revenue, code)
            ),
            KpiItem(
                metric="profit", label=Text("投放前利润", "Profit before ads"), unit="money",
                value=major(found.profit, code), evidence="estimated",
            ),
            KpiItem(
                metric="spend", label=Text("渠道花费", "Spend"), unit="money", value=major(found.spend_minor, code)
            ),
            KpiItem(
                metric="budget_utilisation", label=Text("预算利用率", "Working budget"), unit="ratio",
                value=found.utilisation, evidence="attributed",
                numerator=Text("归因利润高于花费的触点所占花费", "spend on touch points whose profit exceeds it"),
            ),
            KpiItem(
                metric="wasted", label=Text("无效花费", "Wasted"), unit="money", value=major(wasted, code), good="down",
                evidence="attributed",
            ),
        ),
        currency=code,
        warnings=warnings_of(found),
    )  # fmt: skip


def _bars(desk: Desk, view: View) -> ChartData:
    found = _of_page(desk, view)
    rows = point_rows(desk, found)[:_MOST_BARS]
    kept = found.points[:_MOST_BARS]
    models = [name for name in SHOWN_MODELS if name in found.models]
    return ChartData(
        unit="count",
        x=tuple(row.label for row in rows),
        x_kind="category",
        series=tuple(
            Series(name=MODEL_NAMES[name], values=tuple(round(point.orders[name], 1) for point in kept))
            for name in models
        ),
        partial=CAVEAT,
    )


_COLUMNS = (
    ColumnSpec(key="label", label=Text("触点", "Touch point")),
    ColumnSpec(key="node", label=Text("判断", "Judgement"), unit="status"),
    ColumnSpec(key="orders", label=Text("归因订单", "Orders"), unit="count", evidence="attributed"),
    ColumnSpec(key="interval", label=Text("90% 区间", "90 % interval"), align="right"),
    ColumnSpec(
        key="agreement", label=Text("各模型之间", "Between models"), align="right",
        help=Text("各模型给出的最少与最多订单。", "Fewest and most orders that a model gives."),
    ),
    ColumnSpec(key="revenue", label=Text("归因收入", "Revenue"), unit="money", evidence="attributed"),
    ColumnSpec(key="profit", label=Text("投放前利润", "Profit before ads"), unit="money", evidence="attributed"),
    ColumnSpec(key="spend", label=Text("花费", "Spend"), unit="money"),
    ColumnSpec(key="profit_after_spend", label=Text("投放后利润", "Profit after ads"), unit="money"),
    ColumnSpec(key="cac", label=Text("获客成本", "CAC"), unit="money"),
    ColumnSpec(key="cycle_days", label=Text("转化天数", "Days to order"), unit="days"),
)  # fmt: skip


def _table(desk: Desk, view: View) -> TableData:
    found = _of_page(desk, view)
    rows = tuple(
        {
            **row.model_dump(),
            "label": row.label,
            "node": NODES[row.node],
            "_tone": _TONES.get(row.node, "unknown"),
            "orders": round(row.orders, 1),
            "interval": "-" if row.low is None or row.high is None else f"{row.low:,.0f} – {row.high:,.0f}",
            "agreement": f"{row.agreement_low:,.0f} – {row.agreement_high:,.0f}",
            "cycle_days": None if row.cycle_days is None else round(row.cycle_days, 1),
        }
        for row in point_rows(desk, found)[:_MOST_ROWS]
    )
    code = found.found.currency
    total: dict[str, Any] = {
        "orders": found.orders,
        "revenue": major(found.revenue, code),
        "profit": major(found.profit, code),
        "spend": major(found.spend_minor, code),
        "profit_after_spend": major(found.profit - found.spend_minor, code),
    }
    return TableData(
        columns=_COLUMNS, rows=rows, total=total, n_rows=len(found.points), currency=code, partial=_settings_said(found)
    )


def _settings_said(found: ShopAttribution) -> Text:
    rules, model = found.rules, MODEL_NAMES[found.main]
    direct = (
        Text("直接访问仅在没有其他触点时计", "direct visits count only alone")
        if rules.direct == "skip"
        else Text("直接访问照常计", "direct visits count as others")
    )
    refunds = Text("扣退款", "after refunds") if rules.refunds == "deduct" else Text("不扣退款", "before refunds")
    return Text(
        f"{model.zh}，回溯 {rules.look_back_days} 天，{direct.zh}，{refunds.zh}。",
        f"{model.en}; {rules.look_back_days} days back; {direct.en}; {refunds.en}.",
    )


_CLAIM_COLUMNS = (
    ColumnSpec(key="label", label=Text("触点", "Touch point")),
    ColumnSpec(key="claimed_orders", label=Text("平台申报订单", "Claimed orders"), unit="count", evidence="declared"),
    ColumnSpec(key="seen_orders", label=Text("账本可见订单", "Orders seen"), unit="count"),
    ColumnSpec(key="over_claim", label=Text("多报倍数", "Over-claim"), unit="count", evidence="declared"),
    ColumnSpec(key="orders", label=Text("归因订单", "Credited orders"), unit="count", evidence="attributed"),
    ColumnSpec(key="measured", label=Text("对照组测得", "Measured by control")),
    ColumnSpec(key="roi_attributed", label=Text("ROI：收入", "ROI: revenue"), unit="ratio", evidence="attributed"),
    ColumnSpec(key="roi_profit", label=Text("ROI：利润", "ROI: profit"), unit="ratio", evidence="attributed"),
    ColumnSpec(key="roi_incremental", label=Text("ROI：增量", "ROI: incremental"), unit="ratio", evidence="measured"),
)


def _claims(desk: Desk, view: View) -> TableData:
    found = _of_page(desk, view)
    rows = tuple(
        {
            **row.model_dump(),
            "label": row.label,
            "orders": round(row.orders, 1),
            "seen_orders": round(row.seen_orders, 1),
            "over_claim": None if row.over_claim is None else round(row.over_claim, 2),
            "measured": _measured_said(row.measured),
        }
        for row in point_rows(desk, found)
        if row.spend or row.claimed_orders is not None or row.measured
    )
    nothing = Text("这些店铺没有渠道花费，也没有平台申报。", "These stores have no spend and no claims.")
    return TableData(
        columns=_CLAIM_COLUMNS, rows=rows[:_MOST_ROWS], n_rows=len(rows), currency=found.found.currency,
        empty=None if rows else nothing,
    )  # fmt: skip


def _measured_said(row: MeasuredRow | None) -> Text:
    if row is None:
        return NOT_MEASURED
    text = f"{row.orders:,.0f} ({row.low:,.0f} – {row.high:,.0f})"
    return Text(f"{text}，对照 {row.held:,} 次", f"{text}, {row.held:,} held back")


def _wasted(desk: Desk, view: View) -> FindingsData:
    found = _of_page(desk, view)
    code = found.found.currency
    rows = sorted(point_rows(desk, found), key=lambda row: -row.wasted)
    items = tuple(
        Finding(
            title=row.label,
            text=Text(
                f"花费 {wording.money(row.spend, code).zh}，各模型中最有利的归因利润也收不回；"
                f"归因订单 {row.agreement_low:,.0f}–{row.agreement_high:,.0f}。",
                f"{wording.money(row.spend, code).en} spent, not brought back by the most favourable model; "
                f"{row.agreement_low:,.0f} to {row.agreement_high:,.0f} orders credited.",
            ),
            money=-row.wasted,
            currency=code,
            evidence="attributed",
        )
        for row in rows[:_MOST_FINDINGS]
        if row.wasted
    )
    nothing = Text("没有收不回成本的触点。", "Every touch point brings back what it costs.")
    return FindingsData(items=items, empty=None if items else nothing)


attribution_figures = said_instead(_figures, no_figures)
attribution_bars = said_instead(_bars, no_chart)
attribution_table = said_instead(_table, no_table)
attribution_claims = said_instead(_claims, no_table)
attribution_wasted = said_instead(_wasted, no_findings)
