"""Taobao's formats are known by their headers, in every width."""

from __future__ import annotations

import pytest
from tests.collect.loading.forms import FIFTY_FOUR, FORTY_ONE, ITEMS, REFUNDS, SEVEN, SIXTY_ONE, SUB_ORDERS

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.connectors.taobao import FORMATS
from zhanggui.collect.loading.recognise import (
    MapDoesNotFitError,
    UnknownFormatError,
    check_map,
    nearest,
    recognised,
)
from zhanggui.collect.loading.status import StatusWords
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.columns import INPUT_COLUMNS
from zhanggui.ledger.schema.vocabulary import ORDER_STATUS, REFUND_STATUS


def test_the_widths_are_what_they_are_called() -> None:
    assert [len(header) for header in (SIXTY_ONE, FIFTY_FOUR, FORTY_ONE, SEVEN, ITEMS)] == [61, 54, 41, 7, 10]


@pytest.mark.parametrize(
    ("header", "format_id"),
    [
        (SIXTY_ONE, "taobao.orders"),
        (FIFTY_FOUR, "taobao.orders"),
        (FORTY_ONE, "taobao.orders"),
        (SEVEN, "tmall.orders_7"),
        (ITEMS, "taobao.items"),
        ((*ITEMS, "创建时间"), "taobao.items"),
        (SUB_ORDERS, "taobao.sub_orders"),
        (REFUNDS, "taobao.refunds"),
    ],
)
def test_a_header_is_known_in_any_order_of_its_columns(header: tuple[str, ...], format_id: str) -> None:
    assert recognised(header, "a.csv").format_id == format_id
    assert recognised(header[::-1], "a.csv").format_id == format_id


def test_ours_are_registered_as_anyones_would_be() -> None:
    known = [layout.format_id for layout in known_formats()]

    assert all(layout.format_id in known for layout in FORMATS)


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_a_format_speaks_only_of_known_columns_and_statuses(layout: object) -> None:
    [known] = [found for found in FORMATS if found is layout]
    statuses = REFUND_STATUS if known.dataset == "refunds" else (*ORDER_STATUS, "closed")

    assert known.columns.keys() <= INPUT_COLUMNS.keys()
    assert all(known.dataset in INPUT_COLUMNS[name].tables for name in known.columns)
    assert set(known.status_words.values()) <= set(statuses)
    assert known.certainty[0] in "AB"


def test_every_status_word_is_found_with_full_width_punctuation_too() -> None:
    import pyarrow as pa

    words = StatusWords(FORMATS[0].status_words)
    written = ["买家已付款，等待卖家发货", "买家已付款,等待卖家发货 ", "交易成功", "没见过"]

    found = words.translated(pa.array(written), None)

    assert found.status.to_pylist() == ["paid", "paid", "completed", "unknown"]
    assert found.unknown_words == {"没见过": 1}


def test_a_header_that_lacks_a_column_is_answered_with_what_is_near() -> None:
    header = [name for name in SIXTY_ONE if name != "订单付款时间 "]

    with pytest.raises(UnknownFormatError) as caught:
        recognised(header, "a.csv")

    assert caught.value.near[0].layout.format_id == "taobao.orders"
    assert caught.value.near[0].missing == ("订单付款时间",)
    assert "订单付款时间" in caught.value.what
    assert nearest(["x"]) == []


def test_a_map_whose_columns_the_file_lacks_is_refused_with_both_lists() -> None:
    layout = layout_from(
        {"table": "orders", "columns": {"order_id": "单号", "created_at": "时间"}}, file="my.toml", name="my"
    )

    with pytest.raises(MapDoesNotFitError) as caught:
        check_map(layout, ["单号", "日期"], "a.csv")

    assert caught.value.missing == ("时间",)
    assert "日期" in caught.value.next_step
