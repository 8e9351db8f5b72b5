"""Who buys again, how soon, who is due; who stays (M-CONV-09 to M-CONV-12, M-CUST-08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from tests.metrics.ledgers import Row, line
from tests.metrics.profits import profit_lines
from tests.understand.customers.crowd import crowd, desk_of, once, orders_of, paid, tables_of

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.answers import cohorts_of_pairs, repurchase_of_pairs
from zhanggui.understand.customers.cohort_desk import cohort_course, cohort_name, cohort_retention, cohort_values
from zhanggui.understand.customers.cohorts import cohorts
from zhanggui.understand.customers.repurchase import due_to_reorder, intervals_by, repurchase
from zhanggui.understand.customers.repurchase_desk import (
    repurchase_cohorts,
    repurchase_curve,
    repurchase_due,
    repurchase_figures,
    repurchase_histogram,
    repurchase_intervals,
)
from zhanggui.understand.customers.rfm import rfm
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

CURVES = (repurchase_figures, repurchase_curve, repurchase_cohorts, repurchase_histogram, repurchase_intervals,
          repurchase_due, cohort_retention, cohort_course, cohort_values)  # fmt: skip


def _items(orders: list[Row]) -> list[Row]:
    """Return a line of tea for each order of those who come often or twice, of cups for the others."""
    found = []
    for each in orders:
        product = "cup" if str(each["buyer_key"]).startswith("once") else "tea"
        more = {"category": {"cup": "杯", "tea": "茶"}[product], "product_title": product, "batch_id": 1}
        paid_minor = int(str(each["paid_minor"]))
        found.append(line(str(each["order_id"]), 1, product, 1, paid_minor, paid_minor, **more))
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd with its lines and half of each amount as cost; ``late`` bought first on 15 June."""
    orders = [*orders_of(crowd()), paid("late", "2026-06-15", 40_00)]
    for each in orders:
        each["channel"] = "search" if str(each["buyer_key"]).startswith("often") else "live"
        each["merchant_discount_minor"] = 0 if each["channel"] == "search" else int(str(each["paid_minor"])) // 9
    lines = _items(orders)
    costs = {str(each["line_key"]): int(str(each["paid_minor"])) // 2 for each in lines}
    buyers = {each["order_id"]: {"buyer_key": each["buyer_key"], "batch_id": 1} for each in orders}
    profits = [{**row, **buyers[row["order_id"]]} for row in profit_lines(orders, lines, costs, {"line_key": "none"})]
    tables = tables_of(orders, order_line=lines, line_profit=profits)
    with desk_of(tmp_path_factory.mktemp("again") / "shop", tables) as found:
        yield found


def test_only_buyers_followed_for_the_horizon_are_in_its_rate(desk: Desk) -> None:
    found = repurchase(desk, View(), 30)

    # 36 began 30 days ago or more, late did not. Four come monthly; of those who came twice, seven came after 30 to 36
    # days, and only the first of these within 30.
    assert (found.headline.n_matured, found.headline.n_again) == (36, 4 + 1)
    assert [each.n_matured for each in found.curve if each.days == 14] == [37]


def test_a_month_is_told_when_all_its_buyers_have_been_followed(desk: Desk) -> None:
    found = {each.month: (each.n_buyers, each.n_again) for each in repurchase(desk, View(), 30).cohorts}

    assert found[date(2026, 4, 1)] == (8, 1)
    assert found[date(2026, 6, 1)] == (1, None)


def test_intervals_are_the_days_between_paid_days_of_a_buyer(desk: Desk) -> None:
    found = repurchase(desk, View()).intervals

    # Eight of 30 to 37 days; of each of the four: 28, 31, 30 and 68 to 71 or so days to the 30th of June.
    assert found.n == 8 + 4 * 4
    assert (found.quarter, found.median) == (30, 31)
    assert sum(repurchase(desk, View()).histogram) == found.n


def test_products_and_categories_are_told_from_ten_intervals_on(desk: Desk) -> None:
    assert [(each.item, each.n) for each in intervals_by(desk, View(), "category")] == [("茶", 24)]
    assert [(each.item, each.name, each.n) for each in intervals_by(desk, View(), "product_id")] == [("tea", "tea", 24)]


def test_who_is_due_by_the_own_interval_or_that_of_the_product_is_listed(desk: Desk) -> None:
    # They came twice, last on 1 to 8 May; tea is bought again after 31 days: due from 1 to 8 June.
    found = due_to_reorder(desk, replace(View(), date_to=date(2026, 6, 8)))
    again = {each.buyer_key: each for each in found}

    assert {name for name in again if name.startswith("twice")} == {f"twice{n}" for n in range(8)}
    assert (again["twice0"].last_day, again["twice0"].n_own) == (date(2026, 5, 1), 1)
    # often0 came after 28, 31 and 30 days.
    assert (again["often0"].interval_days, again["often0"].n_own) == (30, 3)


def test_retention_counts_months_that_are_over_and_all_of_a_cohort(desk: Desk) -> None:
    found = {line.key: line for line in cohorts(desk, View(), "month").lines}

    # Of February: eight who came once and the four who came in every month but June's end, which is June.
    assert found["2026-02"].n_buyers == 8 + 4
    assert found["2026-02"].n_active == (12, 4, 4, 4, 4)
    assert found["2026-04"].n_active == (8, 8, 0)
    assert found["2026-06"].retention == (1.0,)


def test_value_is_added_up_per_buyer_and_pays_back_in_the_month_it_covers_the_cost(desk: Desk) -> None:
    [april] = [line for line in cohorts(desk, View(), "month").lines if line.key == "2026-04"]

    # Eight buyers: 50.00 in April and 60.00 in May, half of it cost.
    assert april.net_minor == (8 * 50_00, 8 * 110_00, 8 * 110_00)
    assert april.payback_month(25_00) == 0
    assert april.payback_month(25_01) == 1
    assert april.payback_month(60_00) is None


def test_cohorts_of_channel_product_and_discount_are_those_of_the_first_order(desk: Desk) -> None:
    by_channel = {line.key: line.n_buyers for line in cohorts(desk, View(), "channel").lines}
    by_product = {line.key: line.n_buyers for line in cohorts(desk, View(), "product").lines}
    bands = cohorts(desk, View(), "discount").lines

    assert by_channel == {"live": 33, "search": 4}
    assert by_product == {"cup": 24, "tea": 13}
    # A ninth of what was paid is a tenth of the price, rounded down.
    assert {cohort_name(line, "discount").zh: line.n_buyers for line in bands} == {"0%–10%": 33, "无折扣": 4}


def test_answers_hold_what_the_tiles_show(desk: Desk) -> None:
    again = repurchase_of_pairs(desk, [("days", "45")])
    stayed = cohorts_of_pairs(desk, [("by", "month"), ("cac", "25")])

    assert (again.days, again.repeat_buyers, again.matured_buyers) == (45, 12, 36)
    assert [row.payback_month for row in stayed.cohorts if row.cohort == "2026-04"] == [0]
    for tile in CURVES:
        assert tile(desk, View(date_to=date(2026, 6, 8))).empty is None
    assert cohort_retention(desk, View()).rows[0].zh == "2026-01（8）"


def test_segments_by_profit_hold_those_whose_costs_are_known_with_what_they_left(desk: Desk) -> None:
    found = rfm(desk, View(), "profit")

    # Half of every amount is cost, rounded down: an odd amount leaves one fen more than half.
    assert found.n_customers == 37
    profit = sum(each.profit_minor or 0 for each in found.segments.values())
    assert profit * 2 - found.net_minor == sum(minor % 2 for bought in crowd().values() for _, minor in bought)


def test_history_shorter_than_a_year_is_said(desk: Desk) -> None:
    assert any("尚不成熟" in text.zh for text in repurchase_of_pairs(desk, []).warnings)


@pytest.mark.parametrize("wrong", [("days", "0"), ("days", "many")])
def test_a_horizon_that_is_none_is_refused(desk: Desk, wrong: tuple[str, str]) -> None:
    with pytest.raises(BadFilterError):
        repurchase_of_pairs(desk, [wrong])


@pytest.mark.parametrize("wrong", [("by", "weather"), ("cac", "-1"), ("cac", "nan"), ("cac", "x")])
def test_a_cohort_or_cost_that_is_none_is_refused(desk: Desk, wrong: tuple[str, str]) -> None:
    with pytest.raises(BadFilterError):
        cohorts_of_pairs(desk, [wrong])


def test_where_nobody_came_again_every_tile_of_repurchase_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("lonely") / "shop"
    with desk_of(folder, tables_of(orders_of(once(40)))) as desk:
        for tile in (repurchase_figures, repurchase_curve, repurchase_cohorts, repurchase_histogram):
            assert "都只在一天买过" in str(tile(desk, View()).empty)
