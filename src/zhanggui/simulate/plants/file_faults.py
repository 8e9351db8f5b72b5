"""Faults of the files themselves: what went wrong between the platform and the folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileFaultKind(StrEnum):
    """What happened to a file."""

    DUPLICATE_EXPORT = "duplicate_export"  # the same period was exported a second time, as a further file
    MISSING_DAY = "missing_day"  # the rows of these days are not in the file
    UNMATCHED_SETTLEMENT = "unmatched_settlement"  # some lines of these days name an order that no order file has


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault of one kind of file of one store.

    Attributes
    ----------
    id : str
        That of the planted fault, such as ``FAULT-07``.
    kind : FileFaultKind
        What happened.
    store : int
        Number of the store.
    dataset : str
        ``orders``, ``refunds``, ``settlements``, ``ads`` or ``traffic``.
    first_day, last_day : int
        Days concerned, both included: by creation for orders and refunds, by booking for settlements, else by day.
    n_rows : int
        How many lines, where the fault is about single lines; 0 otherwise.
    """

    id: str
    kind: FileFaultKind
    store: int
    dataset: str
    first_day: int
    last_day: int
    n_rows: int = 0
