"""Two shares side by side: how far apart they are, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from zhanggui.methods.problems import NotEnoughDataError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShareEffect:
    """The share of one group beside that of another.

    Attributes
    ----------
    difference : float
        Treated less control, in points of share (-1 to 1).
    low, high : float
        Bounds of the difference.
    ratio_change : float or None
        Treated over control, less 1; None where nobody of the control does it.
    ratio_low, ratio_high : float or None
        Bounds of that; None where nobody of either group does it.
    """

    difference: float
    low: float
    high: float
    ratio_change: float | None
    ratio_low: float | None
    ratio_high: float | None


def wilson(share: npt.ArrayLike, n: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Return the bounds of shares of so many each.

    References
    ----------
    .. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
           American Statistical Association 22(158), 1927.

    Examples
    --------
    >>> low, high = wilson(0.5, 10, 0.95)
    >>> round(float(low), 3), round(float(high), 3)
    (0.237, 0.763)
    """
    share, n = np.asarray(share, np.float64), np.asarray(n, np.float64)
    z = float(norm.ppf((1 + confidence) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def share_effect(control: tuple[int, int], treated: tuple[int, int], *, confidence: float = 0.95) -> ShareEffect:
    """Hold the share of a treated group against that of its control.

    Parameters
    ----------
    control, treated : pair of int
        How many did it, of how many.
    confidence : float, default 0.95
        Of the bounds.

    Raises
    ------
    NotEnoughDataError
        A group is empty.

    Notes
    -----
    The difference has Newcombe's hybrid score interval (his method 10), made of both groups' Wilson intervals, which
    keeps its confidence where shares are small. The ratio has the interval of Katz, normal in its logarithm, which is
    too narrow while fewer than some ten of a group did it.

    References
    ----------
    .. [1] R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
           eleven methods", Statistics in Medicine 17(8), 1998.
    .. [2] D. Katz, J. Baptista, S. P. Azen, M. C. Pike, "Obtaining confidence intervals for the risk ratio in cohort
           studies", Biometrics 34(3), 1978.

    Examples
    --------
    Newcombe's example: 56 of 70 against 48 of 80.

    >>> found = share_effect((48, 80), (56, 70))
    >>> round(found.difference, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    (k0, n0), (k1, n1) = control, treated
    if min(n0, n1) <= 0:
        raise NotEnoughDataError(
            "One of the two groups is empty.",
            where=f"{n0} against {n1}",
            next_step="compare groups that both hold people",
        )
    p0, p1 = k0 / n0, k1 / n1
    (l0, l1), (u0, u1) = (bounds.tolist() for bounds in wilson([p0, p1], [n0, n1], confidence))
    difference = p1 - p0
    low = difference - math.hypot(p1 - l1, u0 - p0)
    high = difference + math.hypot(u1 - p1, p0 - l0)
    change = p1 / p0 - 1 if k0 else None
    ratio_low = ratio_high = None
    if k0 and k1:
        z = float(norm.ppf((1 + confidence) / 2))
        spread = z * math.sqrt(1 / k0 - 1 / n0 + 1 / k1 - 1 / n1)
        ratio_low, ratio_high = (p1 / p0 * math.exp(side * spread) - 1 for side in (-1, 1))
    return ShareEffect(difference, low, high, change, ratio_low, ratio_high)
