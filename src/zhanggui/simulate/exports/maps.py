"""Column maps that explain files of the seller's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_map(
    path: Path,
    comment: str,
    *,
    table: str,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    options: Mapping[str, str] | None = None,
    status: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Path:
    """Write a column map as TOML.

    Parameters
    ----------
    path : Path
        Where to write.
    comment : str
        What the file is, for its reader.
    table : str
        What it fills.
    columns : mapping of str to str
        Header in the file by the name that it is given.
    constants : mapping of str to str
        What holds for all rows.
    options : mapping of str to str, optional
        Options as TOML writes their values, such as ``true``.
    status : mapping of str to str, optional
        Meaning of each status word of the file.
    words : mapping of str to mapping, optional
        Meaning of each word of a column, by the name that the column is given.
    kinds : mapping of str to str, optional
        Condition by what rows are that meet it, such as ``column = "是否赠品", equals = "是"``.

    Returns
    -------
    Path
        As given.
    """
    parts = [f"# {comment}", f"table = {_text(table)}"]
    if options:
        parts += ["", "[options]", *(f"{name} = {value}" for name, value in options.items())]
    parts += ["", "[columns]", *(f"{name} = {_text(header)}" for name, header in columns.items())]
    parts += ["", "[constants]", *(f"{name} = {_text(value)}" for name, value in constants.items())]
    if status:
        parts += ["", "[status]", *(f"{_text(word)} = {_text(meaning)}" for word, meaning in status.items())]
    for name, meanings in (words or {}).items():
        parts += ["", f"[words.{name}]", *(f"{_text(word)} = {_text(meaning)}" for word, meaning in meanings.items())]
    for kind, condition in (kinds or {}).items():
        parts += ["", "[[classify]]", f"kind = {_text(kind)}", f"when = {{ {condition} }}"]
    path.write_bytes(("\n".join(parts) + "\n").encode())
    return path


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
