"""Columns of numbers made into columns of text, as back offices print them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.rows import Column

DAY_SECONDS = 86_400


def yuan(fen: Column) -> list[str]:
    """Return amounts in yuan with two decimals.

    Examples
    --------
    >>> yuan(np.array([19900, 5, -120]))
    ['199.00', '0.05', '-1.20']
    """
    whole, rest = np.divmod(np.abs(fen), 100)
    text = np.array(_plain(whole), object) + _CENTS[rest]
    return _signed(text, fen)


def grouped_yuan(fen: Column) -> list[str]:
    """Return amounts in yuan with a comma between thousands.

    Examples
    --------
    >>> grouped_yuan(np.array([491800, 17900]))
    ['4,918.00', '179.00']
    """
    return [f"{amount / 100:,.2f}" for amount in fen.tolist()]


def counts(values: Column) -> list[str]:
    """Return whole numbers as text."""
    return _plain(values)


def grouped(values: Column) -> list[str]:
    """Return whole numbers with a comma between thousands."""
    return [f"{value:,}" for value in values.tolist()]


def moments(at: Column, shown: Column | None = None) -> list[str]:
    """Return moments as ``2026-09-01 10:00:00``; blank where not `shown`."""
    day, second = np.divmod(at, DAY_SECONDS)
    text = _dates(day) + " " + _clock()[second]
    return _blanked(text, shown)


def dates(at: Column, shown: Column | None = None) -> list[str]:
    """Return the dates of moments as ``2026-09-01``; blank where not `shown`."""
    return _blanked(_dates(at // DAY_SECONDS), shown)


def chosen(texts: Sequence[str], positions: Column, shown: Column | None = None) -> list[str]:
    """Return the text at each position; blank where not `shown`."""
    lookup = np.array(texts, object)
    return _blanked(lookup[positions if shown is None else np.where(shown, positions, 0)], shown)


def where(condition: Column, yes: str, no: str = "") -> list[str]:
    """Return one of two texts."""
    return [yes if holds else no for holds in condition.tolist()]


def around(texts: Sequence[str], before: str, after: str = "") -> list[str]:
    """Return the texts with something before and after; blanks stay blank.

    Examples
    --------
    >>> around(["33", ""], '="', '"')
    ['="33"', '']
    """
    return [f"{before}{text}{after}" if text else "" for text in texts]


def percent(part: Column, whole: Column, *, none: str = "-") -> list[str]:
    """Return shares as ``7.66%``; `none` where the whole is 0.

    Examples
    --------
    >>> percent(np.array([180, 1]), np.array([2350, 0]))
    ['7.66%', '-']
    """
    pairs = zip(part.tolist(), whole.tolist(), strict=True)
    return [f"{100 * a / b:.2f}%" if b else none for a, b in pairs]


def ratio(part: Column, whole: Column, *, none: str = "-", factor: float = 1.0) -> list[str]:
    """Return quotients with two decimals; `none` where the whole is 0.

    Examples
    --------
    >>> ratio(np.array([20000]), np.array([8191]))
    ['2.44']
    """
    pairs = zip(part.tolist(), whole.tolist(), strict=True)
    return [f"{factor * a / b:.2f}" if b else none for a, b in pairs]


def _plain(values: Column) -> list[str]:
    return list(map(str, values.tolist()))


def _signed(text: npt.NDArray[np.object_], values: Column) -> list[str]:
    is_below = values < 0
    if is_below.any():
        text[is_below] = "-" + text[is_below]
    found: list[str] = text.tolist()
    return found


def _blanked(text: npt.NDArray[np.object_], shown: Column | None) -> list[str]:
    if shown is not None:
        text[~shown] = ""
    found: list[str] = text.tolist()
    return found


def _dates(days: Column) -> npt.NDArray[np.object_]:
    distinct, places = np.unique(days, return_inverse=True)
    texts = np.datetime_as_string(distinct.astype("datetime64[D]")).astype(object)
    found: npt.NDArray[np.object_] = texts[places]
    return found


@lru_cache(maxsize=1)
def _clock() -> npt.NDArray[np.object_]:
    minutes = [f"{hour:02d}:{minute:02d}:" for hour in range(24) for minute in range(60)]
    return np.array([f"{minute}{second:02d}" for minute in minutes for second in range(60)], object)


_CENTS = np.array([f".{cents:02d}" for cents in range(100)], object)
