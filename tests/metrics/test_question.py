"""How a question is written, and what is said when it is written wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, DIMENSIONS, Filter, Question, answer, filters_from_text
from zhanggui.metrics.model import Sum
from zhanggui.metrics.problems import (
    BackwardPeriodError,
    BadChoiceError,
    BadFilterError,
    CannotSplitError,
    EmptyQuestionError,
    UnknownDimensionError,
    UnknownMetricError,
)
from zhanggui.metrics.question import GRAINS, Grain


def checked(question: Question) -> Question:
    return question.checked(CATALOGUE)


def test_a_misspelt_metric_is_answered_with_the_closest_name() -> None:
    with pytest.raises(UnknownMetricError, match="did you mean gmv_paid") as refusal:
        checked(Question(("gmv_payed",)))

    assert (refusal.value.name, refusal.value.closest) == ("gmv_payed", "gmv_paid")


def test_a_misspelt_dimension_is_answered_with_the_closest_name() -> None:
    with pytest.raises(UnknownDimensionError, match="did you mean province") as refusal:
        checked(Question(("gmv_paid",), by=("provinse",)))

    assert "--by" in refusal.value.where


def test_a_filter_on_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(UnknownDimensionError, match="did you mean platform"):
        checked(Question(("gmv_paid",), where=(Filter("platforms", ("jd",)),)))


def test_no_metric_at_all_is_refused() -> None:
    with pytest.raises(EmptyQuestionError):
        checked(Question(()))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BackwardPeriodError, match="2020-02-01 before it begins on 2020-02-02"):
        checked(Question(("gmv_paid",), date_from=date(2020, 2, 2), date_to=date(2020, 2, 1)))


@pytest.mark.parametrize("order_by", ["refund_rate", "-province", "date"])
def test_ordering_by_what_was_not_asked_for_is_refused(order_by: str) -> None:
    with pytest.raises((BadChoiceError, UnknownMetricError), match="next"):
        checked(Question(("gmv_paid",), order_by=order_by))


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(BadChoiceError):
        checked(Question(("gmv_paid",), limit=0))


def test_a_word_where_a_number_belongs_is_refused() -> None:
    with pytest.raises(BadFilterError, match="needs a whole number"):
        checked(Question(("gmv_paid",), where=(Filter("hour", ("noon",)),)))


def test_asking_twice_for_the_same_is_asking_once() -> None:
    plain = checked(Question(("gmv_paid", "gmv_paid"), by=("platform", "platform")))

    assert (plain.metrics, plain.by) == (("gmv_paid",), ("platform",))


def test_two_different_grains_are_refused() -> None:
    with pytest.raises(BadChoiceError):
        checked(Question(("gmv_paid",), by=("month",), grain="day"))


@pytest.mark.parametrize("grain", GRAINS)
def test_each_grain_can_be_named_as_a_dimension(grain: str) -> None:
    plain = checked(Question(("gmv_paid",), by=(grain,)))

    assert (plain.grain, plain.date_name, plain.dimensions) == (cast(Grain, grain), grain, ())


def test_several_values_and_several_filters_are_read_from_one_text() -> None:
    assert filters_from_text('platform=tmall,jd,province=上海,product="A,1"') == (
        Filter("platform", ("tmall", "jd")),
        Filter("province", ("上海",)),
        Filter("product", ("A,1",)),
    )


def test_an_inch_sign_inside_a_value_is_no_quotation() -> None:
    assert filters_from_text('product=tray 12",province=上海') == (
        Filter("product", ('tray 12"',)),
        Filter("province", ("上海",)),
    )


def test_a_value_may_hold_an_equals_sign() -> None:
    assert filters_from_text("channel=a=b") == (Filter("channel", ("a=b",)),)


@pytest.mark.parametrize("text", ["上海", "", "=上海"])
def test_a_filter_without_a_dimension_is_refused(text: str) -> None:
    with pytest.raises((BadFilterError, UnknownDimensionError)):
        filters_from_text(text)


def test_a_metric_whose_rows_hold_no_such_thing_says_what_it_goes_by(shop: Ledger) -> None:
    created = CATALOGUE["gmv_created"]
    assert isinstance(created, Sum)
    discount = replace(created, name="discount", value="discount_minor")

    with pytest.raises(CannotSplitError, match="discount goes by: platform, shop, currency, province"):
        answer(shop, Question(("discount",), by=("product",)), catalogue={"discount": discount})


def test_a_hostile_value_is_a_value(shop: Ledger) -> None:
    found = answer(shop, Question(("orders_created",), where=(Filter("province", ("' OR 1=1 --",)),)))

    assert found.rows == [{"orders_created": 0}]


def test_no_metric_is_named_like_a_dimension_or_a_grain() -> None:
    assert not set(CATALOGUE) & {*DIMENSIONS, *GRAINS, "date", "shop_id", "compare", "change"}
