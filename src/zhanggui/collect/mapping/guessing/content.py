"""What the cells of a column look like: dates, amounts, ids, phone numbers, provinces, words of a state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from zhanggui.collect.mapping.status_words import ORDER_WORDS, REFUND_WORDS
from zhanggui.collect.reading.values import clean_text, parse_decimal, parse_times
from zhanggui.collect.reading.values.provinces import split_address

_MOST_DISTINCT = 200
_PHONE = re.compile(r"^(?:\+?86[- ]?)?1[3-9](?:\d[- ]?\d{4}|\d\*{4}|\*{5})[- ]?\d{4}$|^0\d{2,3}-\d{7,8}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_\-./:]{0,63}$")
_WHOLE = re.compile(r"^-?\d{1,3}(?:,\d{3})+$|^-?\d{1,9}(?:\.0+)?$")
_CURRENCY = re.compile(r"[¥￥$€£]|元$|^(?:CNY|RMB|USD|EUR|GBP)\b")
_UNITS = ("件", "个", "次", "人", "单")
COMMA_DECIMAL = re.compile(r"^-?\d{1,3}(?:\.\d{3})*,\d{1,2}$")
"""Numbers with a comma before the fraction; thousands, which have three digits behind the comma, are none."""
_FRACTION = re.compile(r"^[-(￥¥$€£\s]*[\d,. ]*\d[.,]\d{1,4}\D{0,3}$")
_PERCENT = re.compile(r"^-?\d+(?:\.\d+)?\s*%$")
_EPOCH = re.compile(r"^1[0-9]{9}(?:[0-9]{3})?$")
_DAY_FIRST = re.compile(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b")
_NUMBERED = re.compile(r"^#\d{2,}$")
_COMPACT_DAY = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$")
_SHORT_WORD = 24


@dataclass(frozen=True)
class ColumnContent:
    """The cells of one column, as far as they were looked at.

    Parameters
    ----------
    header : str
        Its normalised header.
    cells : mapping of str to int
        Rows by distinct cell, cleaned, blanks left out.
    n_rows : int
        Rows that were looked at.
    """

    header: str
    cells: Mapping[str, int] = field(repr=False)
    n_rows: int

    @property
    def n_filled(self) -> int:
        """Rows whose cell says something."""
        return sum(self.cells.values())

    @property
    def n_distinct(self) -> int:
        """Distinct cells."""
        return len(self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything."""
        return not self.cells

    def share(self, holds: Callable[[str], object]) -> float:
        """Return the share of filled rows whose cell passes a test; cells beyond the first 200 are left out."""
        looked_at = list(self.cells.items())[:_MOST_DISTINCT]
        n_rows = sum(n for _, n in looked_at)
        return sum(n for cell, n in looked_at if holds(cell)) / n_rows if n_rows else 0.0

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """The cells that are numbers, as such."""
        cells = list(self.cells)[:_MOST_DISTINCT]
        values = parse_decimal(pa.array(map(_digits, cells), pa.string()), units=_UNITS).values.to_pylist()
        return {cell: float(value) for cell, value in zip(cells, values, strict=True) if value is not None}

    @cached_property
    def number(self) -> float:
        """Share of cells that are plain numbers or amounts."""
        return self.share(self.numbers.__contains__)

    @cached_property
    def whole(self) -> float:
        """Share of whole numbers of an ordinary size."""
        return self.share(_WHOLE.match)

    @cached_property
    def fraction(self) -> float:
        """Share of numbers with digits after the point."""
        return self.share(_FRACTION.match)

    @cached_property
    def currency(self) -> float:
        """Share of cells with the sign of a currency."""
        return self.share(_CURRENCY.search)

    @cached_property
    def percent(self) -> float:
        """Share of percentages."""
        return self.share(_PERCENT.match)

    @cached_property
    def moment(self) -> float:
        """Share of dates and times in writing; numbers, which Excel takes for days, are none."""
        cells = [cell for cell in list(self.cells)[:_MOST_DISTINCT] if cell not in self.numbers]
        values = parse_times(pa.array(cells, pa.string()), "UTC").values.to_pylist() if cells else []
        known = {cell for cell, value in zip(cells, values, strict=True) if value is not None}
        return self.share(lambda cell: cell in known or _DAY_FIRST.match(cell))

    @cached_property
    def compact_day(self) -> float:
        """Share of days written as 20260901."""
        return self.share(_COMPACT_DAY.match)

    @cached_property
    def epoch(self) -> float:
        """Share of seconds or milliseconds since 1970."""
        return self.share(_EPOCH.match)

    @cached_property
    def day_or_month_first(self) -> bool:
        """Whether dates begin with a day or a month."""
        return self.share(_DAY_FIRST.match) > 0.8

    @cached_property
    def identifier(self) -> float:
        """Share of what may be an id: no blanks, no sentence."""
        return self.share(_ID.match)

    @cached_property
    def numbered(self) -> float:
        """Share of numbers behind a #, as shops write those of orders."""
        return self.share(_NUMBERED.match)

    @cached_property
    def phone(self) -> float:
        """Share of phone numbers, masked ones included."""
        return self.share(_PHONE.match)

    @cached_property
    def email(self) -> float:
        """Share of e-mail addresses."""
        return self.share(_EMAIL.match)

    @cached_property
    def province(self) -> float:
        """Share of Chinese provinces, or of addresses that begin with one."""
        return self.share(lambda cell: split_address(cell)[0] is not None)

    @cached_property
    def address(self) -> float:
        """Share of cells as long as an address that begin with a province."""
        return self.share(lambda cell: len(cell) > 8 and split_address(cell)[0] is not None)

    @cached_property
    def order_word(self) -> float:
        """Share of words for the state of an order."""
        return self.share(lambda cell: cell.strip(",，").casefold().replace("，", ",") in ORDER_WORDS)

    @cached_property
    def refund_word(self) -> float:
        """Share of words for the state of a refund."""
        return self.share(lambda cell: cell.strip(",，").casefold().replace("，", ",") in REFUND_WORDS)

    @cached_property
    def is_few_words(self) -> bool:
        """Whether the cells are short texts that come again and again, as states and kinds do."""
        is_short = all(len(cell) <= _SHORT_WORD for cell in self.cells)
        return is_short and self.number < 0.5 and 0 < self.n_distinct <= max(12, self.n_filled // 8)

    @cached_property
    def is_unique(self) -> bool:
        """Whether no cell comes twice."""
        return self.n_distinct == self.n_filled

    @cached_property
    def has_decimal_commas(self) -> bool:
        """Whether most numbers have a comma before the fraction."""
        return self.share(lambda cell: COMMA_DECIMAL.match(_CURRENCY.sub("", cell).strip())) > 0.8

    @cached_property
    def has_negative(self) -> bool:
        """Whether a number is below zero."""
        return any(value < 0 for value in self.numbers.values())


def contents_of(columns: pa.RecordBatch) -> Mapping[str, ColumnContent]:
    """Return what the cells of each column look like.

    Examples
    --------
    >>> found = contents_of(pa.RecordBatch.from_pydict({"a": ["2026-09-01", ""], "b": ["3.50元", "4.00元"]}))
    >>> found["a"].moment, found["a"].n_filled, found["b"].currency
    (1.0, 1, 1.0)
    """
    return {name: _content(name, clean_text(columns.column(name)).to_pylist()) for name in columns.schema.names}


def _digits(cell: str) -> str:
    """Leave out the sign of any currency, and write a decimal comma as a point."""
    text = _CURRENCY.sub("", cell).strip()
    return text.replace(".", "").replace(",", ".") if COMMA_DECIMAL.match(text) else text


def _content(header: str, cells: Sequence[str | None]) -> ColumnContent:
    return ColumnContent(header, Counter(cell for cell in cells if cell), len(cells))
