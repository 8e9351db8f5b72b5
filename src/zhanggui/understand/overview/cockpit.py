"""作战指挥舱 The cockpit: the nine core figures, the shop's own ones, each with target, alerts and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import AlertBook
from zhanggui.metrics import Metric
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.model import Chain, Unit
from zhanggui.pagespec import (
    AlertsTile,
    KpiItem,
    KpisData,
    KpisTile,
    LineTile,
    PageSpec,
    PageStart,
    PinChoice,
    PinsData,
    PinsTile,
    Row,
)
from zhanggui.understand.desk import Desk, TileData, number, side
from zhanggui.understand.figures import CORE_FIGURES, course, figures, shown_period, with_parts
from zhanggui.understand.targets import goal_over, goals_of, targets_for
from zhanggui.understand.view import View, metric_href

PINS = "cockpit_pins"
MOST_PINS = 24
DAILY = "visitors"
"""Of the core figures the one that is told a day: a visitor of a week is not seven."""
MONEY_FIGURES = ("gmv_paid", "contribution_margin", "net_revenue", "refund_rate", "ad_spend", "blended_return")
"""Revenue with what it costs to get it beside it (M-FIN-08)."""
EFFICIENCY = "contribution_margin"
"""What stands beside a revenue that has no efficiency of its own on the same row."""
COURSE = ("gmv_paid", "net_revenue")
START = PageStart(dates="last7")
"""A week against the week before: the same weekdays on both sides."""
_WAITING = ("open", "acknowledged")
_COCKPIT = "/api/v1/tiles/cockpit"


def dressed(desk: Desk, view: View, found: KpisData) -> KpisData:
    """Return figures with their targets, alerts, rows, and whether they are pinned."""
    goals, pinned, period = goals_of(desk), pins_of(desk), shown_period(desk, view)
    # Targets are of the whole company: beside a part of it they would mislead.
    budgets = {} if view.where or period is None else targets_for(desk, period)
    alerts = AlertBook(desk.shop.state).list_alerts(_WAITING)
    told = [str(alert.told.get("metric")) for alert in alerts]
    of_metric = Counter(told)
    only = {name: alert.alert_id for name, alert in zip(told, alerts, strict=True)}

    def item(each: KpiItem) -> KpiItem:
        metric = desk.catalogue[each.metric]
        goal = None if view.where else goals.get(each.metric)
        target = budgets.get(each.metric)
        if target is None and period is not None:
            target = goal_over(metric, goal, period)
        n_alerts = of_metric[each.metric]
        return each.model_copy(
            update={
                "target": target,
                "goal": goal,
                "n_alerts": n_alerts,
                "alerts_href": None
                if n_alerts == 0
                else f"/alerts/{only[each.metric]}"
                if n_alerts == 1
                else "/alerts",
                "rows_href": f"/rows?metric={each.metric}" if each.value is not None else None,
                "is_pinned": each.metric in pinned,
            }
        )

    return found.model_copy(update={"items": tuple(map(item, found.items))})


def role_figures(*names: str) -> TileData:
    """Return the tile that shows these metrics with their targets and alerts."""

    def tile(desk: Desk, view: View) -> KpisData:
        return dressed(desk, view, _reached(desk, view, names))

    return tile


def role_course(*names: str) -> TileData:
    """Return the tile that shows the course of these metrics."""
    return lambda desk, view: course(desk, view, with_parts(names, desk.catalogue), shown=names)


def core_figures(desk: Desk, view: View) -> KpisData:
    """Return the nine core figures (C-MON-02), each under the name that the trade gives it."""
    found = _reached(desk, view, tuple(CORE_FIGURES.values()))
    names = {metric: title for title, metric in CORE_FIGURES.items()}
    items = tuple(each.model_copy(update={"label": Text(names[each.metric], each.label.en)}) for each in found.items)
    items = tuple(_a_day(desk, view, each) if each.metric == DAILY else each for each in items)
    return dressed(desk, view, found.model_copy(update={"items": items}))


def _a_day(desk: Desk, view: View, item: KpiItem) -> KpiItem:
    """Return the figure of a day: the mean of the days that have one."""
    rows = desk.ask(view.question(item.metric, grain="day", compare=True)).rows
    now = _mean([number(row, item.metric) for row in rows])
    then = _mean([number(side(row, "compare"), item.metric) for row in rows])
    return item.model_copy(
        update={
            "label": Text("日活（日均访客数）", "Daily active (visitors a day)"),
            "value": None if now is None else round(now, 1),
            "change": (now - then) / then if now is not None and then else None,
            "change_kind": "ratio" if now is not None and then else "none",
        }
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def own_figures(desk: Desk, view: View) -> PinsData:
    """Return the figures that the shop has put on its cockpit, and which others it can put there."""
    names = tuple(name for name in pins_of(desk) if name in desk.catalogue)
    found = _reached(desk, view, with_efficiency(names, desk.catalogue)) if names else KpisData(items=())
    shown = dressed(desk, view, found)
    choices = tuple(
        PinChoice(name=metric.name, label=metric.label)
        for metric in reversed(tuple(desk.catalogue.values()))
        if metric.name not in names
    )
    return PinsData(items=shown.items, currency=shown.currency, doubts=(), choices=choices)


def is_revenue(metric: Metric) -> bool:
    """Return whether a metric is an amount of sales, which tells nothing about what they cost."""
    is_amount = metric.unit is Unit.MONEY and metric.is_additive and metric.good == "up"
    return is_amount and "profit" not in metric.name and metric.chain in (Chain.FINANCE, Chain.MARKETING)


def is_efficiency(metric: Metric) -> bool:
    """Return whether a metric sets one thing against another, so that it does not grow by size alone."""
    return metric.kind == "Ratio" or metric.unit is Unit.RATIO


def with_efficiency(names: tuple[str, ...], catalogue: Mapping[str, Metric]) -> tuple[str, ...]:
    """Return the metrics of a row, with an efficiency added where there is revenue and none (M-FIN-08).

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> with_efficiency(("gmv_paid",), CATALOGUE), with_efficiency(("gmv_paid", "refund_rate"), CATALOGUE)
    (('gmv_paid', 'contribution_margin'), ('gmv_paid', 'refund_rate'))
    """
    row = [catalogue[name] for name in names]
    lacks = any(map(is_revenue, row)) and not any(map(is_efficiency, row))
    return (*names, EFFICIENCY) if lacks else names


def _reached(desk: Desk, view: View, names: tuple[str, ...]) -> KpisData:
    """Return figures of these metrics; one that the filters do not reach says so, and the others stay."""
    filtered = {each.dim for each in view.where}
    leaves = {name: tuple(desk.metric(name).leaves()) for name in names}
    reached = tuple(name for name in names if not leaves[name] or filtered <= set(possible_dimensions(leaves[name])))
    found = figures(desk, view, reached) if reached else KpisData(items=())
    known = {each.metric: each for each in found.items}
    items = tuple(known.get(name) or _out_of_reach(desk.metric(name)) for name in names)
    return found.model_copy(update={"items": items})


def _out_of_reach(metric: Metric) -> KpiItem:
    return KpiItem(
        metric=metric.name,
        label=metric.label,
        unit=metric.unit.value,
        good=metric.good,
        evidence=metric.evidence.value,
        warning=Text("这个指标没有所选的筛选维度", "this metric does not know the filters chosen"),
        href=metric_href(metric.name),
    )


def pins_of(desk: Desk) -> tuple[str, ...]:
    """Return the metrics that the shop has put on its cockpit, in its order."""
    stored = desk.shop.state.get_setting(PINS)
    return tuple(str(name) for name in stored) if isinstance(stored, list) else ()


def pin(desk: Desk, metric: str, *, is_pinned: bool) -> tuple[str, ...]:
    """Put a metric on the cockpit, or take it down; return all that are there, at most the last two dozen.

    Raises
    ------
    UnknownMetricError
        There is no such metric.
    """
    if is_pinned:
        desk.metric(metric)
    with desk.shop.state.transaction():
        others = [name for name in pins_of(desk) if name != metric]
        kept = [*others, metric][-MOST_PINS:] if is_pinned else others
        desk.shop.state.set_setting(PINS, kept)
    return tuple(kept)


COCKPIT = PageSpec(
    id="cockpit",
    path="/cockpit",
    title=Text("作战指挥舱", "Cockpit"),
    room="cockpit",
    icon="cockpit",
    tab=Text("指挥舱", "Cockpit"),
    filters=("platform", "shop", "date", "compare"),
    start=START,
    rows=(
        Row(
            tiles=(
                KpisTile(
                    id="core",
                    title=Text("九个核心指标：用户、商品、运营", "Nine core figures: people, goods, operations"),
                    source=f"{_COCKPIT}/core",
                ),
            )
        ),
        Row(
            tiles=(
                PinsTile(
                    id="own",
                    title=Text("本店核心指标", "This shop's own figures"),
                    source=f"{_COCKPIT}/own",
                    help=Text(
                        "把任何指标（包括自己定义的）放到这里。收入旁边总有一个效率指标。",
                        "Put any metric here, also those you defined. Beside revenue there is always an efficiency.",
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                KpisTile(
                    id="money", title=Text("收入与效率", "Revenue and efficiency"), source=f"{_COCKPIT}/money"
                ),
            )
        ),
        Row(
            height="m",
            tiles=(
                LineTile(id="trend", title=Text("支付金额与净额", "GMV and net revenue"), source=f"{_COCKPIT}/trend"),
            ),
        ),
        Row(tiles=(AlertsTile(id="alerts", title=Text("预警", "Alerts"), source="/api/v1/alerts"),)),
    ),
)  # fmt: skip

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "cockpit/own": own_figures,
        "cockpit/core": core_figures,
        "cockpit/money": role_figures(*MONEY_FIGURES),
        "cockpit/trend": role_course(*COURSE),
    }
)
"""Tile data by ``page/tile``."""
