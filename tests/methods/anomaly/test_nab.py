"""The benchmark's rules on cases worked by hand, and in the long form its score."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.bench_nab import HOURS, LEAST_AHEAD
from benchmarks.nab.corpus import FOLDER, corpus
from benchmarks.nab.reference import windowed_gaussian
from benchmarks.nab.scoring import FALSE_ALARM, Scored, best_score, probation, row_worths, sigmoid
from tests.lengths import IS_LONG

from zhanggui.methods.anomaly import once_within, stream_scores


def _alarms(n_rows: int, *rows: int) -> np.ndarray:
    scores = np.zeros(n_rows)
    scores[list(rows)] = 1.0
    return scores


def test_no_alarm_scores_zero_and_the_first_row_of_every_window_a_hundred() -> None:
    windows = [(40, 49), (80, 89)]

    assert best_score([Scored(np.zeros(100), windows)])[0] == 0
    # All rows score alike: an alarm everywhere is worse than none, so no alarm is the best threshold.
    assert best_score([Scored(_alarms(100, 40, 80), windows)])[0] == pytest.approx(100)


def test_an_alarm_in_the_middle_of_a_window_is_worth_less_and_a_second_one_nothing() -> None:
    # Row 45 of rows 40 to 49: −(49 − 45 + 1) / 10 = −0.5, so 0.848 / 0.987 = 0.8598; (0.8598 + 1) / 2 of a hundred.
    alone = best_score([Scored(_alarms(100, 45), [(40, 49)])])[0]

    assert alone == pytest.approx(100 * (0.8598 + 1) / 2, abs=0.01)
    assert best_score([Scored(_alarms(100, 45, 47), [(40, 49)])])[0] == pytest.approx(alone)


def test_a_false_alarm_costs_the_more_the_further_it_lies_behind_a_window() -> None:
    worth, _ = row_worths(200, [(40, 49)])

    assert worth[39] == -FALSE_ALARM  # No window before it.
    assert worth[58] == pytest.approx(FALSE_ALARM * sigmoid(1.0))  # Nine rows behind, over a width of ten less one.
    assert worth[49 + 27] == -FALSE_ALARM
    # 100 found at once, less one false alarm of 0.11 on a scale of two.
    assert best_score([Scored(_alarms(200, 30, 40), [(40, 49)])])[0] == pytest.approx(100 * (2 - FALSE_ALARM) / 2)


def test_rows_of_the_probation_count_for_nothing() -> None:
    assert [probation(n) for n in (100, 4032, 15_902)] == [15, 604, 750]
    assert best_score([Scored(_alarms(100, 3, 40), [(40, 49)])])[0] == pytest.approx(100)


def test_one_threshold_serves_all_series() -> None:
    loud = Scored(_alarms(100, 40) * 9, [(40, 49)])
    quiet = Scored(_alarms(100, 60), [(60, 69)])

    score, threshold = best_score([loud, quiet])

    assert (round(score), threshold) == (100, 1.0)


def test_the_reference_calls_a_value_odd_by_the_normal_law_of_those_before_it() -> None:
    values = np.array([9.0, 11.0] * 20 + [12.0])

    # Mean 10, deviation 1: twelve lies two deviations off, its tail is 0.0228.
    assert windowed_gaussian(values)[-1] == pytest.approx(1 - 0.0228, abs=1e-4)


@pytest.mark.slow
@pytest.mark.skipif(not IS_LONG, reason="long: the whole benchmark; set ZHANGGUI_LONG=1")
def test_five_views_lie_five_points_above_the_reference_with_and_without_deduplication() -> None:
    if not FOLDER.exists():
        pytest.skip("needs ../shared/data/nab, which is not on this machine")
    ours, published, deduplicated = [], [], []
    for each in corpus():
        step = float(np.median(np.diff(each.seconds)))
        scores = stream_scores(each.values, step_seconds=step)
        reference = windowed_gaussian(each.values)
        ours.append(Scored(once_within(each.seconds, scores, hours=HOURS), each.windows))
        published.append(Scored(reference, each.windows))
        deduplicated.append(Scored(once_within(each.seconds, reference, hours=HOURS), each.windows))

    assert len(ours) == 27
    ahead = best_score(ours)[0] - max(best_score(published)[0], best_score(deduplicated)[0])
    assert ahead >= LEAST_AHEAD
