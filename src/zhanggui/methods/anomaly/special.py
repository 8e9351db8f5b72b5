"""Effects of special steps, such as the days of a promotion: learned from earlier ones, wide while unknown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BETWEEN_SHARE, BETWEEN_MOST = 0.35, 0.4
"""How far two steps of one label differ beyond their luck: a part of how far the label may lie from none, at most."""
TEACHES_BELOW = 0.3
"""Steps of a label that may lie further from none than this do not teach the level until the label is known."""
_SURE_STEPS = 2
"""From so many known steps of such a label on, later ones teach the level too."""
_LEAST_SPREAD = 1e-3


class Specials:
    """What is known so far of the effects of labelled steps on each series.

    Parameters
    ----------
    labels : array of int, shape (n_steps,)
        0 on ordinary steps.
    spreads : array of float, shape (n_steps,)
        How far the logarithm of a step's effect may lie from none before anything is known of its label.
    n_series : int
        How many series are followed.

    Notes
    -----
    The logarithm of what came over what is usual is normal around the label's effect, with the variance of the step's
    own luck and that between steps of a label; the effect itself is normal around 0 before anything is known. So the
    posterior mean is a weighted mean, drawn towards none, and the spread of the next step falls with each known one.
    """

    def __init__(self, labels: Ints, spreads: Floats, n_series: int) -> None:
        self._labels, self._spreads, self._n_series = labels, spreads, n_series
        self._precision: dict[int, Floats] = {}
        self._weighted: dict[int, Floats] = {}
        self._n: dict[int, int] = {}

    def foreseen(self, step: int) -> tuple[Floats, Floats]:
        """Return the factor of a step and the spread of its logarithm, both of shape (n_series,)."""
        label, spread = int(self._labels[step]), float(self._spreads[step])
        if label == 0:
            return np.ones(self._n_series), np.zeros(self._n_series)
        prior = 1.0 / max(spread, _LEAST_SPREAD) ** 2
        precision = prior + self._precision.get(label, np.zeros(self._n_series))
        mean = self._weighted.get(label, np.zeros(self._n_series)) / precision
        return np.exp(mean), np.sqrt(1.0 / precision + _between(spread) ** 2)

    def learn(self, step: int, came: Floats, usual: Floats, luck: Floats) -> None:
        """Take down what came of a step against what would be usual without its label, and the variance of that."""
        label, spread = int(self._labels[step]), float(self._spreads[step])
        if label == 0:
            return
        with np.errstate(invalid="ignore", divide="ignore"):
            is_known = np.isfinite(came) & np.isfinite(usual) & (came > 0) & (usual > 0)
            ratio = np.where(is_known, np.log(came / usual), 0.0)
            own = np.where(is_known, luck / np.square(usual), 1.0) + _between(spread) ** 2
        weight = np.where(is_known, 1.0 / own, 0.0)
        self._precision[label] = self._precision.get(label, np.zeros(self._n_series)) + weight
        self._weighted[label] = self._weighted.get(label, np.zeros(self._n_series)) + weight * ratio
        self._n[label] = self._n.get(label, 0) + 1

    def may_teach(self, step: int) -> bool:
        """Whether the level may be learned from a step: not while a large effect is unknown."""
        label = int(self._labels[step])
        return label == 0 or self._spreads[step] < TEACHES_BELOW or self._n.get(label, 0) > _SURE_STEPS


def _between(spread: float) -> float:
    return min(BETWEEN_SHARE * spread, BETWEEN_MOST)
