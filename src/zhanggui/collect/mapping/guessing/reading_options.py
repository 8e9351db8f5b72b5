"""What the cells of a file call for beside its columns: the form of dates and numbers, and which rows are refunds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.mapping.guessing.content import ColumnContent
from zhanggui.collect.mapping.guessing.model import TableGuess
from zhanggui.collect.mapping.guessing.names import bare
from zhanggui.collect.reading.values import clean_text, parse_quantity
from zhanggui.columns import INPUT_COLUMNS, ValueKind
from zhanggui.i18n import Text

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_ORDERS = (("%d", "%m"), ("%m", "%d"))
_SIGNS = (("£", "GBP"), ("€", "EUR"), ("$", "USD"))
_CODES = re.compile(r"\b(USD|EUR|GBP|HKD|JPY)\b", re.IGNORECASE)
_PREFIX = re.compile(r"^([A-Za-z]{1,3})\d")
_EXPENSE = (
    "支出金额",
    "支出",
    "付款金额",
    "借方金额",
    "出账金额",
    "支出(-元)",
    "debit",
    "expense",
    "withdrawal",
    "paid out",
)


@dataclass(slots=True)
class Called:
    """What a map of the file needs beside its columns."""

    options: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


def options_for(guess: TableGuess, contents: Mapping[str, ColumnContent], columns: pa.RecordBatch) -> Called:
    """Return what the cells of the guessed columns call for."""
    called = Called()
    notes: list[Text] = []
    by_kind = _by_kind(guess, contents)
    times = [*by_kind.get(ValueKind.TIME, ()), *by_kind.get(ValueKind.DAY, ())]
    _date_format(called, times, notes)
    money = by_kind.get(ValueKind.MONEY, [])
    filled = [each for each in money if not each.is_blank]
    if filled and all(each.has_decimal_commas for each in filled):
        called.options["decimal"] = ","
    currency = _currency(money)
    if currency is not None:
        called.constants["currency"] = currency
    if guess.table == "order_lines":
        _refund_rows(called, guess, columns)
    if guess.table in ("orders", "order_lines") and not {"paid_at", "status"} & guess.bound.keys():
        notes.append(
            Text(
                '没有付款时间也没有状态：若文件里都是已付款订单，请设 paid = "all"，否则已付款指标留空',
                'neither paid time nor status: set paid = "all" if every order was paid, else paid figures stay empty',
            )
        )
    _expenses(called, guess, contents)
    called.notes = tuple(notes)
    return called


def _by_kind(guess: TableGuess, contents: Mapping[str, ColumnContent]) -> Mapping[ValueKind, list[ColumnContent]]:
    found: dict[ValueKind, list[ColumnContent]] = {}
    for each in guess.columns:
        found.setdefault(INPUT_COLUMNS[each.name].kind, []).append(contents[each.header])
    return found


def _date_format(called: Called, times: Sequence[ColumnContent], notes: list[Text]) -> None:
    """Name the form of dates that cannot be told by themselves."""
    filled = [each for each in times if not each.is_blank]
    if filled and all(each.epoch > 0.9 for each in filled):
        is_milli = all(len(cell) == 13 for each in filled for cell in each.cells)
        called.options["date_format"] = "epoch_ms" if is_milli else "epoch_s"
        return
    if not filled or not all(each.day_or_month_first for each in filled):
        return
    cells = [cell for each in filled for cell in list(each.cells)[:200]]
    fitting = [pattern for pattern in _patterns(cells[0]) if all(_reads(cell, pattern) for cell in cells)]
    if len(fitting) == 1:
        called.options["date_format"] = fitting[0]
    elif fitting:
        notes.append(
            Text(
                f"日和月的先后看不出来，请选 date_format：{'、'.join(fitting)}",
                f"day and month cannot be told apart; choose date_format: {' or '.join(fitting)}",
            )
        )


def _patterns(cell: str) -> list[str]:
    """Return the forms with day or month first that may read a cell."""
    sign = next((sign for sign in "/-." if sign in cell), "/")
    year = "%Y" if re.match(r"^\d{1,2}\D\d{1,2}\D\d{4}", cell) else "%y"
    return [f"{first}{sign}{second}{sign}{year}{clock}" for first, second in _ORDERS for clock in _CLOCKS]


def _reads(cell: str, pattern: str) -> bool:
    try:
        datetime.strptime(cell, pattern)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True


def _currency(money: Sequence[ColumnContent]) -> str | None:
    """Return the foreign currency that amounts or their headers name."""
    for content in money:
        for sign, code in _SIGNS:
            if content.share(lambda cell, sign=sign: sign in cell) > 0.5:  # type: ignore[misc]  # the sign is bound
                return code
        named = _CODES.search(content.header)
        if named is not None:
            return named.group(1).upper()
    return None


def _refund_rows(called: Called, guess: TableGuess, columns: pa.RecordBatch) -> None:
    """Tell returns among lines: by a letter before the order id that only negative rows have, else by their sign."""
    bound = guess.bound
    if "quantity" not in bound:
        return
    quantity = parse_quantity(columns.column(bound["quantity"])).values
    is_negative = np.asarray(pc.fill_null(pc.less(quantity, 0), False).to_numpy(zero_copy_only=False), bool)
    if not is_negative.any():
        return
    if "order_id" in bound:
        ids = clean_text(columns.column(bound["order_id"])).to_pylist()
        prefixes = [found.group(1) if cell and (found := _PREFIX.match(cell)) else "" for cell in ids]
        of_returns = {prefix for prefix, negative in zip(prefixes, is_negative, strict=True) if negative}
        of_sales = {prefix for prefix, negative in zip(prefixes, is_negative, strict=True) if not negative}
        only = of_returns - of_sales - {""}
        if len(only) == 1 and len(of_returns - {""}) == 1:
            called.options["refund_when"] = {"column": bound["order_id"], "starts_with": only.pop()}
            return
    called.options["negative_quantity"] = "refund"


def _expenses(called: Called, guess: TableGuess, contents: Mapping[str, ColumnContent]) -> None:
    """Take a column of expenses from one of income, as ledgers keep them."""
    if guess.table != "settlements" or "amount" not in guess.bound:
        return
    income = bare(guess.bound["amount"])
    is_income = any(word in income for word in ("收入", "入账金额", "贷方", "credit", "paidin", "moneyin"))
    used = {each.header for each in guess.columns if each.name != "other_fee_amount"}
    expenses = [
        header
        for header, content in contents.items()
        if header not in used
        and any(word in bare(header) for word in map(bare, _EXPENSE))
        and (content.is_blank or content.number > 0.8)
    ]
    if is_income and len(expenses) == 1:
        called.parts["subtracted"] = {"amount": [expenses[0]]}
