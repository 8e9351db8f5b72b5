"""What a method says instead of a number, and tiles that show it: one way for every subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from zhanggui.i18n import Text
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.pagespec import (
    ChartData,
    FindingsData,
    HeatmapData,
    KpisData,
    QuadrantAxis,
    QuadrantsData,
    TableData,
    TileAnswer,
)
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

_Data = TypeVar("_Data", bound=TileAnswer)


class ThinLedgerError(NotEnoughDataError):
    """The ledger tells too little for a number. A subject has its own kind, with its code and what it reads.

    Parameters
    ----------
    text : Text
        What is missing, as a sentence.
    next_step : Text
        What would help.

    Attributes
    ----------
    said : Text
        Both sentences in both languages, as pages show them.
    """

    reads: ClassVar[str] = "the ledger"

    def __init__(self, text: Text, next_step: Text) -> None:
        self.text = text
        self.said = Text(f"{text.zh}{next_step.zh}", f"{text.en} {next_step.en}")
        super().__init__(text.en, where=self.reads, next_step=next_step.en)


def said_instead(
    make: Callable[[Desk, View], _Data], nothing: Callable[[Text], _Data], *tables: str
) -> Callable[[Desk, View], _Data]:
    """Return a tile that says why there is no number, where a method refuses to give one.

    Parameters
    ----------
    make : callable
        Answers the tile, or raises `ThinLedgerError`.
    nothing : callable
        Makes an empty answer of a sentence, as `no_table` does.
    *tables : str
        Ledger tables that the tile reads; their failed checks mark it.
    """

    def tile(desk: Desk, view: View) -> _Data:
        desk.stands_on(view, *tables)
        try:
            return make(desk, view)
        except ThinLedgerError as error:
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


def no_findings(text: Text) -> FindingsData:
    """Return findings that say why there are none."""
    return FindingsData(items=(), empty=text)


def no_quadrants(text: Text) -> QuadrantsData:
    """Return quadrants that say why they are empty."""
    x, y = (
        QuadrantAxis(label=Text("销量", "Units"), unit="count"),
        QuadrantAxis(label=Text("利润", "Profit"), unit="money"),
    )
    return QuadrantsData(x=x, y=y, quadrants=(), points=(), empty=text)
