"""A shop whose events are collected before its first export is loaded (C-SCENE): every page answers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.app.collecting.collectors import track
from tests.app.conftest import HOST, PORT

from zhanggui.app.application import create_app
from zhanggui.app.work import LOAD, run_here
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.pagespec import PageSpec
from zhanggui.rooms import PAGES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Serve a shop of thirty visits on one day, a third of which put something in the cart."""
    shop = Shop.create(tmp_path_factory.mktemp("events") / "shop", "试店")
    bodies = [track(number) for number in range(30)]
    bodies += [
        track(f"cart-{number}", event="Product Added", anonymousId=f"visitor-{number}",
              timestamp="2026-09-01T02:05:00.000Z")
        for number in range(10)
    ]  # fmt: skip
    file = shop.dir / "tmp" / "events.jsonl"
    file.write_text("".join(f"{json.dumps(body)}\n" for body in bodies))
    with shop.owner_lock(), open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
        run_here(shop, ledger, LOAD, {"paths": [str(file)], "store": "商城"}, lambda progress: None)
        bench = Workbench(shop, ledger)
        bench.start()
        with TestClient(create_app(bench, port=PORT), base_url=f"http://{HOST}") as client:
            yield client
        bench.stop()


def test_it_is_no_empty_shop_and_its_days_are_those_of_the_visits(client: TestClient) -> None:
    meta = client.get("/api/v1/meta").json()

    assert (meta["is_empty"], meta["data_from"], meta["data_to"]) == (False, "2026-09-01", "2026-09-01")
    assert [room["room"] for room in meta["nav"] if not room["has_data"] and room["room"] != "settings"] == []


def test_its_visitors_are_counted_and_no_money_is(client: TestClient) -> None:
    asked = client.get("/api/v1/query", params={"metrics": "visitors,gmv_paid"}).json()

    assert [(row["visitors"], row["gmv_paid"]) for row in asked["rows"]] == [(30, 0)]


def test_the_sentence_on_top_tells_of_visitors_and_of_no_money(client: TestClient) -> None:
    said = client.get("/api/v1/tiles/overview/sentence").json()["text"]

    assert said["en"].startswith("1 Sep 2026: 30 visitors and no paid order.")
    assert "30 位访客" in said["zh"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_tile_answers(client: TestClient, page: PageSpec) -> None:
    for tile in page.tiles():
        if tile.source == "/api/v1/load" or "{id}" in tile.source or page.id == "trial":
            continue
        found = client.get(tile.source.replace("{name}", "gmv_paid" if page.id == "metric" else "nothing"))
        assert found.status_code == 200, (page.id, tile.id, found.text)
