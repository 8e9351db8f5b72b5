"""A user's map: what it may say, and how each mistake is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from zhanggui.collect.mapping import Layout, read_map
from zhanggui.collect.mapping.map_file import SECTIONS, USER_OPTIONS, layout_from
from zhanggui.collect.mapping.problems import MapError

ORDERS = {"order_id": "Invoice", "created_at": "Date"}

MOVES: dict[str, Any] = {
    "table": "stock_movements",
    "columns": {
        "occurred_at": "时间",
        "warehouse": "仓",
        "internal_sku": "码",
        "quantity": "数",
        "movement_reason": "因",
    },
}


def made(**sections: Any) -> Layout:
    return layout_from({"table": "orders", "columns": ORDERS, **sections}, file="my.toml", name="my")


def test_a_map_names_its_table_columns_and_constants(tmp_path: Path) -> None:
    path = tmp_path / "wholesale.toml"
    path.write_text(
        'table = "order_lines"\n[options]\ntimezone = "Europe/London"\norders_complete = true\n'
        '[columns]\norder_id = "Invoice"\ncreated_at = "Date"\nproduct_id = ["Code", "StockCode"]\nquantity = "Qty"\n'
        '[constants]\nplatform = "own_site"\nshop = "官网"\n',
        encoding="utf-8-sig",  # As Notepad writes it.
    )

    found = read_map(path)

    assert (found.format_id, found.dataset, found.platform) == ("map:wholesale", "order_lines", "own_site")
    assert found.columns["product_id"] == ("Code", "StockCode")
    assert (found.options.timezone, found.options.orders_complete) == ("Europe/London", True)
    assert not found.is_platform
    assert found.options.rounds_excess_digits


def test_one_source_column_may_feed_several_names() -> None:
    found = made(columns={**ORDERS, "paid_at": "Date"}).bound(["Invoice", "Date"])

    assert (found["created_at"], found["paid_at"]) == ("Date", "Date")


def test_headers_are_compared_without_blanks_and_widths() -> None:
    found = made(columns={**ORDERS, "order_amount": "金额(元)"}).bound(["Invoice ", "Date", "金额（元）"])

    assert found["order_amount"] == "金额（元）"


@pytest.mark.parametrize(
    ("sections", "key", "says"),
    [
        ({"table": "invoices"}, "table", "orders"),
        ({"columnz": {}}, "columnz", "columns"),
        ({"columns": {**ORDERS, "order_amout": "Sum"}}, "columns.order_amout", "order_amount"),
        ({"columns": {**ORDERS, "refund_id": "R"}}, "columns.refund_id", "not taken by"),
        ({"columns": {**ORDERS, "order_amount": 7}}, "columns.order_amount", "HEADER"),
        ({"columns": {"order_id": "Invoice"}}, "columns", "created_at"),
        ({"constants": {"platform": "ebay"}}, "constants.platform", "own_site"),
        ({"constants": {"currency": 7}}, "constants.currency", "currency"),
        ({"constants": {"platfrm": "tmall"}}, "constants.platfrm", "platform"),
        ({"options": {"delimitr": ";"}}, "options.delimitr", "delimiter"),
        ({"options": {"header_row": True}}, "options.header_row", "mend"),
        ({"options": {"paid": "some"}}, "options.paid", "all"),
        ({"options": {"negative_quantity": "drop"}}, "options.negative_quantity", "refund"),
        ({"options": {"refund_when": {"column": "Invoice"}}}, "options.refund_when", "starts_with"),
        ({"options": {"refund_when": {"starts_with": "C"}}}, "options.refund_when", "column"),
        ({"options": {"refund_when": {"column": "I", "begins": "C"}}}, "options.refund_when.begins", "starts_with"),
        ({"classify": [{"kind": "theft", "when": {"column": "I", "equals": "C"}}]}, "classify.kind", "stock"),
        ({"classify": [{"kind": "stock"}]}, "classify.when", "when"),
        ({"status": {"出库": "gone"}}, "status.出库", "shipped"),
        ({"status": {"出库": "requested"}}, "status.出库", "shipped"),
        ({"words": {"status": {"出库": "shipped"}}}, "words.status", "[status]"),
        ({**MOVES, "words": {"movement_reson": {}}}, "words.movement_reson", "movement_reason"),
        ({**MOVES, "words": {"warehouse": {"一号": "1"}}}, "words.warehouse", "movement_reason"),
        ({**MOVES, "words": {"movement_reason": "sale"}}, "words.movement_reason", "[words.movement_reason]"),
        ({**MOVES, "words": {"movement_reason": {"卖": "sold"}}}, "words.movement_reason.卖", "sale"),
    ],
)
def test_a_mistake_is_named_with_its_file_key_and_remedy(sections: dict[str, Any], key: str, says: str) -> None:
    with pytest.raises(MapError) as caught:
        made(**sections)

    assert caught.value.exit_code == 2
    assert caught.value.where == f"my.toml, key {key}"
    assert says in f"{caught.value.what} {caught.value.next_step}"


@pytest.mark.parametrize(("text", "says"), [("table = orders", "TOML"), (b"\xff\xfe\x00", "TOML")])
def test_a_file_that_is_no_toml_says_so(tmp_path: Path, text: str | bytes, says: str) -> None:
    path = tmp_path / "my.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(MapError, match=says):
        read_map(path)


def test_a_map_that_does_not_exist_says_so(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="does not exist"):
        read_map(tmp_path / "none.toml")


def test_words_of_the_map_come_before_the_known_ones() -> None:
    found = made(status={"已完成": "delivered", "Gone Out": "shipped"}).status_words

    assert (found["已完成"], found["gone out"], found["待付款"]) == ("delivered", "shipped", "pending_payment")


def test_words_of_a_closed_set_are_kept_by_their_column() -> None:
    found = made(**MOVES, words={"movement_reason": {"卖出": "sale", "退回": "return"}}).words

    assert {name: dict(words) for name, words in found.items()} == {
        "movement_reason": {"卖出": "sale", "退回": "return"}
    }


def test_equal_columns_are_one_layout_and_others_another() -> None:
    one, two = made(), made(name="other")

    assert one.layout_id({"order_id", "created_at"}) == one.layout_id(["created_at", "order_id"])
    assert one.layout_id({"order_id"}) != one.layout_id({"order_id", "created_at"})
    assert one.layout_id({"order_id"}) != two.layout_id({"order_id"})


@pytest.mark.parametrize("name", ["online_retail_ii", "complete_journey"])
def test_the_example_maps_can_be_read(name: str) -> None:
    found = read_map(Path(__file__).parents[3] / "examples" / "maps" / f"{name}.toml")

    assert found.dataset == "order_lines"
    assert found.constants["shop"]


def test_the_maps_that_the_documentation_shows_can_be_used() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how_to" / "map_a_file.md").read_text("utf-8")
    shown = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]
    whole = [document for document in shown if "table" in document and "columns" in document]

    assert len(whole) >= 2
    for document in whole:
        assert layout_from(document, file="map.toml", name="shown").columns


def test_the_documentation_names_every_section_and_option_of_a_map() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how_to" / "map_a_file.md").read_text("utf-8")

    missing = [name for name in (*SECTIONS, *USER_OPTIONS) if f"`{name}`" not in page and f"[{name}]" not in page]
    assert missing == []
