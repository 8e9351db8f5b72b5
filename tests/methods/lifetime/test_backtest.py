from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.lifetime import (
    BackTest,
    Occasions,
    PastForecasts,
    back_test,
    drift,
    forecast_range,
    occasions,
    past_forecasts,
    ranking,
    score,
    tenths,
    window,
)
from zhanggui.methods.problems import NotEnoughDataError


def made_up(n: int = 1_200, *, seed: int = 2, end: int = 300) -> Occasions:
    """Customers who arrive over 200 days, buy at rates of their own and leave after 150 days on average."""
    rng = np.random.default_rng(seed)
    arrive, leave, rate = rng.integers(0, 200, n), rng.exponential(150, n), rng.gamma(0.8, 1 / 40, n)
    who, when = [np.arange(n)], [arrive]
    for each in range(n):
        count = rng.poisson(rate[each] * leave[each])
        who.append(np.full(count, each))
        when.append((arrive[each] + np.ceil(rng.uniform(0, leave[each], count))).astype(int))
    customer, day = np.concatenate(who), np.concatenate(when)
    return occasions(customer[day <= end], day[day <= end], {"revenue": np.full((day <= end).sum(), 10.0)})


@pytest.fixture(scope="module")
def known() -> Occasions:
    return made_up()


@pytest.fixture(scope="module")
def tried(known: Occasions) -> BackTest:
    return back_test(known, end=210, until=300)


def test_purchases_of_one_day_are_one_occasion_with_the_sum_of_their_amounts() -> None:
    found = occasions([1, 0, 1, 1], [5, 3, 5, 9], {"revenue": [1.0, 2.0, 4.0, 8.0]})

    assert list(zip(found.customer.tolist(), found.day.tolist(), found.amounts["revenue"].tolist(), strict=True)) == [
        (0, 3, 2.0),
        (1, 5, 5.0),
        (1, 9, 8.0),
    ]


def test_a_window_tells_histories_up_to_its_day_and_what_came_after() -> None:
    # Customer 0 buys on days 1, 4, 11 and 20; customer 1 on day 8 and 30; customer 2 after the day.
    given = occasions([0, 0, 0, 0, 1, 1, 2], [1, 4, 11, 20, 8, 30, 16], {"revenue": [9, 2, 4, 7, 5, 6, 3]})

    found = window(given, end=15, until=25, unit_days=7)

    assert found.customer.tolist() == [0, 1]
    assert found.known.repeats.tolist() == [2, 0]
    assert found.known.last_at.tolist() == pytest.approx([10 / 7, 0])
    assert found.known.watched.tolist() == pytest.approx([2, 1])
    assert found.later.tolist() == [1, 0]
    assert found.total["revenue"].tolist() == [15, 5]
    assert found.mean_repeat["revenue"].tolist() == [3, 0]
    assert found.later_total["revenue"].tolist() == [7, 0]
    assert found.length == pytest.approx(10 / 7)


def test_a_window_before_the_first_purchase_is_refused(known: Occasions) -> None:
    with pytest.raises(NotEnoughDataError, match="Nobody had bought"):
        window(known, end=-1)


def test_the_chosen_model_has_the_lowest_error_on_what_came_after(tried: BackTest) -> None:
    assert set(tried.tried) == {"bg_nbd", "mbg_nbd", "pareto_nbd"}
    assert tried.best.score.mae == min(each.score.mae for each in tried.tried.values())
    assert tried.best.score.bias is not None
    assert abs(tried.best.score.bias) < 0.15
    # Customers leave at any time and are not told apart by silence alone: far better than a coin, and never worse.
    assert tried.best.churn_auc is not None
    assert tried.best.churn_auc > 0.7


def test_what_came_after_has_no_part_in_the_fit(known: Occasions, tried: BackTest) -> None:
    is_early = known.day <= 210
    early = Occasions(known.customer[is_early], known.day[is_early], {"revenue": known.amounts["revenue"][is_early]})

    again = back_test(early, end=210, until=300)

    assert again.tried["bg_nbd"].fit.parameters == tried.tried["bg_nbd"].fit.parameters
    assert again.best.score.bias is None


def test_past_forecasts_look_at_nothing_after_their_day(known: Occasions) -> None:
    is_early = known.day <= 210
    early = Occasions(known.customer[is_early], known.day[is_early], {})

    all_known, until_then = (past_forecasts(each, end=210, model="bg_nbd") for each in (known, early))

    assert all_known.expected.tolist() == until_then.expected.tolist()
    assert len(all_known.expected) == 3


def test_past_forecasts_tell_their_level_and_by_how_much_they_were_wrong() -> None:
    past = PastForecasts(np.array([110.0]), np.array([100.0])).and_also(80.0, 100.0)

    # 200 came of 190; wrong by 10 % and by 20 %.
    assert past.level == pytest.approx(200 / 190)
    assert past.spread() == pytest.approx(((0.1**2 + 0.2**2) / 2) ** 0.5)
    assert PastForecasts(np.array([9.0]), np.array([3.0])).level == 1.0
    assert PastForecasts(np.array([9.0]), np.array([3.0])).spread() == 0.0


def test_bounds_widen_by_how_much_forecasts_were_wrong_before(tried: BackTest) -> None:
    ones = np.ones(len(tried.window.known))
    plain, wide = (
        forecast_range(
            tried.best.fit, tried.window.known, ones, horizon=90, rng=np.random.default_rng(1), wrong_by=wrong_by
        )
        for wrong_by in (0.0, 0.3)
    )

    assert plain.middle == wide.middle == pytest.approx(float(tried.best.expected.sum()))
    assert wide.high - wide.middle > 1.6 * 0.3 * plain.middle > plain.high - plain.middle


def test_a_cohort_that_stays_away_raises_the_alarm_and_the_others_do_not(known: Occasions) -> None:
    # Those who first bought from day 150 on never come again after day 210.
    first = np.full(known.n_customers, 999)
    np.minimum.at(first, known.customer, known.day)
    stays = ~((first[known.customer] >= 150) & (known.day > 210))
    broken = Occasions(known.customer[stays], known.day[stays], {})

    tried = back_test(broken, end=210, until=300)
    found = drift(tried, tried.window.first_day // 50)

    assert found.is_alarm.tolist() == [False, False, False, True]
    assert found.actual[3] == 0 < found.expected[3]


def test_customers_of_one_kind_raise_no_alarm(tried: BackTest) -> None:
    assert not drift(tried, tried.window.first_day // 50).is_alarm.any()


def test_a_score_is_error_bias_and_ranking_over_all_customers() -> None:
    found = score(np.array([2.0, 1.0, 0.5, 0.5]), np.array([3.0, 0.0, 1.0, 0.0]))

    # |2-3| + |1-0| + |.5-1| + |.5-0| = 3 of 4; 4 of 4; of 2 x 2 pairs: 1, 1, 0 and half of one.
    assert (found.mae, found.bias, found.auc) == (0.75, 0.0, 0.625)


def test_a_ranking_needs_both_kinds() -> None:
    assert ranking([1.0, 2.0], [True, True]) is None
    assert ranking([1.0, 1.0], [True, False]) == 0.5


def test_equal_forecasts_share_a_tenth_and_all_customers_are_in_one() -> None:
    forecast = np.array([5.0] * 3 + [1.0] * 17)

    found = tenths(forecast, np.arange(20.0))

    # Three are first; the other 17 all begin at place 3 of 20, in the second tenth.
    assert found.tenth.tolist() == [1, 2]
    assert found.customers.tolist() == [3, 17]
    assert found.actual.sum() == 190


def test_a_forecast_that_is_right_at_every_level_has_the_slope_one() -> None:
    forecast = np.linspace(0, 5, 100)

    assert tenths(forecast, forecast).slope == pytest.approx(1.0)
    assert tenths(forecast, forecast / 2).slope == pytest.approx(0.5)
    assert tenths(np.ones(50), np.ones(50)).slope is None
