"""The tables of the page: a row per figure, a column per source, the simulated world first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from benchmarks.realism.measures import (
    apart,
    gaps,
    gini,
    hour_shares,
    hours_of_the_week,
    orders_each,
    quantiles,
    refund_shares,
    repeat_share,
    spent,
    top_share,
    weekday_shares,
    zipf_exponent,
)
from benchmarks.realism.sources import Ordering, Sales, Sessions

Rows = list[tuple[str, list[str]]]
_Source = TypeVar("_Source")

_AT = (0.05, 0.1, 0.25, 0.75, 0.9, 0.95, 0.99)
_GAPS_AT = (0.1, 0.25, 0.5, 0.75, 0.9)
_WINDOWS = (30, 60, 90)
_NEW_AFTER_DAYS = 90
_FULL_WEEKS = 14
"""Of the Tmall month, the last two weeks: before them the shop was hardly trading."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def table(names: Sequence[str], rows: Rows) -> str:
    """Return rows as a Markdown table."""
    head = f"| | {' | '.join(names)} |\n|---|{'---:|' * len(names)}\n"
    return head + "".join(f"| {label} | {' | '.join(cells)} |\n" for label, cells in rows)


def order_values(sales: Mapping[str, Sales]) -> Rows:
    """Return sizes of the sets, and quantiles of the order value relative to its median."""
    relative = {name: quantiles(one.amount / np.median(one.amount), _AT) for name, one in sales.items()}
    rows = [
        _row("orders", sales, lambda one: f"{one.amount.size:,}"),
        _row("customers", sales, lambda one: f"{np.unique(one.who).size:,}"),
    ]
    return rows + [
        (f"{at:.0%} quantile", [f"{found[i]:.2f}" for found in relative.values()]) for i, at in enumerate(_AT)
    ]


def baskets(sales: Mapping[str, Sales]) -> Rows:
    """Return how many different goods an order holds."""
    return [
        _row("different goods, mean", sales, lambda one: f"{one.goods.mean():.2f}"),
        _row("different goods, median", sales, lambda one: f"{np.median(one.goods):.0f}"),
        _row("different goods, 90% quantile", sales, lambda one: f"{np.quantile(one.goods, 0.9):.0f}"),
        _row("orders of a single good", sales, lambda one: _percent(float((one.goods == 1).mean()))),
        _row("pieces, median", sales, lambda one: f"{np.median(one.units):.0f}"),
    ]


def repeats(sales: Mapping[str, Sales]) -> Rows:
    """Return who comes back, and when."""
    rows: Rows = []
    for window in _WINDOWS:
        shares = [repeat_share(one, window) for one in sales.values()]
        rows.append((f"again within {window} days, after any purchase", [_percent(share) for share in shares]))
    for window in _WINDOWS[:2]:
        shares = [repeat_share(one, window, seen_first_after=_NEW_AFTER_DAYS) for one in sales.values()]
        rows.append((f"again within {window} days, after a first purchase", [_percent(share) for share in shares]))
    waits = [quantiles(gaps(one), _GAPS_AT) for one in sales.values()]
    for place, at in enumerate(_GAPS_AT):
        rows.append((f"days between purchases, {at:.0%} quantile", [f"{found[place]:.0f}" for found in waits]))
    rows.append(_row("customers with one order", sales, lambda one: _percent(float((orders_each(one) == 1).mean()))))
    rows.append(_row("orders per customer, mean", sales, lambda one: f"{orders_each(one).mean():.2f}"))
    return rows


def concentration(sales: Mapping[str, Sales]) -> Rows:
    """Return how unequal goods and customers are."""
    return [
        _row("goods sold", sales, lambda one: f"{one.sold.size:,}"),
        _row("goods: Gini of pieces", sales, lambda one: f"{gini(one.sold):.2f}"),
        _row("goods: pieces in the top fifth", sales, lambda one: _percent(top_share(one.sold))),
        _row("goods: Zipf exponent of the top fifth", sales, lambda one: f"{zipf_exponent(one.sold):.2f}"),
        _row("customers: Gini of spending", sales, lambda one: f"{gini(spent(one)):.2f}"),
        _row("customers: spending of the top fifth", sales, lambda one: _percent(top_share(spent(one)))),
        _row("customers: Zipf exponent of the top fifth", sales, lambda one: f"{zipf_exponent(spent(one)):.2f}"),
    ]


def clock(ordering: Mapping[str, Ordering]) -> Rows:
    """Return shares of parts of the day and of weekdays, and how far each lies from the last one named."""
    shares = {name: hour_shares(one) for name, one in ordering.items()}
    parts = ((0, 6), (6, 9), (9, 12), (12, 14), (14, 18), (18, 20), (20, 24))
    rows: Rows = [
        (f"{first:02}:00 to {last:02}:00", [_percent(float(found[first:last].sum())) for found in shares.values()])
        for first, last in parts
    ]
    week = {name: weekday_shares(one, last_days=_weeks(one)) for name, one in ordering.items()}
    rows += [
        (weekday, [_percent(float(found[place])) for found in week.values()]) for place, weekday in enumerate(_WEEKDAYS)
    ]
    real = list(ordering)[-1]
    real_hours = hours_of_the_week(ordering[real]).ravel()
    rows.append(("hours that would have to move", [_percent(apart(found, shares[real])) for found in shares.values()]))
    rows.append(("weekdays that would have to move", [_percent(apart(found, week[real])) for found in week.values()]))
    rows.append(
        (
            "correlation over the 168 hours of the week",
            [f"{np.corrcoef(hours_of_the_week(one).ravel(), real_hours)[0, 1]:.2f}" for one in ordering.values()],
        )
    )
    return rows


def refunds(ordering: Mapping[str, Ordering]) -> Rows:
    """Return what goes back."""
    shares = [refund_shares(one) for one in ordering.values()]
    return [(label, [_percent(found[label]) for found in shares]) for label in shares[0]]


def amounts_at_tmall(ordering: Mapping[str, Ordering]) -> Rows:
    """Return quantiles of the value of a paid order relative to its median."""
    paid = [one.amount[one.is_paid] for one in ordering.values()]
    relative = [quantiles(amount / np.median(amount), _AT) for amount in paid]
    return [(f"{at:.0%} quantile", [f"{found[i]:.2f}" for found in relative]) for i, at in enumerate(_AT)]


def visits(sessions: Sessions) -> Rows:
    """Return lengths of the visits to the simulated own site."""
    at = (0.25, 0.5, 0.75, 0.9, 0.99)

    def spread(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
        return [f"{found:,.0f}" for found in quantiles(values, at)] + [f"{values.mean():,.1f}"]

    longer = sessions.seconds[sessions.events > 1]
    return [
        ("events", spread(sessions.events)),
        ("items looked at", spread(sessions.items)),
        ("seconds, of visits with more than one event", spread(longer)),
        ("visits of a single event", ["", "", "", "", "", _percent(float((sessions.events == 1).mean()))]),
    ]


def _weeks(ordering: Ordering) -> int | None:
    days = (ordering.created.max() - ordering.created.min()) // 86_400
    return _FULL_WEEKS if days < 2 * _FULL_WEEKS + 7 else None


def _row(label: str, sources: Mapping[str, _Source], figure: Callable[[_Source], str]) -> tuple[str, list[str]]:
    return label, [figure(one) for one in sources.values()]


def _percent(share: float) -> str:
    return f"{share:.1%}"
