"""Visits: where they begin and end, what they hold, and that two ways of making them agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.sessions.made_events import SETTINGS, START, event, put, sessions
from tests.ledger.sessions.visits_by_windows import visits_by_windows
from tests.lengths import examples

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.sessions import SessionRules, refresh_sessions, session_rules
from zhanggui.ledger.sessions.visits import NO_VISIT, READ, VISIT_KINDS, visits
from zhanggui.settings import Settings


def rules(**said: Any) -> SessionRules:
    return session_rules(Settings.model_validate({"sessions": said}), None)


def made(ledger: Ledger, events: Iterable[dict[str, Any]], **said: Any) -> list[dict[str, Any]]:
    put(ledger, list(events))
    refresh_sessions(ledger, rules(**said))
    return sessions(ledger)


def test_a_pause_of_more_than_half_an_hour_begins_a_new_visit(ledger: Ledger) -> None:
    # 0 → 30 is a pause of exactly half an hour, 30 → 60.5 is a longer one.
    found = made(ledger, [event(0), event(30), event(60.5)])

    assert [visit["n_events"] for visit in found] == [2, 1]


def test_the_pause_is_a_setting(ledger: Ledger) -> None:
    assert [visit["n_events"] for visit in made(ledger, [event(0), event(30)], idle_minutes=29)] == [1, 1]


@pytest.mark.parametrize(("splits", "n_events"), [(True, [1, 1]), (False, [2])])
def test_midnight_ends_a_visit_where_the_setting_says_so(ledger: Ledger, splits: bool, n_events: list[int]) -> None:
    late, early = event(1435), event(1445)

    assert [visit["n_events"] for visit in made(ledger, [late, early], splits_at_midnight=splits)] == n_events


def test_a_visit_knows_where_it_came_from_and_went(ledger: Ledger) -> None:
    found = made(
        ledger,
        [
            event(0, page_path="/landing", utm_source="baidu", utm_medium="cpc", referrer_host="www.baidu.com"),
            event(1, page_path="/p/1", name="add_to_cart", utm_source="late", referrer_host="s.example"),
            event(2, page_path=None, name="purchase", user_key="u1"),
            event(3, page_path="/thanks", device="mobile", bot_mark="agent"),
        ],
    )

    [visit] = found
    told = {name: visit[name] for name in ("channel", "utm_source", "entry_path", "exit_path", "user_key", "device")}
    assert told == {
        "channel": "search_ads",
        "utm_source": "baidu",
        "entry_path": "/landing",
        "exit_path": "/thanks",
        "user_key": "u1",
        "device": "mobile",
    }
    assert (visit["n_pages"], visit["has_cart"], visit["has_order"], visit["is_bot"]) == (3, True, True, True)


def test_what_happens_on_a_page_makes_it_no_other_page(ledger: Ledger) -> None:
    paths = ["/a", "/a", None, "/a", "/b", "/a"]

    [visit] = made(ledger, [event(n, page_path=path) for n, path in enumerate(paths)])

    assert visit["n_pages"] == 3


def test_events_of_one_moment_stand_as_they_arrived(ledger: Ledger) -> None:
    later = START + timedelta(minutes=1)
    found = made(
        ledger,
        [
            event(0, page_path="/last", received_at=later, event_id=1),
            event(0, page_path="/second", received_at=START, place=1, event_id=2),
            event(0, page_path="/first", received_at=START, place=0, event_id=3),
        ],
    )

    assert [(visit["session_id"], visit["entry_path"], visit["exit_path"]) for visit in found] == [
        (3, "/first", "/last")
    ]


def test_an_account_without_a_device_is_a_visitor_and_profiles_and_refunds_are_no_visit(ledger: Ledger) -> None:
    found = made(
        ledger,
        [
            event(0, anon_id=None, user_key="u1"),
            event(100, kind="profile", name="profile_set"),
            event(200, name="refund"),
        ],
    )

    assert [visit["visitor_id"] for visit in found] == ["u1"]


def test_nothing_makes_no_visit(ledger: Ledger) -> None:
    assert visits(ledger.query(ledger.table("event").select(*READ)), rules()).num_rows == 0


def test_without_new_events_nothing_is_made_anew(ledger: Ledger) -> None:
    put(ledger, [event()])

    assert refresh_sessions(ledger, rules()) is True
    assert refresh_sessions(ledger, rules()) is False


def test_other_rules_make_visits_anew(ledger: Ledger) -> None:
    assert len(made(ledger, [event(0), event(20)])) == 1

    refresh_sessions(ledger, rules(idle_minutes=10))

    assert len(sessions(ledger)) == 2


EVENTS = st.builds(
    event,
    st.integers(0, 3 * 1440) | st.sampled_from([7, 1439]),
    received_at=st.sampled_from([None, START, START + timedelta(days=4)]),
    place=st.integers(0, 2),
    anon_id=st.sampled_from(["a", "b", None]),
    user_key=st.sampled_from(["u", "v"]),
    name=st.sampled_from(["page_view", "add_to_cart", "purchase", "refund"]),
    page_path=st.sampled_from(["/", "/p", None]),
    page_host=st.sampled_from(["s.example", "m.example", None]),
    referrer_host=st.sampled_from(["s.example", "www.baidu.com", None]),
    utm_source=st.sampled_from(["xhs", None]),
    utm_medium=st.sampled_from(["note", None]),
    click_id_kind=st.sampled_from(["gclid", None]),
    bot_mark=st.sampled_from(["agent", None, None]),
    device=st.sampled_from(["mobile", None]),
)
ANY_RULES = st.builds(rules, idle_minutes=st.sampled_from([1, 30, 600]), splits_at_midnight=st.booleans())


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, max_size=25), ANY_RULES)
def test_one_pass_over_arrays_agrees_with_windows_over_the_table(
    ledger: Ledger, events: list[dict[str, Any]], chosen: SessionRules
) -> None:
    with ledger.transaction() as tx:
        for table in ("event", "source_batch"):
            tx.delete(table, ledger.table(table).select("shop_id"), on=("shop_id",))
    put(ledger, events)
    table = ledger.table("event")
    kept = table.filter(table.kind.isin(VISIT_KINDS) & ~table.name.isin(NO_VISIT))

    by_windows = ledger.query(visits_by_windows(table, chosen)).to_pylist()
    by_arrays = visits(ledger.query(kept.select(*READ)), chosen).to_pylist()

    names = [name for name in by_arrays[0] if name != "channel"] if by_arrays else []
    expected = sorted(({name: row[name] for name in names} for row in by_windows), key=lambda row: row["session_id"])
    assert [{name: row[name] for name in names} for row in sorted(by_arrays, key=lambda r: r["session_id"])] == expected
    assert len(by_arrays) == len(by_windows)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, min_size=1, max_size=20), st.integers(1, 4), ANY_RULES)
def test_visits_made_bit_by_bit_are_those_made_at_once(
    ledger: Ledger, events: list[dict[str, Any]], n_parts: int, chosen: SessionRules
) -> None:
    with ledger.transaction() as tx:
        for table in ("event", "source_batch", "session", "derived_stamp"):
            tx.delete(table, ledger.table(table).select("shop_id"), on=("shop_id",))
    for number in range(n_parts):
        put(ledger, events[number::n_parts], batch_id=number + 1)
        refresh_sessions(ledger, chosen)
    bit_by_bit = sessions(ledger)

    with ledger.transaction() as tx:
        tx.delete("derived_stamp", ledger.table("derived_stamp").select("shop_id"), on=("shop_id",))
    refresh_sessions(ledger, chosen)

    assert sessions(ledger) == bit_by_bit


def test_the_settings_of_a_shop_are_half_an_hour_and_midnight() -> None:
    found = session_rules(SETTINGS, None)

    assert (found.idle_minutes, found.splits_at_midnight) == (30, True)
