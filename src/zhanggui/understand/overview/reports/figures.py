"""The figures of a report: asked as the Overview asks them, so that both say the same to the fen."""

from __future__ import annotations

from typing import Literal

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Answer, Metric
from zhanggui.metrics.model import Unit
from zhanggui.pagespec import ColumnSpec, Number, TableData
from zhanggui.understand.desk import Desk, Row, number
from zhanggui.understand.doubts import doubts_of
from zhanggui.understand.figures import warning_of
from zhanggui.understand.overview.costs import PROFIT, profit_figure
from zhanggui.understand.overview.reports.answer import Figure, FigureGroup
from zhanggui.understand.overview.reports.spec import GROUPS, STORE_COLUMNS, YOUNG, YOUNG_GAP
from zhanggui.understand.view import View, metric_href

_MOST_STORES = 200
_YOUNG = Text(
    "还不成熟：成本在发货时、费用在结算时、退款在成功时入账，这些天比对比期年轻，所以不比较。",
    "Not mature yet: costs are booked at shipping, fees at settlement, refunds when they succeed. These days are "
    "younger than those they are held against, so no change is given.",
)
_IMMATURE: dict[str, object] = {"change": None, "change_kind": "none"}


def groups_of(desk: Desk, view: View, before: Period) -> tuple[tuple[FigureGroup, ...], str | None]:
    """Return the figures of the days of `view` beside those of `before`, and their currency."""
    names = tuple(dict.fromkeys(name for group in GROUPS for name in group.metrics))
    earlier = view.within(before.first, before.last)
    now, then = desk.ask(view.question(*names)), desk.ask(earlier.question(*names))
    made = {name: _figure(view, CATALOGUE[name], now, then) for name in names}
    # Where the operator has entered rates for goods of unknown cost, profit is estimated as the Overview estimates it.
    profit, profit_before = profit_figure(desk, view), profit_figure(desk, earlier).value
    made[PROFIT] = made[PROFIT].model_copy(
        update={
            "label": profit.label,
            "value": profit.value,
            "before": profit_before,
            "change": share_of_change(profit.value, profit_before),
            "evidence": profit.evidence,
            "warning": profit.warning or made[PROFIT].warning,
        }
    )
    if young_share(made["unsettled_share"]) is not None:
        for name in YOUNG:
            made[name] = made[name].model_copy(update=_IMMATURE | {"warning": made[name].warning or _YOUNG})
    groups = tuple(
        FigureGroup(
            key=group.key, title=group.title, note=group.note, items=tuple(made[name] for name in group.metrics)
        )
        for group in GROUPS
    )
    return groups, now.currency or then.currency


def young_share(unsettled: Figure) -> float | None:
    """Return the share of the receivable that is not settled, where it is more than of the days held against."""
    if unsettled.value is None or unsettled.before is None or unsettled.value - unsettled.before <= YOUNG_GAP:
        return None
    return float(unsettled.value)


def _figure(view: View, metric: Metric, now: Answer, then: Answer) -> Figure:
    value, before = number(first_row(now), metric.name), number(first_row(then), metric.name)
    change, kind = change_of(metric, value, before)
    return Figure(
        metric=metric.name,
        label=metric.label,
        unit=metric.unit.value,
        value=value,
        before=before,
        change=change,
        change_kind=kind,
        good=metric.good,
        evidence=metric.evidence.value,
        warning=warning_of(now, metric.name),
        href=href_of(metric.name, view),
        doubts=doubts_of(now, (metric.name,)),
    )


def first_row(found: Answer) -> Row:
    """Return the only row of an answer that is not split."""
    return found.rows[0] if found.rows else {}


def change_of(metric: Metric, value: Number, before: Number) -> tuple[Number, Literal["ratio", "pp", "none"]]:
    """Return how a figure moved: rates in points, all else as a share of what it was."""
    if metric.unit is Unit.RATIO:
        return (None, "none") if value is None or before is None else (value - before, "pp")
    change = share_of_change(value, before)
    return change, "none" if change is None else "ratio"


def share_of_change(value: Number, before: Number) -> float | None:
    """Return the change as a share of what it was; None where that was nothing or is not known.

    Examples
    --------
    >>> share_of_change(90, 100), share_of_change(5, 0), share_of_change(50, -100)
    (-0.1, None, 1.5)
    """
    return (value - before) / abs(before) if value is not None and before else None


def href_of(metric: str, view: View) -> str:
    """Return the page of a metric over the days of the report."""
    filters = {each.dim: tuple(str(value) for value in each.values if value is not None) for each in view.where}
    href = metric_href(metric, **filters)
    return f"{href}{'&' if '?' in href else '?'}from={view.date_from}&to={view.date_to}"


def by_store(desk: Desk, view: View, before: Period) -> TableData:
    """Return each store's figures with their total, which is the report's own."""
    asked = view.question(*STORE_COLUMNS, by=("shop",), order_by="-gmv_paid", limit=_MOST_STORES)
    found, whole = desk.ask(asked), first_row(desk.ask(view.question(*STORE_COLUMNS)))
    earlier = view.within(before.first, before.last)
    then = {str(row["shop"]): row for row in desk.ask(earlier.question("gmv_paid", by=("shop",))).rows}
    was = first_row(desk.ask(earlier.question("gmv_paid")))
    rows = tuple(_store_row(view, row, then.get(str(row["shop"]), {})) for row in found.rows)
    return TableData(
        columns=_store_columns(),
        rows=rows,
        total={**_store_cells(whole, was), "store": Text("合计", "Total")} if rows else None,
        n_rows=len(rows),
        currency=found.currency,
        empty=None if rows else Text("这些天没有店铺数据。", "No store has data of these days."),
    )


def _store_columns() -> tuple[ColumnSpec, ...]:
    columns = [ColumnSpec(key="store", label=Text("店铺", "Store"))]
    for name in STORE_COLUMNS:
        metric = CATALOGUE[name]
        columns.append(
            ColumnSpec(
                key=name, label=metric.label, unit=metric.unit.value, align="right", evidence=metric.evidence.value
            )
        )
        if name == "gmv_paid":
            columns.append(ColumnSpec(key="change", label=Text("较对比期", "Change"), unit="ratio", align="right"))
    return tuple(columns)


def _store_cells(row: Row, then: Row) -> dict[str, object]:
    change = share_of_change(number(row, "gmv_paid"), number(then, "gmv_paid"))
    return {**{name: row.get(name) for name in STORE_COLUMNS}, "change": change}


def _store_row(view: View, row: Row, then: Row) -> dict[str, object]:
    store = str(row["shop"] or "-")
    href = metric_href("gmv_paid", shop=store)
    return {**_store_cells(row, then), "store": store, "_href": f"{href}&from={view.date_from}&to={view.date_to}"}
