"""Every number of a small shop, worked by hand (see ``conftest.py`` for its orders)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.metrics.ledgers import ledger_of, order, store

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, DIMENSIONS, Answer, Filter, Question, answer
from zhanggui.metrics.compiler.plan import possible_dimensions

ALL = (
    "orders_created",
    "orders_paid",
    "orders_refunded",
    "gmv_created",
    "gmv_paid",
    "refund_amount",
    "net_revenue",
    "refund_rate",
    "average_order_value",
    "average_buyer_value",
    "buyers",
    "new_buyers",
    "repeat_buyers",
    "repurchase_rate",
    "units_sold",
)


def only_row(found: Answer) -> dict[str, object]:
    (row,) = found.rows
    return row


def by_key(found: Answer, *keys: str) -> dict[object, dict[str, object]]:
    return {tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]: row for row in found.rows}


def total(found: Answer, name: str) -> float:
    values = [row[name] for row in found.rows]
    return sum(value for value in values if isinstance(value, int | float))


def codes(found: Answer) -> set[tuple[str, str]]:
    return {(caveat.code, caveat.metric) for caveat in found.warnings}


def test_without_dimensions_there_is_one_row_over_all_data(shop: Ledger) -> None:
    row = only_row(answer(shop, Question(ALL)))

    assert row == {
        "orders_created": 13,
        "orders_paid": 10,  # all but o5 (unpaid), o9 and o10 (unknown)
        "orders_refunded": 2,  # o3 and o8
        "gmv_created": 605.0,  # 100+50+30+20+70+10+15+200+80+25+5+0+0
        "gmv_paid": 420.0,  # 100+50+30+20+10+15+190+5+0+0
        "refund_amount": 77.0,  # 30+40+7, the last without an order
        "net_revenue": 343.0,
        "refund_rate": 77 / 420,
        "average_order_value": 42.0,  # 420 / 10
        "average_buyer_value": 84.0,  # 420 / 5
        "buyers": 5,  # a b c d e
        "new_buyers": 5,
        "repeat_buyers": 2,  # a, and e with two free orders
        "repurchase_rate": 2 / 5,
        "units_sold": 9,  # o1 3, o2 1, o3 1, o4 1, o6 1, o8 2; not its postage
    }


def test_a_period_takes_created_metrics_by_created_day_and_paid_metrics_by_paid_day(shop: Ledger) -> None:
    question = Question(ALL, date_from=date(2020, 3, 1), date_to=date(2020, 3, 31))

    row = only_row(answer(shop, question))

    # Only o11 was paid in March; it was created in February.
    assert (row["orders_created"], row["gmv_created"]) == (0, 0.0)
    assert (row["orders_paid"], row["gmv_paid"], row["buyers"], row["new_buyers"]) == (1, 5.0, 1, 1)


def test_a_refund_without_an_order_sits_on_its_own_day(shop: Ledger) -> None:
    row = only_row(
        answer(shop, Question(("refund_amount", "refund_rate"), date_from=date(2020, 2, 10), date_to=date(2020, 2, 10)))
    )

    assert row == {"refund_amount": 7.0, "refund_rate": None}


def test_an_empty_scope_has_zero_sums_and_no_ratios(shop: Ledger) -> None:
    found = answer(shop, Question(ALL, date_from=date(2031, 1, 1)))

    row = only_row(found)
    ratios = {"refund_rate", "average_order_value", "average_buyer_value", "repurchase_rate"}
    assert {name for name, value in row.items() if value is None} == ratios
    assert {value for name, value in row.items() if name not in ratios} == {0}
    assert found.warnings == ()


def test_without_a_match_a_split_answer_has_no_rows(shop: Ledger) -> None:
    assert answer(shop, Question(ALL, by=("province",), date_from=date(2031, 1, 1))).rows == []


def test_days_hold_only_what_belongs_to_them(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("orders_created", "orders_paid", "gmv_paid"), grain="day")), "date")

    assert rows["2020-02-02"] == {"date": "2020-02-02", "orders_created": 1, "orders_paid": 2, "gmv_paid": 80.0}
    assert rows["2020-03-01"] == {"date": "2020-03-01", "orders_created": 0, "orders_paid": 1, "gmv_paid": 5.0}
    assert list(rows) == sorted(str(day) for day in rows)


def test_weeks_begin_on_monday_and_months_on_the_first(shop: Ledger) -> None:
    weeks = by_key(answer(shop, Question(("gmv_paid",), grain="week")), "date")
    months = by_key(answer(shop, Question(("gmv_paid",), grain="month")), "date")

    # 27 January 2020 is a Monday: o1 (1 Feb), o2 and o3 (2 Feb).
    assert weeks["2020-01-27"]["gmv_paid"] == 180.0
    assert {day: row["gmv_paid"] for day, row in months.items()} == {"2020-02-01": 415.0, "2020-03-01": 5.0}


def test_a_grain_may_stand_among_the_dimensions_and_names_its_column(shop: Ledger) -> None:
    found = answer(shop, Question(("gmv_paid",), by=("month", "platform")))

    assert found.by == ("month", "platform")
    assert by_key(found, "month", "platform")[("2020-02-01", "jd")]["gmv_paid"] == 190.0


def test_buyers_of_parts_are_counted_again_and_not_added_up(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("buyers", "repeat_buyers", "new_buyers"), grain="day")), "date")

    # a and b on 2 February; a was new the day before, b is new on this one.
    assert rows["2020-02-02"] == {"date": "2020-02-02", "buyers": 2, "repeat_buyers": 0, "new_buyers": 1}


def test_a_buyer_with_an_earlier_order_outside_the_filter_is_not_new(shop: Ledger) -> None:
    # d's first day holds a live order and an order without channel: it is new in both.
    live = only_row(answer(shop, Question(("new_buyers",), where=(Filter("channel", ("live",)),))))
    # a is known since 1 February, so nobody but b is new between 2 and 3 February.
    later = only_row(answer(shop, Question(("new_buyers",), date_from=date(2020, 2, 2), date_to=date(2020, 2, 3))))

    assert (live["new_buyers"], later["new_buyers"]) == (1, 1)


def test_two_stores_of_one_name_stay_two_rows(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("orders_paid", "gmv_paid"), by=("shop",))), "shop_id")

    assert rows[1] == {"shop": "旗舰店", "shop_id": 1, "orders_paid": 9, "gmv_paid": 230.0}
    assert rows[2] == {"shop": "旗舰店", "shop_id": 2, "orders_paid": 1, "gmv_paid": 190.0}


def test_a_store_is_filtered_by_name_or_by_number(shop: Ledger) -> None:
    both = only_row(answer(shop, Question(("gmv_paid",), where=(Filter("shop", ("旗舰店",)),))))
    second = only_row(answer(shop, Question(("gmv_paid",), where=(Filter("shop", ("#2",)),))))

    assert (both["gmv_paid"], second["gmv_paid"]) == (420.0, 190.0)


def test_products_share_the_money_of_orders_and_their_sum_is_the_total(shop: Ledger) -> None:
    found = answer(shop, Question(("gmv_paid", "gmv_created", "units_sold", "refund_amount"), by=("product",)))
    rows = by_key(found, "product", "shop_id")

    assert rows[("p1", 1)]["gmv_paid"] == 140.0  # 60+50+20+10
    assert rows[("p1", 1)]["product_title"] == "龙井"
    assert rows[("p1", 2)]["gmv_paid"] == 140.0  # another product of the same number in the other store
    assert rows[("p2", 1)]["gmv_paid"] == 70.0
    # Postage of o8, and orders without lines: 50 + 15 + 5 + 0 + 0. Unknown o9, o10 were created: 50+15+5+80+25.
    assert rows[(None, None)]["gmv_paid"] == 70.0
    assert rows[(None, None)]["gmv_created"] == 175.0
    assert rows[(None, None)]["refund_amount"] == 7.0
    assert total(found, "gmv_paid") == 420.0


def test_an_order_counts_once_under_each_of_its_products(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("orders_paid", "buyers"), by=("product",))), "product", "shop_id")

    assert rows[("p1", 1)]["orders_paid"] == 4  # o1 o2 o4 o6
    assert rows[("p2", 1)]["orders_paid"] == 2  # o1 o3
    assert rows[("p1", 1)]["buyers"] == 3  # a b d


def test_the_category_of_the_line_wins_over_that_of_the_product(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("gmv_paid", "refund_amount"), by=("category",))), "category")

    assert rows["茶"]["gmv_paid"] == 140.0
    assert rows["茶具"]["gmv_paid"] == 210.0  # p2 70, and p1 of the other store 140
    assert rows["茶具"]["refund_amount"] == 70.0  # r1 and r2 by their product
    assert rows[None]["gmv_paid"] == 70.0


def test_a_product_filter_keeps_only_that_product_of_each_order(shop: Ledger) -> None:
    question = Question(("gmv_paid", "orders_paid", "units_sold"), where=(Filter("product", ("p2",)),))

    assert only_row(answer(shop, question)) == {"gmv_paid": 70.0, "orders_paid": 2, "units_sold": 3}


def test_hour_and_weekday_follow_the_clock_of_each_metric(shop: Ledger) -> None:
    hours = by_key(answer(shop, Question(("orders_created", "orders_paid", "refund_amount"), by=("hour",))), "hour")
    weekdays = by_key(answer(shop, Question(("orders_created", "orders_paid"), by=("weekday",))), "weekday")

    assert (hours[23]["orders_created"], hours[23]["orders_paid"]) == (1, 0)  # o2 was created at 23
    assert (hours[0]["orders_created"], hours[0]["orders_paid"]) == (0, 1)  # and paid at 0
    assert hours[15]["refund_amount"] == 7.0
    # 1 February 2020 is a Saturday.
    assert weekdays[6] == {"weekday": 6, "orders_created": 2, "orders_paid": 1}


def test_the_status_of_a_refund_is_that_of_its_order(shop: Ledger) -> None:
    rows = by_key(answer(shop, Question(("refund_amount", "orders_created"), by=("order_status",))), "order_status")

    assert rows[None]["refund_amount"] == 77.0
    assert rows["pending_payment"] == {"order_status": "pending_payment", "refund_amount": 0.0, "orders_created": 1}


def test_rows_whose_value_is_not_known_can_be_asked_for(shop: Ledger) -> None:
    question = Question(("orders_created",), where=(Filter("province", (None, "北京")),))

    assert only_row(answer(shop, question)) == {"orders_created": 6}  # o6 o7 o9 o10, o12 o13


def test_ratios_are_divided_again_at_every_level(shop: Ledger) -> None:
    for row in answer(shop, Question(ALL, by=("platform",), grain="month")).rows:
        paid, orders, refunds = row["gmv_paid"], row["orders_paid"], row["refund_amount"]
        assert isinstance(paid, float)
        assert isinstance(orders, int)
        assert isinstance(refunds, float)
        assert row["average_order_value"] == (paid / orders if orders else None)
        assert row["refund_rate"] == (refunds / paid if paid else None)


def test_orders_of_unknown_payment_stay_out_and_are_named_with_their_money(shop: Ledger) -> None:
    found = answer(shop, Question(("gmv_paid", "gmv_created")))

    assert codes(found) == {("status_unknown", "gmv_paid"), ("payment_unknown", "gmv_paid")}
    assert {caveat.code: caveat.money for caveat in found.warnings} == {"status_unknown": 80.0, "payment_unknown": 25.0}


def test_a_cell_in_which_every_payment_is_unknown_has_no_paid_value(shop: Ledger) -> None:
    rows = by_key(
        answer(shop, Question(("gmv_paid", "gmv_created"), by=("province",), where=(Filter("shop", ("#2",)),))),
        "province",
    )

    assert rows[None] == {"province": None, "gmv_paid": None, "gmv_created": 105.0}  # o9 and o10
    assert rows["江苏"]["gmv_paid"] == 190.0


def test_when_no_payment_is_known_paid_metrics_are_null(shop: Ledger) -> None:
    question = Question(("orders_created", *ALL), where=(Filter("shop", ("#2",)), Filter("province", (None,))))
    found = answer(shop, question)
    row = only_row(found)

    assert row["orders_created"] == 2
    assert row["refund_amount"] == 0.0
    assert [row[name] for name in ("gmv_paid", "orders_paid", "net_revenue", "buyers", "units_sold")] == [None] * 5
    assert ("payment_unknown", "net_revenue") in codes(found)


def test_buyers_that_cannot_be_identified_are_null_and_never_orders(shop: Ledger) -> None:
    found = answer(shop, Question(("buyers", "repurchase_rate", "orders_paid"), where=(Filter("platform", ("jd",)),)))

    assert only_row(found) == {"buyers": None, "repurchase_rate": None, "orders_paid": 1}
    assert ("buyers_unidentifiable", "buyers") in codes(found)


def test_a_platform_without_buyer_ids_is_null_beside_one_that_has_them(shop: Ledger) -> None:
    found = answer(shop, Question(("buyers", "average_buyer_value"), by=("platform",)))
    rows = by_key(found, "platform")

    assert rows["tmall"] == {"platform": "tmall", "buyers": 5, "average_buyer_value": 46.0}  # 230 / 5
    assert rows["jd"] == {"platform": "jd", "buyers": None, "average_buyer_value": None}
    (partly,) = [c for c in found.warnings if c.code == "buyers_partly_identifiable" and c.metric == "buyers"]
    assert (partly.share, partly.money) == (0.9, 190.0)  # 9 of 10 orders; who paid 190 is unknown


def test_orders_without_lines_make_units_partly_known(shop: Ledger) -> None:
    some = answer(shop, Question(("units_sold",)))
    none = answer(shop, Question(("units_sold",), where=(Filter("province", ("北京",)),)))

    assert {(c.code, c.money) for c in some.warnings if c.code.startswith("units")} == {("units_partly_known", 20.0)}
    assert only_row(none) == {"units_sold": None}
    assert ("units_unknown", "units_sold") in codes(none)


def test_several_currencies_are_never_added_up(tmp_path: Path) -> None:
    tables = {
        "store": [store(1, "一"), store(2, "Two", currency="JPY")],
        "order_header": [
            order("1", "2020-02-01", 100_50, paid="2020-02-01"),
            order("2", "2020-02-01", 500, paid="2020-02-01", shop_id=2, currency="JPY"),
        ],
    }
    with ledger_of(tmp_path, tables) as ledger:
        together = answer(ledger, Question(("gmv_paid", "orders_paid", "refund_rate", "average_order_value")))
        apart = answer(ledger, Question(("gmv_paid", "average_order_value"), by=("currency",)))
        one = answer(ledger, Question(("gmv_paid",), where=(Filter("currency", ("JPY",)),)))

    assert only_row(together) == {
        "gmv_paid": None,
        "orders_paid": 2,
        "refund_rate": None,
        "average_order_value": None,
    }
    assert together.currency is None
    assert ("several_currencies", "gmv_paid") in codes(together)
    assert ("several_currencies", "orders_paid") not in codes(together)
    assert by_key(apart, "currency")["CNY"]["gmv_paid"] == 100.5
    assert by_key(apart, "currency")["JPY"]["gmv_paid"] == 500
    assert "several_currencies" not in {caveat.code for caveat in apart.warnings}
    assert (one.currency, only_row(one)["gmv_paid"]) == ("JPY", 500)


def test_an_unpaid_order_in_another_currency_does_not_hide_what_was_paid(tmp_path: Path) -> None:
    orders = [
        order("1", "2020-02-01", 100_50, paid="2020-02-01"),
        order("2", "2020-02-01", 500, currency="JPY"),
    ]
    with ledger_of(tmp_path, {"store": [store(1, "一")], "order_header": orders}) as ledger:
        paid = answer(ledger, Question(("gmv_paid",)))
        created = answer(ledger, Question(("gmv_created",)))

    assert (only_row(paid), paid.currency) == ({"gmv_paid": 100.5}, "CNY")
    assert (only_row(created), created.currency) == ({"gmv_created": None}, None)


def test_rows_come_by_date_else_by_the_first_metric_with_nulls_last(shop: Ledger) -> None:
    provinces = [row["province"] for row in answer(shop, Question(("gmv_paid",), by=("province",))).rows]
    buyers = [row["platform"] for row in answer(shop, Question(("buyers",), by=("platform",))).rows]

    assert provinces == ["上海", "江苏", None, "北京"]  # 200, 195, 25, 0
    assert buyers == ["tmall", "jd"]


def test_rows_can_be_ordered_and_cut(shop: Ledger) -> None:
    question = Question(("gmv_paid", "orders_paid"), by=("province",), order_by="gmv_paid", limit=2)

    assert [row["province"] for row in answer(shop, question).rows] == ["北京", None]


def test_the_json_of_an_answer_has_the_documented_shape(shop: Ledger) -> None:
    found = json.loads(json.dumps(answer(shop, Question(("gmv_paid",), by=("platform",), grain="month")).to_json()))

    assert set(found) == {"metrics", "by", "rows", "currency", "as_of", "freshness", "warnings"}
    assert found["metrics"] == ["gmv_paid"]
    assert found["by"] == ["date", "platform"]
    assert found["rows"][0] == {"date": "2020-02-01", "platform": "tmall", "gmv_paid": 225.0}
    assert (found["currency"], found["as_of"]) == ("CNY", "2020-03-01")
    assert found["freshness"]["loaded_at"] == "2020-03-02T08:00:00+00:00"
    assert [source["loaded_at"] for source in found["freshness"]["sources"]] == [
        "2020-03-02T08:00:00+00:00",
        "2020-02-28T08:00:00+00:00",
    ]
    assert set(found["warnings"][0]) >= {"code", "metric", "message", "message_zh", "money"}


def test_an_empty_ledger_answers_zero_and_knows_no_day(tmp_path: Path) -> None:
    with ledger_of(tmp_path, {}) as ledger:
        found = answer(ledger, Question(("gmv_paid", "refund_rate"), compare="previous"))

    assert found.rows == [{"gmv_paid": 0.0, "refund_rate": None}]
    assert (found.as_of, found.currency, found.warnings) == (None, None, ())


@pytest.fixture(scope="module")
def wholes(shop: Ledger) -> dict[str, object]:
    """Every metric that adds up, of the whole shop, each asked alone."""
    names = [name for name, metric in CATALOGUE.items() if metric.is_additive]
    return {name: only_row(answer(shop, Question((name,))))[name] for name in names}


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_metric_can_be_asked_by_every_dimension_it_reaches(
    shop: Ledger, wholes: dict[str, object], dimension: str
) -> None:
    names = tuple(
        name for name, metric in CATALOGUE.items() if dimension in possible_dimensions(tuple(metric.leaves()))
    )
    split = answer(shop, Question(names, by=(dimension,)))

    assert split.rows
    for name in names:
        # A cell whose costs are all unknown has no profit, while the whole has one and a warning.
        is_known = all(row[name] is not None for row in split.rows)
        if CATALOGUE[name].is_additive and is_known and not name.startswith("orders"):
            assert total(split, name) == wholes[name], name
