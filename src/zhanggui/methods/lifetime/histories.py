"""How often a customer came back, when last, and for how long they were watched: all that the models need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.errors import ZhangguiError
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]

_BLOCK_ROWS = 4_096

MIN_CUSTOMERS = 30
"""Below so many customers no model is fitted."""


class HistoryError(ZhangguiError):
    """A history that no customer can have."""

    code = "history"

    def __init__(self, what: str, place: int) -> None:
        self.place = place
        super().__init__(what, where=f"history {place}", next_step="count time from the first purchase, in one unit")


@dataclass(frozen=True)
class Histories:
    """Histories of customers, equal ones once.

    Attributes
    ----------
    repeats : array of float, shape (n_rows,)
        Purchases after the first.
    last_at : array of float, shape (n_rows,)
        Time from the first purchase to the last; 0 without repeats.
    watched : array of float, shape (n_rows,)
        Time from the first purchase to the end of what is known.
    customers : array of float, shape (n_rows,)
        How many customers have this history.
    """

    repeats: Floats
    last_at: Floats
    watched: Floats
    customers: Floats

    def __len__(self) -> int:
        return len(self.repeats)

    @property
    def n_customers(self) -> float:
        """Customers in all."""
        return float(self.customers.sum())

    def mean_of(self, values: Floats) -> float:
        """Return the mean over customers of what each row has."""
        return float((self.customers * values).sum()) / self.n_customers

    @cached_property
    def by_repeats(self) -> tuple[Floats, npt.NDArray[np.intp]]:
        """The different numbers of repeats, and which of them each row has."""
        seen, place = np.unique(self.repeats, return_inverse=True)
        return seen, place

    @cached_property
    def blocks(self) -> tuple[Histories, ...]:
        """The rows in blocks that fit a cache."""
        begins = range(0, len(self), _BLOCK_ROWS)
        return tuple(self.part(np.arange(begin, min(begin + _BLOCK_ROWS, len(self)))) for begin in begins)

    def scaled(self, factor: float) -> Histories:
        """Return the same histories with times in a unit `factor` times as long."""
        return Histories(self.repeats, self.last_at / factor, self.watched / factor, self.customers)

    def part(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Histories:
        """Return some of the rows."""
        return Histories(self.repeats[rows], self.last_at[rows], self.watched[rows], self.customers[rows])


def histories(
    repeats: npt.ArrayLike,
    last_at: npt.ArrayLike,
    watched: npt.ArrayLike,
    customers: npt.ArrayLike | None = None,
) -> Histories:
    """Return checked histories.

    Parameters
    ----------
    repeats, last_at, watched : array_like, shape (n_rows,)
        As in :class:`Histories`; times in one unit.
    customers : array_like, optional
        How many customers each row stands for; one each by default.

    Returns
    -------
    Histories
        The rows as given.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.
    HistoryError
        A purchase lies before the first or after the end, or a time stands without a repeat.

    Examples
    --------
    >>> histories([2, 0], [30.43, 0.0], [38.86, 38.86]).n_customers
    2.0
    """
    x, t, end = (np.asarray(each, np.float64) for each in (repeats, last_at, watched))
    n = np.ones(len(x)) if customers is None else np.asarray(customers, np.float64)
    if not len(x) == len(t) == len(end) == len(n):
        raise ShapeMismatchError(repeats=len(x), last_at=len(t), watched=len(end), customers=len(n))
    for wrong, what in (
        (~np.isfinite(x) | ~np.isfinite(t) | ~np.isfinite(end) | ~(n >= 0), "A value is missing."),
        ((x < 0) | (t < 0), "A count or a time is negative."),
        (t > end, "The last purchase is later than the end of what is known."),
        ((x == 0) & (t > 0), "A last purchase stands without a repeat."),
    ):
        if wrong.any():
            raise HistoryError(what, int(np.argmax(wrong)))
    return Histories(x, t, end, n)


def grouped(given: Histories) -> Histories:
    """Return equal histories as one row with the sum of their customers.

    Parameters
    ----------
    given : Histories
        Any rows.

    Returns
    -------
    Histories
        Each (repeats, last_at, watched) once, in ascending order.

    Examples
    --------
    >>> grouped(histories([1, 0, 1], [2, 0, 2], [9, 9, 9])).customers.tolist()
    [1.0, 2.0]
    """
    order = np.lexsort((given.last_at, given.repeats, given.watched))
    x, t, end = given.repeats[order], given.last_at[order], given.watched[order]
    if not len(x):
        return given
    starts = np.flatnonzero(np.concatenate(([True], (x[1:] != x[:-1]) | (t[1:] != t[:-1]) | (end[1:] != end[:-1]))))
    return Histories(x[starts], t[starts], end[starts], np.add.reduceat(given.customers[order], starts))


def check_enough(given: Histories, *, least: int = MIN_CUSTOMERS) -> None:
    """Refuse histories that no model can be fitted to.

    Parameters
    ----------
    given : Histories
        What would be fitted.
    least : int, default 30
        Customers that there must be.

    Raises
    ------
    NotEnoughDataError
        There are too few customers, nobody came back, or nobody was watched for any time.
    """
    n = given.n_customers
    if n < least:
        raise NotEnoughDataError(
            f"{n:,.0f} customers are too few for a model of buying; it takes {least}.",
            where="customers with a purchase",
            next_step="load more history, or wait for more customers",
        )
    if not (given.watched[given.customers > 0] > 0).any():
        raise NotEnoughDataError(
            "All purchases are of a single day, so nobody could have come back yet.",
            where="days between purchases",
            next_step="load a longer history",
        )
    n_back = float(given.customers[given.repeats > 0].sum())
    if n_back < 1:
        raise NotEnoughDataError(
            f"None of {n:,.0f} customers bought on a second day, so how often they return cannot be told.",
            where="repeat purchases",
            next_step="load a longer history; check that customers are told apart by a stable id",
        )
