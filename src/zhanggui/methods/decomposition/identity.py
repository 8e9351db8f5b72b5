"""The exact split of a change over the factors of a product or ratio."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import MethodError, ShapeMismatchError

Floats = npt.NDArray[np.float64]

MOST_FACTORS = 10
"""Shapley values go through every set of factors, so their number doubles with each."""


class UndefinedRatioError(MethodError):
    """A factor that divides is zero, so there is no value whose change could be split."""

    code = "undefined_ratio"

    def __init__(self, factor: int) -> None:
        self.factor = factor
        super().__init__(
            "A factor that divides is zero: the value it belongs to is not defined.",
            where=f"factor {factor}",
            next_step="leave out the cases whose divisor is zero",
        )


def product_effects(before: npt.ArrayLike, after: npt.ArrayLike, *, exponents: npt.ArrayLike | None = None) -> Floats:
    """Split the change of a product over its factors.

    Parameters
    ----------
    before, after : array_like of float, shape (..., n_factors)
        Factors in both periods, any number of cases at a time. NaN says that a factor is not defined (the average
        order value of no orders): it then takes its value of the other period, so that it drives nothing.
    exponents : array_like of int, shape (n_factors,), optional
        1 for a factor that multiplies (the default), -1 for one that divides.

    Returns
    -------
    array of float, shape (..., n_factors)
        Effect of each factor in the unit of the product. Effects sum to the change of the product.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length, or there are too many factors.
    UndefinedRatioError
        A factor that divides is zero.

    Notes
    -----
    Where every factor keeps its sign and none is zero: the logarithmic mean Divisia index (LMDI-I),
    ``L(V1, V0) · ln(x1 / x0)`` with ``L(a, b) = (a - b) / (ln a - ln b)``. Elsewhere the logarithm does not exist and
    the Shapley value takes over: the mean effect of changing the factor over all orders in which factors can change;
    with two factors that is the mid-point. Both are exact and treat the periods alike: swapped, effects change sign.

    References
    ----------
    .. [1] B. W. Ang, "The LMDI approach to decomposition analysis: a practical guide", Energy Policy 33(7), 2005.
    .. [2] J. Albrecht, D. François, K. Schoors, "A Shapley decomposition of carbon emissions without residuals",
           Energy Policy 30(9), 2002.

    Examples
    --------
    >>> product_effects([100.0, 50.0], [110.0, 45.0]).round(4).tolist()  # 5000 → 4950
    [474.1642, -524.1642]
    >>> product_effects([0.0, np.nan], [4.0, 25.0]).tolist()  # the first four orders, of 25 each
    [100.0, 0.0]
    """
    x0, x1 = np.asarray(before, np.float64), np.asarray(after, np.float64)
    n = x0.shape[-1] if x0.ndim else 0
    powers = np.ones(n) if exponents is None else np.asarray(exponents, np.float64)
    if x0.shape != x1.shape or powers.shape != (n,) or not 1 <= n <= MOST_FACTORS:
        raise ShapeMismatchError(before=n, after=x1.shape[-1] if x1.ndim else 0, exponents=len(powers))
    shape = x0.shape
    x0, x1 = x0.reshape(-1, n), x1.reshape(-1, n)
    x0, x1 = _defined(x0, x1), _defined(x1, x0)
    for place in np.flatnonzero(powers < 0):
        if (x0[:, place] == 0).any() or (x1[:, place] == 0).any():
            raise UndefinedRatioError(int(place))
    v0, v1 = np.prod(x0**powers, axis=1), np.prod(x1**powers, axis=1)
    has_logarithm = (x0 * x1 > 0).all(axis=1) & np.isfinite(v0 * v1) & (v0 * v1 != 0)
    effects = np.empty_like(x0)
    effects[has_logarithm] = _lmdi(x0[has_logarithm], x1[has_logarithm], powers)
    effects[~has_logarithm] = _shapley(x0[~has_logarithm] ** powers, x1[~has_logarithm] ** powers)
    return _closed(effects, v1 - v0).reshape(shape)


def _defined(factors: Floats, others: Floats) -> Floats:
    found = np.where(np.isnan(factors), others, factors)
    return np.where(np.isnan(found), 1.0, found)


def _lmdi(x0: Floats, x1: Floats, powers: Floats) -> Floats:
    v0, v1 = np.prod(x0**powers, axis=1), np.prod(x1**powers, axis=1)
    growth = np.log(x1 / x0) * powers
    total = growth.sum(axis=1)
    # (e^t - 1) / t tends to 1; expm1 keeps its digits where the two values are nearly equal.
    is_still = np.abs(total) < 1e-12
    safe = np.where(is_still, 1.0, total)
    mean = np.where(is_still, (v0 + v1) / 2, v0 * np.expm1(safe) / safe)
    return np.asarray(mean[:, None] * growth, np.float64)


def _shapley(x0: Floats, x1: Floats) -> Floats:
    n_cases, n = x0.shape
    effects = np.zeros((n_cases, n))
    for place in range(n):
        others = [each for each in range(n) if each != place]
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for changed in combinations(others, size):
                rest = np.ones(n_cases)
                for each in others:
                    rest = rest * (x1[:, each] if each in changed else x0[:, each])
                effects[:, place] += weight * rest * (x1[:, place] - x0[:, place])
    return effects


def _closed(effects: Floats, change: Floats) -> Floats:
    """Put what floating point lost to the largest effect, where it disturbs least."""
    rows = np.arange(len(effects))
    largest = np.abs(effects).argmax(axis=1)
    effects[rows, largest] += change - effects.sum(axis=1)
    return effects
