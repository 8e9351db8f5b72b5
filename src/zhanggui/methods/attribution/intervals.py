"""How sure credits are, had other people come by: the journeys drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhanggui.methods.attribution.attribute import attribute
from zhanggui.methods.attribution.journeys import Floats, Journeys
from zhanggui.methods.problems import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class Intervals:
    """Bounds of the credits.

    Attributes
    ----------
    confidence : float
        Between 0 and 1.
    low, high : mapping of str to array of float, shape (n_channels,)
        Bounds by model.
    """

    confidence: float
    low: Mapping[str, Floats]
    high: Mapping[str, Floats]


def bootstrap(
    blocks: Sequence[Journeys],
    *,
    n_channels: int,
    models: Sequence[str],
    rng: np.random.Generator,
    n_draws: int = 200,
    confidence: float = 0.9,
) -> Intervals:
    """Return percentile intervals of the credits.

    Parameters
    ----------
    blocks : sequence of Journeys
        The journeys; counts are numbers of independent people.
    n_channels : int
        Number of channels.
    models : sequence of str
        Names of models.
    rng : numpy Generator
        Source of randomness.
    n_draws : int, default 200
        How often the journeys are drawn again.
    confidence : float, default 0.9
        Share of draws inside the bounds.

    Returns
    -------
    Intervals
        Of these models.

    Notes
    -----
    Each count is drawn from a Poisson law with itself as mean, which is drawing people with replacement while their
    number may vary too. A journey that nobody took is never drawn: for rare channels the interval is too narrow.
    """
    drawn: dict[str, list[Floats]] = {name: [] for name in models}
    for _ in range(n_draws):
        again = (
            block.weighted(rng.poisson(block.conversions).astype(float), rng.poisson(block.nulls).astype(float))
            for block in blocks
        )
        try:
            credits = attribute(again, n_channels=n_channels, models=models).credits
        except NotEnoughDataError:
            # Of a few conversions a draw may meet none: then there was nothing to share.
            credits = dict.fromkeys(models, np.zeros(n_channels))
        for name in models:
            drawn[name].append(credits[name])
    tail = (1 - confidence) / 2
    bounds = {name: np.quantile(np.array(of), [tail, 1 - tail], axis=0) for name, of in drawn.items()}
    return Intervals(
        confidence,
        {name: bound[0] for name, bound in bounds.items()},
        {name: bound[1] for name, bound in bounds.items()},
    )
