"""The map that is drafted for a file of no known format."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.collect.loading.shops import csv, till_at

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.loading.guessing import draft_of, guess_of_header
from zhanggui.collect.loading.recognise import UnknownFormatError, lacking, recognised
from zhanggui.collect.mapping.document import document_of, toml_of
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import normalise_header
from zhanggui.columns import FACTS

HEADER = ["订单号", "下单时间", "商品名称", "数量", "单价", "存放位置"]
FORMATS = [layout for layout in known_formats() if layout.is_platform]


def drafted(header: list[str]) -> str:
    return draft_of(guess_of_header(header), header)


def test_the_drafted_map_can_be_used_when_the_columns_are_usual() -> None:
    layout = layout_from(tomllib.loads(drafted(HEADER)), file="draft.toml", name="draft")

    assert layout.dataset == "order_lines"
    assert layout.bound(HEADER)["order_id"] == "订单号"
    assert '# "存放位置"' in drafted(HEADER)
    assert lacking(HEADER) == []


def test_each_column_of_a_draft_stands_with_its_score_and_reason() -> None:
    [line] = [line for line in drafted(HEADER).splitlines() if line.startswith("order_id")]

    assert line == 'order_id = "订单号"  # 0.81 commonly means: Order id'


def test_what_a_draft_lacks_stands_as_a_comment_to_fill_in() -> None:
    text = drafted(["订单号", "实付金额"])

    assert '# created_at = "?"  # needed: Order created at' in text


def test_a_drafted_map_survives_headers_with_quotes_and_line_ends() -> None:
    tomllib.loads(drafted(['a"b', "c\\d", "order_id", "e\nf", "g\x7fh"]))


def test_an_unknown_file_is_drafted_from_its_cells_too(tmp_path: Path) -> None:
    rows = [("A1", "13/09/2026 10:00", "甲", "9.90"), ("A2", "14/09/2026 10:00", "乙", "5.00")]
    with till_at(tmp_path) as till:
        report = till.load("mine.csv", csv(["No", "Order Date", "Who", "Total"], *rows))

    assert isinstance(report.error, UnknownFormatError)
    draft = tomllib.loads(report.draft_map or "")
    assert draft["options"] == {"date_format": "%d/%m/%Y %H:%M"}
    assert "zhanggui map FILE" in report.error.next_step


def whole(layout: Layout) -> tuple[str, ...]:
    """Return every column that a format names, once."""
    names = [*layout.required, *(headers[0] for headers in layout.columns.values())]
    names += [
        header for part in (layout.added, layout.subtracted, layout.joined) for each in part.values() for header in each
    ]
    names += [header for each in layout.extracted.values() for header, _ in each]
    names += [test.column for test in layout.negative_when.values()]
    return normalise_header(list(dict.fromkeys(names)))


@pytest.mark.parametrize("known", FORMATS, ids=lambda layout: layout.format_id)
def test_a_map_made_of_a_known_format_reads_its_files_alike(known: Layout) -> None:
    header = whole(known)

    document = tomllib.loads(toml_of(document_of(known, header)))
    made = layout_from(document, file="map.toml", name="map")

    assert made.dataset == known.dataset
    assert made.bound(header) == known.bound(header)
    for part in ("added", "subtracted", "joined"):
        bound = {
            name: found for name in getattr(known, part) if (found := _present(getattr(known, part)[name], header))
        }
        assert dict(getattr(made, part)) == bound
    assert dict(made.negative_when) == dict(known.negative_when)
    assert {name: dict(each) for name, each in made.words.items()} == {n: dict(w) for n, w in known.words.items()}
    assert known.status_words.items() <= made.status_words.items() or known.dataset in FACTS
    assert (made.unpaid_reasons, made.estimates_refunds) == (known.unpaid_reasons, known.estimates_refunds)


def _present(candidates: tuple[str, ...], header: tuple[str, ...]) -> tuple[str, ...]:
    names = normalise_header(list(candidates))
    return tuple(name for name in names if name in header)


def test_a_header_that_drifted_is_refused_with_the_format_to_start_from() -> None:
    known = next(layout for layout in FORMATS if layout.format_id == "taobao.orders")
    header = tuple(name for name in whole(known) if name != "订单付款时间")

    with pytest.raises(UnknownFormatError) as caught:
        recognised(header, "a.csv")

    near = caught.value.to_json()["error"]["near"]
    assert near[0] == {  # type: ignore[index]  # a list of formats
        "format": "taobao.orders",
        "title": {"zh": "淘宝/天猫订单报表", "en": "Taobao/Tmall order report"},
        "missing": ["订单付款时间"],
    }
    document = document_of(caught.value.near[0].layout, header)
    assert "paid_at" not in document["columns"]
    assert document["columns"]["order_amount"] == "总金额"
