"""What a map makes of a file, before anything is loaded: typed rows, faults by column, the total, the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.trial import PlainTokens, TrialTyping, meanings, typed_cells, word_columns, words_in
from zhanggui.collect.loading.typed_rows import typing_context
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import SourceTable, TextBatch
from zhanggui.collect.reading.values import Money, clean_text
from zhanggui.columns import INPUT_COLUMNS, ValueKind, columns_of, required_columns
from zhanggui.ledger.privacy.masking import KIND_OF_COLUMN, mask_cell

_N_EXAMPLES = 5
_MOST_WORDS = 300
_BATCH_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class CellFault:
    """The cells of one column that break one rule.

    Attributes
    ----------
    name : str
        Canonical name of the column; empty where whole rows cannot be read.
    header : str or None
        Column of the file.
    rows : tuple of int
        The first of their rows.
    example : str or None
        The first such cell, masked where it is personal.
    """

    name: str
    header: str | None
    rule: str
    n_cells: int
    rows: tuple[int, ...]
    example: str | None


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell as the file has it and as the ledger would read it.

    Attributes
    ----------
    raw : str or None
        The cell, masked where it is personal.
    value : str, int, float or None
        Amounts in major units, times in the store's local time.
    rule : str or None
        The rule that it breaks.
    """

    raw: str | None
    value: str | int | float | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column, how many rows have it, and what it means."""

    word: str
    n_rows: int
    meaning: str | None


@dataclass(slots=True)
class Preview:
    """What a map makes of a file.

    Attributes
    ----------
    n_rows : int
        Data rows that were looked at.
    n_good : int
        Rows that would be taken.
    n_rejected : int
        Rows that are no data rows of the table.
    is_whole : bool
        Whether the whole file was looked at.
    columns : tuple of str
        Canonical names of the typed columns.
    rows : list
        Row number and cells of the first rows, in the order of `columns`.
    n_blank : dict
        Blank cells by canonical name.
    headline : str or None
        Canonical name of the amount that the total is made of.
    file_total, good_total : Decimal
        Its exact sum over all readable cells, and over the rows that would be taken.
    words : dict
        Words of each column whose words mean something, the commonest first.
    missing : tuple of tuple of str
        What the table needs and the map does not give.
    """

    columns: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    currency: str
    n_rows: int = 0
    n_good: int = 0
    n_rejected: int = 0
    is_whole: bool = False
    rows: list[tuple[int, tuple[TypedCell, ...]]] = field(default_factory=list)
    faults: tuple[CellFault, ...] = ()
    n_blank: dict[str, int] = field(default_factory=dict)
    headline: str | None = None
    file_total: Decimal = Decimal(0)
    good_total: Decimal = Decimal(0)
    first_day: date | None = None
    last_day: date | None = None
    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)


def preview(
    table: SourceTable,
    layout: Layout,
    *,
    timezone: str,
    currency: str,
    n_shown: int = 20,
    most_rows: int | None = None,
    on_rows: Callable[[int], None] = lambda n_rows: None,
) -> Preview:
    """Read a file as a map says, and load nothing.

    Parameters
    ----------
    table : SourceTable
    layout : Layout
        The map; it may lack what its table needs.
    timezone, currency : str
        The store's, where neither file nor map says otherwise.
    n_shown : int
        Rows that are shown.
    most_rows : int, optional
        Look at no more rows than this; the whole file when absent.
    on_rows : callable
        Told the number of rows done; raises to stop.

    Returns
    -------
    Preview
    """
    return _Trial(table, layout, timezone, currency).run(n_shown, most_rows, on_rows)


class _Trial:
    """The work on one file."""

    def __init__(self, table: SourceTable, layout: Layout, timezone: str, currency: str) -> None:
        self.table = table
        self.bound = layout.bound(table.header)
        self.context = typing_context(layout, self.bound, timezone=timezone, currency=currency, tokenizer=PlainTokens())
        given = {*self.bound, *layout.constants, *layout.joined, *layout.extracted}
        missing = tuple(group for group in required_columns(layout.dataset) if not given & set(group))
        names = tuple(column.name for column in columns_of(layout.dataset) if column.name in given)
        self.found = Preview(names, missing, self.context.currency)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[int]] = {}
        self._first: dict[tuple[str, str], str | None] = {}
        self._words: dict[str, Counter[str]] = {}

    def run(self, n_shown: int, most_rows: int | None, on_rows: Callable[[int], None]) -> Preview:
        """Look at the batches, one after the other."""
        found = self.found
        found.is_whole = True
        for batch in self.table.batches(_BATCH_ROWS if most_rows is None else min(_BATCH_ROWS, most_rows)):
            self._look_at(batch)
            left = n_shown - len(found.rows)
            if left > 0 and batch.columns.num_rows:
                found.rows += self._shown(_head(batch, left))
            on_rows(found.n_rows)
            if most_rows is not None and found.n_rows >= most_rows:
                found.is_whole = False
                break
        found.faults = tuple(self._fault(*key) for key, _ in self._counts.most_common())
        found.words = {name: self._meant(name, counted) for name, counted in self._words.items()}
        return found

    def _look_at(self, batch: TextBatch) -> None:
        found = self.found
        work = TrialTyping(self.context, batch)
        work.take_all(is_complete=not found.missing)
        good = ~work.has_fault
        found.n_rows += work.n_rows
        found.n_good += int(good.sum())
        found.n_rejected += len(batch.problems)
        for problem in batch.problems:
            self._note(("", problem.rule), problem.row_no, mask_cell(problem.text[:200], "none"))
        for key, rows in work.cell_faults.items():
            self._note_cells(key, rows, batch)
        headline = work.headline()
        if headline is not None:
            found.headline = headline[0]
            found.file_total += headline[1].exact_sum()
            found.good_total += _sum_where(headline[1], good)
        self._note_days(work.days())
        self._note_blanks(work)
        for name in word_columns(self.context.layout.dataset):
            text = words_in(work, name)
            if text is not None:
                counted = self._words.setdefault(name, Counter())
                counted.update({row["values"]: row["counts"] for row in pc.value_counts(text.drop_null()).to_pylist()})

    def _note(self, key: tuple[str, str], row_no: int, example: str | None) -> None:
        self._counts[key] += 1
        self._first.setdefault(key, example)
        rows = self._examples.setdefault(key, [])
        if len(rows) < _N_EXAMPLES:
            rows.append(row_no)

    def _note_cells(self, key: tuple[str, str], faulty: Any, batch: TextBatch) -> None:
        positions = np.flatnonzero(faulty)
        if key not in self._first:
            header = self.bound.get(key[0])
            cell = None if header is None else batch.columns.column(header)[int(positions[0])].as_py()
            self._first[key] = self._masked(key[0], cell)
        self._counts[key] += len(positions)
        rows = self._examples.setdefault(key, [])
        rows += [batch.row_no[int(at)].as_py() for at in positions[: _N_EXAMPLES - len(rows)]]

    def _note_days(self, days: Any | None) -> None:
        if days is None or days.null_count == len(days):
            return
        ends = pc.min_max(days).as_py()
        found = self.found
        found.first_day = ends["min"] if found.first_day is None else min(found.first_day, ends["min"])
        found.last_day = ends["max"] if found.last_day is None else max(found.last_day, ends["max"])

    def _note_blanks(self, work: TrialTyping) -> None:
        for name in self.found.columns:
            source = work.source(name)
            if source is not None:
                text = clean_text(source)
                self.found.n_blank[name] = self.found.n_blank.get(name, 0) + text.null_count

    def _masked(self, name: str, cell: object) -> str | None:
        return mask_cell(None if cell is None else str(cell)[:200], KIND_OF_COLUMN.get(name, "none"))

    def _shown(self, batch: TextBatch) -> list[tuple[int, tuple[TypedCell, ...]]]:
        columns = [self._typed_column(name, batch) for name in self.found.columns]
        numbers = batch.row_no.to_pylist()
        return [(numbers[at], tuple(column[at] for column in columns)) for at in range(len(numbers))]

    def _typed_column(self, name: str, batch: TextBatch) -> list[TypedCell]:
        column = INPUT_COLUMNS[name]
        header = self.bound.get(name)
        n_rows = batch.columns.num_rows
        raw = [None] * n_rows if header is None else batch.columns.column(header).to_pylist()
        shown = [self._masked(name, cell) for cell in raw]
        if name in ("shop", "platform", "currency") and header is None:
            said = self.context.layout.constants.get(name)
            return [TypedCell(None, said, None)] * n_rows
        values, rules = typed_cells(self.context, batch, column)
        if column.personal != "none":
            values = [self._masked(name, value) for value in values]
        exponent = self.context.exponent if column.kind is ValueKind.MONEY else 0
        return [
            TypedCell(cell, _plain(value, exponent), rule)
            for cell, value, rule in zip(shown, values, rules, strict=True)
        ]

    def _fault(self, name: str, rule: str) -> CellFault:
        key = (name, rule)
        rows = tuple(self._examples[key])
        return CellFault(name, self.bound.get(name), rule, self._counts[key], rows, self._first[key])

    def _meant(self, name: str, counted: Counter[str]) -> tuple[Word, ...]:
        common = counted.most_common(_MOST_WORDS)
        known = meanings(self.context, name, [word for word, _ in common])
        return tuple(Word(word, n_rows, meant) for (word, n_rows), meant in zip(common, known, strict=True))


def _head(batch: TextBatch, n_rows: int) -> TextBatch:
    return TextBatch(batch.columns.slice(0, n_rows), batch.row_no.slice(0, n_rows))


def _sum_where(money: Money, rows: Any) -> Decimal:
    if rows.all():
        return money.exact_sum()
    chosen = pa.array(rows)
    values, problem, remainder = (column.filter(chosen) for column in (money.values, money.problem, money.remainder))
    return Money(values, problem, remainder, money.exponent).exact_sum()


def _plain(value: Any, exponent: int) -> str | int | float | None:
    """Return a typed cell as JSON has it."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return float(Decimal(value).scaleb(-exponent)) if exponent else value
    if isinstance(value, Decimal | float):
        whole = int(value)
        return whole if whole == value else float(value)
    return str(value)
