"""The points that Zhanggui keeps for a shop's members, in ``state.sqlite`` (C-LIFE-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhanggui.act.members.account import LIFE_DAYS, REASONS, Account, Entry, Event
from zhanggui.act.members.problems import NotEnoughPointsError, OtherEventError, PointsUnknownError
from zhanggui.ledger.jobs.points_log import PointsLog, PointsRow
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class Posted:
    """What booking many events came to.

    Attributes
    ----------
    n_entries : int
        Entries added; events known before add none.
    refused : tuple of str
        Ids of events that could not be booked: a refund of an order that earned nothing, an id booked with other
        content.
    """

    n_entries: int
    refused: tuple[str, ...]


class PointsBook:
    """The points accounts of a shop.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._log = PointsLog(state)

    def account(self, member_key: str) -> Account:
        """Return the account of a member; an empty one where nothing is booked."""
        return Account([_entry(row) for row in self._log.of_member(member_key)])

    def add(self, member_key: str, event: Event, life_days: int = LIFE_DAYS) -> Sequence[Entry]:
        """Book an event of a member; the same event again books nothing.

        Raises
        ------
        NotEnoughPointsError, NoPointsError, OtherEventError, PointsUnknownError
            As `Account.add` says; nothing is booked then.
        """
        with self._log.state.transaction():
            account = self.account(member_key)
            n_held = len(account.entries)
            account.add(event, life_days)
            return tuple(self._keep(member_key, account.entries[n_held:]))

    def post(self, events: Mapping[str, Sequence[Event]], life_days: int = LIFE_DAYS) -> Posted:
        """Book the events of many members, all or none of them; what cannot be booked is counted and left out.

        Parameters
        ----------
        events : mapping of str to sequence of Event
            By member, in the order in which they happened.
        life_days : int, optional
            For how long points are good.
        """
        n_entries, refused = 0, []
        with self._log.state.transaction():
            for member_key, of_member in events.items():
                account = self.account(member_key)
                n_held = len(account.entries)
                for event in of_member:
                    try:
                        account.add(event, life_days)
                    except (NotEnoughPointsError, OtherEventError, PointsUnknownError):
                        refused.append(event.event_id)
                n_entries += len(self._keep(member_key, account.entries[n_held:]))
        return Posted(n_entries, tuple(refused))

    def expire(self, day: date) -> int:
        """Close everything that is good for nothing on a day; return how many points lapsed."""
        lapsed = 0
        with self._log.state.transaction():
            for member_key in self._log.members_with_lots_until(day.isoformat()):
                entries = self.account(member_key).expire(day)
                self._keep(member_key, entries)
                lapsed -= sum(entry.points for entry in entries)
        return lapsed

    def balances(self) -> dict[str, int]:
        """Return what every member has, by key."""
        return self._log.by_member()

    def totals(self) -> dict[str, int]:
        """Return the points of all members by reason; their sum is what is owed to members."""
        return self._log.by_reason()

    def _keep(self, member_key: str, entries: Sequence[Entry]) -> Sequence[Entry]:
        for entry in entries:
            self._log.add(_row(member_key, entry))
        return entries


def _row(member_key: str, entry: Entry) -> PointsRow:
    event = entry.event
    return PointsRow(
        member_key=member_key,
        event_id=event.event_id,
        at=event.at.isoformat(),
        reason=event.reason,
        event_points=event.points,
        about=event.about,
        points=entry.points,
        lot=entry.lot,
        expires=None if entry.expires is None else entry.expires.isoformat(),
        waived=entry.waived,
    )


def _entry(row: PointsRow) -> Entry:
    reason = next(word for word in REASONS if word == row.reason)
    event = Event(row.event_id, datetime.fromisoformat(row.at), reason, row.event_points, row.about)
    expires = None if row.expires is None else date.fromisoformat(row.expires)
    return Entry(event, row.points, row.lot, expires, row.waived)
