from __future__ import annotations

import json
import re
from pathlib import Path
from random import sample

import pytest
from fastapi.testclient import TestClient
from tests.app.conftest import finished, order_file
from tests.lengths import IS_LONG

from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.workbench import Workbench
from zhanggui.metrics import CATALOGUE, Question, answer
from zhanggui.metrics.marks import tables_of
from zhanggui.pagespec import COLUMNS, PageSpec
from zhanggui.rooms import PAGES, ROOMS

TILES = [(page.id, tile.id, tile.source) for page in PAGES for tile in page.tiles()]


def test_every_answer_is_an_object(client: TestClient) -> None:
    description = (Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8")
    paths = [
        path
        for path, does in json.loads(description)["paths"].items()
        if "{" not in path
        and all(
            "application/json" in each["responses"]["200"]["content"]
            for each in does.values()
            if "200" in each["responses"]
        )
    ]

    for path in paths:
        found = client.get(path, params={"metrics": "gmv_paid", "metric": "gmv_paid"})
        assert isinstance(found.json(), dict), path


def test_query_gives_the_same_number_as_the_metrics_room(client: TestClient, bench: Workbench) -> None:
    found = client.get("/api/v1/query", params={"metrics": "gmv_paid,orders_paid", "by": "province"}).json()

    expected = answer(bench.ledger, Question(metrics=("gmv_paid", "orders_paid"), by=("province",))).to_json()
    assert found["rows"] == expected["rows"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/query?metrics=nothing", 404, "unknown_metric"),
        ("/api/v1/query?metrics=gmv_paid&from=soon", 400, "bad_choice"),
        # The days around such a one cannot be computed.
        ("/api/v1/metrics/tree?from=0001-01-01&to=2026-09-01", 400, "bad_choice"),
        ("/api/v1/customers/rfm?from=2026-08-01&to=9999-12-31", 400, "bad_choice"),
        ("/api/v1/query?metrics=gmv_paid&by=moon", 400, "unknown_dimension"),
        ("/api/v1/query?metrics=gmv_paid&from=2026-09-02&to=2026-09-01", 400, "backward_period"),
        ("/api/v1/query", 400, "empty_question"),
        ("/api/v1/metrics/nothing", 404, "unknown_metric"),
        ("/api/v1/pages/nothing", 404, "not_found"),
        ("/api/v1/tiles/overview/nothing", 404, "not_found"),
        ("/api/v1/tiles/metric/nothing/figure", 404, "unknown_metric"),
        ("/api/v1/rows", 422, "bad_request"),
        ("/api/v1/rows?metric=gmv_paid&page=0", 400, "bad_choice"),
        ("/api/v1/source/999/1", 404, "unknown_batch"),
        ("/api/v1/source/1/999999", 404, "source_row_missing"),
        ("/api/v1/source/one/1", 422, "bad_request"),
        ("/api/v1/jobs/999999", 404, "unknown_job"),
        ("/api/v1/nothing", 404, "not_found"),
    ],
)
def test_wrong_request_is_answered_in_the_one_shape(client: TestClient, path: str, status: int, code: str) -> None:
    found = client.get(path)

    assert found.status_code == status
    assert set(found.json()["error"]) >= {"code", "what", "where", "next"}
    assert found.json()["error"]["code"] == code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_tiles_of_a_row_fit_beside_each_other(page: PageSpec) -> None:
    assert all(sum(tile.span for tile in row.tiles) <= COLUMNS for row in page.rows)
    assert len({tile.id for tile in page.tiles()}) == len(list(page.tiles()))


METRICS = tuple({(metric.kind, tables_of(metric)): name for name, metric in CATALOGUE.items()}.values())
"""One metric of every kind over the same tables; the short form draws a dozen of them."""
KINDS = tuple({metric.kind: name for name, metric in CATALOGUE.items()}.values())
"""One metric of every kind: filters do not ask which tables a metric is over."""


@pytest.mark.parametrize(("page", "tile", "source"), TILES, ids=lambda part: str(part))
@pytest.mark.parametrize("filters", ["", "from=2026-08-01&to=2026-08-03&compare=previous&platform=taobao"])
def test_every_tile_has_data(client: TestClient, page: str, tile: str, source: str, filters: str) -> None:
    # Nothing is loaded by asking; the tiles of one alert and of one trial have tests of their own, with such.
    if source == "/api/v1/load" or "{id}" in source or page == "trial":
        return
    several = KINDS if filters else METRICS if IS_LONG else sample(METRICS, 12)
    # A page about one customer, product or place answers for a name that it does not know.
    names = several if page == "metric" else ("nothing",)

    for name in names:
        path = source.replace("{name}", name)
        found = client.get(f"{path}{'&' if '?' in path else '?'}{filters}")
        assert found.status_code == 200, (page, tile, name, found.text)


def test_rooms_without_a_page_say_what_would_fill_them(client: TestClient) -> None:
    nav = client.get("/api/v1/meta").json()["nav"]

    paths = {page.path for page in PAGES}
    assert [room["has_data"] for room in nav] == [room.path in paths for room in ROOMS]
    assert all(room["needs"] for room in nav if not room["has_data"])


def test_every_text_of_the_pages_is_in_both_languages(client: TestClient) -> None:
    texts = re.findall(r'"zh":"((?:[^"\\]|\\.)*)","en":"((?:[^"\\]|\\.)*)"', client.get("/api/v1/pages").text)

    assert len(texts) > 20
    assert [
        pair for pair in texts if not re.search(r"[\u4e00-\u9fff]", pair[0]) or re.search(r"[\u4e00-\u9fff]", pair[1])
    ] == []


def test_source_cell_is_masked_and_names_its_ledger_column(client: TestClient) -> None:
    # Other tests load files of other platforms.
    row = client.get("/api/v1/rows", params={"metric": "gmv_paid", "platform": "taobao"}).json()["rows"][0]
    found = client.get(f"/api/v1{row['_href']}").json()

    cells = {cell["header"].strip(): cell for cell in found["cells"]}
    assert cells["订单编号"]["column"] == "order_id"
    assert cells["收货地址"]["value"].endswith("***")


def test_uploaded_file_is_loaded_and_its_mistake_corrected(
    client: TestClient, token: dict[str, str], tmp_path: Path
) -> None:
    # Other tests upload files of the same name.
    before = {row["id"] for row in client.get("/api/v1/quarantine").json()["rows"]}
    path = order_file(tmp_path, "上传的店", 3_900_000_000_000_000_001)
    with path.open("rb") as file:
        started = client.post("/api/v1/load", files={"files": (path.name, file)}, headers=token)
    assert started.status_code == 202
    job = finished(client, started.json()["job_id"])
    result = job["result"]
    assert isinstance(result, dict)
    entry = result["files"][0]
    assert (entry["file"], entry["store"]) == (path.name, "上传的店")
    assert (entry["received"], entry["accepted"], entry["quarantined"]) == (3, 2, 1)

    waiting = [row for row in client.get("/api/v1/quarantine").json()["rows"] if row["id"] not in before]
    assert [row["column"] for row in waiting] == ["总金额"]
    assert "O" in waiting[0]["value"]

    fixes = {"fixes": [{"id": waiting[0]["id"], "values": {"总金额": "168.00"}}]}
    replayed = finished(client, client.post("/api/v1/quarantine/replay", json=fixes, headers=token).json()["job_id"])
    assert replayed["state"] == "done"
    gone = {row["id"] for row in client.get("/api/v1/quarantine").json()["rows"]}
    assert waiting[0]["id"] not in gone
    found = client.get("/api/v1/query", params={"metrics": "orders_paid", "where": "shop=上传的店"}).json()
    assert found["rows"] == [{"orders_paid": 3}]


def test_nothing_of_an_upload_stays_in_the_shop_s_tmp(
    client: TestClient, bench: Workbench, token: dict[str, str], tmp_path: Path
) -> None:
    path = order_file(tmp_path, "临时的店", 3_900_000_000_000_001_001)
    # Uploads of other tests may still wait for their turn.
    before = set(bench.shop.tmp.glob("upload-*"))
    with path.open("rb") as file:
        started = client.post("/api/v1/load", files={"files": (path.name, file)}, headers=token)
    finished(client, started.json()["job_id"])

    assert set(bench.shop.tmp.glob("upload-*")) <= before


def test_unknown_file_is_answered_with_a_map_to_complete(client: TestClient, token: dict[str, str]) -> None:
    started = client.post("/api/v1/load", files={"files": ("x.csv", b"Invoice,When\n1,2020-01-01\n")}, headers=token)
    job = finished(client, started.json()["job_id"])

    assert job["state"] == "failed"
    error = job["error"]
    assert isinstance(error, dict)
    assert error["code"] == "unknown_format"
    assert "[columns]" in error["map"]


def test_file_without_a_store_asks_which(client: TestClient, token: dict[str, str]) -> None:
    header = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码"
    content = f"{header}\n3900000000000009001,茶,1.00,1,A,,,,交易成功,B\n".encode("gb18030")
    started = client.post("/api/v1/load", files={"files": ("ExportOrderDetailList1.csv", content)}, headers=token)
    error = finished(client, started.json()["job_id"])["error"]

    assert isinstance(error, dict)
    assert error["code"] == "store_ambiguous"
    assert {choice["name"] for choice in error["choices"]} >= {"青禾茶事旗舰店", "青禾家居专营店"}


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("application/json", b"{}", "upload_broken"),
        ("multipart/form-data", b"", "upload_broken"),
        ("multipart/form-data; boundary=x", b"nonsense", "upload_broken"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
            "upload_broken",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
            "bad_request",
        ),
    ],
)
def test_broken_upload_is_refused(
    client: TestClient, token: dict[str, str], content_type: str, body: bytes, code: str
) -> None:
    found = client.post("/api/v1/load", content=body, headers={**token, "Content-Type": content_type})

    assert (found.status_code, found.json()["error"]["code"]) == (400, code)


def test_browser_may_not_name_files_of_the_machine(
    client: TestClient, bench: Workbench, token: dict[str, str], tmp_path: Path
) -> None:
    asked = {"paths": [str(tmp_path / "none.csv")]}

    assert client.post("/api/v1/load/paths", json=asked, headers=token).json()["error"]["code"] == "not_owner"
    own = client.post("/api/v1/load/paths", json=asked, headers={TOKEN_HEADER: bench.owner_token})
    assert own.status_code == 202


@pytest.mark.parametrize("rates", [{"茶": 1.5}, {"茶": -0.1}, {"茶": "much"}, []])
def test_cost_rate_outside_zero_to_one_is_refused(client: TestClient, token: dict[str, str], rates: object) -> None:
    assert client.post("/api/v1/costs", json=rates, headers=token).status_code == 422


def test_ledger_keeps_its_promises(client: TestClient) -> None:
    assert [each for each in client.get("/api/v1/checks").json()["checks"] if each["n_violations"]] == []


def test_what_belongs_to_the_whole_company_is_no_choice_of_a_filter(client: TestClient, bench: Workbench) -> None:
    bench.shop.stores.add_store("company", "公司", tz="Asia/Shanghai", currency="CNY", is_provisional=False)

    dimensions = client.get("/api/v1/meta").json()["dimensions"]

    assert dimensions["shop"]
    assert "公司" not in {choice["value"] for choice in dimensions["shop"]}
    assert "company" not in {choice["value"] for choice in dimensions["platform"]}
