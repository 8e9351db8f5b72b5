"""Maps that were kept, and files that wait for one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from zhanggui.collect.connectors.template.formats import label_of
from zhanggui.collect.loading.load import forget_raw
from zhanggui.collect.loading.recognise import check_map
from zhanggui.collect.mapping.document import toml_of
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import SavedMap
from zhanggui.ledger.shop import Shop
from zhanggui.understand.data.mapper.answers import SavedMapList, SavedMapView, WaitingList
from zhanggui.understand.data.mapper.reading import MappedFile, waiting_view

_NO_MAPS = Text("还没有保存的列对应", "No map has been saved yet")
_NO_FILES = Text("没有等待对应的文件", "No file waits for a map")


def save_map(shop: Shop, file: MappedFile, document: dict[str, Any], name: str) -> SavedMap:
    """Keep a map for files with the header of this one.

    Raises
    ------
    MapError, MapDoesNotFitError
        The map cannot be used, or is not for this file.
    MapNameTakenError, MapNameEmptyError
    """
    layout = layout_from(document, file=name or "map", name=name)
    check_map(layout, file.table.header, file.name)
    return shop.maps.save(name, shapes=file.shapes, header=file.table.header, document=document)


def saved_maps(shop: Shop) -> SavedMapList:
    """Return the saved maps by name."""
    maps = tuple(map(map_view, shop.maps.list_maps()))
    return SavedMapList(maps=maps, can_undo=shop.maps.can_undo(), empty=None if maps else _NO_MAPS)


def map_view(saved: SavedMap) -> SavedMapView:
    """Return a saved map as it is shown."""
    table = str(saved.document["table"])
    saved_at = datetime.fromtimestamp(saved.saved_at, UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return SavedMapView(
        name=saved.name,
        table=table,
        table_label=label_of(table),
        header=saved.header,
        n_columns=len(saved.document.get("columns", {})),
        saved_at=f"{saved_at}Z",
        toml=toml_of(dict(saved.document)),
    )


def waiting_files(shop: Shop) -> WaitingList:
    """Return the files that wait for a map, the last first."""
    files = tuple(map(waiting_view, shop.waiting.list_files()))
    return WaitingList(files=files, empty=None if files else _NO_FILES)


def put_away(shop: Shop, file_id: int) -> None:
    """Let a file wait no longer; its bytes go where no import uses them.

    Raises
    ------
    UnknownWaitingFileError
    """
    waiting = shop.waiting.get(file_id)
    shop.waiting.remove(file_id)
    forget_raw(shop, waiting.raw_id)
