"""What sets a group apart from the whole that it is part of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import hypergeom

from zhanggui.methods.association.significance import false_discovery_rates
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.trials.shares import wilson

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Traits of a group beside those of all.

    Attributes
    ----------
    share_in_group, share_in_all : array of float
        Share of the group, and of all, that has each trait; 0-1.
    lift : array of float
        The one divided by the other: above 1 the trait is commoner in the group. NaN of a trait that nobody has.
    low, high : array of float
        Bounds of the lift, from Wilson's interval of the share in the group.
    p_value : array of float
        Chance of a difference at least as large, either way, had the group been drawn at random (two-sided Fisher).
    q_value : array of float
        Share of false findings among all traits at least as striking (Benjamini-Hochberg over all traits given).
    """

    share_in_group: Floats
    share_in_all: Floats
    lift: Floats
    low: Floats
    high: Floats
    p_value: Floats
    q_value: Floats


def contrast(
    with_trait_in_group: npt.ArrayLike,
    with_trait_in_all: npt.ArrayLike,
    *,
    n_group: int,
    n_all: int,
    confidence: float = 0.95,
) -> Contrast:
    """Hold the traits of a group against those of all.

    Parameters
    ----------
    with_trait_in_group, with_trait_in_all : array_like of int, shape (n_traits,)
        How many of the group, and of all including it, have each trait.
    n_group, n_all : int
        Size of both; the group is part of all and smaller.
    confidence : float, default 0.95
        Of the bounds.

    Returns
    -------
    Contrast
        One value per trait, in the order given.

    Raises
    ------
    NotEnoughDataError
        The group is empty, or everybody.

    Notes
    -----
    The exact test is conditional on both totals: drawing `n_group` of `n_all` without replacement. Its two-sided value
    is twice the smaller tail, at most 1, which is never less than the truth asks for.

    References
    ----------
    .. [1] R. A. Fisher, "The logic of inductive inference", Journal of the Royal Statistical Society 98(1), 1935.
    .. [2] E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
           American Statistical Association 22(158), 1927.

    Examples
    --------
    Of 100 customers 20 are from Jiangsu, of the group of 10 as many as 8: four times the share.

    >>> found = contrast([8], [20], n_group=10, n_all=100)
    >>> found.lift.tolist(), bool(found.p_value[0] < 0.001)
    ([4.0], True)
    """
    k, n_with = np.asarray(with_trait_in_group, np.int64), np.asarray(with_trait_in_all, np.int64)
    if not 0 < n_group < n_all:
        raise NotEnoughDataError(
            f"A group of {n_group} of {n_all} has nobody to be held against.",
            where="the group of a portrait",
            next_step="choose a group that is a part of all",
        )
    in_group, in_all = k / n_group, n_with / n_all
    low, high = wilson(in_group, n_group, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        lift, least, most = (np.where(n_with > 0, share / in_all, np.nan) for share in (in_group, low, high))
    upper = hypergeom.sf(k - 1, n_all, n_with, n_group)
    lower = hypergeom.cdf(k, n_all, n_with, n_group)
    p = np.asarray(np.minimum(2 * np.minimum(upper, lower), 1.0), np.float64)
    return Contrast(in_group, in_all, lift, least, most, p, false_discovery_rates(p))
