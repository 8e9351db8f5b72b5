"""What customers will buy from now on, what that is worth today, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from zhanggui.methods.lifetime.fitting import Fit, Model
from zhanggui.methods.lifetime.histories import Floats, Histories

_STEPS = 12
_MOST_DRAWN = 20_000
_YEAR_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Range:
    """A sum, and between what it will lie.

    Attributes
    ----------
    middle, low, high : float
        The forecast, and its bounds.
    """

    middle: float
    low: float
    high: float


def discounted_purchases(
    model: Model, of: Histories, *, horizon: float, unit_days: float, yearly_discount: float
) -> Floats:
    """Return expected purchases, later ones counting less.

    Parameters
    ----------
    model : BgNbd, MbgNbd or ParetoNbd
        A fitted model.
    of : Histories
        Customers as they stand.
    horizon : float
        How far ahead, in the unit of time of the histories.
    unit_days : float
        Days of one unit of time.
    yearly_discount : float
        What a year of waiting takes off, as an interest rate: .1 for 10 %.

    Returns
    -------
    array of float, shape (n_rows,)
        Purchases of today's worth, a twelfth of the horizon at a time, each valued at its middle.
    """
    if yearly_discount == 0:
        return model.expected_purchases(of, horizon)
    ends = np.linspace(0, horizon, _STEPS + 1)
    reached = [np.zeros(len(of)), *(model.expected_purchases(of, end) for end in ends[1:].tolist())]
    worth = (1 + yearly_discount) ** (-(ends[1:] + ends[:-1]) / 2 * unit_days / _YEAR_DAYS)
    return np.asarray(np.diff(np.array(reached), axis=0).T @ worth)


def forecast_range(
    fitted: Fit,
    of: Histories,
    worth: Floats,
    *,
    horizon: float,
    rng: np.random.Generator,
    wrong_by: float = 0.0,
    confidence: float = 0.9,
    n_draws: int = 40,
) -> Range:
    """Return what customers will buy in all, with bounds.

    Parameters
    ----------
    fitted : Fit
        The model and how sure its parameters are.
    of : Histories
        Customers as they stand, one per row.
    worth : array of float, shape (n_rows,)
        What a purchase of each is worth; 1 for counts.
    horizon : float
        How far ahead.
    rng : numpy.random.Generator
        Where chance comes from.
    wrong_by : float, default 0
        By what share forecasts of the same kind were wrong before; it widens the bounds.
    confidence : float, default 0.9
        Share of futures inside the bounds.
    n_draws : int, default 40
        Draws of the parameters.

    Returns
    -------
    Range
        Bounds cover what is not known of the parameters, the chance of single customers, and by how much forecasts were
        wrong before.
    """
    is_many = len(of) > _MOST_DRAWN
    chosen = rng.choice(len(of), _MOST_DRAWN, replace=False) if is_many else np.arange(len(of))
    some, value, times = of.part(chosen), worth[chosen], len(of) / max(len(chosen), 1)
    expected = fitted.model.expected_purchases(of, horizon)
    middle = float(expected @ worth)
    sums = [float(each.expected_purchases(some, horizon) @ value) for each in fitted.draws(n_draws, rng)]
    of_parameters = float(np.var(sums)) * times**2
    futures = [fitted.model.draw(some, horizon, rng) - expected[chosen] for _ in range(3)]
    of_customers = float(np.mean([((each * value) ** 2).sum() for each in futures])) * times
    reach = float(ndtri((1 + confidence) / 2)) * float(np.sqrt(of_parameters + of_customers + (wrong_by * middle) ** 2))
    low = middle - reach
    return Range(middle, max(low, 0.0) if (worth >= 0).all() else low, middle + reach)
