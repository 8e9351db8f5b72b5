"""Maximum likelihood of the models of buying, with how sure the parameters are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from zhanggui.methods.lifetime.geometric import BgNbd, MbgNbd
from zhanggui.methods.lifetime.histories import Floats, Histories, check_enough, grouped
from zhanggui.methods.lifetime.pareto import ParetoNbd
from zhanggui.methods.lifetime.searching import FLAT, HIGHEST, LOWEST, NoFitError, lowest

Model: TypeAlias = BgNbd | ParetoNbd

MODELS: Mapping[str, type[BgNbd] | type[ParetoNbd]] = MappingProxyType(
    {each.name: each for each in (BgNbd, MbgNbd, ParetoNbd)}
)
"""The models by name."""

_ROWS_TO_START = 4_000
_FLAT_ENOUGH = 1e-5
"""How flat some of the rows need to be where they only say where to begin with all."""
_STEP = 1e-4


@dataclass(frozen=True, slots=True)
class Fit:
    """A model with its parameters, and how sure they are.

    Attributes
    ----------
    model : BgNbd, MbgNbd or ParetoNbd
        The fitted model.
    log_likelihood : float
        Sum over customers, in the unit of time of the histories.
    covariance : array of float, shape (4, 4)
        Of the natural logarithms of the parameters, by the curvature of the likelihood.
    n_customers : float
        Customers fitted to.
    at_bound : tuple of str
        Parameters that ran away as far as they may: the data cannot tell them.
    """

    model: Model
    log_likelihood: float
    covariance: Floats
    n_customers: float
    at_bound: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by name."""
        return {name: float(getattr(self.model, name)) for name in self.model.NAMES}

    @property
    def standard_errors(self) -> dict[str, float]:
        """The standard error of each parameter, by name."""
        spread = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return {name: value * float(sd) for (name, value), sd in zip(self.parameters.items(), spread, strict=True)}

    def draws(self, n: int, rng: np.random.Generator) -> list[Model]:
        """Return models as the data might also have given them.

        Parameters
        ----------
        n : int
            How many.
        rng : numpy.random.Generator
            Where chance comes from.

        Returns
        -------
        list of models
            Parameters drawn around the fitted ones, their logarithms normal.
        """
        middle = np.log(list(self.parameters.values()))
        logs = rng.multivariate_normal(middle, self.covariance, size=n, method="eigh")
        return [type(self.model)(*np.exp(np.clip(each, middle - 3, middle + 3)).tolist()) for each in logs]


def fit(given: Histories, *, model: str = BgNbd.name) -> Fit:
    """Fit a model of buying by maximum likelihood.

    Parameters
    ----------
    given : Histories
        One row per customer, or equal histories as one row with their number.
    model : {"bg_nbd", "mbg_nbd", "pareto_nbd"}
        Which model.

    Returns
    -------
    Fit
        Parameters in the unit of time of the histories.

    Raises
    ------
    NotEnoughDataError
        There are too few customers, nobody came back, or nobody was watched for any time.
    NoFitError
        The likelihood has no maximum that can be found.

    Notes
    -----
    Equal histories are summed first: their likelihood is the same, and the work goes with the number of different
    ones. The search is BFGS on the logarithms of the parameters with exact gradients, in a unit of time of its own,
    so that days and weeks give the same model.

    Examples
    --------
    >>> from zhanggui.methods.lifetime import histories
    >>> known = histories([0, 1, 2, 5], [0, 9, 20, 35], [39, 39, 38, 38], [60, 20, 12, 8])
    >>> round(fit(known).log_likelihood, 3)
    -383.191
    """
    kind = MODELS[model]
    rows = grouped(given)
    check_enough(rows)
    # In this unit customers were watched 10 on average, so that the bounds of the search mean the same everywhere.
    unit = rows.mean_of(rows.watched) / 10
    scaled = rows.scaled(unit)
    begin, shape = np.log(kind.start(scaled)), None
    if len(scaled) > 2 * _ROWS_TO_START:
        # A maximum of some of the rows is near that of all, and costs little; the curvature there leads straight on.
        some = scaled.part(np.arange(0, len(scaled), len(scaled) // _ROWS_TO_START))
        begin = _maximum(kind, some, begin, None, flat=_FLAT_ENOUGH)
        shape = _covariance(kind, some, begin, kind.likelihood(np.exp(begin), some)[1]) * some.n_customers
    found = _maximum(kind, scaled, begin, shape)
    parameters = np.exp(found)
    value, gradient = kind.likelihood(parameters, scaled)
    if not np.isfinite(value):
        raise NoFitError(model, "the likelihood is not finite")
    at_bound = tuple(
        name for name, place in zip(kind.NAMES, found.tolist(), strict=True) if not LOWEST + 0.1 < place < HIGHEST - 0.1
    )
    covariance = _covariance(kind, scaled, found, gradient)
    in_unit = {
        name: value * (unit if name in kind.TIMES else 1.0)
        for name, value in zip(kind.NAMES, parameters.tolist(), strict=True)
    }
    in_given_unit = value - rows.mean_of(rows.repeats) * rows.n_customers * log(unit)
    return Fit(kind(**in_unit), in_given_unit, covariance, rows.n_customers, at_bound)


def _maximum(
    kind: type[BgNbd] | type[ParetoNbd], rows: Histories, begin: Floats, shape: Floats | None, *, flat: float = FLAT
) -> Floats:
    n = rows.n_customers

    def loss(logs: Floats) -> tuple[float, Floats]:
        point = np.exp(logs)
        value, gradient = kind.likelihood(point, rows)
        return -value / n, -gradient * point / n

    return lowest(loss, begin, model=kind.name, shape=shape, flat=flat)


def _covariance(kind: type[BgNbd] | type[ParetoNbd], rows: Histories, found: Floats, gradient: Floats) -> Floats:
    """Return the inverse of the curvature by the logarithms, from differences of exact gradients."""
    here = gradient * np.exp(found)
    curvature = np.empty((len(found), len(found)))
    for place in range(len(found)):
        aside = found.copy()
        aside[place] += _STEP
        curvature[place] = (here - kind.likelihood(np.exp(aside), rows)[1] * np.exp(aside)) / _STEP
    values, vectors = np.linalg.eigh((curvature + curvature.T) / 2)
    # A direction that the data cannot tell has a curvature of nothing; it is given a spread of e^3.
    return np.asarray(vectors @ np.diag(1 / np.maximum(values, 1 / 9)) @ vectors.T)
