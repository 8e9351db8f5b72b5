"""Locked files over HTTP: asked for in place, opened with their password, which is kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import finished
from tests.app.test_mapping import HEADER, ROWS, workbook
from tests.collect.loading.forms import order, report
from tests.collect.reading.locked import holding, in_locked_archive, locked_workbook

from zhanggui.app.passwords import MOST_WAITING, Passwords
from zhanggui.app.workbench import Workbench

PASSWORD = "kaimen-2026"
ORDERS = in_locked_archive(report(order("39001"), order("39002")), "a.csv", PASSWORD)
Job = dict[str, Any]


def uploaded(client: TestClient, token: dict[str, str], name: str, data: bytes, **fields: str) -> Job:
    """Upload one file and return the job that it became."""
    started = client.post("/api/v1/load", files={"files": (name, data)}, data=fields, headers=token)
    assert started.status_code == 202, started.text
    return finished(client, started.json()["job_id"])


def test_a_locked_upload_asks_for_its_password_and_is_loaded_with_it(
    client: TestClient, bench: Workbench, token: dict[str, str]
) -> None:
    asked = uploaded(client, token, "锁.zip", ORDERS, store="上锁的店")
    wrong = uploaded(client, token, "锁.zip", ORDERS, store="上锁的店", password="another")
    opened = uploaded(client, token, "锁.zip", ORDERS, store="上锁的店", password=PASSWORD)

    assert (asked["state"], asked["error"]["code"]) == ("failed", "password_protected")
    assert (wrong["state"], wrong["error"]["code"]) == ("failed", "wrong_password")
    assert (opened["state"], opened["result"]["files"][0]["accepted"]) == ("done", 2)
    assert holding(bench.shop.dir, PASSWORD) == []


def test_a_locked_workbook_of_no_known_format_waits_without_its_password(
    client: TestClient, bench: Workbench, token: dict[str, str]
) -> None:
    book = locked_workbook(workbook(("明细", [HEADER, *ROWS])), PASSWORD)

    job = uploaded(client, token, "不认识.xlsx", book, password=PASSWORD)
    look = client.get(f"/api/v1/mapping/files/{job['error']['waiting']}")

    assert [column["header"] for column in look.json()["columns"]] == HEADER
    assert holding(bench.shop.dir, PASSWORD) == []


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({}, 400, "password_protected"),
        ({"password": "another"}, 400, "wrong_password"),
        ({"password": PASSWORD}, 201, None),
    ],
)
def test_a_locked_file_is_put_in_to_be_mapped_with_its_password(
    client: TestClient, token: dict[str, str], fields: dict[str, str], status: int, code: str | None
) -> None:
    book = locked_workbook(workbook(("明细", [HEADER, *ROWS])), PASSWORD)

    answer = client.post("/api/v1/mapping/files", files={"files": ("a.xlsx", book)}, data=fields, headers=token)

    assert (answer.status_code, answer.json().get("error", {}).get("code")) == (status, code)


def test_passwords_are_given_out_once() -> None:
    held = Passwords()
    number = held.keep(["a", "b"])

    assert (held.take(number), held.take(number), held.take(None)) == (("a", "b"), (), ())
    assert held.keep([]) is None


def test_passwords_of_too_many_waiting_jobs_are_asked_for_again() -> None:
    held = Passwords()
    first, *others = (held.keep(["a"]) for _ in range(MOST_WAITING + 1))

    assert held.take(first) == ()
    assert held.take(others[0]) == ("a",)
