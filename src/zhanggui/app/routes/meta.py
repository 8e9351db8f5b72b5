"""``/meta``: what the workbench needs before its first page."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from zhanggui import __version__
from zhanggui.app.workbench import Bench, Workbench
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.metrics import DIMENSIONS
from zhanggui.metrics.value_names import PLATFORM_NAMES
from zhanggui.rooms import PAGES, ROOMS
from zhanggui.understand.tour import TOUR

router = APIRouter(tags=["workbench"])

MOST_CHANNELS = 100


class Choice(BaseModel):
    """One value of a filter."""

    value: str
    label: Text


class NavRoom(BaseModel):
    """One entry of the navigation."""

    room: str
    title: Text
    path: str
    icon: str
    has_data: bool
    needs: Text | None


class ShopName(BaseModel):
    """The company."""

    name: str


class TourStop(BaseModel):
    """One stop of the tour of a demo shop; `look_at` names a tile of the page."""

    path: str
    look_at: str | None
    title: Text
    text: Text


class MetaAnswer(BaseModel):
    """Shop, filters, rooms, and the token that changing requests must carry."""

    shop: ShopName
    is_empty: bool
    is_demo: bool
    version: str
    data_from: str | None
    data_to: str | None
    as_of: str | None
    dimensions: dict[str, list[Choice]]
    dimension_labels: dict[str, Text]
    nav: list[NavRoom]
    tour: list[TourStop]
    token: str


@router.get("/meta")
def meta(bench: Bench) -> MetaAnswer:
    """Return what the workbench needs before its first page."""
    span = bench.desk.span()
    first, last = (span.first.isoformat(), span.last.isoformat()) if span else (None, None)
    return MetaAnswer(
        shop=ShopName(name=bench.shop.name),
        is_empty=span is None,
        is_demo=bench.is_demo,
        version=__version__,
        data_from=first,
        data_to=last,
        as_of=last,
        dimensions={"platform": _platforms(bench), "shop": _stores(bench), "channel": _channels(bench)},
        dimension_labels={name: dimension.label for name, dimension in DIMENSIONS.items()},
        nav=_rooms(is_empty=span is None),
        tour=_tour() if bench.is_demo and span is not None else [],
        token=bench.page_token,
    )


def _real_stores(bench: Workbench) -> list[StoreRecord]:
    """Return the stores that sell; what belongs to the company as a whole is no choice of a filter."""
    return [store for store in bench.shop.stores.list_stores() if store.platform != COMPANY]


def _platforms(bench: Workbench) -> list[Choice]:
    names = dict.fromkeys(store.platform for store in _real_stores(bench))
    return [Choice(value=name, label=PLATFORM_NAMES.get(name, Text.same(name))) for name in names]


def _stores(bench: Workbench) -> list[Choice]:
    names = dict.fromkeys(store.name for store in _real_stores(bench))
    return [Choice(value=name, label=Text.same(name)) for name in names]


def _channels(bench: Workbench) -> list[Choice]:
    header = bench.ledger.table("order_header")
    wanted = header.filter(header.channel.notnull()).select("channel").distinct().order_by("channel")
    found = bench.desk.kept("channels", lambda: bench.ledger.query(wanted.limit(MOST_CHANNELS)).to_pylist())
    return [Choice(value=row["channel"], label=Text.same(row["channel"])) for row in found if row["channel"]]


def _tour() -> list[TourStop]:
    return [TourStop(path=stop.path, look_at=stop.look_at, title=stop.title, text=stop.text) for stop in TOUR]


def _rooms(*, is_empty: bool) -> list[NavRoom]:
    paths = {page.path for page in PAGES}
    no_data = Text("需要一份订单报表", "needs an order report")
    rooms = []
    for room in ROOMS:
        has_page = room.path in paths
        has_data = has_page and (room.works_empty or not is_empty)
        needs = None if has_data else room.needs or no_data
        rooms.append(
            NavRoom(room=room.room, title=room.title, path=room.path, icon=room.room, has_data=has_data, needs=needs)
        )
    return rooms
