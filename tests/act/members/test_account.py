"""Points balance: the sum of entries, never below nothing, whatever comes and however often."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from tests.lengths import IS_LONG

from zhanggui.act.members.account import Account, Event, Reason
from zhanggui.act.members.problems import (
    NoPointsError,
    NotEnoughPointsError,
    OtherEventError,
    PointsUnknownError,
)

N_SEQUENCES = 100_000 if IS_LONG else 400
NOON = datetime.fromisoformat("2026-03-01T12:00:00")


def event(name: str, reason: Reason, points: int, about: str = "", *, days: int = 0) -> Event:
    return Event(name, NOON + timedelta(days=days), reason, points, about)


def test_a_refund_after_the_points_were_spent_takes_what_is_left_and_says_what_it_waived() -> None:
    account = Account()
    account.add(event("a", "earn", 300, "order 1"))
    account.add(event("b", "redeem", 250, "cup"))

    taken = account.add(event("c", "reverse", 300, "order 1"))

    assert [(entry.points, entry.waived) for entry in taken] == [(-50, 0), (0, 250)]
    assert account.balance == 0


def test_partial_refunds_never_take_back_more_than_the_order_earned() -> None:
    account = Account()
    account.add(event("a", "earn", 100, "order 1"))
    account.add(event("b", "earn", 40, "order 2"))

    account.add(event("c", "reverse", 70, "order 1"))
    account.add(event("d", "reverse", 70, "order 1"))

    assert account.balance == 40


def test_what_lapsed_unspent_is_not_taken_a_second_time_by_a_refund() -> None:
    account = Account()
    account.add(event("a", "earn", 100, "order 1"), life_days=30)
    account.add(event("b", "earn", 80, "order 2", days=10))

    account.add(event("c", "reverse", 100, "order 1", days=40))

    assert account.balance == 80


def test_the_lot_that_lapses_first_is_spent_first() -> None:
    account = Account()
    account.add(event("late", "earn", 100, "order 1"), life_days=300)
    account.add(event("soon", "earn", 100, "order 2"), life_days=30)

    account.add(event("spent", "redeem", 120))

    assert account.expiring(date(2026, 4, 1)) == 0
    assert account.balance == 80


def test_points_are_good_on_their_last_day_and_gone_on_the_next() -> None:
    account = Account()
    account.add(event("a", "earn", 100), life_days=30)
    account.expire(date(2026, 3, 30))
    assert account.balance == 100

    assert [entry.points for entry in account.expire(date(2026, 3, 31))] == [-100]
    assert account.expire(date(2026, 3, 31)) == []


def test_a_cancelled_redemption_returns_to_the_lots_it_came_from() -> None:
    account = Account()
    account.add(event("a", "earn", 100, "order 1"), life_days=30)
    account.add(event("b", "earn", 100, "order 2"), life_days=60)
    account.add(event("c", "redeem", 150, "cup"))

    account.add(event("d", "restore", 150, "c"))

    assert account.balance == 200
    assert account.expiring(date(2026, 3, 31)) == 100


def test_points_given_back_after_their_time_lapse_at_once_and_only_once() -> None:
    account = Account()
    account.add(event("a", "earn", 100, "order 1"), life_days=30)
    account.add(event("b", "redeem", 100, "cup"))
    account.add(event("c", "restore", 60, "b", days=40))

    account.expire(date(2026, 5, 1))
    account.expire(date(2026, 5, 1))

    assert (account.balance, sum(entry.points for entry in account.entries)) == (0, 0)


@pytest.mark.parametrize("reason", ["redeem", "adjust"])
def test_more_than_there_is_cannot_be_taken(reason: Reason) -> None:
    account = Account()
    account.add(event("a", "earn", 100))

    with pytest.raises(NotEnoughPointsError):
        account.add(event("b", reason, 101 if reason == "redeem" else -101))

    assert account.balance == 100


def test_an_event_of_no_points_is_refused() -> None:
    with pytest.raises(NoPointsError):
        Account().add(event("a", "earn", 0))


def test_what_was_never_booked_cannot_be_taken_or_given_back() -> None:
    with pytest.raises(PointsUnknownError):
        Account().add(event("a", "reverse", 10, "order 9"))
    with pytest.raises(PointsUnknownError):
        Account().add(event("a", "restore", 10, "b"))


def test_one_id_for_two_things_is_refused_and_changes_nothing() -> None:
    account = Account()
    account.add(event("a", "earn", 100))

    with pytest.raises(OtherEventError):
        account.add(event("a", "earn", 200))

    assert account.balance == 100


def random_events(draw: random.Random) -> list[Event]:
    """Orders, refunds, redemptions, cancellations and adjustments over two years, some of them nonsense."""
    events: list[Event] = []
    for nth in range(draw.randint(1, 24)):
        at = NOON + timedelta(hours=draw.randint(0, 24 * 730))
        reason: Reason = draw.choice(["earn", "earn", "earn", "redeem", "restore", "reverse", "reverse", "adjust"])
        points = draw.randint(-50, 200) if reason == "adjust" else draw.randint(1, 200)
        spent = [each.event_id for each in events if each.reason == "redeem"]
        about = draw.choice(spent) if reason == "restore" and spent else f"order {draw.randint(1, 6)}"
        events.append(Event(f"e{nth}", at, reason, points, about))
    return sorted(events, key=lambda each: each.at)


def booked(account: Account, events: list[Event]) -> None:
    for each in events:
        try:
            account.add(each, life_days=200)
        except (NotEnoughPointsError, NoPointsError, PointsUnknownError):
            continue
        finally:
            running = 0
            for entry in account.entries:
                running += entry.points
            assert running == account.balance >= 0
            assert all(lot.left >= 0 for lot in account._lots.values())


def test_random_histories_balance_never_go_below_nothing_and_replays_change_nothing() -> None:
    seed = random.SystemRandom().randrange(2**32)
    draw = random.Random(seed)
    for _ in range(N_SEQUENCES):
        events = random_events(draw)
        account = Account()
        booked(account, events)
        before = list(account.entries)
        accepted = [each for each in events if any(entry.event == each for entry in before)]
        draw.shuffle(accepted)

        for each in accepted:
            assert account.add(each, life_days=200) == (), f"seed {seed}"
        assert account.entries == before, f"seed {seed}"
        assert Account(list(before)).balance == account.balance, f"seed {seed}"
