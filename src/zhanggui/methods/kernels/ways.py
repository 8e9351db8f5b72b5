"""Ways through visits: which place follows which, where visits begin and end, how long each place holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

ENTRY, EXIT = -2, -1
"""Places of a table of steps that stand for the beginning and the end of a visit, counted from its end."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ways:
    """What visits did, in two groups: 0 without an order, 1 with one.

    Attributes
    ----------
    edges : array of int, shape (2, n_places + 2, n_places + 2)
        How often one place followed another, loops among them; the last but one is the beginning, the last the end.
    visits : array of int, shape (2, n_places)
        Visits that saw a place at least once.
    dwell : array of int, shape (n_places, cap + 1)
        How often a place was left after so many whole units of time; the last is that or longer. The last place of a
        visit is not in it: nobody knows how long it was looked at.
    """

    edges: Ints
    visits: Ints
    dwell: Ints

    def __add__(self, other: Ways) -> Ways:
        """Return both together."""
        return Ways(self.edges + other.edges, self.visits + other.visits, self.dwell + other.dwell)


def ways_through(
    visit: npt.NDArray[np.int32],
    at: npt.NDArray[np.int64],
    place: npt.NDArray[np.int16],
    is_buyer: npt.NDArray[np.bool_],
    *,
    n_places: int,
    unit: int,
    cap: int,
) -> Ways:
    """Return the ways through visits.

    Parameters
    ----------
    visit : array of int32, shape (n_events,)
        Visit of each event; those of one visit together and in order of time. Below 0: passed over.
    at, place : array, shape (n_events,)
        When, and where.
    is_buyer : array of bool
        Whether each visit, by its number, ends in an order.
    n_places : int
        Places are numbered from 0.
    unit, cap : int
        Dwell time is counted in these units, and up to so many of them: a page left open is not looked at.

    Examples
    --------
    >>> ways = ways_through(
    ...     np.array([0, 0, 0], np.int32), np.array([0, 5, 9]), np.array([0, 1, 0], np.int16), np.array([True]),
    ...     n_places=2, unit=1, cap=4,
    ... )
    >>> ways.edges[1].tolist()
    [[0, 1, 0, 1], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    >>> ways.dwell.tolist()
    [[0, 0, 0, 0, 1], [0, 0, 0, 0, 1]]
    """
    steps = np.zeros((2, n_places, n_places), np.int64)
    stays = np.zeros((2, n_places), np.int64)
    again = np.zeros((2, n_places), np.int64)
    dwell = np.zeros((n_places, cap + 1), np.int64)
    _walk(visit, at, place, is_buyer, unit, cap, steps, stays, again, dwell)
    edges = np.zeros((2, n_places + 2, n_places + 2), np.int64)
    edges[:, :n_places, :n_places] = steps
    # A stay that followed none began its visit, and one that none followed ended it.
    edges[:, ENTRY, :n_places] = stays - steps.sum(axis=1)
    edges[:, :n_places, EXIT] = stays - steps.sum(axis=2)
    return Ways(edges, stays - again, dwell)


@njit(cache=True, error_model="numpy")
def _walk(
    visit: npt.NDArray[np.int32],
    at: npt.NDArray[np.int64],
    place: npt.NDArray[np.int16],
    is_buyer: npt.NDArray[np.bool_],
    unit: int,
    cap: int,
    steps: Ints,
    stays: Ints,
    again: Ints,
    dwell: Ints,
) -> None:
    """Count stays at places, stays where the visit had been before, and steps from one stay to the next."""
    longest, end = unit * cap, visit.size - 1
    seen = np.full(stays.shape[1], -1, np.int64)
    for i in range(visit.size):
        v = visit[i]
        if v < 0:
            continue
        here, group = place[i], np.int64(is_buyer[v])
        stays[group, here] += 1
        if i < end and visit[i + 1] == v:
            then = place[i + 1]
            steps[group, here, then] += 1
            seen[here] = v
            again[group, then] += seen[then] == v
            gap = at[i + 1] - at[i]
            # Such numbers are divided exactly, and much faster than whole ones.
            dwell[here, cap if gap >= longest else int(gap / unit)] += 1


def flow_from(
    visit: npt.NDArray[np.int32], place: npt.NDArray[np.int16], *, n_places: int, depth: int, anchor: int = -1
) -> Ints:
    """Return where visits went, step by step, from the first time they came to a place.

    Parameters
    ----------
    visit, place : array, shape (n_events,)
        As in `ways_through`.
    n_places : int
        Places are numbered from 0.
    depth : int
        So many steps.
    anchor : int
        The place; below 0: the beginning of the visit.

    Returns
    -------
    array of int, shape (depth, n_places + 1, n_places + 1)
        How many visits went from one place to the next in each step; the last place is the end of the visit. The same
        place again, without another in between, is no step.
    """
    flows = np.zeros((depth, n_places + 1, n_places + 1), np.int64)
    _flow(visit, place, anchor, flows, 1)
    return flows


def flow_to(
    visit: npt.NDArray[np.int32], place: npt.NDArray[np.int16], *, n_places: int, depth: int, anchor: int
) -> Ints:
    """Return where visits came from, step by step backwards, before they first came to a place.

    The shape is that of `flow_from`: in step ``j`` from the place ``j`` steps before the anchor to the one before
    that; the last place is the beginning of the visit.
    """
    flows = np.zeros((depth, n_places + 1, n_places + 1), np.int64)
    _flow(visit, place, anchor, flows, -1)
    return flows


@njit(cache=True)
def _flow(visit: npt.NDArray[np.int32], place: npt.NDArray[np.int16], anchor: int, flows: Ints, direction: int) -> None:
    depth, end = flows.shape[0], flows.shape[1] - 1
    lo = 0
    while lo < visit.size:
        hi = lo + 1
        while hi < visit.size and visit[hi] == visit[lo]:
            hi += 1
        at = lo
        if anchor >= 0:
            while at < hi and place[at] != anchor:
                at += 1
        if visit[lo] >= 0 and at < hi:
            here, j = place[at], 0
            at += direction
            while j < depth:
                while lo <= at < hi and place[at] == here:
                    at += direction
                if lo <= at < hi:
                    flows[j, here, place[at]] += 1
                    here = place[at]
                else:
                    flows[j, here, end] += 1
                    break
                j += 1
        lo = hi
