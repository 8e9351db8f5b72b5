"""The exact values that an explanation stands on: every metric it needs, in both periods, from one question each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.answering import Answer, answer
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.model import Metric, Ratio, Unit
from zhanggui.money import currency_exponent

PARTLY_KNOWN = frozenset(
    {
        "needs_table",
        "buyers_unidentifiable",
        "buyers_partly_identifiable",
        "units_unknown",
        "units_partly_known",
        "several_currencies",
        "visits_of_some_stores",
    }
)
"""Warnings after which a change of a metric may be a change of what can be seen."""


@dataclass(frozen=True)
class Side:
    """The values of one period, money in minor units.

    Parameters
    ----------
    answer : Answer
        What the ledger says of the period.
    values : mapping of str to float or None
        By name of the metric; ratios are divided from their parts.
    """

    answer: Answer
    values: Mapping[str, float | None]

    def value(self, metric: Metric) -> float | None:
        """Return a value, None where it is not known; a ratio of nothing is None too."""
        if isinstance(metric, Ratio):
            above, below = self.value(metric.numerator), self.value(metric.denominator)
            return None if above is None or not below else above / below
        return self.values.get(metric.name)

    def known(self, metric: Metric) -> float:
        """Return a value, 0 where it is not known: of a part in which nothing happened."""
        return self.value(metric) or 0.0

    def is_known(self, metric: Metric) -> bool:
        """Return whether the metric, or both parts of a ratio, can be told in this period."""
        if isinstance(metric, Ratio):
            return self.is_known(metric.numerator) and self.is_known(metric.denominator)
        return self.values.get(metric.name) is not None and not any(
            warning.code in PARTLY_KNOWN and warning.metric == metric.name for warning in self.answer.warnings
        )


def sums_of(metrics: Iterable[Metric]) -> Iterator[Metric]:
    """Give the metrics to ask: ratios are asked by their parts, so that they are divided exactly."""
    for metric in metrics:
        if isinstance(metric, Ratio):
            yield from sums_of(metric.parts)
        else:
            yield metric


def side_of(ledger: Ledger, asked: Asked, period: Period, metrics: Iterable[Metric]) -> Side:
    """Return the values of `metrics` in one period; those that the filters do not reach have none.

    Raises
    ------
    CannotSplitError
        The filters do not reach the metric that is explained itself.
    """
    filtered = {each.dim for each in asked.where}
    catalogue = {metric.name: metric for metric in sums_of(metrics)}
    own = {metric.name for metric in sums_of((asked.metric,))}
    catalogue = {
        name: metric
        for name, metric in catalogue.items()
        if name in own or filtered <= set(possible_dimensions(tuple(metric.leaves())))
    }
    found = answer(ledger, asked.question(*catalogue, period=period), catalogue=catalogue)
    (row,) = found.rows
    one = minor_per_major(found.currency)
    values: dict[str, float | None] = {}
    for name, metric in catalogue.items():
        value = row[name]
        number = None if value is None else float(str(value))
        values[name] = round(number * one) if number is not None and metric.unit is Unit.MONEY else number
    return Side(found, values)


def minor_per_major(currency: str | None) -> int:
    """Return how many minor units a major unit has; a hundred where no money is there."""
    return 10 ** currency_exponent(currency) if currency else 100
