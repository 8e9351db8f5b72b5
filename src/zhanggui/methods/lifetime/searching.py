"""The search for the parameters that make what was seen most likely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from zhanggui.methods.lifetime.histories import Floats
from zhanggui.methods.problems import MethodError

LOWEST, HIGHEST = -9.0, 9.0
"""Bounds of the natural logarithms of parameters."""

FLAT = 1e-7
"""A loss per customer this flat is at its lowest to seven places; below it, rounding only sends the search about."""


class NoFitError(MethodError):
    """The search for the parameters found no maximum."""

    code = "no_fit"

    def __init__(self, model: str, why: str) -> None:
        self.model = model
        super().__init__(
            f"The model {model} cannot be fitted to these customers.",
            where=why,
            next_step="use another model, or load a longer history",
        )


def lowest(
    loss: Callable[[Floats], tuple[float, Floats]],
    begin: Floats,
    *,
    model: str,
    shape: Floats | None = None,
    flat: float = FLAT,
) -> Floats:
    """Return where a loss is lowest, by quasi-Newton steps with its gradient.

    Parameters
    ----------
    loss : callable
        Gives the loss at a point, and its gradient.
    begin : array of float
        Where to begin; logarithms of parameters.
    model : str
        Name of what is fitted, for the error.
    shape : array of float, optional
        Inverse of the curvature to begin with; positive definite.
    flat : float, default 1e-7
        The search ends where no slope is steeper.

    Returns
    -------
    array of float
        Within the bounds.

    Raises
    ------
    NoFitError
        The loss is not finite where the search ends.
    """
    start = np.clip(begin, LOWEST, HIGHEST)
    # Seen along its axes the loss is as steep one way as any other, so that first steps are of the right length.
    axes = np.eye(len(begin)) if shape is None else np.linalg.cholesky(shape)

    def walled(along: Floats) -> tuple[float, Floats]:
        point = start + axes @ along
        value, slope = loss(point)
        beyond = point - np.clip(point, LOWEST, HIGHEST)
        return value + float(beyond @ beyond), axes.T @ (slope + 2 * beyond)

    # BFGS in plain numpy: for four parameters the bounded method spends most of its time starting threads.
    found = minimize(walled, np.zeros(len(begin)), jac=True, method="BFGS", options={"maxiter": 300, "gtol": flat})
    if not np.isfinite(found.fun):
        raise NoFitError(model, str(found.message))
    return np.asarray(np.clip(start + axes @ found.x, LOWEST, HIGHEST), np.float64)
