"""Which alerts share a cause: a failing source comes first, then late data, then what weighs most in money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhanggui.metrics import Filter
from zhanggui.understand.monitoring.detecting import Kind

_SILENT = frozenset({Kind.MISSING, Kind.LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An event as far as its cause is concerned.

    Attributes
    ----------
    alert_id : int
        Number of its alert.
    where : tuple of Filter
        The part of the shop.
    first_day, last_day : date
        Its days.
    money : float or None
        Money at stake.
    kind : Kind or None
        By what it was seen; None for a failing source.
    sources : frozenset of str
        Source tables that its metric stands on.
    check : str or None
        The check that a failing source fails.
    doubts : frozenset of str
        Checks that the sources of its metric fail on its days.
    is_handed : bool
        Whether somebody was told of it; it then stays the one that others are told under.
    """

    alert_id: int
    where: tuple[Filter, ...]
    first_day: date
    last_day: date
    money: float | None = None
    kind: Kind | None = None
    sources: frozenset[str] = frozenset()
    check: str | None = None
    doubts: frozenset[str] = frozenset()
    is_handed: bool = False


def causes_of(members: Sequence[Member]) -> dict[int, int | None]:
    """Return for each alert the one under which it is told, or None for one that is told by itself.

    Nothing is told under an alert that is itself told under another one.

    Examples
    --------
    >>> day = date(2020, 2, 3)
    >>> def member(n, money, *where): return Member(alert_id=n, where=where, first_day=day, last_day=day, money=money,
    ...                                             kind=Kind.CHANGE)
    >>> tmall, jd = Filter("platform", ("tmall",)), Filter("platform", ("jd",))
    >>> causes_of([member(1, 5.0, tmall), member(2, 9.0, tmall), member(3, 1.0, jd)])
    {1: 2, 2: None, 3: None}
    """
    leaders: list[Member] = []
    found: dict[int, int | None] = {}
    for each in sorted(members, key=_order):
        leader = next((other for other in leaders if _shares_cause(other, each)), None)
        if leader is None:
            leaders.append(each)
        found[each.alert_id] = None if leader is None else leader.alert_id
    return {each.alert_id: found[each.alert_id] for each in members}


def _order(each: Member) -> tuple[int, bool, float, int, int]:
    rank = 0 if each.kind is None else 1 if each.kind in _SILENT else 2
    # Of two with the same money the narrower part of the shop says more.
    return rank, not each.is_handed, -(each.money or 0.0), -len(each.where), each.alert_id


def _shares_cause(leader: Member, each: Member) -> bool:
    if leader.kind is None:
        return leader.check is not None and leader.check in each.doubts
    if leader.first_day > each.last_day or each.first_day > leader.last_day:
        return False
    if leader.kind in _SILENT and not leader.sources & each.sources:
        return False
    return nested(leader.where, each.where)


def nested(one: Sequence[Filter], other: Sequence[Filter]) -> bool:
    """Tell whether one part of the shop lies within the other.

    Examples
    --------
    >>> tmall, jd = Filter("platform", ("tmall",)), Filter("platform", ("jd",))
    >>> nested([], [jd]), nested([tmall], [jd]), nested([tmall], [tmall, Filter("channel", ("search",))])
    (True, False, True)
    """
    return set(one) <= set(other) or set(other) <= set(one)
