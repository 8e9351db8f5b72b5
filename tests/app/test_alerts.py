"""Alerts and rules over HTTP: one life of an alert, one of a rule, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import finished

from zhanggui.app.workbench import Workbench
from zhanggui.ledger.jobs import AlertBook, Occurrence
from zhanggui.understand.monitoring.rule_answers import BackTestAnswer

RULE = {"name": "every_day", "metric": "gmv_paid", "when": {"kind": "above", "limit": 0.5}}
BOTH = {"zh": "一句", "en": "a sentence"}
Token = dict[str, str]


@pytest.fixture
def alert(bench: Workbench) -> int:
    """Return the number of a new alert."""
    told = {
        "title": BOTH, "place": BOTH, "sentence": BOTH, "owner": BOTH, "currency": "CNY", "evidence": "counted",
        "causes": [BOTH], "checks": [], "doubts": [], "kind": "change", "metric": None,
    }  # fmt: skip
    book = AlertBook(bench.shop.state)
    seen = Occurrence(
        rule="test", place="", direction="down", first_day=date(2000, 1, 1), last_day=date(2000, 1, 1), told=told
    )
    number, _ = book.take(seen, 1.0)
    book._state.execute("UPDATE alert SET state = 'open', outcome = NULL WHERE alert_id = ?", (number,))
    return number


def test_an_alert_is_acknowledged_given_away_snoozed_and_resolved(client: TestClient, token: Token, alert: int) -> None:
    def act(what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = client.post(f"/api/v1/alerts/{alert}/{what}", json=body, headers=token)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    act("acknowledge", {"note": "在查"})
    act("assign", {"owner": "小王"})
    act("note", {"note": "主图换了"})
    assert act("snooze", {"days": 2})["alert"]["state"] == "snoozed"
    page = act("resolve", {"outcome": "fixed", "note": "换回来了"})

    assert (page["alert"]["state"], page["alert"]["outcome"]) == ("resolved", "fixed")
    assert page["alert"]["owner"] == {"zh": "小王", "en": "小王"}
    assert [step["what"] for step in page["steps"]][-5:] == ["acknowledged", "assigned", "note", "snoozed", "resolved"]
    again = client.post(f"/api/v1/alerts/{alert}/acknowledge", json={}, headers=token)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "alert_resolved")
    listed = client.get("/api/v1/alerts", params={"state": "resolved"}).json()
    assert alert in [line["id"] for line in listed["alerts"]]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("999999/acknowledge", {}, 404, "unknown_alert"),
        ("rules", {"rules": [RULE | {"metric": "moon"}]}, 400, "bad_rule"),
        ("rules/moon/switch", {"is_on": False}, 404, "unknown_rule"),
        ("rules/file", {"toml": "rule = 1"}, 400, "bad_rule"),
        ("backtest", {"rule": RULE | {"by": "moon"}}, 400, "bad_rule"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: TestClient, token: Token, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    found = client.post(f"/api/v1/alerts/{path}", json=body, headers=token)

    assert (found.status_code, found.json()["error"]["code"]) == (status, code)


def test_a_change_without_the_token_is_refused(client: TestClient, alert: int) -> None:
    assert client.post(f"/api/v1/alerts/{alert}/acknowledge", json={}).status_code == 403


def test_a_rule_is_tried_kept_watched_and_forgotten(client: TestClient, token: Token, bench: Workbench) -> None:
    tried = client.post("/api/v1/alerts/backtest", json={"rule": RULE}, headers=token).json()
    kept = client.post("/api/v1/alerts/rules", json={"rules": [RULE]}, headers=token).json()
    started = client.post("/api/v1/alerts/run", json={}, headers=token).json()
    done = finished(client, started["job_id"])
    alerts = client.get("/api/v1/alerts", params={"state": "all", "grouped": False}).json()["alerts"]
    mine = [line for line in alerts if line["rule"] == "every_day"]
    course = client.get(f"/api/v1/alerts/{mine[0]['id']}/course").json()
    file = client.get("/api/v1/alerts/rules/file").json()["toml"]
    left = client.post("/api/v1/alerts/rules/every_day/forget", json={}, headers=token).json()

    # Days of trade in a row are one event; other tests load days of their own, and a watch looks at the last weeks.
    fired = [(each["first_day"], each["last_day"]) for each in tried["fired"]]
    assert BackTestAnswer.model_validate(tried).n_fired == len(fired) >= 1
    assert (kept["rules"][0]["origin"], done["state"]) == ("own", "done")
    told = [(line["first_day"], line["last_day"]) for line in mine]
    assert max(fired) in told
    assert set(told) <= set(fired)
    assert course["series"][0]["values"][-1] == mine[0]["value"]
    assert 'name = "every_day"' in file
    assert "every_day" not in [rule["name"] for rule in left["rules"]]


def test_a_file_of_rules_can_be_read_back(client: TestClient, token: Token) -> None:
    file = client.get("/api/v1/alerts/rules/file").json()
    names = [
        rule["name"] for rule in client.post("/api/v1/alerts/rules/file", json=file, headers=token).json()["rules"]
    ]
    for name in names:
        client.post(f"/api/v1/alerts/rules/{name}/forget", json={}, headers=token)

    assert "core_gmv_paid" in names
