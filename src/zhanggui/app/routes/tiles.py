"""``/tiles``, ``/rows`` and ``/source``: the data of every tile, and the way down to a cell of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request

from zhanggui.app.problems import NotFoundError
from zhanggui.app.workbench import Bench, Workbench
from zhanggui.pagespec import (
    BudgetData,
    ChartData,
    CostTableData,
    DoorsData,
    FindingsData,
    FunnelData,
    HeatmapData,
    KpisData,
    MetricCardData,
    PinsData,
    PurchasesData,
    QuadrantsData,
    SankeyData,
    SentenceData,
    StatementData,
    StockCountsData,
    TableData,
    TileAnswer,
    TreeData,
    UploadsNextData,
    WaterfallData,
)
from zhanggui.rooms import TILES
from zhanggui.understand.data.source import SourceView, source_view
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.doubts import noting
from zhanggui.understand.overview.pages import METRIC_TILES
from zhanggui.understand.overview.rows import source_rows
from zhanggui.understand.view import View, view_from_pairs

router = APIRouter(tags=["workbench"])

Data = TypeVar("Data", bound=TileAnswer)

AnyData = (
    SentenceData
    | PinsData
    | KpisData
    | ChartData
    | HeatmapData
    | QuadrantsData
    | TableData
    | FindingsData
    | MetricCardData
    | UploadsNextData
    | PurchasesData
    | StockCountsData
    | CostTableData
    | DoorsData
    | StatementData
    | WaterfallData
    | BudgetData
    | TreeData
    | SankeyData
    | FunnelData
)


@router.get("/tiles/metric/{name}/{tile}")
def metric_tile(request: Request, bench: Bench, name: str, tile: str) -> AnyData:
    """Return the data of a tile of a metric's page, under the filters of the query string."""
    return _data(request, bench, METRIC_TILES.get(tile), name=name)


@router.get("/tiles/segment/{name}/{tile}")
def segment_tile(request: Request, bench: Bench, name: str, tile: str) -> AnyData:
    """Return the data of a tile of a segment's page, under the filters of the query string."""
    return _data(request, bench, TILES.get(f"segment/{tile}"), name=name)


@router.get("/tiles/{page}/{name}/{tile}")
def named_tile(request: Request, bench: Bench, page: str, name: str, tile: str) -> AnyData:
    """Return the data of a tile of a page that is about one thing, under the filters of the query string."""
    return _data(request, bench, TILES.get(f"{page}/{tile}"), name=name)


@router.get("/tiles/person/{name}/{tile}")
def person_tile(request: Request, bench: Bench, name: str, tile: str) -> AnyData:
    """Return the data of a tile of a customer's page."""
    return _data(request, bench, TILES.get(f"person/{tile}"), name=name)


@router.get("/tiles/product/{name}/{tile}")
def product_tile(request: Request, bench: Bench, name: str, tile: str) -> AnyData:
    """Return the data of a tile of a product's page, under the filters of the query string."""
    return _data(request, bench, TILES.get(f"product/{tile}"), name=name)


@router.get("/tiles/{page}/{tile}")
def page_tile(request: Request, bench: Bench, page: str, tile: str) -> AnyData:
    """Return the data of a tile, under the filters of the query string."""
    return _data(request, bench, TILES.get(f"{page}/{tile}"))


@router.get("/rows")
def rows(request: Request, bench: Bench, metric: str) -> TableData:
    """Return a page of the rows that stand behind a metric; each names its file and row."""
    return _marked(source_rows, bench, view_from_pairs(request.query_params.multi_items(), name=metric))


@router.get("/source/{batch_id}/{row_no}")
def source(bench: Bench, batch_id: int, row_no: int) -> SourceView:
    """Return one row of a source file as it came, personal cells masked."""
    return source_view(bench.desk, batch_id, row_no)


def _data(request: Request, bench: Workbench, tile: TileData | None, *, name: str = "") -> AnyData:
    if tile is None:
        raise NotFoundError("There is no such tile.", where=request.url.path)
    found = _marked(tile, bench, view_from_pairs(request.query_params.multi_items(), name=name))
    assert isinstance(found, AnyData)
    return found


def _marked(tile: Callable[[Desk, View], Data], bench: Workbench, view: View) -> Data:
    """Return a tile's data with the failed checks of everything it asked, unless it says them itself."""
    with noting() as doubts:
        found = tile(bench.desk, view)
    return found if found.doubts is not None else found.model_copy(update={"doubts": tuple(doubts.values())})
