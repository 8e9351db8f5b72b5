"""Cleaning of text cells: the wrappings that platforms and spreadsheets put around a value."""

from __future__ import annotations

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
    put,
)

TEXT_NULLS = ("", "-", "--", "null", "NULL", "Null", "nan", "NaN", "NAN", "None", "NONE", "\\N", "无")
NUMBER_NULLS = (*TEXT_NULLS, "/", "—", "——", "N/A", "n/a", "NA")
TIME_NULLS = (*NUMBER_NULLS, "0000-00-00", "0000-00-00 00:00:00", "0")

_SURROUND = " \t\r\n\v\f\u00a0\u200b\u200e\u200f\u202a\u202c\u3000\ufeff"
_WRAPPED = r'^="([^"]*)"$'
_LEAVES_DIGITS = r"^([+-]?\d+)\.0+$"
# Spreadsheets always write the sign of the exponent; without it "12E4" is a plain product code.
_SCIENTIFIC = r"^[+-]?\d+(?:\.\d+)?[eE]\+\d{1,3}$"
_EXACT_FLOAT = 2**53


def strip_wrapping(column: Array) -> Array:
    r"""Return text without surrounding blanks, ``="…"`` and a leading apostrophe; nothing becomes null.

    Examples
    --------
    >>> strip_wrapping(pa.array(['="3300"', "'3300\t", ' 3300\u3000'])).to_pylist()
    ['3300', '3300', '3300']
    """
    column = pc.utf8_trim(as_array(column), _SURROUND)
    if _holds(column, b'="'):
        column = pc.utf8_trim(pc.replace_substring_regex(column, _WRAPPED, r"\1"), _SURROUND)
    if _holds(column, b"'"):
        quoted = pc.starts_with(column, "'")
        column = pc.if_else(quoted, pc.utf8_trim(pc.utf8_slice_codeunits(column, 1), _SURROUND), column)
    return column


def _holds(column: Array, mark: bytes) -> bool:
    """Whether some text of a column holds `mark`: looking through its bytes at once is quicker than cell by cell."""
    data = column.buffers()[2]
    return data is not None and mark in data.to_pybytes()


def clean_text(column: Array, null_words: tuple[str, ...] = TEXT_NULLS) -> Array:
    """Return text without wrapping, with the words that mean "empty" as null.

    Parameters
    ----------
    column : pyarrow.Array
        Strings, or native values of a Parquet file, which are written as text.
    null_words : tuple of str
        Words that mean empty, compared with the stripped text.

    Returns
    -------
    pyarrow.StringArray

    Examples
    --------
    >>> clean_text(pa.array([' 旗舰店 ', '--', '无', '="1"'])).to_pylist()
    ['旗舰店', None, None, '1']
    """
    column = as_array(column)
    if not is_text(column):
        return _native_as_text(column)
    column = strip_wrapping(column)
    empty = pc.is_in(column, value_set=pa.array(null_words))
    if any_true(empty):
        column = pc.if_else(empty, pa.scalar(None, pa.string()), column)
    return column


def _native_as_text(column: Array) -> Array:
    if pa.types.is_floating(column.type):
        whole = pc.and_(pc.equal(column, pc.floor(column)), pc.less(pc.abs(column), float(_EXACT_FLOAT)))
        kept = pc.if_else(pc.is_nan(column), None, column)
        as_float = kept.cast(pa.string())
        if not any_true(whole):
            return as_float
        digits = pc.if_else(whole, column, None).cast(pa.int64()).cast(pa.string())
        return pc.if_else(pc.fill_null(whole, False), digits, as_float)
    return column.cast(pa.string())


def parse_ids(column: Array) -> Parsed:
    """Return identifiers as text, never by way of a float.

    Parameters
    ----------
    column : pyarrow.Array
        Strings, or native numbers of a Parquet file.

    Returns
    -------
    Parsed
        `values` is text. ``33.0`` gives ``33``; scientific notation has lost digits and is `id_scientific`;
        control characters are `id_control_character`.

    Examples
    --------
    >>> ids = parse_ids(pa.array(['3300000000000000001.0', '3.3E+18', '489434']))
    >>> ids.values.to_pylist(), ids.problem.to_pylist()
    (['3300000000000000001', None, '489434'], [None, 'id_scientific', None])
    """
    column = as_array(column)
    native_float = pa.types.is_floating(column.type)
    text = clean_text(column)
    problem = no_problems(len(text))
    if not native_float and not any_true(pc.invert(pc.ascii_is_alnum(text))):
        # Nothing below happens without a point, a sign or a control character.
        return Parsed(text, problem)
    dotted = pc.match_substring_regex(text, _LEAVES_DIGITS)
    if any_true(dotted):
        text = pc.if_else(dotted, pc.replace_substring_regex(text, _LEAVES_DIGITS, r"\1"), text)
    lost = pc.match_substring_regex(text, _SCIENTIFIC)
    if native_float:
        lost = pc.or_kleene(lost, pc.greater_equal(pc.abs(column), float(_EXACT_FLOAT)))
    control = pc.match_substring_regex(text, r"[\x00-\x1f\x7f]")
    for broken, rule in ((lost, "id_scientific"), (control, "id_control_character")):
        if any_true(broken):
            problem = pc.if_else(pc.fill_null(broken, False), pa.scalar(rule), problem)
            text = pc.if_else(pc.fill_null(broken, False), pa.scalar(None, pa.string()), text)
    return Parsed(text, problem)


def replaced_where(parsed: Parsed, rows: Array, text: Array, parse: object) -> Parsed:
    """Return `parsed` with `rows` parsed again from `text` by `parse`, once per distinct text.

    Parameters
    ----------
    parsed : Parsed
    rows : pyarrow.BooleanArray
    text : pyarrow.StringArray
    parse : callable
        See `over_distinct`.
    """
    at = mask_of(rows)
    if not at.any():
        return parsed
    assert callable(parse)
    values, problem = over_distinct(text.filter(pa.array(at)), parse, parsed.values.type)
    return Parsed(put(parsed.values, at, values), put(parsed.problem, at, problem))


__all__ = [
    "NUMBER_NULLS",
    "TEXT_NULLS",
    "TIME_NULLS",
    "Broken",
    "clean_text",
    "parse_ids",
    "replaced_where",
    "strip_wrapping",
]
