"""The points of a shop stay as they were booked, also after the file is opened again and events come twice."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from zhanggui.act.members.account import Event
from zhanggui.act.members.points import PointsBook
from zhanggui.act.members.problems import NotEnoughPointsError, OtherEventError
from zhanggui.ledger.jobs.state import StateStore

NOON = datetime.fromisoformat("2026-03-01T12:00:00")
EARNED = Event("earn:1", NOON, "earn", 120, "order 1")


def test_a_book_opened_again_knows_every_entry_and_takes_no_event_twice(tmp_path: Path) -> None:
    state = StateStore(tmp_path / "state.sqlite")
    PointsBook(state).add("m1", EARNED, life_days=30)
    PointsBook(state).add("m1", Event("spend:1", NOON, "redeem", 20, "cup"))
    state.close()

    book = PointsBook(StateStore(tmp_path / "state.sqlite"))

    assert book.add("m1", EARNED, life_days=30) == ()
    assert book.account("m1").balance == book.balances()["m1"] == 100
    assert book.totals() == {"earn": 120, "redeem": -20}
    assert [book.expire(date(2026, 3, 31)), book.expire(date(2026, 3, 31))] == [100, 0]
    assert sum(book.totals().values()) == 0


def test_a_refused_event_leaves_nothing_behind(tmp_path: Path) -> None:
    book = PointsBook(StateStore(tmp_path / "state.sqlite"))
    book.add("m1", EARNED)

    with pytest.raises(NotEnoughPointsError):
        book.add("m1", Event("spend:1", NOON, "redeem", 121, "cup"))
    with pytest.raises(OtherEventError):
        book.add("m1", Event("earn:1", NOON, "earn", 121, "order 1"))

    assert [entry.event.event_id for entry in book.account("m1").entries] == ["earn:1"]


def test_posting_the_same_day_twice_adds_nothing_and_counts_what_it_refused(tmp_path: Path) -> None:
    book = PointsBook(StateStore(tmp_path / "state.sqlite"))
    events = {"m1": [EARNED], "m2": [Event("reverse:9", NOON, "reverse", 10, "order 9")]}

    first, second = book.post(events), book.post(events)

    assert (first.n_entries, first.refused) == (1, ("reverse:9",))
    assert (second.n_entries, second.refused) == (0, ("reverse:9",))
