"""Read a user's map (TOML) into a layout; every mistake is named with its file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.calendar import UnknownTimeZoneError, time_zone
from zhanggui.collect.mapping.layout import Classing, Layout, Options, RowTest
from zhanggui.collect.mapping.problems import MapError
from zhanggui.collect.mapping.status_words import ORDER_WORDS, REFUND_WORDS
from zhanggui.columns import FACTS, INPUT_COLUMNS, INPUT_TABLES, ValueKind, columns_of, required_columns
from zhanggui.ledger.schema.vocabulary import (
    ADJUSTMENT_KIND,
    LINE_KIND,
    ORDER_STATUS,
    PLATFORM,
    REFUND_STATUS,
)

SECTIONS = frozenset(
    {
        *("table", "name", "options", "columns", "constants", "status", "words", "classify"),
        *("added", "subtracted", "negative_when", "extracted", "joined"),
    }
)
"""What a map may say."""
_OF_LAYOUT = frozenset({"unpaid_reasons", "estimates_refunds"})
"""Options of a map that are the layout's own."""
USER_OPTIONS = _OF_LAYOUT | {item.name for item in fields(Options) if item.name != "rounds_excess_digits"}
"""Options that a map may set."""
_TEST_KEYS = frozenset({"column", "starts_with", "equals", "in", "matches", "is_zero", "is_negative"})
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"negative_quantity": ("refund", "keep"), "paid": ("all",), "decimal": (".", ",")}
)
_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "header_row": int,
        "refund_when": dict,
        "unpaid_reasons": list,
        **dict.fromkeys(("orders_complete", "paid_is_net_of_refunds", "estimates_refunds"), bool),
    }
)
_SHAPES: Mapping[str, type] = MappingProxyType({"table": str, "name": str, "classify": list})
"""Types of the sections that are no tables of their own."""
_NO_CASE: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(("none", "无", "无售后", "无退款", "没有申请退款", "未申请", "无售后或售后取消"), "none")}
)


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


def layout_from(document: Mapping[str, Any], *, file: str, name: str, is_complete: bool = True) -> Layout:
    """Return the layout that a map's content describes.

    Parameters
    ----------
    document : mapping
        Content of a map file.
    file : str
        Named in errors.
    name : str
        Name of a map that has none of its own.
    is_complete : bool
        Refuse a map that lacks what its table needs; without it a map in the making can be looked at.

    Raises
    ------
    MapError
        A key or value is not known.
    """
    check_sections(document, file=file)
    table = document["table"]
    columns = _columns(document.get("columns", {}), table, file)
    constants = _constants(document.get("constants", {}), table, file)
    joined = _headers_of(document, "joined", table, file, _TEXTS)
    extracted = _extracted(document.get("extracted", {}), table, file)
    if is_complete:
        _require(table, {*columns, *constants, *joined, *extracted}, file)
    words = dict(REFUND_WORDS if table == "refunds" else ORDER_WORDS)
    words.update(_status_words(document.get("status", {}), table, file))
    meanings = _words(document.get("words", {}), table, file)
    options = document.get("options", {})
    return Layout(
        format_id=f"map:{document.get('name', name)}",
        title_zh=f"按映射 {document.get('name', name)} 读取的文件",
        title_en=f"file read by the map {document.get('name', name)}",
        dataset=table,
        columns=columns,
        required=(),
        platform=constants.get("platform"),
        added=_headers_of(document, "added", table, file, _AMOUNTS),
        subtracted=_headers_of(document, "subtracted", table, file, _AMOUNTS),
        negative_when=_negative_when(document.get("negative_when", {}), table, file),
        extracted=extracted,
        joined=joined,
        constants=constants,
        words=MappingProxyType({name: found for name, found in meanings.items() if name != "refund_status"}),
        status_words=MappingProxyType(words),
        refund_words=_refund_words(meanings.get("refund_status", {}), table),
        classings=tuple(_classing(item, file) for item in document.get("classify", ())),
        options=_options(options, file),
        unpaid_reasons=tuple(map(str, options.get("unpaid_reasons", ()))),
        estimates_refunds=bool(options.get("estimates_refunds", False)),
        is_platform=False,
        document=document,
    )


def check_sections(document: Mapping[str, Any], *, file: str) -> None:
    """Refuse a map whose table or sections are not what they have to be.

    Raises
    ------
    MapError
    """
    for section, content in document.items():
        if section not in SECTIONS:
            raise MapError(f"A map has no section {section!r}.", file=file, key=section, known=SECTIONS)
        wanted = _SHAPES.get(section, dict)
        if not isinstance(content, wanted):
            raise MapError(f"{section!r} is a {wanted.__name__}.", file=file, key=section, next_step="mend it")
    table = document.get("table")
    if table not in INPUT_TABLES:
        raise MapError(f"A map cannot fill the table {table!r}.", file=file, key="table", known=INPUT_TABLES)
    for kind in document.get("classify", ()):
        if not isinstance(kind, dict):
            raise MapError(
                "A kind has a name and says when.", file=file, key="classify", next_step="write [[classify]]"
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
        if name not in USER_OPTIONS:
            raise MapError(f"There is no option {name!r}.", file=file, key=key, known=USER_OPTIONS)
        wanted: type = _TYPES.get(name, str)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise MapError(f"The option {name!r} is a {wanted.__name__}.", file=file, key=key, next_step="mend it")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise MapError(f"{value!r} is no choice of {name!r}.", file=file, key=key, known=_CHOICES[name])
        if name == "timezone":
            _check_timezone(str(value), file, key)
        if name not in _OF_LAYOUT:
            values[name] = _row_test(section[name], file, key) if name == "refund_when" else value
    return Options(**values, rounds_excess_digits=True)


_AMOUNTS = frozenset({ValueKind.MONEY})
_TEXTS = frozenset({ValueKind.TEXT, ValueKind.ID, ValueKind.WORD})


def _headers_of(
    document: Mapping[str, Any], section: str, table: str, file: str, kinds: frozenset[ValueKind]
) -> Mapping[str, tuple[str, ...]]:
    """Return the further headers that a section names for columns of some kinds."""
    known = {column.name for column in columns_of(table) if column.kind in kinds}
    found = {}
    for name, sources in document.get(section, {}).items():
        key = f"{section}.{name}"
        if name not in known:
            raise MapError(f"{name!r} cannot stand under [{section}].", file=file, key=key, known=known)
        headers = [sources] if isinstance(sources, str) else sources
        if not isinstance(headers, list) or not headers or not all(isinstance(header, str) for header in headers):
            raise MapError("Columns are named by their headers.", file=file, key=key, next_step=f'{name} = ["HEADER"]')
        found[name] = tuple(headers)
    return MappingProxyType(found)


def _negative_when(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, RowTest]:
    known = {column.name for column in columns_of(table) if column.kind is ValueKind.MONEY}
    for name in section:
        if name not in known:
            raise MapError(f"{name!r} is no amount.", file=file, key=f"negative_when.{name}", known=known)
    return MappingProxyType({name: _row_test(test, file, f"negative_when.{name}") for name, test in section.items()})


def _extracted(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return where texts are found in other texts: headers, each with a pattern whose group ``v`` is it."""
    known = {column.name for column in columns_of(table)}
    found = {}
    for name, places in section.items():
        key = f"extracted.{name}"
        if name not in known:
            raise MapError(f"{name!r} cannot stand under [extracted].", file=file, key=key, known=known)
        if not isinstance(places, list) or not all(isinstance(place, dict) for place in places):
            raise MapError("A text is found by a pattern.", file=file, key=key, next_step=_PLACE.format(name=name))
        found[name] = tuple(_place(place, file, key, name) for place in places)
    return MappingProxyType(found)


_PLACE = '{name} = [{{ column = "HEADER", pattern = "no (?P<v>[0-9]+)" }}]'


def _is_pattern(pattern: object) -> bool:
    """Whether the engine that will use a pattern can read it; it knows less than Python does."""
    try:
        pc.match_substring_regex(pa.array([""]), str(pattern))
    except pa.ArrowInvalid:
        return False
    return isinstance(pattern, str)


def _place(place: Mapping[str, Any], file: str, key: str, name: str) -> tuple[str, str]:
    header, pattern = place.get("column"), place.get("pattern")
    has_group = isinstance(pattern, str) and "(?P<v>" in pattern
    if not isinstance(header, str) or not has_group or not _is_pattern(pattern):
        raise MapError("A pattern has a group named v.", file=file, key=key, next_step=_PLACE.format(name=name))
    return str(header), str(pattern)


def _refund_words(words: Mapping[str, str], table: str) -> Mapping[str, str]:
    """Return what the after-sale words of an order file mean; a refund file's own states stand under [status]."""
    if table not in ("orders", "order_lines"):
        return MappingProxyType({})
    return MappingProxyType({**REFUND_WORDS, **_NO_CASE, **words})


def _check_timezone(name: str, file: str, key: str) -> None:
    try:
        time_zone(name)
    except UnknownTimeZoneError:
        example = 'write an IANA name, such as "Asia/Shanghai"'
        raise MapError(f"There is no time zone {name!r}.", file=file, key=key, next_step=example) from None


def _row_test(section: Mapping[str, Any], file: str, key: str) -> RowTest:
    for name in section:
        if name not in _TEST_KEYS:
            raise MapError(f"A condition has no {name!r}.", file=file, key=f"{key}.{name}", known=_TEST_KEYS)
    if not isinstance(section.get("column"), str):
        raise MapError("A condition names its column.", file=file, key=key, next_step='column = "HEADER"')
    if len(section) < 2:
        raise MapError("A condition says what to compare.", file=file, key=key, known=_TEST_KEYS - {"column"})
    if not _is_pattern(section.get("matches", "")):
        raise MapError("This is no regular expression.", file=file, key=f"{key}.matches", next_step="mend it")
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


def words_allowed(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return the columns of a table that hold a closed set of words, each with its words.

    Examples
    --------
    >>> list(words_allowed("order_lines")), words_allowed("points")["points_reason"][:2]
    (['refund_status'], ('earn', 'redeem'))
    """
    if table in FACTS:
        return MappingProxyType({column.name: column.allowed for column in FACTS[table].columns if column.allowed})
    is_sale = table in ("orders", "order_lines")
    return MappingProxyType({"refund_status": (*REFUND_STATUS, "none")} if is_sale else {})


def _words(section: Mapping[str, Any], table: str, file: str) -> Mapping[str, Mapping[str, str]]:
    """Return what each word of the file means, by the column that holds it."""
    allowed = words_allowed(table)
    closed = allowed.keys()
    for name, meanings in section.items():
        key = f"words.{name}"
        is_state = name == "status" or (name == "refund_status" and table == "refunds")
        if name not in closed:
            raise MapError(
                f"{name!r} of the table {table!r} is no column of a closed set of words.",
                file=file,
                key=key,
                known=closed,
                next_step="what order and refund states mean stands under [status]" if is_state or not closed else "",
            )
        if not isinstance(meanings, dict):
            raise MapError("Words stand in a section of their own.", file=file, key=key, next_step=f"write [{key}]")
        for word, meaning in meanings.items():
            if meaning not in allowed[name]:
                what = f"{meaning!r} is no word of {name!r}."
                raise MapError(what, file=file, key=f"{key}.{word}", known=allowed[name])
    return MappingProxyType({name: MappingProxyType(dict(meanings)) for name, meanings in section.items()})
