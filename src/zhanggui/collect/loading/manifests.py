"""The durable list of imports beside the raw files: what a rebuild reads again, and as what."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_DONE, _PENDING = ".json", ".pending.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One import: which raw file was read how, into which store.

    Attributes
    ----------
    map_document : dict or None
        The user's map as it was, for a mapped file.
    extracted_at : str or None
        ISO time, UTC, when the export was made, as far as it was known.
    version_at : str or None
        ISO time, UTC: age of its rows without a modified time of their own.
    corrects : int or None
        The import whose quarantined rows these are, corrected.
    corrected_rows : list of int
        Their rows in that import, in the order in which they stand here.
    """

    batch_id: int
    raw_id: str
    file_name: str
    table_name: str
    format_id: str
    shop_id: int
    store_in_file: str | None
    map_document: dict[str, Any] | None
    extracted_at: str | None
    version_at: str | None
    loaded_at: str
    corrects: int | None = None
    corrected_rows: list[int] = field(default_factory=list)


class ManifestStore:
    """The manifests in ``raw/``. A pending one becomes final after its import was committed."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def next_id(self) -> int:
        """Return the number of the next import."""
        return max((_number(path) for path in self._final()), default=0) + 1

    def prepare(self, manifest: Manifest) -> None:
        """Write a manifest that is to be confirmed."""
        path = self._path(manifest.batch_id, _PENDING)
        with path.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())

    def confirm(self, batch_id: int) -> None:
        """Make a prepared manifest final."""
        self._path(batch_id, _PENDING).replace(self._path(batch_id, _DONE))

    def drop(self, batch_id: int) -> None:
        """Forget a prepared manifest."""
        self._path(batch_id, _PENDING).unlink(missing_ok=True)

    def replace(self, manifest: Manifest) -> None:
        """Write a final manifest anew."""
        self.prepare(manifest)
        self.confirm(manifest.batch_id)

    def pending(self) -> list[int]:
        """Return the numbers of imports that were begun and not confirmed."""
        return sorted(_number(path) for path in self._directory.glob(f"batch-*{_PENDING}"))

    def all(self) -> list[Manifest]:
        """Return the final manifests, oldest import first."""
        return list(self._read())

    def get(self, batch_id: int) -> Manifest:
        """Return one final manifest; raises FileNotFoundError when there is none."""
        return Manifest(**json.loads(self._path(batch_id, _DONE).read_text("utf-8")))

    def _read(self) -> Iterator[Manifest]:
        for path in sorted(self._final()):
            yield Manifest(**json.loads(path.read_text("utf-8")))

    def _final(self) -> Iterator[Path]:
        found = self._directory.glob(f"batch-*{_DONE}")
        return (path for path in found if not path.name.endswith(_PENDING))

    def _path(self, batch_id: int, ending: str) -> Path:
        return self._directory / f"batch-{batch_id:06d}{ending}"


def _number(path: Path) -> int:
    """Return the number of the import that a manifest is of."""
    return int(path.name[6:12])
