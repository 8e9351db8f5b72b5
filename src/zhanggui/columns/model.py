"""What a canonical input column is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from zhanggui.i18n import Text

InputTable = str
"""Name of a table that a file may be loaded as; one of ``INPUT_TABLES``."""

PersonalWord = Literal["none", "pseudonym", "personal", "sensitive", "secret"]
"""The personal-data classes, in the words of ``zhanggui.ledger.schema.PersonalClass``."""


class ValueKind(StrEnum):
    """How a cell of the column is read."""

    ID = "id"
    TEXT = "text"
    WORD = "word"
    MONEY = "money"
    QUANTITY = "quantity"
    COUNT = "count"
    RATIO = "ratio"
    TIME = "time"
    DAY = "day"
    HOUR = "hour"
    STATUS = "status"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One canonical input column.

    Attributes
    ----------
    name : str
        The name in maps and code.
    kind : ValueKind
        How its cells are read.
    label : Text
        What a shopkeeper calls it.
    tables : tuple of str
        Input tables that take it.
    personal : str
        Personal-data class of the source cell. ``personal`` cells become keyed tokens at intake.
    """

    name: str
    kind: ValueKind
    label: Text
    tables: tuple[InputTable, ...]
    personal: PersonalWord = "none"
