"""The funnel as tiles."""

from __future__ import annotations

from datetime import timedelta

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    ColumnSpec,
    Finding,
    FindingsData,
    FunnelData,
    FunnelStage,
    KpiItem,
    KpisData,
    TableData,
)
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import value_name
from zhanggui.understand.refusals import no_figures, no_findings, no_table
from zhanggui.understand.traffic.carts import carts_of
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.funnel import Asked, FunnelFound, Passage, funnel_of, people_lost
from zhanggui.understand.traffic.funnel_answer import moment, said_of, step_rows
from zhanggui.understand.traffic.refusals import said_instead
from zhanggui.understand.traffic.scene import DIMS, Dim
from zhanggui.understand.traffic.steps import FUNNELS
from zhanggui.understand.view import View

DIM_LABELS = {
    "channel": Text("渠道", "Channel"),
    "device": Text("设备", "Device"),
    "category": Text("类目", "Category"),
}
_BEIJING = timedelta(hours=8)

STAGES = Asked()
PAGES_BETWEEN = Asked(FUNNELS["pages"], "visit")
"""The funnel with every page between, within a visit: where on the way people leave."""


def _by(view: View) -> Dim:
    return next((dim for dim in DIMS if dim == view.by), "channel")


def _figures(desk: Desk, view: View) -> KpisData:
    found = funnel_of(desk, view, STAGES, None)
    carts = carts_of(desk, view)
    counts = [passage.n for passage in found.passages]
    worst = found.worst
    figures = [
        ("funnel_visitors", Text("进入漏斗的人", "People who came"), "count", counts[0], None),
        ("funnel_overall", Text("全链路转化率", "From visit to payment"), "ratio",
         counts[-1] / counts[0] if counts[0] else None, Text.same(f"{counts[-1]:,} ÷ {counts[0]:,}")),
        ("funnel_abandoned", Text("弃购率", "Carts abandoned"), "ratio", carts.rate,
         Text(f"{carts.n:,} 个加购的人，后来买了的 {carts.bought_later:,} 人不算",
              f"of {carts.n:,} people with a cart; {carts.bought_later:,} bought later and are not in it")),
    ]  # fmt: skip
    if worst is not None:
        passage = found.passages[worst]
        figures.append(
            ("funnel_worst", Text(f"最弱一步：{passage.step.label.zh}", f"Weakest step: {passage.step.label.en}"),
             "ratio", passage.of_previous, Text("占上一步；流失最贵的一步", "of the step before; the costliest leak"))
        )  # fmt: skip
    moved = (
        {}
        if found.before is None or not found.before[0] or not counts[0]
        else {
            "funnel_visitors": (counts[0] / found.before[0] - 1, "ratio"),
            "funnel_overall": (counts[-1] / counts[0] - found.before[-1] / found.before[0], "pp"),
        }
    )
    items = []
    for name, label, unit, value, base in figures:
        change, kind = moved.get(name, (None, "none"))
        good = "down" if name == "funnel_abandoned" else "up"
        said = {"metric": name, "label": label, "unit": unit, "value": value, "numerator": base}
        items.append(KpiItem.model_validate({**said, "change": change, "change_kind": kind, "good": good}))
    return KpisData(items=tuple(items), currency=found.worth.currency, warnings=said_of(found))


def _stages(found: FunnelFound, *, has_people: bool) -> FunnelData:
    worst = found.worst
    return FunnelData(
        currency=found.worth.currency,
        stages=tuple(
            FunnelStage(
                key=row.step,
                label=row.label,
                value=row.n,
                of_first=row.of_first,
                of_previous=row.of_previous,
                before=row.before,
                of_previous_before=row.of_previous_before,
                money=row.profit_lost,
                is_worst=place == worst,
                evidence="estimated" if row.profit_lost is not None else "counted",
                href=f"/traffic/leak/{place}" if has_people and place else None,
            )
            for place, row in enumerate(step_rows(found))
        ),
    )


def no_funnel(text: Text) -> FunnelData:
    """Return a funnel that says why it is empty."""
    return FunnelData(stages=(), empty=text)


def _funnel(desk: Desk, view: View) -> FunnelData:
    return _stages(funnel_of(desk, view, STAGES, None), has_people=True)


def _pages(desk: Desk, view: View) -> FunnelData:
    return _stages(funnel_of(desk, view, PAGES_BETWEEN, None), has_people=False)


def _leaks(desk: Desk, view: View) -> FindingsData:
    """Say which steps cost most, in profit."""
    found = funnel_of(desk, view, PAGES_BETWEEN, None)
    priced = [(passage, passage.profit_lost) for passage in found.passages if passage.profit_lost]
    priced.sort(key=lambda each: -each[1][0])
    items = tuple(_leak(passage, lost, found.worth.currency) for passage, lost in priced[:3] if lost[0] > 0)
    empty = None if items else Text("没有可以定价的流失。", "No leak can be priced.")
    return FindingsData(items=items, empty=empty)


def _leak(passage: Passage, priced: tuple[float, float, float], currency: str | None) -> Finding:
    money, least, most = (wording.money(one, currency) for one in priced)
    lost, rate = wording.count(passage.lost), wording.percent(passage.of_previous or 0.0)
    label = passage.step.label
    return Finding(
        text=Text(
            f"{lost.zh} 次访问没有走到“{label.zh}”（通过率 {rate.zh}）；若像留下的人那样走下去，约值 {money.zh} 利润"
            f"（90% 区间 {least.zh} 到 {most.zh}）。",
            f"{lost.en} visits did not get to {label.en} (passed by {rate.en}); going on like the others they would "
            f"have left about {money.en} of profit (90%: {least.en} to {most.en}).",
        ),
        money=priced[0],
        currency=currency,
        evidence="estimated",
    )


def _groups(desk: Desk, view: View) -> TableData:
    by = _by(view)
    found = funnel_of(desk, view, PAGES_BETWEEN, by)
    names = channel_names(desk)
    steps = found.asked.steps
    columns = (
        ColumnSpec(key="value", label=DIM_LABELS[by]),
        ColumnSpec(key="visits", label=Text("访问", "Visits"), unit="count"),
        *(
            ColumnSpec(key=f"s{place}", label=Text(f"→{step.label.zh}", f"→{step.label.en}"), unit="ratio")
            for place, step in enumerate(steps[1:], 1)
        ),
        ColumnSpec(key="overall", label=Text("全程", "Overall"), unit="ratio"),
        ColumnSpec(key="worst", label=Text("最弱一步", "Weakest step")),
    )
    rows = []
    for group in found.groups:
        name = Text("未看到", "not shown") if group.value is None else value_name(by, {by: group.value})
        row: dict[str, object] = {
            "value": names.label(group.value) if by == "channel" and group.value else name,
            "visits": group.counts[0],
            "overall": group.counts[-1] / group.counts[0],
            "worst": "" if group.worst is None else steps[group.worst].label,
        }
        for place in range(1, len(steps)):
            before = group.counts[place - 1]
            row[f"s{place}"] = group.counts[place] / before if before else None
        rows.append(row)
    return TableData(columns=columns, rows=tuple(rows), n_rows=len(rows))


def _times(desk: Desk, view: View) -> TableData:
    found = funnel_of(desk, view, STAGES, None)
    columns = (
        ColumnSpec(key="step", label=Text("到这一步", "To this step")),
        ColumnSpec(key="median", label=Text("中位用时", "Median time"), unit="minutes"),
        ColumnSpec(key="p90", label=Text("九成不超过", "Nine tenths within"), unit="minutes"),
    )
    rows = tuple(
        {"step": passage.step.label, "median": _rounded(passage.median_minutes), "p90": _rounded(passage.p90_minutes)}
        for passage in found.passages[1:]
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _people(desk: Desk, view: View) -> TableData:
    """Return who left before the step that the address names by its place."""
    place = int(view.name) if view.name.isdecimal() else 0
    steps = STAGES.steps
    if not 1 <= place < len(steps):
        return no_table(Text("没有这一步。", "There is no such step."))
    people = people_lost(desk, view, STAGES, place)
    columns = (
        ColumnSpec(key="person", label=Text("访客（化名）", "Visitor (pseudonym)")),
        ColumnSpec(key="seen", label=Text("最后出现（北京时间）", "Last seen (Beijing time)")),
        ColumnSpec(key="step", label=Text("没有走到", "Did not get to")),
    )
    rows = tuple(
        {
            "person": f"#{one.visitor[-10:]}",
            "seen": (moment(one.last_at) + _BEIJING).strftime("%Y-%m-%d %H:%M"),
            "step": steps[place].label,
        }
        for one in people
    )
    empty = None if rows else Text("没有人在这一步离开。", "Nobody left here.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty)


funnel_figures = said_instead(_figures, no_figures)
funnel_stages = said_instead(_funnel, no_funnel)
funnel_pages = said_instead(_pages, no_funnel)
funnel_leaks = said_instead(_leaks, no_findings)
funnel_groups = said_instead(_groups, no_table)
funnel_times = said_instead(_times, no_table)
leak_people = said_instead(_people, no_table)
