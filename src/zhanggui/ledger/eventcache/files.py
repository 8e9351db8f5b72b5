"""The files of the event cache: columns as numpy arrays, texts as Arrow, and one list that says which of them count.

Every file has its content's digest in its name or in the list and is written once. What the list does not name is
waste, so a process that dies in between leaves the cache as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

LIST_FILE = "cache.json"
FORMAT = 1

COLUMNS: Mapping[str, Any] = {
    "visitor": np.int32,
    "at": np.int64,
    "day": np.int32,
    "visit": np.int32,
    "name": np.int16,
    "page": np.int32,
    "channel": np.int16,
    "device": np.int16,
    "item": np.int32,
    "order": np.int32,
    "term": np.int32,
}
"""What is kept of each event: texts as places in a list, -1 where there is none; times in microseconds of UTC."""

TEXTS = ("visitor", "name", "page", "channel", "device", "item", "order", "term")
"""Columns that are places in a list of texts."""

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One part of a store's events: a month that is over, or a day of the month that runs.

    Attributes
    ----------
    folder : str
        Where its columns are.
    days : dict
        What stood in the ledger of each of its days when it was made.
    n_events, n_visits : int
        Its size.
    checks : dict
        A checksum of each column.
    """

    folder: str
    days: dict[str, str]
    n_events: int
    n_visits: int
    checks: dict[str, int]


@dataclass(slots=True)
class CacheList:
    """Which files count.

    Attributes
    ----------
    rules : str
        By which rules events made up visits.
    parts : dict
        By store and period.
    texts : dict
        File and checksum of each list of texts, by store and column.
    """

    rules: str = ""
    parts: dict[str, dict[str, PartEntry]] = field(default_factory=dict)
    texts: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)


def read_list(directory: Path) -> CacheList | None:
    """Return the list of a cache; None where there is none that can be used."""
    try:
        said = json.loads((directory / LIST_FILE).read_text("utf-8"))
        if said["format"] != FORMAT:
            return None
        parts = {
            shop: {period: PartEntry(**entry) for period, entry in periods.items()}
            for shop, periods in said["parts"].items()
        }
        texts = {
            shop: {name: (str(file), int(check)) for name, (file, check) in lists.items()}
            for shop, lists in said["texts"].items()
        }
        return CacheList(str(said["rules"]), parts, texts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_list(directory: Path, listed: CacheList) -> None:
    """Make a list the one that counts, in one step."""
    parts = {
        shop: {period: asdict(entry) for period, entry in periods.items()} for shop, periods in listed.parts.items()
    }
    said = {"format": FORMAT, "rules": listed.rules, "parts": parts, "texts": listed.texts}
    part = directory / f"{LIST_FILE}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(directory / LIST_FILE)


def write_columns(directory: Path, folder: str, columns: Columns) -> dict[str, int]:
    """Write the columns of a part; return their checksums."""
    place = directory / folder
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    checks = {}
    for name, type_ in COLUMNS.items():
        values = np.ascontiguousarray(columns[name], type_)
        np.save(place / f"{name}.npy", values, allow_pickle=False)
        checks[name] = checksum(values)
    return checks


def mapped_columns(directory: Path, entry: PartEntry) -> Columns | None:
    """Return the columns of a part as they lie on disk; None where they are not what was written."""
    found: Columns = {}
    for name, type_ in COLUMNS.items():
        path = directory / entry.folder / f"{name}.npy"
        try:
            # An array of no elements cannot be mapped.
            values = np.load(path, mmap_mode="r" if entry.n_events else None, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        if values.shape != (entry.n_events,) or values.dtype != type_ or checksum(values) != entry.checks.get(name):
            return None
        found[name] = values.view(np.ndarray)
    return found


def checksum(values: npt.NDArray[Any]) -> int:
    """Return the CRC-32 of an array."""
    return zlib.crc32(np.ascontiguousarray(values).view(np.uint8).data) if values.size else 0


def write_texts(directory: Path, stem: str, texts: pa.Array) -> tuple[str, int]:
    """Write a list of texts; return its file and checksum."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, pa.schema([("text", pa.string())])) as writer:
        writer.write_table(pa.table({"text": texts}))
    body = sink.getvalue()
    check = zlib.crc32(body)
    file = f"{stem}-{len(texts)}-{check:08x}.arrow"
    (directory / file).write_bytes(body)
    return file, check


def read_texts(directory: Path, file: str, check: int) -> pa.Array | None:
    """Return a list of texts; None where it is not what was written."""
    try:
        body = (directory / file).read_bytes()
    except OSError:
        return None
    if zlib.crc32(body) != check:
        return None
    column = pa.ipc.open_file(pa.py_buffer(body)).read_all().column("text").combine_chunks()
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


def sweep(directory: Path, listed: CacheList) -> None:
    """Delete what the list does not name."""
    named = {LIST_FILE}
    named |= {entry.folder for periods in listed.parts.values() for entry in periods.values()}
    named |= {file for lists in listed.texts.values() for file, _ in lists.values()}
    for path in directory.iterdir():
        if path.name not in named:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
