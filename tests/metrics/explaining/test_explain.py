"""A planted fall explained: drivers, segments, noise and doubts, each against a plain loop over the orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.metrics.explaining.shops import AFTER, BEFORE, FIRST, N_DAYS, Falls, orders_of, paid_between, tables_of
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Filter, answer
from zhanggui.metrics.explaining import Asked, Explanation, explain
from zhanggui.metrics.explaining.asked import CannotExplainError
from zhanggui.metrics.problems import CannotSplitError


def asked(
    name: str,
    after: Period = AFTER,
    before: Period = BEFORE,
    *,
    where: tuple[Filter, ...] = (),
    by: tuple[str, ...] = (),
) -> Asked:
    return Asked(CATALOGUE[name], after, before, where, by).checked()


def segments(found: Explanation) -> list[dict[str, Any]]:
    """Return the segments as JSON holds them."""
    listed = found.to_json()["segments"]
    assert isinstance(listed, list)
    return listed


def test_the_planted_segment_comes_first_with_its_money(faulty: Ledger, sold: list[Row]) -> None:
    found = explain(faulty, asked("gmv_paid"))

    first = segments(found)[0]
    assert first["where"] in ({"shop": "店2", "province": "江苏"}, {"platform": "jd", "province": "江苏"})
    lost = {period: paid_between(sold, period, shop_id=2, province="江苏") for period in (BEFORE, AFTER)}
    assert first["amount"] == (lost[AFTER] - lost[BEFORE]) / 100
    assert (first["before"], first["after"]) == (lost[BEFORE] / 100, lost[AFTER] / 100)
    assert found.stands_out
    assert found.within_noise is False


def test_drivers_sum_to_the_change_to_the_fen(faulty: Ledger, sold: list[Row]) -> None:
    found = explain(faulty, asked("gmv_paid"))

    change = paid_between(sold, AFTER) - paid_between(sold, BEFORE)
    assert found.change == change
    assert sum(each.amount for each in found.drivers) == change
    assert [each.metric.name for each in sorted(found.drivers, key=lambda each: each.metric.name)] == [
        "average_order_value", "buyers", "orders_per_buyer",
    ]  # fmt: skip
    assert all(each.amount == int(each.amount) for each in found.drivers)


def test_every_amount_of_a_segment_is_what_its_filters_answer(faulty: Ledger) -> None:
    for name in ("gmv_paid", "orders_paid", "net_revenue", "units_sold"):
        question = asked(name)
        for segment in segments(explain(faulty, question)):
            where = tuple(Filter(dim, (value,)) for dim, value in segment["where"].items())
            ends = [
                answer(faulty, replace(question, where=where).question(name, period=period)).rows[0][name]
                for period in (BEFORE, AFTER)
            ]
            assert [segment["before"], segment["after"]] == pytest.approx(ends)
            assert segment["amount"] == pytest.approx(float(str(ends[1])) - float(str(ends[0])))


def test_swapping_the_periods_turns_every_sign(faulty: Ledger) -> None:
    there, back = explain(faulty, asked("gmv_paid")), explain(faulty, asked("gmv_paid", BEFORE, AFTER))

    assert back.change == -there.change
    assert {each.metric.name: each.amount for each in back.drivers} == pytest.approx(
        {each.metric.name: -each.amount for each in there.drivers}, abs=1
    )
    assert dict(back.segments.segments[0].where) == dict(there.segments.segments[0].where)


def test_a_ratio_is_split_over_its_parts_and_into_rate_and_mix(faulty: Ledger) -> None:
    found = explain(faulty, asked("refund_rate", by=("platform",)))

    assert sum(each.amount for each in found.drivers) == pytest.approx(found.change, rel=1e-9)
    assert {each.metric.name for each in found.drivers} == {"refund_amount", "gmv_paid"}
    assert found.segments.segments


def test_a_metric_of_people_names_the_place_and_the_change_that_its_filters_answer(faulty: Ledger) -> None:
    question = asked("buyers")
    found = explain(faulty, question)

    first = segments(found)[0]
    assert first["where"] in ({"shop": "店2", "province": "江苏"}, {"platform": "jd", "province": "江苏"})
    where = tuple(Filter(dim, (value,)) for dim, value in first["where"].items())
    before, after = (
        answer(faulty, replace(question, where=where).question("buyers", period=period)).rows[0]["buyers"]
        for period in (BEFORE, AFTER)
    )
    assert (first["before"], first["after"], first["amount"]) == (before, after, int(str(after)) - int(str(before)))
    assert "segments_not_additive" in {each.code for each in found.data_warnings}


def test_a_ratio_of_people_adds_rate_and_mix_of_what_its_filters_answer(faulty: Ledger) -> None:
    question = asked("orders_per_buyer", by=("platform",))
    found = explain(faulty, question)

    for segment in segments(found):
        where = tuple(Filter(dim, (value,)) for dim, value in segment["where"].items())
        (n0, d0), (n1, d1) = (
            _orders_and_buyers(faulty, replace(question, where=where), each) for each in (BEFORE, AFTER)
        )
        (w0, b0), (w1, b1) = (_orders_and_buyers(faulty, question, each) for each in (BEFORE, AFTER))
        rate_and_mix = n1 / b1 - n0 / b0 - (w0 / b0 + w1 / b1) / 2 * (d1 / b1 - d0 / b0)
        assert segment["amount"] == pytest.approx(rate_and_mix, rel=1e-9)
        assert (segment["before"], segment["after"]) == pytest.approx((n0 / d0, n1 / d1))


def _orders_and_buyers(ledger: Ledger, question: Asked, period: Period) -> tuple[float, float]:
    (row,) = answer(ledger, question.question("orders_paid", "buyers", period=period)).rows
    return float(str(row["orders_paid"])), float(str(row["buyers"]))


def test_an_ordinary_week_is_within_noise_and_still_has_segments(tmp_path_factory: pytest.TempPathFactory) -> None:
    even = list(orders_of(lambda shop_id, province, day: 1.0, seed=9))
    with ledger_of(tmp_path_factory.mktemp("even"), tables_of(even)) as ledger:
        found = explain(ledger, asked("gmv_paid"))

    assert found.within_noise is True
    assert found.segments.segments
    assert not found.stands_out
    # Of noise no cause is told: a share of next to nothing may be thousands of percent.
    told = " ".join(each.en for each in found.sentences)
    assert "no reason to act" in told
    assert not any(word in told for word in ("By driver", "It lies with", "moved most"))
    # What something else has found out of the ordinary gets its causes, and no second verdict.
    assert any("不必据此行动" in each.zh for each in found.sentences)
    assert not any("波动之内" in each.zh for each in found.causes)
    assert any(each.zh.startswith("按驱动因素") for each in found.causes)


def halved(exceptions: dict[tuple[int, str], float]) -> Falls:
    """Return a fall of all sales to a half, but for some places that are sold another number of times as often."""

    def falls(shop_id: int, province: str | None, day: int) -> float:
        return 4.0 if day < 56 else 4.0 * exceptions.get((shop_id, str(province)), 0.5)

    return falls


def told_of(tmp_path: Path, falls: Falls) -> tuple[Explanation, list[str]]:
    with ledger_of(tmp_path, tables_of(list(orders_of(falls)))) as ledger:
        found = explain(ledger, asked("gmv_paid"))
    return found, [each.en for each in found.sentences]


def test_what_rose_in_a_general_fall_is_not_said_to_carry_it(tmp_path: Path) -> None:
    found, told = told_of(tmp_path, halved({(2, "江苏"): 2.0}))

    first = found.segments.segments[0]
    assert found.change < 0 < first.amount
    assert first.where["province"] == "江苏"
    assert not any("It lies with" in each for each in told)
    (against,) = (each for each in told if each.startswith("Moved the other way: "))
    assert "“江苏”" in against
    assert "of it" not in against  # It has no share of a fall.
    assert any("Everything else moved alike" in each for each in told)


def test_what_carries_a_fall_and_what_rose_in_it_are_told_apart(tmp_path: Path) -> None:
    # 广东 is all that this shop sells to in its region.
    _, told = told_of(tmp_path, halved({(2, "江苏"): 2.0, (1, "广东"): 0.0}))

    (carrying,) = (each for each in told if each.startswith("It lies with: "))
    (against,) = (each for each in told if each.startswith("Moved the other way: "))
    assert "“South China”" in carrying
    assert "of it" in carrying
    assert "“江苏”" not in carrying
    assert "“江苏”" in against
    assert "“South China”" not in against


def test_filters_hold_in_both_periods(faulty: Ledger, sold: list[Row]) -> None:
    found = explain(faulty, asked("gmv_paid", where=(Filter("province", ("广东",)),)))

    assert found.before == paid_between(sold, BEFORE, province="广东")
    assert found.after == paid_between(sold, AFTER, province="广东")


def test_periods_of_different_length_are_compared_as_totals_with_a_warning(faulty: Ledger, sold: list[Row]) -> None:
    longer = Period(BEFORE.first - timedelta(days=7), BEFORE.last)
    found = explain(faulty, asked("gmv_paid", before=longer))

    assert found.before == paid_between(sold, longer)
    assert "unequal_lengths" in {each.code for each in found.data_warnings}


def test_days_that_the_ledger_does_not_hold_are_named(faulty: Ledger) -> None:
    beyond = Period(AFTER.first + timedelta(days=3), AFTER.last + timedelta(days=3))
    found = explain(faulty, asked("gmv_paid", after=beyond, before=AFTER))

    codes = [each.code for each in found.data_warnings]
    assert "days_without_data" in codes
    assert "periods_overlap" in codes


def test_a_shop_too_young_to_know_its_noise_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    days = [row for row in orders_of(lambda shop_id, province, day: 1.0) if str(row["paid_date"]) < "2026-03-05"]
    with ledger_of(tmp_path_factory.mktemp("young"), tables_of(days)) as ledger:
        day = timedelta(days=1)
        found = explain(ledger, asked("gmv_paid", Period(FIRST + day, FIRST + day), Period(FIRST, FIRST)))

    assert found.within_noise is None
    assert any("History is too short" in each.en for each in found.sentences)


def test_sentences_name_the_place_and_the_money_in_both_languages(faulty: Ledger) -> None:
    found = explain(faulty, asked("gmv_paid"))

    assert any("省份“江苏”" in each.zh and "¥" in each.zh for each in found.sentences)
    assert any("province “江苏”" in each.en and "CNY" in each.en for each in found.sentences)


def test_platforms_are_called_what_operators_call_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    fallen = list(orders_of(lambda shop_id, province, day: 0.1 if shop_id == 2 and day >= N_DAYS - 7 else 1.0))
    with ledger_of(tmp_path_factory.mktemp("fallen"), tables_of(fallen)) as ledger:
        found = explain(ledger, asked("gmv_paid", by=("platform",)))

    assert dict(found.segments.segments[0].where) == {"platform": "jd"}
    assert any("平台“京东”" in each.zh for each in found.sentences)
    assert any("platform “JD”" in each.en for each in found.sentences)


def test_other_metrics_stand_beside_a_revenue(faulty: Ledger) -> None:
    assert next(metric.name for metric, _, _ in explain(faulty, asked("gmv_paid")).beside) == "refund_rate"


def test_a_ratio_without_a_base_cannot_be_explained(faulty: Ledger) -> None:
    empty = Period(FIRST - timedelta(days=14), FIRST - timedelta(days=8))
    with pytest.raises(CannotExplainError, match="no value in 2026-02-16"):
        explain(faulty, asked("refund_rate", before=empty))


def test_a_value_that_the_files_do_not_tell_says_which_files_would(sold: list[Row], tmp_path: Path) -> None:
    tables = tables_of(sold)
    undated = [{**row, "refunded_date": None} for row in tables["refund"]]
    with (
        ledger_of(tmp_path, {**tables, "refund": undated}) as ledger,
        pytest.raises(CannotExplainError, match="load after-sale files with times") as refused,
    ):
        explain(ledger, asked("refund_amount_completed"))
    assert "nothing to divide by" not in str(refused.value)


def test_a_dimension_that_the_rows_do_not_hold_is_refused(faulty: Ledger) -> None:
    with pytest.raises(CannotSplitError, match="ad_spend"):
        explain(faulty, asked("ad_spend", by=("platform", "province")))


def test_a_count_that_does_not_add_up_over_goods_is_told_value_by_value(faulty: Ledger) -> None:
    found = explain(faulty, asked("orders_paid", by=("product",)))

    assert {tuple(each.where) for each in found.segments.segments} == {("product",)}
    assert "segments_not_additive" in {each.code for each in found.data_warnings}
