"""Sums over groups of rows and splitting of whole fen, in columns."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.rows import Column


def summed(group: Column, amounts: Column, n_groups: int) -> Ints:
    """Return the sum of whole amounts over each group.

    Examples
    --------
    >>> summed(np.array([0, 0, 2]), np.array([5, 6, 7]), 3).tolist()
    [11, 0, 7]
    """
    # Sums of doubles are exact up to 2**53, which is ninety trillion yuan in fen.
    return np.bincount(group, amounts, n_groups).astype(np.int64)


def apportioned(totals: Ints, weights: Ints, group: Ints) -> Ints:
    """Split each group's total over its rows by weight, in whole units, by largest remainder.

    Parameters
    ----------
    totals : array of int, shape (n_groups,)
        Amounts of 0 or more.
    weights : array of int, shape (n_rows,)
        Weights of 0 or more; rows of a group without any weight share alike.
    group : array of int, shape (n_rows,)
        Group of each row, ascending.

    Returns
    -------
    array of int, shape (n_rows,)
        Parts that sum to their group's total exactly; equal remainders go to the first row.

    Examples
    --------
    >>> apportioned(np.array([100, 7]), np.array([1, 1, 1, 3, 1]), np.array([0, 0, 0, 1, 1])).tolist()
    [34, 33, 33, 5, 2]
    """
    n_groups = totals.size
    whole = summed(group, weights, n_groups)
    weights = np.where(whole[group] == 0, 1, weights)
    whole = np.maximum(summed(group, weights, n_groups), 1)
    parts, remainder = np.divmod(totals[group] * weights, whole[group])
    left = totals - summed(group, parts, n_groups)
    order = np.lexsort((np.arange(group.size), -remainder, group))
    first = np.searchsorted(group, np.arange(n_groups))
    rank = np.empty(group.size, np.int64)
    rank[order] = np.arange(group.size) - first[group[order]]
    found: Ints = parts + (rank < left[group])
    return found


def running_totals(group: Column, amounts: Ints) -> Ints:
    """Return for each row the sum of its group's amounts up to and with it, in the order of the rows.

    Examples
    --------
    >>> running_totals(np.array([1, 0, 1]), np.array([5, 6, 7])).tolist()
    [5, 6, 12]
    """
    order = np.argsort(group, kind="stable")
    totals = np.cumsum(amounts[order])
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    before = (totals - amounts[order])[starts]
    within = totals - np.repeat(before, np.diff(np.append(starts, group.size)))
    found = np.empty(group.size, np.int64)
    found[order] = within
    return found


def borne_back(borne: Ints, due: Ints, refunded: Ints, group: Column) -> Ints:
    """Return the part of a discount that goes back to its bearer with each refund.

    Parameters
    ----------
    borne, due : array of int
        Discount that platform and creator bear, and what the buyer paid, of each refund's order.
    refunded : array of int
        What each refund pays back; over an order never more than was paid.
    group : array of int
        Order of each refund; refunds of an order stand together.

    Returns
    -------
    array of int
        Parts that come to the whole discount when all is refunded.

    Examples
    --------
    >>> borne_back(np.array([10, 10]), np.array([90, 90]), np.array([30, 60]), np.array([0, 0])).tolist()
    [3, 7]
    """
    up_to = running_totals(group, refunded)
    due = np.maximum(due, 1)
    found: Ints = borne * np.minimum(up_to, due) // due - borne * np.minimum(up_to - refunded, due) // due
    return found
