"""Typing a batch on trial: every cell that cannot be read is counted, not only the first of its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.column_typing import ColumnTyping, Mask, TypingContext, filled
from zhanggui.collect.loading.dataset_columns import DATASET_COLUMNS
from zhanggui.collect.loading.fact_typing import take_column
from zhanggui.collect.loading.status import folded
from zhanggui.collect.mapping.map_file import words_allowed
from zhanggui.collect.reading import TextBatch
from zhanggui.collect.reading.values import Money, clean_text, parse_times
from zhanggui.columns import FACTS, InputColumn, ValueKind, columns_of
from zhanggui.columns.fact import FactColumn
from zhanggui.ledger.privacy import Tokenizer
from zhanggui.ledger.schema.facts import date_of

_HEADLINES: Mapping[str, str] = MappingProxyType(
    {
        "line_amount_minor": "line_amount",
        "order_amount_minor": "order_amount",
        "stated_paid_minor": "paid_amount",
        "requested_minor": "refund_amount",
    }
)
_DAYS = ("created_date", "refunded_date", "applied_date", "created_at", "refunded_at", "applied_at")


class PlainTokens(Tokenizer):
    """Leaves personal values as they are: what is typed on trial is shown masked, and kept nowhere."""

    def __init__(self) -> None:
        pass

    def tokens(self, values: Any, domain: str) -> Any:
        """Return `values`."""
        return values


class TrialTyping(ColumnTyping):
    """The typing of one batch that keeps every fault of every cell.

    Attributes
    ----------
    cell_faults : dict
        Rows by canonical name and rule.
    """

    def __init__(self, context: TypingContext, batch: TextBatch) -> None:
        super().__init__(context, batch)
        self.cell_faults: dict[tuple[str, str], Mask] = {}
        self._faulty: dict[str, Mask] = {}

    def flag(self, rows: Mask, rule: str, name: str) -> None:
        """Note the rows, then mark them as a load does."""
        # A cell that cannot be read is not empty on top of it.
        fresh = rows & ~self._faulty.get(name, np.zeros(self.n_rows, bool))
        if fresh.any():
            self.cell_faults[name, rule] = fresh
            self._faulty[name] = fresh | self._faulty.get(name, False)
        super().flag(rows, rule, name)

    def take_all(self, *, is_complete: bool) -> None:
        """Type the batch as a load does; without what its table needs, each column by itself."""
        if is_complete:
            DATASET_COLUMNS[self.layout.dataset].take(self)
            return
        for column in columns_of(self.layout.dataset):
            if self.source(column.name) is not None:
                _take(self, column)

    def headline(self) -> tuple[str, Money] | None:
        """Return the amount that the file's total is made of, by its canonical name."""
        dataset = self.layout.dataset
        for held in DATASET_COLUMNS[dataset].headline:
            name = _HEADLINES.get(held) or _fact_name(dataset, held)
            for key in (held, name):
                if key in self.money:
                    return name, self.money[key]
        return None

    def days(self) -> Any | None:
        """Return the days that the rows are about, as far as one column says them."""
        names: Sequence[str] = _DAYS
        if self.layout.dataset in FACTS:
            columns = FACTS[self.layout.dataset].columns
            days = [column for column in columns if column.kind is ValueKind.DAY]
            times = [column for column in columns if column.kind is ValueKind.TIME]
            names = [*(each.held_as for each in days), *(each.name for each in days), *map(date_of, times)]
            names += [each.name for each in times]
        found = next((self.out[name] for name in names if name in self.out), None)
        return None if found is None else found.cast(pa.date32(), safe=False)


def _fact_name(dataset: str, held_as: str) -> str:
    columns = FACTS[dataset].columns if dataset in FACTS else ()
    return next((column.name for column in columns if column.held_as == held_as), held_as)


def _take(work: ColumnTyping, column: InputColumn) -> None:
    """Type one column by its kind, under its own name."""
    allowed = words_allowed(work.layout.dataset).get(column.name, ())
    kind = ValueKind.TEXT if column.kind is ValueKind.STATUS else column.kind
    if column.kind is ValueKind.REGION:
        kind = ValueKind.REGION if column.name == "province" else ValueKind.TEXT
    take_column(work, FactColumn(column.name, column.name, kind, column.label, "-", allowed=allowed))


def typed_cells(context: TypingContext, batch: TextBatch, column: InputColumn) -> tuple[list[Any], list[str | None]]:
    """Return the typed cells of one column, and for each the rule that it breaks.

    Times stand in the store's local time; states and words as what they mean.
    """
    work = TrialTyping(context, batch)
    values = _values(work, column)
    rules: list[str | None] = [None] * work.n_rows
    for (name, rule), rows in work.cell_faults.items():
        for position in np.flatnonzero(rows).tolist() if name == column.name else ():
            rules[position] = rules[position] or rule
    for position, rule in _unknown(work, column, values).items():
        rules[position] = rules[position] or rule
    return values.to_pylist(), rules


def _values(work: TrialTyping, column: InputColumn) -> Any:
    name = column.name
    if column.kind is ValueKind.TIME:
        source = work.source(name)
        times = parse_times(source, work.context.timezone, work.layout.options.date_format)
        work.note(times.problem, name)
        return times.values
    if _is_state(work, name):
        work.take_time("paid_at", "paid_at")
        work.take_text("close_reason", "close_reason")
        if work.layout.dataset == "order_lines" and name == "refund_status":
            work.take_refund_status()
            return work.out["refund_status"]
        work.take_status(name)
        return work.out["status"]
    _take(work, column)
    if column.kind is ValueKind.MONEY:
        return work.money[name].values
    return work.out[name]


def _is_state(work: TrialTyping, name: str) -> bool:
    dataset = work.layout.dataset
    if name == "status":
        return dataset in ("orders", "order_lines")
    return name == "refund_status" and dataset in ("order_lines", "refunds")


def _unknown(work: TrialTyping, column: InputColumn, values: Any) -> dict[int, str]:
    """Return the rows whose word says nothing that is known."""
    if _is_state(work, column.name):
        return dict.fromkeys(np.flatnonzero(filled(pc.equal(values, "unknown"))).tolist(), "unknown_status")
    if column.kind is not ValueKind.WORD:
        return {}
    return dict.fromkeys(np.flatnonzero(work.is_unknown).tolist(), "unknown_word")


def word_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table whose words have a meaning that a map may say.

    Examples
    --------
    >>> word_columns("order_lines"), word_columns("refunds"), word_columns("points")
    (('status', 'refund_status'), ('refund_status',), ('points_reason',))
    """
    if table in ("orders", "order_lines"):
        return ("status", "refund_status") if table == "order_lines" else ("status",)
    return ("refund_status",) if table == "refunds" else tuple(words_allowed(table))


def meanings(context: TypingContext, name: str, words: Sequence[str]) -> list[str | None]:
    """Return what each word of a column means under a map; None where nothing says it."""
    layout = context.layout
    if name == "status" or (name == "refund_status" and layout.dataset == "refunds"):
        known = {folded(word): meaning for word, meaning in layout.status_words.items()}
        typed = context.words.translated(pa.array(words, pa.string()), None).status.to_pylist()
        return [
            known.get(folded(word)) or (None if each == "unknown" else each)
            for word, each in zip(words, typed, strict=True)
        ]
    if name == "refund_status":
        known = {folded(word): meaning for word, meaning in layout.refund_words.items()}
    else:
        known = {folded(word): word for word in words_allowed(layout.dataset).get(name, ())}
        known |= {folded(word): meaning for word, meaning in layout.words.get(name, {}).items()}
    return [known.get(folded(word)) for word in words]


def words_in(work: ColumnTyping, name: str) -> Any | None:
    """Return the words of a column as the file writes them, or None where the map does not say where they stand."""
    source = work.source(name)
    return None if source is None else clean_text(source)
