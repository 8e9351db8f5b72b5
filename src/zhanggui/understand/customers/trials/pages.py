"""The pages of trials: all of them, and what one changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    ChartData,
    ColumnSpec,
    KpiItem,
    KpisData,
    KpisTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    Series,
    TableData,
    TableTile,
)
from zhanggui.understand import refusals, wording
from zhanggui.understand.customers.trials.desk import WINDOWS, Estimate, TrialAnswer, trial_of_view, trials_answer
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View

_READ = ("trial_entry", "trial_order", "order_header", "line_profit")
_NO_TRIALS = Text(
    "还没有实验分组。导入做实验的系统里谁进了哪个组，再导入这些人的实验订单。",
    "There are no trials yet. Load who entered which group, as the system that ran the trial lists it, and the orders "
    "of these people.",
)
_WIDTHS = 12


def _of_trial(tile: str) -> str:
    return f"/api/v1/tiles/trial/{{name}}/{tile}"


TRIALS = PageSpec(
    id="trials",
    path="/customers/trials",
    title=Text("实验", "Trials"),
    tab=Text("实验", "Trials"),
    room="customers",
    icon="customers",
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="list",
                    title=Text("对人做的实验", "Trials on people"),
                    source="/api/v1/tiles/trials/list",
                    help=Text(
                        "点一个实验，看各组买了多少、差别多大、有多确定。",
                        "A trial opens to what its groups bought, how far they differ, and how sure that is.",
                    ),
                ),
            )
        ),
    ),
)

TRIAL = PageSpec(
    id="trial",
    path="/customers/trials/:name",
    title=Text("一个实验", "A trial"),
    room="customers",
    icon="customers",
    filters=("platform", "shop", "date"),
    choices=(
        PageChoice(
            key="by",
            label=Text("观察期", "Watched for"),
            options=tuple(PageOption(value=value, label=label) for value, label in WINDOWS.items()),
        ),
    ),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_of_trial("figures")),)),
        Row(
            height="s",
            tiles=(
                BarTile(
                    id="shares", title=Text("各组付款人数占比", "Who paid, by group"), span=_WIDTHS,
                    source=_of_trial("shares"),
                ),
                BarTile(
                    id="profits", title=Text("各组人均贡献利润", "Contribution per person, by group"), span=_WIDTHS,
                    source=_of_trial("profits"),
                ),
            ),
        ),
        Row(
            tiles=(
                TableTile(
                    id="effects", title=Text("与对照组的差别", "Less the control"), source=_of_trial("effects"),
                    help=Text("按分到的组计，不管有没有触达到；人均含没买的人。",
                              "By the group that was drawn, reached or not; means are over everybody, buyers or not."),
                ),
            )
        ),
        Row(tiles=(TableTile(id="groups", title=Text("各组", "Groups"), source=_of_trial("groups")),)),
        Row(tiles=(TableTile(id="checks", title=Text("分组可信吗", "Was the lot kept?"), source=_of_trial("checks")),)),
    ),
)  # fmt: skip


def trial_href(name: str) -> str:
    """Return the page of a trial.

    Examples
    --------
    >>> trial_href("EX21")
    '/customers/trials/EX21'
    """
    return f"/customers/trials/{quote(name, safe='')}"


def _list(desk: Desk, view: View) -> TableData:
    found = trials_answer(desk).trials
    columns = (
        ColumnSpec(key="trial", label=Text("实验", "Trial")),
        ColumnSpec(key="groups", label=Text("组", "Groups")),
        ColumnSpec(key="people", label=Text("人数", "People"), unit="count"),
        ColumnSpec(key="visitors", label=Text("访客", "Visitors"), unit="count"),
        ColumnSpec(key="first", label=Text("首次进组", "First entry"), unit="date"),
        ColumnSpec(key="last", label=Text("最后进组", "Last entry"), unit="date"),
        ColumnSpec(key="orders", label=Text("实验订单", "Its orders")),
    )
    listed = {True: Text("已导入", "loaded"), False: Text("没有", "none")}
    rows = tuple(
        {
            "trial": each.name,
            "groups": " / ".join(each.groups),
            "people": each.people,
            "visitors": each.visitors or None,
            "first": each.first_entry.isoformat(),
            "last": each.last_entry.isoformat(),
            "orders": listed[each.has_orders],
            "_href": trial_href(each.id),
        }
        for each in found
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else _NO_TRIALS)


def _figures(desk: Desk, view: View) -> KpisData:
    found = trial_of_view(desk, view)
    code = found.currency
    if not found.effects:
        base = found.groups[0]
        item = KpiItem(
            metric="trial_people", label=Text("满期的人", "People followed"), unit="count", value=base.people
        )
        return KpisData(items=(item,), currency=code, warnings=found.warnings)
    best = max(found.effects, key=lambda each: each.share.value or 0.0)
    figures = (
        ("trial_share", Text("付款占比多了", "More of them paid"), "ratio", best.share),
        ("trial_buyers", Text("多带来的买家", "Buyers brought"), "count", best.buyers_brought),
        ("trial_profit_each", Text("人均多的贡献利润", "Contribution per person"), "money", best.profit_per_person),
        ("trial_profit", Text("多带来的贡献利润", "Contribution brought"), "money", best.profit_brought),
    )
    return KpisData(
        items=tuple(
            KpiItem.model_validate(
                {
                    "metric": name, "label": label, "unit": unit, "value": _whole(each.value, unit),
                    "evidence": found.evidence, "numerator": _interval(best.group, best.against, unit, each, code),
                }
            )
            for name, label, unit, each in figures
        ),
        currency=code,
        warnings=found.warnings,
    )  # fmt: skip


def _whole(value: float | None, unit: str) -> float | None:
    """Return a figure, people as whole ones."""
    return round(value) if value is not None and unit == "count" else value


def _interval(group: str, against: str, unit: str, each: Estimate, code: str) -> Text:
    """Return between which bounds a figure lies, and of which groups it is the difference."""
    say: Mapping[str, Callable[[float], Text]] = {
        "ratio": lambda value: wording.percent(value, signed=True),
        "count": wording.count,
        "money": lambda value: wording.signed_money(value, code),
    }
    low, high = (say[unit](part or 0.0) for part in (each.low, each.high))
    return Text(
        f"{low.zh} 至 {high.zh}；{group} 减 {against}", f"{low.en} to {high.en}; {group} less {against}"
    )  # fmt: skip


def _bars(found: TrialAnswer, which: str) -> tuple[tuple[str, ...], Series]:
    groups = sorted((group for group in found.groups if group.share.value is not None), key=lambda g: not g.is_control)
    values: list[Estimate] = [getattr(group, which) for group in groups]
    series = Series(
        name=Text("95% 区间", "95% interval"),
        values=tuple(each.value for each in values),
        low=tuple(each.low for each in values),
        high=tuple(each.high for each in values),
    )
    return tuple(group.name for group in groups), series


def _shares(desk: Desk, view: View) -> ChartData:
    x, series = _bars(trial_of_view(desk, view), "share")
    return ChartData(unit="ratio", x=x, x_kind="category", series=(series,))


def _profits(desk: Desk, view: View) -> ChartData:
    found = trial_of_view(desk, view)
    x, series = _bars(found, "profit_per_person")
    return ChartData(unit="money", currency=found.currency, x=x, x_kind="category", series=(series,))


def _effects(desk: Desk, view: View) -> TableData:
    found = trial_of_view(desk, view)
    known = found.evidence
    columns = (
        ColumnSpec(key="group", label=Text("组", "Group")),
        ColumnSpec(key="against", label=Text("对照", "Control")),
        ColumnSpec(key="share", label=Text("付款占比", "Share paid"), unit="ratio", evidence=known),
        ColumnSpec(key="between", label=Text("区间", "Interval"), align="right"),
        ColumnSpec(key="change", label=Text("相对变化", "Change"), unit="ratio", evidence=known),
        ColumnSpec(key="change_between", label=Text("区间", "Interval"), align="right"),
        ColumnSpec(key="net", label=Text("人均净收入", "Net, each"), unit="money", evidence=known),
        ColumnSpec(key="profit", label=Text("人均贡献利润", "Contribution, each"), unit="money", evidence=known),
        ColumnSpec(key="profit_between", label=Text("区间", "Interval"), align="right"),
        ColumnSpec(key="verdict", label=Text("结论", "Verdict")),
    )
    clear = {True: Text("有差别", "differs"), False: Text("看不出差别", "no clear difference")}
    rows = tuple(
        {
            "group": each.group,
            "against": each.against,
            "share": each.share.value,
            "between": _between(each.share),
            "change": each.share_change.value,
            "change_between": _between(each.share_change),
            "net": each.net_per_person.value,
            "profit": each.profit_per_person.value,
            "profit_between": _between(each.profit_per_person, found.currency),
            "verdict": clear[each.is_clear],
        }
        for each in found.effects
    )
    empty = Text("没有可以比较的对照组。", "There is no control to compare with.")
    return TableData(
        columns=columns, rows=rows, n_rows=len(rows), currency=found.currency, empty=None if rows else empty
    )


def _between(each: Estimate, currency: str | None = None) -> Text | None:
    if each.low is None or each.high is None:
        return None
    low, high = (
        wording.percent(part, signed=True) if currency is None else wording.signed_money(part, currency)
        for part in (each.low, each.high)
    )
    return Text(f"{low.zh} 至 {high.zh}", f"{low.en} to {high.en}")


def _groups(desk: Desk, view: View) -> TableData:
    found = trial_of_view(desk, view)
    columns = (
        ColumnSpec(key="group", label=Text("组", "Group")),
        ColumnSpec(key="assigned", label=Text("分到", "Drawn"), unit="count"),
        ColumnSpec(key="followed", label=Text("看得到购买", "Followed"), unit="count"),
        ColumnSpec(key="people", label=Text("已满期", "Time over"), unit="count"),
        ColumnSpec(key="buyers", label=Text("付款的人", "Paid"), unit="count"),
        ColumnSpec(key="share", label=Text("付款占比", "Share"), unit="ratio"),
        ColumnSpec(key="orders", label=Text("订单", "Orders"), unit="count"),
        ColumnSpec(key="net", label=Text("人均净收入", "Net, each"), unit="money"),
        ColumnSpec(key="profit", label=Text("人均贡献利润", "Contribution, each"), unit="money"),
        ColumnSpec(key="delivered", label=Text("消息送达", "Messages delivered"), unit="count"),
        ColumnSpec(key="complaints", label=Text("投诉", "Complaints"), unit="count"),
    )
    rows = tuple(
        {
            "group": Text(f"{each.name}（对照）", f"{each.name} (control)") if each.is_control else each.name,
            "assigned": each.assigned,
            "followed": each.followed,
            "people": each.people,
            "buyers": each.buyers,
            "share": each.share.value,
            "orders": each.orders,
            "net": each.net_per_person.value,
            "profit": each.profit_per_person.value,
            "delivered": each.delivered,
            "complaints": each.complaints,
        }
        for each in found.groups
    )
    until = found.orders_until
    return TableData(
        columns=columns, rows=rows, n_rows=len(rows), currency=found.currency,
        partial=Text(
            f"「{found.name}」：{found.first_entry} 至 {found.last_entry} 进组，每人从进组当天起看 {found.days} 天，"
            f"订单看到 {until}。",
            f"{found.name}: entries from {found.first_entry} to {found.last_entry}; each person is watched for "
            f"{found.days} days from the day of entry, orders are known until {until}.",
        ),
    )  # fmt: skip


def _checks(desk: Desk, view: View) -> TableData:
    found = trial_of_view(desk, view)
    columns = (
        ColumnSpec(key="check", label=Text("检查", "Check")),
        ColumnSpec(key="p", label=Text("按规则抽签也会这样的概率", "How often a kept lot looks so"), unit="ratio"),
        ColumnSpec(key="verdict", label=Text("结论", "Verdict")),
    )
    said = {True: Text("可疑", "doubtful"), False: Text("没有异样", "nothing odd")}
    rows = tuple({"check": each.label, "p": each.p_value, "verdict": said[each.is_doubtful]} for each in found.checks)
    empty = Text("进组的人太少，看不出分组是否按规则。", "Too few entered to tell whether the lot was kept.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else empty)


TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "trials/list": _list,
        "trial/figures": refusals.said_instead(_figures, no_figures, *_READ),
        "trial/shares": refusals.said_instead(_shares, no_chart, *_READ),
        "trial/profits": refusals.said_instead(_profits, no_chart, *_READ),
        "trial/effects": refusals.said_instead(_effects, no_table, *_READ),
        "trial/groups": refusals.said_instead(_groups, no_table, *_READ),
        "trial/checks": refusals.said_instead(_checks, no_table, *_READ),
    }
)
"""Tile data by ``page/tile``."""
