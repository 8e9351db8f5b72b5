"""The answer to a question: exact cells, what they cannot see, and how old they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial, reduce
from typing import Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.absence import absent_tables, needs
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.caveats import Caveat, warnings_for
from zhanggui.metrics.comparison import compared_period, shifted
from zhanggui.metrics.compiler.merge import COMPARED, as_compared, side_by_side
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.run import run_scan
from zhanggui.metrics.compiler.values import Cells, minor_per_major
from zhanggui.metrics.coverage import UNKNOWN, Scope, scope_leaves
from zhanggui.metrics.days import KeptDays
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.freshness import Freshness, freshness_of, period_of
from zhanggui.metrics.marks import SourceMark, failures, marks_on, tables_of
from zhanggui.metrics.model import Leaf, Metric, Unit, Weighted
from zhanggui.metrics.question import Question
from zhanggui.metrics.visit_coverage import visits_of_some_stores
from zhanggui.money import currency_exponent

CHANGE = "change__"
"""Prefix of the column that holds how a metric changed against the period compared with."""


@dataclass(frozen=True)
class Answer:
    """What the ledger says.

    Parameters
    ----------
    question : Question
        The question in its plain form.
    metrics : tuple of Metric
        Definitions of the metrics asked for.
    table : pyarrow.Table
        One row per cell: the key columns, then a column per metric (money in major units), and for a comparison
        ``compare__<metric>`` and ``change__<metric>`` (relative; for ratios the difference).
    currency : str or None
        The one currency of the scope; None when there are several, or none.
    as_of : date or None
        Last business day with data in the ledger.
    freshness : Freshness
        When each source was loaded last.
    warnings : tuple of Caveat
        What a reader must know.
    compared : Period or None
        The period compared with.
    marks : mapping of str to tuple of SourceMark
        For each metric, the checks of data quality that its sources failed in the stores and days at hand.
    """

    question: Question
    metrics: tuple[Metric, ...]
    table: pa.Table
    currency: str | None
    as_of: date | None
    freshness: Freshness
    warnings: tuple[Caveat, ...] = ()
    compared: Period | None = None
    marks: Mapping[str, tuple[SourceMark, ...]] = field(default_factory=dict)

    @property
    def by(self) -> tuple[str, ...]:
        """Names of the columns that make up a cell: the date, then the dimensions."""
        date_name = self.question.date_name
        return (*((date_name,) if date_name else ()), *self.question.dimensions)

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """The cells as dictionaries, dates as ISO text; a comparison stands under ``compare`` and ``change``."""
        plain = self.table
        for place, each in enumerate(plain.schema):
            if pa.types.is_date(each.type):
                plain = plain.set_column(place, each.name, pc.cast(plain[each.name], pa.string()))
        if self.compared is None:
            return plain.to_pylist()  # type: ignore[no-any-return]  # pyarrow ships no types
        names = [metric.name for metric in self.metrics]
        now = plain.select([name for name in plain.column_names if not name.startswith((COMPARED, CHANGE))])
        then = plain.select([f"{COMPARED}{name}" for name in names]).rename_columns(names)
        change = plain.select([f"{CHANGE}{name}" for name in names]).rename_columns(names)
        return [
            {**row, "compare": earlier, "change": moved}
            for row, earlier, moved in zip(now.to_pylist(), then.to_pylist(), change.to_pylist(), strict=True)
        ]

    def to_json(self) -> dict[str, object]:
        """Return the answer as commands and the API give it."""
        found: dict[str, object] = {
            "metrics": [metric.name for metric in self.metrics],
            "by": list(self.by),
            "rows": self.rows,
            "currency": self.currency,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "freshness": self.freshness.to_json(),
            "warnings": [warning.to_json() for warning in (*self.warnings, *self._marked())],
        }
        if self.compared is not None:
            found["compare"] = {"from": self.compared.first.isoformat(), "to": self.compared.last.isoformat()}
        return found

    def _marked(self) -> Iterator[Caveat]:
        for metric, marks in self.marks.items():
            yield from (mark.caveat(metric) for mark in marks)


_Made = TypeVar("_Made")


class Keep(Protocol):
    """Keeps what was made for a key as long as the ledger does not change."""

    def __call__(self, key: Hashable, make: Callable[[], _Made], /) -> _Made:
        """Return what was made for `key`, making it the first time."""
        ...


def answer(
    ledger: Ledger,
    question: Question,
    *,
    catalogue: Mapping[str, Metric] = CATALOGUE,
    keep: Keep | None = None,
    days: KeptDays | None = None,
) -> Answer:
    """Answer a question from the ledger.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    question : Question
        What is asked.
    catalogue : mapping of str to Metric, optional
        Definitions; the product's own by default.
    keep : callable, optional
        Keeps what questions share: what is missing in a scope, the days with data, how old the sources are.
    days : KeptDays, optional
        Keeps what questions by day have found, across loads.

    Returns
    -------
    Answer
        Without dimensions and grain exactly one row. Nothing found is 0 for sums and counts and null for ratios;
        null also says that a value cannot be known, and a warning says why.

    Raises
    ------
    QuestionError
        A name is unknown, a metric has no relation to a dimension, or the period is backward.
    """
    plain = question.checked(catalogue)
    metrics = tuple(catalogue[name] for name in plain.metrics)
    leaves = tuple(dict.fromkeys(leaf for metric in metrics for leaf in metric.leaves()))
    planned(plain, leaves)  # Refuses what cannot be split before anything runs.
    keep = keep or _anew
    known = keep("period", partial(period_of, ledger))
    period = _bounded(plain, known)
    earlier = _earlier(plain, period)
    questions = [plain, *([earlier] if earlier else [])]
    scopes = [_scope(ledger, each, leaves, keep) for each in questions]
    hidden = tuple(dict.fromkeys(leaf for scope in scopes for leaf in scope.cell_leaves(leaves)))
    cells = _cells(ledger, questions, period, (*leaves, *hidden), days)
    if hidden and plain.by:
        cells = _seen(cells, [leaf.name for leaf in leaves])
    is_by_currency = "currency" in plain.dimensions
    currencies = tuple(sorted({code for scope in scopes for code in scope.currencies}))
    absent = absent_tables(ledger, leaves)
    table = _table(plain, metrics, cells, currencies, absent=absent, has_earlier=earlier is not None)
    return Answer(
        question=plain,
        metrics=metrics,
        table=_sorted(plain, table),
        currency=currencies[0] if len(currencies) == 1 else None,
        as_of=known.last if known else None,
        freshness=keep("freshness", partial(freshness_of, ledger)),
        warnings=(
            *needs(metrics, absent),
            *(() if "session" in absent else visits_of_some_stores(ledger, plain, metrics, leaves)),
            *warnings_for(metrics, scopes[0], is_split_by_currency=is_by_currency),
        ),
        compared=_period(earlier) if earlier else None,
        marks=_marks(ledger, metrics, questions),
    )


def _marks(
    ledger: Ledger, metrics: Sequence[Metric], questions: Sequence[Question]
) -> dict[str, tuple[SourceMark, ...]]:
    failed = failures(ledger, questions[0].where, [_open_period(each) for each in questions])
    found = {metric.name: marks_on(tables_of(metric), failed) for metric in metrics}
    return {name: marks for name, marks in found.items() if marks}


def _open_period(question: Question) -> Period | None:
    """Return the question's period, or None where both its ends are open."""
    if question.date_from is None and question.date_to is None:
        return None
    return Period(question.date_from or date.min, question.date_to or date.max)


def _period(question: Question) -> Period:
    assert question.date_from is not None
    assert question.date_to is not None
    return Period(question.date_from, question.date_to)


def _bounded(question: Question, known: Period | None) -> Period | None:
    """Return the question's period, open ends closed by what the ledger holds."""
    first = question.date_from or (known.first if known else question.date_to)
    last = question.date_to or (known.last if known else question.date_from)
    return None if first is None or last is None else Period(min(first, last), last)


def _earlier(question: Question, period: Period | None) -> Question | None:
    if question.compare is None or period is None:
        return None
    compared = compared_period(period, question.compare, question.grain)
    return replace(question, date_from=compared.first, date_to=compared.last)


def _anew(key: Hashable, make: Callable[[], _Made]) -> _Made:
    return make()


def _scope(ledger: Ledger, question: Question, leaves: Sequence[Leaf], keep: Keep) -> Scope:
    # In one order, so that questions with the same counts share one pass.
    counts = sorted(scope_leaves(leaves), key=lambda leaf: leaf.name)
    if not counts:  # Visits have no currency, and miss nothing that orders know.
        return Scope({})
    plan = planned(question, counts, by=("currency",))
    values = _values(question, plan.values)
    tables = [keep((scan, tuple(values.items())), partial(run_scan, ledger, scan, values)) for scan in plan.scans]
    return Scope.of(side_by_side(tables, [leaf.name for leaf in counts]).to_pylist())


def _values(question: Question, values: Mapping[str, object]) -> dict[str, object]:
    return {**values, "date_from": question.date_from, "date_to": question.date_to}


def _cells(
    ledger: Ledger,
    questions: Sequence[Question],
    period: Period | None,
    leaves: Sequence[Leaf],
    days: KeptDays | None,
) -> pa.Table:
    """Return the cells of the question, and of the one it is compared with, before anything is derived."""
    asked = questions[0]
    names = [leaf.name for leaf in leaves]
    tables = []
    for each in questions:
        plan = planned(each, leaves)
        for scan in plan.scans:
            values = _values(each, plan.values)
            kept = days.cells(scan, values) if days is not None else None
            table = run_scan(ledger, scan, values) if kept is None else kept
            tables.append(table if each is asked else _beside(asked, each, period, table, names))
    if not tables:
        return _of_nothing(asked)
    return side_by_side(tables, [*names, *(f"{COMPARED}{name}" for name in names)])


def _of_nothing(question: Question) -> pa.Table:
    """Return the cells where nothing is computed: the whole is one cell, and there are no parts."""
    keys = [*([question.date_name] if question.date_name else []), *question.dimensions]
    if keys:
        return pa.table({name: pa.nulls(0, pa.string()) for name in keys})
    return pa.table({"_": pa.nulls(1)})


def _beside(
    asked: Question, earlier: Question, period: Period | None, table: pa.Table, names: Sequence[str]
) -> pa.Table:
    if asked.grain is None or asked.compare is None or period is None:
        return as_compared(table, names, None, lambda day: day)
    shift = shifted(period, _period(earlier), asked.compare, asked.grain)
    return as_compared(table, names, asked.date_name, shift)


def _seen(cells: pa.Table, names: Sequence[str]) -> pa.Table:
    """Leave out cells that only the counts of what is missing know, unless something is missing there."""
    keep = None
    for name in cells.column_names:
        plain = name.removeprefix(COMPARED)
        if plain in names:
            here = pc.is_valid(cells[name])
        elif plain == UNKNOWN.name:
            here = pc.fill_null(pc.greater(cells[name], 0), False)
        else:
            continue
        keep = here if keep is None else pc.or_(keep, here)
    return cells if keep is None else cells.filter(keep)


def _table(
    question: Question,
    metrics: Sequence[Metric],
    cells: pa.Table,
    currencies: Sequence[str],
    *,
    absent: frozenset[str],
    has_earlier: bool,
) -> pa.Table:
    is_by_currency = "currency" in question.dimensions
    one = 10 ** currency_exponent(currencies[0]) if len(currencies) == 1 else 100
    per_major = minor_per_major(cells, "currency" if is_by_currency else None, one)
    sides = {
        prefix: Cells(
            cells,
            prefix=prefix,
            minor_per_major=per_major,
            is_one_currency=is_by_currency or len(currencies) <= 1,
            absent=absent,
        )
        for prefix in ("", *((COMPARED,) if has_earlier else ()))
    }
    columns = {name: cells[name] for name in _key_columns(question, cells.column_names)}
    for prefix, side in sides.items():
        columns |= {f"{prefix}{metric.name}": _value(side, metric) for metric in metrics}
    for metric in metrics if has_earlier else ():
        columns[f"{CHANGE}{metric.name}"] = _change(
            columns[metric.name], columns[f"{COMPARED}{metric.name}"], is_ratio=metric.unit is Unit.RATIO
        )
    return pa.table(columns)


def _value(side: Cells, metric: Metric) -> pa.Array:
    if not isinstance(metric, Weighted):
        return side.value(metric)
    values = (pc.multiply(side.value(part).cast(pa.float64()), pa.scalar(weight)) for part, weight in metric.terms)
    return reduce(pc.add, values)


def _key_columns(question: Question, present: Sequence[str]) -> list[str]:
    """Return the columns that name a cell: the date, each dimension, then what tells same names apart."""
    names = [question.date_name] if question.date_name else []
    names += question.dimensions
    for name in question.dimensions:
        dimension = DIMENSIONS[name]
        names += [dimension.label_from.shown_as] if dimension.label_from else []
        names += [dimension.key] + (["shop_id"] if dimension.is_per_store else [])
    return [name for name in dict.fromkeys(names) if name in present]


def _change(now: pa.Array, then: pa.Array, *, is_ratio: bool) -> pa.Array:
    now, then = now.cast(pa.float64()), then.cast(pa.float64())
    moved = pc.subtract(now, then)
    if is_ratio:
        return moved
    base = pc.if_else(pc.equal(then, 0.0), pa.scalar(None, pa.float64()), then)
    return pc.divide(moved, pc.abs(base))


def _sorted(question: Question, table: pa.Table) -> pa.Table:
    if not question.by and question.grain is None:
        return table
    names = _key_columns(question, table.column_names)
    if question.order_by is not None:
        word = question.order_by.removeprefix("-")
        order = [(word, "descending" if question.order_by.startswith("-") else "ascending")]
    else:
        order = [(question.date_name, "ascending")] if question.date_name else []
        order.append((question.metrics[0], "descending"))
    order += [(name, "ascending") for name in names if name not in {each for each, _ in order}]
    places = pc.sort_indices(table, sort_keys=order)  # Nulls go last either way.
    return table.take(places if question.limit is None else places[: question.limit])
