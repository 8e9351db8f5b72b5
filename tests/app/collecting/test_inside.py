"""The collector's addresses inside the workbench's server: other sites reach these and no others."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.app.collecting.collectors import track

from zhanggui.app.application import create_app
from zhanggui.app.catching_up import CatchingUp
from zhanggui.app.workbench import Workbench
from zhanggui.collect.events.intake import PLAN_FILE
from zhanggui.collect.events.keys import WriteKeys
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

OTHER_SITE = {"Origin": "https://shop.example", "Sec-Fetch-Site": "cross-site"}
_PLAN = """
[event."Product Viewed"]
required = { product_id = "text", price = "number" }
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, TestClient, str]]:
    """Serve a shop without a network; nothing follows its log but the test."""
    shop = Shop.create(tmp_path_factory.mktemp("inside") / "shop", "试店")
    (shop.dir / PLAN_FILE).write_text(_PLAN, "utf-8")
    _, key = WriteKeys(shop.dir).add("site", store="商城", per_second=1_000)
    with (
        shop.owner_lock(),
        open_ledger(shop.dir, memory_limit="256MB", threads=1, statements=shop.statements) as ledger,
    ):
        bench = Workbench(shop, ledger)
        with TestClient(create_app(bench, port=8765), base_url="http://127.0.0.1:8765") as client:
            yield bench, client, key


def test_another_site_may_send_events_and_do_nothing_else(served: tuple[Workbench, TestClient, str]) -> None:
    bench, client, key = served
    sent = client.post(
        f"/collect?key={key}", json={"visitor": "v", "events": [{"name": "page_view"}]}, headers=OTHER_SITE
    )

    assert (sent.status_code, sent.headers["access-control-allow-origin"]) == (200, "*")
    assert client.get("/api/v1/meta", headers=OTHER_SITE).status_code == 403
    assert client.post("/collect?key=zgw_none", json={}, headers=OTHER_SITE).status_code == 401
    assert client.post(f"/collect?key={key}", content=b"x" * (1 << 21), headers=OTHER_SITE).status_code == 413
    assert CatchingUp(bench.shop, bench.ledger, lambda: None).catch_up().classes["accepted"] >= 1


def test_the_live_page_shows_what_came_what_was_refused_and_what_the_plan_misses(
    served: tuple[Workbench, TestClient, str],
) -> None:
    _, client, key = served
    assert client.post("/v1/track", json={**track(1), "writeKey": key}).status_code == 200
    assert client.post("/v1/track", content=b"{").status_code == 400
    missed: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    for _ in range(100):
        # The collector writes down what it counted once a second.
        missed = client.get("/api/v1/tiles/live/plan").json()["rows"]
        refused = client.get("/api/v1/tiles/live/refused").json()["rows"]
        if missed and refused:
            break
        time.sleep(0.05)

    assert [(row["event"], row["property"], row["n"]) for row in missed] == [("Product Viewed", "price", 1)]
    types = client.get("/api/v1/tiles/live/types").json()
    assert {row["name"]: row["hour"] for row in types["rows"]}["Product Viewed"] == 1
    assert types["total"]["hour"] == client.get("/api/v1/tiles/live/figures").json()["items"][1]["value"]
    assert "400" in {row["status"] for row in refused}
    assert "Product Viewed" in {row["name"] for row in client.get("/api/v1/tiles/live/latest").json()["rows"]}


def test_visits_follow_the_last_event_though_no_other_comes(served: tuple[Workbench, TestClient, str]) -> None:
    bench, client, key = served
    ticks = itertools.count(step=5)
    # Every look at the clock is five seconds later: making visits takes five, so they wait for half a minute.
    follower = CatchingUp(bench.shop, bench.ledger, lambda: None, clock=lambda: float(next(ticks)))
    follower.catch_up()
    before = n_visits(bench)
    for visitor in ("early", "late"):
        sent = client.post(f"/collect?key={key}", json={"visitor": visitor, "events": [{"name": "page_view"}]})
        assert (sent.status_code, follower.catch_up().n_events) == (200, 1)
    assert n_visits(bench) < before + 2

    for _ in range(10):
        assert follower.catch_up().n_events == 0
    assert n_visits(bench) == before + 2


def n_visits(bench: Workbench) -> int:
    return int(bench.ledger.query(bench.ledger.table("session").select("session_id")).num_rows)
