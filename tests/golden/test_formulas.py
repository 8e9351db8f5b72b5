"""The formulas of the source documents, each on a tiny shop: their figure, or the corrected one with a note."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.metrics.ledgers import Row, ledger_of, order, store

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Question, answer
from zhanggui.metrics.formulas import FORMULAS, gross_profit_factor, relative_change, return_on_cost, saved_cost
from zhanggui.metrics.tree import tree_of

BY_ID = {each.catalogue_id: each for each in FORMULAS}


class Invented:
    """Months of a shop, written down as the sources describe them."""

    def __init__(self) -> None:
        self.orders: list[Row] = []
        self.visits: list[Row] = []
        self.spends: list[Row] = []

    def month(
        self,
        month: int,
        *,
        visitors: int = 0,
        buyers: int = 0,
        value: int = 100,
        spend: int = 0,
        again: int = 0,
        channel: str | None = None,
    ) -> None:
        """Add visitors, buyers of one order each, `again` of whom buy on a second day, and yuan spent on ads."""
        day = date(2020, month, 10)
        for number in range(visitors):
            visit: Row = {
                "shop_id": 1,
                "session_id": len(self.visits),
                "session_date": day,
                "channel": channel or "direct",
            }
            self.visits.append(visit | {"visitor_id": f"{month}-{channel}-{number}"})
        for number in range(buyers + again):
            at = f"2020-{month:02}-{10 if number < buyers else 11}"
            who = f"{month}-{channel}-{number if number < buyers else number - buyers}"
            self.orders.append(
                order(f"{at}-{channel}-{number}", at, value * 100, paid=at, buyer_key=who, channel=channel)
            )
        if spend:
            key = f"ads:{len(self.spends)}"
            entry: Row = {"shop_id": 1, "entry_key": key, "day": day, "account": "ad_spend", "channel": channel}
            self.spends.append(entry | {"outlay_minor": spend * 100, "amount_minor": -spend * 100, "currency": "CNY"})

    def tables(self) -> dict[str, list[Row]]:
        """Return the rows by table."""
        named = {"order_header": self.orders, "session": self.visits, "profit_entry": self.spends}
        return {"store": [store(1, "官网", "own_site")], **named}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Each pair of months is one example of the sources."""
    made = Invented()
    made.month(1, visitors=1000, buyers=25, value=180)  # F-04: 2.5%, 180
    made.month(2, visitors=1000, buyers=38, value=235)  # F-04: 3.8%, 235
    made.month(3, buyers=10, spend=1_200)  # F-05: 120 each
    made.month(4, buyers=10, spend=750)  # F-05: 75 each
    made.month(5, buyers=10, spend=1_000)  # F-03: 100 each
    made.month(6, buyers=10, spend=700)  # F-03: 70 each
    made.month(7, buyers=100, again=15)  # F-04: 15%
    made.month(8, buyers=100, again=22)  # F-04: 22%
    made.month(9, visitors=100, buyers=30, value=85, channel="douyin")  # F-08: three times the conversion, 15% less
    made.month(9, visitors=100, buyers=10, value=100, channel="wechat")
    made.month(10, buyers=10, value=100, spend=250)  # F-01
    made.month(11, buyers=10, spend=200, channel="private")  # F-12: 20 each
    made.month(11, buyers=10, spend=1_000, channel="ads")  # F-12: 100 each
    with ledger_of(tmp_path_factory.mktemp("formulas"), made.tables()) as ledger:
        yield ledger


def of_month(ledger: Ledger, month: int, *metrics: str, by: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    days = (date(2020, month, 1), date(2020, month, monthrange(2020, month)[1]))
    return answer(ledger, Question(metrics, by=by, date_from=days[0], date_to=days[1])).rows


def value(ledger: Ledger, month: int, metric: str) -> Any:
    (row,) = of_month(ledger, month, metric)
    return row[metric]


def printed(formula: str) -> list[float]:
    return [each.value for each in BY_ID[formula].figures]


def test_all_fourteen_formulas_are_there_and_name_metrics_that_exist() -> None:
    assert list(BY_ID) == [f"F-{number:02}" for number in range(1, 15)]
    assert {name for each in FORMULAS for name in each.metrics} <= set(CATALOGUE)


def test_f01_marketing_roi_is_revenue_less_cost_by_cost_and_says_that_it_is_no_profit(shop: Ledger) -> None:
    # (1000 − 250) ÷ 250 = 300%
    assert value(shop, 10, "marketing_roi") == return_on_cost(1_000, 250) == 3.0
    assert "no profit" in CATALOGUE["marketing_roi"].definition_en
    assert "marketing_roi_profit" in BY_ID["F-01"].metrics


def test_f02_ltv_to_cac_divides_lifetime_value_by_acquisition_cost_once_it_is_known(shop: Ledger) -> None:
    assert CATALOGUE["lifetime_value_to_cost"].formula == "lifetime_value ÷ acquisition_cost"
    assert value(shop, 3, "lifetime_value_to_cost") is None


def test_f03_three_hundred_thousand_are_saved(shop: Ledger) -> None:
    before, after = value(shop, 5, "acquisition_cost"), value(shop, 6, "acquisition_cost")

    assert (before, after, value(shop, 6, "new_buyers")) == (100, 70, 10)
    assert saved_cost(before, after, 10) * 1_000 == 300_000  # Ten buyers stand for ten thousand.
    assert printed("F-03") == [300_000]


def test_f04_conversion_order_value_and_repurchase_grow_as_printed_but_for_one_rounding(shop: Ledger) -> None:
    changes = [
        relative_change(value(shop, first, metric), value(shop, second, metric))
        for first, second, metric in (
            (1, 2, "payment_conversion"),
            (1, 2, "average_order_value"),
            (7, 8, "repurchase_rate"),
        )
    ]

    assert [f"{each:.1%}" for each in changes] == ["52.0%", "30.6%", "46.7%"]  # The source prints 30.5.
    assert changes == pytest.approx(printed("F-04"))
    assert "30.6%" in BY_ID["F-04"].note.en


def test_f05_the_cost_of_a_customer_falls_by_37_5_percent_not_40(shop: Ledger) -> None:
    (row,) = answer(
        shop,
        Question(("acquisition_cost",), date_from=date(2020, 4, 1), date_to=date(2020, 4, 30), compare="previous"),
    ).rows
    change = relative_change(value(shop, 3, "acquisition_cost"), value(shop, 4, "acquisition_cost"))

    assert row["acquisition_cost"] == 75
    assert [change] == printed("F-05") == [-0.375]
    assert "40%" in BY_ID["F-05"].note.en


def test_f06_the_three_rates_quote_their_two_sides() -> None:
    for name, sides in (
        ("repurchase_rate", "repeat_buyers ÷ buyers"),
        ("payment_conversion", "buyers ÷ visitors"),
        ("average_order_value", "gmv_paid ÷ orders_paid"),
        ("average_buyer_value", "gmv_paid ÷ buyers"),
    ):
        assert CATALOGUE[name].formula == sides


def test_f07_steps_of_the_funnel_multiply_to_the_whole(shop: Ledger) -> None:
    root = tree_of(shop, CATALOGUE["payment_conversion"], Period(date(2020, 9, 1), date(2020, 9, 30))).root

    assert root.value == 40 / 200
    assert [each.metric.name for each in root.children] == ["add_to_cart_rate", "cart_order_rate", "buyers_per_orderer"]


def test_f08_three_times_the_conversion_at_15_percent_less_is_2_55_times_the_value(shop: Ledger) -> None:
    found = {
        row["channel"]: row["value_per_visitor"] for row in of_month(shop, 9, "value_per_visitor", by=("channel",))
    }

    assert found == {"douyin": 25.5, "wechat": 10.0}
    assert [found["douyin"] / found["wechat"]] == pytest.approx(printed("F-08"))


def test_f09_both_readings_of_the_promotion_are_given() -> None:
    assert printed("F-09") == [gross_profit_factor(0.05, -0.08), gross_profit_factor(0.05, -0.08, margin=0.4)]
    # 1.05 × 0.92, and 1.05 × 0.32 ÷ 0.40
    assert printed("F-09") == pytest.approx([0.966, 0.84])


def test_f10_and_f11_say_what_they_need() -> None:
    assert "experiment" in BY_ID["F-10"].note.en
    assert "buyer_state" in BY_ID["F-11"].note.en


def test_f12_the_private_domain_wins_a_customer_for_a_fifth(shop: Ledger) -> None:
    found = {row["channel"]: row["acquisition_cost"] for row in of_month(shop, 11, "acquisition_cost", by=("channel",))}

    assert [found["private"] / found["ads"]] == printed("F-12") == [0.2]


def test_f13_effects_of_the_four_drivers_sum_to_the_change_of_gmv(shop: Ledger) -> None:
    february = Period(date(2020, 2, 1), date(2020, 2, 29))
    root = tree_of(shop, CATALOGUE["gmv_paid"], february, compare="previous").root

    assert (root.value, root.before) == (38 * 235, 25 * 180)
    parts = [each.value for each in root.children]
    assert parts == [1000, 0.038, 1.0, 235.0]
    assert sum(each.effect or 0 for each in root.children) == pytest.approx(38 * 235 - 25 * 180)


def test_f14_profit_is_revenue_less_every_cost(shop: Ledger) -> None:
    root = tree_of(shop, CATALOGUE["operating_profit"], Period(date(2020, 10, 1), date(2020, 10, 31))).root
    leaves = {node.metric.name: node for _, node in root.walk() if not node.children}

    # No file of costs is loaded: orders have no profit yet, and 250 were spent.
    assert root.value == -250
    assert leaves["ad_spend"].value == 250
