"""Headers drift: what stays the same name is recognised, what is missing is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.loading.recognise import UnknownFormatError, recognised
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading.tables import normalise_header

FORMATS = known_formats()
OTHER_FORMS = {("douyin.orders_goods_amount", "douyin.orders")}
"""Forms that are another whole form of the same file when they lack what tells them apart."""
Header = list[str]


def whole(layout: Layout) -> Header:
    """Return every column that the format names, once."""
    optional = [headers[0] for headers in layout.columns.values()]
    optional += [header for headers in layout.added.values() for header in headers]
    return list(dict.fromkeys((*layout.required, *optional)))


def _shuffled(header: Sequence[str]) -> Header:
    return random.Random(7).sample(list(header), len(header))


SAME: Mapping[str, Callable[[Header], Header]] = {
    "as it is": lambda header: header,
    "in another order": _shuffled,
    "with full-width brackets": lambda header: [name.replace("(", "（").replace(")", "）") for name in header],
    "with blanks around": lambda header: [f" {name}\u3000" for name in header],
    "with a line end before brackets": lambda header: [name.replace("(", "\n(") for name in header],
    "with a byte order mark": lambda header: [f"\ufeff{header[0]}", *header[1:]],
    "wrapped as formulas": lambda header: [f'="{name}"' for name in header],
    "with 帐 for 账": lambda header: [name.replace("账", "帐") for name in header],
    "with 账 for 帐": lambda header: [name.replace("帐", "账") for name in header],
    "in other case": lambda header: [name.upper() for name in header],
    "with new columns": lambda header: ["新列一", *header, "新列二"],
    "with a column twice": lambda header: [*header, header[-1]],
    "with blank columns": lambda header: ["", *header, ""],
}


@pytest.mark.parametrize("drift", SAME)
@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_a_header_that_drifts_in_form_is_the_same_format(layout: Layout, drift: str) -> None:
    header = normalise_header(SAME[drift](whole(layout)))

    assert recognised(header, "a.csv") == layout
    assert layout.bound(header).keys() == layout.columns.keys()


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_a_header_with_what_the_format_cannot_do_without_is_enough(layout: Layout) -> None:
    assert recognised(normalise_header(layout.required), "a.csv") == layout


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_a_header_that_lost_columns_is_refused_and_says_which(layout: Layout) -> None:
    lost = layout.required[: min(2, len(layout.required) - 1)]
    header = normalise_header([name for name in whole(layout) if name not in lost])

    with pytest.raises(UnknownFormatError) as caught:
        recognised(header, "a.csv")

    [near] = [near for near in caught.value.near if near.layout == layout]
    assert near.missing == lost
    assert all(name in caught.value.what for name in lost)


def answer(cells: Header) -> Layout | UnknownFormatError:
    """Return the format that a header is recognised as, or why it is refused."""
    try:
        return recognised(normalise_header(cells), "a.csv")
    except UnknownFormatError as error:
        return error


@pytest.mark.parametrize("change", ["renamed", "missing"])
@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_a_header_with_one_needed_column_renamed_or_missing_is_refused_and_names_it(
    layout: Layout, change: str
) -> None:
    # What marks a template is its first column; without it the file is one like any other.
    for name in (name for name in layout.required if not name.startswith("掌柜模板")):
        instead = ["某列"] if change == "renamed" else []
        cells = [each for column in whole(layout) for each in (instead if column == name else [column])]

        found = answer(cells)

        if isinstance(found, Layout):
            assert (layout.format_id, found.format_id) in OTHER_FORMS
            continue
        [near] = [near for near in found.near if near.layout == layout]
        assert near.missing == (name,)
        assert name in found.what
