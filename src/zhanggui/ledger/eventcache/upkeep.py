"""Keep the event cache in step with the ledger: only days that changed are read and sorted again.

Of the month that runs each day is a part of its own, so that one more day costs that day; when a month is over its
days are put together, since fewer and larger parts are walked faster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.eventcache.cache import CACHE_DIR, EventCache, Part, ShopEvents
from zhanggui.ledger.eventcache.columns import EVENTS_AT_ONCE, Lists, columns_of, joined, read_events
from zhanggui.ledger.eventcache.files import (
    TEXTS,
    CacheList,
    Columns,
    PartEntry,
    mapped_columns,
    read_list,
    read_texts,
    sweep,
    write_columns,
    write_list,
    write_texts,
)
from zhanggui.ledger.eventcache.people import people_of
from zhanggui.ledger.eventcache.texts import Texts
from zhanggui.ledger.sessions import SUBJECT
from zhanggui.methods.kernels import first_out_of_order

Days = Mapping[str, tuple[int, str]]
"""Number of events and digest of each day."""


def open_cache(shop_dir: Path, ledger: Ledger) -> EventCache:
    """Return the event cache of a shop, brought in step with its ledger.

    Parameters
    ----------
    shop_dir : Path
        The shop directory; this process owns it.
    ledger : Ledger
        Its open ledger, in which visits are in step with events.

    Notes
    -----
    Files that are damaged, missing or out of order are made anew. Where the ledger holds fewer events of a day than
    before, all of a store is made anew, so that nothing of what was deleted stays behind in a list of texts.
    """
    directory = shop_dir / CACHE_DIR
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    rules, wanted = _rules(ledger), _wanted(ledger)
    held = read_list(directory)
    before = CacheList(rules) if held is None or held.rules != rules else held
    listed = CacheList(rules)
    shops, n_made = {}, 0
    for shop_id, days in wanted.items():
        store = _Store(directory, ledger, shop_id, days, before)
        shops[shop_id] = store.events()
        n_made += store.n_made
        listed.parts[str(shop_id)] = store.entries
        listed.texts[str(shop_id)] = store.files
    if held is None or (listed.parts, listed.texts, rules) != (held.parts, held.texts, held.rules):
        write_list(directory, listed)
        sweep(directory, listed)
    return EventCache(shops, n_made)


def _rules(ledger: Ledger) -> str:
    """Return by which rules the visits of the ledger were made."""
    stamps = ledger.table("derived_stamp")
    found = ledger.query(stamps.filter(stamps.subject == SUBJECT).select("shop_id", "stamp").order_by("shop_id"))
    rules = [f"{row['shop_id']}:{str(row['stamp']).split(':')[0]}" for row in found.to_pylist()]
    return sha256(" ".join(rules).encode()).hexdigest()[:16]


def _wanted(ledger: Ledger) -> dict[int, dict[str, tuple[int, str]]]:
    """Return for every day of every store how many events there are, and a digest of them and of their visits."""
    event, session = ledger.table("event"), ledger.table("session")
    events = event.group_by(["shop_id", "event_date"]).aggregate(
        n=event.count(), ids=event.event_id.bit_xor(), rows=event.row_hash.bit_xor()
    )
    visits = session.group_by(["shop_id", "session_date"]).aggregate(
        n=session.count(), ids=session.session_id.bit_xor(), n_events=session.n_events.sum()
    )
    made = {(row["shop_id"], row["session_date"]): row for row in ledger.query(visits).to_pylist()}
    days: dict[int, dict[str, tuple[int, str]]] = {}
    for row in ledger.query(events.order_by(["shop_id", "event_date"])).to_pylist():
        visit = made.get((row["shop_id"], row["event_date"]), {"n": 0, "ids": 0, "n_events": 0})
        said = f"{row['n']} {row['ids']} {row['rows']} {visit['n']} {visit['ids']} {visit['n_events']}"
        digest = sha256(said.encode()).hexdigest()[:16]
        days.setdefault(row["shop_id"], {})[row["event_date"].isoformat()] = (row["n"], digest)
    return days


def _periods(days: Days) -> dict[str, list[str]]:
    """Return the days of each part: months that are over, and the days of the one that runs.

    Examples
    --------
    >>> _periods({"2026-04-30": (1, ""), "2026-05-01": (1, ""), "2026-05-02": (1, "")})
    {'2026-04': ['2026-04-30'], '2026-05-01': ['2026-05-01'], '2026-05-02': ['2026-05-02']}
    """
    running = max(days)[:7]
    found: dict[str, list[str]] = {}
    for day in sorted(days):
        found.setdefault(day if day[:7] == running else day[:7], []).append(day)
    return found


class _Store:
    """One store's part of the cache while it is brought in step."""

    def __init__(self, directory: Path, ledger: Ledger, shop_id: int, days: Days, before: CacheList) -> None:
        self._directory = directory
        self._ledger = ledger
        self._shop_id = shop_id
        self._days = days
        self._held = dict(before.parts.get(str(shop_id), {}))
        self.files = dict(before.texts.get(str(shop_id), {}))
        self.entries: dict[str, PartEntry] = {}
        self.n_made = 0
        self._lists = self._known_lists()

    def events(self) -> ShopEvents:
        """Return the store's events, making what does not follow from the ledger any more."""
        sizes = {name: len(texts.known) for name, texts in self._lists.items()}
        parts = [self._part(period, days) for period, days in _periods(self._days).items()]
        for name, texts in self._lists.items():
            if name not in self.files or len(texts.known) != sizes[name]:
                self.files[name] = write_texts(self._directory, f"{self._shop_id}-{name}", texts.known)
        known = {name: texts.known for name, texts in self._lists.items()}
        person_of = people_of(self._ledger, self._shop_id, known["visitor"])
        return ShopEvents(self._shop_id, tuple(parts), known, person_of)

    def _known_lists(self) -> Lists:
        """Return the lists of texts; empty ones, and no parts, where one is damaged or events went away."""
        found = {name: read_texts(self._directory, *self.files[name]) for name in TEXTS if name in self.files}
        lost = any(self._has_lost(entry) for entry in self._held.values())
        if lost or len(found) < len(TEXTS) or any(texts is None for texts in found.values()):
            self._held, self.files = {}, {}
            return {name: Texts() for name in TEXTS}
        return {name: Texts(texts) for name, texts in found.items()}

    def _has_lost(self, entry: PartEntry) -> bool:
        """Whether the ledger holds fewer events of one of its days than when it was made."""
        return any(
            day not in self._days or self._days[day][0] < int(said.split(":")[0]) for day, said in entry.days.items()
        )

    def _said(self, days: Sequence[str]) -> dict[str, str]:
        return {day: f"{self._days[day][0]}:{self._days[day][1]}" for day in days}

    def _part(self, period: str, days: Sequence[str]) -> Part:
        entry = self._held.get(period)
        if entry is not None and entry.days == self._said(days):
            columns = self._checked(entry)
            if columns is not None:
                self.entries[period] = entry
                return Part(**columns, n_visits=entry.n_visits)
        return self._made(period, days)

    def _checked(self, entry: PartEntry) -> Columns | None:
        columns = mapped_columns(self._directory, entry)
        if columns is None or first_out_of_order(columns["visitor"], columns["at"]) >= 0:
            return None
        return columns

    def _made(self, period: str, days: Sequence[str]) -> Part:
        """Make a part: from days that are there already, where all of them are as they were, else from the ledger."""
        self.n_made += 1
        columns, n_visits = joined(self._from_days(days) or self._from_ledger(days))
        place = first_out_of_order(columns["visitor"], columns["at"])
        assert place < 0, f"event {place} of {period} is out of order"
        said = self._said(days)
        stem = sha256(" ".join(said.values()).encode()).hexdigest()[:12]
        folder = f"{self._shop_id}-{period}-{stem}"
        entry = PartEntry(folder, said, columns["at"].size, n_visits, {})
        entry = replace(entry, checks=write_columns(self._directory, folder, columns))
        self.entries[period] = entry
        written = mapped_columns(self._directory, entry)
        assert written is not None, f"what was written to {folder} cannot be read"
        return Part(**written, n_visits=n_visits)

    def _from_days(self, days: Sequence[str]) -> list[tuple[Columns, int]]:
        found = []
        for day in days:
            entry = self._held.get(day)
            columns = self._checked(entry) if entry is not None and entry.days == self._said([day]) else None
            if entry is None or columns is None:
                return []
            found.append((columns, entry.n_visits))
        return found

    def _from_ledger(self, days: Sequence[str]) -> list[tuple[Columns, int]]:
        found: list[tuple[Columns, int]] = []
        some: list[str] = []
        n_events = 0
        for day in days:
            if some and n_events + self._days[day][0] > EVENTS_AT_ONCE:
                found.append(self._read(some))
                some, n_events = [], 0
            some.append(day)
            n_events += self._days[day][0]
        found.append(self._read(some))
        return found

    def _read(self, days: Sequence[str]) -> tuple[Columns, int]:
        first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
        return columns_of(self._ledger.query(read_events(self._ledger, self._shop_id, first, last)), self._lists)
