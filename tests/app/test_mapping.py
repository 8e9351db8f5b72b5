"""The mapper over HTTP: a file waits, is looked at, mapped, kept and loaded."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from tests.app.conftest import finished

from zhanggui.app.workbench import Workbench

Json = dict[str, Any]
HEADER = ["单号", "拍下日期", "收件手机", "状况", "订单总价(元)", "付款日期"]
ROWS = [
    ["M1", "2026-09-01 10:00:00", "13800138000", "已完成", "9.90", "2026-09-01 10:01:00"],
    ["M2", "2026-09-02 10:00:00", "13900139000", "出仓中", "5.O0", "2026-09-02 10:01:00"],
]


def workbook(*sheets: tuple[str, list[list[str]]]) -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return data.getvalue()


@pytest.fixture
def put(client: TestClient, token: dict[str, str]) -> Any:
    """Return a function that puts a file in to be mapped and gives its number."""

    def put_in(data: bytes, name: str = "自建站.xlsx") -> int:
        answer = client.post("/api/v1/mapping/files", files={"files": (name, data)}, headers=token)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    return put_in


def posted(client: TestClient, token: dict[str, str], path: str, body: Json, status: int = 200) -> Json:
    answer = client.post(f"/api/v1/mapping/{path}", json=body, headers=token)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def test_an_unknown_upload_waits_with_what_it_seems_to_be(
    client: TestClient, bench: Workbench, token: dict[str, str]
) -> None:
    data = workbook(("明细", [HEADER, *ROWS]))
    started = client.post("/api/v1/load", files={"files": ("不认识.xlsx", data)}, headers=token)
    error = finished(client, started.json()["job_id"])["error"]
    assert isinstance(error, dict)
    number = error["waiting"]

    assert error["code"] == "unknown_format"
    assert {each["id"] for each in client.get("/api/v1/mapping").json()["files"]} >= {number}
    found = client.get(f"/api/v1/mapping/files/{number}").json()
    assert found["document"]["table"] == "orders"
    assert found["document"]["columns"]["order_amount"] == "订单总价(元)"
    assert "13800138000" not in json.dumps(found)
    # The bytes lie encrypted in the raw store until the file is loaded or put away.
    raw_id = bench.shop.waiting.get(number).raw_id
    assert bench.shop.raw.path(raw_id).is_file()
    posted(client, token, f"files/{number}/discard", {})
    assert not bench.shop.raw.path(raw_id).exists()
    assert client.get(f"/api/v1/mapping/files/{number}").status_code == 404


def test_a_preview_shows_typed_rows_faults_totals_and_words(
    client: TestClient, token: dict[str, str], put: Any
) -> None:
    number = put(workbook(("明细", [HEADER, *ROWS])))
    document = client.get(f"/api/v1/mapping/files/{number}").json()["document"]
    quick = posted(client, token, f"files/{number}/preview", {"document": document})
    whole = posted(client, token, f"files/{number}/preview", {"document": document, "whole": True})

    assert (quick["is_whole"], quick["n_rows"], quick["n_good"], quick["n_apart"]) == (True, 2, 1, 1)
    assert {**quick, "is_whole": None} == {**whole, "is_whole": None}
    [fault] = quick["faults"]
    assert (fault["name"], fault["header"], fault["n_cells"], fault["rows"]) == ("order_amount", "订单总价(元)", 1, [3])
    assert (quick["file_total"], quick["headline"]["zh"]) == (9.9, "订单金额")
    [words] = quick["words"]
    assert [(word["word"], word["meaning"]) for word in words["words"]] == [("已完成", "completed"), ("出仓中", None)]
    assert "13900139000" not in json.dumps(quick)
    posted(client, token, f"files/{number}/discard", {})


def test_a_mapped_file_is_loaded_kept_and_its_header_known_afterwards(
    client: TestClient, token: dict[str, str], put: Any
) -> None:
    # Other tests of this server look at the same header without a word more.
    header = [*HEADER, "附言"]
    rows = [[*ROWS[0], ""], [*ROWS[1][:4], "5.00", ROWS[1][5], "快点"]]
    number = put(workbook(("明细", [header, *rows])))
    document = client.get(f"/api/v1/mapping/files/{number}").json()["document"]
    document |= {"status": {"出仓中": "shipped"}, "constants": {"platform": "own_site", "shop": "映射的店"}}
    started = posted(client, token, f"files/{number}/load", {"document": document, "name": "自建站"}, 202)
    job = finished(client, started["job_id"])

    assert job["state"] == "done"
    asked = {"metrics": "orders_paid", "where": "shop=映射的店"}
    assert client.get("/api/v1/query", params=asked).json()["rows"] == [{"orders_paid": 2}]
    assert number not in {each["id"] for each in client.get("/api/v1/mapping").json()["files"]}
    again = workbook(("十月", [header[::-1], ["", "2026-10-01", "7.00", "已完成", "", "2026-10-01", "M3"]]))
    loaded = client.post("/api/v1/load", files={"files": ("十月.xlsx", again)}, headers=token)
    result = finished(client, loaded.json()["job_id"])["result"]
    assert isinstance(result, dict)
    assert result["files"][0]["title"]["zh"] == "按已保存的映射“自建站”读取的文件"
    assert client.get("/api/v1/query", params=asked).json()["rows"] == [{"orders_paid": 3}]


def test_saved_maps_are_renamed_deleted_and_brought_back(client: TestClient, token: dict[str, str], put: Any) -> None:
    header = ["单号甲", "下单时间", "订单金额"]
    number = put(workbook(("明细", [header, ["1", "2026-09-01", "5"]])), "三列.xlsx")
    document = {
        "table": "orders",
        "columns": dict(zip(("order_id", "created_at", "order_amount"), header, strict=True)),
    }
    saved = posted(client, token, f"files/{number}/map", {"document": document, "name": "三列"}, 201)
    assert (saved["name"], saved["table"], saved["n_columns"]) == ("三列", "orders", 3)
    assert client.get(f"/api/v1/mapping/files/{number}").json()["saved_as"] == "三列"

    def names(answer: Json) -> set[str]:
        return {each["name"] for each in answer["maps"]}

    assert "三列 新" in names(posted(client, token, "maps/三列/rename", {"name": "三列 新"}))
    assert "三列 新" not in names(posted(client, token, "maps/三列 新/delete", {}))
    assert "三列 新" in names(posted(client, token, "maps/undo", {}))
    posted(client, token, "maps/三列 新/delete", {})
    posted(client, token, f"files/{number}/discard", {})


def test_the_sheet_that_is_mapped_is_the_one_that_is_loaded(
    client: TestClient, token: dict[str, str], put: Any
) -> None:
    header = ["No", "Order Date", "Total"]
    draft = [header, ["S1", "2026-09-01", "1.00"]]
    final = [header, ["S1", "2026-09-01", "8.00"]]
    number = put(workbook(("说明", [["本表", "说明"], ["甲", "乙"]]), ("草稿", draft), ("定稿", final)), "两张.xlsx")
    sheets = client.get(f"/api/v1/mapping/files/{number}").json()["sheets"]
    assert [sheet["sheet"] for sheet in sheets] == ["说明", "草稿", "定稿"]
    found = posted(client, token, f"files/{number}/read", {"source_table": "定稿"})
    assert found["reading"]["sheet"] == "定稿"
    document = {**found["document"], "constants": {"platform": "own_site", "shop": "定稿店"}}
    assert document["options"]["sheet"] == "定稿"
    started = posted(client, token, f"files/{number}/load", {"document": document, "source_table": "定稿"}, 202)

    assert finished(client, started["job_id"])["state"] == "done"
    asked = {"metrics": "gmv_created", "where": "shop=定稿店"}
    assert client.get("/api/v1/query", params=asked).json()["rows"] == [{"gmv_created": 8.0}]


def test_another_reading_and_another_table_are_answered(client: TestClient, token: dict[str, str], put: Any) -> None:
    data = "Report;;\nNo;When;City\n1;2026-09-01;J\xf6rg\n".encode("cp1252")
    number = put(data, "west.csv")
    found = posted(
        client,
        token,
        f"files/{number}/read",
        {"encoding": "cp1252", "delimiter": ";", "header_row": 2, "table": "customers"},
    )

    assert [column["header"] for column in found["columns"]] == ["No", "When", "City"]
    assert (found["document"]["table"], found["reading"]["header_row"]) == ("customers", 2)
    assert found["columns"][2]["samples"] == ["Jörg"]
    assert found["targets"][0]["name"] == "buyer_id"
    posted(client, token, f"files/{number}/discard", {})


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("files/999999/preview", {"document": {}}, 404, "unknown_waiting_file"),
        ("files/999999/load", {"document": {"table": "orders"}}, 404, "unknown_waiting_file"),
        ("files/999999/discard", {}, 404, "unknown_waiting_file"),
        ("maps/none/delete", {}, 404, "unknown_map"),
        ("maps/none/rename", {"name": "x"}, 404, "unknown_map"),
        ("files/{file}/load", {"document": {"table": "orders", "columns": {}}}, 400, "map_invalid"),
        ("files/{file}/load", {"document": {"table": "moon"}}, 400, "map_invalid"),
        ("files/{file}/map", {"document": {"table": "orders"}, "name": "x"}, 400, "map_invalid"),
        ("files/{file}/read", {"start": "map:none"}, 404, "unknown_map"),
        ("files/{file}/read", {"header_row": 0}, 422, "bad_request"),
        ("files/{file}/read", {"source_table": "none"}, 400, "unknown_sheet"),
        ("files/{file}/preview", {"map": {}}, 422, "bad_request"),
    ],
)
def test_a_wrong_request_is_answered_in_the_one_shape(
    client: TestClient, token: dict[str, str], put: Any, path: str, body: Json, status: int, code: str
) -> None:
    number = put(b"No,When\n1,2026-09-01\n", "wrong.csv") if "{file}" in path else 0
    answer = client.post(f"/api/v1/mapping/{path.format(file=number)}", json=body, headers=token)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    if number:
        posted(client, token, f"files/{number}/discard", {})


@pytest.mark.parametrize(
    "document",
    [
        {"table": "orders", "columns": {"order_id": "None"}},
        {"table": "orders", "columns": {"order_id": 7}},
        {"table": "orders", "options": {"date_format": "%d", "timezone": "Mars"}},
        {"table": "orders", "constants": {"currency": "ZZZ"}},
        {"columns": {}},
    ],
)
def test_a_map_that_cannot_be_used_says_why_in_its_preview(
    client: TestClient, token: dict[str, str], put: Any, document: Json
) -> None:
    number = put(b"No,When\n1,2026-09-01\n", "odd.csv")
    found = posted(client, token, f"files/{number}/preview", {"document": document})

    assert found["problem"]["what"]
    assert found["rows"] == []
    posted(client, token, f"files/{number}/discard", {})


def test_one_file_is_mapped_at_a_time(client: TestClient, token: dict[str, str]) -> None:
    two = [("files", ("a.csv", b"a\n1\n")), ("files", ("b.csv", b"b\n1\n"))]
    answer = client.post("/api/v1/mapping/files", files=two, headers=token)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_a_newer_look_ends_an_older_one(bench: Workbench) -> None:
    from zhanggui.app.looks import LookReplacedError

    older = bench.looks.begin(1)
    other = bench.looks.begin(2)
    newer = bench.looks.begin(1)

    with pytest.raises(LookReplacedError):
        older(10)
    newer(10)
    other(10)
