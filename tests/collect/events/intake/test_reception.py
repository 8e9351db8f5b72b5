"""What the intake does with a request before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.collect.events.intake import (
    PLAN_FILE,
    Accepted,
    Counts,
    Intake,
    RefusedError,
    Request,
    TrackingPlanError,
    tracking_plan,
)
from zhanggui.collect.events.keys import WriteKeys
from zhanggui.ledger.privacy import ShopKey, Tokenizer

KEY = ShopKey(b"k" * 32)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_788_230_400.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reception(tmp_path: Path, clock: Clock) -> tuple[Intake, str]:
    _, key = WriteKeys(tmp_path).add("site", store=None, per_second=10)
    return Intake(tmp_path, KEY, Counts(), clock), key


def sent(value: object, key: str, **head: str) -> Request:
    headers = {"authorization": f"Bearer {key}", **{name.replace("_", "-"): text for name, text in head.items()}}
    return Request("POST", "/collect", "", headers, json.dumps(value).encode(), "203.0.113.77")


def body_of(found: object) -> dict[str, Any]:
    assert isinstance(found, Accepted)
    value: dict[str, Any] = json.loads(found.record.partition(b"\t")[2])
    return value


def test_a_browsers_network_is_kept_and_a_servers_own_is_not(reception: tuple[Intake, str]) -> None:
    intake, key = reception
    body = {"visitor": "v", "events": [{"name": "search"}]}

    browser = body_of(intake.take(sent(body, key, origin="https://x", user_agent="Mozilla/5.0")))
    server = body_of(intake.take(sent(body, key, user_agent="python-requests/2")))

    assert (browser["ip"], browser["user_agent"]) == ("203.0.113.0", "Mozilla/5.0")
    assert (server["ip"], server["user_agent"]) == (None, None)


def test_a_key_that_brings_too_much_has_to_wait_and_a_clock_set_back_changes_nothing(
    reception: tuple[Intake, str], clock: Clock
) -> None:
    intake, key = reception
    ten = sent({"visitor": "v", "events": [{"name": "search"}] * 10}, key)
    assert isinstance(intake.take(ten), Accepted)
    assert isinstance(intake.take(ten), Accepted)
    for moved in (0.0, -3_600.0):
        clock.now += moved
        with pytest.raises(RefusedError) as refused:
            intake.take(ten)
        assert refused.value.answer.headers == (("Retry-After", "1"),)
    clock.now += 1.0
    assert isinstance(intake.take(ten), Accepted)
    clock.now += 30 * 86_400.0
    assert isinstance(intake.take(ten), Accepted)


def test_what_a_body_says_of_its_receipt_is_not_believed(reception: tuple[Intake, str]) -> None:
    intake, key = reception
    body = {"visitor": "v", "received_at": "2020-01-01T00:00:00Z", "ip": "198.51.100.7", "events": [{"name": "search"}]}

    assert body_of(intake.take(sent(body, key)))["received_at"].startswith("2026-09-01T02:40:00")


def test_a_body_without_events_is_answered_and_leaves_nothing(reception: tuple[Intake, str]) -> None:
    intake, key = reception

    assert not isinstance(intake.take(sent({"visitor": "v", "events": []}, key)), Accepted)


def test_a_plan_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    for text, why in (
        ("event =", "no TOML"),
        ("[plan]", "plan"),
        ('[event.a]\nrequired = { b = "money" }', "money"),
        ('[event.a]\nneeded = { b = "text" }', "required and optional"),
    ):
        (tmp_path / PLAN_FILE).write_text(text)
        with pytest.raises(TrackingPlanError, match=why):
            tracking_plan(tmp_path)
    (tmp_path / PLAN_FILE).unlink()
    assert tracking_plan(tmp_path) is None


@given(value=st.text(max_size=40), domain=st.sampled_from(["device", "buyer", "email", "phone"]))
def test_one_token_at_a_time_is_the_token_of_a_column(value: str, domain: str) -> None:
    tokenizer = Tokenizer(KEY)

    assert tokenizer.single(value, domain) == tokenizer.token(value, domain)
