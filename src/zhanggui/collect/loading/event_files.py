"""Load files of request bodies, several in one transaction: a transaction each would cost three times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhanggui.collect.events import event_file
from zhanggui.collect.loading.event_import import EventImport
from zhanggui.collect.loading.import_table import ImportContext
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.collect.reading import Limits
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.privacy import StoredRaw
from zhanggui.ledger.shop import Shop

GROUP_BYTES = 96 << 20
"""Files of so many bytes are written together; packed, that is about a million events."""

Named = tuple[Path, str]
"""A file and its own name."""


@dataclass(frozen=True, slots=True)
class FoundEvents:
    """A file of bodies: its place among the files of a load, and the protocol of its first bodies."""

    position: int
    path: Path
    name: str
    protocol: str


class _RolledBackError(Exception):
    """Rolls a trial back."""


@dataclass(frozen=True, slots=True)
class EventLoading:
    """How files of bodies are loaded.

    Attributes
    ----------
    store_option : str or None
        Name of the store, as the person says it.
    extracted_at : datetime or None
        When the files were made, as the person says it.
    is_dry_run : bool
        Do all but write.
    limits : Limits
        What a file may ask of the machine.
    on_rows : callable
        Takes the position of a file, returns what is told the number of its rows done; that raises to cancel.
    forget : callable
        Removes a stored file that no import uses.
    """

    shop: Shop
    ledger: Ledger
    store_option: str | None
    extracted_at: datetime | None
    is_dry_run: bool
    limits: Limits
    on_rows: Callable[[int], Callable[[int], None]]
    forget: Callable[[Shop, str], None]

    def found(self, files: Sequence[Named]) -> dict[int, FoundEvents]:
        """Return the files that hold bodies, as far as their beginning tells, by position."""
        return {
            position: FoundEvents(position, path, name, protocol)
            for position, (path, name) in enumerate(files)
            if (protocol := self._protocol(path, name)) is not None
        }

    def load(self, files: Iterable[FoundEvents]) -> dict[int, list[FileReport]]:
        """Load files of bodies; where one of a group fails, each of it is loaded by itself."""
        reports: dict[int, list[FileReport]] = {}
        for group in _groups(files):
            try:
                reports |= self._together(group)
            except ZhangguiError as error:
                if len(group) == 1:
                    reports[group[0].position] = [FileReport(file=group[0].name, error=error)]
                    continue
                for file in group:
                    reports |= self.load([file])
        return reports

    def _protocol(self, path: Path, name: str) -> str | None:
        most = self.shop.settings.limits.max_file_mb << 20
        if not path.is_file() or path.stat().st_size > most:
            return None
        try:
            with path.open("rb") as stream:
                file = event_file(stream, name, limits=self.limits)
        except (ZhangguiError, OSError):
            return None
        return None if file is None else file.protocol.name

    def _together(self, group: Sequence[FoundEvents]) -> dict[int, list[FileReport]]:
        stored: dict[int, StoredRaw] = {}
        try:
            for file in group if not self.is_dry_run else ():
                self.on_rows(file.position)(0)
                stored[file.position] = self.shop.raw.put(file.path)
            return self._imported(group, stored)
        except BaseException:
            for one in stored.values():
                self.forget(self.shop, one.raw_id)
            raise

    def _imported(self, group: Sequence[FoundEvents], stored: Mapping[int, StoredRaw]) -> dict[int, list[FileReport]]:
        manifests = ManifestStore(self.shop.raw.directory)
        first_id = manifests.next_id()
        reports: dict[int, list[FileReport]] = {}
        made: list[Manifest] = []
        try:
            with self.ledger.transaction() as tx:
                for place, file in enumerate(group):
                    report, manifest = self._one(tx, file, stored.get(file.position), first_id + place)
                    reports[file.position] = [report]
                    made.append(manifest)
                if self.is_dry_run:
                    raise _RolledBackError
                for manifest in made:
                    manifests.prepare(manifest)
        except _RolledBackError:
            for (report,) in reports.values():
                report.batch_id = None
            return reports
        for manifest in made:
            manifests.confirm(manifest.batch_id)
        return reports

    def _one(
        self, tx: Transaction, file: FoundEvents, stored: StoredRaw | None, batch_id: int
    ) -> tuple[FileReport, Manifest]:
        settings = self.shop.settings.shop
        defaults = StoreDefaults(settings.timezone, settings.currency)
        context = ImportContext(
            shop=self.shop,
            ledger=self.ledger,
            finder=StoreFinder(self.shop.stores, defaults, is_dry_run=self.is_dry_run),
            store_option=self.store_option,
            folder=file.path.absolute().parent,
            extracted_at=self.extracted_at,
            on_rows=self.on_rows(file.position),
            file_name=file.name,
            raw_id="" if stored is None else stored.raw_id,
            sha256="" if stored is None else stored.sha256,
            batch_id=batch_id,
        )
        with ExitStack() as opened:
            source = file.path.open("rb") if stored is None else self.shop.raw.open(stored.raw_id)
            read = event_file(opened.enter_context(source), file.name, limits=self.limits, protocol=file.protocol)
            assert read is not None, "its protocol is known"
            return EventImport(context, read).run(tx)


def _groups(files: Iterable[FoundEvents]) -> Iterator[list[FoundEvents]]:
    """Yield files that are small enough to be written together."""
    group: list[FoundEvents] = []
    n_bytes = 0
    for file in files:
        size = file.path.stat().st_size
        if group and n_bytes + size > GROUP_BYTES:
            yield group
            group, n_bytes = [], 0
        group.append(file)
        n_bytes += size
    if group:
        yield group
