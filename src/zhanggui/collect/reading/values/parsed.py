"""The result of typing a column, and the steps every kind of column shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# pyarrow ships no complete stubs, so arrays are Any inside this room and named here for the reader.
Array = Any


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed column.

    Parameters
    ----------
    values : pyarrow.Array
        The typed values; null where the cell is empty or has a problem.
    problem : pyarrow.StringArray
        Per row the id of the rule that the cell breaks (a key of `VALUE_RULES`), null where it breaks none.
    """

    values: Array
    problem: Array

    @property
    def has_problems(self) -> bool:
        """Whether any cell breaks a rule."""
        return bool(self.problem.null_count < len(self.problem))


def no_problems(n_rows: int) -> Array:
    """Return a problem column that reports nothing."""
    return pa.nulls(n_rows, pa.string())


def as_array(column: Array) -> Array:
    """Return one contiguous array; dictionaries are decoded and large strings made small."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    return column


def is_text(column: Array) -> bool:
    """Whether a column holds strings."""
    return bool(pa.types.is_string(column.type))


def any_true(mask: Array) -> bool:
    """Whether a boolean column holds a true; nulls count as false."""
    return bool(pc.any(mask, min_count=0).as_py())


def mask_of(column: Array) -> npt.NDArray[np.bool_]:
    """Return a boolean column as numpy, nulls as false."""
    filled: npt.NDArray[np.bool_] = np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)
    return filled


def put(target: Array, rows: npt.NDArray[np.bool_], replacement: Array) -> Array:
    """Return `target` with the values of `replacement` at the true `rows`, in order."""
    return pc.replace_with_mask(target, pa.array(rows), replacement.cast(target.type))


def over_distinct(column: Array, parse: Callable[[str], Any], type_: pa.DataType) -> tuple[Array, Array]:
    """Apply `parse` once to each distinct string of `column`.

    Parameters
    ----------
    column : pyarrow.StringArray
    parse : callable
        Returns the value, or a `Broken` for a problem.
    type_ : pyarrow.DataType
        Type of the values.

    Returns
    -------
    (values, problem) : tuple of arrays as long as `column`
    """
    encoded = pc.dictionary_encode(column)
    answers = [parse(text) for text in encoded.dictionary.to_pylist()]
    values = pa.array([None if isinstance(a, Broken) else a for a in answers], type_)
    rules = pa.array([a.rule if isinstance(a, Broken) else None for a in answers], pa.string())
    return values.take(encoded.indices), rules.take(encoded.indices)


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that breaks a rule."""

    rule: str


VALUE_RULES: Mapping[str, tuple[str, str]] = {
    "id_scientific": (
        "编号被表格软件改成了科学计数法，末尾数字已丢失；请以文本格式重新导出",
        "a spreadsheet turned the id into scientific notation and lost its last digits; export it as text again",
    ),
    "id_control_character": (
        "编号里有不可见的控制字符；请删掉后重试",
        "the id holds an invisible control character; remove it and try again",
    ),
    "not_an_amount": ("不是金额", "this is not an amount of money"),
    "amount_scientific": (
        "金额是科学计数法，可能已丢失数字；请改成普通数字",
        "the amount is in scientific notation and may have lost digits; write it as a plain number",
    ),
    "amount_too_large": ("金额过大", "the amount is too large to be one"),
    "excess_digits": (
        "小数位数超过该币种的最小单位",
        "more decimal digits than the currency has",
    ),
    "not_a_number": ("不是数字", "this is not a number"),
    "quantity_too_large": ("数量过大", "the quantity is too large to be one"),
    "not_a_ratio": ("不是比例", "this is not a ratio"),
    "not_a_date": ("不是日期或时间", "this is neither a date nor a time"),
    "no_such_date": ("日历上没有这一天或这一时刻", "the calendar has no such day or time"),
    "date_out_of_range": ("日期不在 1900–2199 年之间", "the date is outside the years 1900 to 2199"),
    "date_without_year": (
        "日期没有年份；请在映射里写 date_format，或换成带年份的导出",
        "the date has no year; use an export that writes it",
    ),
    "ambiguous_date": (
        "无法判断日和月的先后；请在映射里写 date_format",
        "day and month cannot be told apart; write `date_format` in the map",
    ),
}
"""Rules a single cell can break: id → (Chinese, English)."""
