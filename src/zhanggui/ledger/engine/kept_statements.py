"""Statements that were compiled before, kept in files: the next command need not compile them again.

Compiling a statement over wide tables takes twenty milliseconds, finding it again less than two; the first load of a
process asks hundreds. A file is never the truth: deleted, damaged or of another version it is written anew.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
from ibis.expr.datatypes import DataType
from ibis.expr.operations.udf import InputType

from zhanggui.ledger.engine import compiler, prepared
from zhanggui.ledger.engine.prepared import Prepared

MOST_KEPT = 16_384
"""Files of a folder; beyond them the older half goes. A shop asks fewer than a thousand; several may share one."""
_FORMAT = 1
_OURS = "compiled-"
"""How the folder of a version is called; what else lies beside it stays."""
_SOURCES = (Path(compiler.__file__), Path(prepared.__file__))
"""What writes statements: another wording of these is another version."""
_TIDIED: set[Path] = set()
"""Folders that this process looked through: a folder of thousands of files is read once, not by every open ledger."""
_SIMPLE = (
    *(bool, int, float, str, bytes, decimal.Decimal, uuid.UUID),
    *(dt.date, dt.time, dt.timedelta, DataType, ops.Namespace),
)
"""What says all of itself in its representation, and the same in every process."""


class UnkeptError(Exception):
    """An expression holds something that another process would not know again, such as rows in memory."""


class KeptStatements:
    """The statements of one folder; several processes may share it.

    Parameters
    ----------
    folder : Path
        Made when the first statement is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _version_folder()

    def statement(self, node: ops.Node, compiled: Callable[[ops.Node], Prepared]) -> Prepared:
        """Return the statement of an expression as it was kept; else have it compiled, and keep it."""
        try:
            path = self._folder / f"{digest(node)}.sql"
        except UnkeptError:
            return compiled(node)
        try:
            return _read(path)
        except (OSError, ValueError):
            found = compiled(node)
            self._keep(path, found)
            return found

    def _keep(self, path: Path, statement: Prepared) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._folder not in _TIDIED:
                self._tidy()
            unfinished = path.with_suffix(f".{uuid.uuid4().hex}.part")
            unfinished.write_text(_written(statement), encoding="utf-8")
            unfinished.replace(path)
        except OSError:
            return  # A full disk or one that cannot be written costs time, not an answer.

    def _tidy(self) -> None:
        """Remove what other versions kept, and the older half of too many."""
        for other in self._folder.parent.glob(f"{_OURS}*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        kept = list(self._folder.iterdir())
        if len(kept) > MOST_KEPT:
            for old in sorted(kept, key=lambda path: path.stat().st_mtime)[: len(kept) // 2]:
                old.unlink(missing_ok=True)
        _TIDIED.add(self._folder)


def digest(node: ops.Node) -> str:
    """Return what tells an expression from all others, in every process.

    Raises
    ------
    UnkeptError
        The expression holds what only this process knows.
    """

    def told(node: ops.Node, _: object, /, **arguments: object) -> bytes:
        said = f"{_kind(node)}{[(name, _plain(value)) for name, value in arguments.items()]}"
        return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=20).digest()

    found: bytes = node.map(told)[node]
    return found.hex()


def _kind(node: ops.Node) -> str:
    kind = type(node)
    if isinstance(node, ops.InMemoryTable | ops.Impure):
        raise UnkeptError(kind.__name__)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(node, ops.ScalarUDF | ops.AggUDF):
        if node.__input_type__ is not InputType.BUILTIN:
            raise UnkeptError(kind.__name__)
        return f"{name} {node.__func_name__} {node.__udf_namespace__!r} {node.dtype!r}"
    return name


def _plain(value: object) -> object:
    if value is None or isinstance(value, _SIMPLE):
        return value
    if isinstance(value, enum.Enum):
        return (type(value).__qualname__, value.name)
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(held)) for key, held in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(held) for held in value]
    if isinstance(value, frozenset):
        return ("set", sorted(repr(_plain(held)) for held in value))
    raise UnkeptError(type(value).__name__)


@cache
def _version_folder() -> str:
    """Return the name of the folder for what a statement depends on besides its expression."""
    source = b"".join(path.read_bytes() for path in _SOURCES)
    said = (_FORMAT, version("ibis-framework"), version("sqlglot"), hashlib.blake2b(source).hexdigest())
    return f"{_OURS}{hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()}"


def _written(statement: Prepared) -> str:
    content = json.dumps({"names": statement.names, "sql": statement.sql}, ensure_ascii=False)
    return f"{_sum(content)}\n{content}"


def _read(path: Path) -> Prepared:
    """Return a kept statement; raises ValueError when the file is damaged."""
    seal, _, content = path.read_text(encoding="utf-8").partition("\n")
    if seal != _sum(content):
        raise ValueError(path)
    held: dict[str, Any] = json.loads(content)
    return Prepared(held["sql"], tuple(held["names"]))


def _sum(content: str) -> str:
    return hashlib.blake2b(content.encode("utf-8"), digest_size=16).hexdigest()
