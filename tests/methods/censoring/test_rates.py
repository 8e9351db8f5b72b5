"""Rates of counts that were seen only up to a cap."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.censoring import capped_rates
from zhanggui.methods.problems import ShapeMismatchError


def test_without_capped_counts_a_rate_is_events_by_exposure() -> None:
    found = capped_rates([6.0, 0.0], [3.0, 0.0], capped_series=[], capped_seen=[], capped_exposure=[])

    assert found.rate[0] == 2.0
    assert np.isnan(found.rate[1])


def test_rates_of_capped_counts_come_back_where_dropping_and_believing_them_miss() -> None:
    rng = np.random.default_rng(5)
    n_series, n_days, rate, cap = 400, 60, 4.0, 5
    counts = rng.poisson(rate, (n_series, n_days))
    is_capped = counts >= cap
    seen = np.minimum(counts, cap)
    series = np.nonzero(is_capped)[0]

    found = capped_rates(
        (counts * ~is_capped).sum(axis=1), (~is_capped).sum(axis=1), capped_series=series,
        capped_seen=seen[is_capped], capped_exposure=np.ones(len(series)), n_rounds=40,
    )  # fmt: skip

    believed, dropped = seen.mean(), counts[~is_capped].mean()
    assert abs(found.rate.mean() - rate) < 0.06
    assert min(abs(believed - rate), abs(dropped - rate)) > 0.25
    # What was not seen is, in the mean, what there was of it.
    assert abs(found.unseen.sum() / (counts - seen).sum() - 1) < 0.1


def test_a_cap_of_nothing_tells_nothing_and_adds_the_rate() -> None:
    found = capped_rates([8.0], [4.0], capped_series=[0], capped_seen=[0.0], capped_exposure=[1.0], n_rounds=60)

    # E[D | D >= 0] is the mean itself: the capped day neither raises nor lowers the rate.
    assert found.rate[0] == pytest.approx(2.0, abs=1e-6)
    assert found.unseen[0] == pytest.approx(2.0, abs=1e-6)


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ShapeMismatchError, match="capped_seen: 2"):
        capped_rates([1.0], [1.0], capped_series=[0], capped_seen=[1.0, 2.0], capped_exposure=[1.0])
