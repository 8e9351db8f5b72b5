"""The content of a map: made from a guess or from a known format, and written as TOML that a person can edit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from zhanggui.collect.mapping.guessing import Guess, TableGuess
from zhanggui.collect.mapping.layout import Layout, Options, RowTest
from zhanggui.collect.mapping.status_words import ORDER_WORDS, REFUND_WORDS
from zhanggui.columns import INPUT_COLUMNS, required_columns

Document = dict[str, Any]
"""What a map file says, section by section."""

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_PLAIN_SECTIONS = ("options", "columns", "added", "subtracted", "negative_when", "extracted", "joined", "constants")
_OBJECT_TYPES = (
    ("搜索词", "search_word"),
    ("关键词", "search_word"),
    ("search", "search_word"),
    ("keyword", "search_word"),
)


def document_from(guess: Guess, table: str | None = None) -> Document:
    """Return a map as a guess proposes it.

    Parameters
    ----------
    guess : Guess
    table : str, optional
        Another table than the likeliest.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from zhanggui.collect.mapping.guessing import guessed
    >>> rows = {"Order No": ["A1"], "Order Date": ["2026-09-01"], "Total": ["9.90"]}
    >>> document_from(guessed(pa.RecordBatch.from_pydict(rows)))["columns"]
    {'order_id': 'Order No', 'created_at': 'Order Date', 'order_amount': 'Total'}
    """
    best = guess.best
    chosen = best if table is None else next(each for each in guess.tables if each.table == table)
    is_best = chosen is best
    document: Document = {
        "table": chosen.table,
        "options": dict(guess.options) if is_best else {},
        "columns": dict(chosen.bound),
        "constants": {**_constants(chosen), **guess.constants},
    }
    if is_best:
        document |= {
            section: {name: list(value) for name, value in part.items()} for section, part in guess.parts.items()
        }
    return {section: content for section, content in document.items() if content or section == "columns"}


def _constants(guess: TableGuess) -> dict[str, str]:
    """Return the words that a table needs and no column carries, as far as its columns say them."""
    if guess.table != "shop_metrics" or "object_type" in guess.bound:
        return {}
    path = guess.bound.get("object_path", "")
    named = next((word for sign, word in _OBJECT_TYPES if sign in path.casefold()), None)
    if named is not None:
        return {"object_type": named}
    if path:
        return {"object_type": "source" if "来源" in path or "source" in path.casefold() else "product"}
    return {"object_type": "hour" if "hour" in guess.bound else "shop"}


def document_of(layout: Layout, header: Sequence[str]) -> Document:
    """Return a map that reads a file as a known format does, as far as the file has its columns.

    Parameters
    ----------
    layout : Layout
        A built-in format, or a user's map.
    header : sequence of str
        Normalised header of the file.
    """
    if layout.document is not None:
        return _without_absent(dict(layout.document), layout, header)
    is_refunds = layout.dataset == "refunds"
    usual = REFUND_WORDS if is_refunds else ORDER_WORDS
    words = {name: dict(meanings) for name, meanings in layout.words.items()}
    if layout.refund_words and layout.dataset in ("orders", "order_lines"):
        words["refund_status"] = dict(layout.refund_words)
    names = {*layout.columns, *layout.constants, *layout.joined, *layout.extracted}
    constants = {**({"platform": layout.platform} if layout.platform else {}), **layout.constants}
    document: Document = {
        "table": layout.dataset,
        "options": _options_of(layout),
        "columns": dict(layout.bound(header)),
        "added": _parts(names, layout.bound_additions, layout.added, header),
        "subtracted": _parts(names, layout.bound_subtractions, layout.subtracted, header),
        "negative_when": {name: _test_of(test) for name, test in layout.negative_when.items()},
        "extracted": {
            name: [{"column": column, "pattern": pattern} for column, pattern in found]
            for name in layout.extracted
            if (found := layout.bound_extractions(name, header))
        },
        "joined": _parts(names, layout.bound_joined, layout.joined, header),
        "constants": constants,
        "status": {word: meaning for word, meaning in layout.status_words.items() if usual.get(word) != meaning},
        "words": words,
        "classify": [
            {"kind": classing.kind, "when": [_test_of(test) for test in classing.tests]}
            for classing in layout.classings
        ],
    }
    return {section: content for section, content in document.items() if content or section == "columns"}


def _without_absent(document: Document, layout: Layout, header: Sequence[str]) -> Document:
    """Leave out the columns of a user's map that a file does not have."""
    return {**document, "columns": dict(layout.bound(header))}


def _parts(names: set[str], bound: Any, section: Mapping[str, Any], header: Sequence[str]) -> dict[str, list[str]]:
    return {name: list(found) for name in section if name in names and (found := bound(name, header))}


def _options_of(layout: Layout) -> dict[str, Any]:
    """Return what of a layout's options differs from what a map means without them."""
    usual = Options()
    options: dict[str, Any] = {}
    for field in fields(Options):
        value = getattr(layout.options, field.name)
        if value != getattr(usual, field.name) and field.name != "rounds_excess_digits":
            options[field.name] = _test_of(value) if isinstance(value, RowTest) else value
    if layout.is_platform and layout.dataset == "order_lines":
        options["orders_complete"] = True
    if layout.unpaid_reasons:
        options["unpaid_reasons"] = list(layout.unpaid_reasons)
    if layout.estimates_refunds:
        options["estimates_refunds"] = True
    return options


def _test_of(test: RowTest) -> dict[str, Any]:
    found: dict[str, Any] = {"column": test.column}
    if test.starts_with is not None:
        found["starts_with"] = test.starts_with
    if test.is_one_of:
        found["in"] = list(test.is_one_of)
    if test.matches is not None:
        found["matches"] = test.matches
    return found | {name: True for name in ("is_zero", "is_negative") if getattr(test, name)}


def toml_of(document: Document, *, comments: Mapping[str, str] | None = None, unused: Sequence[str] = ()) -> str:
    """Return a map as TOML.

    Parameters
    ----------
    document : dict
        Content of the map.
    comments : mapping of str to str, optional
        What stands behind the line of a canonical name.
    unused : sequence of str
        Columns of the file that the map does not use; they stand as comments.

    Examples
    --------
    >>> print(toml_of({"table": "products", "columns": {"product_id": "No"}}, comments={"product_id": "so"}), end="")
    table = "products"
    <BLANKLINE>
    [columns]
    product_id = "No"  # so
    """
    comments = comments or {}
    lines = [f"{key} = {_value(document[key])}" for key in ("table", "name") if document.get(key)]
    for section in _PLAIN_SECTIONS:
        content = document.get(section) or {}
        missing = _missing(document) if section == "columns" else []
        if content or missing:
            lines += ["", f"[{section}]", *missing]
            lines += [_line(name, value, comments if section == "columns" else {}) for name, value in content.items()]
        if section == "columns" and unused:
            lines += ["", "# Columns of the file that are not used:", *(f"# {_value(name)}" for name in unused)]
    lines += _word_sections(document)
    for classing in document.get("classify") or ():
        lines += ["", "[[classify]]", f"kind = {_value(classing['kind'])}", f"when = {_value(classing['when'])}"]
    return "\n".join(lines) + "\n"


def _line(name: str, value: Any, comments: Mapping[str, str]) -> str:
    comment = f"  # {comments[name]}" if name in comments else ""
    return f"{_key(name)} = {_value(value)}{comment}"


def _missing(document: Document) -> list[str]:
    """Return a comment for each column that the table needs and the map does not give."""
    given = {
        name for section in ("columns", "constants", "joined", "extracted") for name in document.get(section) or ()
    }
    groups = (group for group in required_columns(document["table"]) if not given & set(group))
    return [f'# {group[0]} = "?"  # needed: {INPUT_COLUMNS[group[0]].label.en}' for group in groups]


def _word_sections(document: Document) -> list[str]:
    lines = []
    if document.get("status"):
        lines += ["", "[status]", *(_line(word, meaning, {}) for word, meaning in document["status"].items())]
    for name, meanings in (document.get("words") or {}).items():
        if meanings:
            lines += ["", f"[words.{_key(name)}]", *(_line(word, meaning, {}) for word, meaning in meanings.items())]
    return lines


def _key(name: str) -> str:
    return name if _BARE.match(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + " }"
    if isinstance(value, str):
        return _text(value)
    return "[" + ", ".join(_value(each) for each in value) + "]"


def _text(text: str) -> str:
    # JSON and TOML escape alike, except that TOML knows no \x7f in the open.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
