"""A report reaches the outbox once, with its workbook, together with the mark that it was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.metrics.ledgers import Row, batch, line, order, store
from tests.understand.finance.conftest import open_desk

from zhanggui.app.application import create_app
from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.reporting import keep_schedule, send_report, tell_reports
from zhanggui.app.workbench import Workbench
from zhanggui.collect.outbound import Channels, Outbox
from zhanggui.ledger.jobs import JobQueue, Scheduler
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.reports.plan import set_plan
from zhanggui.understand.overview.reports.report import Asked

SWITCHED_ON = datetime(2026, 11, 15, 2, 0, tzinfo=UTC)
PUNCTUAL = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""09:00 of the 16th in Shanghai."""

LATE = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give a shop that sold 80.00 on Sunday the 15th and 100.00 on the Sunday before."""
    monkeypatch.setenv("ZHANGGUI_OUTBOUND_TRUSTED_HOSTS", "127.0.0.1")
    days = {"a": ("2026-11-08 10", 100_00), "b": ("2026-11-15 10", 80_00)}
    tables: dict[str, list[Row]] = {
        "store": [store(1, "一店")],
        "source_batch": [batch(1, 1, SWITCHED_ON)],
        "order_header": [order(key, when, paid, paid=when, n_lines=1) for key, (when, paid) in days.items()],
        "order_line": [line(key, 1, "p1", 1, paid, paid) for key, (_, paid) in days.items()],
    }
    with open_desk(tmp_path / "shop", tables) as found:
        yield found


def add_channel(desk: Desk, name: str, **options: Any) -> None:
    # Nothing is sent here: only what is put in is looked at.
    Channels.of(desk.shop).add(name, "webhook", "http://127.0.0.1:9/in", secret="0123456789abcdef", **options)


def on(desk: Desk, *channels: str) -> None:
    set_plan(desk.shop.state, lengths=("day",), at="09:00", channels=channels, now=SWITCHED_ON)


def facts(body: dict[str, Any]) -> dict[str, str]:
    return {fact["label"]: fact["value"] for fact in body["facts"]}


def test_a_report_is_told_once_in_each_channels_language_with_its_workbook(desk: Desk) -> None:
    add_channel(desk, "运营群")
    add_channel(desk, "boss", language="en")
    on(desk)

    assert [tell_reports(desk, clock=lambda: PUNCTUAL) for _ in range(2)] == [["report-day-2026-11-15"], []]

    boss, group = Outbox.of(desk.shop).list_deliveries()
    assert (group.title, boss.title) == ("日报 2026年11月15日", "Daily report, 15 Nov 2026")
    body: dict[str, Any] = group.body
    # 80.00 against 100.00 a week before.
    assert facts(body)["支付金额"] == "¥80.00（-20.0%）"
    assert body["attachment"]["name"] == "日报_2026-11-15.xlsx"
    assert boss.body["attachment"]["name"] == "Daily_report_2026-11-15.xlsx"  # type: ignore[index]  # a webhook's form


def test_a_report_missed_while_the_machine_was_off_is_told_once_marked_late(desk: Desk) -> None:
    add_channel(desk, "运营群")
    on(desk)

    assert tell_reports(desk, clock=lambda: LATE) == ["report-day-2026-11-17"]
    assert tell_reports(desk, clock=lambda: LATE) == []

    [delivery] = Outbox.of(desk.shop).list_deliveries()
    lines = delivery.body["lines"]
    assert isinstance(lines, list)
    assert delivery.title.endswith("（迟到）")
    # Switched on after nine of the 15th: the reports of the 15th and 16th came to nothing.
    assert "应于 2026-11-18 09:00 发送" in str(lines[0])
    assert "还有 2 份" in str(lines[0])


def test_a_report_waits_for_a_channel_and_goes_to_the_chosen_ones_alone(desk: Desk) -> None:
    on(desk, "老板")
    add_channel(desk, "运营群")
    assert tell_reports(desk, clock=lambda: PUNCTUAL) == []

    add_channel(desk, "老板")
    assert tell_reports(desk, clock=lambda: PUNCTUAL) == ["report-day-2026-11-15"]
    assert [each.channel for each in Outbox.of(desk.shop).list_deliveries()] == ["老板"]


def test_a_report_that_cannot_be_put_in_is_not_marked_as_told(desk: Desk) -> None:
    add_channel(desk, "运营群")
    on(desk)
    desk.shop.state.execute("CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(Exception, match="disk full"):
        tell_reports(desk, clock=lambda: PUNCTUAL)

    desk.shop.state.execute("DROP TRIGGER full")
    assert tell_reports(desk, clock=lambda: PUNCTUAL) == ["report-day-2026-11-15"]


def test_what_a_person_sent_is_not_sent_again_by_the_schedule(desk: Desk) -> None:
    add_channel(desk, "运营群")
    on(desk)

    assert send_report(desk, Asked("day", date(2026, 11, 15))) == ("report-day-2026-11-15", 1)
    tell_reports(desk, clock=lambda: PUNCTUAL)

    assert len(Outbox.of(desk.shop).list_deliveries()) == 1


def test_the_schedule_comes_at_its_time_while_a_report_is_on(desk: Desk) -> None:
    queue = JobQueue(desk.shop.state, clock=lambda: SWITCHED_ON)
    on(desk)
    keep_schedule(desk.shop, queue)

    schedule, again = Scheduler(queue).list_schedules()
    assert (again.kind, again.every_s) == ("report", 3600)
    assert (schedule.kind, schedule.daily_at, schedule.next_run_at.isoformat()) == (
        "report",
        "09:00",
        "2026-11-16T01:00:00+00:00",
    )

    set_plan(desk.shop.state, lengths=(), at="09:00", channels=(), now=SWITCHED_ON)
    keep_schedule(desk.shop, queue)
    assert Scheduler(queue).list_schedules() == []


def test_report_schedule_workbook_and_round_are_there_over_http(desk: Desk) -> None:
    bench = Workbench(desk.shop, desk.ledger)
    client = TestClient(create_app(bench, port=8765), base_url="http://127.0.0.1:8765")
    client.headers[TOKEN_HEADER] = bench.page_token
    add_channel(desk, "运营群")

    found = client.get("/api/v1/reports/day", params={"date": "2026-11-15"}).json()
    book = client.get("/api/v1/reports/day.xlsx", params={"date": "2026-11-15", "lang": "en"})
    page = client.get("/api/v1/reports/page.xlsx", params={"by": "day", "to": "2026-11-15"})
    kept = client.post("/api/v1/reports/schedule", json={"lengths": ["week"], "at": "08:30"}).json()
    sent = client.post("/api/v1/reports/day/send", json={"date": "2026-11-15"}).json()
    round_ = client.get("/api/v1/patrol").json()

    assert found["groups"][0]["items"][0]["value"] == 80.0
    assert book.content[:2] == page.content[:2] == b"PK"
    assert (kept["lengths"], kept["at"], kept["known_channels"]) == (["week"], "08:30", ["运营群"])
    assert sent == {"key": "report-day-2026-11-15", "n_channels": 1}
    assert (round_["day"], {each["table"] for each in round_["needs"]} >= {"stock_snapshot", "shipment"}) == (
        "2026-11-15",
        True,
    )
    assert client.get("/api/v1/reports/year").status_code == 422
    assert client.get("/api/v1/reports/day", params={"store": "三店"}).status_code == 400
    assert client.post("/api/v1/reports/schedule", json={"lengths": [], "at": "9"}).status_code == 400
