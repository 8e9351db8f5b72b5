"""The period compared with, and which of its steps stands beside which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.metrics.ledgers import ledger_of, order, store

from zhanggui.calendar import Period, truncate
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer
from zhanggui.metrics.comparison import compared_period, shifted
from zhanggui.metrics.question import GRAINS, Compare, Grain

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def test_the_previous_period_stands_beside_each_row(shop: Ledger) -> None:
    # 3 to 4 February (20 + 10 + 15) against 1 to 2 February (100 + 50 + 30).
    question = Question(
        ("gmv_paid", "refund_rate"), date_from=date(2020, 2, 3), date_to=date(2020, 2, 4), compare="previous"
    )
    found = answer(shop, question)

    assert found.rows == [
        {
            "gmv_paid": 45.0,
            "refund_rate": 0.0,
            "compare": {"gmv_paid": 180.0, "refund_rate": 30 / 180},
            "change": {"gmv_paid": (45 - 180) / 180, "refund_rate": -30 / 180},
        }
    ]
    assert found.to_json()["compare"] == {"from": "2020-02-01", "to": "2020-02-02"}


def test_days_are_compared_by_their_place_in_the_period(shop: Ledger) -> None:
    question = Question(
        ("gmv_paid",), grain="day", date_from=date(2020, 2, 3), date_to=date(2020, 2, 4), compare="previous"
    )

    assert [(row["date"], row["gmv_paid"], row["compare"]) for row in answer(shop, question).rows] == [
        ("2020-02-03", 20.0, {"gmv_paid": 100.0}),
        ("2020-02-04", 25.0, {"gmv_paid": 80.0}),
    ]


def test_what_was_there_before_and_is_no_more_keeps_a_row(shop: Ledger) -> None:
    question = Question(
        ("gmv_paid",), by=("province",), date_from=date(2020, 2, 4), date_to=date(2020, 2, 6), compare="previous"
    )
    rows = {row["province"]: row for row in answer(shop, question).rows}

    # 上海 paid 100+50+30+20 between 1 and 3 February and nothing since.
    assert rows["上海"]["gmv_paid"] == 0.0
    assert rows["上海"]["compare"] == {"gmv_paid": 200.0}
    assert rows["上海"]["change"] == {"gmv_paid": -1.0}
    assert rows["江苏"]["change"] == {"gmv_paid": None}


def test_a_year_earlier_by_day_goes_by_date_over_a_leap_day(tmp_path: Path) -> None:
    orders = [
        order("1", "2020-02-28", 100, paid="2020-02-28"),
        order("2", "2020-02-29", 200, paid="2020-02-29"),
        order("3", "2020-03-01", 300, paid="2020-03-01"),
        order("4", "2021-02-28", 1000, paid="2021-02-28"),
        order("5", "2021-03-01", 2000, paid="2021-03-01"),
    ]
    with ledger_of(tmp_path, {"store": [store(1, "一")], "order_header": orders}) as ledger:
        question = Question(
            ("gmv_paid",), grain="day", compare="year", date_from=date(2021, 2, 28), date_to=date(2021, 3, 1)
        )
        rows = answer(ledger, question).rows

    # 29 February has no counterpart; its money stands beside the 28th, so that no amount is lost.
    assert [(row["date"], row["compare"]) for row in rows] == [
        ("2021-02-28", {"gmv_paid": 3.0}),
        ("2021-03-01", {"gmv_paid": 3.0}),
    ]


@given(DAYS, st.integers(0, 500), st.sampled_from(GRAINS), st.sampled_from(["previous", "year"]), st.data())
def test_every_earlier_day_stands_beside_a_step_of_the_period(
    first: date, length: int, grain: Grain, compare: Compare, data: st.DataObject
) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + length))
    earlier = compared_period(period, compare, grain)
    day = data.draw(st.dates(earlier.first, earlier.last))

    beside = shifted(period, earlier, compare, grain)(truncate(day, grain))

    assert truncate(period.first, grain) <= beside <= truncate(period.last, grain)
    assert beside == truncate(beside, grain)
