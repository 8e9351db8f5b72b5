"""Alerts reach the outbox once, together with the mark that they were handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from zhanggui.app.telling import MOST_SEPARATE, tell_alerts
from zhanggui.collect.outbound import Channels, Outbox
from zhanggui.ledger.jobs import AlertBook, Occurrence
from zhanggui.ledger.shop import Shop

DAY = date(2026, 8, 31)
NOW = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setenv("ZHANGGUI_OUTBOUND_TRUSTED_HOSTS", "127.0.0.1")
    shop = Shop.create(tmp_path / "shop")
    yield shop
    shop.close()


def add_channel(shop: Shop, name: str, **options: str) -> None:
    # Nothing is sent here: only what is put in is looked at.
    address = "http://127.0.0.1:9/in"
    Channels.of(shop).add(name, "webhook", address, secret="0123456789abcdef", options=options)


def raise_alert(shop: Shop, place: str, *, money: float | None = 1234.5, severity: str = "warning") -> int:
    told: dict[str, Any] = {
        "title": {"zh": f"{place} 成交下降", "en": f"{place} sells less"},
        "sentence": {"zh": "昨日 600 元，常态 1000 元。", "en": "600 yesterday, usually 1,000."},
        "causes": [{"zh": "转化率下降", "en": "conversion fell"}],
        "checks": [],
        "owner": {"zh": "运营", "en": "operations"},
        "currency": "CNY",
    }
    seen = Occurrence(
        rule="gmv",
        place=place,
        direction="down",
        first_day=DAY,
        last_day=DAY,
        severity=severity,
        money=money,
        told=told,
    )
    return AlertBook(shop.state).take(seen, NOW.timestamp())[0]


def test_an_alert_is_told_once_to_every_channel_that_gets_alerts(shop: Shop) -> None:
    for name, options in (("运营群", {}), ("老板", {}), ("erp", {"alerts": "no"})):
        add_channel(shop, name, **options)
    raise_alert(shop, "天猫", severity="critical")

    assert [tell_alerts(shop, clock=lambda: NOW) for _ in range(2)] == [1, 0]
    told = Outbox.of(shop).list_deliveries()
    assert {delivery.channel for delivery in told} == {"运营群", "老板"}
    assert {delivery.message_key for delivery in told} == {"alert-1-1"}
    body = told[0].body
    assert body["title"] == "【紧急】天猫 成交下降"
    assert body["facts"] == [{"label": "影响金额", "value": "¥1,234.50"}, {"label": "负责人", "value": "运营"}]
    assert body["lines"] == ["昨日 600 元，常态 1000 元。", "转化率下降"]


def test_alerts_wait_until_there_is_a_channel(shop: Shop) -> None:
    raise_alert(shop, "天猫")
    assert tell_alerts(shop, clock=lambda: NOW) == 0

    add_channel(shop, "运营群")
    assert tell_alerts(shop, clock=lambda: NOW) == 1


def test_many_alerts_at_once_are_one_message_the_dearest_first(shop: Shop) -> None:
    add_channel(shop, "运营群")
    for number in range(MOST_SEPARATE + 1):
        raise_alert(shop, f"店{number}", money=float(number))

    assert tell_alerts(shop, clock=lambda: NOW) == MOST_SEPARATE + 1
    [delivery] = Outbox.of(shop).list_deliveries()
    assert delivery.title == f"{MOST_SEPARATE + 1} 条新预警"
    lines = delivery.body["lines"]
    assert isinstance(lines, list)
    assert [lines[0], lines[-1]] == [f"【注意】店{MOST_SEPARATE} 成交下降", "【注意】店0 成交下降"]


def test_an_alert_whose_message_cannot_be_put_in_is_not_marked_as_told(shop: Shop) -> None:
    add_channel(shop, "运营群")
    raise_alert(shop, "天猫")
    shop.state.execute("CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(Exception, match="disk full"):
        tell_alerts(shop, clock=lambda: NOW)
    assert len(AlertBook(shop.state).waiting()) == 1

    shop.state.execute("DROP TRIGGER full")
    assert tell_alerts(shop, clock=lambda: NOW) == 1
