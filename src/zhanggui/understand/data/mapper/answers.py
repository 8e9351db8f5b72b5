"""What the mapper answers, for pages and for the terminal."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from zhanggui.i18n import Text

Unit = Literal["money", "count", "ratio", "text", "date", "time", "status"]
Scalar = str | int | float | None


class Named(BaseModel):
    """A word of ours with what a person calls it."""

    name: str
    label: Text


class TableChoice(BaseModel):
    """A table that the file may fill; `score` says how sure that is, 0 to 1."""

    name: str
    label: Text
    score: float
    n_columns: int
    missing: tuple[tuple[Named, ...], ...]


class Target(BaseModel):
    """One of our columns; `needed` names the columns of which one must be given, itself among them."""

    name: str
    label: Text
    group: Text
    unit: Unit
    needed: tuple[str, ...]
    is_personal: bool
    is_amount: bool
    note: Text | None


class SourceColumn(BaseModel):
    """One column of the file, with its first different cells, personal ones masked."""

    header: str
    samples: tuple[str, ...]
    n_blank: int
    n_rows: int


class ColumnGuessView(BaseModel):
    """What a column of the file seems to be, how sure that is, and why."""

    name: str
    header: str
    score: float
    reason: Text


class Start(BaseModel):
    """What a map may start from: the guess, a known format that is near, or a saved map."""

    id: str
    label: Text
    missing: tuple[str, ...]


class SheetView(BaseModel):
    """One table in the file."""

    name: str
    sheet: str | None
    n_columns: int


class ReadingView(BaseModel):
    """How the file was read."""

    kind: str
    encoding: str | None
    header_row: int
    sheet: str | None
    table: str


class WaitingView(BaseModel):
    """One file that waits for a map."""

    id: int
    file: str
    arrived_at: str


class MappingView(BaseModel):
    """What the file seems to be, and a map to begin with."""

    file: WaitingView | None
    sheets: tuple[SheetView, ...]
    reading: ReadingView
    columns: tuple[SourceColumn, ...]
    tables: tuple[TableChoice, ...]
    targets: tuple[Target, ...]
    guesses: tuple[ColumnGuessView, ...]
    starts: tuple[Start, ...]
    start: str
    document: dict[str, Any]
    platforms: tuple[Named, ...]
    stores: tuple[str, ...]
    notes: tuple[Text, ...]
    saved_as: str | None


class TypedColumn(BaseModel):
    """A column of the preview: what it is, where it comes from, how many cells are blank and how many not readable."""

    name: str
    label: Text
    header: str | None
    unit: Unit
    n_blank: int
    n_faults: int


class TypedCellView(BaseModel):
    """A cell as it stands in the file and as the ledger would read it; `rule` says what is wrong with it."""

    raw: str | None
    value: Scalar
    rule: Text | None


class TypedRow(BaseModel):
    """A row of the preview."""

    row: int
    cells: tuple[TypedCellView, ...]


class FaultView(BaseModel):
    """Cells of one column that cannot be read, over all rows looked at."""

    name: str
    label: Text | None
    header: str | None
    rule: str
    text: Text
    n_cells: int
    rows: tuple[int, ...]
    example: str | None


class WordView(BaseModel):
    """A word of the file, its rows, and what it means."""

    word: str
    n_rows: int
    meaning: str | None


class WordsView(BaseModel):
    """The words of one column and what they may mean; `section` is where a map says so."""

    name: str
    label: Text
    section: Literal["status", "words"]
    choices: tuple[Named, ...]
    words: tuple[WordView, ...]
    n_unknown: int


class MapProblem(BaseModel):
    """Why a map cannot be used as it is."""

    code: str
    what: str
    where: str
    next: str


class PreviewView(BaseModel):
    """What a map makes of the file: nothing of it is loaded."""

    problem: MapProblem | None
    missing: tuple[tuple[Named, ...], ...]
    is_whole: bool
    n_rows: int
    n_good: int
    n_apart: int
    n_rejected: int
    columns: tuple[TypedColumn, ...]
    rows: tuple[TypedRow, ...]
    faults: tuple[FaultView, ...]
    words: tuple[WordsView, ...]
    headline: Text | None
    file_total: float | None
    good_total: float | None
    currency: str
    date_from: str | None
    date_to: str | None
    toml: str


class SavedMapView(BaseModel):
    """One saved map."""

    name: str
    table: str
    table_label: Text
    header: tuple[str, ...]
    n_columns: int
    saved_at: str
    toml: str


class SavedMapList(BaseModel):
    """The saved maps; whether their last change can be taken back."""

    maps: tuple[SavedMapView, ...]
    can_undo: bool
    warnings: tuple[Text, ...] = ()
    partial: Text | None = None
    empty: Text | None = None


class WaitingList(BaseModel):
    """The files that wait for a map."""

    files: tuple[WaitingView, ...]
    warnings: tuple[Text, ...] = ()
    partial: Text | None = None
    empty: Text | None = None
