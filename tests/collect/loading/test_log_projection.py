"""From the log to the ledger: once, in any order, after any interruption."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import till_at

from zhanggui.collect.events.log import LogWriter, Record, packed
from zhanggui.collect.loading.corrections import move_batch
from zhanggui.collect.loading.log_projection import LogProjector, Projected
from zhanggui.collect.loading.log_status import log_status
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.collect.loading.source_rows import read_source_row
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality import check_promises
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.ledger.shop import Shop

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)


@dataclass(slots=True)
class Collected:
    """A shop, its ledger, and the log that a collector would write."""

    shop: Shop
    ledger: Ledger
    writer: LogWriter
    n_sent: int = 0
    done: Projected = field(default_factory=Projected)

    def send(self, *events: dict[str, Any], protocol: str = "segment", key: str = "k1", minute: int = 0) -> None:
        """Write one record of some events."""
        body = {"batch": list(events), "received_at": (NOON + timedelta(minutes=minute)).isoformat()}
        self.writer.append([packed(Record(key, protocol, len(events), json.dumps(body).encode()))])
        self.n_sent += len(events)

    def project(self) -> Projected:
        return LogProjector(self.shop, self.ledger).run()

    def rows(self, table: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ledger.query(self.ledger.table(table)).to_pylist()
        return found

    def classes(self) -> dict[str, int]:
        found = log_status(self.shop, self.ledger)
        assert found.is_exact
        assert found.n_in_log == self.n_sent
        return {name: n for name, n in found.classes.items() if n}


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Collected]:
    with till_at(tmp_path) as till:
        writer = LogWriter(till.shop.dir, till.shop.key, segment_bytes=3_000)
        opened = Collected(till.shop, till.ledger, writer)
        yield opened
        writer.close()
        till.check()


def viewed(number: int, *, minute: int = 0, who: str = "a", **more: Any) -> dict[str, Any]:
    at = (NOON + timedelta(minutes=minute)).isoformat()
    return {
        "type": "track",
        "event": "Product Viewed",
        "messageId": f"m{number}",
        "anonymousId": who,
        "timestamp": at,
        **more,
    }


def test_events_come_into_the_ledger_once_however_often_one_looks(collected: Collected) -> None:
    collected.send(viewed(1), viewed(2))
    assert collected.project().n_events == 2
    assert collected.project().n_events == 0
    collected.send(viewed(3))
    assert collected.project().n_events == 1

    assert collected.classes() == {"accepted": 3}
    # One import, which has grown: rows are numbered through, and lead back to line and place.
    [batch] = collected.rows("source_batch")
    assert (batch["received"], batch["accepted"]) == (3, 3)
    places = sorted((row["row_no"], row["line_no"], row["place"]) for row in collected.rows("event"))
    assert places == [(1, 1, 0), (2, 1, 1), (3, 2, 0)]
    cells = {cell.header: cell.value for cell in read_source_row(collected.shop, batch["batch_id"], 3).cells}
    assert cells["messageId"] == "m3"


def test_a_retry_is_a_duplicate_and_a_reused_id_is_kept_aside(collected: Collected) -> None:
    collected.send(viewed(1))
    collected.project()
    collected.send(viewed(1), viewed(1, event="Product Clicked"), minute=1)
    collected.project()

    assert collected.classes() == {"accepted": 1, "duplicate": 1, "quarantined": 1}


def test_an_event_that_is_received_later_but_read_first_gives_way(collected: Collected) -> None:
    server = LogWriter(collected.shop.dir, collected.shop.key, name="another")
    body = {"batch": [viewed(1)], "received_at": (NOON + timedelta(minutes=9)).isoformat()}
    server.append([packed(Record("k1", "segment", 1, json.dumps(body).encode()))])
    collected.n_sent += 1
    collected.project()
    collected.send(viewed(1, event="Product Clicked"))
    collected.project()
    server.close()

    assert collected.classes() == {"accepted": 1, "quarantined": 1}
    assert [row["name_raw"] for row in collected.rows("event")] == ["Product Clicked"]


def test_several_segments_protocols_and_keys_are_imports_of_their_own(collected: Collected) -> None:
    for number in range(30):
        collected.send(viewed(number))
    collected.send(viewed(99), key="k2")
    collected.project()

    assert len({batch["file_name"] for batch in collected.rows("source_batch")}) > 3
    assert collected.classes() == {"accepted": 31}


def test_visits_follow_late_events_of_a_day_that_was_done(collected: Collected) -> None:
    rules = session_rules(collected.shop.settings, collected.shop.dir)
    collected.send(viewed(1), viewed(2, minute=50))
    collected.project()
    refresh_sessions(collected.ledger, rules)
    assert sorted(row["n_events"] for row in collected.rows("session")) == [1, 1]

    # What lies between them came late, on the same import, and joins the two visits.
    collected.send(viewed(3, minute=25), minute=90)
    collected.project()
    assert refresh_sessions(collected.ledger, rules)
    assert [row["n_events"] for row in collected.rows("session")] == [3]
    assert not refresh_sessions(collected.ledger, rules)


def test_a_ledger_that_is_lost_is_built_from_the_log_and_goes_on(collected: Collected) -> None:
    for number in range(30):
        collected.send(viewed(number, who=f"v{number % 3}"))
        if number % 7 == 0:
            collected.project()
    collected.send(viewed(1, event="Product Clicked"), {"type": "track", "messageId": "x"}, minute=1)
    collected.project()
    before = _told(collected.rows("event"))
    collected.send(viewed(100))
    copy = collected.shop.dir.with_name("copy")
    collected.ledger.checkpoint()
    shutil.copytree(collected.shop.dir, copy)
    (copy / "ledger.duckdb").unlink()

    shop = Shop.open(copy)
    with open_shop_ledger(shop, memory_limit="256MB", threads=1) as ledger:
        done = LogProjector(shop, ledger).run()
        again = _told(ledger.query(ledger.table("event")).to_pylist())
        status = log_status(shop, ledger)
        broken = [one.name for one in check_promises(ledger) if not one.is_kept]

    # The build, or the look after it, also takes what the first ledger had not seen yet.
    assert (status.is_exact, broken) == (True, [])
    assert done.n_events <= 1
    assert len(again.keys() - before.keys()) == 1
    assert {number: again[number] for number in before} == before
    shop.close()


def test_an_import_of_the_log_moves_to_another_store_and_goes_on_there(collected: Collected) -> None:
    collected.send(viewed(1))
    collected.project()
    [batch] = collected.rows("source_batch")
    move_batch(collected.shop, collected.ledger, batch["batch_id"], "另一家")
    collected.send(viewed(2))
    collected.project()

    assert collected.classes() == {"accepted": 2}
    assert len({row["shop_id"] for row in collected.rows("event")}) == 1


def _told(events: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return events by their id."""
    return {row["event_id"]: row for row in events}
