"""What a treatment changes, and how sure that is: by hand, against scipy, and how often the intervals hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.trials import Group, groups_alike, mean_effect, share_effect, shares_as_planned, wilson

DRAWS = 3_000
SLACK = 4.0
"""Standard errors of the simulation by which a coverage may lie below what is promised."""


def group(values: np.ndarray) -> Group:
    return Group(values.size, float(values.sum()), float((values**2).sum()))


def test_the_difference_of_shares_is_that_of_the_published_table() -> None:
    # Newcombe 1998, table II, method 10: (a) 56/70 against 48/80, (h) 10/10 against 0/10.
    found = share_effect((48, 80), (56, 70))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)

    found = share_effect((0, 10), (10, 10))
    assert (round(found.difference, 4), round(found.low, 4), round(found.high, 4)) == (1.0, 0.6075, 1.0)


def test_the_ratio_of_shares_is_worked_by_hand() -> None:
    # 60 of 300 against 50 of 300: 1.2; √(1/60 − 1/300 + 1/50 − 1/300) = 0.17321.
    found = share_effect((50, 300), (60, 300))

    assert found.ratio_change == pytest.approx(0.2)
    assert found.ratio_low == pytest.approx(1.2 * np.exp(-1.959964 * 0.1732051) - 1, abs=1e-6)
    assert found.ratio_high == pytest.approx(1.2 * np.exp(1.959964 * 0.1732051) - 1, abs=1e-6)


def test_nobody_in_the_control_leaves_no_ratio_but_a_difference() -> None:
    found = share_effect((0, 50), (5, 50))

    assert (found.ratio_change, found.ratio_low, found.ratio_high) == (None, None, None)
    assert found.low < found.difference == 0.1 < found.high


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="empty"):
        share_effect((0, 0), (5, 50))
    with pytest.raises(NotEnoughDataError, match="single value"):
        mean_effect(Group(1, 5.0, 25.0), Group(30, 5.0, 25.0))


def test_the_difference_of_means_is_scipys() -> None:
    rng = np.random.default_rng(5)
    control, treated = rng.gamma(0.5, 80, 90), rng.gamma(0.5, 120, 160)
    found = mean_effect(group(control), group(treated), confidence=0.9)

    by_scipy = stats.ttest_ind(treated, control, equal_var=False).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((by_scipy.low, by_scipy.high), rel=1e-9)
    alone = stats.t.interval(0.9, 89, control.mean(), stats.sem(control))
    assert group(control).bounds(0.9) == pytest.approx(alone, rel=1e-9)


def test_the_difference_does_not_hang_on_which_group_is_named_first() -> None:
    one, other = share_effect((30, 200), (50, 210)), share_effect((50, 210), (30, 200))
    assert (one.difference, one.low, one.high) == pytest.approx((-other.difference, -other.high, -other.low))


@pytest.mark.parametrize(("n0", "n1", "p0", "p1"), [(60, 40, 0.05, 0.2), (500, 750, 0.04, 0.22)])
def test_intervals_of_shares_hold_as_often_as_they_say(n0: int, n1: int, p0: float, p1: float) -> None:
    rng = np.random.default_rng(11)
    k0, k1 = rng.binomial(n0, p0, DRAWS).tolist(), rng.binomial(n1, p1, DRAWS).tolist()
    found = [share_effect((a, n0), (b, n1), confidence=0.9) for a, b in zip(k0, k1, strict=True)]
    holds = np.mean([each.low <= p1 - p0 <= each.high for each in found])

    # Counts are whole, so the coverage of a single pair of shares lies a little off on either side.
    assert 0.88 <= holds <= 0.94
    low, high = wilson(np.asarray(k1) / n1, n1, 0.9)
    assert 0.87 <= np.mean((low <= p1) & (p1 <= high)) <= 0.94


def test_intervals_of_spending_hold_as_often_as_they_say() -> None:
    # Most spend nothing, a few spend much: what is left of a thousand people each.
    rng = np.random.default_rng(13)
    n, share, mean = 1_000, (0.08, 0.12), 200.0
    true = (share[1] - share[0]) * mean
    holds = 0
    for _ in range(DRAWS // 3):
        spent = [rng.binomial(1, p, n) * rng.gamma(1.0, mean, n) for p in share]
        found = mean_effect(group(spent[0]), group(spent[1]), confidence=0.9)
        holds += found.low <= true <= found.high
    n_draws = DRAWS // 3
    assert abs(holds / n_draws - 0.9) <= SLACK * np.sqrt(0.9 * 0.1 / n_draws)


def test_sizes_against_a_plan_are_worked_by_hand() -> None:
    # (450 − 500)²/500 twice is 10: as rare as a standard normal beyond √10 on either side.
    assert shares_as_planned([450, 550], [0.5, 0.5]) == pytest.approx(2 * stats.norm.sf(10**0.5))
    assert shares_as_planned([400, 600], [0.4, 0.6]) == pytest.approx(1.0)
    assert shares_as_planned([4, 3], [1, 1]) is None


def test_groups_over_time_are_compared_as_scipy_does() -> None:
    table = [[40, 60], [45, 70], [52, 61]]
    assert groups_alike(table) == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    # Weeks of a handful are put together with the next; the last stays with the one before.
    assert groups_alike([[2, 3], [38, 57], [45, 70], [50, 60], [2, 1]]) == pytest.approx(groups_alike(table))
    assert groups_alike([[40, 60]]) is None
    assert groups_alike([]) is None


def test_a_kept_lot_is_rarely_doubted_and_a_broken_one_is() -> None:
    rng = np.random.default_rng(17)
    kept = [groups_alike(rng.multinomial(200, [0.4, 0.6], 6)) for _ in range(400)]
    assert np.mean([p < 0.05 for p in kept if p is not None]) < 0.05 + SLACK * np.sqrt(0.05 * 0.95 / 400)

    broken = groups_alike(np.vstack([rng.multinomial(200, [0.4, 0.6], 3), rng.multinomial(200, [0.6, 0.4], 3)]))
    assert broken is not None
    assert broken < 1e-3
