"""Data quality over HTTP: the panel, a run on demand, and the marks that a failed check leaves on tiles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import HOST, PORT, finished
from tests.ledger.quality.backward import AMOUNT, CHECK, STORE, write_backward

from zhanggui.app.application import create_app
from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.work import LOAD, run_here
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Workbench]]:
    """Serve a shop with one order that was paid before it was made."""
    folder = tmp_path_factory.mktemp("doubtful")
    orders, columns = write_backward(folder)
    shop = Shop.create(folder / "shop", "试店")
    with shop.owner_lock(), open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
        run_here(shop, ledger, LOAD, {"paths": [str(orders)], "map": str(columns)}, lambda progress: None)
        bench = Workbench(shop, ledger)
        bench.start()
        yield TestClient(create_app(bench, port=PORT), base_url=f"http://{HOST}"), bench
        bench.stop()


def test_the_panel_shows_failed_checks_first_with_money_days_and_what_to_do(
    doubtful: tuple[TestClient, Workbench],
) -> None:
    client, _ = doubtful
    panel = client.get("/api/v1/quality").json()
    worst = panel["checks"][0]

    assert (panel["n_failed"], worst["name"], worst["status"]) == (1, CHECK, "failed")
    assert (worst["money"], worst["currency"], worst["n_findings"]) == (AMOUNT, "CNY", 1)
    assert [(store["store"], store["status"], store["money"]) for store in worst["stores"]] == [
        (STORE, "failed", AMOUNT)
    ]
    # The third of September is the last day of trade, the finding is of the second.
    assert (panel["last_day"], worst["days"][-2:]) == ("2026-09-03", [1, 0])
    assert worst["next"]["en"] == "look at the time zone and the time columns of the map"
    assert {check["status"] for check in panel["checks"][1:]} == {"ok"}


def test_checks_run_on_demand_as_a_job(doubtful: tuple[TestClient, Workbench]) -> None:
    client, bench = doubtful
    before = client.get("/api/v1/quality").json()["checked_at"]
    started = client.post("/api/v1/quality/run", headers={TOKEN_HEADER: bench.page_token})

    assert started.status_code == 202
    job = finished(client, started.json()["job_id"])
    assert (job["state"], job["kind"]) == ("done", "check")
    after = client.get("/api/v1/quality").json()
    assert after["checked_at"] >= before
    assert after["n_failed"] == 1


@pytest.mark.parametrize("tile", ["overview/kpis", "overview/trend", "overview/by_province", "metric/gmv_paid/figure"])
def test_what_is_built_on_a_failing_source_carries_its_mark_and_the_money(
    doubtful: tuple[TestClient, Workbench], tile: str
) -> None:
    client, _ = doubtful
    answer = client.get(f"/api/v1/tiles/{tile}").json()
    marks = [doubt for place in (answer, *answer.get("items", ())) for doubt in place.get("doubts") or ()]

    assert {(mark["check"], mark["money"], mark["href"]) for mark in marks} == {(CHECK, AMOUNT, "/data/quality")}
    # Every figure stands on orders, profit among them.
    assert all(item["doubts"] for item in answer.get("items", ()))


def test_days_and_stores_that_a_finding_is_not_about_are_unmarked(doubtful: tuple[TestClient, Workbench]) -> None:
    client, _ = doubtful

    def codes(**asked: str) -> list[str]:
        found = client.get("/api/v1/query", params={"metrics": "gmv_paid", **asked}).json()
        return [warning["code"] for warning in found["warnings"]]

    assert "source_failed" in codes()
    assert "source_failed" in codes(**{"from": "2026-09-02", "to": "2026-09-02"})
    assert "source_failed" not in codes(**{"from": "2026-09-03", "to": "2026-09-03"})
