"""Whether an amount on the lines of a file is the line's own, or its order's that is repeated on each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.mapping.guessing.model import ColumnGuess
from zhanggui.collect.mapping.guessing.names import bare
from zhanggui.collect.reading.values import clean_text, parse_decimal, parse_ids
from zhanggui.columns import InputTable
from zhanggui.i18n import Text

_OF_LINE: Mapping[str, str] = MappingProxyType(
    {
        "order_amount": "line_amount",
        "paid_amount": "line_paid_amount",
        "refund_amount": "line_refund_amount",
        "shipping_amount": "line_shipping_amount",
        "merchant_discount": "line_merchant_discount",
        "platform_discount": "line_platform_discount",
        "creator_discount": "line_creator_discount",
        "payment_discount": "line_payment_discount",
        "receivable_amount": "line_receivable_amount",
    }
)
_OF_ORDER: Mapping[str, str] = MappingProxyType({line: order for order, line in _OF_LINE.items()})
_REPEATED = Text("同一订单各行相同，是整单的金额", "equal on all rows of an order, so it is the order's")
_OWN = Text("同一订单各行不同，是该行的金额", "it differs between the rows of an order, so it is the line's")
_ONE_ROW = Text("每单一行", "every order has one row")
_NAMED = Text("列名写明是哪一级", "the header says so")
_LINES = Text("每行是一件商品", "each row is one product")
_PRODUCT = Text("等于数量 × 单价", "it is quantity × unit price")

_LINE_WORDS = ("商品", "子订单", "明细", "sku", "lineitem", "item", "行")
_ORDER_WORDS = ("订单", "整单", "order", "total", "总金额", "总额")
_ENOUGH = 3
"""Orders of several rows that all repeat an amount before it is believed to be the order's."""

Values = npt.NDArray[np.float64]


def at_their_level(table: InputTable, chosen: Sequence[ColumnGuess], columns: pa.RecordBatch) -> list[ColumnGuess]:
    """Return guesses of a line file with each amount at the level that its values have.

    Examples
    --------
    >>> rows = {"no": ["1", "1", "2"], "sum": ["5", "4", "4"], "paid": ["9", "9", "4"]}
    >>> names = (("order_id", "no"), ("line_amount", "sum"), ("line_paid_amount", "paid"))
    >>> guesses = [ColumnGuess(name, header, 0.9, _OWN) for name, header in names]
    >>> [guess.name for guess in at_their_level("order_lines", guesses, pa.RecordBatch.from_pydict(rows))]
    ['order_id', 'line_amount', 'paid_amount']
    """
    headers = {guess.name: guess.header for guess in chosen}
    if table != "order_lines" or "order_id" not in headers:
        return list(chosen)
    rows = _Rows(headers, columns)
    found: list[ColumnGuess] = []
    taken = set(headers)
    for guess in chosen:
        level, why = rows.level(guess)
        other = {"line": _OF_LINE, "order": _OF_ORDER}.get(level, {}).get(guess.name)
        if other is not None and other not in taken:
            taken = (taken - {guess.name}) | {other}
            reason = Text(f"{guess.reason.zh}；{why.zh}", f"{guess.reason.en}; {why.en}")
            guess = replace(guess, name=other, reason=reason)
        found.append(guess)
    return found


class _Rows:
    """The rows of a line file by their orders, with what each line is worth as far as the file says."""

    def __init__(self, headers: Mapping[str, str], columns: pa.RecordBatch) -> None:
        self._columns = columns
        ids = parse_ids(columns.column(headers["order_id"])).values
        encoded = pc.dictionary_encode(pc.fill_null(ids, ""))
        self._order = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
        n_rows = np.bincount(self._order)
        self._has_company = n_rows[self._order] > 1
        self._has_lines = "line_id" in headers and headers["line_id"] != headers["order_id"]
        self._worth = self._line_worth(headers)

    def _line_worth(self, headers: Mapping[str, str]) -> Values | None:
        if "quantity" in headers and "unit_price" in headers:
            return self._values(headers["quantity"]) * self._values(headers["unit_price"])
        return self._values(headers["line_amount"]) if "line_amount" in headers else None

    def _values(self, header: str) -> Values:
        column = clean_text(self._columns.column(header))
        values = parse_decimal(column, units=("件", "个")).values.cast(pa.float64())
        return np.asarray(values.to_numpy(zero_copy_only=False), np.float64)

    def level(self, guess: ColumnGuess) -> tuple[str, Text]:
        """Return ``order`` or ``line`` with the reason; an empty word where it is no amount, or nothing tells."""
        if guess.name not in _OF_LINE and guess.name not in _OF_ORDER:
            return "", guess.reason
        values = self._values(guess.header)
        is_whole = guess.name in ("order_amount", "line_amount")
        says = _said(guess.header)
        if says != "order" and is_whole and self._is_worth(values):
            return "line", _PRODUCT
        told = self._told(values)
        if told is not None:
            return told
        if says is not None:
            return says, _NAMED
        if is_whole:
            return "", guess.reason
        return ("line", _LINES) if self._has_lines or self._has_company.any() else ("order", _ONE_ROW)

    def _told(self, values: Values) -> tuple[str, Text] | None:
        """Judge by orders of several rows: what differs is the line's, what is more than the line is worth is not."""
        here = self._has_company & ~np.isnan(values) & (values != 0)
        if not here.any():
            return None
        groups = [values[here & (self._order == order)] for order in np.unique(self._order[here])]
        groups = [group for group in groups if len(group) > 1]
        n_equal = sum(bool((group == group[0]).all()) for group in groups)
        if groups and n_equal < 0.9 * len(groups):
            return "line", _OWN
        if self._worth is not None and (np.abs(values[here]) > 1.2 * np.abs(self._worth[here]) + 0.01).mean() > 0.3:
            return "order", _REPEATED
        return ("order", _REPEATED) if n_equal >= _ENOUGH else None

    def _is_worth(self, values: Values) -> bool:
        if self._worth is None:
            return False
        is_known = ~np.isnan(values) & ~np.isnan(self._worth) & (self._worth != 0)
        return bool(is_known.any() and (np.abs(values - self._worth)[is_known] < 0.015).mean() > 0.9)


def _said(header: str) -> str | None:
    """Return the level that a header names."""
    text = bare(header)
    if any(word in text for word in _LINE_WORDS):
        return "line"
    return "order" if any(word in text for word in _ORDER_WORDS) else None
