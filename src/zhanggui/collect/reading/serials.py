"""Numbers of a workbook's cells as text: numbers as a spreadsheet shows them, serial days as dates and times."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NumberText = Callable[[float], str]
"""Writes a number cell as text."""

_AS_SHOWN = r"^(?:0|-?[1-9][0-9]{0,8}|-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,3}[1-9])$"
"""Numbers that are written with no more digits than are shown, and no other way."""
_OF_NUMBERS = frozenset((*range(14), *range(37, 45), 48, 49))
_OF_DATES = frozenset(range(14, 23))
_PLAIN_DATE = re.compile(r"(?=.*[ymd])[ymdhs\-/:. ]+(?:;@)?", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[0#?.,%_\- ]+|General|@", re.IGNORECASE)
_FIRST_DAY, _LAST_DAY = 61, 2_958_465
"""From March 1900 on, before which spreadsheets count a day that there was not, to the end of 9999."""
_MS_OF_DAY = 86_400_000
_EPOCH = np.datetime64("1899-12-30T00:00:00.000")


def shows_number(format_id: int, code: str | None) -> bool:
    """Whether a format shows a number or a text, by its number or, where it is not built in, by its code."""
    return format_id in _OF_NUMBERS if code is None else _PLAIN_NUMBER.fullmatch(code) is not None


def shows_date(format_id: int, code: str | None) -> bool:
    """Whether a format shows a day, by its number or, where it is not built in, by its code.

    Examples
    --------
    >>> shows_date(14, None), shows_date(170, "yyyy-mm-dd hh:mm:ss"), shows_date(171, "[h]:mm"), shows_date(0, None)
    (True, True, False, False)
    """
    return format_id in _OF_DATES if code is None else _PLAIN_DATE.fullmatch(code) is not None


def shown_numbers(texts: pa.StringArray, number_text: NumberText) -> pa.StringArray:
    """Return numbers as they are shown; most are written so already.

    Raises
    ------
    ValueError
        A text is no number.
    """
    is_other = pc.invert(pc.match_substring_regex(texts, _AS_SHOWN))
    if not pc.any(is_other).as_py():
        return texts
    written = [number_text(float(text)) for text in texts.filter(is_other).to_pylist()]
    return pc.replace_with_mask(texts, is_other, pa.array(written, pa.string()))


def shown_dates(texts: pa.StringArray) -> pa.StringArray:
    """Return serial days as dates, or with the time where they have one.

    Raises
    ------
    ValueError
        A text is no serial day of which all readers agree.

    Examples
    --------
    >>> shown_dates(pa.array(["45000", "45000.4166666667"])).to_pylist()
    ['2023-03-15', '2023-03-15 10:00:00']
    """
    days = np.array(texts.to_pylist(), np.float64)
    exact = days * _MS_OF_DAY
    whole = np.rint(exact)
    # Halves of a millisecond are rounded this way by one reader and that way by another.
    if not ((days >= _FIRST_DAY) & (days < _LAST_DAY) & (np.abs(exact - whole) < 0.4)).all():
        raise ValueError("no serial day")
    moments = _EPOCH + whole.astype("timedelta64[ms]")
    shown = np.where(
        whole % 1000 == 0, np.datetime_as_string(moments, unit="s"), np.datetime_as_string(moments.astype("M8[us]"))
    )
    shown = np.where(whole % _MS_OF_DAY == 0, np.datetime_as_string(moments, unit="D"), shown)
    return cast("Any", pc.replace_substring(pa.array(shown, pa.string()), "T", " "))
