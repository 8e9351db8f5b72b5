from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import HOST

from zhanggui.app.guard import SAFE_METHODS, SECURITY_HEADERS, TOKEN_HEADER
from zhanggui.app.workbench import Workbench

FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example:8765"},
    {"Host": "127.0.0.1:9999"},
    {"Host": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


def _changing_routes() -> list[tuple[str, str]]:
    # The description in the repository is held to the routes by a test of its own, and takes seconds to make.
    paths = json.loads((Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8"))["paths"]
    found = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    return [(method, re.sub(r"\{\w+\}", "1", path)) for method, path in found if method not in SAFE_METHODS]


@pytest.mark.parametrize("headers", FOREIGN)
def test_request_of_another_site_is_refused_even_to_read(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/api/v1/meta", headers=headers)

    assert answer.status_code == 403
    assert "token" not in answer.json()
    assert set(answer.json()["error"]) == {"code", "what", "where", "next"}


@pytest.mark.parametrize(("method", "path"), _changing_routes())
@pytest.mark.parametrize("token", ["", "wrong"])
def test_changing_request_without_the_token_is_refused(client: TestClient, method: str, path: str, token: str) -> None:
    answer = client.request(method, path, json={}, headers={TOKEN_HEADER: token})

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "token_missing")


def test_there_are_routes_that_change_something() -> None:
    assert len(_changing_routes()) >= 6


@pytest.mark.parametrize("headers", FOREIGN)
def test_foreign_request_with_the_token_is_refused_still(
    client: TestClient, token: dict[str, str], headers: dict[str, str]
) -> None:
    assert client.post("/api/v1/costs", json={}, headers=token | headers).status_code == 403


def test_own_page_may_change_something(client: TestClient, token: dict[str, str]) -> None:
    own = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}

    assert client.post("/api/v1/costs", json={}, headers=token | own).status_code == 200


def test_link_on_another_site_opens_the_workbench_but_no_data(client: TestClient) -> None:
    clicked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    assert client.get("/", headers=clicked).status_code in {200, 503}
    assert client.get("/api/v1/meta", headers=clicked).status_code == 403


@pytest.mark.parametrize("path", ["/", "/metrics/gmv_paid", "/api/v1/meta", "/api/v1/nothing", "/assets/none.js"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_policy_allows_scripts_of_its_own_only() -> None:
    policy = dict(part.split(" ", 1) for part in SECURITY_HEADERS["Content-Security-Policy"].split("; "))

    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/api/v1/meta", "/api/v1/query?metrics=gmv_paid", "/api/v1/batches"])
def test_data_is_never_kept_by_the_browser(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/%2e%2e/%2e%2e/pyproject.toml", "/assets/..%2f..%2f__init__.py", "/..%2fshop.key"])
def test_path_out_of_the_pages_leads_to_the_start_page(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert "import" not in answer.text.split("<body>")[0]
    assert answer.status_code in {200, 404, 503}
    assert "[project]" not in answer.text


def test_page_token_and_key_of_the_command_line_differ(bench: Workbench) -> None:
    assert bench.page_token != bench.owner_token
