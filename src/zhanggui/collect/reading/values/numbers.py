"""Amounts, quantities and ratios: exact decimals from text, fast where the text is plain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

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
    is_text,
    mask_of,
    no_problems,
    over_distinct,
)
from zhanggui.collect.reading.values.text import NUMBER_NULLS, clean_text, replaced_where

EXACT_SCALE = 10
"""Decimal digits kept of any number: remainders are whole multiples of 10**-10 of the major unit."""

EXACT = pa.decimal128(38, EXACT_SCALE)
QUANTITY = pa.decimal128(18, 3)
_MINOR_DIGITS = 17
_MAX_MINOR = 10**_MINOR_DIGITS
_PLAIN = {".": r"^-?\d{1,17}(?:\.\d{1,10})?$", ",": r"^-?\d{1,17}(?:,\d{1,10})?$"}
_GROUPED = {
    ".": re.compile(r"^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?$", re.ASCII),
    ",": re.compile(r"^[+-]?(?:\d{1,3}(?:[. ]\d{3})+|\d+)?(?:,\d*)?$", re.ASCII),
}
_MINUS = str.maketrans(dict.fromkeys("−–—‒﹣－", "-"))
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$", re.ASCII)
_SYMBOLS = {
    "CNY": ("CNY", "RMB", "人民币", "¥", "元", "圆"),
    "JPY": ("JPY", "¥", "円", "日元"),
    "USD": ("USD", "US$", "$", "美元"),
    "HKD": ("HKD", "HK$", "$", "港元", "港币"),
    "EUR": ("EUR", "€", "欧元"),
    "GBP": ("GBP", "£", "英镑"),
    "KRW": ("KRW", "₩"),
}
_UNITS = ("件", "个", "pcs")


@dataclass(frozen=True, slots=True)
class Money(Parsed):
    """A column of amounts.

    Parameters
    ----------
    values : pyarrow.Int64Array
        Minor units.
    remainder : pyarrow.Int64Array
        Exact amount − `values`, in units of 10**-`EXACT_SCALE` of the major unit; 0 unless rounding took place.
    """

    remainder: Array
    exponent: int = 2

    def exact_sum(self) -> Decimal:
        """Return the exact sum of the amounts as written, in major units."""
        minor = int(pc.sum(self.values.cast(pa.decimal128(38, 0))).as_py() or 0)
        rest = int(pc.sum(self.remainder.cast(pa.decimal128(38, 0))).as_py() or 0)
        return Decimal(minor).scaleb(-self.exponent) + Decimal(rest).scaleb(-EXACT_SCALE)


def parse_decimal(column: Array, *, decimal: str = ".", currency: str = "CNY", units: tuple[str, ...] = ()) -> Parsed:
    """Return numbers as exact decimals of ten digits after the point.

    Parameters
    ----------
    column : pyarrow.Array
        Strings or native numbers. A float means the shortest decimal that denotes it: 0.1 is one tenth.
    decimal : {'.', ','}
        The character before the fraction.
    currency : str
        The currency whose signs may stand beside the number.
    units : tuple of str
        Further words that may follow the number.

    Returns
    -------
    Parsed
        `values` is ``decimal128(38, 10)``. Rules: `not_an_amount`, `amount_scientific`, `amount_too_large`. Digits
        beyond the tenth are rounded half-up.

    Examples
    --------
    >>> parse_decimal(pa.array(['￥1,234.50', '(3)', '12元', '－7'])).values.cast(pa.float64()).to_pylist()
    [1234.5, -3.0, 12.0, -7.0]
    """
    column = as_array(column)
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        exact = column.cast(pa.int64()).cast(pa.decimal128(19, 0)).cast(EXACT)
        return Parsed(exact, no_problems(len(column)))
    scientific = not is_text(column)
    if scientific:
        text = pc.if_else(pc.is_nan(column), None, column) if pa.types.is_floating(column.type) else column
        text, plain_pattern = text.cast(pa.string()), _PLAIN["."]
        decimal = "."
    else:
        text, plain_pattern = clean_text(column, NUMBER_NULLS), _PLAIN[decimal]
    plain = pc.match_substring_regex(text, plain_pattern)
    rest = pc.invert(plain)
    simple = text if not any_true(rest) else pc.if_else(plain, text, pa.scalar(None, pa.string()))
    if decimal == ",":
        simple = pc.replace_substring(simple, ",", ".")
    parsed = Parsed(simple.cast(EXACT), no_problems(len(column)))
    signs = _SYMBOLS.get(currency, (currency,)) if currency else ()
    words = (*signs, *units)
    return replaced_where(parsed, rest, text, lambda cell: _slow_decimal(cell, decimal, words, scientific))


def _slow_decimal(cell: str, decimal: str, words: tuple[str, ...], scientific: bool) -> Decimal | Broken:
    text = unicodedata.normalize("NFKC", cell).translate(_MINUS).strip()
    bracketed = len(text) > 2 and text[0] == "(" and text[-1] == ")"
    if bracketed:
        text = text[1:-1].strip()
    text, sign = _without_sign(text)
    for word in words:
        if text.startswith(word):
            text = text[len(word) :].strip()
            break
    for word in words:
        if text.endswith(word):
            text = text[: -len(word)].strip()
            break
    text, inner = _without_sign(text)
    if (sign and inner) or (bracketed and (sign or inner)):
        return Broken("not_an_amount")
    is_scientific = bool(_SCIENTIFIC.match(text))
    if is_scientific and not scientific:
        return Broken("amount_scientific")
    if not is_scientific:
        if not any(c.isdigit() for c in text) or not _GROUPED[decimal].match(text):
            return Broken("not_an_amount")
        text = text.replace(",", "") if decimal == "." else re.sub(r"[. ]", "", text).replace(",", ".")
    return _bounded(text, negative=bracketed or "-" in (sign, inner))


def _without_sign(text: str) -> tuple[str, str]:
    return (text[1:].strip(), text[0]) if text[:1] in ("+", "-") else (text, "")


def _bounded(text: str, *, negative: bool) -> Decimal | Broken:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Broken("not_an_amount")
    if number.adjusted() > 17:
        return Broken("amount_too_large")
    number = number.quantize(Decimal(1).scaleb(-EXACT_SCALE), rounding="ROUND_HALF_UP")
    return -number if negative else number


def parse_money(
    column: Array,
    exponent: int,
    *,
    decimal: str = ".",
    excess: Literal["error", "round"] = "error",
    currency: str = "CNY",
) -> Money:
    """Return amounts in minor units.

    Parameters
    ----------
    column : pyarrow.Array
        Strings or native numbers, major units.
    exponent : int
        Decimal digits of the currency: 2 for CNY, 0 for JPY.
    decimal : {'.', ','}
        The character before the fraction.
    excess : {'error', 'round'}
        What more digits than `exponent` mean: the problem `excess_digits`, or rounding half-up (away from zero), with
        the difference kept in `remainder`. Zeros at the end are no excess.
    currency : str
        The currency whose signs may stand beside the number.

    Returns
    -------
    Money

    Examples
    --------
    >>> money = parse_money(pa.array(['4,918.00', '0.125', 'abc', None]), 2, excess='round')
    >>> money.values.to_pylist(), money.problem.to_pylist(), money.exact_sum()
    ([491800, 13, None, None], [None, None, 'not_an_amount', None], Decimal('4918.1250000000'))
    """
    quick = _plain_minor(column, exponent) if decimal == "." else None
    if quick is not None:
        no_rest = pa.array(np.zeros(len(quick), np.int64))
        return Money(quick, no_problems(len(quick)), remainder=no_rest, exponent=exponent)
    parsed = parse_decimal(column, decimal=decimal, currency=currency)
    scaled, wide = _scaled_int64(parsed.values)
    unit = 10 ** (EXACT_SCALE - exponent)
    size = np.abs(scaled)
    whole = (size + unit // 2) // unit if excess == "round" else size // unit
    minor = np.where(scaled < 0, -whole, whole)
    remainder = scaled - minor * unit
    null = mask_of(pc.is_null(parsed.values))
    rules = parsed.problem
    if wide.any():
        minor, remainder, too_large = _wide_minor(parsed.values, wide, minor, remainder, unit, excess)
        rules, null = _flag(rules, null, too_large, "amount_too_large")
    if excess == "error" and remainder.any():
        rules, null = _flag(rules, null, (remainder != 0) & ~null, "excess_digits")
    return Money(
        values=pa.array(minor, pa.int64(), mask=null),
        problem=rules,
        remainder=pa.array(remainder, pa.int64(), mask=null),
        exponent=exponent,
    )


def _plain_minor(column: Array, exponent: int) -> Array | None:
    """Return the minor units of a column of digits, points and minus signs, the quick way; None for any other."""
    column = as_array(column)
    text = clean_text(column, NUMBER_NULLS) if is_text(column) else None
    data = None if text is None else text.buffers()[2]
    if text is None or data is None or data.to_pybytes().translate(None, b"0123456789.-"):
        return None
    try:
        exact = text.cast(pa.decimal128(_MINOR_DIGITS, exponent))
    except pa.ArrowInvalid:
        return None
    low = np.frombuffer(exact.buffers()[1], dtype="<i8")[2 * exact.offset : 2 * (exact.offset + len(exact)) : 2]
    null = mask_of(pc.is_null(exact))
    return pa.array(np.where(null, 0, low), pa.int64(), mask=null)


def _flag(
    rules: Array, null: npt.NDArray[np.bool_], broken: npt.NDArray[np.bool_], rule: str
) -> tuple[Array, npt.NDArray[np.bool_]]:
    return pc.if_else(pa.array(broken), pa.scalar(rule), rules), null | broken


def _scaled_int64(exact: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the decimals times 10**10 as int64, and which do not fit (0 there)."""
    n_rows = len(exact)
    words = np.frombuffer(exact.buffers()[1], dtype="<i8")[2 * exact.offset : 2 * (exact.offset + n_rows)]
    low, high = words[0::2].copy(), words[1::2]
    low[mask_of(pc.is_null(exact))] = 0
    wide = (high != (low >> 63)) & ~mask_of(pc.is_null(exact))
    # The smallest int64 has no absolute value of its own.
    wide |= low == np.iinfo(np.int64).min
    # Room for the half unit that rounding adds.
    wide |= np.abs(low) > np.iinfo(np.int64).max - 10**EXACT_SCALE
    low[wide] = 0
    return low, wide


def _wide_minor(
    exact: Array,
    wide: npt.NDArray[np.bool_],
    minor: npt.NDArray[np.int64],
    remainder: npt.NDArray[np.int64],
    unit: int,
    excess: str,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    too_large = np.zeros(len(wide), dtype=bool)
    for row in np.flatnonzero(wide):
        scaled = int(exact[int(row)].as_py().scaleb(EXACT_SCALE))
        whole = (abs(scaled) + (unit // 2 if excess == "round" else 0)) // unit
        if whole > _MAX_MINOR:
            too_large[row] = True
            continue
        minor[row] = -whole if scaled < 0 else whole
        remainder[row] = scaled - int(minor[row]) * unit
    return minor, remainder, too_large


def parse_quantity(column: Array, *, decimal: str = ".") -> Parsed:
    """Return quantities as ``decimal128(18, 3)``.

    Parameters
    ----------
    column : pyarrow.Array
        Strings or native numbers; ``2件`` is two.
    decimal : {'.', ','}
        The character before the fraction.

    Returns
    -------
    Parsed
        Rules: `not_a_number`, `excess_digits` (more than three), `quantity_too_large`.

    Examples
    --------
    >>> [str(q) for q in parse_quantity(pa.array(['2', '-1.5', '3件'])).values.to_pylist()]
    ['2.000', '-1.500', '3.000']
    """
    parsed = parse_decimal(column, decimal=decimal, currency="", units=_UNITS)
    problem = pc.if_else(pc.is_in(parsed.problem, value_set=pa.array(["not_an_amount", "amount_scientific"])),
                         pa.scalar("not_a_number"), parsed.problem)  # fmt: skip
    problem = pc.if_else(pc.equal(parsed.problem, "amount_too_large"), pa.scalar("quantity_too_large"), problem)
    scaled, wide = _scaled_int64(parsed.values)
    unit = 10 ** (EXACT_SCALE - 3)
    excess = (scaled % unit != 0) & ~wide
    kept = parsed.values
    if wide.any() or excess.any():
        problem = pc.if_else(pa.array(wide), pa.scalar("quantity_too_large"), problem)
        problem = pc.if_else(pa.array(excess), pa.scalar("excess_digits"), problem)
        kept = pc.if_else(pa.array(wide | excess), pa.scalar(None, EXACT), kept)
    return Parsed(kept.cast(QUANTITY), problem)


def parse_ratio(column: Array) -> Parsed:
    """Return ratios between 0 and 1 as float64: ``7.66%`` and ``0.0766`` are the same.

    Parameters
    ----------
    column : pyarrow.Array
        Strings or native numbers.

    Returns
    -------
    Parsed
        Rule: `not_a_ratio`.

    Examples
    --------
    >>> parse_ratio(pa.array(['7.66%', '0.5', '-'])).values.to_pylist()
    [0.0766, 0.5, None]
    """
    column = as_array(column)
    if not is_text(column):
        return Parsed(column.cast(pa.float64()), no_problems(len(column)))
    values, problem = over_distinct(clean_text(column, NUMBER_NULLS), _ratio, pa.float64())
    return Parsed(values, problem)


def _ratio(cell: str | None) -> Any:
    if cell is None:
        return None
    text = unicodedata.normalize("NFKC", cell).strip()
    percent = text.endswith("%")
    number = _slow_decimal(text.rstrip("%"), ".", (), scientific=True)
    if isinstance(number, Broken):
        return Broken("not_a_ratio")
    return float(number / 100 if percent else number)
