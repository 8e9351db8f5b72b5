"""The entries of the points that Zhanggui keeps for members, in ``state.sqlite``; entries are only ever added."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One entry as it is kept; days and moments as ISO texts.

    Attributes
    ----------
    member_key, event_id, at, reason : str
        Whose, why and when.
    event_points : int
        Points of the event, of which the entry is a part.
    about : str
        What the event is about.
    points : int
        Signed points of the entry.
    lot : str
        Event that opened the lot.
    expires : str or None
        First day on which the lot is good for nothing.
    waived : int
        Points that should have been taken and were spent already.
    """

    member_key: str
    event_id: str
    at: str
    reason: str
    event_points: int
    about: str
    points: int
    lot: str
    expires: str | None
    waived: int


_OF_MEMBER = """
    SELECT member_key, event_id, at, reason, event_points, about, points, lot, expires, waived
    FROM points_booked WHERE member_key = ? ORDER BY entry_no
"""
_ADD = """
    INSERT INTO points_booked
        (member_key, event_id, at, reason, event_points, about, points, lot, expires, waived)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LAPSING = "SELECT DISTINCT member_key FROM points_booked WHERE expires <= ? ORDER BY member_key"
_BY_MEMBER = "SELECT member_key AS part, sum(points) AS points FROM points_booked GROUP BY member_key"
_BY_REASON = "SELECT reason AS part, sum(points) AS points FROM points_booked GROUP BY reason ORDER BY reason"


class PointsLog:
    """The kept entries of a shop.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self.state = state

    def of_member(self, member_key: str) -> list[PointsRow]:
        """Return the entries of a member, in the order in which they were added."""
        return [PointsRow(*row) for row in self.state.rows(_OF_MEMBER, (member_key,))]

    def add(self, row: PointsRow) -> None:
        """Add an entry."""
        self.state.execute(_ADD, astuple(row))

    def members_with_lots_until(self, day: str) -> list[str]:
        """Return the members with a lot that is good for nothing on a day."""
        return [str(row["member_key"]) for row in self.state.rows(_LAPSING, (day,))]

    def by_member(self) -> dict[str, int]:
        """Return the points of every member."""
        return self._sums(_BY_MEMBER)

    def by_reason(self) -> dict[str, int]:
        """Return the points of every reason."""
        return self._sums(_BY_REASON)

    def _sums(self, asked: str) -> dict[str, int]:
        return {str(row["part"]): int(row["points"]) for row in self.state.rows(asked)}
