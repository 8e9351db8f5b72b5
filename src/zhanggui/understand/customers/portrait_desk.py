"""The portrait of a group as an answer for programs and as tiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand import wording
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.customers.portrait import FALSE_SHARE, Portrait, portrait
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.customers.traits import LABELS, value_label
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View

DEFAULT_GROUP = "segment=high_value"
MOST_BARS = 12
_ROWS = 60
CAVEAT = Text(
    "买得多的人每种渠道、时段、类目都更容易占上：由购买次数定义的人群，先看购买日数。特点是一起出现，不是原因。",
    "Who buys more has more chances of every channel, hour and category: of groups made by frequency look at the paid "
    "days first. Traits go together; none is a cause.",
)


class TraitRow(BaseModel):
    """One trait: how common in the group and among all, and how sure the difference is.

    `q_value` is the share of false findings among all traits at least as striking.
    """

    about: str
    about_label: Text
    value: str
    value_label: Text
    in_group: int
    in_all: int
    share_in_group: float
    share_in_all: float
    lift: float
    lift_low: float
    lift_high: float
    p_value: float
    q_value: float
    is_distinct: bool


class FigureRow(BaseModel):
    """A mean of the group beside that of all; money in major units."""

    name: str
    label: Text
    unit: str
    of_group: float
    of_all: float


class PortraitAnswer(BaseModel):
    """A group of customers beside all, as ``zhanggui customers portrait --json`` prints it."""

    as_of: date
    group: tuple[str, ...]
    label: Text
    customers: int
    among: int
    share: float
    currency: str
    figures: tuple[FigureRow, ...]
    traits: tuple[TraitRow, ...]
    traits_tried: int
    false_share: float
    identifiable: tuple[PlatformShare, ...]
    evidence: Literal["counted"] = "counted"
    warnings: tuple[Text, ...]


def portrait_answer(desk: Desk, view: View, group: Sequence[str]) -> PortraitAnswer:
    """Return the portrait of a group."""
    found = portrait(desk, view, group)
    code = found.people.currency
    return PortraitAnswer(
        as_of=found.people.as_of,
        group=found.group,
        label=found.label,
        customers=found.n_group,
        among=found.people.n_buyers,
        share=found.n_group / found.people.n_buyers,
        currency=code,
        figures=tuple(
            FigureRow(
                name=each.name, label=each.label, unit=each.unit, of_group=_shown(each.of_group, each.unit, code),
                of_all=_shown(each.of_all, each.unit, code),
            )
            for each in found.figures
        ),
        traits=trait_rows(found),
        traits_tried=len(found.traits),
        false_share=FALSE_SHARE,
        identifiable=coverage_answer(desk, view),
        warnings=(*coverage_said(desk, view), *found.people.warnings, CAVEAT),
    )  # fmt: skip


def _shown(value: float, unit: str, currency: str) -> float:
    return (major(round(value), currency) or 0.0) if unit == "money" else round(value, 4)


def trait_rows(found: Portrait) -> tuple[TraitRow, ...]:
    """Return the traits, the most striking first."""
    beside = found.contrast
    rows = [
        TraitRow(
            about=about,
            about_label=LABELS[about],
            value=value,
            value_label=value_label(value),
            in_group=n_group,
            in_all=n_all,
            share_in_group=float(beside.share_in_group[place]),
            share_in_all=float(beside.share_in_all[place]),
            lift=float(beside.lift[place]),
            lift_low=float(beside.low[place]),
            lift_high=float(beside.high[place]),
            p_value=float(beside.p_value[place]),
            q_value=float(beside.q_value[place]),
            is_distinct=bool(beside.q_value[place] <= FALSE_SHARE),
        )
        for place, (about, value, n_group, n_all) in enumerate(found.traits)
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_distinct, -_strength(row), row.about, row.value)))


def _strength(row: TraitRow) -> float:
    """Return how far the surer bound of the lift is from 1, either way."""
    bound = row.lift_low if row.lift >= 1 else row.lift_high
    return abs(math.log(bound)) if bound > 0 and (bound > 1) == (row.lift >= 1) else 0.0


def group_of(view: View) -> tuple[str, ...]:
    """Return the group that a page is about: ``by`` holds its parts, separated by ``&``."""
    return tuple((view.by or DEFAULT_GROUP).split("&"))


def _portrait(desk: Desk, view: View) -> Portrait:
    return portrait(desk, view, group_of(view))


def _figures(desk: Desk, view: View) -> KpisData:
    found = _portrait(desk, view)
    code = found.people.currency
    among = f"{found.people.n_buyers:,}"
    items = [
        KpiItem(metric="portrait_customers", label=found.label, unit="count", value=found.n_group,
                numerator=Text(f"全部可识别客户 {among} 位", f"of {among} identified customers")),
    ]  # fmt: skip
    for each in found.figures:
        of_all = _shown(each.of_all, each.unit, code)
        beside = wording.money(of_all, code) if each.unit == "money" else Text.same(f"{of_all:,.1f}")
        items.append(
            KpiItem(
                metric=f"portrait_{each.name}", label=each.label, unit=each.unit,
                value=_shown(each.of_group, each.unit, code),
                numerator=Text(f"全部客户 {beside.zh}", f"all customers {beside.en}"),
            )
        )  # fmt: skip
    return KpisData(items=tuple(items), currency=code, warnings=(*coverage_said(desk, view), *found.people.warnings))


def _bars(desk: Desk, view: View) -> ChartData:
    rows = [row for row in trait_rows(_portrait(desk, view)) if row.is_distinct][:MOST_BARS]
    if not rows:
        return no_chart(
            Text("没有哪个特点与全部客户明显不同。", "No trait sets this group apart beyond what chance would.")
        )
    return ChartData(
        unit="ratio",
        x=tuple(Text(f"{row.about_label.zh}·{row.value_label.zh}", f"{row.about_label.en}: {row.value_label.en}")
                for row in rows),
        x_kind="category",
        series=(
            Series(name=Text("这群人", "This group"), values=tuple(row.share_in_group for row in rows)),
            Series(name=Text("全部客户", "All customers"), values=tuple(row.share_in_all for row in rows),
                   role="compare"),
        ),
    )  # fmt: skip


def _table(desk: Desk, view: View) -> TableData:
    found = _portrait(desk, view)
    rows = trait_rows(found)[:_ROWS]
    columns = (
        ColumnSpec(key="about", label=Text("方面", "About")),
        ColumnSpec(key="value", label=Text("特点", "Trait")),
        ColumnSpec(key="share_in_group", label=Text("这群人", "This group"), unit="ratio"),
        ColumnSpec(key="share_in_all", label=Text("全部客户", "All"), unit="ratio"),
        ColumnSpec(key="lift", label=Text("倍数", "Lift"), unit="count",
                   help=Text("这群人的占比除以全部客户的占比。", "Share of the group over that of all.")),
        ColumnSpec(key="bounds", label=Text("95% 区间", "95 % bounds")),
        ColumnSpec(key="verdict", label=Text("结论", "Verdict"),
                   help=Text("对全部尝试过的特点控制误判比例 5%（Benjamini-Hochberg）。",
                             "At most 5 % of the traits called distinct are so by chance (Benjamini-Hochberg).")),
    )  # fmt: skip
    return TableData(
        columns=columns,
        rows=tuple(
            {
                **row.model_dump(),
                "about": row.about_label,
                "value": row.value_label,
                "lift": round(row.lift, 2),
                "bounds": f"{row.lift_low:.2f} – {row.lift_high:.2f}",
                "verdict": _verdict(row),
            }
            for row in rows
        ),
        n_rows=len(rows),
        partial=Text(f"比较了 {len(found.traits)} 个特点。{CAVEAT.zh}", f"{len(found.traits)} tried. {CAVEAT.en}"),
        empty=None if rows else Text("没有可比较的特点。", "There is no trait to compare."),
    )


def _verdict(row: TraitRow) -> Text:
    if not row.is_distinct:
        return Text("看不出差别", "no clear difference")
    return Text("明显更多", "clearly more") if row.lift > 1 else Text("明显更少", "clearly fewer")


portrait_figures = said_instead(_figures, no_figures)
portrait_bars = said_instead(_bars, no_chart)
portrait_table = said_instead(_table, no_table)
