"""A guess about a file that is open, and the map that is drafted from it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.mapping.document import Document, document_from, toml_of
from zhanggui.collect.mapping.guessing import Guess, TableGuess, guessed
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import SourceTable

SAMPLE_ROWS = 1_000
"""Rows whose cells are looked at."""
_N_OTHERS = 3


def sample_of(table: SourceTable) -> pa.RecordBatch:
    """Return the first rows of a file; no rows, under its header, where it has none."""
    batch = next(table.batches(SAMPLE_ROWS), None)
    if batch is None:
        return pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in table.header})
    return batch.columns.slice(0, SAMPLE_ROWS)


def guess_of(table: SourceTable, formats: Sequence[Layout] | None = None) -> Guess:
    """Guess what a file is from its header, its first rows, and the formats that are installed."""
    return guessed(sample_of(table), known_formats() if formats is None else formats)


def guess_of_header(header: Sequence[str]) -> Guess:
    """Guess what a file is from its header alone."""
    rows = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in header})
    return guessed(rows, known_formats())


def draft_of(guess: Guess, header: Sequence[str], table: str | None = None) -> str:
    """Return a map as TOML, ready to edit: what was guessed with its reasons, the rest as comments.

    Parameters
    ----------
    guess : Guess
    header : sequence of str
        Header of the file.
    table : str, optional
        Another table than the likeliest.
    """
    document = document_from(guess, table)
    chosen = next(each for each in guess.tables if each.table == document["table"])
    return "\n".join([*_head(guess, chosen), draft_text(document, chosen, header), _TAIL])


def draft_text(document: Document, chosen: TableGuess | None, header: Sequence[str]) -> str:
    """Return a map as TOML with the reasons of a guess, and the columns that it does not use as comments."""
    reasons = {each.name: f"{each.score:.2f} {each.reason.en}" for each in (chosen.columns if chosen else ())}
    columns = document.get("columns", {})
    kept = {
        name: why for name, why in reasons.items() if chosen is not None and columns.get(name) == chosen.bound[name]
    }
    return toml_of(document, comments=kept, unused=unused_columns(document, header))


def unused_columns(document: Document, header: Sequence[str]) -> list[str]:
    """Return the columns of a file that a map does not use."""
    used: set[str] = set()
    for section in ("columns", "added", "subtracted", "joined"):
        for sources in (document.get(section) or {}).values():
            used |= {sources} if isinstance(sources, str) else set(sources)
    return [name for name in header if name not in used]


def _head(guess: Guess, chosen: TableGuess) -> list[str]:
    others = [each for each in guess.tables if each is not chosen][:_N_OTHERS]
    said = ", ".join(f"{each.table} {each.score:.2f}" for each in others)
    lines = [
        "# Guessed from the header and the first rows; look it over before use.",
        f"# {chosen.table} {chosen.score:.2f}; else: {said}",
    ]
    return [*lines, *(f"# {note.en}" for note in guess.notes)]


_TAIL = """\
# What else a map may say: docs/how_to/map_a_file.md. Often wanted:
# [options]
# date_format = "%d/%m/%Y %H:%M"
# timezone = "Asia/Shanghai"
# paid = "all"                  # when the file has neither a paid time nor a status
# [constants]
# platform = "own_site"
# shop = "name of the store"
"""
