"""The order in which events of a visitor stand: by time, and those of one moment as they arrived."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

ARRIVAL = ("received_at", "place", "event_id")
"""Columns of ``event`` that tell the order of events of one moment: when their body was received, their place in it."""

Ints = npt.NDArray[np.int64]


def in_order(who: npt.NDArray[np.integer], at: Ints, events: pa.Table) -> Ints:
    """Return the order of events by visitor and time; those of one moment stand as they arrived.

    Parameters
    ----------
    who, at : array of int, shape (n_events,)
        Visitor and time of each.
    events : pyarrow.Table
        Columns `ARRIVAL` of the same events.

    Examples
    --------
    >>> events = pa.table({"received_at": [None, None, None], "place": [0, 1, 0], "event_id": [7, 5, 9]})
    >>> in_order(np.array([1, 1, 0]), np.array([4, 4, 4]), events).tolist()
    [2, 0, 1]
    """
    order: Ints = np.lexsort((at, who)).astype(np.int64)
    same = (who[order][1:] == who[order][:-1]) & (at[order][1:] == at[order][:-1])
    tied = np.zeros(order.size, bool)
    tied[1:] |= same
    tied[:-1] |= same
    rows = order[tied]
    if rows.size:
        # Few are: only they are asked how they arrived. Each moment keeps the places that it has.
        received, place, event_id = (events.column(name).take(pa.array(rows)) for name in ARRIVAL)
        received = pc.fill_null(received.cast(pa.int64()), 0)
        keys = (event_id.to_numpy(), place.to_numpy(), received.to_numpy(), at[rows], who[rows])
        order[tied] = rows[np.lexsort(keys)]
    return order
