"""Two means side by side, from sums alone: how far apart they are, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import t as student

from zhanggui.methods.problems import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class Group:
    """The values of a group as sums.

    Attributes
    ----------
    n : int
        How many.
    total, squares : float
        Sum of the values, and of their squares.
    """

    n: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The mean value."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """The sample variance; 0 of a single value."""
        if self.n < 2:
            return 0.0
        return max(self.squares - self.total * self.total / self.n, 0.0) / (self.n - 1)

    def bounds(self, confidence: float) -> tuple[float, float]:
        """Return the bounds of the mean, by Student's t."""
        half = float(student.ppf((1 + confidence) / 2, self.n - 1)) * math.sqrt(self.variance / self.n)
        return self.mean - half, self.mean + half


@dataclass(frozen=True, slots=True)
class MeanEffect:
    """The mean of one group beside that of another.

    Attributes
    ----------
    difference : float
        Treated less control, in the unit of the values.
    low, high : float
        Bounds of the difference.
    """

    difference: float
    low: float
    high: float


def mean_effect(control: Group, treated: Group, *, confidence: float = 0.95) -> MeanEffect:
    """Hold the mean of a treated group against that of its control.

    Parameters
    ----------
    control, treated : Group
        The values of everybody, zeros of those who did nothing among them.
    confidence : float, default 0.95
        Of the bounds.

    Raises
    ------
    NotEnoughDataError
        A group has fewer than two values.

    Notes
    -----
    Welch's interval: variances may differ, degrees of freedom are those of Satterthwaite. Amounts spent have long
    tails; a few very large ones in a small group make it too narrow on the side of the tail.

    References
    ----------
    .. [1] B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
           involved", Biometrika 34(1/2), 1947.

    Examples
    --------
    Control 1, 2, 3 and treated 2, 4, 6: means 2 and 4, variances 1 and 4, error √(1/3 + 4/3), 2.94 degrees of freedom.

    >>> found = mean_effect(Group(3, 6.0, 14.0), Group(3, 12.0, 56.0))
    >>> found.difference, round(found.low, 2), round(found.high, 2)
    (2.0, -2.16, 6.16)
    """
    if min(control.n, treated.n) < 2:
        raise NotEnoughDataError(
            "A mean of a single value has no interval.",
            where=f"{control.n} against {treated.n}",
            next_step="compare groups of two or more",
        )
    parts = [group.variance / group.n for group in (control, treated)]
    difference = treated.mean - control.mean
    error = sum(parts)
    if not error:
        return MeanEffect(difference, difference, difference)
    freedom = error**2 / sum(part**2 / (group.n - 1) for part, group in zip(parts, (control, treated), strict=True))
    half = float(student.ppf((1 + confidence) / 2, freedom)) * math.sqrt(error)
    return MeanEffect(difference, difference - half, difference + half)
