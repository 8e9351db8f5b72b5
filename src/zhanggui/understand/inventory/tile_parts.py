"""What tiles about stock are made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec import ColumnSpec, TableData, TileAnswer
from zhanggui.pagespec.words import Evidence, Unit
from zhanggui.understand import refusals
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_parts import BAND_NAMES
from zhanggui.understand.view import Pairs, View

PAGE_ROWS = 50
_TABLES = ("stock_balance", "stock_movement", "stock_snapshot", "stock_count")

_Data = TypeVar("_Data", bound=TileAnswer)
Column = tuple[str, str, str, Unit] | tuple[str, str, str, Unit, Evidence]


def said_instead(
    make: Callable[[Desk, View], _Data], nothing: Callable[[Text], _Data]
) -> Callable[[Desk, View], _Data]:
    """Return a tile of this subject that says why there is no number, where a method refuses to give one."""
    return refusals.said_instead(make, nothing, *_TABLES)


def pairs_of(view: View) -> Pairs:
    """Return the days of a view as the pairs that answers are asked with."""
    days = (("from", view.date_from), ("to", view.date_to))
    return [(key, day.isoformat()) for key, day in days if day is not None]


def columns_of(*columns: Column) -> tuple[ColumnSpec, ...]:
    """Return the columns of a table from key, Chinese, English, unit and perhaps evidence."""
    return tuple(
        ColumnSpec(key=column[0], label=Text(column[1], column[2]), unit=column[3],
                   evidence=column[4] if len(column) == 5 else "counted")
        for column in columns
    )  # fmt: skip


def table(
    columns: Sequence[Column], rows: Sequence[BaseModel], currency: str, *, view: View, n_rows: int | None = None,
    warnings: tuple[Text, ...] = (), partial: Text | None = None, empty: Text | None = None,
) -> TableData:  # fmt: skip
    """Return the page of a table that a view asks for."""
    page = view.page if len(rows) > PAGE_ROWS else 1
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return TableData(
        columns=columns_of(*columns),
        rows=tuple(cells_of(row) for row in shown),
        page=page,
        pages=max(-(-len(rows) // PAGE_ROWS), 1),
        n_rows=len(rows) if n_rows is None else n_rows,
        currency=currency,
        warnings=warnings,
        partial=partial,
        empty=None if rows else empty,
    )


def cells_of(row: BaseModel) -> dict[str, object]:
    """Return the cells of an answer's row."""
    cells: dict[str, object] = {name: getattr(row, name) for name in type(row).model_fields}
    if "band" in cells:
        cells["band"] = BAND_NAMES[str(cells["band"])]
    return {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in cells.items()}
