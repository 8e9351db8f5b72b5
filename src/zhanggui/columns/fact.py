"""What an input table beside sales is: one declaration, from which table, maps, typing, merge and docs follow.

A fact is one row of a ledger table whose newest row counts whole (model: ``docs/concepts/ledger.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.columns.model import PersonalWord, ValueKind
from zhanggui.i18n import Text


@dataclass(frozen=True, slots=True)
class FactColumn:
    """One column of a fact.

    Attributes
    ----------
    name : str
        Its name in maps.
    held_as : str
        Its name in the ledger.
    kind : ValueKind
        How its cells are read.
    label : Text
        What a shopkeeper calls it.
    note : str
        What it holds.
    is_required : bool
        A row without it cannot be taken.
    allowed : tuple of str
        The closed set of words of a ``WORD`` column.
    personal : str
        Personal-data class; ``personal`` cells become keyed tokens.
    is_ahead : bool
        A moment that may lie after the export, as a date of expiry does: it says nothing about the file's age.
    as_buyer : str or None
        Ledger column that holds the same id keyed as a buyer id, so that it can be compared with those of orders.
    """

    name: str
    held_as: str
    kind: ValueKind
    label: Text
    note: str
    is_required: bool = False
    allowed: tuple[str, ...] = ()
    personal: PersonalWord = "none"
    is_ahead: bool = False
    as_buyer: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One input table and the ledger table that it fills.

    Attributes
    ----------
    name : str
        The input table, as maps call it.
    table : str
        The ledger table.
    label : Text
        What a shopkeeper calls it.
    grain : str
        What one row is.
    key : tuple of str
        Ledger columns that identify a row within its store. Empty: the row has no identity but its content and how
        often the file repeats it.
    columns : tuple of FactColumn
        In the order of templates and docs.
    headline : str or None
        The amount that heads a file's equation.
    counts_repeats : bool
        Rows of one file with an equal key are several, as rows of a report that is finer than the columns it shows;
        else the newest of them counts.
    is_of_company : bool
        Rows belong to the company, not to a store, unless a file names one.
    """

    name: str
    table: str
    label: Text
    grain: str
    key: tuple[str, ...]
    columns: tuple[FactColumn, ...]
    headline: str | None = None
    counts_repeats: bool = False
    is_of_company: bool = False

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """Names of the columns that a file must have."""
        wanted = (column for column in self.columns if column.is_required or column.held_as == self.headline)
        return tuple((column.name,) for column in wanted)

    def column(self, name: str) -> FactColumn:
        """Return the column that maps call `name`; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


def column(
    name: str,
    kind: ValueKind,
    zh: str,
    en: str,
    note: str = "",
    *,
    held_as: str | None = None,
    need: bool = False,
    allowed: tuple[str, ...] = (),
    personal: PersonalWord = "none",
    ahead: bool = False,
    as_buyer: str | None = None,
) -> FactColumn:
    """Return a column; an amount is held as ``…_minor``, a personal cell as ``…_token``, unless `held_as` says else."""
    if held_as is None and personal != "none":
        held_as = f"{name}_token"
    elif held_as is None:
        held_as = f"{name.removesuffix('_amount')}_minor" if kind is ValueKind.MONEY else name
    return FactColumn(name, held_as, kind, Text.of(zh, en), note or f"{en}.", need, allowed, personal, ahead, as_buyer)
