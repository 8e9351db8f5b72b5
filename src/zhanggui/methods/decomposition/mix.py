"""Volume, rate and mix: what segments did to a total or a ratio, also where they appear and vanish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.methods.decomposition.identity import product_effects
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RateMix:
    """What each segment did to a ratio; all entries of both arrays sum to its change.

    Attributes
    ----------
    rate : array of float, shape (n_segments,)
        The segment's own ratio moved.
    mix : array of float, shape (n_segments,)
        The segment's share moved: negative when a segment below the average gained weight.
    """

    rate: Floats
    mix: Floats

    @property
    def total(self) -> Floats:
        """Both together, by segment."""
        return self.rate + self.mix


@dataclass(frozen=True, slots=True)
class VolumeRateMix:
    """What each segment did to an amount; the three of a segment sum to the change of its amount.

    Attributes
    ----------
    volume : array of float, shape (n_segments,)
        The whole base grew or shrank.
    rate : array of float, shape (n_segments,)
        The amount per unit of the segment's base moved.
    mix : array of float, shape (n_segments,)
        The segment's share of the base moved.
    """

    volume: Floats
    rate: Floats
    mix: Floats

    @property
    def total(self) -> Floats:
        """All three together, by segment."""
        return self.volume + self.rate + self.mix


def rate_and_mix(
    numerator_before: npt.ArrayLike,
    denominator_before: npt.ArrayLike,
    numerator_after: npt.ArrayLike,
    denominator_after: npt.ArrayLike,
) -> RateMix:
    """Split the change of a ratio of sums over segments into rate and mix effects.

    Parameters
    ----------
    numerator_before, denominator_before, numerator_after, denominator_after : array_like of float, shape (n_segments,)
        Sums of each segment in both periods; 0 where a segment is not there.

    Returns
    -------
    RateMix
        ``(rate + mix).sum()`` is the ratio after less the ratio before.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.
    NotEnoughDataError
        A denominator sums to zero, so the ratio is not defined.

    Notes
    -----
    With w a segment's share of the denominator, r its ratio, R the whole's and a bar for the mean of both periods:
    rate ``w̄ · Δr``, mix ``(r̄ - R̄) · Δw`` (Marshall-Edgeworth weights, so nothing is left over and swapping the periods
    swaps the sign). A segment that appears or vanishes has no change of rate: all of it is mix. Rates may rise in
    every segment while the whole falls (Simpson's paradox); then mix is negative, and says where.

    References
    ----------
    .. [1] E. M. Kitagawa, "Components of a difference between two rates", Journal of the American Statistical
           Association 50(272), 1955.

    Examples
    --------
    >>> found = rate_and_mix([10, 90], [100, 300], [66, 32], [600, 100])  # 10 % → 11 %, 30 % → 32 %, whole 25 % → 14 %
    >>> found.rate.round(4).tolist(), found.mix.round(4).tolist(), round(float(found.total.sum()), 4)
    ([0.0055, 0.0089], [-0.0546, -0.0698], -0.11)
    """
    n0, d0, n1, d1 = _side_by_side(numerator_before, denominator_before, numerator_after, denominator_after)
    whole0, whole1 = d0.sum(), d1.sum()
    if whole0 == 0 or whole1 == 0:
        raise NotEnoughDataError(
            "The denominator sums to zero, so there is no ratio to split.",
            where="the period before" if whole0 == 0 else "the period after",
            next_step="choose periods in which it is not zero",
        )
    share0, share1 = d0 / whole0, d1 / whole1
    middle = (n0.sum() / whole0 + n1.sum() / whole1) / 2
    moved = share1 - share0
    total = n1 / whole1 - n0 / whole0 - middle * moved
    rate0, rate1 = _rates(n0, d0, n1, d1)
    mix = ((rate0 + rate1) / 2 - middle) * moved
    # What a segment holds without any base (a refund of no order) has no share: it stays with the rate.
    return RateMix(total - mix, mix)


def volume_rate_and_mix(
    amount_before: npt.ArrayLike, base_before: npt.ArrayLike, amount_after: npt.ArrayLike, base_after: npt.ArrayLike
) -> VolumeRateMix:
    """Split the change of an amount over segments into volume, rate and mix effects.

    Parameters
    ----------
    amount_before, base_before, amount_after, base_after : array_like of float, shape (n_segments,)
        For each segment what is explained (paid amount) and the base that it comes from (orders), in both periods.

    Returns
    -------
    VolumeRateMix
        For every segment ``volume + rate + mix`` is the change of its amount.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.

    Notes
    -----
    A segment's amount is whole base × share of the base × amount per unit; its change is split over the three factors
    by :func:`~zhanggui.methods.decomposition.product_effects`. What a segment holds without any base is rate.

    Examples
    --------
    >>> found = volume_rate_and_mix([1000, 1000], [10, 20], [1800, 500], [18, 12])
    >>> found.volume.round(2).tolist(), found.rate.round(2).tolist(), found.mix.round(2).tolist()
    ([0.0, 0.0], [0.0, -131.52], [800.0, -368.48])
    """
    a0, b0, a1, b1 = _side_by_side(amount_before, base_before, amount_after, base_after)
    rate0, rate1 = _rates(a0, b0, a1, b1)
    whole0, whole1 = b0.sum(), b1.sum()
    share0 = b0 / whole0 if whole0 else np.zeros_like(b0)
    share1 = b1 / whole1 if whole1 else np.zeros_like(b1)
    before = np.stack([np.full_like(b0, whole0), share0, rate0], axis=-1)
    after = np.stack([np.full_like(b1, whole1), share1, rate1], axis=-1)
    volume, mix, _ = np.moveaxis(product_effects(before, after), -1, 0)
    return VolumeRateMix(volume, (a1 - a0) - volume - mix, mix)


def _side_by_side(*columns: npt.ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    first, second, third, fourth = (np.asarray(each, np.float64) for each in columns)
    if not first.shape == second.shape == third.shape == fourth.shape or first.ndim != 1:
        raise ShapeMismatchError(
            numerator_before=first.size,
            denominator_before=second.size,
            numerator_after=third.size,
            denominator_after=fourth.size,
        )
    return first, second, third, fourth


def _rates(n0: Floats, d0: Floats, n1: Floats, d1: Floats) -> tuple[Floats, Floats]:
    """Return the ratio of each segment in both periods, that of the other period where there is none."""
    rate0 = np.divide(n0, d0, out=np.full_like(n0, np.nan), where=d0 != 0)
    rate1 = np.divide(n1, d1, out=np.full_like(n1, np.nan), where=d1 != 0)
    both0, both1 = np.where(np.isnan(rate0), rate1, rate0), np.where(np.isnan(rate1), rate0, rate1)
    return np.nan_to_num(both0), np.nan_to_num(both1)
