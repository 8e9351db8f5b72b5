"""Customers of a shop valued: what they brought, and what they will bring, held against the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.lifetime.conftest import FIRST, LAST, OpenDesk, buyer_orders, paid

from zhanggui.metrics.problems import BadChoiceError, BadFilterError, QuestionError
from zhanggui.understand.customers.lifetime.answers import LifetimeAnswer
from zhanggui.understand.customers.lifetime.asking import churn_of_pairs, lifetime_of_pairs
from zhanggui.understand.customers.lifetime.purchases import KNOWN, PROFIT, REVENUE, purchases_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


@pytest.fixture(scope="module")
def found(desk: Desk) -> LifetimeAnswer:
    return lifetime_of_pairs(desk, [])


def test_what_customers_brought_is_the_sum_of_their_orders(found: LifetimeAnswer, bought: list[Row]) -> None:
    total = sum(int(str(each["paid_minor"])) for each in bought) / 100

    assert found.customers == len({each["buyer_key"] for each in bought})
    assert found.revenue is not None
    assert found.revenue.historic == pytest.approx(total)
    assert found.profit is not None
    # Goods cost 60 % of every order, rounded to the fen.
    assert found.profit.historic == pytest.approx(total * 0.4, abs=0.01 * len(bought))


def test_what_they_will_bring_has_bounds_and_is_worth_less_today(found: LifetimeAnswer) -> None:
    for money in (found.revenue, found.profit):
        assert money is not None
        assert money.within_horizon.low < money.within_horizon.forecast < money.within_horizon.high
        assert 0.9 < money.discounted.forecast / money.within_horizon.forecast < 1
    assert found.revenue is not None
    assert found.profit is not None
    assert found.profit.within_horizon.forecast == pytest.approx(0.4 * found.revenue.within_horizon.forecast, rel=0.15)


def test_without_days_the_last_ninety_are_held_out(found: LifetimeAnswer) -> None:
    assert (found.holdout_end, found.calibration_end) == (LAST, LAST - timedelta(days=90))
    assert found.chosen == min(found.models, key=lambda name: found.models[name].backtest.mae)
    bias = found.models[found.chosen].backtest.bias
    assert bias is not None
    assert abs(bias) < 0.3


def test_days_can_be_chosen_and_nothing_after_the_last_is_looked_at(desk: Desk, found: LifetimeAnswer) -> None:
    early = lifetime_of_pairs(
        desk, [("calibration_end", "2026-05-31"), ("holdout_end", "2026-07-31"), ("time_unit", "day")]
    )

    assert (early.calibration_end, early.holdout_end) == (date(2026, 5, 31), date(2026, 7, 31))
    assert early.revenue is not None
    assert found.revenue is not None
    assert early.revenue.historic < found.revenue.historic
    assert early.models["bg_nbd"].parameters["alpha"] > 2 * found.models["bg_nbd"].parameters["alpha"]


def test_customers_without_orders_are_told_of_and_get_no_figure(found: LifetimeAnswer) -> None:
    assert found.customers_without_orders == 7
    assert any("7 more customers have not bought" in text.en for text in found.warnings)


def test_churn_counts_everybody_and_lists_those_who_are_overdue(desk: Desk, found: LifetimeAnswer) -> None:
    churn = churn_of_pairs(desk, [])

    assert churn.customers == found.customers
    assert churn.auc == found.models[found.chosen].backtest.churn_auc
    assert churn.auc is not None
    assert churn.auc > 0.7
    assert churn.stayed_away_share < (churn.top_decile_precision or 0)
    assert churn.at_risk
    assert all(row.churn_probability >= 0.5 and row.days_silent > row.usual_gap_days for row in churn.at_risk)
    assert [row.revenue for row in churn.at_risk] == sorted((row.revenue for row in churn.at_risk), reverse=True)
    assert sum(tenth.customers for tenth in churn.deciles) == found.customers_calibrated


def test_two_orders_of_a_day_are_one_occasion_and_one_given_back_is_none(
    open_desk: OpenDesk, bought: list[Row]
) -> None:
    day, n = date(2026, 9, 1), len(bought)
    more = [
        paid("twice", day, 50_00, n),
        paid("twice", day, 30_00, n + 1),
        # Given back whole ten days later: no occasion, and its cost of 24.00 counts with the one before.
        paid("twice", day + timedelta(days=10), 40_00, n + 2, refunded_minor=40_00),
        paid("only back", day, 40_00, n + 3, refunded_minor=40_00),
        paid("free", day, 0, n + 4),
    ]
    with open_desk([*bought, *more]) as desk:
        found = purchases_of(desk, View())

    keys = found.customers.to_pylist()
    rows = found.occasions.customer == keys.index("twice")
    assert rows.sum() == 1
    assert found.occasions.amounts[REVENUE][rows].tolist() == [80.0]
    assert found.occasions.amounts[PROFIT][rows].tolist() == [pytest.approx(80 * 0.4 - 24)]
    assert found.occasions.amounts[KNOWN][rows].tolist() == [1.0]
    assert "only back" not in keys
    assert "free" in keys


@pytest.mark.parametrize(
    ("orders", "why"),
    [
        ([paid(f"b{each}", FIRST, 10_00, each) for each in range(50)], "single day"),
        ([paid(f"b{each}", FIRST + timedelta(days=each), 10_00, each) for each in range(20)], "Only 20 buyers"),
        ([paid(f"b{each}", FIRST + timedelta(days=each), 10_00, each) for each in range(60)], "bought on one day only"),
        ([paid(f"b{each % 40}", date(2027, 1, 1 + each % 9), 10_00, each) for each in range(80)], "paid later than"),
    ],
    ids=["one day", "few buyers", "one-time buyers", "future"],
)
def test_too_thin_data_gets_a_sentence_instead_of_a_number(open_desk: OpenDesk, orders: list[Row], why: str) -> None:
    with open_desk(orders) as desk, pytest.raises(ThinDataError, match=why) as refused:
        lifetime_of_pairs(desk, [])

    assert refused.value.said.zh


def test_negative_net_revenue_gets_purchases_and_a_reason_instead_of_money(open_desk: OpenDesk) -> None:
    orders = [{**row, "refunded_minor": int(str(row["paid_minor"])) - 1} for row in buyer_orders(200)]
    # Refunds of other orders take the last fen: what was paid twice is given back twice.
    for row in orders[::2]:
        row["paid_minor"], row["refunded_minor"] = 100, 99
    extra = [{**row, "order_id": f"x{row['order_id']}", "paid_minor": 0, "refunded_minor": 500} for row in orders]
    with open_desk([*orders, *extra]) as desk:
        found = lifetime_of_pairs(desk, [])

    assert found.revenue is None
    assert "not positive" in found.not_told["revenue"].en
    assert found.forecast.purchases.forecast > 0


@pytest.mark.parametrize(
    ("pairs", "error", "why"),
    [
        ([("time_unit", "month")], BadFilterError, "time_unit=month"),
        ([("horizon", "0")], BadFilterError, "horizon=0"),
        ([("calibration_end", "soon")], BadChoiceError, "soon"),
        ([("by", "moon")], BadFilterError, "moon"),
    ],
)
def test_words_that_cannot_be_understood_are_named(
    desk: Desk, pairs: list[tuple[str, str]], error: type[QuestionError], why: str
) -> None:
    with pytest.raises(error, match=why):
        lifetime_of_pairs(desk, pairs)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([("calibration_end", "2025-01-01")], "must end after the first payment"),
        ([("holdout_end", "2027-01-01")], "is not reached"),
        ([("calibration_end", "2026-09-30"), ("holdout_end", "2026-09-01")], "must end after"),
    ],
)
def test_days_that_do_not_fit_the_data_are_refused(desk: Desk, pairs: list[tuple[str, str]], why: str) -> None:
    with pytest.raises(ThinDataError, match=why):
        lifetime_of_pairs(desk, pairs)
