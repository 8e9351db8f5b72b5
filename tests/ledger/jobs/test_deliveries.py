"""Deliveries in the state file: claimed once, in line, within limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhanggui.ledger.jobs import ChannelBook, Deliveries, NotToResendError, StateStore, UnknownDeliveryError


@pytest.fixture
def deliveries(state: StateStore) -> Deliveries:
    for name in ("a", "b"):
        ChannelBook(state).add(
            name,
            kind="webhook",
            shown_address="",
            sealed="",
            per_minute=1,
            quiet=None,
            tz="UTC",
            language="zh",
            added_at=0.0,
        )
    return Deliveries(state)


def put(deliveries: Deliveries, key: str, channel_id: int = 1, *, n_parts: int = 1, now: float = 0.0) -> bool:
    return deliveries.add(key, channel_id, "ab"[channel_id - 1], "title", [{"part": n} for n in range(n_parts)], now)


def test_a_key_is_put_in_once_for_each_channel_with_all_its_parts(deliveries: Deliveries) -> None:
    assert [put(deliveries, "k", n_parts=2), put(deliveries, "k"), put(deliveries, "k", 2)] == [True, False, True]
    found = deliveries.of_message("k")
    assert [(each.channel, each.part, each.n_parts, each.body) for each in found] == [
        ("a", 1, 2, {"part": 0}), ("a", 2, 2, {"part": 1}), ("b", 1, 1, {"part": 0}),
    ]  # fmt: skip
    assert len({each.uid for each in found}) == 3


def test_the_first_in_line_of_each_channel_comes_first_whatever_waits_behind_it(deliveries: Deliveries) -> None:
    for key in ("one", "two"):
        put(deliveries, key, 1)
        put(deliveries, key, 2)
    deliveries.put_off(1, 100.0, 0.0, reason="own_limit", is_fault=False)

    assert [each.delivery_id for each in deliveries.heads()] == [1, 2]
    deliveries.give_up(1, reason="refused")
    assert [each.delivery_id for each in deliveries.heads()] == [2, 3]


def test_of_two_programs_that_claim_a_delivery_one_has_it(tmp_path: Path) -> None:
    stores = [StateStore(tmp_path / "one.sqlite") for _ in range(2)]
    both = [Deliveries(store) for store in stores]
    put(both[0], "k")

    assert [each.claim(1, 0.0) is not None for each in both] == [True, False]
    # The claim is there for the other one before anything was sent.
    assert [(each.state, attempt) for each, attempt in both[1].left_sending()] == [("sending", 1)]
    for store in stores:
        store.close()


def test_what_has_ended_is_claimed_no_more(deliveries: Deliveries) -> None:
    put(deliveries, "k")
    attempt = deliveries.claim(1, 0.0)
    assert attempt is not None
    deliveries.end(1, attempt, "unknown", 1.0, reason="no_answer", detail="x")

    assert (deliveries.claim(1, 2.0), deliveries.left_sending()) == (None, [])
    found = deliveries.get(1)
    assert (found.state, found.reason, found.detail) == ("unknown", "no_answer", "x")


def test_a_channel_is_free_again_when_its_oldest_message_leaves_the_window(deliveries: Deliveries) -> None:
    for number, at in enumerate((0.0, 10.0, 20.0), start=1):
        put(deliveries, str(number))
        deliveries.claim(number, at)

    # Three in a minute: the first leaves at 60. Two in 15 seconds: that of 10 leaves at 25.
    assert deliveries.free_at(1, [(4, 60.0)], 21.0) == 21.0
    assert deliveries.free_at(1, [(3, 60.0)], 21.0) == 60.0
    assert deliveries.free_at(1, [(2, 15.0)], 21.0) == 25.0
    assert deliveries.free_at(1, [(3, 60.0), (2, 15.0)], 21.0) == 60.0
    assert deliveries.free_at(2, [(1, 60.0)], 21.0) == 21.0
    # A clock that was set back by a day is held up by none of them.
    assert deliveries.free_at(1, [(1, 60.0)], -86_400.0) == -86_400.0


def test_what_waits_until_a_time_of_a_clock_since_set_back_is_due(deliveries: Deliveries) -> None:
    put(deliveries, "k", now=1_000.0)
    deliveries.put_off(1, 1_300.0, 1_000.0, reason="server_error")
    held = deliveries.get(1)

    assert [held.is_due(now) for now in (1_000.0, 1_299.0, 1_300.0, 950.0, 900.0)] == [False, False, True, False, True]


def test_only_what_is_over_without_success_is_sent_again(deliveries: Deliveries) -> None:
    put(deliveries, "k")
    with pytest.raises(NotToResendError, match="it is waiting"):
        deliveries.resend(1, 0.0)
    deliveries.give_up(1, reason="refused")
    deliveries.resend(1, 5.0)

    held = deliveries.get(1)
    assert (held.state, held.n_attempts, held.reason) == ("waiting", 0, "asked_again")
    with pytest.raises(UnknownDeliveryError):
        deliveries.resend(2, 0.0)


def test_what_was_said_is_forgotten_only_of_what_was_sent(deliveries: Deliveries) -> None:
    for key in ("sent", "waiting"):
        put(deliveries, key)
    attempt = deliveries.claim(1, 0.0)
    assert attempt is not None
    deliveries.end(1, attempt, "sent", 0.0)

    assert (deliveries.forget_bodies(1.0), deliveries.forget_bodies(1.0)) == (1, 0)
    assert [each.body for each in deliveries.of_message("sent") + deliveries.of_message("waiting")] == [{}, {"part": 0}]
