"""The models on a shop's own past: fitted up to a day, held against what came after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.methods.lifetime.fitting import MODELS, Fit, fit
from zhanggui.methods.lifetime.histories import Floats
from zhanggui.methods.lifetime.occasions import Ints, Occasions, Window, sums, window
from zhanggui.methods.lifetime.scoring import Score, ranking, score
from zhanggui.methods.lifetime.searching import NoFitError
from zhanggui.methods.problems import NotEnoughDataError

_PARTS_OF_PAST = (1 / 3, 1 / 2, 2 / 3)
_LEAST_LATER = 30
_NEAR_LEVEL, _FAR_LEVEL = 0.5, 2.0
_DRIFT_Z, _DRIFT_SHARE = 3.0, 0.2


@dataclass(frozen=True, slots=True)
class Tried:
    """One model on the past.

    Attributes
    ----------
    fit : Fit
        Fitted to the histories up to the day.
    expected : array of float, shape (n_customers,)
        Purchases expected after it.
    score : Score
        Against those that came.
    churn_auc : float or None
        How well 1 - P(at least one purchase) ranks all customers by whether they stayed away.
    """

    fit: Fit
    expected: Floats
    score: Score
    churn_auc: float | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """The models that could be fitted, and which forecast best.

    Attributes
    ----------
    window : Window
        Histories up to the day, and what came after.
    tried : mapping of str to Tried
        By model.
    refused : mapping of str to str
        Why a model could not be fitted, by model.
    chosen : str
        The model of the lowest mean absolute error.
    """

    window: Window
    tried: Mapping[str, Tried]
    refused: Mapping[str, str]
    chosen: str

    @property
    def best(self) -> Tried:
        """The chosen model."""
        return self.tried[self.chosen]


@dataclass(frozen=True, slots=True)
class PastForecasts:
    """What a model would have forecast at earlier days, and what came.

    Attributes
    ----------
    expected, actual : array of float
        Purchases, one entry for each earlier day.
    """

    expected: Floats
    actual: Floats

    @property
    def level(self) -> float:
        """By what the forecasts would have had to be multiplied in all; between 0.5 and 2, and 1 where little came."""
        came, promised = float(self.actual.sum()), float(self.expected.sum())
        if came < _LEAST_LATER or promised <= 0:
            return 1.0
        return float(np.clip(came / promised, _NEAR_LEVEL, _FAR_LEVEL))

    def spread(self) -> float:
        """Return by what share forecasts were wrong, root mean square; 0 where fewer than 30 purchases came."""
        told = self.actual >= _LEAST_LATER
        if not told.any():
            return 0.0
        return float(np.sqrt(np.mean((self.expected[told] / self.actual[told] - 1) ** 2)))

    def and_also(self, expected: float, actual: float) -> PastForecasts:
        """Return these and one more forecast."""
        return PastForecasts(np.append(self.expected, expected), np.append(self.actual, actual))


@dataclass(frozen=True, slots=True)
class Drift:
    """Customers by when they first bought: what was expected of them, and what they did.

    Attributes
    ----------
    cohort : array of int
        Number of the cohort.
    customers, expected, actual : array of float
        Of each cohort.
    z : array of float
        How far actual lies from expected, in standard deviations of the forecast's own error.
    is_alarm : array of bool
        Beyond 3 standard deviations and a fifth of what was expected, the level of most customers taken out.
    """

    cohort: Ints
    customers: Floats
    expected: Floats
    actual: Floats
    z: Floats
    is_alarm: npt.NDArray[np.bool_]


def back_test(
    given: Occasions, *, end: int, until: int, unit_days: float = 1.0, models: Sequence[str] = tuple(MODELS)
) -> BackTest:
    """Fit models up to a day, and hold them against what came after it.

    Parameters
    ----------
    given : Occasions
        Who bought when.
    end, until : int
        Last day of the histories, and last day of what came after.
    unit_days : float, default 1
        Days of one unit of time.
    models : sequence of str
        Names of models.

    Returns
    -------
    BackTest
        Customers whose first purchase came after `end` have no part in it.

    Raises
    ------
    NotEnoughDataError
        No model can be fitted: too few customers, nobody came back, a single day.
    """
    seen = window(given, end=end, until=until, unit_days=unit_days)
    tried, refused = {}, {}
    for name in models:
        try:
            tried[name] = _tried(seen, fit(seen.known, model=name))
        except NoFitError as error:
            refused[name] = error.where
    if not tried:
        raise NoFitError(", ".join(models), "; ".join(refused.values()))
    return BackTest(seen, tried, refused, min(tried, key=lambda name: tried[name].score.mae))


def _tried(seen: Window, fitted: Fit) -> Tried:
    expected = fitted.model.expected_purchases(seen.known, seen.length)
    buys = fitted.model.p_purchase(seen.known, seen.length)
    return Tried(fitted, expected, score(expected, seen.later), ranking(1 - buys, seen.later == 0))


def past_forecasts(given: Occasions, *, end: int, model: str, unit_days: float = 1.0) -> PastForecasts:
    """Return what a model would have forecast at earlier days, and what came.

    Parameters
    ----------
    given : Occasions
        Who bought when; only what lies up to `end` is looked at.
    end : int
        Last day known.
    model : str
        Name of the model.
    unit_days : float, default 1
        Days of one unit of time.

    Returns
    -------
    PastForecasts
        Of the last third, half and two thirds of the time up to `end`, as far as the model can be fitted before them.
    """
    expected, actual = [], []
    for part in _PARTS_OF_PAST:
        earlier = end - round((end - given.first_day) * part)
        try:
            seen = window(given, end=earlier, until=end, unit_days=unit_days)
            fitted = fit(seen.known, model=model)
        except (NotEnoughDataError, NoFitError):
            continue
        expected.append(float(fitted.model.expected_purchases(seen.known, seen.length).sum()))
        actual.append(float(seen.later.sum()))
    return PastForecasts(np.array(expected), np.array(actual))


def drift(of: BackTest, cohort: Ints) -> Drift:
    """Return whether some cohorts left the path that the chosen model expects.

    Parameters
    ----------
    of : BackTest
        The models on the past.
    cohort : array of int, shape (n_customers,)
        Number of each customer's cohort, such as the month of the first purchase.

    Returns
    -------
    Drift
        One row per cohort with a customer.
    """
    names, place = np.unique(cohort, return_inverse=True)
    plain, actual = of.best.expected, of.window.later
    n, of_plain, came = (sums(place, each, len(names)) for each in (np.ones(len(place)), plain, actual))
    # The level of most customers: one broken cohort must not make the others look too good.
    level = _middle(np.divide(came, of_plain, where=of_plain > 0, out=np.ones(len(names))), n)
    of_all = of_plain * level
    spread = np.sqrt(sums(place, (actual - plain * level) ** 2, len(names)))
    z = np.divide(came - of_all, spread, where=spread > 0, out=np.zeros(len(names)))
    is_far = np.abs(came - of_all) > _DRIFT_SHARE * np.maximum(of_all, 1.0)
    return Drift(names, n, of_all, came, z, (np.abs(z) > _DRIFT_Z) & is_far)


def _middle(values: Floats, weight: Floats) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
