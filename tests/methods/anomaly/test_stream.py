from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.anomaly import once_within, stream_scores
from zhanggui.methods.problems import ShapeMismatchError

STEP = 300.0
PER_DAY = 288


def _days(n: int, rng: np.random.Generator) -> np.ndarray:
    hours = np.sin(np.arange(n * PER_DAY) / PER_DAY * 2 * np.pi)
    return 50 + 20 * hours + rng.normal(0, 2, n * PER_DAY)


def test_an_hour_that_is_wrong_for_its_time_of_day_scores_highest() -> None:
    values = _days(9, np.random.default_rng(1))
    noon = 8 * PER_DAY + PER_DAY // 4
    values[noon : noon + 12] -= 35  # As low as at night, at noon.

    scores = stream_scores(values, step_seconds=STEP)

    assert noon <= scores[2 * PER_DAY :].argmax() + 2 * PER_DAY < noon + 24


def test_later_values_change_no_earlier_score() -> None:
    values = _days(4, np.random.default_rng(2))
    before = stream_scores(values[:900], step_seconds=STEP)

    values[900:] = 1e6

    assert stream_scores(values, step_seconds=STEP)[:900] == pytest.approx(before)


def test_a_flat_line_is_never_odd() -> None:
    assert stream_scores(np.full(500, 7.0), step_seconds=STEP).max() == 0


def test_one_event_is_told_once_and_again_when_it_grows_worse() -> None:
    hours = np.array([0.0, 1, 2, 30, 31])

    found = once_within(hours * 3600, [5.0, 4.0, 6.0, 5.0, 5.0], hours=24)

    # 6 is worse than 5; a day later all is forgotten, and the second 5 is no news to the first.
    assert found.tolist() == [5.0, 0.0, 6.0, 5.0, 0.0]
    with pytest.raises(ShapeMismatchError):
        once_within([1.0], [1.0, 2.0], hours=1)
