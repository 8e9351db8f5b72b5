"""The shape of what answers a tile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from zhanggui.i18n import Text
from zhanggui.pagespec.words import Evidence, Number, Unit


class Doubt(BaseModel):
    """A check of data quality that a source of the numbers failed: what it found, what is at stake, what to do."""

    check: str
    label: Text
    text: Text
    next: Text
    n: int
    money: Number = None
    currency: str | None = None
    href: str


@dataclass(frozen=True, slots=True)
class AllClear(Text):
    """What stands in place of rows where none is no lack: there is nothing to be done, and no file is missing."""


class TileAnswer(BaseModel):
    """What the data of any tile may say besides its own fields.

    Attributes
    ----------
    empty : Text or None
        What stands in place of content; `AllClear` where nothing is to be done.
    doubts : tuple of Doubt or None
        Failed checks of the sources behind the tile. None, before the answer is sent: those of all that was asked.
    is_all_clear : bool
        Whether there is no content because all is well; follows from `empty`.
    """

    model_config = ConfigDict(extra="forbid")

    warnings: tuple[Text, ...] = ()
    partial: Text | None = None
    empty: Text | None = None
    doubts: tuple[Doubt, ...] | None = None
    is_all_clear: bool = False

    @model_validator(mode="after")
    def _is_told_when_all_is_well(self) -> Self:
        self.is_all_clear = self.is_all_clear or isinstance(self.empty, AllClear)
        return self


class SentenceData(TileAnswer):
    """Data of a sentence."""

    text: Text


class KpiItem(BaseModel):
    """One figure: its value, how it moved, and whether moving up is good.

    Attributes
    ----------
    target : float or None
        What the figure should be over the days looked at.
    goal : float or None
        What was entered for it: of a rate its level, of an amount or a count what a day should bring.
    n_alerts : int
        Alerts about it that wait for somebody; `alerts_href` opens them.
    rows_href : str or None
        The rows that it is computed from.
    is_pinned : bool or None
        Whether the shop has put it on the cockpit; None where that cannot be chosen.
    """

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
    doubts: tuple[Doubt, ...] = ()
    target: Number = None
    goal: Number = None
    n_alerts: int = 0
    alerts_href: str | None = None
    rows_href: str | None = None
    is_pinned: bool | None = None


class KpisData(TileAnswer):
    """Data of a row of figures."""

    items: tuple[KpiItem, ...]
    currency: str | None = None


class PinChoice(BaseModel):
    """A metric that can be chosen."""

    name: str
    label: Text


class PinsData(KpisData):
    """Data of the figures that the shop has chosen, and which others it can choose."""

    choices: tuple[PinChoice, ...] = ()


class Series(BaseModel):
    """One series of a chart; of values that are estimates, `low` and `high` bound each."""

    name: Text
    values: tuple[Number, ...]
    low: tuple[Number, ...] = ()
    high: tuple[Number, ...] = ()
    role: Literal["current", "compare", "other"] = "current"


class Mark(BaseModel):
    """A named day on a time axis."""

    x: str
    name: Text


class ChartData(TileAnswer):
    """Data of a line or bar chart; the bars of a stacked one stand on each other.

    Attributes
    ----------
    title : Text or None
        What the chart shows, where that follows from the data; None: what the tile says.
    """

    title: Text | None = None
    unit: Unit
    currency: str | None = None
    x: tuple[str | Text, ...]
    x_kind: Literal["date", "category"]
    series: tuple[Series, ...]
    href: tuple[str | None, ...] | None = None
    marks: tuple[Mark, ...] = ()
    is_stacked: bool = False


class TreeNode(BaseModel):
    """A metric in a tree: how it enters the one above it, its figure, and what it did to that one's change."""

    metric: str
    label: Text
    depth: int
    operator: Literal["", "×", "÷", "+", "−"]
    unit: Unit
    value: Number = None
    change: Number = None
    change_kind: Literal["ratio", "pp", "none"] = "none"
    good: Literal["up", "down", "none"] = "none"
    effect: Number = None
    effect_unit: Unit
    target: Number = None
    owner: Text
    evidence: Evidence = "counted"
    href: str | None = None


class TreeData(TileAnswer):
    """Data of a tree, each metric before its parts."""

    nodes: tuple[TreeNode, ...]
    currency: str | None = None


class HeatmapData(TileAnswer):
    """Data of a matrix."""

    unit: Unit
    currency: str | None = None
    rows: tuple[Text, ...]
    cols: tuple[Text, ...]
    values: tuple[tuple[Number, ...], ...]
    max: Number = None


class ColumnSpec(BaseModel):
    """One column of a table; `evidence` says how its numbers are known where they are not plain counting."""

    key: str
    label: Text
    unit: Unit = "text"
    align: Literal["left", "right", "center"] | None = None
    sortable: bool = False
    evidence: Evidence = "counted"
    help: Text | None = None


class TableData(TileAnswer):
    """Data of a table; a row's ``_href`` is where it opens, its ``_tone`` colours what stands under ``status``."""

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


class FindingsData(TileAnswer):
    """Data of a list of findings."""

    items: tuple[Finding, ...]


class SourceState(BaseModel):
    """One source of a number: what it is, how far it reaches, when it was loaded last, and how its checks stand."""

    table: str
    label: Text
    stores: tuple[str, ...] = ()
    loaded_at: str | None = None
    until: str | None = None
    status: Literal["ok", "warning", "failed", "unchecked"] = "unchecked"
    n_checks: int = 0
    findings: tuple[Text, ...] = ()


class MetricCardData(TileAnswer):
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
    sources: tuple[SourceState, ...] = ()


class NextUpload(BaseModel):
    """One file worth uploading next: what it is, where the platform keeps it, and what it makes known."""

    title: Text
    platform: Text | None = None
    menu: Text
    gives: Text
    href: str | None = None


class UploadsNextData(TileAnswer):
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


class CostTableData(TileAnswer):
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


class DoorsData(TileAnswer):
    """Data of the doors of an empty shop."""

    items: tuple[Door, ...]
