"""The points of one member: earned in lots that expire, spent oldest first, taken back with a refund (C-LIFE-02).

Entries are only ever added. The balance is their sum, what is left of a lot is the sum of the entries that name it, and
neither ever falls below nothing: what a refund should take back and is spent already is waived, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from zhanggui.act.members.problems import NoPointsError, NotEnoughPointsError, OtherEventError, PointsUnknownError

Reason = Literal["earn", "redeem", "restore", "reverse", "expire", "adjust"]
REASONS: tuple[Reason, ...] = ("earn", "redeem", "restore", "reverse", "expire", "adjust")
LIFE_DAYS = 365
"""Points are good for so long unless the rules say otherwise."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changes points.

    Attributes
    ----------
    event_id : str
        Names it for good: the same event given again changes nothing.
    at : datetime
        When it happened.
    reason : str
        ``earn`` and ``adjust`` open a lot (an adjustment below nothing takes points), ``redeem`` spends, ``restore``
        gives back what a redemption spent, ``reverse`` takes back what an order earned.
    points : int
        How many; above nothing, for ``adjust`` other than nothing.
    about : str
        The order of ``earn`` and ``reverse``, the redemption's event of ``restore``; else a remark.
    """

    event_id: str
    at: datetime
    reason: Reason
    points: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the account.

    Attributes
    ----------
    event : Event
        Why.
    points : int
        Signed; 0 where an event changed nothing, which is kept so that it is known.
    lot : str
        Event that opened the lot; empty where no lot is touched.
    expires : date, optional
        First day on which the lot is good for nothing; of the entry that opens it.
    waived : int
        Points that should have been taken and were spent already.
    """

    event: Event
    points: int
    lot: str = ""
    expires: date | None = None
    waived: int = 0


@dataclass(slots=True)
class _Lot:
    name: str
    order: str
    expires: date
    left: int


@dataclass(slots=True)
class Account:
    """What one member has.

    Parameters
    ----------
    entries : sequence of Entry
        All of the account so far, in the order in which they were added.

    Examples
    --------
    >>> account, noon = Account(), datetime(2026, 3, 1, 12)
    >>> _ = account.add(Event("e1", noon, "earn", 300, "order 1"))
    >>> _ = account.add(Event("e2", noon, "redeem", 200, "cup"))
    >>> [(entry.points, entry.waived) for entry in account.add(Event("e3", noon, "reverse", 300, "order 1"))]
    [(-100, 0), (0, 200)]
    >>> account.balance
    0
    """

    entries: list[Entry] = field(default_factory=list)
    _lots: dict[str, _Lot] = field(default_factory=dict)
    _known: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held, self.entries = self.entries, []
        for entry in held:
            self._keep(entry)

    @property
    def balance(self) -> int:
        """Points to spend."""
        return sum(lot.left for lot in self._lots.values())

    @property
    def last_at(self) -> datetime | None:
        """When the newest entry happened."""
        return max((entry.event.at for entry in self.entries), default=None)

    def expiring(self, until: date) -> int:
        """Return how many points lapse up to a day, that day included, if nothing is spent before."""
        return sum(lot.left for lot in self._lots.values() if lot.expires <= until)

    def add(self, event: Event, life_days: int = LIFE_DAYS) -> Sequence[Entry]:
        """Add an event; lapsed lots are closed first, and an event that is known already adds nothing.

        Raises
        ------
        NoPointsError
            The event is of no points, or of less than none.
        NotEnoughPointsError
            A redemption, or an adjustment, of more than there is.
        OtherEventError
            The id stands for something else.
        PointsUnknownError
            A reversal of an order that earned nothing, or what is restored was never redeemed.
        """
        known = self._known.get(event.event_id)
        if known is not None:
            if known[0].event != event:
                raise OtherEventError(event.event_id)
            return ()
        first_new = len(self.entries)
        self.expire(event.at.date())
        for entry in self._entries_of(event, life_days):
            self._keep(entry)
        return self.entries[first_new:]

    def expire(self, day: date) -> Sequence[Entry]:
        """Close the lots that are good for nothing on a day; the same day again closes nothing."""
        lapsed = [lot for lot in self._lots.values() if lot.left and lot.expires <= day]
        added = []
        for lot in lapsed:
            at = datetime.combine(lot.expires, datetime.min.time())
            # A lot that was refilled after it had lapsed closes a second time, under a name of its own.
            nth = sum(1 for entry in self.entries if entry.lot == lot.name and entry.event.reason == "expire")
            event = Event(f"expire:{lot.name}:{nth}", at, "expire", lot.left)
            entry = Entry(event, -lot.left, lot.name)
            self._keep(entry)
            added.append(entry)
        return added

    def _entries_of(self, event: Event, life_days: int) -> Iterable[Entry]:
        if event.points == 0 or (event.points < 0 and event.reason != "adjust"):
            raise NoPointsError(event.points)
        if event.reason == "earn" or (event.reason == "adjust" and event.points > 0):
            yield Entry(event, event.points, event.event_id, event.at.date() + timedelta(days=life_days))
        elif event.reason in ("redeem", "adjust"):
            wanted = abs(event.points)
            if wanted > self.balance:
                raise NotEnoughPointsError(wanted, self.balance)
            yield from self._taken(event, wanted, self._by_age())
        elif event.reason == "restore":
            yield from self._restored(event)
        else:
            yield from self._reversed(event)

    def _by_age(self) -> list[_Lot]:
        return sorted((lot for lot in self._lots.values() if lot.left), key=lambda lot: (lot.expires, lot.name))

    def _taken(self, event: Event, wanted: int, lots: Sequence[_Lot]) -> list[Entry]:
        found = []
        for lot in lots:
            part = min(wanted, lot.left)
            if part:
                found.append(Entry(event, -part, lot.name))
                wanted -= part
        if wanted:
            found.append(Entry(event, 0, waived=wanted))
        return found

    def _restored(self, event: Event) -> Iterable[Entry]:
        spent = [entry for entry in self._known.get(event.about, ()) if entry.event.reason == "redeem" and entry.lot]
        given = [
            entry for entry in self.entries if entry.event.reason == "restore" and entry.event.about == event.about
        ]
        wanted = event.points
        if wanted > -sum(entry.points for entry in spent) - sum(entry.points for entry in given):
            raise PointsUnknownError(event.about)
        # Given back to the lots they came from, the youngest first: what was spent last returns first.
        for entry in reversed(spent):
            back = sum(other.points for other in given if other.lot == entry.lot)
            part = min(wanted, -entry.points - back)
            if part:
                yield Entry(event, part, entry.lot)
                wanted -= part

    def _reversed(self, event: Event) -> list[Entry]:
        own = [lot for lot in self._lots.values() if lot.order == event.about]
        if not own:
            raise PointsUnknownError(event.about)
        names = {lot.name for lot in own}
        own_entries = [entry for entry in self.entries if entry.lot in names]
        earned = sum(entry.points for entry in own_entries if entry.event.reason == "earn")
        lapsed = -sum(entry.points for entry in own_entries if entry.event.reason == "expire")
        asked = {
            entry.event.event_id: entry.event.points
            for entry in self.entries
            if entry.event.reason == "reverse" and entry.event.about == event.about
        }
        # What lapsed unspent brought the member nothing: no other points are taken for it.
        wanted = min(event.points, earned - lapsed - sum(asked.values()))
        if wanted <= 0:
            return [Entry(event, 0)]
        others = [lot for lot in self._by_age() if lot.order != event.about]
        return self._taken(event, wanted, [*own, *others])

    def _keep(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._known.setdefault(entry.event.event_id, []).append(entry)
        if entry.expires is not None:
            order = entry.event.about if entry.event.reason == "earn" else ""
            self._lots[entry.lot] = _Lot(entry.lot, order, entry.expires, entry.points)
        elif entry.lot:
            self._lots[entry.lot].left += entry.points
