"""Which table a file fills and which of its columns is what: a proposal with reasons, for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import tanh
from types import MappingProxyType

import pyarrow as pa

from zhanggui.collect.mapping.guessing.amount_levels import at_their_level
from zhanggui.collect.mapping.guessing.by_content import content_hint, date_hint, fit
from zhanggui.collect.mapping.guessing.by_header import FormatVotes, Hint, header_hint
from zhanggui.collect.mapping.guessing.content import ColumnContent, contents_of
from zhanggui.collect.mapping.guessing.model import ColumnGuess, Guess, TableGuess
from zhanggui.collect.mapping.guessing.names import plain
from zhanggui.collect.mapping.guessing.reading_options import options_for
from zhanggui.collect.mapping.layout import Layout
from zhanggui.columns import (
    FACTS,
    INPUT_COLUMNS,
    INPUT_TABLES,
    InputColumn,
    InputTable,
    ValueKind,
    columns_of,
    is_of_company,
    required_columns,
)
from zhanggui.i18n import Text

SURE = 0.5
"""A guess that is less sure is not made."""

_PLACES = {name: place for place, name in enumerate(INPUT_COLUMNS)}
_NEVER = frozenset({"platform", "shop"})
"""Said as constants, not by columns."""
_SAID_FOR_ALL: Mapping[str, frozenset[str]] = MappingProxyType({"shop_metrics": frozenset({"object_type"})})
"""What a constant says where no column does."""
_HOURS = re.compile(r"\d{1,4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ T]\d{1,2}(?::00(?::00)?)?(?:$|[~时点-])")
_ERP = re.compile(r"原始(?:线上)?(?:订单|单)号|子单原始|线上(?:子)?订单(?:号|编号)|内部订单号|系统单号")
"""An ERP's orders name the platform's own id beside theirs."""
_EVERYWHERE = frozenset({"store_name", "source_shop_id", "currency", "modified_at", "note"})
"""Columns that tell no table from another."""


def guessed(columns: pa.RecordBatch, formats: Sequence[Layout] = ()) -> Guess:
    """Guess what a file is from its header and some of its rows.

    Parameters
    ----------
    columns : pyarrow.RecordBatch
        The first rows, under the normalised header.
    formats : sequence of Layout
        Formats that are known, whose headers say what such headers mean.

    Returns
    -------
    Guess
        Every input table, the likeliest first.

    Examples
    --------
    >>> rows = {"Order No": ["A1", "A2"], "Order Date": ["2026-09-01", "2026-09-02"], "Total": ["9.90", "5.00"]}
    >>> found = guessed(pa.RecordBatch.from_pydict(rows)).best
    >>> found.table, dict(found.bound)
    ('orders', {'order_id': 'Order No', 'created_at': 'Order Date', 'order_amount': 'Total'})
    """
    contents = contents_of(columns)
    header = tuple(contents)
    votes = FormatVotes(formats, header)
    tables = [_table_guess(table, contents, columns, votes, formats) for table in INPUT_TABLES]
    tables.sort(key=lambda guess: -guess.score)
    best = tables[0]
    found = options_for(best, contents, columns)
    if found.parts:
        # What is taken from an amount stands for nothing else.
        spent = {header for taken in found.parts.values() for headers in taken.values() for header in headers}
        tables[0] = replace(best, columns=tuple(each for each in best.columns if each.header not in spent))
    return Guess(tuple(tables), found.options, found.constants | _platform(formats, votes), found.parts, found.notes)


def missing_of_header(table: InputTable, header: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return what a table needs and no column of a header seems to carry; any one name of a group would do."""
    contents = {name: ColumnContent(name, {}, 0) for name in header}
    found = _assigned(_candidates(table, contents, FormatVotes((), header)))
    names = {guess.name for guess in found}
    return tuple(group for group in required_columns(table) if not names & set(group))


def _table_guess(
    table: InputTable,
    contents: Mapping[str, ColumnContent],
    columns: pa.RecordBatch,
    votes: FormatVotes,
    formats: Sequence[Layout],
) -> TableGuess:
    chosen = _assigned(_candidates(table, contents, votes))
    chosen = at_their_level(table, chosen, columns)
    chosen += _second_uses(table, chosen, contents)
    chosen += _lone_date(table, chosen, contents)
    chosen = _priced_by_row(table, chosen)
    chosen.sort(key=lambda guess: _PLACES[guess.name])
    names = {guess.name for guess in chosen} | _SAID_FOR_ALL.get(table, frozenset())
    missing = tuple(group for group in required_columns(table) if not names & set(group))
    score = _table_score(table, chosen, missing, contents)
    alike = max((votes.overlaps[layout.format_id] for layout in formats if layout.dataset == table), default=0.0)
    return TableGuess(table, min(score + 0.25 * alike * (1 - score), 1.0), tuple(chosen), missing)


def _candidates(table: InputTable, contents: Mapping[str, ColumnContent], votes: FormatVotes) -> list[ColumnGuess]:
    found = []
    for column in columns_of(table):
        if column.name in _NEVER or (column.name == "store_name" and is_of_company(table)):
            continue
        for header, content in contents.items():
            hint = _hint(table, column, content, votes)
            if hint is not None and hint.score >= SURE:
                found.append(ColumnGuess(column.name, header, round(hint.score, 3), hint.reason))
    return sorted(found, key=lambda guess: -guess.score)


def _hint(table: InputTable, column: InputColumn, content: ColumnContent, votes: FormatVotes) -> Hint | None:
    by_header = header_hint(table, column, content.header, votes)
    if by_header is None:
        return content_hint(column, content)
    fits = fit(column, content)
    return Hint(by_header.score * (0.3 + 0.7 * fits), by_header.reason)


def _assigned(candidates: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """Give each name one column and each column one name, the surest first."""
    chosen: list[ColumnGuess] = []
    names: set[str] = set()
    headers: set[str] = set()
    for guess in candidates:
        if guess.name not in names and guess.header not in headers:
            chosen.append(guess)
            names.add(guess.name)
            headers.add(guess.header)
    return chosen


def _second_uses(
    table: InputTable, chosen: Sequence[ColumnGuess], contents: Mapping[str, ColumnContent]
) -> list[ColumnGuess]:
    """An address says the province too, and an hour its day, where no column of their own does."""
    headers = {guess.name: guess.header for guess in chosen}
    names = {column.name for column in columns_of(table)}
    found = []
    address = headers.get("address")
    if address is not None and "province" in names - headers.keys() and contents[address].province >= 0.5:
        found.append(
            ColumnGuess("province", address, 0.6, Text("地址以省份开头", "the addresses begin with a province"))
        )
    hour = headers.get("hour")
    if hour is not None and "day" in names - headers.keys() and contents[hour].moment >= 0.5:
        found.append(ColumnGuess("day", hour, 0.7, Text("小时前写着日期", "the hours stand behind their days")))
    day = headers.get("day")
    if day is not None and "hour" in names - headers.keys() and contents[day].share(_HOURS.search) >= 0.8:
        found.append(ColumnGuess("hour", day, 0.7, Text("日期后写着小时", "the days are followed by their hours")))
    return found


def _priced_by_row(table: InputTable, chosen: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """A line file without quantities and line amounts has one piece per row, and its price is the row's."""
    names = {guess.name for guess in chosen}
    if table != "order_lines" or names & {"quantity", "line_amount"} or "unit_price" not in names:
        return list(chosen)
    why = Text("没有数量列，每行一件", "there is no quantity: each row is one piece")
    return [
        replace(guess, name="line_amount", reason=why, score=0.7) if guess.name == "unit_price" else guess
        for guess in chosen
    ]


def _lone_date(
    table: InputTable, chosen: Sequence[ColumnGuess], contents: Mapping[str, ColumnContent]
) -> list[ColumnGuess]:
    """Where the table needs a moment that no header names, the only column of dates is it."""
    names, headers = {guess.name for guess in chosen}, {guess.header for guess in chosen}
    wanted = [group[0] for group in required_columns(table) if not names & set(group)]
    wanted = [name for name in wanted if INPUT_COLUMNS[name].kind in (ValueKind.TIME, ValueKind.DAY)]
    dates = [(header, hint) for header, each in contents.items() if header not in headers and (hint := date_hint(each))]
    if len(wanted) != 1 or len(dates) != 1:
        return []
    header, hint = dates[0]
    return [ColumnGuess(wanted[0], header, hint.score, hint.reason)]


def _table_score(
    table: InputTable,
    chosen: Sequence[ColumnGuess],
    missing: Sequence[tuple[str, ...]],
    contents: Mapping[str, ColumnContent],
) -> float:
    """Judge a table by how much of the file it explains, by columns that few tables have, and by what it lacks."""
    groups = required_columns(table)
    met = 1 - len(missing) / len(groups)
    headers = {guess.header for guess in chosen}
    explained = sum(max(guess.score**2 for guess in chosen if guess.header == header) for header in headers)
    share = explained / max(sum(not content.is_blank for content in contents.values()), 1)
    telling = sum(guess.score * _telling(guess.name) for guess in chosen)
    score = (0.25 + 0.75 * met) * (0.6 * min(share, 1.0) + 0.4 * tanh(telling / 2.5))
    return score * _grain(table, chosen, contents)


def _telling(name: str) -> float:
    """Return how much a column tells one table from another: little, where many have it."""
    if name in _EVERYWHERE:
        return 0.0
    tables = set(INPUT_COLUMNS[name].tables)
    # Orders and their lines are told apart by what a row is, not by their columns.
    n_tables = len(tables) - ({"orders", "order_lines"} <= tables)
    return 1.0 / n_tables


def _grain(table: InputTable, chosen: Sequence[ColumnGuess], contents: Mapping[str, ColumnContent]) -> float:
    """Judge by what a row is: orders have one row each, lines name what was sold, refunds a case or an amount."""
    headers = {guess.name: guess.header for guess in chosen}
    order = contents.get(headers.get("order_id", ""))
    if table in ("orders", "order_lines") and any(_ERP.search(plain(header)) for header in contents):
        return 0.5
    if table == "orders" and order is not None and order.n_filled >= 20:
        # A few orders that stand in two lines are a file of orders that were exported twice.
        return 1.0 if order.n_distinct > 0.9 * order.n_filled else 0.6
    if table == "order_lines":
        # An order file has a title and a number of pieces too, but no price of one piece.
        is_priced = "unit_price" in headers and bool({"product_id", "sku_id", "product_title"} & headers.keys())
        names_goods = bool({"product_id", "sku_id"} & headers.keys())
        has_measure = bool({"quantity", "line_amount", "line_paid_amount"} & headers.keys())
        is_unlike_order = "line_id" in headers or (order is not None and order.n_distinct < order.n_filled)
        return 1.0 if is_unlike_order or is_priced or (names_goods and has_measure) else 0.7
    if table in FACTS or table != "refunds":
        return 1.0
    return 1.0 if {"refund_id", "applied_at", "refund_type", "reason"} & headers.keys() else 0.8


def _platform(formats: Sequence[Layout], votes: FormatVotes) -> dict[str, str]:
    """Return the platform whose format the file has most of, where that is more than half."""
    known = [layout for layout in formats if layout.platform is not None]
    best = max(known, key=lambda layout: votes.overlaps[layout.format_id], default=None)
    if best is None or best.platform is None or votes.overlaps[best.format_id] <= 0.5:
        return {}
    return {"platform": best.platform}
