"""The figures: each is computed by one function, whichever side the sales come from."""

from __future__ import annotations

import numpy as np

from benchmarks.realism.sources import Floats, Ints, Ordering, Sales

_DAY = 86_400


def quantiles(values: Floats | Ints, at: tuple[float, ...]) -> list[float]:
    """Return quantiles of values."""
    return [float(found) for found in np.quantile(values, at)]


def gini(values: Floats | Ints) -> float:
    """Return the Gini coefficient: 0 when all have the same, near 1 when one has everything."""
    ordered = np.sort(values).astype(np.float64)
    n = ordered.size
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def top_share(values: Floats | Ints, share: float = 0.2) -> float:
    """Return what part of everything the largest `share` of the values hold."""
    ordered = np.sort(values)[::-1]
    return float(ordered[: max(1, round(share * ordered.size))].sum() / ordered.sum())


def zipf_exponent(values: Floats | Ints, share: float = 0.2) -> float:
    """Return minus the slope of log value over log rank among the largest `share` of the values.

    The tail is left out: it bends down on both sides, since a good that was hardly sold was often not on sale for long.
    """
    ordered = np.sort(np.asarray(values, np.float64))[::-1][: max(10, round(share * values.size))]
    slope, _ = np.polyfit(np.log(np.arange(1, ordered.size + 1)), np.log(ordered), 1)
    return -float(slope)


def spent(sales: Sales) -> Floats:
    """Return what each customer paid."""
    place = np.unique(sales.who, return_inverse=True)[1]
    return np.asarray(np.bincount(place, weights=sales.amount), np.float64)


def orders_each(sales: Sales) -> Ints:
    """Return the number of orders of each customer."""
    found: Ints = np.unique(sales.who, return_counts=True)[1]
    return found


def gaps(sales: Sales) -> Ints:
    """Return the days between one day with a purchase and the same customer's next."""
    days = _purchase_days(sales)
    found: Ints = np.diff(days[:, 1])[np.diff(days[:, 0]) == 0]
    return found


def repeat_share(sales: Sales, window: int, *, seen_first_after: int | None = None) -> float:
    """Return the share of purchase days that are followed by another of the same customer within a window.

    Parameters
    ----------
    sales : Sales
        Purchases.
    window : int
        Days; purchase days with less than that ahead are left out.
    seen_first_after : int, optional
        Look only at the first purchase of customers who had not bought for so many days since the beginning.

    Returns
    -------
    float
        Share from 0 to 1.
    """
    days = _purchase_days(sales)
    first, last = int(days[:, 1].min()), int(days[:, 1].max())
    has_next = np.append(np.diff(days[:, 0]) == 0, False)
    ahead = np.append(np.diff(days[:, 1]), 0)
    is_asked = days[:, 1] <= last - window
    if seen_first_after is not None:
        is_first = np.append(True, np.diff(days[:, 0]) != 0)
        is_asked &= is_first & (days[:, 1] >= first + seen_first_after)
    return float((has_next & (ahead <= window))[is_asked].mean())


def hour_shares(ordering: Ordering) -> Floats:
    """Return the share of orders created in each hour of the day."""
    found: Floats = np.bincount(ordering.created % _DAY // 3600, minlength=24) / ordering.created.size
    return found


def weekday_shares(ordering: Ordering, *, last_days: int | None = None) -> Floats:
    """Return the share of each weekday, Monday first, by its median day, so that a promotion does not count."""
    days, counts = np.unique(_recent(ordering, last_days) // _DAY, return_counts=True)
    typical = np.array([np.median(counts[(days + 3) % 7 == weekday]) for weekday in range(7)])
    found: Floats = typical / typical.sum()
    return found


def hours_of_the_week(ordering: Ordering, *, last_days: int | None = None) -> Floats:
    """Return the share of each hour within its own weekday, shape (7, 24), Monday first."""
    moments = _recent(ordering, last_days)
    cell = (moments // _DAY + 3) % 7 * 24 + moments % _DAY // 3600
    counts = np.bincount(cell, minlength=168).reshape(7, 24)
    found: Floats = counts / counts.sum(axis=1, keepdims=True)
    return found


def apart(one: Floats, other: Floats) -> float:
    """Return which part of one distribution has to be moved to make the other."""
    return float(np.abs(one - other).sum() / 2)


def refund_shares(ordering: Ordering) -> dict[str, float]:
    """Return shares of paid money and orders that went back, and of orders that were paid."""
    paid, amount, refunded = ordering.is_paid, ordering.amount, ordering.refunded
    has_refund = refunded[paid] > 0
    return {
        "orders that are paid": float(paid.mean()),
        "money refunded, of money paid": float(refunded[paid].sum() / amount[paid].sum()),
        "orders with a refund, of orders paid": float(has_refund.mean()),
        "orders refunded in full, of orders paid": float((has_refund & (refunded >= amount * 0.999)[paid]).mean()),
    }


def _recent(ordering: Ordering, last_days: int | None) -> Ints:
    if last_days is None:
        return ordering.created
    found: Ints = ordering.created[ordering.created // _DAY > ordering.created.max() // _DAY - last_days]
    return found


def _purchase_days(sales: Sales) -> Ints:
    """Return customer and day of each day with a purchase, sorted."""
    found: Ints = np.unique(np.column_stack([sales.who, sales.day]), axis=0)
    return found
