"""新老客 What new, returning and unidentified buyers brought, step by step: one tile for every page with revenue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.metrics import DIMENSIONS
from zhanggui.pagespec import BarTile, ChartData, Series
from zhanggui.understand.desk import Desk, amount
from zhanggui.understand.figures import grain_of, steps_of
from zhanggui.understand.view import View

DIMENSION = "buyer_kind"
METRIC = "gmv_paid"

_NAMES: Mapping[str | None, Text] = MappingProxyType(
    {
        "returning": DIMENSIONS[DIMENSION].names["returning"],
        "new": DIMENSIONS[DIMENSION].names["new"],
        None: Text("不可识别", "Not identified"),
    }
)
NOBODY_KNOWN = Text(
    "这里的订单都没有稳定的买家标识，分不出新老客；客户页写明导入什么可以识别。",
    "No order here names its buyer, so new and returning cannot be told; the customers page says what to load.",
)

WHAT_TELLS_THEM = Text(
    "老客在更早的一天付过款，不论哪家店；新客是首次付款那天的买家；订单认不出买家的不猜，列为未知。",
    "Returning buyers paid on an earlier day, in whatever store; new ones on this day first; an order that names no "
    "buyer is not guessed and stands as unknown.",
)
"""What the values of the dimension mean, for wherever it splits a metric."""


def buyer_kinds_tile(source: str, *, span: int = 24) -> BarTile:
    """Return the tile as a page declares it."""
    title = Text("新客与老客的支付金额", "Paid by new and returning buyers")
    return BarTile(id="buyer_kinds", title=title, span=span, source=source)


def buyer_kinds(desk: Desk, view: View) -> ChartData:
    """Return what each kind of buyer paid at every step of the period; the three are all that was paid.

    Who paid on an earlier day, in whatever store, is returning; the share that can be told apart stands beside it.
    """
    grain = grain_of(desk, view)
    found = desk.ask(view.question(METRIC, by=(DIMENSION,), grain=grain))
    steps = steps_of(desk, view, grain)
    paid = {(row.get(DIMENSION), str(row["date"])): amount(row, METRIC) for row in found.rows}
    sums = {kind: sum(value for (of, _), value in paid.items() if of == kind) for kind in _NAMES}
    total, known = sum(sums.values()), sums["new"] + sums["returning"]
    return ChartData(
        unit="money",
        currency=found.currency,
        x=tuple(steps) if known else (),
        x_kind="date",
        is_stacked=True,
        series=tuple(
            Series(name=name, values=tuple(paid.get((kind, step), 0.0) for step in steps), role="other")
            for kind, name in _NAMES.items()
            if known
        ),
        warnings=(_identified(known / total),) if known and known < total else (),
        empty=None if known else NOBODY_KNOWN,
    )


def _identified(share: float) -> Text:
    return Text(
        f"{share:.1%} 的支付金额能识别买家；其余不猜。",
        f"{share:.1%} of what was paid names its buyer; the rest is not guessed.",
    )
