"""Load files into the ledger: recognise, stage, check, merge, project, report. One transaction per table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO

from zhanggui.collect.loading.event_files import EventLoading
from zhanggui.collect.loading.extract_time import extract_time
from zhanggui.collect.loading.guessing import draft_of, guess_of
from zhanggui.collect.loading.import_table import ImportContext, TableImport
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.recognise import (
    MapDoesNotFitError,
    UnknownFormatError,
    check_map,
    header_score,
    recognised,
)
from zhanggui.collect.loading.report import FileReport, LoadReport
from zhanggui.collect.loading.saved_maps import SavedLayouts, mapped_hints, reread
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import Hints, Limits, SourceTable, UnreadableFileError, open_tables
from zhanggui.collect.reading.unlocking import unlocked
from zhanggui.columns import is_of_company
from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import Lease
from zhanggui.ledger.shop import Shop
from zhanggui.settings import Settings


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a person may say about a load.

    Attributes
    ----------
    layout : Layout or None
        The user's map; None recognises the file by its header.
    store : str or None
        Name of the store.
    extracted_at : datetime or None
        When the files were exported; UTC without zone.
    is_dry_run : bool
        Do all but write.
    passwords : tuple of str
        Tried on files that are locked. What is kept of such a file is what was inside, sealed like every source file.
    """

    layout: Layout | None = None
    store: str | None = None
    extracted_at: datetime | None = None
    is_dry_run: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)


class _StoreNotSaidError(Exception):
    """Nothing says which store a file belongs to, and files are left that may."""


class _RolledBackError(Exception):
    """Rolls a dry run back."""


class FileMissingError(ZhangguiError):
    """A path names no file."""

    code = "file_missing"

    def __init__(self, path: Path) -> None:
        super().__init__("There is no such file.", where=str(path), next_step="check the path")


def load_paths(
    shop: Shop,
    ledger: Ledger,
    paths: Sequence[Path],
    options: LoadOptions,
    *,
    lease: Lease | None = None,
    names: Sequence[str] | None = None,
) -> LoadReport:
    """Load files, and the files in folders, into a shop's ledger.

    Parameters
    ----------
    shop : Shop
        Opened, and owned by this process.
    ledger : Ledger
        The shop's ledger.
    paths : sequence of Path
        Files or folders.
    options : LoadOptions
    lease : Lease, optional
        The job that this is; told the progress, asked whether it was cancelled.
    names : sequence of str, optional
        The files' own names, where `paths` are copies under other names.

    Returns
    -------
    LoadReport
        One entry per table and store; a file that cannot be read has an entry with its error, the others go on.
    """
    settle_pending(shop, ledger)
    report = LoadReport(is_dry_run=options.is_dry_run)
    files = list(_files(paths, names))
    waiting: list[int] = []
    found: dict[int, list[FileReport]] = {}

    def teller(number: int) -> Callable[[int], None]:
        name = files[number][1]
        label = Text.of(
            f"正在导入 {name}（{number + 1}/{len(files)}）", f"loading {name} ({number + 1} of {len(files)})"
        )
        return _teller(lease, label)

    def load(number: int, *, may_wait: bool) -> None:
        path, name = files[number]
        try:
            found[number] = _FileLoad(shop, ledger, options, teller(number), may_wait=may_wait).load(path, name)
        except _StoreNotSaidError:
            waiting.append(number)

    events = _event_loading(shop, ledger, options, teller)
    of_events = events.found(files) if options.layout is None else {}
    # Files that name their store go first: what they say may tell where the others belong.
    for number in range(len(files)):
        if number not in of_events:
            load(number, may_wait=len(files) > 1)
    for number in waiting:
        load(number, may_wait=False)
    found |= events.load(of_events.values())
    report.files += [entry for number in range(len(files)) for entry in found[number]]
    return report


def _event_loading(
    shop: Shop, ledger: Ledger, options: LoadOptions, on_rows: Callable[[int], Callable[[int], None]]
) -> EventLoading:
    return EventLoading(
        shop=shop,
        ledger=ledger,
        store_option=options.store,
        extracted_at=options.extracted_at,
        is_dry_run=options.is_dry_run,
        limits=limits_of(shop.settings),
        on_rows=on_rows,
        forget=forget_raw,
    )


def settle_pending(shop: Shop, ledger: Ledger) -> None:
    """Finish or forget imports that were cut off between the ledger's commit and the manifest's."""
    manifests = ManifestStore(shop.raw.directory)
    waiting = manifests.pending()
    if not waiting:
        return
    batches = ledger.table("source_batch")
    held = set(ledger.query(batches.select("batch_id")).column("batch_id").to_pylist())
    for batch_id in waiting:
        if batch_id in held:
            manifests.confirm(batch_id)
        else:
            manifests.drop(batch_id)


def _files(paths: Sequence[Path], names: Sequence[str] | None) -> Iterator[tuple[Path, str]]:
    for number, path in enumerate(paths):
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and not item.name.startswith("."))
            yield from ((item, str(item.relative_to(path))) for item in inside)
        else:
            yield path, names[number] if names else path.name


def _teller(lease: Lease | None, label: Text) -> Callable[[int], None]:
    def tell(n_rows: int) -> None:
        if lease is not None:
            lease.check_cancelled()
            lease.progress(n_rows, unit="rows", label=label)

    return tell


class _FileLoad:
    """The load of one file."""

    def __init__(
        self,
        shop: Shop,
        ledger: Ledger,
        options: LoadOptions,
        on_rows: Callable[[int], None],
        *,
        may_wait: bool,
    ) -> None:
        self._may_wait = may_wait
        self._shop = shop
        self._saved = SavedLayouts(shop.maps.list_maps() if options.layout is None else ())
        self._ledger = ledger
        self._options = options
        self._on_rows = on_rows

    def load(self, path: Path, name: str) -> list[FileReport]:
        """Load every table of the file; an error becomes the report."""
        try:
            return self._load(path, name)
        except ZhangguiError as error:
            return [FileReport(file=name, error=error)]

    def _load(self, path: Path, name: str) -> list[FileReport]:
        if not path.is_file():
            raise FileMissingError(path)
        limits = self._shop.settings.limits
        if path.stat().st_size > limits.max_file_mb << 20:
            raise UnreadableFileError(
                name, f"The file is larger than {limits.max_file_mb} MB.", next_step="raise [limits] max_file_mb"
            )
        self._on_rows(0)
        with path.open("rb") as file:
            stream = unlocked(file, name, self._options.passwords, limits=self._limits())
            if self._options.is_dry_run:
                return self._load_tables(stream, path, name, raw_id="", sha256="")
            stored = self._shop.raw.put(path if stream is file else stream)
        try:
            with self._shop.raw.open(stored.raw_id) as stream:
                reports = self._load_tables(stream, path, name, raw_id=stored.raw_id, sha256=stored.sha256)
        except BaseException:
            forget_raw(self._shop, stored.raw_id)
            raise
        if not any(report.batch_id for report in reports):
            forget_raw(self._shop, stored.raw_id)
        return reports

    def _load_tables(self, stream: BinaryIO, path: Path, name: str, *, raw_id: str, sha256: str) -> list[FileReport]:
        reports: list[FileReport] = []
        unknown: list[FileReport] = []
        for found in open_tables(stream, name, limits=self._limits(), hints=self._hints()):
            table = found
            try:
                layout = self._layout(found)
                if self._options.layout is None:
                    table = reread(stream, found, name, layout, self._limits())
                if self._may_wait and not reports and not self._is_store_said(table, layout, path):
                    raise _StoreNotSaidError
                reports += self._import(table, layout, path, name, raw_id=raw_id, sha256=sha256)
            except (UnknownFormatError, MapDoesNotFitError) as error:
                draft = draft_of(guess_of(table), table.header) if isinstance(error, UnknownFormatError) else None
                unknown.append(FileReport(file=table.name, error=error, draft_map=draft))
            except ZhangguiError as error:
                reports.append(FileReport(file=table.name, error=error))
        # A workbook may hold sheets of notes beside its data; a file without any known table is an error.
        return reports or unknown

    def _limits(self) -> Limits:
        return limits_of(self._shop.settings)

    def _hints(self) -> Hints:
        hints = hints_of(self._options.layout)
        if self._options.layout is not None:
            return hints
        return replace(hints, wanted=self._saved.wanted(header_score))

    def _layout(self, table: SourceTable) -> Layout:
        if self._options.layout is None:
            return self._saved.layout_for(table) or recognised(table.header, table.name)
        check_map(self._options.layout, table.header, table.name)
        return self._options.layout

    def _is_store_said(self, table: SourceTable, layout: Layout, path: Path) -> bool:
        """Whether the file, its map, the person or the folder says where it belongs; a fact of the company says so."""
        says = {"store_name", "shop"} & {*layout.bound(table.header), *layout.constants}
        if says or self._options.store or is_of_company(layout.dataset):
            return True
        return self._finder(layout).named_by(path.absolute().parent, layout.platform) is not None

    def _finder(self, layout: Layout) -> StoreFinder:
        settings = self._shop.settings.shop
        return StoreFinder(
            self._shop.stores,
            StoreDefaults(settings.timezone, layout.constants.get("currency", settings.currency)),
            is_dry_run=self._options.is_dry_run,
        )

    def _import(
        self, table: SourceTable, layout: Layout, path: Path, name: str, *, raw_id: str, sha256: str
    ) -> list[FileReport]:
        timezone = layout.options.timezone or self._shop.settings.shop.timezone
        extracted = self._options.extracted_at or next(
            (found for part in (table.member, name) if part and (found := extract_time(PurePath(part).name, timezone))),
            None,
        )
        context = ImportContext(
            shop=self._shop,
            ledger=self._ledger,
            finder=self._finder(layout),
            store_option=self._options.store,
            folder=path.absolute().parent,
            extracted_at=extracted,
            on_rows=self._on_rows,
            file_name=name,
            raw_id=raw_id,
            sha256=sha256,
        )
        work = TableImport(context, table, layout)
        if self._options.is_dry_run:
            return _tried(self._ledger, work)
        store = ManifestStore(self._shop.raw.directory)
        with self._ledger.transaction() as transaction:
            reports, manifests = work.run(transaction)
            for manifest in manifests:
                store.prepare(manifest)
        for manifest in manifests:
            store.confirm(manifest.batch_id)
        return reports


def _tried(ledger: Ledger, work: TableImport) -> list[FileReport]:
    """Run an import and roll it back."""
    reports: list[FileReport] = []
    try:
        with ledger.transaction() as transaction:
            reports, _ = work.run(transaction)
            raise _RolledBackError
    except _RolledBackError:
        pass
    for report in reports:
        report.batch_id = None
    return reports


def hints_of(layout: Layout | None) -> Hints:
    """Return what is known about a file before it is read."""
    if layout is None:
        return Hints(wanted=header_score)
    return mapped_hints(layout)


def limits_of(settings: Settings) -> Limits:
    """Return how much a file may ask of the machine, as the shop's settings say."""
    limits = settings.limits
    return Limits(
        max_columns=limits.max_columns,
        max_zip_entries=limits.max_zip_entries,
        max_inflated_bytes=limits.max_zip_total_mb << 20,
        max_ratio=limits.max_zip_ratio,
    )


def forget_raw(shop: Shop, raw_id: str) -> None:
    """Remove a stored file that no import uses and that waits for no map."""
    used = {manifest.raw_id for manifest in ManifestStore(shop.raw.directory).all()}
    used |= {file.raw_id for file in shop.waiting.list_files()}
    if raw_id not in used:
        shop.raw.path(raw_id).unlink(missing_ok=True)


def layout_of(manifest: Manifest, table: SourceTable) -> Layout:
    """Return the layout that an import was read with."""
    if manifest.map_document is None:
        return recognised(table.header, table.name)
    name = manifest.format_id.removeprefix("map:")
    return layout_from(manifest.map_document, file=f"{name}.toml", name=name)
