"""Bad requests: a status each, never a 5xx, and of what was taken each event in exactly one class."""

from __future__ import annotations

import random
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from tests.app.collecting.bad_requests import CASES, HTTP, IDS_AND_TIMES, JSON_BODIES, TEXTS, Case
from tests.app.collecting.collectors import Collector, collecting, track

from zhanggui.app.collecting import Patience
from zhanggui.collect.loading.log_projection import LogProjector
from zhanggui.collect.loading.log_status import log_status
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.quality import check_promises

N_MUTATIONS = 260


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to a case, and what became of its event."""

    status: int
    becomes: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All cases after the log came into the ledger."""

    told: dict[str, Told]
    mutated: list[int]
    n_taken: int
    n_classed: int
    is_exact: bool
    broken: list[str]


def send(collector: Collector, case: Case) -> int:
    if case.is_raw:
        answer = collector.raw(case.body.replace(b"Bearer KEY", f"Bearer {collector.key}".encode()))
        return int(answer[9:12])
    headers = {"Authorization": f"Bearer {collector.key}", **(case.headers or {})}
    try:
        return collector.ask("POST", case.path, case.body, **headers)[0]
    except (OSError, HTTPException):
        # The answer may come, and the connection end, before a sender has sent it all.
        return 413


def mutated(chance: random.Random) -> bytes:
    """Return a good request with some of its bytes changed, left out or doubled."""
    bodies = [case.body for case in TEXTS.values() if case.status == 200]
    data = bytearray(chance.choice(bodies))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randint(1, 9)]
            case 2:
                data[place:place] = data[place : place + chance.randint(1, 30)]
            case _:
                data[place:place] = chance.choice([b"{", b"]", b"null", b"1e999", b'"', b"\\u0000", b"\xff"])
    return bytes(data)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Send every case to one collector, then some hundred mutations; bring what was taken into the ledger."""
    statuses: dict[str, int] = {}
    rows: dict[str, int] = {}
    with collecting(tmp_path_factory.mktemp("bad") / "shop") as collector:
        assert collector.post("/v1/track", track("first"), Authorization=f"Bearer {collector.key}") == 200
        for name, case in CASES.items():
            before = collector.service.counts.n_events
            statuses[name] = send(collector, case)
            if collector.service.counts.n_events > before:
                rows[name] = before + 1
        chance = random.Random(7)
        mutations = [send(collector, Case(mutated(chance), 0)) for _ in range(N_MUTATIONS)]
        n_taken = collector.service.counts.n_events
        shop = collector.shop
    with open_ledger(shop.dir, memory_limit="256MB", threads=1, statements=shop.statements) as ledger:
        done = LogProjector(shop, ledger).run()
        classes = {row["row_no"]: row["row_class"] for row in _rows(ledger.table("raw_record"), ledger)}
        rules = {row["row_no"]: row["rule"] for row in _rows(ledger.table("data_issue"), ledger)}
        is_exact = log_status(shop, ledger).is_exact
        broken = [one.name for one in check_promises(ledger) if not one.is_kept]
    told = {
        name: Told(status, rules.get(rows[name], classes[rows[name]]) if name in rows else None)
        for name, status in statuses.items()
    }
    return Outcome(told, mutations, n_taken, done.n_events, is_exact, broken)


def _rows(table: Any, ledger: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ledger.query(table).to_pylist()
    return found


def test_there_are_115_cases() -> None:
    assert [len(group) for group in (JSON_BODIES, HTTP, IDS_AND_TIMES, TEXTS)] == [40, 25, 25, 25]


@pytest.mark.parametrize("name", CASES)
def test_a_bad_request_gets_its_status_and_its_event_its_class(outcome: Outcome, name: str) -> None:
    case = CASES[name]

    assert outcome.told[name] == Told(case.status, case.becomes)


def test_mutated_requests_are_taken_or_refused_and_nothing_breaks(outcome: Outcome) -> None:
    assert len(outcome.mutated) == N_MUTATIONS
    assert set(outcome.mutated) == {200, 400}


def test_every_event_that_was_taken_has_one_class(outcome: Outcome) -> None:
    assert outcome.n_classed == outcome.n_taken
    assert (outcome.is_exact, outcome.broken) == (True, [])


def test_a_sender_that_takes_too_long_is_parted_with(tmp_path: Path) -> None:
    with collecting(tmp_path / "shop", patience=Patience(head=0.2, body=0.2, idle=0.2)) as collector:
        assert b" 408 " in collector.raw(b"POST /v1/track HTTP/1.1\r\nHo")
        assert b" 408 " in collector.raw(b"POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        assert collector.raw(b"") == b""
