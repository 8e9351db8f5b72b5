"""Effects of special steps, such as the days of a promotion: learned from earlier ones, wide while unknown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

PRIOR = {True: 0.7, False: 0.15}
"""How far the logarithm of an effect may lie from none before anything is known, of strong and of mild labels."""
BETWEEN = {True: 0.25, False: 0.05}
"""How far two steps of one label differ beyond their luck."""
_SURE_STEPS = 2
"""From so many known steps of a strong label on, later ones teach the level too."""


class Specials:
    """What is known so far of the effects of labelled steps on each series.

    Parameters
    ----------
    labels : array of int, shape (n_steps,)
        0 on ordinary steps.
    is_strong : array of bool, shape (n_steps,)
        Whether the label of a step can double or halve.
    n_series : int
        How many series are followed.

    Notes
    -----
    The logarithm of what came over what is usual is normal around the label's effect, with the variance of the step's
    own luck and that between steps of a label; the effect itself is normal around 0 before anything is known. So the
    posterior mean is a weighted mean, drawn towards none, and the spread of the next step falls with each known one.
    """

    def __init__(self, labels: Ints, is_strong: Bools, n_series: int) -> None:
        self._labels, self._is_strong, self._n_series = labels, is_strong, n_series
        self._precision: dict[int, Floats] = {}
        self._weighted: dict[int, Floats] = {}
        self._n: dict[int, int] = {}

    def foreseen(self, step: int) -> tuple[Floats, Floats]:
        """Return the factor of a step and the spread of its logarithm, both of shape (n_series,)."""
        label, strong = int(self._labels[step]), bool(self._is_strong[step])
        if label == 0:
            return np.ones(self._n_series), np.zeros(self._n_series)
        prior = 1.0 / PRIOR[strong] ** 2
        precision = prior + self._precision.get(label, np.zeros(self._n_series))
        mean = self._weighted.get(label, np.zeros(self._n_series)) / precision
        return np.exp(mean), np.sqrt(1.0 / precision + BETWEEN[strong] ** 2)

    def learn(self, step: int, came: Floats, usual: Floats, luck: Floats) -> None:
        """Take down what came of a step against what would be usual without its label, and the variance of that."""
        label, strong = int(self._labels[step]), bool(self._is_strong[step])
        if label == 0:
            return
        with np.errstate(invalid="ignore", divide="ignore"):
            is_known = np.isfinite(came) & np.isfinite(usual) & (came > 0) & (usual > 0)
            ratio = np.where(is_known, np.log(came / usual), 0.0)
            own = np.where(is_known, luck / np.square(usual), 1.0) + BETWEEN[strong] ** 2
        weight = np.where(is_known, 1.0 / own, 0.0)
        self._precision[label] = self._precision.get(label, np.zeros(self._n_series)) + weight
        self._weighted[label] = self._weighted.get(label, np.zeros(self._n_series)) + weight * ratio
        self._n[label] = self._n.get(label, 0) + 1

    def may_teach(self, step: int) -> bool:
        """Whether the level may be learned from a step: not while a strong effect is unknown."""
        label = int(self._labels[step])
        return not (label and self._is_strong[step]) or self._n.get(label, 0) > _SURE_STEPS
