"""Where the money lies: by platform, province and product, and by hour of the week."""

from __future__ import annotations

from collections.abc import Callable

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Answer, Metric
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.pagespec import AllClear, ChartData, ColumnSpec, HeatmapData, Series, TableData
from zhanggui.understand import buyer_kinds, wording
from zhanggui.understand.desk import Desk, amount, number, side
from zhanggui.understand.figures import needed_by, warnings_of
from zhanggui.understand.naming import shown_column, value_href, value_name, value_names
from zhanggui.understand.view import View

SHARED = ("gmv_paid", "refund_amount")
"""What bars and findings ask together, so that both cost one pass. Orders are left out: counting the different orders
of every product costs more than the rest of the page."""

DEFAULT = "province"
PLACES = ("shop", DEFAULT, "product", buyer_kinds.DIMENSION)
"""By what the page of a metric splits it."""
_TOLD_ELSEWHERE = ("platform", "currency", "weekday", "hour")
"""What the page shows by itself or lets the reader choose, so that no bars are spent on it."""

MOST_BARS = 10
MOST_ROWS = 200
Tile = Callable[[Desk, View], ChartData]


def split(desk: Desk, view: View, dimension: str) -> Answer:
    """Return paid amount and refunds by a dimension, largest first."""
    question = view.question(*SHARED, by=(dimension,), order_by="-gmv_paid", limit=MOST_ROWS, compare=True)
    return desk.ask(question)


def bars_by(dimension: str) -> Tile:
    """Return the tile that shows the paid amount by `dimension`."""

    def tile(desk: Desk, view: View) -> ChartData:
        return _bars(desk, split(desk, view, dimension), CATALOGUE["gmv_paid"], dimension, view)

    return tile


_UNSPLIT = AllClear("该指标不能这样拆分。", "This metric cannot be split this way.")


def metric_bars(desk: Desk, view: View) -> ChartData:
    """Return the metric of the page by the chosen dimension, or by another that the metric does have."""
    metric = desk.metric(view.name)
    dimension = chosen_dimension(metric, view) or _instead(metric, view.by or DEFAULT)
    empty = ChartData(unit=metric.unit.value, x=(), x_kind="category", series=())
    if dimension is None:
        return empty.model_copy(update={"empty": _UNSPLIT})
    question = view.question(
        metric.name, by=(dimension,), order_by=f"-{metric.name}", limit=MOST_BARS + 1, compare=True
    )
    found = _bars(desk, desk.ask(question), metric, dimension, view)
    if dimension == view.by:
        return found
    label = DIMENSIONS[dimension].label
    return found.model_copy(update={"title": Text(f"按{label.zh}", f"By {label.en[0].lower()}{label.en[1:]}")})


def metric_by(name: str, dimension: str) -> Tile:
    """Return the tile that shows a metric by a dimension."""

    def tile(desk: Desk, view: View) -> ChartData:
        metric = desk.metric(name)
        question = view.question(name, by=(dimension,), order_by=f"-{name}", limit=MOST_BARS + 1, compare=True)
        return _bars(desk, desk.ask(question), metric, dimension, view)

    return tile


def _instead(metric: Metric, wanted: str) -> str | None:
    """Return what stands where the page asks for a dimension that the metric lacks: each place has its own."""
    possible = possible_dimensions(tuple(metric.leaves()))
    lacking = [name for name in PLACES if name not in possible]
    others = [name for name in possible if name not in (*PLACES, *_TOLD_ELSEWHERE)]
    return dict(zip(lacking, others, strict=False)).get(wanted)


def chosen_dimension(metric: Metric, view: View) -> str | None:
    """Return the dimension asked for if the metric can be split by it, or None."""
    possible = possible_dimensions(tuple(metric.leaves()))
    wanted = view.by or DEFAULT
    return wanted if wanted in possible else None


def _bars(desk: Desk, found: Answer, metric: Metric, dimension: str, view: View) -> ChartData:
    lacking = needed_by(found, metric.name)
    if lacking is not None:
        return ChartData(unit=metric.unit.value, x=(), x_kind="category", series=(), empty=lacking)
    rows = [row for row in found.rows if number(row, metric.name) is not None][:MOST_BARS]
    # A lone bar of what nobody knows says nothing.
    if all(row.get(shown_column(dimension, row)) is None for row in rows):
        rows = []
    series = [Series(name=metric.label, values=tuple(number(row, metric.name) for row in rows))]
    if view.compare is not None:
        values = tuple(number(side(row, "compare"), metric.name) for row in rows)
        series.append(Series(name=Text("对比期", "compared period"), values=values, role="compare"))
    meant = (buyer_kinds.WHAT_TELLS_THEM,) if rows and dimension == buyer_kinds.DIMENSION else ()
    return ChartData(
        unit=metric.unit.value,
        currency=found.currency,
        x=value_names(desk, dimension, rows),
        x_kind="category",
        series=tuple(series),
        href=tuple(value_href(desk, metric.name, dimension, row) for row in rows),
        warnings=(*meant, *warnings_of(found, (metric.name,))),
        empty=None if rows else _why_empty(dimension),
    )


def _why_empty(dimension: str) -> Text:
    if dimension == buyer_kinds.DIMENSION:
        return buyer_kinds.NOBODY_KNOWN
    label = DIMENSIONS[dimension].label
    if dimension in {"product", "sku", "category", "brand"}:
        return Text(
            "还没有订单明细。导入宝贝报表或子订单报表后，这里按商品显示。",
            "There are no order lines yet. Load an item or sub-order report to see products here.",
        )
    return Text(f"已导入的文件没有{label.zh}。", f"The loaded files hold no {label.en.lower()}.")


def rhythm(desk: Desk, view: View) -> HeatmapData:
    """Return the paid amount by weekday and hour of payment."""
    metric = CATALOGUE["gmv_paid"]
    found = desk.ask(view.question(metric.name, by=("weekday", "hour")))
    cells: dict[tuple[int, int], float] = {}
    for row in found.rows:
        if row.get("hour") is not None and row.get("weekday") is not None:
            cells[int(str(row["weekday"])), int(str(row["hour"]))] = amount(row, metric.name)
    values = tuple(tuple(cells.get((weekday, hour), 0) for hour in range(24)) for weekday in range(1, 8))
    return HeatmapData(
        unit=metric.unit.value,
        currency=found.currency,
        rows=wording.WEEKDAYS,
        cols=tuple(Text.same(f"{hour:02d}") for hour in range(24)),
        values=values if cells else (),
        max=max(cells.values(), default=None),
        empty=None if cells else Text("已导入的文件没有付款时刻。", "The loaded files hold no hour of payment."),
    )


def metric_table(desk: Desk, view: View) -> TableData:
    """Return the metric of the page by the chosen dimension as rows with a total."""
    metric = desk.metric(view.name)
    dimension = chosen_dimension(metric, view)
    label = DIMENSIONS[dimension or DEFAULT].label
    columns = (
        ColumnSpec(key="value", label=label),
        ColumnSpec(key=metric.name, label=metric.label, unit=metric.unit.value, align="right"),
    )
    if dimension is None:
        return TableData(columns=columns, rows=(), n_rows=0)
    question = view.question(metric.name, by=(dimension,), order_by=f"-{metric.name}", limit=MOST_ROWS)
    found = desk.ask(question)
    total = desk.ask(view.question(metric.name)).rows
    rows = tuple(
        {
            "value": value_name(dimension, row),
            metric.name: row.get(metric.name),
            "_href": value_href(desk, metric.name, dimension, row),
        }
        for row in found.rows
    )
    whole = {"value": Text("合计", "Total"), metric.name: total[0].get(metric.name)} if total else None
    return TableData(columns=columns, rows=rows, total=whole, n_rows=len(rows), currency=found.currency)
