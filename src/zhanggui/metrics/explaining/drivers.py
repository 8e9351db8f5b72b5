"""The split of a change over the drivers of the deepest identity whose inputs are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhanggui.methods.decomposition import product_effects, whole_parts
from zhanggui.metrics.explaining.figures import Side
from zhanggui.metrics.identities import Balance, Identity, Product, identities_of
from zhanggui.metrics.model import Metric, Ratio, Unit, Weighted


@dataclass(frozen=True, slots=True)
class Driver:
    """What one driver did to the metric.

    Attributes
    ----------
    metric : Metric
        The driver.
    before, after : float or None
        Its own values, money in minor units; None where it is not defined.
    amount : float
        Its effect in the unit of the explained metric, money in minor units.
    """

    metric: Metric
    before: float | None
    after: float | None
    amount: float


def inputs_of(metric: Metric) -> Iterator[Metric]:
    """Give every metric that an identity of `metric`, or of a term of it, may ask."""
    yield metric
    for part, _ in metric.terms if isinstance(metric, Weighted) else ():
        yield from inputs_of(part)
    for identity in identities_of(metric):
        for part in identity.parts:
            if isinstance(identity, Balance):
                yield from inputs_of(part)
            else:
                yield part


def drivers_of(metric: Metric, before: Side, after: Side) -> tuple[Driver, ...]:
    """Split the change of a metric over its drivers, largest effect first.

    Parameters
    ----------
    metric : Metric
        A metric whose value is known in both periods.
    before, after : Side
        The values of :func:`inputs_of` in both periods.

    Returns
    -------
    tuple of Driver
        Their amounts sum to the change; amounts of money are whole minor units, by largest remainder.
    """
    effects: dict[str, float] = {}
    metrics: dict[str, Metric] = {}
    for driver, amount in _effects(metric, before, after):
        metrics[driver.name] = driver
        effects[driver.name] = effects.get(driver.name, 0.0) + amount
    amounts = np.array(list(effects.values()), np.float64)
    if metric.unit is Unit.MONEY and not isinstance(metric, Ratio):
        change = round((after.value(metric) or 0) - (before.value(metric) or 0))
        amounts = whole_parts(amounts, change).astype(np.float64)
    found = [
        Driver(metrics[name], before.value(metrics[name]), after.value(metrics[name]), float(amount))
        for name, amount in zip(effects, amounts, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.amount)))


def _effects(metric: Metric, before: Side, after: Side) -> Iterator[tuple[Metric, float]]:
    if isinstance(metric, Weighted) and all(side.is_known(part) for side in (before, after) for part in metric.parts):
        for part, weight in metric.terms:
            yield from ((driver, weight * amount) for driver, amount in _effects(part, before, after))
        return
    identity = next((each for each in identities_of(metric) if fits(each, before, after)), None)
    match identity:
        case Balance(plus, minus):
            for sign, terms in ((1, plus), (-1, minus)):
                for term in terms:
                    yield from ((driver, sign * amount) for driver, amount in _effects(term, before, after))
        case Product():
            yield from zip(identity.parts, factor_effects(identity, before, after), strict=True)
        case None:
            yield metric, (after.value(metric) or 0.0) - (before.value(metric) or 0.0)


def factor_effects(identity: Product, before: Side, after: Side) -> list[float]:
    """Return what each factor and divisor did to a product, in their order; the effects sum to its change."""
    exponents = [1] * len(identity.factors) + [-1] * len(identity.divisors)
    first = [_number(before.value(part)) for part in identity.parts]
    last = [_number(after.value(part)) for part in identity.parts]
    return [float(each) for each in product_effects(first, last, exponents=exponents)]


def fits(identity: Identity, before: Side, after: Side) -> bool:
    """Return whether all inputs are known, and no part that divides is zero."""
    if not all(side.is_known(part) for side in (before, after) for part in identity.parts):
        return False
    divisors = () if isinstance(identity, Balance) else identity.divisors
    return all(side.value(part) for side in (before, after) for part in divisors)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
