"""What a map makes of a file, told for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhanggui.collect.loading.faults import RULES
from zhanggui.collect.loading.guessing import unused_columns
from zhanggui.collect.loading.preview import CellFault, Preview, TypedCell, preview
from zhanggui.collect.loading.recognise import MapDoesNotFitError, check_map
from zhanggui.collect.mapping.document import toml_of
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.mapping.problems import MapError
from zhanggui.columns import INPUT_COLUMNS
from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.money import UnknownCurrencyError
from zhanggui.understand.data.mapper.answers import (
    FaultView,
    MapProblem,
    PreviewView,
    TypedCellView,
    TypedColumn,
    TypedRow,
    WordsView,
    WordView,
)
from zhanggui.understand.data.mapper.reading import MappedFile
from zhanggui.understand.data.mapper.targets import UNITS, missing_named, word_choices

FEW_ROWS = 2_000
"""Rows of a quick look."""
N_SHOWN = 20
_MAP = "map"


def tried(
    file: MappedFile,
    document: dict[str, Any],
    *,
    is_whole: bool,
    n_shown: int = N_SHOWN,
    on_rows: Callable[[int], None] = lambda n_rows: None,
) -> PreviewView:
    """Return what a map makes of a file.

    Parameters
    ----------
    file : MappedFile
    document : dict
        Content of the map; it may still lack what its table needs.
    is_whole : bool
        Look at every row; else at the first :data:`FEW_ROWS`.
    n_shown : int
        Rows that are shown.
    on_rows : callable
        Told the number of rows done; raises to stop.

    Returns
    -------
    PreviewView
        A map that cannot be used has its problem in it.
    """
    settings = file.settings.shop
    toml = ""
    try:
        layout = layout_from(document, file=_MAP, name=_MAP, is_complete=False)
        toml = toml_of(document, unused=unused_columns(document, file.table.header))
        check_map(layout, file.table.header, file.name)
        found = preview(
            file.table,
            layout,
            timezone=settings.timezone,
            currency=settings.currency,
            n_shown=n_shown,
            most_rows=None if is_whole else FEW_ROWS,
            on_rows=on_rows,
        )
    except (MapError, MapDoesNotFitError, UnknownCurrencyError) as error:
        return _refused(error, toml, settings.currency)
    return _view(found, layout, toml)


def _refused(error: ZhangguiError, toml: str, currency: str) -> PreviewView:
    problem = MapProblem(code=error.code, what=error.what, where=error.where, next=error.next_step)
    return PreviewView(
        problem=problem,
        missing=(),
        is_whole=False,
        **dict.fromkeys(("n_rows", "n_good", "n_apart", "n_rejected"), 0),
        **dict.fromkeys(("columns", "rows", "faults", "words"), ()),
        **dict.fromkeys(("headline", "file_total", "good_total", "date_from", "date_to")),
        currency=currency,
        toml=toml,
    )


def _view(found: Preview, layout: Layout, toml: str) -> PreviewView:
    headline = found.headline
    return PreviewView(
        problem=None,
        missing=missing_named(found.missing),
        is_whole=found.is_whole,
        n_rows=found.n_rows,
        n_good=found.n_good,
        n_apart=found.n_rows - found.n_good,
        n_rejected=found.n_rejected,
        columns=tuple(_column(name, found, layout) for name in found.columns),
        rows=tuple(TypedRow(row=row_no, cells=tuple(map(_cell, cells))) for row_no, cells in found.rows),
        faults=tuple(map(_fault, found.faults)),
        words=tuple(_words(layout, name, found) for name in found.words),
        headline=None if headline is None else INPUT_COLUMNS[headline].label,
        file_total=None if headline is None else float(found.file_total),
        good_total=None if headline is None else float(found.good_total),
        currency=found.currency,
        date_from=None if found.first_day is None else found.first_day.isoformat(),
        date_to=None if found.last_day is None else found.last_day.isoformat(),
        toml=toml,
    )


def _column(name: str, found: Preview, layout: Layout) -> TypedColumn:
    column = INPUT_COLUMNS[name]
    sources = layout.columns.get(name, ())
    return TypedColumn(
        name=name,
        label=column.label,
        header=sources[0] if sources else None,
        unit=UNITS.get(column.kind, "text"),
        n_blank=found.n_blank.get(name, 0),
        n_faults=sum(each.n_cells for each in found.faults if each.name == name),
    )


def _cell(cell: TypedCell) -> TypedCellView:
    return TypedCellView(raw=cell.raw, value=cell.value, rule=None if cell.rule is None else _rule(cell.rule))


def _fault(fault: CellFault) -> FaultView:
    return FaultView(
        name=fault.name,
        label=INPUT_COLUMNS[fault.name].label if fault.name in INPUT_COLUMNS else None,
        header=fault.header,
        rule=fault.rule,
        text=_rule(fault.rule),
        n_cells=fault.n_cells,
        rows=fault.rows,
        example=fault.example,
    )


def _rule(rule: str) -> Text:
    return RULES.get(rule, Text.same(rule))


def _words(layout: Layout, name: str, found: Preview) -> WordsView:
    table = layout.dataset
    words = tuple(WordView(word=each.word, n_rows=each.n_rows, meaning=each.meaning) for each in found.words[name])
    is_state = name == "status" or (name == "refund_status" and table == "refunds")
    return WordsView(
        name=name,
        label=INPUT_COLUMNS[name].label,
        section="status" if is_state else "words",
        choices=word_choices(table, name),
        words=words,
        n_unknown=sum(each.n_rows for each in words if each.meaning is None),
    )
