"""What ``zhanggui map`` prints: the guess, then what the map makes of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhanggui.cli.terminal import table_lines

if TYPE_CHECKING:
    from zhanggui.i18n import Language

Answer = Mapping[str, Any]
"""An answer of the mapper as JSON."""

_SHOWN_ROWS = 5
_SHOWN_WORDS = 12
_LONGEST_CELL = 24


def mapping_lines(mapping: Answer, document: Answer, language: Language) -> Iterator[str]:
    """Yield the lines about what the file seems to be, column by column."""
    reading, tables = mapping["reading"], mapping["tables"]
    chosen = next(each for each in tables if each["name"] == document["table"])
    others = [f"{each['name']} {each['score']:.2f}" for each in tables if each is not chosen][:3]
    place = ", ".join(str(part) for part in (reading["kind"], reading["encoding"], reading["sheet"]) if part)
    yield f"{reading['table']}: {len(mapping['columns'])} columns, {place}, header in row {reading['header_row']}"
    label = _said(chosen["label"], language)
    yield f"  table: {document['table']} ({label}) {chosen['score']:.2f}; else {', '.join(others)}"
    start = next(each for each in mapping["starts"] if each["id"] == mapping["start"])
    yield f"  started from: {start['id']} ({_said(start['label'], language)})"
    if start["missing"]:
        yield f"  which also has: {', '.join(start['missing'])}"
    yield ""
    yield from (f"  {line}" for line in _column_lines(mapping, document, language))
    yield from (f"  note: {_said(note, language)}" for note in mapping["notes"])


def _column_lines(mapping: Answer, document: Answer, language: Language) -> list[str]:
    uses = _uses(document)
    guesses = {(each["header"], each["name"]): each for each in mapping["guesses"]}
    rows = []
    for column in mapping["columns"]:
        names = uses.get(column["header"], [])
        guess = next((guesses[key] for name in names if (key := (column["header"], name)) in guesses), None)
        score = f"{guess['score']:.2f}" if guess else ""
        why = _said(guess["reason"], language) if guess else ""
        samples = " | ".join(_short(sample) for sample in column["samples"][:2])
        rows.append([column["header"], ", ".join(names) or "-", score, why, samples])
    return table_lines(["column", "is", "score", "why", "cells"], rows, right=[False, False, True, False, False])


def _uses(document: Answer) -> dict[str, list[str]]:
    """Return what each column of the file is used for; the signs tell what is added to an amount and taken from it."""
    uses: dict[str, list[str]] = {}
    for section, sign in (("columns", ""), ("added", "+"), ("subtracted", "-"), ("joined", "")):
        for name, sources in (document.get(section) or {}).items():
            for header in [sources] if isinstance(sources, str) else sources:
                uses.setdefault(header, []).append(f"{sign}{name}")
    return uses


def preview_lines(preview: Answer, language: Language) -> Iterator[str]:
    """Yield the lines about what the map makes of the file."""
    problem = preview["problem"]
    if problem:
        yield f"{problem['what']}\n  where: {problem['where']}\n  next:  {problem['next']}"
        return
    for group in preview["missing"]:
        names = " or ".join(each["name"] for each in group)
        label = _said(group[0]["label"], language)
        yield f'missing: {names} ({label})   say it: --set {group[0]["name"]}="COLUMN"'
    if preview["rows"]:
        yield from _row_lines(preview)
    yield ""
    scope = "all rows" if preview["is_whole"] else "the first rows"
    days = f", {preview['date_from']} to {preview['date_to']}" if preview["date_from"] else ""
    yield (
        f"{preview['n_rows']:,} rows looked at ({scope}){days}: {preview['n_good']:,} would be taken, "
        f"{preview['n_apart']:,} kept apart, {preview['n_rejected']:,} rejected"
    )
    if preview["headline"]:
        total, good = preview["file_total"], preview["good_total"]
        label = _said(preview["headline"], language)
        yield f"total {label} {preview['currency']}: {total:,.2f}, in rows taken {good:,.2f}"
    yield from (_fault_line(fault, language) for fault in preview["faults"])
    yield from (line for words in preview["words"] for line in _word_lines(words, language))


def _row_lines(preview: Answer) -> list[str]:
    header = ["row", *(column["name"] for column in preview["columns"])]
    rows = []
    for row in preview["rows"][:_SHOWN_ROWS]:
        cells = [f"!{_short(cell['raw'])}" if cell["rule"] else _short(cell["value"]) for cell in row["cells"]]
        rows.append([str(row["row"]), *cells])
    right = [True, *(column["unit"] in ("money", "count", "ratio") for column in preview["columns"])]
    return table_lines(header, rows, right=right)


def _fault_line(fault: Answer, language: Language) -> str:
    column = f"{fault['name']} [{fault['header']}]" if fault["header"] else fault["name"] or "rows"
    rows = ", ".join(map(str, fault["rows"]))
    example = f": {_short(fault['example'])}" if fault["example"] else ""
    return (
        f"cannot be read: {column}: {_said(fault['text'], language)} ({fault['n_cells']:,} cells, row {rows}{example})"
    )


def _word_lines(words: Answer, language: Language) -> Iterator[str]:
    meanings = {choice["name"]: _said(choice["label"], language) for choice in words["choices"]}
    for word in words["words"][:_SHOWN_WORDS]:
        meaning = word["meaning"]
        said = f"{meaning} ({meanings.get(meaning, meaning)})" if meaning else "? (say it with --word)"
        yield f"{words['name']}: {word['word']} × {word['n_rows']:,} = {said}"
    if len(words["words"]) > _SHOWN_WORDS:
        yield f"{words['name']}: and {len(words['words']) - _SHOWN_WORDS} more words"


def saved_lines(maps: Sequence[Answer], language: Language) -> list[str]:
    """Return the saved maps as a table."""
    rows = [
        [each["name"], each["table"], _said(each["table_label"], language), str(each["n_columns"]), each["saved_at"]]
        for each in maps
    ]
    return table_lines(["map", "table", "", "columns", "saved"], rows, right=[False, False, False, True, False])


def _said(text: Any, language: Language) -> str:
    return str(text[language]) if isinstance(text, Mapping) else str(text or "")


def _short(value: Any) -> str:
    text = "" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"
