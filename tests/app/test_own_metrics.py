"""Own metrics and the cockpit over HTTP; the shop is shared, so every test takes down what it made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from zhanggui.app.workbench import Workbench
from zhanggui.ledger.shop import METRICS_FILE

SHARE: dict[str, Any] = {  # a definition as the form has it
    "kind": "ratio",
    "name": "orders_kept",
    "label": "未退款订单占比",
    "numerator": "orders_refunded",
    "denominator": "orders_paid",
}


@pytest.fixture
def defined(client: TestClient, bench: Workbench, token: dict[str, str]) -> Iterator[None]:
    """A metric of the shop's own, until the test ends."""
    kept = client.post("/api/v1/metrics/own", json={"metrics": [SHARE]}, headers=token)
    assert kept.json() == {"kept": ["orders_kept"]}
    yield
    client.post("/api/v1/metrics/own/orders_kept/remove", json={}, headers=token)
    bench.shop.state.execute("DELETE FROM metric_version")


@pytest.mark.usefixtures("defined")
def test_a_metric_that_was_just_defined_is_everywhere(client: TestClient, bench: Workbench) -> None:
    query = client.get("/api/v1/query", params={"metrics": "orders_kept,orders_refunded,orders_paid"}).json()
    row = query["rows"][0]
    assert row["orders_kept"] == row["orders_refunded"] / row["orders_paid"]
    assert client.get("/api/v1/metrics").json()["metrics"][-1]["name"] == "orders_kept"
    assert client.get("/api/v1/metrics/orders_kept").json()["version"] == 1
    assert client.get("/api/v1/tiles/metric/orders_kept/rows").status_code == 200
    watched = {each["name"] for each in client.get("/api/v1/alerts/rules").json()["metrics"]}
    pinned = {each["name"] for each in client.get("/api/v1/tiles/cockpit/own").json()["choices"]}
    listed = {row["name"] for row in client.get("/api/v1/tiles/metrics/list").json()["rows"]}
    assert all("orders_kept" in names for names in (watched, pinned, listed))
    assert 'name = "orders_kept"' in (bench.shop.dir / METRICS_FILE).read_text("utf-8")


@pytest.mark.usefixtures("defined")
def test_a_rule_over_an_own_metric_is_kept_and_says_so_when_the_metric_goes(
    client: TestClient, token: dict[str, str]
) -> None:
    rule = {"name": "kept_low", "metric": "orders_kept", "when": {"kind": "below", "limit": 0.5}}
    assert client.post("/api/v1/alerts/rules", json={"rules": [rule]}, headers=token).status_code == 200

    client.post("/api/v1/metrics/own/orders_kept/remove", json={}, headers=token)
    lines = client.get("/api/v1/alerts/rules").json()["rules"]
    client.post("/api/v1/alerts/rules/kept_low/forget", json={}, headers=token)
    assert [each["error"].splitlines()[0] for each in lines if each["name"] == "kept_low"] == [
        "The rule cannot be used: Metric 'orders_kept' is not in the catalogue."
    ]


@pytest.mark.usefixtures("defined")
def test_a_question_by_the_definitions_of_a_day_names_their_versions(
    client: TestClient, bench: Workbench, token: dict[str, str]
) -> None:
    bench.shop.state.execute("UPDATE metric_version SET defined_at = defined_at - 5 * 86400")
    client.post("/api/v1/metrics/own", json={"metrics": [SHARE | {"denominator": "orders_created"}]}, headers=token)
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - the definition is days away from it

    def asked(**then: str) -> dict[str, Any]:  # the answer
        given = {"metrics": "orders_kept,orders_paid", **then}
        return dict(client.get("/api/v1/query", params=given).json())

    found = asked(as_defined=yesterday)
    assert [(each["name"], each["version"], each["origin"]) for each in found["definitions"]] == [
        ("orders_kept", 1, "own"),
        ("orders_paid", 1, "built_in"),
    ]
    assert found["rows"][0]["orders_kept"] != asked()["rows"][0]["orders_kept"]
    assert [each["version"] for each in client.get("/api/v1/metrics/orders_kept/history").json()["versions"]] == [1, 2]
    early = client.get("/api/v1/query", params={"metrics": "orders_kept", "as_defined": "2020-01-01"})
    assert (early.status_code, early.json()["error"]["code"]) == (400, "not_defined_then")


def test_a_definition_that_is_tried_is_not_kept(client: TestClient, token: dict[str, str]) -> None:
    tried = client.post("/api/v1/metrics/own/try", json={"metric": SHARE}, headers=token).json()

    assert (tried["formula"], tried["unit"]) == ("orders_refunded ÷ orders_paid", "ratio")
    assert client.get("/api/v1/metrics/own").json()["metrics"] == []


def test_a_form_is_told_the_field_that_is_wrong(client: TestClient, token: dict[str, str]) -> None:
    wrong = client.post("/api/v1/metrics/own", json={"metrics": [SHARE | {"numerator": "refund_rate"}]}, headers=token)

    assert (wrong.status_code, wrong.json()["error"]["field"]) == (400, "numerator")


def test_pins_and_goals_are_kept_until_they_are_taken_away(client: TestClient, token: dict[str, str]) -> None:
    client.post("/api/v1/cockpit/pins", json={"metric": "buyers", "is_pinned": True}, headers=token)
    client.post("/api/v1/cockpit/goals", json={"metric": "refund_rate", "goal": 0.05}, headers=token)
    assert client.get("/api/v1/cockpit").json() == {"pins": ["buyers"], "goals": {"refund_rate": 0.05}}

    client.post("/api/v1/cockpit/pins", json={"metric": "buyers", "is_pinned": False}, headers=token)
    client.post("/api/v1/cockpit/goals", json={"metric": "refund_rate", "goal": None}, headers=token)
    assert client.get("/api/v1/cockpit").json() == {"pins": [], "goals": {}}
