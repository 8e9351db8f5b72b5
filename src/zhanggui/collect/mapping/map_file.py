"""Read a user's map (TOML) into a layout; every mistake is named with its file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhanggui.collect.mapping.layout import Classing, Layout, Options, RowTest
from zhanggui.collect.mapping.problems import MapError
from zhanggui.collect.mapping.status_words import ORDER_WORDS, REFUND_WORDS
from zhanggui.columns import FACTS, INPUT_COLUMNS, INPUT_TABLES, columns_of, required_columns
from zhanggui.ledger.schema.vocabulary import (
    ADJUSTMENT_KIND,
    LINE_KIND,
    ORDER_STATUS,
    PLATFORM,
    REFUND_STATUS,
)

_SECTIONS = frozenset({"table", "name", "options", "columns", "constants", "status", "words", "classify"})
_USER_OPTIONS = frozenset(
    item.name for item in fields(Options) if item.name not in {"paid_is_net_of_refunds", "rounds_excess_digits"}
)
_TEST_KEYS = frozenset({"column", "starts_with", "equals", "in", "matches", "is_zero", "is_negative"})
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"negative_quantity": ("refund", "keep"), "paid": ("all",), "decimal": (".", ",")}
)
_TYPES: Mapping[str, type] = MappingProxyType({"header_row": int, "orders_complete": bool, "refund_when": dict})


def read_map(path: Path) -> Layout:
    """Return the layout that a map file describes.

    Raises
    ------
    MapError
        The file is not TOML, or a key or value of it is not known.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise MapError("The map does not exist.", file=path.name, key="-", next_step="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapError(f"The map is not valid TOML: {error}", file=path.name, key="-", next_step="mend it") from error
    return layout_from(document, file=path.name, name=path.stem)


def layout_from(document: Mapping[str, Any], *, file: str, name: str) -> Layout:
    """Return the layout that a map's content describes; `file` is named in errors."""
    for section in document:
        if section not in _SECTIONS:
            raise MapError(f"A map has no section {section!r}.", file=file, key=section, known=_SECTIONS)
    table = document.get("table")
    if table not in INPUT_TABLES:
        raise MapError(f"A map cannot fill the table {table!r}.", file=file, key="table", known=INPUT_TABLES)
    columns = _columns(document.get("columns", {}), table, file)
    constants = _constants(document.get("constants", {}), table, file)
    _require(table, {*columns, *constants}, file)
    words = dict(REFUND_WORDS if table == "refunds" else ORDER_WORDS)
    words.update(_status_words(document.get("status", {}), table, file))
    return Layout(
        format_id=f"map:{document.get('name', name)}",
        title_zh=f"按映射 {document.get('name', name)} 读取的文件",
        title_en=f"file read by the map {document.get('name', name)}",
        dataset=table,
        columns=columns,
        required=(),
        platform=constants.get("platform"),
        constants=constants,
        words=_words(document.get("words", {}), table, file),
        status_words=MappingProxyType(words),
        classings=tuple(_classing(item, file) for item in document.get("classify", ())),
        options=_options(document.get("options", {}), file),
        is_platform=False,
        document=document,
    )


def _columns(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, tuple[str, ...]]:
    known = {column.name for column in columns_of(table)}
    found: dict[str, tuple[str, ...]] = {}
    for name, source in section.items():
        key = f"columns.{name}"
        if name not in known:
            reason = "is not taken by" if name in INPUT_COLUMNS else "is not a canonical name of"
            raise MapError(f"{name!r} {reason} the table {table!r}.", file=file, key=key, known=known)
        sources = [source] if isinstance(source, str) else source
        if not isinstance(sources, list) or not sources or not all(isinstance(item, str) for item in sources):
            raise MapError("A column is named by its header.", file=file, key=key, next_step=f'{name} = "HEADER"')
        found[name] = tuple(sources)
    return MappingProxyType(found)


def _constants(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, str]:
    known = {column.name for column in columns_of(table)}
    for name, value in section.items():
        key = f"constants.{name}"
        if name not in known:
            raise MapError(f"{name!r} is not a canonical name of the table {table!r}.", file=file, key=key, known=known)
        if not isinstance(value, str):
            raise MapError("A constant is text.", file=file, key=key, next_step=f'{name} = "{value}"')
    platform = section.get("platform")
    if platform is not None and platform not in PLATFORM:
        raise MapError(f"There is no platform {platform!r}.", file=file, key="constants.platform", known=PLATFORM)
    return MappingProxyType(dict(section))


def _require(table: str, given: set[str], file: str) -> None:
    for group in required_columns(table):
        if not given.intersection(group):
            wanted = " or ".join(group)
            raise MapError(
                f"The table {table!r} needs {wanted}.",
                file=file,
                key="columns",
                next_step=f'add {group[0]} = "HEADER" under [columns]',
            )


def _options(section: Mapping[str, Any], file: str) -> Options:
    values: dict[str, Any] = {}
    for name, value in section.items():
        key = f"options.{name}"
        if name not in _USER_OPTIONS:
            raise MapError(f"There is no option {name!r}.", file=file, key=key, known=_USER_OPTIONS)
        wanted: type = _TYPES.get(name, str)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise MapError(f"The option {name!r} is a {wanted.__name__}.", file=file, key=key, next_step="mend it")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise MapError(f"{value!r} is no choice of {name!r}.", file=file, key=key, known=_CHOICES[name])
        values[name] = _row_test(section[name], file, key) if name == "refund_when" else value
    return Options(**values, rounds_excess_digits=True)


def _row_test(section: Mapping[str, Any], file: str, key: str) -> RowTest:
    for name in section:
        if name not in _TEST_KEYS:
            raise MapError(f"A condition has no {name!r}.", file=file, key=f"{key}.{name}", known=_TEST_KEYS)
    if not isinstance(section.get("column"), str):
        raise MapError("A condition names its column.", file=file, key=key, next_step='column = "HEADER"')
    if len(section) < 2:
        raise MapError("A condition says what to compare.", file=file, key=key, known=_TEST_KEYS - {"column"})
    words = section.get("in", [section["equals"]] if "equals" in section else [])
    return RowTest(
        column=section["column"],
        starts_with=section.get("starts_with"),
        is_one_of=tuple(str(word) for word in words),
        matches=section.get("matches"),
        is_zero=bool(section.get("is_zero", False)),
        is_negative=bool(section.get("is_negative", False)),
    )


def _classing(section: Mapping[str, Any], file: str) -> Classing:
    kinds = (*LINE_KIND, *ADJUSTMENT_KIND)
    kind = section.get("kind")
    if kind not in kinds:
        raise MapError(f"There is no kind {kind!r}.", file=file, key="classify.kind", known=kinds)
    conditions = section.get("when", [])
    conditions = conditions if isinstance(conditions, list) else [conditions]
    if not conditions:
        raise MapError("A kind says when.", file=file, key="classify.when", next_step='when = { column = "HEADER", … }')
    return Classing(kind, tuple(_row_test(item, file, "classify.when") for item in conditions))


def _status_words(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, str]:
    known = REFUND_STATUS if table == "refunds" else (*ORDER_STATUS, "closed")
    for word, status in section.items():
        if status not in known:
            raise MapError(f"There is no status {status!r}.", file=file, key=f"status.{word}", known=known)
    return {word.lower(): status for word, status in section.items()}


def _words(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, Mapping[str, str]]:
    """Return what each word of the file means, by the column that holds it."""
    allowed = {column.name: column.allowed for column in FACTS[table].columns} if table in FACTS else {}
    closed = {name for name, words in allowed.items() if words}
    for name, meanings in section.items():
        key = f"words.{name}"
        if name not in closed:
            raise MapError(
                f"{name!r} of the table {table!r} is no column of a closed set of words.",
                file=file,
                key=key,
                known=closed,
                next_step="" if closed else "what order and refund states mean stands under [status]",
            )
        if not isinstance(meanings, dict):
            raise MapError("Words stand in a section of their own.", file=file, key=key, next_step=f"write [{key}]")
        for word, meaning in meanings.items():
            if meaning not in allowed[name]:
                what = f"{meaning!r} is no word of {name!r}."
                raise MapError(what, file=file, key=f"{key}.{word}", known=allowed[name])
    return MappingProxyType({name: MappingProxyType(dict(meanings)) for name, meanings in section.items()})
