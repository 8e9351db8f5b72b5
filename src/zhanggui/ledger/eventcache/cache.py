"""The event cache as methods read it: a store's events part by part, and what their numbers stand for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CACHE_DIR = "cache/events"
"""Where it lies within the shop directory."""

_EPOCH = date(1970, 1, 1).toordinal()

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """Events of some days, sorted by visitor and time; those of one moment as they arrived.

    Attributes
    ----------
    visitor : array of int32
        Who: a device, or an account where no device is named.
    at : array of int64
        When, in microseconds of UTC.
    day : array of int32
        Business day, in days since 1970-01-01.
    visit : array of int32
        Visit that it belongs to, numbered within the part from 0.
    name, page, channel, device, item, order, term : array
        Places in the lists of texts of `ShopEvents`; -1 where there is none. `channel` and `device` are the visit's.
    n_visits : int
        Visits of the part.
    """

    visitor: Ints
    at: npt.NDArray[np.int64]
    day: Ints
    visit: Ints
    name: npt.NDArray[np.int16]
    page: Ints
    channel: npt.NDArray[np.int16]
    device: npt.NDArray[np.int16]
    item: Ints
    order: Ints
    term: Ints
    n_visits: int

    def at_rows(self, rows: npt.NDArray[Any]) -> Part:
        """Return some of its events; visits keep their numbers."""
        columns = {each.name: getattr(self, each.name)[rows] for each in fields(self) if each.name != "n_visits"}
        return Part(**columns, n_visits=self.n_visits)

    def begins(self) -> npt.NDArray[np.bool_]:
        """Return which of its events are the first of their visits, in whatever order visits stand."""
        first = np.full(self.n_visits, -1, np.int64)
        # Of several assignments the last one counts: that of the first event.
        first[self.visit[::-1]] = np.arange(self.visit.size)[::-1]
        begins = np.zeros(self.visit.size, bool)
        begins[first[first >= 0]] = True
        return begins


@dataclass(frozen=True, slots=True)
class ShopEvents:
    """The events of one store.

    Attributes
    ----------
    shop_id : int
        The store.
    parts : tuple of Part
        Each later than the one before.
    texts : mapping
        What the numbers of each column stand for.
    person_of : array of int32
        The person behind each visitor: devices on which the same one account was used are one; a device with several
        accounts, or none, stays by itself. Nothing is merged in the events, so that another rule undoes it.
    """

    shop_id: int
    parts: tuple[Part, ...]
    texts: Mapping[str, pa.Array]
    person_of: Ints

    @property
    def n_visitors(self) -> int:
        """How many visitors are numbered."""
        return len(self.texts["visitor"])

    @property
    def n_events(self) -> int:
        """How many events there are."""
        return sum(part.at.size for part in self.parts)

    def days(self) -> tuple[date, date] | None:
        """Return the first and last day with events; None where there are none."""
        days = [(int(part.day.min()), int(part.day.max())) for part in self.parts if part.day.size]
        if not days:
            return None
        return date.fromordinal(days[0][0] + _EPOCH), date.fromordinal(days[-1][1] + _EPOCH)

    def between(self, first: date | None, last: date | None) -> Iterator[Part]:
        """Yield the events of some days, part after part."""
        low = first.toordinal() - _EPOCH if first else np.iinfo(np.int32).min
        high = last.toordinal() - _EPOCH if last else np.iinfo(np.int32).max
        for part in self.parts:
            if not part.day.size:
                continue
            rows = (part.day >= low) & (part.day <= high)
            if rows.all():
                yield part
            elif rows.any():
                yield part.at_rows(rows)

    def by_person(self, part: Part) -> Iterator[tuple[Ints, Part]]:
        """Yield who and what of a part, so that the events of a person are together and in order of time.

        Most people have one visitor, and their events are in order already; those of the others are sorted apart.
        """
        person = self.person_of[part.visitor]
        several = self._has_several()[person] if person.size else np.zeros(0, bool)
        if not several.any():
            yield person, part
            return
        yield np.where(several, np.int32(-1), person), part
        rows = np.flatnonzero(several)
        rows = rows[np.lexsort((part.at[rows], person[rows]))]
        yield person[rows], part.at_rows(rows)

    def _has_several(self) -> npt.NDArray[np.bool_]:
        counts = np.bincount(self.person_of, minlength=self.n_visitors)
        is_several: npt.NDArray[np.bool_] = counts > 1
        return is_several

    def text(self, column: str, place: int) -> str | None:
        """Return what a number of a column stands for."""
        return None if place < 0 else str(self.texts[column][place].as_py())


@dataclass(frozen=True, slots=True)
class EventCache:
    """The events of every store that sends any, in step with the ledger when it was opened.

    Attributes
    ----------
    shops : mapping
        By number of the store.
    n_made : int
        Parts that had to be made anew to bring it in step.
    """

    shops: Mapping[int, ShopEvents]
    n_made: int


def delete_cache(shop_dir: Path) -> bool:
    """Delete the event cache of a shop; it is made anew when it is needed. Return whether there was one."""
    directory = shop_dir / CACHE_DIR
    if not directory.is_dir():
        return False
    shutil.rmtree(directory)
    return True
