"""What a page consists of: rows of tiles, its filters, choices and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.i18n import Text

COLUMNS = 24
"""Width of a row, in grid columns."""

Span = Annotated[int, Field(ge=1, le=COLUMNS)]


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TileBase(_Spec):
    """What every tile has: a place in its row and the endpoint that answers with its data."""

    id: str
    title: Text | None = None
    span: Span = COLUMNS
    source: str = Field(description="Endpoint path; the renderer appends the filters of the page as query string.")
    help: Text | None = None
    refresh_seconds: int | None = Field(default=None, description="Asks again so often while the page is open.")


class SentenceTile(TileBase):
    """One sentence of meaning with the numbers in it."""

    kind: Literal["sentence"] = "sentence"


class KpisTile(TileBase):
    """Figures with their change and a sparkline."""

    kind: Literal["kpis"] = "kpis"


class PinsTile(TileBase):
    """Figures that the shop has chosen itself, with a place to choose others."""

    kind: Literal["pins"] = "pins"


class OwnMetricsTile(TileBase):
    """The metrics that the shop defines itself, with a form over the same model as their file."""

    kind: Literal["own_metrics"] = "own_metrics"


class LineTile(TileBase):
    """A time series, with the compared period behind it."""

    kind: Literal["line"] = "line"


class BarTile(TileBase):
    """Bars by category, largest first."""

    kind: Literal["bar"] = "bar"


class HeatmapTile(TileBase):
    """A matrix of shaded cells."""

    kind: Literal["heatmap"] = "heatmap"


class QuadrantsTile(TileBase):
    """Points between two borders that can be moved: four named quadrants."""

    kind: Literal["quadrants"] = "quadrants"


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


class MapperTile(TileBase):
    """Files of no known format: what each of their columns is, said by a person over a guess."""

    kind: Literal["mapper"] = "mapper"


class SavedMapsTile(TileBase):
    """Column maps that were kept."""

    kind: Literal["saved_maps"] = "saved_maps"


class BatchesTile(TileBase):
    """Imported files with their ledger equation."""

    kind: Literal["batches"] = "batches"


class QuarantineTile(TileBase):
    """Rows kept apart, with the reason and a place to correct and replay them."""

    kind: Literal["quarantine"] = "quarantine"


class QualityTile(TileBase):
    """Every check of data quality, with its state, its history and what to do next."""

    kind: Literal["quality"] = "quality"


class JobsTile(TileBase):
    """Work that runs or ran in the background."""

    kind: Literal["jobs"] = "jobs"


class MetricCardTile(TileBase):
    """The definition of a metric, and where its numbers come from."""

    kind: Literal["metric_card"] = "metric_card"


class UploadsNextTile(TileBase):
    """Which files to upload next, and where the platform keeps them."""

    kind: Literal["uploads_next"] = "uploads_next"


class LinksTile(TileBase):
    """Tracking links with their QR images and clicks, and a form to build one."""

    kind: Literal["links"] = "links"


class CalculatorsTile(TileBase):
    """Formulas with a box for each number."""

    kind: Literal["calculators"] = "calculators"


class PurchasesTile(TileBase):
    """Goods to buy: quantities to change, a slider for the budget, a workbook of what was made of it."""

    kind: Literal["purchases"] = "purchases"


class CostTableTile(TileBase):
    """One box per category for a cost rate, asked once."""

    kind: Literal["cost_table"] = "cost_table"


class StatementTile(TileBase):
    """A statement of accounts: lines that add up, periods side by side."""

    kind: Literal["statement"] = "statement"


class WaterfallTile(TileBase):
    """Steps from one amount to another."""

    kind: Literal["waterfall"] = "waterfall"


class SankeyTile(TileBase):
    """What flows from where to where, step by step."""

    kind: Literal["sankey"] = "sankey"


class FunnelTile(TileBase):
    """Who is left at each step, and what those who left were worth."""

    kind: Literal["funnel"] = "funnel"


class BudgetTile(TileBase):
    """Targets beside what came of them, with boxes to enter the targets."""

    kind: Literal["budget"] = "budget"


class TreeTile(TileBase):
    """What a metric is made of, step by step, each with its figure, target and owner."""

    kind: Literal["tree"] = "tree"


class AlertsTile(TileBase):
    """Alerts by money at stake, with their state, owner and age."""

    kind: Literal["alerts"] = "alerts"


class AlertTile(TileBase):
    """One alert: its sentence, causes, doubts and history, and what can be done with it."""

    kind: Literal["alert"] = "alert"


class AlertRulesTile(TileBase):
    """The rules of monitoring, with a form and a test on history."""

    kind: Literal["alert_rules"] = "alert_rules"


class AudiencesTile(TileBase):
    """The saved audiences, with a builder that counts while conditions are written."""

    kind: Literal["audiences"] = "audiences"


class MergesTile(TileBase):
    """The log of merges, where each can be undone and restored with a reason."""

    kind: Literal["merges"] = "merges"


class MeetingTile(TileBase):
    """The newest meeting about goods: its list, what was decided, and forms to freeze one and to decide."""

    kind: Literal["meeting"] = "meeting"


class StockCountsTile(TileBase):
    """Stock counts with what they found, each to be approved."""

    kind: Literal["stock_counts"] = "stock_counts"


class TagsTile(TileBase):
    """The rules of tags with their sizes, and a form for them."""

    kind: Literal["tags"] = "tags"


class ReportScheduleTile(TileBase):
    """Which reports are told by themselves, when and to whom; and one to send now."""

    kind: Literal["report_schedule"] = "report_schedule"


Tile = Annotated[
    SentenceTile
    | KpisTile
    | LineTile
    | BarTile
    | HeatmapTile
    | QuadrantsTile
    | TableTile
    | FindingsTile
    | DoorsTile
    | UploadTile
    | MapperTile
    | SavedMapsTile
    | BatchesTile
    | QuarantineTile
    | QualityTile
    | JobsTile
    | MetricCardTile
    | UploadsNextTile
    | LinksTile
    | CalculatorsTile
    | PurchasesTile
    | CostTableTile
    | StatementTile
    | WaterfallTile
    | SankeyTile
    | FunnelTile
    | BudgetTile
    | TreeTile
    | AlertsTile
    | AlertTile
    | AlertRulesTile
    | PinsTile
    | OwnMetricsTile
    | AudiencesTile
    | MergesTile
    | MeetingTile
    | StockCountsTile
    | TagsTile
    | ReportScheduleTile,
    Field(discriminator="kind"),
]
"""Any tile; its ``kind`` says which."""


class Row(_Spec):
    """Tiles side by side; their spans add up to at most 24."""

    tiles: tuple[Tile, ...]
    height: Literal["s", "m", "l"] | None = None


class PageOption(_Spec):
    """One value of a page's own choice."""

    value: str
    label: Text


class PageChoice(_Spec):
    """A choice that only this page has, kept in the address beside the filters; the first option is the default."""

    key: Literal["by", "basis"]
    label: Text
    options: tuple[PageOption, ...]


class PageExport(_Spec):
    """A file that the page offers; the filters and choices of the page are appended to `source`."""

    id: str
    label: Text
    source: str


class PageStart(_Spec):
    """The days and the comparison that a page opens with, where its address names none."""

    dates: Literal["yesterday", "last7", "last30", "this_month"]
    compare: Literal["previous", "year"] = "previous"


class PageSpec(_Spec):
    """One page of the workbench.

    Attributes
    ----------
    tab : Text, optional
        Its name in the strip that joins the pages of its room; a page without one is in no strip.
    strips : dict of str to Text
        Other rooms in whose strips it stands as well, and its name there.
    start : PageStart, optional
        What it opens with; without it, all days and no comparison.
    choices : tuple of PageChoice
        What else can be chosen beside the filters.
    exports : tuple of PageExport
        Files to take away.

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
    tab: Text | None = None
    strips: dict[str, Text] = {}
    start: PageStart | None = None
    choices: tuple[PageChoice, ...] = ()
    exports: tuple[PageExport, ...] = ()

    def tiles(self) -> Iterator[TileBase]:
        """Yield the tiles in reading order."""
        for row in self.rows:
            yield from row.tiles
