"""``/events``: progress of background work, pushed to open pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from zhanggui.app.routes.jobs import job_answer
from zhanggui.app.workbench import Bench, Workbench
from zhanggui.ledger.jobs import Job

router = APIRouter(tags=["data"])

KEEP_ALIVE_SECONDS = 15.0
MOST_WAITING = 200


@router.get("/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def events(request: Request, bench: Bench) -> StreamingResponse:
    """Stream each change of a job as ``event: job`` with the job as data."""
    return StreamingResponse(_stream(request, bench), media_type="text/event-stream")


async def _stream(request: Request, bench: Workbench) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)

    def put(text: str) -> None:
        # A page that does not read misses steps of progress; it asks for the state when it wakes.
        if not waiting.full():
            waiting.put_nowait(text)

    def on_change(job: Job) -> None:
        text = job_answer(job).model_dump_json()
        loop.call_soon_threadsafe(put, f"event: job\ndata: {text}\n\n")

    stop = bench.queue.listen(on_change)
    try:
        yield ": connected\n\n"
        while not await request.is_disconnected():
            try:
                yield await asyncio.wait_for(waiting.get(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        stop()
