"""``/api/v1/customers/lifetime-value`` and ``/churn``: too thin a shop gets a reason, a wrong word its name."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("route", ["lifetime-value", "churn"])
@pytest.mark.parametrize(
    ("query", "code"),
    [("", "thin_data"), ("calibration_end=soon", "bad_choice"), ("horizon=0", "bad_filter")],
)
def test_what_cannot_be_valued_is_refused_with_its_code(client: TestClient, route: str, query: str, code: str) -> None:
    found = client.get(f"/api/v1/customers/{route}?{query}")

    assert 400 <= found.status_code < 500
    assert found.json()["error"]["code"] == code
    assert found.json()["error"]["next"]
