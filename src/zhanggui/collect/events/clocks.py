"""When an event happened: the sender's clock, set right by when it was sent and when it was received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Micros = npt.NDArray[np.int64]

_DAY = 86_400_000_000
_FIRST = 1_420_070_400_000_000
"""2015-01-01: no library of today sent anything before."""
_LAST = 4_102_444_800_000_000
"""2100-01-01."""


@dataclass(frozen=True, slots=True)
class Times:
    """When events happened.

    Attributes
    ----------
    event_at : array of int
        Microseconds of UTC; 0 where unknown.
    is_known : array of bool
    clock : array of int
        Whose clock it is: place in `EVENT_CLOCK`.
    is_out_of_range : array of bool
        A time is stated that cannot be, and none of receipt helps.
    """

    event_at: Micros
    is_known: Mask
    clock: npt.NDArray[np.int64]
    is_out_of_range: Mask


def corrected(stated: Any, sent: Any, received: Any) -> Times:
    """Return when events happened.

    Parameters
    ----------
    stated, sent, received : Arrow timestamp array
        By the sender's clock when it happened and when it was sent; by the receiver's clock when it came.

    Notes
    -----
    The sender's clock may be wrong, but it says rightly how long before sending something happened:
    ``received - (sent - stated)``, as Segment and 神策 define it. GA4 names no time of sending, so its time stands.
    A time before 2015, or more than a day after it was received, is not believed: that of receipt stands for it.
    """
    at, has_stated = _micros(stated)
    sent_at, has_sent = _micros(sent)
    received_at, has_received = _micros(received)
    clock = np.zeros(len(at), np.int64)
    is_sent = has_stated & has_sent & has_received
    at = np.where(is_sent, received_at - (sent_at - at), at)
    clock[is_sent] = 1
    is_odd = has_stated & ((at < _FIRST) | (at >= _LAST) | (has_received & (at > received_at + _DAY)))
    by_receipt = has_received & (is_odd | ~has_stated)
    at = np.where(by_receipt, received_at, at)
    clock[by_receipt] = 2
    is_known = has_stated | has_received
    is_odd = is_known & ((at < _FIRST) | (at >= _LAST))
    return Times(np.where(is_known, at, 0), is_known, clock, is_odd)


def _micros(column: Any) -> tuple[Micros, Mask]:
    known = column.is_valid().to_numpy(zero_copy_only=False)
    values = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return values.astype(np.int64), known
