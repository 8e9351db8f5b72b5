"""``/mapping``: files that wait for a map, what a map makes of them, and the maps that were kept."""

from __future__ import annotations

import shutil
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from zhanggui.app.problems import RequestError
from zhanggui.app.routes.load import JobStarted
from zhanggui.app.uploads import Received, receive
from zhanggui.app.work import LOAD
from zhanggui.app.workbench import Bench, Workbench
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading.unlocking import unlocked
from zhanggui.understand.data.mapper import (
    Reading,
    map_view,
    mapping_of,
    opened_waiting,
    put_away,
    save_map,
    saved_maps,
    tried,
    waiting_files,
)
from zhanggui.understand.data.mapper.answers import (
    MappingView,
    PreviewView,
    SavedMapList,
    SavedMapView,
    WaitingList,
    WaitingView,
)
from zhanggui.understand.data.mapper.reading import waiting_view

router = APIRouter(prefix="/mapping", tags=["data"])


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReadAs(_Asked):
    """How to read a file, and what its map starts from; what is absent is found out."""

    encoding: str | None = None
    delimiter: str | None = Field(default=None, max_length=1)
    header_row: int | None = Field(default=None, ge=1, le=10_000)
    source_table: str | None = Field(default=None, description="Sheet or member, where the file has several tables.")
    start: str | None = None
    table: str | None = Field(default=None, description="Table to fill, where it is not the start's.")

    def reading(self) -> Reading:
        """Return how to read the file."""
        return Reading(self.encoding, self.delimiter, self.header_row, None, self.source_table)


class TryMap(_Asked):
    """A map to look through."""

    document: dict[str, Any]
    source_table: str | None = None
    whole: bool = Field(default=False, description="Look at every row, not only at the first.")


class LoadMapped(_Asked):
    """A map to load a waiting file with; with a name it is kept for the next file of this header."""

    document: dict[str, Any]
    source_table: str | None = None
    name: str | None = None
    store: str | None = None


class NewName(_Asked):
    """Another name for a saved map."""

    name: str


class PutAway(BaseModel):
    """The number of the file that waits no longer."""

    file_id: int


_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "password": {
                            "type": "string",
                            "format": "password",
                            "description": "Of the file, where it is locked; never stored.",
                        },
                    },
                }
            }
        },
    }
}


@router.get("")
def waiting(bench: Bench) -> WaitingList:
    """Return the files that wait for a map, the last first."""
    return waiting_files(bench.shop)


@router.post("/files", openapi_extra=_FORM, status_code=201)
async def put_in(request: Request, bench: Bench) -> WaitingView:
    """Take one file that is to be mapped, whether or not a format knows it."""
    limit = bench.shop.settings.limits.max_file_mb << 20
    received = await receive(request, bench.shop.tmp, max_file_bytes=limit)
    return await run_in_threadpool(_kept, bench, received)


def _kept(bench: Workbench, received: Received) -> WaitingView:
    try:
        if len(received.files) != 1:
            raise RequestError("One file is mapped at a time.", where="files", next_step="choose one file")
        [path] = received.files
        password = received.fields.get("password")
        with path.open("rb") as file:
            stored = bench.shop.raw.put(unlocked(file, path.name, [password] if password else []))
        return waiting_view(bench.shop.waiting.add(stored.raw_id, path.name))
    finally:
        shutil.rmtree(received.folder, ignore_errors=True)


@router.get("/files/{file_id}")
def mapping(bench: Bench, file_id: int) -> MappingView:
    """Return what a waiting file seems to be, and a map to begin with."""
    return mapping_of(bench.looks.beginning(file_id, Reading()))


@router.post("/files/{file_id}/read")
def read(bench: Bench, file_id: int, asked: ReadAs) -> MappingView:
    """Return the same, the file read another way or the map started from something else."""
    return mapping_of(bench.looks.beginning(file_id, asked.reading()), start=asked.start, table=asked.table)


@router.post("/files/{file_id}/preview")
def preview(bench: Bench, file_id: int, asked: TryMap) -> PreviewView:
    """Return what a map makes of a waiting file; nothing is loaded."""
    reading = Reading.of(asked.document, asked.source_table)
    if not asked.whole:
        return tried(bench.looks.beginning(file_id, reading), asked.document, is_whole=False)
    go_on = bench.looks.begin(file_id)
    with opened_waiting(bench.shop, file_id, reading) as file:
        return tried(file, asked.document, is_whole=True, on_rows=go_on)


@router.post("/files/{file_id}/map", status_code=201)
def keep(bench: Bench, file_id: int, asked: LoadMapped) -> SavedMapView:
    """Keep a map for files with the header of this one, and load nothing."""
    return _saved(bench, file_id, asked)


@router.post("/files/{file_id}/load", status_code=202)
def load(bench: Bench, file_id: int, asked: LoadMapped) -> JobStarted:
    """Load a waiting file with a map in the background, keeping the map where it has a name."""
    document = asked.document
    file = bench.looks.beginning(file_id, Reading.of(document, asked.source_table))
    if asked.name:
        saved = _saved(bench, file_id, asked)
        document = dict(bench.shop.maps.get(saved.name).document)
    else:
        layout_from(document, file=file.name, name="map")
    if len(file.tables) > 1 and file.table.sheet is not None:
        # The sheet that was looked at, and no other that the map would fit.
        document = {**document, "options": {**document.get("options", {}), "sheet": file.table.sheet}}
    payload: dict[str, object] = {"waiting": file_id, "map_document": document, "store": asked.store or None}
    bench.looks.forget()
    return JobStarted(job_id=bench.queue.enqueue(LOAD, payload).job_id)


def _saved(bench: Workbench, file_id: int, asked: LoadMapped) -> SavedMapView:
    with opened_waiting(bench.shop, file_id, Reading.of(asked.document, asked.source_table)) as file:
        saved = save_map(bench.shop, file, asked.document, asked.name or "")
    bench.looks.forget()
    return map_view(saved)


@router.post("/files/{file_id}/discard")
def discard(bench: Bench, file_id: int) -> PutAway:
    """Let a file wait no longer."""
    put_away(bench.shop, file_id)
    bench.looks.forget()
    return PutAway(file_id=file_id)


@router.get("/maps")
def maps(bench: Bench) -> SavedMapList:
    """Return the saved maps."""
    return saved_maps(bench.shop)


@router.post("/maps/undo")
def undo(bench: Bench) -> SavedMapList:
    """Take the last change of saved maps back."""
    bench.shop.maps.undo()
    return _changed(bench)


@router.post("/maps/{name}/rename")
def rename(bench: Bench, name: str, asked: NewName) -> SavedMapList:
    """Give a saved map another name."""
    bench.shop.maps.rename(name, asked.name)
    return _changed(bench)


@router.post("/maps/{name}/delete")
def delete(bench: Bench, name: str) -> SavedMapList:
    """Forget a saved map; what it loaded stays."""
    bench.shop.maps.delete(name)
    return _changed(bench)


def _changed(bench: Workbench) -> SavedMapList:
    bench.looks.forget()
    return saved_maps(bench.shop)
