"""What the options of ``zhanggui map`` change in a map."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from typing import Any

import click

Document = dict[str, Any]
"""Content of a map."""


def edited(
    document: Document,
    *,
    columns: Sequence[str],
    added: Sequence[str],
    subtracted: Sequence[str],
    constants: Sequence[str],
    options: Sequence[str],
    words: Sequence[str],
) -> Document:
    """Return a map with the changes that a person wrote, each as NAME=VALUE; nothing behind the sign takes it away.

    Parameters
    ----------
    document : dict
    columns : sequence of str
        Column of the file by canonical name.
    added, subtracted : sequence of str
        Further columns of an amount.
    constants, options : sequence of str
    words : sequence of str
        Meaning by word, or by ``column:word``.

    Raises
    ------
    click.BadParameter
        A change is not NAME=VALUE.

    Examples
    --------
    >>> edited({"table": "orders", "columns": {"order_id": "A", "city": "B"}}, columns=["order_id=No", "city="],
    ...     added=[], subtracted=[], constants=["shop=web"], options=["header_row=2"], words=["gone out=shipped"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'table': 'orders', 'columns': {'order_id': 'No'}, 'constants': {'shop': 'web'}, 'options': {'header_row': 2},
     'status': {'gone out': 'shipped'}}
    """
    changed = {section: _copied(content) for section, content in document.items()}
    _put_all(changed, "columns", columns, "--set", _text)
    _put_all(changed, "added", added, "--add", _headers)
    _put_all(changed, "subtracted", subtracted, "--subtract", _headers)
    _put_all(changed, "constants", constants, "--constant", _text)
    _put_all(changed, "options", options, "--option", _toml)
    for change in words:
        _put_word(changed, change)
    return changed


def _copied(content: Any) -> Any:
    return dict(content) if isinstance(content, dict) else content


def _put_all(
    document: Document, section: str, changes: Sequence[str], option: str, read: Callable[[str, Any], Any]
) -> None:
    for change in changes:
        name, value = _parts(change, option)
        content = document.setdefault(section, {})
        if value:
            content[name] = read(value, content.get(name))
        else:
            content.pop(name, None)
    if section in document and not document[section] and section != "columns":
        del document[section]


def _parts(change: str, option: str) -> tuple[str, str]:
    name, is_set, value = change.partition("=")
    if not is_set or not name.strip():
        raise click.BadParameter(f"{change!r} is not NAME=VALUE", param_hint=option)
    return name.strip(), value.strip().removeprefix('"').removesuffix('"')


def _text(value: str, held: Any) -> str:
    return value


def _headers(value: str, held: Any) -> list[str]:
    return [*(held or ()), value]


def _toml(value: str, held: Any) -> Any:
    """Read numbers, truths and conditions as TOML does; anything else is text."""
    try:
        return tomllib.loads(f"v = {value}")["v"]
    except tomllib.TOMLDecodeError:
        return value


def _put_word(document: Document, change: str) -> None:
    word, is_set, meaning = change.rpartition("=")
    if not is_set or not word:
        raise click.BadParameter(f"{change!r} is not WORD=MEANING", param_hint="--word")
    column, has_column, rest = word.partition(":")
    if has_column and column.isidentifier() and column.isascii():
        content = document.setdefault("words", {}).setdefault(column, {})
        word = rest
    else:
        content = document.setdefault("status", {})
    if meaning:
        content[word] = meaning
    else:
        content.pop(word, None)
