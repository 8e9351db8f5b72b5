"""What a series should hold on a day, by its own past alone: season, level, trend, special days, and its scatter."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zhanggui.methods.anomaly.pattern import cycle_factors, moving_level
from zhanggui.methods.anomaly.special import Specials
from zhanggui.methods.anomaly.tails import bound_at, signed_deviation
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

CYCLES_KEPT = 8
"""So many cycles (weeks of a daily series) back are looked at."""
FEWEST_CYCLES = 2
"""Cycles of known steps from which on a step can be foreseen; after one more it is known how far that strays."""
SHIFT_STEPS = 5
"""So many steps in a row on one side of what was expected, and they are the new level."""
DEFAULT_WIDTH = 4.0
"""Deviations at which a value leaves the band: under a normal law once in 16,000 values."""

DEFAULT_SPREAD = 0.15
_SHIFT_DEVIATIONS = 2.0
_CLIP = 2.0
_MAD_TO_DEVIATION = 1.4826
_FAR = 3.0
_FEW = 3.0
"""A variance of n surprises is taken 3/n larger: from few it is often too small, and that is what makes alarms."""
_SMALLEST = 1e-9
_FEWEST_SALES = 3
_LEAST_RELATIVE = 0.01
"""No band is narrower than this part of what is expected for each deviation: an unbroken copy is not a law."""


@dataclass(frozen=True, slots=True)
class Bands:
    """What was expected of each value before it was known.

    Attributes
    ----------
    expected, low, high : array of float, shape of the values
        In the unit of the values; NaN where the past is too short.
    deviations : array of float, shape of the values
        How far the value lies from what was expected, in standard deviations, with its sign; NaN where the value is
        not known or the past is too short.
    is_short : array of bool, shape of the values
        The past did not suffice.
    width : float
        Deviations at which a value leaves the band.
    """

    expected: Floats
    low: Floats
    high: Floats
    deviations: Floats
    is_short: Bools
    width: float

    @property
    def is_outside(self) -> Bools:
        """Whether each value lies outside its band; False where nothing can be said."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(self.deviations) > self.width)


def seasonal_bands(
    values: npt.ArrayLike,
    *,
    exposures: npt.ArrayLike | None = None,
    labels: npt.ArrayLike | None = None,
    spreads: npt.ArrayLike | None = None,
    is_count: bool = False,
    cycle: int = 7,
    width: float = DEFAULT_WIDTH,
    first: int = 0,
) -> Bands:
    """Return what each value of one or many series should have been by the values before it.

    Parameters
    ----------
    values : array_like of float, shape (n_steps,) or (n_series, n_steps)
        One value each step; NaN where none is known.
    exposures : array_like of float, same shape, optional
        Of a ratio, what it is divided by, known on the step itself: a ratio of few strays further. 0 or NaN where the
        ratio is not known.
    labels : array_like of int, shape (n_steps,), optional
        0 on ordinary steps; steps of one other number are special in the same way, such as a phase of a promotion.
    spreads : array_like of float, shape (n_steps,), optional
        How far the logarithm of a special step's effect may lie from none before its label is known: 0.7 where it
        doubles or halves, 0.15 where it moves by a part, which is taken where nothing is given.
    is_count : bool, default False
        Values (of a ratio: its numerator) count things that come one by one, so they stray by their root at least.
    cycle : int, default 7
        Steps after which the pattern repeats.
    width : float, default 4.0
        Deviations at which the bounds lie.
    first : int, default 0
        The first step for which bounds are wanted; all before it only teach.

    Returns
    -------
    Bands
        Of the shape of `values`.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.
    NotEnoughDataError
        There is no step at all.

    Notes
    -----
    Each step is foreseen from the steps before it only: factors of the cycle (shrunk towards none by their own noise),
    times a level (exponential mean of the last four cycles with a half-life of one, outliers drawn in to two
    deviations) moved on by a trend where there is one, times the effect of special steps. An effect is learned from
    earlier steps of the same label, in this occasion and in earlier ones; unknown it widens the band. Five values in a
    row on one side, two deviations off on average, are a new level.

    The variance is in proportion to what is expected. Its factor is the mean square of earlier surprises, each counted
    up to three deviations; at least that of a Poisson law for counts, and of sums that are often nought that of sales
    of their usual size. Deviations are those of a normal law of the same tail probability.

    Examples
    --------
    >>> orders = np.tile([100.0, 104, 98, 101, 130, 160, 150], 5)
    >>> orders[-1] = 60
    >>> found = seasonal_bands(orders, is_count=True)
    >>> bool(found.is_outside[-1]), int(found.is_outside.sum()), round(float(found.expected[-1]))
    (True, 1, 150)
    """
    held = np.atleast_2d(np.asarray(values, dtype=np.float64))
    shape = np.shape(values)
    if held.size == 0:
        raise NotEnoughDataError(
            "A series without a single step has no bands.", where="values", next_step="pass at least one step"
        )
    n_steps = held.shape[1]
    exposed = np.ones_like(held) if exposures is None else np.atleast_2d(np.asarray(exposures, dtype=np.float64))
    label = np.zeros(n_steps, np.int64) if labels is None else np.asarray(labels, dtype=np.int64)
    spread = np.full(n_steps, DEFAULT_SPREAD) if spreads is None else np.asarray(spreads, dtype=np.float64)
    if exposed.shape != held.shape or label.shape != (n_steps,) or spread.shape != (n_steps,):
        raise ShapeMismatchError(values=n_steps, exposures=exposed.shape[-1], labels=len(label), spreads=len(spread))
    known = np.isfinite(held) & np.isfinite(exposed) & (exposed > 0)
    rates = np.where(known, held, np.nan)
    specials = Specials(label, spread, len(held))
    walk = _Walk(rates, np.where(known, exposed, np.nan), cycle, is_count, exposures is not None, specials)
    for step in range(n_steps):
        walk.foresee(step)
    return walk.bands(width, first, shape)


@dataclass(slots=True)
class _Walk:
    """The state of all series while they are gone through once, step by step."""

    rates: Floats
    exposures: Floats
    cycle: int
    is_count: bool
    is_share: bool
    specials: Specials
    clean: Floats = field(init=False)
    expected: Floats = field(init=False)
    luck: Floats = field(init=False)
    variance: Floats = field(init=False)
    surprise: Floats = field(init=False)
    deviations: Floats = field(init=False)
    is_signed: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.clean, self.expected, self.luck, self.variance, self.surprise, self.deviations = (
            np.full(self.rates.shape, np.nan) for _ in range(6)
        )
        with np.errstate(invalid="ignore"):
            self.is_signed = np.asarray((self.rates < 0).any(axis=1))

    def foresee(self, step: int) -> None:
        """Foresee one step, look at what came, and keep what may be learned of it."""
        now = self.rates[:, step]
        begin = max(0, step - CYCLES_KEPT * self.cycle)
        past = self.clean[:, begin:step]
        is_ready = np.isfinite(past).sum(axis=1) >= FEWEST_CYCLES * self.cycle
        usual = np.full(len(now), np.nan)
        if is_ready.any():
            usual[is_ready] = self._usual(step, begin, is_ready)
        effect, spread = self.specials.foreseen(step)
        effect, spread = (np.where(self.is_signed, neutral, each) for neutral, each in ((1.0, effect), (0.0, spread)))
        expected = usual * effect
        self.expected[:, step] = expected
        self._judge(step, expected, spread)
        self.specials.learn(step, now, usual, self.luck[:, step] / np.square(effect))
        self._keep(step, effect)

    def _usual(self, step: int, begin: int, rows: Bools) -> Floats:
        past, weight = self.clean[rows, begin:step], self.exposures[rows, begin:step]
        ahead = (step - begin) % self.cycle
        factors, offsets = cycle_factors(past, self.cycle, self.is_signed[rows])
        place = np.arange(past.shape[1]) % self.cycle
        level = moving_level((past - offsets[:, place]) / factors[:, place], weight, self.cycle)
        if self.is_count:
            # Half a thing in all that is looked back on: none so far does not mean that none can come.
            seen = np.nansum(np.where(np.isfinite(past), weight, 0.0), axis=1)
            level = np.maximum(level, 0.5 / np.maximum(seen, _SMALLEST))
        found = level * factors[:, ahead] + offsets[:, ahead]
        return np.where(self.is_signed[rows], found, np.maximum(found, 0.0))

    def _judge(self, step: int, expected: Floats, spread: Floats) -> None:
        """Set the variance of a step and how far what came lies from what was expected."""
        exposure = np.where(np.isfinite(self.exposures[:, step]), self.exposures[:, step], 1.0)
        size = np.where(self.is_signed, 1.0, np.maximum(np.abs(expected), _SMALLEST))
        begin = max(0, step - CYCLES_KEPT * self.cycle)
        factor = _square_of_spread(self.surprise[:, begin:step], self.cycle)
        least = np.zeros_like(size)
        if self.is_count:
            # Shares of ones and noughts stray less than counts do, the more the nearer they are to one.
            least = np.clip(1.0 - expected, 0.05, 1.0) if self.is_share else np.ones_like(size)
        elif not self.is_share:
            least = np.where(self.is_signed, 0.0, _size_of_one(self.rates[:, begin:step]))
        factor = np.maximum(factor, least)
        self.luck[:, step] = factor * size / exposure + _LEAST_RELATIVE**2 * expected**2
        self.variance[:, step] = self.luck[:, step] + np.square(spread) * expected**2
        now = self.rates[:, step] if self.specials.may_teach(step) else np.full_like(expected, np.nan)
        with np.errstate(invalid="ignore"):
            self.surprise[:, step] = (now - expected) / np.sqrt(
                size / exposure + (np.square(spread) * expected**2) / np.fmax(factor, _SMALLEST)
            )
        self.deviations[:, step] = signed_deviation(
            self.rates[:, step] * exposure, expected * exposure, self.variance[:, step] * exposure**2, self.is_signed
        )

    def _keep(self, step: int, effect: Floats) -> None:
        """Add the step to what is learned from: without its special effect, and drawn in where it lies far off."""
        now, expected = self.rates[:, step], self.expected[:, step]
        reach = _CLIP * np.sqrt(self.variance[:, step])
        drawn = np.where(np.isfinite(reach), np.clip(now, expected - reach, expected + reach), now)
        may_teach = self.specials.may_teach(step)
        self.clean[:, step] = np.where(may_teach, drawn / effect, np.nan)
        recent = self.deviations[:, max(0, step - SHIFT_STEPS + 1) : step + 1]
        if recent.shape[1] == SHIFT_STEPS:
            with np.errstate(invalid="ignore"):
                is_one_sided = (recent > 0).all(axis=1) | (recent < 0).all(axis=1)
                has_moved = is_one_sided & (np.abs(recent.mean(axis=1)) > _SHIFT_DEVIATIONS)
            self._restart(step, has_moved)

    def _restart(self, step: int, has_moved: Bools) -> None:
        """Bring what lies before a new level to it: the pattern of the cycle stays, the level does not."""
        if not has_moved.any():
            return
        new = slice(step - SHIFT_STEPS + 1, step + 1)
        begin = max(0, step - CYCLES_KEPT * self.cycle)
        came, foreseen = self.rates[has_moved, new], self.expected[has_moved, new]
        with np.errstate(invalid="ignore", divide="ignore"):
            factor = np.clip(np.nanmean(came, axis=1) / np.nanmean(foreseen, axis=1), 0.02, 50.0)
        offset = np.nanmean(came - foreseen, axis=1)
        signed = self.is_signed[has_moved][:, None]
        before = self.clean[has_moved, begin : new.start]
        self.clean[has_moved, begin : new.start] = np.where(
            signed, before + offset[:, None], before * np.where(np.isfinite(factor), factor, 1.0)[:, None]
        )
        self.clean[has_moved, new] = np.where(np.isfinite(self.clean[has_moved, new]), came, np.nan)
        self.surprise[has_moved, new] = np.nan

    def bands(self, width: float, first: int, shape: tuple[int, ...]) -> Bands:
        """Return the result, with bounds from step `first` on."""
        exposure = np.where(np.isfinite(self.exposures), self.exposures, 1.0)
        low, high = np.full(self.rates.shape, np.nan), np.full(self.rates.shape, np.nan)
        mean, variance = (self.expected * exposure)[:, first:], (self.variance * exposure**2)[:, first:]
        for bound, side in ((low, -1), (high, 1)):
            bound[:, first:] = bound_at(side * width, mean, variance, self.is_signed) / exposure[:, first:]
        is_short = ~np.isfinite(self.variance)
        return Bands(
            self.expected.reshape(shape),
            low.reshape(shape),
            high.reshape(shape),
            self.deviations.reshape(shape),
            is_short.reshape(shape),
            width,
        )


def _size_of_one(past: Floats) -> Floats:
    """Return the size of one sale of a series that is often nought, as if each other step held one; else about 0.

    A product that sells every third day brings its price or nothing: its steps stray by the root of price times mean.
    """
    known = np.isfinite(past)
    n, n_more = np.maximum(known.sum(axis=1), 1), (known & (past > 0)).sum(axis=1)
    total = np.where(known & (past > 0), past, 0.0).sum(axis=1)
    # Of one or two sales nobody knows how large the next one is.
    found: Floats = np.where(n_more < _FEWEST_SALES, np.nan, (1.0 - n_more / n) * total / np.maximum(n_more, 1))
    return found


def _square_of_spread(surprise: Floats, cycle: int) -> Floats:
    """Return the robust variance of past surprises of each series; not known while there are few."""
    n = np.isfinite(surprise).sum(axis=1)
    found = np.full(len(surprise), np.nan)
    rows = n >= cycle
    if rows.any():
        square = np.square(surprise[rows])
        middle = _MAD_TO_DEVIATION**2 * np.nanmedian(square, axis=1)
        # The median alone would jump with small counts, the mean alone with every fault.
        mean = np.nanmean(np.minimum(square, _FAR**2 * middle[:, None]), axis=1)
        found[rows] = mean * (1.0 + _FEW / n[rows])
    return found
