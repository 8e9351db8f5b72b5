"""The page that compares the world with real data: its figures are those of this code, and measured as it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.realism.measures import gaps, gini, repeat_share, top_share, zipf_exponent
from benchmarks.realism.money import money
from benchmarks.realism.page import measured_at
from benchmarks.realism.sources import SIMULATED, Sales, Simulated, of_days
from benchmarks.realism.tables import baskets, clock, concentration, order_values, refunds

from zhanggui.simulate.options import Options

if TYPE_CHECKING:
    from tests.simulate.conftest import Lived

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "concepts" / "realism.md"


@pytest.fixture(scope="module")
def measured(lived: Lived) -> Simulated:
    return of_days(list(lived.days))


def simulated_figure(label: str, nth: int = 0) -> float:
    """The first figure of the page's nth row with this label, a share where it is given in percent."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {label} |")]
    return figure(rows[nth].split("|")[2])


def figure(text: str) -> float:
    cell = text.strip().replace(",", "")
    return float(cell.removesuffix("%")) / 100 if cell.endswith("%") else float(cell)


def test_the_page_says_which_shop_was_measured_and_that_is_the_one_made_by_default() -> None:
    assert measured_at() in PAGE.read_text(encoding="utf-8")
    assert Options() == SIMULATED


def test_another_shop_of_this_code_has_the_shapes_that_the_page_shows(measured: Simulated) -> None:
    # Another seed, a third of the days and a third of the orders: the shapes stay, the sizes do not.
    found = dict(order_values({"here": measured.sales}) + baskets({"here": measured.sales}))
    found |= dict(concentration({"here": measured.sales}) + clock({"here": measured.ordering}))
    found |= dict(refunds({"here": measured.ordering}))
    within = {
        "10% quantile": 0.1,
        "25% quantile": 0.12,
        "75% quantile": 0.25,
        "different goods, mean": 0.1,
        "orders of a single good": 0.06,
        "goods: Gini of pieces": 0.1,
        "customers: Gini of spending": 0.08,
        "20:00 to 24:00": 0.04,
        "09:00 to 12:00": 0.04,
        "orders that are paid": 0.06,
        "money refunded, of money paid": 0.05,
    }

    apart = {label: abs(figure(found[label][0]) - simulated_figure(label)) for label in within}

    assert {label: (by, within[label]) for label, by in apart.items() if by > within[label]} == {}


def test_every_picture_of_the_page_is_there_and_names_no_day(tmp_path: Path) -> None:
    pictures = sorted((ROOT / "docs" / "images" / "realism").glob("*.svg"))
    page = PAGE.read_text(encoding="utf-8")

    assert len(pictures) == 5
    for picture in pictures:
        assert f"](../images/realism/{picture.name})" in page
        assert "<dc:date>" not in picture.read_text(encoding="utf-8")
        assert picture.stat().st_size < 150_000


def sales(who: list[int], day: list[int]) -> Sales:
    ones = np.ones(len(who), np.int64)
    return Sales(np.array(who), np.array(day), ones, ones, ones.astype(np.float64), np.array([3, 2, 1]))


def test_a_purchase_counts_as_repeated_only_when_its_window_has_been_seen() -> None:
    # Customer 1 buys on days 0, 10 and 50, customer 2 on day 45. Only days up to 20 have 30 days ahead of them:
    # day 0 is followed after 10 days, day 10 only after 40.
    found = sales([1, 1, 1, 2], [0, 10, 50, 45])

    assert repeat_share(found, 30) == 0.5
    assert gaps(found).tolist() == [10, 40]


WHOLE = ("refunded", "cost of goods kept by buyers", "traffic: ads, creators, content", "fees of the platform",
         "parcels", "left, before staff and rent")  # fmt: skip


def test_where_the_money_goes_adds_up_to_what_buyers_paid_but_for_subsidies(lived: Lived) -> None:
    names, rows = money(lived.world)

    shares = dict(rows)
    assert names[-1] == "all"
    for column in range(len(names)):
        assert sum(figure(shares[label][column]) for label in WHOLE) == pytest.approx(1.0, abs=0.05)


def test_the_page_shows_stores_that_live_of_what_they_sell() -> None:
    parts = {label: simulated_figure(label, 0) for label in WHOLE}

    assert sum(parts.values()) == pytest.approx(1.0, abs=0.05)
    assert 0.05 < parts["left, before staff and rent"] < 0.3
    assert 0.05 < parts["traffic: ads, creators, content"] < 0.25


def test_two_orders_of_one_day_are_one_purchase() -> None:
    assert gaps(sales([1, 1, 1], [3, 3, 9])).tolist() == [6]


def test_an_equal_split_has_no_gini_and_one_owner_the_largest() -> None:
    # One of four has everything: 1 - 1/4.
    assert gini(np.array([5, 5, 5, 5])) == 0
    assert gini(np.array([0, 0, 0, 8])) == 0.75
    assert top_share(np.array([0, 0, 0, 0, 8, 0, 0, 0, 0, 2])) == 1.0


def test_sales_that_fall_as_one_over_rank_have_exponent_one() -> None:
    assert zipf_exponent(1000 / np.arange(1, 101)) == pytest.approx(1.0)
