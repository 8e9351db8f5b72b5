"""The life of an alert in the state file: told once, every step kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.ledger.jobs import (
    Alert,
    AlertBook,
    AlertResolvedError,
    BadOutcomeError,
    Occurrence,
    StateStore,
    UnknownAlertError,
)

MONDAY = date(2020, 2, 3)


def seen(
    first: int = 0, last: int = 0, *, rule: str = "gmv", place: str = "", money: float | None = 100.0
) -> Occurrence:
    return Occurrence(
        rule=rule,
        place=place,
        direction="down",
        first_day=MONDAY + timedelta(days=first),
        last_day=MONDAY + timedelta(days=last),
        money=money,
        told={"days": last - first + 1},
    )


def steps_of(book: AlertBook, alert_id: int) -> list[str]:
    return [step.what for step in book.steps(alert_id)]


def test_the_same_event_again_raises_nothing_and_more_days_of_it_grow_the_alert(state: StateStore) -> None:
    book = AlertBook(state)

    assert [book.take(seen(0, 0), 1.0), book.take(seen(0, 0), 2.0), book.take(seen(0, 1), 3.0)] == [
        (1, "raised"), (1, "known"), (1, "grown"),
    ]  # fmt: skip
    assert steps_of(book, 1) == ["raised", "grown"]
    assert book.get(1).last_day == MONDAY + timedelta(days=1)


def test_a_first_day_that_is_corrected_away_leaves_the_event_the_same(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(0, 3), 1.0)

    # Day 0 is no part of it any more, a day before it may become one: the days still touch.
    assert book.take(seen(1, 3), 2.0)[0] == book.take(seen(-1, 2), 3.0)[0] == 1


def test_another_day_later_is_another_event(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(0, 0), 1.0)

    # Days of one event lie at most two apart: one day without it is bridged, two are not.
    assert book.take(seen(2, 2), 2.0) == (1, "grown")
    assert book.take(seen(5, 5), 3.0) == (2, "raised")


def test_an_event_elsewhere_is_another_one(state: StateStore) -> None:
    book = AlertBook(state)

    raised = [book.take(seen(rule=rule, place=place), 1.0)[0] for rule in ("gmv", "uv") for place in ("", "shop=a")]

    assert raised == [1, 2, 3, 4]


def test_a_resolved_event_that_goes_on_stays_resolved(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(0, 0), 1.0)
    book.resolve(1, "fixed", "主图换回来了", 2.0)

    assert book.take(seen(0, 1), 3.0) == (1, "grown")
    assert book.get(1).state == "resolved"


def test_alert_action_and_result_can_be_read_back_in_order(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)
    book.assign(1, "小王", 2.0)
    book.acknowledge(1, 3.0, "在查")
    book.snooze(1, 10.0, 4.0)
    book.wake(10.0)
    book.add_note(1, "主图换回来了", 11.0)
    book.resolve(1, "fixed", "第二天恢复", 12.0)

    assert [(step.what, step.note) for step in book.steps(1)] == [
        ("raised", ""), ("assigned", "小王"), ("acknowledged", "在查"), ("snoozed", ""), ("woken", ""),
        ("note", "主图换回来了"), ("resolved", "第二天恢复"),
    ]  # fmt: skip
    assert (book.get(1).state, book.get(1).outcome, book.get(1).owner) == ("resolved", "fixed", "小王")


def test_what_was_put_away_wakes_at_its_moment_and_not_before(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)
    book.snooze(1, 10.0, 2.0)

    assert (book.wake(9.9), book.wake(10.0), book.wake(11.0)) == ([], [1], [])


def test_a_closed_story_and_an_unknown_one_are_refused(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)
    book.resolve(1, "expected", "大促结束", 2.0)

    with pytest.raises(AlertResolvedError, match="stays as it is"):
        book.acknowledge(1, 3.0)
    with pytest.raises(UnknownAlertError, match="no alert number 7"):
        book.snooze(7, 9.0, 3.0)


@pytest.mark.parametrize(("outcome", "note"), [("solved", "好了"), ("fixed", "  ")])
def test_resolving_needs_an_outcome_and_a_word(state: StateStore, outcome: str, note: str) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)

    with pytest.raises(BadOutcomeError, match="fixed, expected, false_alarm, no_action"):
        book.resolve(1, outcome, note, 2.0)
    assert book.get(1).state == "open"


def test_alerts_are_listed_by_money_and_those_without_any_come_last(state: StateStore) -> None:
    book = AlertBook(state)
    for place, money in (("a", 5.0), ("b", None), ("c", 50.0)):
        book.take(seen(place=place, money=money), 1.0)

    assert [alert.place for alert in book.list_alerts(("open",))] == ["c", "a", "b"]


def test_what_is_looked_for_and_not_seen_is_gone_and_comes_back_as_the_same(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)

    assert book.settle([], rules={"gmv"}, since=MONDAY, now=2.0) == 1
    assert book.settle([], rules={"gmv"}, since=MONDAY, now=3.0) == 0
    assert book.take(seen(), 4.0) == (1, "known")
    assert (book.get(1).standing, steps_of(book, 1)) == ("on", ["raised", "gone", "on"])


def test_each_alert_is_handed_over_once_and_those_under_a_cause_with_it(state: StateStore) -> None:
    book = AlertBook(state)
    for place in ("", "platform=jd"):
        book.take(seen(place=place), 1.0)
    book.put_under(2, 1, 1.0)
    taken: list[int] = []

    def take(alert: Alert) -> bool:
        taken.append(alert.alert_id)
        return True

    assert (book.hand_over(take, 2.0), book.hand_over(take, 3.0)) == (1, 0)
    assert taken == [1]


def test_what_a_taker_leaves_is_offered_again_and_what_it_cannot_keep_is_not_marked(state: StateStore) -> None:
    book = AlertBook(state)
    book.take(seen(), 1.0)

    assert book.hand_over(lambda alert: False, 2.0) == 0
    with pytest.raises(OSError, match="full"):
        book.hand_over(lambda alert: _full(), 3.0)
    assert book.hand_over(lambda alert: True, 4.0) == 1


def _full() -> bool:
    raise OSError("the disk is full")


@settings(max_examples=20)
@given(spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=8))
def test_in_whatever_order_an_event_is_seen_there_is_one_alert(
    spans: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Days 0 to 15 all hang together through the event that covers them, which is seen first or again later.
    state = StateStore(tmp_path_factory.mktemp("state") / "state.sqlite")
    book, whole = AlertBook(state), seen(0, 15)
    book.take(whole, 0.0)
    for at, (first, length) in enumerate(spans):
        book.take(replace(whole, first_day=MONDAY + timedelta(days=first),
                          last_day=MONDAY + timedelta(days=first + length)), float(at))  # fmt: skip

    assert [alert.alert_id for alert in book.list_alerts()] == [1]
    state.close()
