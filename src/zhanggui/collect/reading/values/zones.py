"""Wall clocks and UTC, vectorised, from the time zone data that Python itself uses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.values.parsed import Array, mask_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND_US = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@lru_cache(maxsize=2048)
def _changes_of_year(tz: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Return (UTC second, offset before, offset after) of each clock change in a year."""
    zone = ZoneInfo(tz)

    def offset(second: int) -> int:
        shift = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
        assert shift is not None
        return int(shift.total_seconds())

    day = int((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
    last = int((datetime(year + 1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
    changes = []
    before = offset(day)
    while day < last:
        after = offset(day + 86_400)
        if after != before:
            low, high = day, day + 86_400
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            changes.append((high, before, after))
        day, before = day + 86_400, after
    return tuple(changes)


def _changes(tz: str, values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return clock changes (µs since 1970, UTC) around `values`, and the offsets: one more, the first before all."""
    first = (_EPOCH + timedelta(microseconds=int(values.min()))).year - 1 if len(values) else 1970
    last = (_EPOCH + timedelta(microseconds=int(values.max()))).year + 1 if len(values) else 1970
    first, last = max(first, _FIRST_YEAR), min(last, _LAST_YEAR)
    changes = [change for year in range(first, last + 1) for change in _changes_of_year(tz, year)]
    if not changes:
        shift = datetime(min(max(first, 1), 9998), 7, 1, tzinfo=ZoneInfo(tz)).utcoffset()
        assert shift is not None
        return np.array([], np.int64), np.array([int(shift.total_seconds()) * _SECOND_US], np.int64)
    at = np.array([change[0] for change in changes], np.int64) * _SECOND_US
    offsets = np.array([changes[0][1], *(change[2] for change in changes)], np.int64) * _SECOND_US
    return at, offsets


def _microseconds(column: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    null = mask_of(pc.is_null(column))
    plain = column.cast(pa.timestamp("us")).cast(pa.int64())
    return np.asarray(pc.fill_null(plain, 0).to_numpy(zero_copy_only=False), np.int64), null


def to_utc(local: Array, tz: str) -> Array:
    """Return UTC times of wall clock times.

    Parameters
    ----------
    local : pyarrow.TimestampArray
        Without zone, microseconds.
    tz : str
        IANA name, such as ``Asia/Shanghai``.

    Returns
    -------
    pyarrow.TimestampArray
        Without zone, microseconds.

    Notes
    -----
    An hour that the clock shows twice means its first pass; an hour that the clock skips is moved forward by the
    length of the skip (02:30 becomes 03:30).

    Examples
    --------
    >>> to_utc(pa.array([datetime(2020, 2, 21)], pa.timestamp('us')), 'Asia/Shanghai')[0].as_py()
    datetime.datetime(2020, 2, 20, 16, 0)
    """
    values, null = _microseconds(local)
    at, offsets = _changes(tz, values[~null])
    threshold = at + np.maximum(offsets[:-1], offsets[1:])
    utc = values - offsets[np.searchsorted(threshold, values, side="right")]
    return pa.array(utc, pa.int64(), mask=null).cast(pa.timestamp("us"))


def from_utc(utc: Array, tz: str) -> Array:
    """Return wall clock times of UTC times; both without zone, microseconds."""
    values, null = _microseconds(utc)
    at, offsets = _changes(tz, values[~null])
    local = values + offsets[np.searchsorted(at, values, side="right")]
    return pa.array(local, pa.int64(), mask=null).cast(pa.timestamp("us"))
