"""What a guess says: which table a file fills, which column is what, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from zhanggui.columns import InputTable
from zhanggui.i18n import Text


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of a file that may carry one of our names.

    Attributes
    ----------
    name : str
        Canonical name.
    header : str
        Column of the file.
    score : float
        How sure it is, 0 to 1.
    reason : Text
        Why.
    """

    name: str
    header: str
    score: float
    reason: Text


@dataclass(frozen=True, slots=True)
class TableGuess:
    """A table that a file may fill.

    Attributes
    ----------
    score : float
        How sure it is, 0 to 1.
    columns : tuple of ColumnGuess
        At most one per canonical name, in the order of the vocabulary.
    missing : tuple of tuple of str
        What the table needs and no column carries; any one name of a group would do.
    """

    table: InputTable
    score: float
    columns: tuple[ColumnGuess, ...]
    missing: tuple[tuple[str, ...], ...]

    @property
    def bound(self) -> Mapping[str, str]:
        """Canonical name to header."""
        return MappingProxyType({guess.name: guess.header for guess in self.columns})


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be.

    Attributes
    ----------
    tables : tuple of TableGuess
        Every table that it may fill, the likeliest first.
    options : mapping of str to object
        Options of a map that its cells call for.
    constants : mapping of str to str
        What holds for every row.
    parts : mapping of str to mapping
        Further sections of a map, such as ``subtracted``.
    notes : tuple of Text
        What a person should look at.
    """

    tables: tuple[TableGuess, ...]
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Text, ...] = ()

    @property
    def best(self) -> TableGuess:
        """The likeliest table."""
        return self.tables[0]
