"""A median as a share: how many rows take longer than halfway between its two values. Shares have parts that add up."""

from __future__ import annotations

from dataclasses import fields

from zhanggui.metrics.compiler.scan import MICROSECONDS
from zhanggui.metrics.model import Filters, Lapse, Metric, NotNull, Ratio, Sum, TakesLonger, Unit


def share_of_slow(metric: Lapse, first: float, last: float) -> Ratio:
    """Return the share of a lapse's rows that take longer than halfway between two values of it.

    Parameters
    ----------
    metric : Lapse
        The lapse.
    first, last : float
        Its values in two periods. The share rises where the lapse does.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> share = share_of_slow(CATALOGUE["hours_to_ship_median"], 14.0, 16.0)
    >>> share.numerator.where[-1]
    TakesLonger(column='shipped_at', since='paid_at', microseconds=54000000000)
    """
    card = {each.name: getattr(metric, each.name) for each in fields(Metric) if each.name not in ("name", "unit")}
    counted = {**card, "unit": Unit.COUNT, "table": metric.table, "date": metric.date}
    done: Filters = (*metric.where, NotNull(metric.since), NotNull(metric.until))
    longest = round((first + last) / 2 * MICROSECONDS[metric.unit])
    late = (*done, TakesLonger(metric.until, metric.since, longest))
    return Ratio(
        **card,
        name=f"slow_share_of_{metric.name}",
        unit=Unit.RATIO,
        numerator=Sum(**counted, name=f"slow_rows_of_{metric.name}", where=late),
        denominator=Sum(**counted, name=f"rows_of_{metric.name}", where=done),
    )
