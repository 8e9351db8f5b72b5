"""The events of a simulated own site, against its orders and its truth."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.event_files import told
from tests.collect.loading.shops import Till, till_at

from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping import read_map
from zhanggui.simulate import Options, simulate_shop
from zhanggui.simulate.options import Platform

pytestmark = pytest.mark.slow

OPTIONS = Options(days=20, orders_per_day=10, seed=1, platforms=(Platform.OWN_SITE,))
STORE = "禾木商城"
PAID_WAYS = {
    "search_ads": "search_ads",
    "feed_ads": "feed_ads",
    "hard_ads": "display_ads",
    "xiaohongshu": "notes",
    "referral": "referral_program",
}
"""Channels by which nobody comes who has bought before: the truth's code, and the name that our rules give."""


@dataclass(frozen=True)
class World:
    folder: Path
    till: Till
    listed: dict[str, int]
    reports: dict[str, FileReport]
    truth: dict[str, Any]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Simulate the own site alone, and load its orders and its events."""
    folder = tmp_path_factory.mktemp("world")
    simulate_shop(folder, OPTIONS)
    entries = json.loads((folder / "LOADING.json").read_text("utf-8"))["files"]
    wanted = [entry for entry in entries if entry["dataset"].startswith("events") or entry["dataset"] == "orders"]
    reports = {}
    with till_at(tmp_path_factory.mktemp("shop")) as till:
        for entry in wanted:
            layout = read_map(folder / entry["map"]) if entry["map"] else None
            [reports[entry["path"]]] = till.load_all([folder / entry["path"]], store=STORE, layout=layout).files
        told(till)
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        yield World(folder, till, {entry["path"]: entry["rows"] for entry in wanted}, reports, truth)
        till.check()


def broken_days(world: World) -> set[date]:
    """Return the days on which the world loses the events of purchases."""
    found: set[date] = set()
    for fault in world.truth["C-MON-04"]["anomalies"]:
        if fault["kind"] == "tracking_break":
            first, last = (date.fromisoformat(fault[name]) for name in ("first_date", "last_date"))
            found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


def test_every_event_of_every_file_is_in(world: World) -> None:
    events = {path: report for path, report in world.reports.items() if path.startswith("events/")}

    assert len({report.format for report in events.values()}) == 3
    assert {path: report.classes["accepted"] for path, report in events.items()} == {
        path: world.listed[path] for path in events
    }


def test_every_purchase_is_a_paid_order_of_the_same_money_day_and_buyer(world: World) -> None:
    paid = {row["order_id"]: row for row in world.till.rows("order_header", is_paid=True)}
    purchases = world.till.rows("event", "order_id", "value_minor", "event_date", "user_key", name="purchase")

    assert len({row["order_id"] for row in purchases}) == len(purchases) > 100
    for row in purchases:
        order = paid[row["order_id"]]
        found = (row["value_minor"], row["event_date"], row["user_key"])
        assert found == (order["paid_minor"], order["paid_date"], order["buyer_key"])


def test_every_paid_order_has_its_purchase_but_for_the_days_of_the_planted_break(world: World) -> None:
    told_of = set(world.till.column("event", "order_id", name="purchase"))
    lost = [row["paid_date"] for row in world.till.rows("order_header", is_paid=True) if row["order_id"] not in told_of]

    assert lost
    assert set(lost) <= broken_days(world)


def test_every_purchase_names_goods(world: World) -> None:
    purchases = set(world.till.column("event", "event_id", name="purchase"))

    assert set(world.till.column("event_item", "event_id", name="purchase")) == purchases


def test_visits_by_paid_ways_are_those_of_the_truth(world: World) -> None:
    truly = {row["code"]: row["visitors"] for row in world.truth["M-TRAFFIC-07"]["channels"] if row["store"] == STORE}
    found = {name: len(world.till.rows("session", "session_id", channel=name)) for name in PAID_WAYS.values()}

    # Whoever comes again within half an hour is in the same visit.
    assert all(0.99 * truly[code] <= found[name] <= truly[code] for code, name in PAID_WAYS.items()), (found, truly)


def test_visits_are_those_of_the_library_of_ga4_but_for_those_that_it_parts_within_half_an_hour(world: World) -> None:
    moments: dict[str, list[int]] = {}
    own: set[tuple[str, str, int]] = set()
    for path in sorted((world.folder / "events").glob("ga4*")):
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            body = json.loads(line)
            for event in body["events"]:
                if event["name"] != "refund":
                    in_shanghai = event["timestamp_micros"] + 8 * 3600 * 1_000_000
                    moments.setdefault(body["client_id"], []).append(in_shanghai)
                    own.add((body["client_id"], event["params"]["session_id"], in_shanghai // 86_400_000_000))
    starts = 0
    for times in moments.values():
        later = pairwise(sorted(times))
        pauses = (two - one > 1_800_000_000 or two // 86_400_000_000 > one // 86_400_000_000 for one, two in later)
        starts += 1 + sum(pauses)
    visitors = set(world.till.column("event", "anon_id", source="ga4"))
    ours = [row for row in world.till.rows("session", "session_id", "visitor_id") if row["visitor_id"] in visitors]

    assert len(ours) == starts
    # Whoever comes back to pay within half an hour begins a session of the library's, and none of ours.
    assert 0.99 * len(own) < len(ours) <= len(own)
