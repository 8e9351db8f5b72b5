"""A plain CSV of paths, as analysts keep them: ``path,conversions,value,nulls`` with touches joined by `` > ``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from zhanggui.errors import ZhangguiError
from zhanggui.methods.attribution import Journeys
from zhanggui.methods.attribution.journeys import Floats, Ints

_BLOCK_BYTES = 16 << 20
_NUMBER = r"^\s*[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?\s*$"
_COLUMNS = {
    "path": ("path", "路径"),
    "conversions": ("conversions", "total_conversions", "转化数"),
    "value": ("value", "total_conversion_value", "conversion_value", "转化金额"),
    "nulls": ("nulls", "total_null", "null", "未转化数"),
}
_NEEDED = ("path", "conversions")


class PathsFileError(ZhangguiError):
    """A file of paths that cannot be used."""

    code = "paths_file"

    def __init__(self, path: Path, what: str, *, place: str = "", next_step: str) -> None:
        self.path = path
        self.place = place
        super().__init__(what, where=f"{path.name}, {place}" if place else path.name, next_step=next_step)


@dataclass(frozen=True, slots=True)
class PathsFile:
    """The journeys of a file.

    Attributes
    ----------
    channels : tuple of str
        Names by number, in the order they are met.
    blocks : tuple of Journeys
        The journeys, one per row.
    """

    channels: tuple[str, ...]
    blocks: tuple[Journeys, ...]


def read_paths(path: Path) -> PathsFile:
    """Return the journeys of a CSV file.

    Parameters
    ----------
    path : Path
        UTF-8, with a header that names at least ``path`` and ``conversions``; ``value`` and ``nulls`` are 0 where
        absent.

    Returns
    -------
    PathsFile
        Channels are numbered in the order they are met.

    Raises
    ------
    PathsFileError
        The file cannot be read, or a row says nothing that can be counted; the first such row is named.
    """
    channels: dict[str, int] = {}
    blocks: list[Journeys] = []
    row = 2
    for batch in _batches(path):
        blocks.append(_journeys(path, batch, channels, row))
        row += batch.num_rows
    if not blocks:
        raise PathsFileError(path, "The file holds no path.", next_step="one row per path below the header")
    return PathsFile(tuple(channels), tuple(blocks))


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    try:
        with csv.open_csv(
            path,
            read_options=csv.ReadOptions(block_size=_BLOCK_BYTES),
            convert_options=csv.ConvertOptions(column_types=_as_text(path), strings_can_be_null=False),
        ) as reader:
            for batch in reader:
                if batch.num_rows:
                    yield batch
    except OSError as error:
        raise PathsFileError(path, "The file cannot be read.", place=str(error), next_step="check its name") from error
    except pa.ArrowInvalid as error:
        raise PathsFileError(
            path, "The file is not a CSV of paths.", place=str(error), next_step="save it as UTF-8 CSV"
        ) from error


def _as_text(path: Path) -> dict[str, pa.DataType]:
    with path.open("rb") as file:
        header = file.readline().decode("utf-8-sig", errors="replace")
    return {name.strip().strip('"'): pa.string() for name in header.strip().split(",")}


def _journeys(path: Path, batch: pa.RecordBatch, channels: dict[str, int], row: int) -> Journeys:
    columns = _columns(path, batch)
    touch, start = _touches(path, columns["path"], channels, row)
    counts = {name: _counts(path, columns.get(name), name, batch.num_rows, row) for name in ("conversions", "value")}
    nulls = _counts(path, columns.get("nulls"), "nulls", batch.num_rows, row)
    return Journeys(touch, start, counts["conversions"], counts["value"], nulls)


def _columns(path: Path, batch: pa.RecordBatch) -> dict[str, pa.Array]:
    given = {name.strip().lower().lstrip("\ufeff"): batch.column(name) for name in batch.schema.names}
    found = {
        canonical: next((given[name] for name in names if name in given), None) for canonical, names in _COLUMNS.items()
    }
    missing = [name for name in _NEEDED if found[name] is None]
    if missing:
        raise PathsFileError(
            path,
            f"The file has no column {missing[0]!r}.",
            place=f"columns {', '.join(batch.schema.names)}",
            next_step="name the columns path, conversions, value, nulls",
        )
    return {name: column for name, column in found.items() if column is not None}


def _touches(path: Path, texts: pa.Array, channels: dict[str, int], row: int) -> tuple[Ints, Ints]:
    split = pc.split_pattern(texts, ">")
    coded = split.flatten().dictionary_encode()
    names = [name.strip() for name in coded.dictionary.to_pylist()]
    if "" in names:
        blank = pc.equal(pc.utf8_trim_whitespace(split.flatten()), "")
        at = int(split.value_parent_indices()[blank.index(True).as_py()].as_py())
        raise PathsFileError(
            path,
            "A path holds a touch without a name.",
            place=f"row {row + at}, path {texts[at].as_py()!r}",
            next_step="name every touch, joined by ' > '",
        )
    number = np.array([channels.setdefault(name, len(channels)) for name in names], np.int32)
    return number[coded.indices.to_numpy()], split.offsets.to_numpy().astype(np.int64)


def _counts(path: Path, texts: pa.Array | None, name: str, n_rows: int, row: int) -> Floats:
    if texts is None:
        return np.zeros(n_rows)
    good = pc.match_substring_regex(texts, _NUMBER)
    wrong = good.index(False).as_py()
    if wrong >= 0:
        raise PathsFileError(
            path,
            f"{texts[wrong].as_py()!r} is not a count or an amount.",
            place=f"row {row + wrong}, column {name}",
            next_step="use a number of 0 or more, such as 12 or 3.50",
        )
    return np.asarray(pc.cast(pc.utf8_trim_whitespace(texts), pa.float64()).to_numpy(zero_copy_only=False))
