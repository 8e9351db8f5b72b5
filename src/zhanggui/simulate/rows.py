"""Rows of one kind in columns: what the world hands to those who write it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
"""Whole numbers, truths or, where the table says so, text."""

NEVER = -1
"""A moment that does not come, or a reference to nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one kind of row.

    Attributes
    ----------
    name : str
        What the rows are.
    columns : mapping of str to numpy type
        Type of each column. Every column has to be given, except those of `unset`.
    unset : frozenset of str
        Columns that hold `NEVER` where nobody gives them.
    """

    name: str
    columns: Mapping[str, type[np.generic]]
    unset: frozenset[str] = frozenset()


class Rows:
    """Rows of a table; columns have one length and the table's types.

    Parameters
    ----------
    table : Table
        What the rows are.
    **columns : array_like
        One array per column; a single number stands for all rows.

    Raises
    ------
    ValueError
        A column is missing, unknown or of another length.

    Examples
    --------
    >>> stock = Table("stock", {"sku": np.int64, "on_hand": np.int64})
    >>> rows = Rows(stock, sku=[1, 2], on_hand=[5, 0])
    >>> len(rows), rows.where(rows["on_hand"] > 0)["sku"].tolist()
    (2, [1])
    """

    __slots__ = ("_chosen", "_columns", "_length", "_whole", "table")

    def __init__(self, table: Table, **columns: npt.ArrayLike) -> None:
        wrong = (set(table.columns) - table.unset).symmetric_difference(set(columns) - table.unset)
        if wrong:
            raise ValueError(f"{table.name}: columns do not match: {', '.join(sorted(wrong))}")
        arrays = {name: np.asarray(values) for name, values in columns.items()}
        length = max((array.size for array in arrays.values() if array.ndim), default=1)
        self.table = table
        self._columns: dict[str, Column] = {}
        self._length = length
        self._whole: Rows | None = None
        self._chosen: Column | None = None
        for name, kind in table.columns.items():
            values = arrays.get(name)
            if values is None or values.ndim == 0:
                self._columns[name] = np.full(length, NEVER if values is None else values, kind)
            elif values.shape == (length,):
                self._columns[name] = values.astype(kind, copy=False)
            else:
                raise ValueError(f"{table.name}.{name}: {values.size} values where other columns have {length}")

    @classmethod
    def none(cls, table: Table) -> Rows:
        """Return no rows."""
        return cls(table, **{name: np.empty(0, kind) for name, kind in table.columns.items()})

    @classmethod
    def together(cls, table: Table, parts: Iterable[Rows]) -> Rows:
        """Return the rows of all parts, in their order."""
        found = list(parts)
        if not found:
            return cls.none(table)
        return cls._of(table, {name: np.concatenate([part[name] for part in found]) for name in table.columns})

    @classmethod
    def _of(cls, table: Table, columns: dict[str, Column]) -> Rows:
        """Return rows of columns that are known to fit."""
        rows = cls.__new__(cls)
        rows.table, rows._columns = table, columns
        rows._length = int(next(iter(columns.values())).size)
        rows._whole = rows._chosen = None
        return rows

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, column: str) -> Column:
        found = self._columns.get(column)
        if found is None:
            if self._whole is None:
                raise KeyError(f"{self.table.name} has no column {column}")
            found = self._columns[column] = self._whole[column][self._chosen]
        return found

    @property
    def columns(self) -> Mapping[str, Column]:
        """All columns by name."""
        return MappingProxyType({name: self[name] for name in self.table.columns})

    def where(self, chosen: Column) -> Rows:
        """Return the rows chosen by a mask, or by positions in their order.

        A column is made when it is asked for: a day has thousands of choices of rows, of which few columns are read.
        """
        rows = Rows.__new__(Rows)
        rows.table, rows._columns, rows._whole = self.table, {}, self
        rows._chosen = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen.copy()
        if chosen.dtype == np.bool_ and chosen.size != self._length:
            raise IndexError(f"{self.table.name}: {chosen.size} truths about {self._length} rows")
        rows._length = int(rows._chosen.size)
        return rows

    def held(self) -> Rows:
        """Return the same rows on their own, so that keeping them keeps nothing that they were chosen from."""
        return Rows._of(self.table, dict(self.columns))

    def but(self, **columns: npt.ArrayLike) -> Rows:
        """Return the same rows with other values in these columns."""
        return Rows(self.table, **{**self.columns, **columns})
