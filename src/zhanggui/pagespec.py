"""A page is data: rows of tiles, each with the address of its data; the front end renders any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.i18n import Text

COLUMNS = 24
"""Width of a row, in grid columns."""

Span = Annotated[int, Field(ge=1, le=COLUMNS)]
Unit = Literal["money", "count", "ratio", "days", "text", "date", "time", "status"]
Evidence = Literal["counted", "estimated", "declared", "attributed", "measured"]
Number = float | int | None


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TileBase(_Spec):
    """What every tile has: a place in its row and the endpoint that answers with its data."""

    id: str
    title: Text | None = None
    span: Span = COLUMNS
    source: str = Field(description="Endpoint path; the renderer appends the filters of the page as query string.")
    help: Text | None = None


class SentenceTile(TileBase):
    """One sentence of meaning with the numbers in it."""

    kind: Literal["sentence"] = "sentence"


class KpisTile(TileBase):
    """Figures with their change and a sparkline."""

    kind: Literal["kpis"] = "kpis"


class LineTile(TileBase):
    """A time series, with the compared period behind it."""

    kind: Literal["line"] = "line"


class BarTile(TileBase):
    """Bars by category, largest first."""

    kind: Literal["bar"] = "bar"


class HeatmapTile(TileBase):
    """A matrix of shaded cells."""

    kind: Literal["heatmap"] = "heatmap"


class TableTile(TileBase):
    """Rows with a total that equals the figure above them."""

    kind: Literal["table"] = "table"


class FindingsTile(TileBase):
    """What is true, each with its money and the page that proves it."""

    kind: Literal["findings"] = "findings"


class DoorsTile(TileBase):
    """The three doors of an empty shop."""

    kind: Literal["doors"] = "doors"


class UploadTile(TileBase):
    """A place to drop files, with live progress."""

    kind: Literal["upload"] = "upload"


class BatchesTile(TileBase):
    """Imported files with their ledger equation."""

    kind: Literal["batches"] = "batches"


class QuarantineTile(TileBase):
    """Rows kept apart, with the reason and a place to correct and replay them."""

    kind: Literal["quarantine"] = "quarantine"


class JobsTile(TileBase):
    """Work that runs or ran in the background."""

    kind: Literal["jobs"] = "jobs"


class MetricCardTile(TileBase):
    """The definition of a metric, and where its numbers come from."""

    kind: Literal["metric_card"] = "metric_card"


class UploadsNextTile(TileBase):
    """Which files to upload next, and where the platform keeps them."""

    kind: Literal["uploads_next"] = "uploads_next"


class CostTableTile(TileBase):
    """One box per category for a cost rate, asked once."""

    kind: Literal["cost_table"] = "cost_table"


Tile = Annotated[
    SentenceTile
    | KpisTile
    | LineTile
    | BarTile
    | HeatmapTile
    | TableTile
    | FindingsTile
    | DoorsTile
    | UploadTile
    | BatchesTile
    | QuarantineTile
    | JobsTile
    | MetricCardTile
    | UploadsNextTile
    | CostTableTile,
    Field(discriminator="kind"),
]
"""Any tile; its ``kind`` says which."""


class Row(_Spec):
    """Tiles side by side; their spans add up to at most 24."""

    tiles: tuple[Tile, ...]
    height: Literal["s", "m", "l"] | None = None


class PageSpec(_Spec):
    """One page of the workbench.

    Examples
    --------
    >>> page = PageSpec(
    ...     id="today", path="/today", title=Text.of("今日", "Today"), room="today", icon="home", filters=("date",),
    ...     rows=(Row(tiles=(SentenceTile(id="sentence", source="/api/v1/tiles/today/sentence"),)),),
    ... )
    >>> page.rows[0].tiles[0].kind
    'sentence'
    """

    id: str
    path: str = Field(description="Address in the browser; ``:name`` marks a part that sources repeat as ``{name}``.")
    title: Text
    room: str
    icon: str
    filters: tuple[str, ...] = ()
    rows: tuple[Row, ...]

    def tiles(self) -> Iterator[TileBase]:
        """Yield the tiles in reading order."""
        for row in self.rows:
            yield from row.tiles


class _Data(BaseModel):
    """What the data of any tile may say besides its own fields."""

    model_config = ConfigDict(extra="forbid")

    warnings: tuple[Text, ...] = ()
    partial: Text | None = None
    empty: Text | None = None


class SentenceData(_Data):
    """Data of a sentence."""

    text: Text


class KpiItem(BaseModel):
    """One figure: its value, how it moved, and whether moving up is good."""

    metric: str
    label: Text
    unit: Unit
    value: Number = None
    change: Number = None
    change_kind: Literal["ratio", "pp", "none"] = "none"
    good: Literal["up", "down", "none"] = "none"
    spark: tuple[Number, ...] = ()
    evidence: Evidence = "counted"
    warning: Text | None = None
    href: str | None = None
    numerator: Text | None = None


class KpisData(_Data):
    """Data of a row of figures."""

    items: tuple[KpiItem, ...]
    currency: str | None = None


class Series(BaseModel):
    """One series of a chart."""

    name: Text
    values: tuple[Number, ...]
    role: Literal["current", "compare", "other"] = "current"


class Mark(BaseModel):
    """A named day on a time axis."""

    x: str
    name: Text


class ChartData(_Data):
    """Data of a line or bar chart."""

    unit: Unit
    currency: str | None = None
    x: tuple[str | Text, ...]
    x_kind: Literal["date", "category"]
    series: tuple[Series, ...]
    href: tuple[str | None, ...] | None = None
    marks: tuple[Mark, ...] = ()


class HeatmapData(_Data):
    """Data of a matrix."""

    unit: Unit
    currency: str | None = None
    rows: tuple[Text, ...]
    cols: tuple[Text, ...]
    values: tuple[tuple[Number, ...], ...]
    max: Number = None


class ColumnSpec(BaseModel):
    """One column of a table."""

    key: str
    label: Text
    unit: Unit = "text"
    align: Literal["left", "right", "center"] | None = None
    sortable: bool = False


class TableData(_Data):
    """Data of a table; a row's ``_href`` is where it opens."""

    columns: tuple[ColumnSpec, ...]
    rows: tuple[dict[str, object], ...]
    total: dict[str, object] | None = None
    page: int = 1
    pages: int = 1
    n_rows: int
    currency: str | None = None


class Finding(BaseModel):
    """One true statement, priced."""

    text: Text
    title: Text | None = None
    cause: Text | None = None
    money: Number = None
    currency: str | None = None
    evidence: Evidence = "counted"
    href: str | None = None


class FindingsData(_Data):
    """Data of a list of findings."""

    items: tuple[Finding, ...]


class MetricCardData(_Data):
    """Data of a definition card."""

    name: str
    label: Text
    definition: Text
    formula: Text
    base: Text
    unit: Unit
    source: Text
    owner: Text | None = None
    freshness: str | None = None
    evidence: Evidence = "counted"
    catalogue_ids: tuple[str, ...] = ()
    version: str


class NextUpload(BaseModel):
    """One file worth uploading next: what it is, where the platform keeps it, and what it makes known."""

    title: Text
    platform: Text | None = None
    menu: Text
    gives: Text
    href: str | None = None


class UploadsNextData(_Data):
    """Data of the list of files to upload next; `share` is the share of revenue whose cost is unknown."""

    items: tuple[NextUpload, ...]
    text: Text | None = None
    share: Number = None


class CostRow(BaseModel):
    """One category whose cost is asked for, as a share of its revenue."""

    category: str
    label: Text
    revenue: Number = None
    rate: Number = None


class CostTableData(_Data):
    """Data of the cost table: revenue without a known cost, and the rates entered for it."""

    rows: tuple[CostRow, ...]
    currency: str | None = None
    missing_share: Number = None
    text: Text | None = None


class Door(BaseModel):
    """One door of an empty shop."""

    id: Literal["drop", "demo", "connect"]
    available: bool
    text: Text | None = None


class DoorsData(_Data):
    """Data of the doors of an empty shop."""

    items: tuple[Door, ...]
