"""``/api/v1/explain`` says what ``zhanggui explain`` says."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_a_change_is_explained_over_http(client: TestClient) -> None:
    rows = client.get("/api/v1/query", params={"metrics": "gmv_paid", "grain": "day"}).json()["rows"]
    before, after = (row for row in rows[:2])
    asked = {
        "metric": "gmv_paid",
        "from": after["date"],
        "to": after["date"],
        "against": f"{before['date']}..{before['date']}",
        "by": "province,shop",
    }

    found = client.get("/api/v1/explain", params=asked).json()

    assert (found["before"]["value"], found["after"]["value"]) == (before["gmv_paid"], after["gmv_paid"])
    assert sum(each["amount"] for each in found["drivers"]) == pytest.approx(found["change"], rel=1e-9)
    assert set(found["searched"]) == {"province", "shop"}
    assert found == client.get("/api/v1/explain", params=asked).json()


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("metric=gmv&from=2026-09-02&to=2026-09-02&against=2026-09-01..2026-09-01", 404, "unknown_metric"),
        ("metric=gmv_paid&from=2026-09-02&to=2026-09-02&against=then", 400, "bad_choice"),
        ("metric=gmv_paid&from=2026-09-02&to=2026-09-01&against=2026-09-01..2026-09-01", 400, "backward_period"),
        ("metric=refund_rate&from=2001-09-02&to=2001-09-02&against=2001-09-01..2001-09-01", 400, "cannot_explain"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_its_code(
    client: TestClient, query: str, status: int, code: str
) -> None:
    found = client.get(f"/api/v1/explain?{query}")

    assert (found.status_code, found.json()["error"]["code"]) == (status, code)
