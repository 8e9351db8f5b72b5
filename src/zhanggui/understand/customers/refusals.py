"""Tiles about people that say why there is no number, where a method refuses to give one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from zhanggui.i18n import Text
from zhanggui.pagespec import ChartData, HeatmapData, KpisData, TableData, TileAnswer
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

PAGE_ROWS = 50
"""Customers on one page of a list."""

_Data = TypeVar("_Data", bound=TileAnswer)


def said_instead(
    make: Callable[[Desk, View], _Data], nothing: Callable[[Text], _Data]
) -> Callable[[Desk, View], _Data]:
    """Return a tile that says why there is no number, where a method refuses to give one."""

    def tile(desk: Desk, view: View) -> _Data:
        desk.stands_on(view, "order_header", "refund")
        try:
            return make(desk, view)
        except ThinDataError as error:
            return nothing(error.said)

    return tile


def no_chart(text: Text) -> ChartData:
    """Return a chart that says why it is empty."""
    return ChartData(unit="count", x=(), x_kind="category", series=(), empty=text)


def no_table(text: Text) -> TableData:
    """Return a table that says why it is empty."""
    return TableData(columns=(), rows=(), n_rows=0, empty=text)


def no_figures(text: Text) -> KpisData:
    """Return figures that say why there are none."""
    return KpisData(items=(), empty=text)


def no_matrix(text: Text) -> HeatmapData:
    """Return a matrix that says why it is empty."""
    return HeatmapData(unit="count", rows=(), cols=(), values=(), empty=text)
