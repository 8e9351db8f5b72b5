"""``/api/v1/finance``: the pages as answers, the workbook, targets and rates, and the way down to a cell."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import HOST, PORT
from tests.understand.finance.traded import write_shop

from zhanggui.app.application import create_app
from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.finance.answers import ANSWERS
from zhanggui.understand.finance.pages import PAGES as FINANCE

pytestmark = pytest.mark.slow

TILES = [(page.id, tile.id) for page in FINANCE for tile in page.tiles()]


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Serve the shop of :func:`write_shop`."""
    shop = Shop.open(write_shop(tmp_path_factory.mktemp("finance")))
    with shop.owner_lock(), open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
        bench = Workbench(shop, ledger)
        bench.start()
        yield bench
        bench.stop()


@pytest.fixture(scope="module")
def finance(traded: Workbench) -> TestClient:
    """Return a client that calls as the workbench's own pages do."""
    client = TestClient(create_app(traded, port=PORT), base_url=f"http://{HOST}", raise_server_exceptions=False)
    client.headers[TOKEN_HEADER] = traded.page_token
    return client


def values(found: dict[str, Any], key: str) -> list[float]:
    [line] = [line for line in found["lines"] if line["key"] == key]
    return list(line["values"])


@pytest.mark.parametrize("what", sorted(ANSWERS))
def test_every_answer_is_an_object_with_something_in_it(finance: TestClient, what: str) -> None:
    found = finance.get(f"/api/v1/finance/{what}")

    assert found.status_code == 200
    assert found.json()


def test_statement_follows_the_filters_of_the_query(finance: TestClient) -> None:
    whole = finance.get("/api/v1/finance/pnl").json()
    one = finance.get("/api/v1/finance/pnl", params={"shop": "乙店"}).json()
    cut = finance.get("/api/v1/finance/pnl", params={"from": "2026-10-01", "to": "2026-10-04"}).json()

    # 88 = 133 of 甲店 and 50 - 95 of 乙店; the first days of October hold 100 - 40 - 5 - 20.
    assert values(whole, "contribution_profit") == [60.0, 88.0]
    assert values(one, "contribution_profit") == [-45.0]
    assert values(cut, "contribution_profit") == [35.0]


@pytest.mark.parametrize(("lang", "name"), [("zh", "%E5%88%A9%E6%B6%A6%E8%A1%A8"), ("en", "profit_2026")])
def test_workbook_is_downloaded_under_its_name(finance: TestClient, lang: str, name: str) -> None:
    found = finance.get("/api/v1/finance/pnl.xlsx", params={"lang": lang, "by": "shop"})

    book = openpyxl.load_workbook(BytesIO(found.content), data_only=True)
    assert name in found.headers["content-disposition"]
    assert found.headers["content-type"].endswith("spreadsheetml.sheet")
    assert [60, 88, 148] in [[cell.value for cell in row[1:4]] for row in book.worksheets[0].iter_rows(min_row=5)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/finance/luck", 404),
        ("/api/v1/finance/pnl.csv", 422),
        ("/api/v1/finance/pnl.xlsx?lang=fr", 422),
        ("/api/v1/finance/pnl?from=soon", 400),
        ("/api/v1/finance/pnl?where=moon%3D1", 400),
    ],
)
def test_what_cannot_be_asked_is_a_problem_and_no_crash(finance: TestClient, path: str, status: int) -> None:
    found = finance.get(path)

    assert (found.status_code, "error" in found.json()) == (status, True), found.text


def test_target_is_kept_beside_others_and_null_takes_it_away(finance: TestClient) -> None:
    def kept(**targets: float | None) -> dict[str, Any]:
        body = {"month": "2026-10", "targets": targets}
        return dict(finance.post("/api/v1/finance/budget", json=body).json()["months"])

    assert kept(ad_spend=15.0, contribution_profit=100.0) == {
        "2026-10": {"ad_spend": 15.0, "contribution_profit": 100.0}
    }
    assert kept(ad_spend=None) == {"2026-10": {"contribution_profit": 100.0}}
    # 88.00 came by the seventh; targets of a store are its own.
    found = finance.get("/api/v1/finance/budget").json()
    [row] = [row for row in found["rows"] if row["account"] == "contribution_profit"]
    [cell] = [cell for cell in row["cells"] if cell["month"] == "2026-10"]
    assert (cell["target"], cell["actual"]) == (100.0, 88.0)
    one = finance.get("/api/v1/finance/budget", params={"shop": "乙店"}).json()
    assert {cell["target"] for row in one["rows"] for cell in row["cells"]} == {None}


@pytest.mark.parametrize(
    "body",
    [
        {"month": "2026-13", "targets": {"ad_spend": 1}},
        {"month": "2026-10", "targets": {"luck": 1}},
        {"month": "2026-10", "targets": {"ad_spend": -1}},
        {"month": "2026-10", "store": "丙店", "targets": {"ad_spend": 1}},
        {"month": "2026-10"},
    ],
)
def test_targets_that_are_none_are_refused(finance: TestClient, body: dict[str, Any]) -> None:
    found = finance.post("/api/v1/finance/budget", json=body)

    assert found.status_code in (400, 422)
    assert "error" in found.json()


def test_agreed_rates_are_kept_in_place_of_those_before(finance: TestClient) -> None:
    path = "/api/v1/finance/fee-rates"
    first = finance.post(path, json={"rates": {"taobao": 0.03, "jd": 0.05}}).json()
    second = finance.post(path, json={"rates": {"taobao": 0.04}}).json()
    refused = finance.post(path, json={"rates": {"taobao": 4}})

    assert (first, second) == ({"rates": {"taobao": 0.03, "jd": 0.05}}, {"rates": {"taobao": 0.04}})
    assert refused.status_code == 400
    assert finance.get(path).json() == second


@pytest.mark.parametrize(("page", "tile"), TILES)
def test_every_tile_of_the_room_answers(finance: TestClient, page: str, tile: str) -> None:
    found = finance.get(f"/api/v1/tiles/{page}/{tile}")

    assert found.status_code == 200, found.text


def test_number_of_the_statement_opens_down_to_the_cell_it_came_from(finance: TestClient) -> None:
    found = finance.get("/api/v1/tiles/pnl/statement").json()
    [line] = [line for line in found["lines"] if line["key"] == "refunded_only"]
    query = line["hrefs"][1].partition("?")[2]
    rows = finance.get(f"/api/v1/rows?metric=refunded_only&{query}").json()["rows"]
    [mine] = [row for row in rows if "A2" in row.values()]
    source = finance.get(f"/api/v1{mine['_href']}").json()

    # 50.00 of order A2 went back in October; its line stands in a file of order lines with 200.00.
    assert line["values"] == [0.0, -50.0]
    assert "200.00" in str(source)
    assert "A2" in str(source)
