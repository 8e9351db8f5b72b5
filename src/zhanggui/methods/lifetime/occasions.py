"""Who bought on which day: histories up to a day, and what came after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.lifetime.histories import Floats, Histories
from zhanggui.methods.problems import NotEnoughDataError

Ints: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occasions:
    """Days on which customers bought, each once.

    Attributes
    ----------
    customer : array of int, shape (n_occasions,)
        Number of the customer, 0 to n_customers - 1, ascending.
    day : array of int, shape (n_occasions,)
        Number of the day, ascending within a customer.
    amounts : mapping of str to array of float, shape (n_occasions,)
        What each occasion was worth, by measure.
    """

    customer: Ints
    day: Ints
    amounts: Mapping[str, Floats]

    @property
    def n_customers(self) -> int:
        """Customers with a purchase."""
        return int(self.customer[-1]) + 1 if len(self.customer) else 0

    @property
    def last_day(self) -> int:
        """The latest day of a purchase."""
        return int(self.day.max())

    @property
    def first_day(self) -> int:
        """The earliest day of a purchase."""
        return int(self.day.min())


@dataclass(frozen=True, slots=True)
class Window:
    """Histories up to a day, and what the same customers did after it; one row per customer.

    Attributes
    ----------
    customer : array of int
        Numbers of the customers with a purchase up to the day.
    first_day : array of int
        Day of the first purchase.
    known : Histories
        Up to the day; times in the unit asked for.
    later : array of float
        Purchases after the day, up to the last day of the window.
    total, mean_repeat, later_total : mapping of str to array of float
        By measure: the sum up to the day, the mean of repeats (0 without any), and the sum after it.
    length : float
        Time from the day to the end of the window, in the same unit.
    """

    customer: Ints
    first_day: Ints
    known: Histories
    later: Floats
    total: Mapping[str, Floats]
    mean_repeat: Mapping[str, Floats]
    later_total: Mapping[str, Floats]
    length: float


def occasions(
    customer: npt.ArrayLike, day: npt.ArrayLike, amounts: Mapping[str, npt.ArrayLike] | None = None
) -> Occasions:
    """Return purchases as occasions: those of a customer on one day are one.

    Parameters
    ----------
    customer : array_like of int
        Number of the customer of each purchase, from 0.
    day : array_like of int
        Number of the day.
    amounts : mapping of str to array_like of float, optional
        What each purchase was worth, by measure; those of one occasion are summed.

    Returns
    -------
    Occasions
        Sorted by customer and day.

    Examples
    --------
    >>> found = occasions([0, 0, 0], [1, 1, 4], {"revenue": [5.0, 2.0, 9.0]})
    >>> found.day.tolist(), found.amounts["revenue"].tolist()
    ([1, 4], [7.0, 9.0])
    """
    who, when = np.asarray(customer, np.int64), np.asarray(day, np.int64)
    values = {name: np.asarray(each, np.float64) for name, each in (amounts or {}).items()}
    if not len(who):
        return Occasions(who, when, values)
    # One number for customer and day sorts in a third of the time of two.
    span = int(when.max()) - int(when.min()) + 1
    order = np.argsort(who * span + (when - when.min()))
    who, when = who[order], when[order]
    starts = np.flatnonzero(np.concatenate(([True], (np.diff(who) != 0) | (np.diff(when) != 0))))
    return Occasions(
        who[starts], when[starts], {name: np.add.reduceat(each[order], starts) for name, each in values.items()}
    )


def window(given: Occasions, *, end: int, until: int | None = None, unit_days: float = 1.0) -> Window:
    """Return histories up to a day and what came after.

    Parameters
    ----------
    given : Occasions
        All that is known.
    end : int
        Last day of the histories.
    until : int, optional
        Last day of what came after; nothing came after without it.
    unit_days : float, default 1
        Days of one unit of time: 7 for weeks.

    Returns
    -------
    Window
        One row for each customer with a purchase up to `end`.

    Raises
    ------
    NotEnoughDataError
        Nobody had bought by then.
    """
    until = end if until is None else until
    n = given.n_customers
    is_known = given.day <= end
    if not is_known.any():
        raise NotEnoughDataError(
            "Nobody had bought by then.", where="purchases up to the given day", next_step="choose a later day"
        )
    is_later = (given.day > end) & (given.day <= until)
    n_known = np.bincount(given.customer[is_known], minlength=n)
    starts = np.searchsorted(given.customer, np.arange(n))
    who = np.flatnonzero(n_known)
    first = given.day[starts[who]]
    last = given.day[starts[who] + n_known[who] - 1]
    repeats = (n_known[who] - 1).astype(np.float64)
    known = Histories(repeats, (last - first) / unit_days, (end - first) / unit_days, np.ones(len(who)))
    total, mean, after = {}, {}, {}
    for name, each in given.amounts.items():
        total[name] = sums(given.customer[is_known], each[is_known], n)[who]
        after[name] = sums(given.customer[is_later], each[is_later], n)[who]
        mean[name] = np.divide(total[name] - each[starts[who]], repeats, where=repeats > 0, out=np.zeros(len(who)))
    later = np.bincount(given.customer[is_later], minlength=n)[who].astype(np.float64)
    return Window(who, first, known, later, total, mean, after, (until - end) / unit_days)


def sums(place: Ints, values: Floats, n: int) -> Floats:
    """Return the sum of the values at each of `n` places."""
    return np.bincount(place, values, minlength=n).astype(np.float64)
