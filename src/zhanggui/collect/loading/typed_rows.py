"""From text columns of one batch to typed ledger columns, with every faulty cell named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.column_typing import MASKED_BUYER, ColumnTyping, TypingContext
from zhanggui.collect.loading.dataset_columns import DATASET_COLUMNS
from zhanggui.collect.loading.fact_typing import UNKNOWN_WORDS
from zhanggui.collect.loading.faults import Fault
from zhanggui.collect.loading.order_of_lines import STATE_HASH
from zhanggui.collect.loading.row_hash import content_hash
from zhanggui.collect.loading.status import RefundWords, StatusWords
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import TextBatch
from zhanggui.collect.reading.values import Money
from zhanggui.ledger.privacy import Tokenizer
from zhanggui.money import currency_exponent

_DERIVED = frozenset(
    {
        *("created_date", "created_hour", "stated_paid_date", "stated_paid_hour", "status_rank", "role"),
        *("estimated_refund_minor", "line_estimated_refund_minor", "stated_deposit_date", "is_close_open"),
    }
)
_NO_CONTENT = _DERIVED | {"modified_at", MASKED_BUYER, UNKNOWN_WORDS}
"""A later export of the same content carries another modified time; derived columns say nothing of their own."""

_STATES = frozenset({"status", "status_raw", "shipped_at", "completed_at", "close_reason"})
_PACKAGE = frozenset({"package_id", "stated_shipping_minor", "shipped_at"})

HEADLINE_REST = "headline_rest"
"""Column of what rounding left over of the amount that the file's total is made of."""


@dataclass(slots=True)
class TypedBatch:
    """What became of one batch of text rows.

    Attributes
    ----------
    rows : pyarrow.Table
        Typed rows without any faulty cell, plus ``row_no``, ``role``, ``row_hash`` and, for lines,
        ``order_hash`` (the content that the lines of one order share).
    faults : list of Fault
        One per row that cannot be taken as it is.
    file_total, good_total : Decimal
        Exact sum of the headline amount over the readable rows, and over the rows taken; major units.
    unknown_words : Counter of str
        Rows per unknown status word.
    unknown_money_minor : int
        Headline money of the rows with an unknown status.
    """

    rows: pa.Table
    faults: list[Fault]
    file_total: Decimal
    good_total: Decimal
    unknown_words: Counter[str] = field(default_factory=Counter)
    unknown_money_minor: int = 0


def typing_context(
    layout: Layout, bound: Mapping[str, str], *, timezone: str, currency: str, tokenizer: Tokenizer
) -> TypingContext:
    """Return what holds for every batch of a file; the parameters are those of :class:`RowTyper`."""
    currency = layout.constants.get("currency", currency)
    return TypingContext(
        layout=layout,
        bound=bound,
        currency=currency,
        exponent=currency_exponent(currency),
        timezone=layout.options.timezone or timezone,
        tokenizer=tokenizer,
        words=StatusWords(layout.status_words, layout.refund_words),
        refund_words=RefundWords(layout.status_words if layout.dataset == "refunds" else layout.refund_words),
    )


class RowTyper:
    """Types the rows of one file; remembers the latest time in it.

    Parameters
    ----------
    layout : Layout
        How the file is read.
    bound : mapping of str to str
        Canonical input name to the header of this file.
    timezone, currency : str
        The store's, where neither file nor map says otherwise.
    tokenizer : Tokenizer
        Turns personal cells into keyed tokens.
    """

    def __init__(
        self,
        layout: Layout,
        bound: Mapping[str, str],
        *,
        timezone: str,
        currency: str,
        tokenizer: Tokenizer,
    ) -> None:
        self._context = typing_context(layout, bound, timezone=timezone, currency=currency, tokenizer=tokenizer)
        self.currency = self._context.currency
        self._latest: datetime | None = None
        self._latest_ahead: datetime | None = None

    @property
    def latest(self) -> datetime | None:
        """The latest moment in the rows typed so far; moments that may lie ahead count where there is no other."""
        return self._latest or self._latest_ahead

    def typed(self, batch: TextBatch) -> TypedBatch:
        """Return the typed rows of `batch`."""
        work = ColumnTyping(self._context, batch)
        dataset = DATASET_COLUMNS[self._context.layout.dataset]
        dataset.take(work)
        self._latest = _later(self._latest, work.latest)
        self._latest_ahead = _later(self._latest_ahead, work.latest_ahead)
        headline = next((work.money[name] for name in dataset.headline if name in work.money), None)
        good = ~work.has_fault
        return TypedBatch(
            rows=_rows(work, good, dataset.line_level, self._rest_of(headline)),
            faults=_faults(work),
            file_total=headline.exact_sum() if headline is not None else Decimal(0),
            good_total=_sum_of(headline, good) if headline is not None else Decimal(0),
            unknown_words=work.unknown_words,
            unknown_money_minor=_minor_sum(headline, work.is_unknown & good),
        )

    def _rest_of(self, headline: Money | None) -> dict[str, Any]:
        """Return what rounding left over of each row, for a file whose total is to be told by store."""
        is_told = {
            "store_name",
            "shop",
        } & self._context.bound.keys() and self._context.layout.options.rounds_excess_digits
        return {} if headline is None or not is_told else {HEADLINE_REST: headline.remainder}


def _later(left: datetime | None, right: datetime | None) -> datetime | None:
    return max(left, right) if left is not None and right is not None else left or right


def _rows(work: ColumnTyping, good: Any, line_level: frozenset[str], more: Mapping[str, Any]) -> pa.Table:
    columns = dict(work.out)
    n_rows = work.n_rows
    content = {name: column for name, column in columns.items() if name not in _NO_CONTENT}
    if line_level:
        states = _own_part(work)
        shared = {name: column for name, column in content.items() if name not in line_level | states}
        columns["order_hash"] = pa.array(content_hash(shared, n_rows))
        if states:
            own = {name: column for name, column in content.items() if name in states}
            columns[STATE_HASH] = pa.array(content_hash(own, n_rows))
        # A line without an id of its own is known by its content, which has to outlast its state.
        lasting = line_level | states if "line_id" in columns else line_level
        content = {name: column for name, column in columns.items() if name in lasting}
    columns["row_hash"] = pa.array(content_hash(content, n_rows))
    columns["row_no"] = work.batch.row_no.cast(pa.int64())
    rows = pa.table({**columns, **more})
    return rows if good.all() else rows.filter(pa.array(good))


def _own_part(work: ColumnTyping) -> frozenset[str]:
    """Return the order-level columns in which each row speaks of its own part of the order."""
    states = _STATES if work.layout.states_of_lines else frozenset[str]()
    return states | _PACKAGE if "package_id" in work.out else states


def _faults(work: ColumnTyping) -> list[Fault]:
    names = set(work.batch.columns.schema.names)
    found = []
    for position in np.flatnonzero(work.has_fault).tolist():
        header = work.fault_column[position]
        cell = work.batch.columns.column(header)[position].as_py() if header in names else None
        row_no = work.batch.row_no[position].as_py()
        found.append(Fault(row_no, header, work.fault_rule[position], None if cell is None else str(cell)))
    return found


def _sum_of(money: Money, rows: Any) -> Decimal:
    if rows.all():
        return money.exact_sum()
    chosen = pa.array(rows)
    values, problem, remainder = (column.filter(chosen) for column in (money.values, money.problem, money.remainder))
    return Money(values, problem, remainder, money.exponent).exact_sum()


def _minor_sum(money: Money | None, rows: Any) -> int:
    if money is None or not rows.any():
        return 0
    return int(pc.sum(money.values.filter(pa.array(rows))).as_py() or 0)
