"""A file that is to be mapped: how it is read, what it seems to be, and the map to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.loading.guessing import guess_of, sample_of
from zhanggui.collect.loading.load import limits_of
from zhanggui.collect.loading.manifests import ManifestStore
from zhanggui.collect.loading.recognise import header_score, nearest
from zhanggui.collect.loading.saved_maps import SavedLayouts, layout_of_saved
from zhanggui.collect.mapping.document import Document, document_from, document_of
from zhanggui.collect.mapping.guessing import Guess, TableGuess
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.shape import shape_of
from zhanggui.collect.reading import Hints, Limits, SourceTable, TextBatch, UnknownSheetError, open_tables
from zhanggui.collect.reading.unlocking import unlocked
from zhanggui.collect.reading.values import clean_text
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import SavedMap, UnknownMapError, WaitingFile
from zhanggui.ledger.privacy.masking import KIND_OF_COLUMN, MaskKind, mask_cell
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.ledger.shop import Shop
from zhanggui.settings import Settings
from zhanggui.understand.data.mapper.answers import (
    ColumnGuessView,
    MappingView,
    ReadingView,
    SheetView,
    SourceColumn,
    Start,
    WaitingView,
)
from zhanggui.understand.data.mapper.targets import platforms, table_choice, targets_of

GUESS = "guess"
FORMAT, MAP = "format:", "map:"
_NEAR_ENOUGH = 0.6
"""A format of which so much is there is offered to start from."""
_DRIFTED = 0.75
"""A format of which so much is there is what the map starts from."""
_N_SAMPLES = 4
_LONGEST_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants a file to be read; what is absent is found out.

    Attributes
    ----------
    table : str or None
        Name of the table in the file, where it has several.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    table: str | None = None

    @classmethod
    def of(cls, document: Mapping[str, Any], table: str | None = None) -> Reading:
        """Return how a map says that a file is read."""
        options = document.get("options")
        said = options if isinstance(options, Mapping) else {}
        encoding, delimiter, sheet = (_text(said.get(name)) for name in ("encoding", "delimiter", "sheet"))
        row = said.get("header_row")
        # What has another type is refused when the map is read.
        header_row = row if isinstance(row, int) and not isinstance(row, bool) else None
        return cls(encoding, delimiter, header_row, sheet, table)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


@dataclass(frozen=True, slots=True)
class MappedFile:
    """An open file and one of its tables.

    Attributes
    ----------
    name : str
        The file's name.
    tables : tuple of SourceTable
        All its tables.
    table : SourceTable
        The one that is mapped.
    settings : Settings
        Of the shop; the defaults where there is none.
    maps : tuple of SavedMap
        The shop's saved maps.
    stores : tuple of str
        The shop's stores.
    waiting : WaitingFile or None
        The file as it waits in the shop.
    n_loaded : int
        How often the same bytes were loaded before.
    """

    name: str
    tables: tuple[SourceTable, ...]
    table: SourceTable
    settings: Settings
    maps: tuple[SavedMap, ...] = ()
    stores: tuple[str, ...] = ()
    waiting: WaitingFile | None = None
    n_loaded: int = 0
    shapes: tuple[str, ...] = field(default=())


@contextmanager
def opened_waiting(shop: Shop, file_id: int, reading: Reading) -> Iterator[MappedFile]:
    """Open a waiting file of a shop.

    Raises
    ------
    UnknownWaitingFileError
        No file waits under this number.
    ReadingError
        It cannot be read so.
    """
    waiting = shop.waiting.get(file_id)
    n_loaded = sum(manifest.raw_id == waiting.raw_id for manifest in ManifestStore(shop.raw.directory).all())
    with shop.raw.open(waiting.raw_id) as stream:
        file = _opened(stream, waiting.name, reading, shop.settings, shop.maps.list_maps())
        yield replace(file, stores=_stores(shop), waiting=waiting, n_loaded=n_loaded)


@contextmanager
def opened_path(
    path: Path,
    reading: Reading,
    settings: Settings,
    shop: Shop | None = None,
    passwords: Sequence[str] = (),
) -> Iterator[MappedFile]:
    """Open a file of this machine, with what a shop knows where there is one."""
    maps = shop.maps.list_maps() if shop is not None else []
    with path.open("rb") as found:
        stream = unlocked(found, path.name, passwords, limits=limits_of(settings))
        file = _opened(stream, path.name, reading, settings, maps)
        yield replace(file, stores=_stores(shop) if shop is not None else ())


def _stores(shop: Shop) -> tuple[str, ...]:
    return tuple(dict.fromkeys(store.name for store in shop.stores.list_stores() if store.platform != COMPANY))


def _opened(stream: BinaryIO, name: str, reading: Reading, settings: Settings, maps: Sequence[SavedMap]) -> MappedFile:
    limits = limits_of(settings)
    wanted = SavedLayouts(maps).wanted(header_score)
    hints = Hints(encoding=reading.encoding, delimiter=reading.delimiter, header_row=reading.header_row, wanted=wanted)
    tables = tuple(open_tables(stream, name, limits=limits, hints=hints))
    table = _chosen(tables, reading, name)
    return MappedFile(name, tables, table, settings, tuple(maps), shapes=_shapes(stream, name, table, limits, reading))


def _shapes(stream: BinaryIO, name: str, table: SourceTable, limits: Limits, reading: Reading) -> tuple[str, ...]:
    """Return the shapes of a header: as the map reads it, and as it is read before the map is known."""
    own = shape_of(table.header)
    if reading.encoding is None and reading.delimiter is None and reading.header_row is None:
        return (own,)
    found = open_tables(stream, name, limits=limits, hints=Hints(wanted=header_score))
    before = next((each for each in found if each.name == table.name), None)
    return (own,) if before is None else tuple(dict.fromkeys((own, shape_of(before.header))))


def _chosen(tables: Sequence[SourceTable], reading: Reading, name: str) -> SourceTable:
    """Return the table that is named, else the one that looks most like data."""
    if reading.table is not None or reading.sheet is not None:
        for table in tables:
            if reading.table in (table.name, table.sheet) or (reading.table is None and table.sheet == reading.sheet):
                return table
        raise UnknownSheetError(name, str(reading.table or reading.sheet), [each.sheet or each.name for each in tables])
    if len(tables) == 1:
        return tables[0]
    # A workbook may begin with a sheet of notes; its guess explains little.
    return max(tables, key=lambda table: guess_of(table).best.score)


def beginning_of(file: MappedFile, n_rows: int) -> MappedFile:
    """Return the file with the first rows of its table in memory, so that it can be looked at after it is closed."""
    held: list[TextBatch] = []
    for batch in file.table.batches(n_rows):
        held.append(batch)
        if sum(each.columns.num_rows for each in held) >= n_rows:
            break
    table = replace(file.table, read=lambda batch_rows: iter(held))
    return replace(file, table=table, tables=tuple(table if each is file.table else each for each in file.tables))


def mapping_of(file: MappedFile, *, start: str | None = None, table: str | None = None) -> MappingView:
    """Return what a file seems to be, and a map to begin with.

    Parameters
    ----------
    file : MappedFile
    start : str, optional
        ``guess``, ``format:ID`` or ``map:NAME``; what fits best when absent.
    table : str, optional
        Another table than the start's.

    Raises
    ------
    UnknownMapError
        No saved map has that name.
    """
    guess = guess_of(file.table)
    starts = _starts(file, guess)
    chosen = start if start is not None else starts[0].id
    document = _document(file, guess, chosen, table)
    own = next(each for each in guess.tables if each.table == document["table"])
    saved = next((each.name for each in file.maps if set(each.shapes) & set(file.shapes)), None)
    return MappingView(
        file=None if file.waiting is None else waiting_view(file.waiting),
        sheets=tuple(
            SheetView(name=each.name, sheet=each.sheet or each.member, n_columns=len(each.header))
            for each in file.tables
        ),
        reading=ReadingView(
            kind=file.table.kind,
            encoding=file.table.encoding,
            header_row=file.table.header_row,
            sheet=file.table.sheet,
            table=file.table.name,
        ),
        columns=_source_columns(file.table, own, document),
        tables=tuple(map(table_choice, guess.tables)),
        targets=targets_of(document["table"]),
        guesses=tuple(
            ColumnGuessView(name=each.name, header=each.header, score=each.score, reason=each.reason)
            for each in own.columns
        ),
        starts=starts,
        start=chosen,
        document=document,
        platforms=platforms(),
        stores=file.stores,
        notes=_notes(file, guess, document),
        saved_as=saved,
    )


def _starts(file: MappedFile, guess: Guess) -> tuple[Start, ...]:
    """Return what a map may start from, the best first."""
    saved = [
        Start(id=f"{MAP}{each.name}", label=Text(f"已保存的映射“{each.name}”", f"saved map {each.name}"), missing=())
        for each in file.maps
        if set(each.shapes) & set(file.shapes)
    ]
    near = []
    for each in nearest(file.table.header):
        share = 1 - len(each.missing) / max(len(each.layout.required), 1)
        if share >= _NEAR_ENOUGH and each.layout.is_platform:
            label = Text(each.layout.title_zh, each.layout.title_en)
            near.append((share, Start(id=f"{FORMAT}{each.layout.format_id}", label=label, missing=each.missing)))
    own = Start(id=GUESS, label=Text("按列名和内容猜测", "a guess from headers and cells"), missing=())
    first = [each for share, each in near if share >= _DRIFTED]
    rest = [each for share, each in near if share < _DRIFTED]
    return (*saved, *first, own, *rest)


def _document(file: MappedFile, guess: Guess, start: str, table: str | None) -> Document:
    layout = _layout_of(file, start)
    if layout is None or (table is not None and table != layout.dataset):
        return _with_sheet(document_from(guess, table), file)
    document = document_of(layout, file.table.header)
    document.pop("name", None)
    if not start.startswith(FORMAT):
        return document
    # What the format misses in the file may stand there under another name: guessed, for the person to judge.
    own = next(each for each in guess.tables if each.table == layout.dataset)
    used = set(document["columns"].values())
    more = {
        each.name: each.header
        for each in own.columns
        if each.name not in document["columns"] and each.header not in used
    }
    wanted = {name for name in layout.columns if name in more}
    document["columns"] |= {name: header for name, header in more.items() if name in wanted}
    return _with_sheet(document, file)


def _with_sheet(document: Document, file: MappedFile) -> Document:
    """Name the sheet where another one has the same header."""
    own = shape_of(file.table.header)
    twins = [each for each in file.tables if each is not file.table and shape_of(each.header) == own]
    if twins and file.table.sheet is not None:
        document["options"] = {**document.get("options", {}), "sheet": file.table.sheet}
    return document


def _layout_of(file: MappedFile, start: str) -> Layout | None:
    if start.startswith(MAP):
        name = start.removeprefix(MAP)
        saved = next((each for each in file.maps if each.name == name), None)
        if saved is None:
            raise UnknownMapError(name)
        return layout_of_saved(saved)
    name = start.removeprefix(FORMAT)
    return next((each for each in known_formats() if each.format_id == name), None)


def _notes(file: MappedFile, guess: Guess, document: Document) -> tuple[Text, ...]:
    notes = list(guess.notes) if document["table"] == guess.best.table else []
    if file.n_loaded:
        notes.insert(
            0,
            Text(
                "这份文件已经入过账；换一种列对应再次导入，可能多出没有编号的行",
                "this file was loaded before; rows without ids may be added when it is loaded with another map",
            ),
        )
    return tuple(notes)


def _source_columns(table: SourceTable, guess: TableGuess, document: Document) -> tuple[SourceColumn, ...]:
    """Return the columns of a file with their first different cells; a cell that may be personal is masked."""
    sample = sample_of(table)
    kinds: dict[str, MaskKind] = {}
    for name, headers in [*document["columns"].items(), *guess.bound.items()]:
        for header in [headers] if isinstance(headers, str) else headers:
            if name in KIND_OF_COLUMN:
                kinds.setdefault(header, KIND_OF_COLUMN[name])
    found = []
    for header in table.header:
        text = clean_text(sample.column(header))
        cells = dict.fromkeys(cell for cell in text.to_pylist() if cell)
        kind = kinds.get(header, "none")
        shown = [mask_cell(cell, kind) or "" for cell in list(cells)[:_N_SAMPLES]]
        samples = tuple(each if len(each) <= _LONGEST_SAMPLE else f"{each[:_LONGEST_SAMPLE]}…" for each in shown)
        found.append(SourceColumn(header=header, samples=samples, n_blank=text.null_count, n_rows=len(text)))
    return tuple(found)


def waiting_view(waiting: WaitingFile) -> WaitingView:
    """Return a waiting file as it is shown."""
    arrived = datetime.fromtimestamp(waiting.arrived_at, UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return WaitingView(id=waiting.file_id, file=waiting.name, arrived_at=f"{arrived}Z")
