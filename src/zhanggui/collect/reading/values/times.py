"""Times from text: an explicit list of forms, vectorised; what is not on the list is a problem, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.values.parsed import (
    Array,
    Broken,
    Parsed,
    any_true,
    as_array,
    mask_of,
    no_problems,
    over_distinct,
    put,
)
from zhanggui.collect.reading.values.text import TIME_NULLS, clean_text
from zhanggui.collect.reading.values.zones import from_utc

DAY, MINUTE, SECOND, SUBSECOND = 0, 1, 2, 3

_US = pa.timestamp("us")
_UTC = pa.timestamp("us", tz="UTC")
_CLOCK = r"\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,9})?)?"
_DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
_CHINESE_CLOCK = r"\d{1,2}时(?:\d{1,2}分(?:\d{1,2}秒)?)?"
_WRITTEN = rf"^{_DATE}(?:(?:T| +|)(?:{_CLOCK}|{_CHINESE_CLOCK}))?$"
_ISO = r"^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?$"
_HOUR_ONLY_LENGTH = len("2026-09-01 10")
_ZONED = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)? ?(?:Z|[+-]\d\d:?(?:\d\d)?)$"
_ZONE_SUFFIX = r" ?(?:Z|[+-]\d\d:?(?:\d\d)?)$"
_COMPACT_DAY = r"^(?:19|2[01])\d{6}$"
_COMPACT = r"^(?:19|2[01])\d{10}(?:\d\d)?$"
_SERIAL = r"^\d{5}(?:\.\d+)?$"
_EXCEL_EPOCH_DAYS = 25_569
_DAY_US = 86_400_000_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Times(Parsed):
    """A column of times.

    Parameters
    ----------
    values : pyarrow.TimestampArray
        Wall clock of the store, microseconds, without zone.
    precision : pyarrow.Int8Array
        What the text says: 0 day, 1 minute, 2 second, 3 finer; null where `values` is null.
    """

    precision: Array


def parse_times(column: Array, tz: str = "Asia/Shanghai", date_format: str | None = None) -> Times:
    """Return times as the store's wall clock.

    Parameters
    ----------
    column : pyarrow.Array
        Strings or native dates and times.
    tz : str
        The store's zone. Times without zone are its wall clock; times with one are converted to it.
    date_format : str, optional
        A `datetime.strptime` format, or ``epoch_s`` / ``epoch_ms``; the list of forms is then not tried.

    Returns
    -------
    Times
        Rules: `not_a_date`, `no_such_date`, `date_out_of_range`, `date_without_year`, `ambiguous_date`.

    Notes
    -----
    Forms: ``2026-09-01[ T]10:00[:00[.123]]``, ``2026/9/1 9:05``, ``2026.9.1``, ``2026年9月1日 10时05分``,
    ``20260901``, ``20260901100000``, Excel serial numbers, any of the ISO forms with ``Z`` or ``+08:00``, and a span
    ``a~b``, which is its start. Several forms in one file are fine. A skipped or repeated hour: see `to_utc`.

    Examples
    --------
    >>> times = parse_times(pa.array(['2020/2/21 0:00', '2020-02-30', '2020-02-20T16:00:00Z']))
    >>> times.values.to_pylist()[0] == times.values.to_pylist()[2] == datetime(2020, 2, 21)
    True
    >>> times.precision.to_pylist(), times.problem.to_pylist()
    ([1, None, 2], [None, 'no_such_date', None])
    """
    column = as_array(column)
    if pa.types.is_temporal(column.type):
        return _native(column, tz)
    if date_format is not None:
        return _by_format(clean_text(column, TIME_NULLS), tz, date_format)
    return _in_range(_by_form(clean_text(column, TIME_NULLS), tz))


def _native(column: Array, tz: str) -> Times:
    if pa.types.is_date(column.type):
        precision = pc.if_else(pc.is_null(column), pa.scalar(None, pa.int8()), pa.scalar(DAY, pa.int8()))
        return Times(column.cast(_US), no_problems(len(column)), precision)
    aware = getattr(column.type, "tz", None) is not None
    plain = column.cast(_UTC if aware else _US, safe=False).cast(_US)
    values = from_utc(plain, tz) if aware else plain
    fraction = pc.not_equal(pc.subsecond(values), 0.0)
    precision = pc.if_else(fraction, pa.scalar(SUBSECOND, pa.int8()), pa.scalar(SECOND, pa.int8()))
    return Times(values, no_problems(len(column)), precision)


def _iso(text: Array) -> Times | None:
    """Parse cells of ISO form, the quick way for nearly every file; None where one has no such form or no such day."""
    try:
        values = text.cast(_US)
    except pa.ArrowInvalid:
        return None
    length = np.asarray(pc.fill_null(pc.binary_length(text), 0).to_numpy(zero_copy_only=False))
    if (length == _HOUR_ONLY_LENGTH).any():
        return None
    precision = np.select([length == 19, length > 19, length > 10], [SECOND, SUBSECOND, MINUTE], DAY)
    null = mask_of(pc.is_null(text))
    return Times(values, no_problems(len(text)), pa.array(precision.astype(np.int8), pa.int8(), mask=null))


def _by_form(text: Array, tz: str) -> Times:
    quick = _iso(text)
    if quick is not None:
        return quick
    n_rows = len(text)
    values, precision, problem = pa.nulls(n_rows, _US), pa.nulls(n_rows, pa.int8()), no_problems(n_rows)
    left = mask_of(pc.is_valid(text))
    forms: tuple[tuple[str, Callable[[Array], Times]], ...] = (
        (_ISO, lambda part: _iso(part) or _written(part)),
        (_WRITTEN, _written),
        (_ZONED, lambda part: _zoned(part, tz)),
        (_COMPACT_DAY, _compact),
        (_COMPACT, _compact),
        (_SERIAL, _serial),
        (r"~", lambda part: _by_form(pc.utf8_trim_whitespace(pc.replace_substring_regex(part, "~.*$", "")), tz)),
        (r"", _unknown),
    )
    for pattern, parse in forms:
        if not left.any():
            break
        rest = text.filter(pa.array(left))
        fits = mask_of(pc.match_substring_regex(rest, pattern))
        if not fits.any():
            continue
        rows = left.copy()
        rows[left] = fits
        part = parse(text.filter(pa.array(rows)))
        values, precision = put(values, rows, part.values), put(precision, rows, part.precision)
        problem = put(problem, rows, part.problem)
        left &= ~rows
    return Times(values, problem, precision)


def _digit_runs(text: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the number and length of each run of digits, and for each cell its first run (one more at the end)."""
    offsets = np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1].astype(np.int64)
    data = np.frombuffer(text.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    offsets = offsets - offsets[0]
    digit = data - np.uint8(48)
    is_digit = digit < 10
    starts_run = is_digit.copy()
    starts_run[1:] &= ~is_digit[:-1]
    first_bytes = offsets[:-1]
    starts_run[first_bytes] = is_digit[first_bytes]
    starts = np.flatnonzero(starts_run)
    ends_run = is_digit.copy()
    ends_run[:-1] &= ~is_digit[1:] | starts_run[1:]
    ends = np.flatnonzero(ends_run)
    at = np.flatnonzero(is_digit)
    place = np.repeat(ends, ends - starts + 1) - at
    weighted = digit[at].astype(np.int64) * 10 ** np.minimum(place, 17)
    numbers = np.add.reduceat(weighted, np.cumsum(np.r_[0, (ends - starts + 1)[:-1]])) if len(at) else at
    return numbers, ends - starts + 1, np.searchsorted(starts, offsets)


def _written(text: Array) -> Times:
    """Parse cells whose digits are year, month, day and up to hour, minute, second, fraction."""
    numbers, lengths, first = _digit_runs(text)
    n_parts = np.diff(first)
    parts = np.zeros((7, len(text)), np.int64)
    for k in range(7):
        here = n_parts > k
        parts[k, here] = numbers[first[:-1][here] + k]
    fraction_length = np.zeros(len(text), np.int64)
    finer = n_parts > 6
    fraction_length[finer] = lengths[first[:-1][finer] + 6]
    micro = parts[6] * 10 ** np.maximum(6 - fraction_length, 0) // 10 ** np.maximum(fraction_length - 6, 0)
    year, month, day, hour, minute, second = parts[:6]
    ok = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60) & (year > 0)
    months = np.where(ok, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    month_days = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    ok &= day <= month_days
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    micros = days * _DAY_US + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro
    precision = np.select([n_parts <= 3, n_parts <= 5, n_parts == 6], [DAY, MINUTE, SECOND], SUBSECOND)
    return _times(micros, precision, ~ok)


def _times(
    micros: npt.NDArray[np.int64],
    precision: npt.NDArray[np.int64],
    broken: npt.NDArray[np.bool_],
    rule: str = "no_such_date",
) -> Times:
    problem = pc.if_else(pa.array(broken), pa.scalar(rule), pa.scalar(None, pa.string()))
    return Times(
        pa.array(micros, pa.int64(), mask=broken).cast(_US),
        problem,
        pa.array(precision.astype(np.int8), pa.int8(), mask=broken),
    )


def _zoned(text: Array, tz: str) -> Times:
    try:
        utc = text.cast(_UTC).cast(_US)
    except pa.ArrowInvalid:
        return _zoned_one_by_one(text, tz)
    precision = pc.if_else(
        pc.match_substring_regex(text, r":\d\d:\d\d"),
        pc.if_else(pc.match_substring(text, "."), pa.scalar(SUBSECOND, pa.int8()), pa.scalar(SECOND, pa.int8())),
        pa.scalar(MINUTE, pa.int8()),
    )
    return Times(from_utc(utc, tz), no_problems(len(text)), precision)


def _zoned_one_by_one(text: Array, tz: str) -> Times:
    shown = _written(pc.replace_substring_regex(text, _ZONE_SUFFIX, ""))
    sound = pc.if_else(pc.is_valid(shown.values), text, pa.scalar(None, pa.string()))
    sound = pc.replace_substring_regex(sound, r" ?([+-]\d\d):?(\d\d)$", r"\1:\2")
    try:
        utc = pc.replace_substring(sound, " Z", "Z").cast(_UTC).cast(_US)
    except pa.ArrowInvalid:
        utc, _ = over_distinct(sound, _aware, _US)
    values = from_utc(utc, tz)
    problem = pc.if_else(pc.and_(pc.is_null(values), pc.is_null(shown.problem)), pa.scalar("not_a_date"), shown.problem)
    return Times(values, problem, shown.precision)


def _aware(cell: str | None) -> datetime | Broken | None:
    if cell is None:
        return None
    try:
        return datetime.fromisoformat(cell).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return Broken("not_a_date")


def _compact(text: Array) -> Times:
    spaced = pc.replace_substring_regex(text, r"^(\d{4})(\d\d)(\d\d)", r"\1-\2-\3 ")
    return _written(pc.replace_substring_regex(spaced, r" (\d\d)(\d\d)(\d\d)?$", r" \1:\2:\3"))


def _serial(text: Array) -> Times:
    serial = np.asarray(text.cast(pa.float64()).to_numpy(zero_copy_only=False))
    # A serial number is a binary fraction of a day: the second is as fine as it can be trusted.
    seconds = np.rint((serial - _EXCEL_EPOCH_DAYS) * 86_400).astype(np.int64)
    precision = np.where(serial == np.floor(serial), DAY, SECOND)
    return _times(seconds * 1_000_000, precision, serial < 2, "not_a_date")


def _unknown(text: Array) -> Times:
    values, problem = over_distinct(text, _why_unknown, _US)
    return Times(values, problem, pa.nulls(len(text), pa.int8()))


def _why_unknown(cell: str) -> datetime | Broken:
    text = unicodedata.normalize("NFKC", cell)
    if re.match(r"^\d{1,2}[-/.月]\d{1,2}日?( \d.*)?$", text):
        return Broken("date_without_year")
    if re.match(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b", text):
        return Broken("ambiguous_date")
    return Broken("not_a_date")


def _in_range(times: Times) -> Times:
    """Turn years that no shop has seen into problems."""
    year = pc.year(times.values)
    outside = pc.or_(pc.less(year, _FIRST_YEAR), pc.greater(year, _LAST_YEAR))
    if not any_true(outside):
        return times
    bad = pc.fill_null(outside, False)
    return Times(
        pc.if_else(bad, pa.scalar(None, _US), times.values),
        pc.if_else(bad, pa.scalar("date_out_of_range"), times.problem),
        pc.if_else(bad, pa.scalar(None, pa.int8()), times.precision),
    )


def _by_format(text: Array, tz: str, date_format: str) -> Times:
    if date_format in ("epoch_s", "epoch_ms"):
        return _in_range(_epoch(text, tz, 1 if date_format == "epoch_s" else 1_000))
    zone = ZoneInfo(tz)

    def parse(cell: str | None) -> datetime | Broken | None:
        if cell is None:
            return None
        try:
            moment = datetime.strptime(cell, date_format)  # noqa: DTZ007 - the store's wall clock has no zone
        except ValueError as error:
            return Broken("no_such_date" if "out of range" in str(error) else "not_a_date")
        return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment

    values, problem = over_distinct(text, parse, _US)
    finest = next((p for sign, p in (("%f", SUBSECOND), ("%S", SECOND), ("%M", MINUTE)) if sign in date_format), DAY)
    if any(sign in date_format for sign in ("%c", "%X", "%T")):
        finest = SECOND
    precision = pc.if_else(pc.is_valid(values), pa.scalar(finest, pa.int8()), pa.scalar(None, pa.int8()))
    return _in_range(Times(values, problem, precision))


def _epoch(text: Array, tz: str, per_second: int) -> Times:
    number = mask_of(pc.match_substring_regex(text, r"^\d{1,14}$"))
    ticks = pc.if_else(pa.array(number), text, pa.scalar(None, pa.string())).cast(pa.int64())
    utc = pc.multiply(ticks, 1_000_000 // per_second).cast(_US)
    broken = pc.and_(pc.is_valid(text), pa.array(~number))
    problem = pc.if_else(broken, pa.scalar("not_a_date"), pa.scalar(None, pa.string()))
    finest = SECOND if per_second == 1 else SUBSECOND
    precision = pc.if_else(pa.array(number), pa.scalar(finest, pa.int8()), pa.scalar(None, pa.int8()))
    return Times(from_utc(utc, tz), problem, precision)
