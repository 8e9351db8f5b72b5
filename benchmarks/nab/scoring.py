"""The rules by which the Numenta anomaly benchmark scores alarms, written from their description.

A. Lavin, S. Ahmad, "Evaluating real-time anomaly detection algorithms: the Numenta anomaly benchmark", ICMLA 2015.
Within a labelled window only the first alarm counts, the more the earlier; alarms outside cost, those soon after a
window less; a window without an alarm costs. The first 15 % of a series (750 rows at most) are not scored. One
threshold holds for all series: the one that scores best. The sum is put on a scale on which no alarm at all is 0 and
perfection is 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Window = tuple[int, int]
"""First and last row of a labelled window."""

FALSE_ALARM = 0.11
"""Weight of an alarm outside all windows in the standard profile; one found and one missed window weigh 1."""
PROBATION_SHARE, PROBATION_MOST = 0.15, 750
_STEEP = 5.0
_FAR = 3.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One series with the score of each row.

    Attributes
    ----------
    scores : array of float, shape (n_rows,)
        How anomalous a detector calls each row; any scale, the same for all series.
    windows : sequence of Window
        Labelled windows in order of time.
    """

    scores: Floats
    windows: Sequence[Window]


def sigmoid(position: float) -> float:
    """Return the worth of an alarm by its place: −1 at the left edge of a window, 0 at the right one, then behind it.

    Examples
    --------
    >>> [round(sigmoid(place), 3) for place in (-1.0, -0.5, 0.0, 1.0, 3.0)]
    [0.987, 0.848, 0.0, -0.987, -1.0]
    """
    return -1.0 if position >= _FAR else float(2.0 / (1.0 + np.exp(_STEEP * position)) - 1.0)


def probation(n_rows: int) -> int:
    """Return how many rows at the beginning are not scored."""
    return int(min(np.floor(PROBATION_SHARE * n_rows), PROBATION_MOST))


def row_worths(n_rows: int, windows: Sequence[Window]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return what an alarm on each row is worth, and the window it lies in: −1 outside, −2 in the probation."""
    worth, owner = np.full(n_rows, -FALSE_ALARM), np.full(n_rows, -1)
    for nth, (left, right) in enumerate(windows):
        width = right - left + 1
        until = windows[nth + 1][0] if nth + 1 < len(windows) else n_rows
        for row in range(left, right + 1):
            worth[row] = sigmoid(-(right - row + 1) / width) / sigmoid(-1.0)
        for row in range(right + 1, until):
            worth[row] = sigmoid((row - right) / max(width - 1, 1)) * FALSE_ALARM
        owner[left : right + 1] = nth
    owner[: probation(n_rows)] = -2
    return worth, owner


def best_score(series: Sequence[Scored]) -> tuple[float, float]:
    """Return the normalised score at the best threshold common to all series, and that threshold.

    Parameters
    ----------
    series : sequence of Scored
        All series of the benchmark.
    """
    n_before, scores, worths, owners = 0, [], [], []
    for each in series:
        worth, owner = row_worths(len(each.scores), each.windows)
        is_scored = owner != -2
        scores.append(each.scores[is_scored])
        worths.append(worth[is_scored])
        owners.append(np.where(owner >= 0, owner + n_before, -1)[is_scored])
        n_before += len(each.windows)
    score, worth, owner = np.concatenate(scores), np.concatenate(worths), np.concatenate(owners)
    is_scored_window = np.isin(np.arange(n_before), owner)
    n_windows = int(is_scored_window.sum())
    order = np.argsort(-score, kind="stable")
    found = np.full(n_before, -1.0)
    total = best = -float(n_windows)
    threshold = float("inf")
    for place, row in enumerate(order):
        window = owner[row]
        if window < 0:
            total += worth[row]
        elif worth[row] > found[window]:
            total += worth[row] - found[window]
            found[window] = worth[row]
        is_last_of_its_score = place + 1 == len(order) or score[order[place + 1]] != score[row]
        if is_last_of_its_score and total > best:
            best, threshold = total, float(score[row])
    # Nothing found is −n, all found at once is +n.
    return 100.0 * (best + n_windows) / (2.0 * n_windows), threshold
