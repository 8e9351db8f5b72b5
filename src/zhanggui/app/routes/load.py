"""``/load``: files into the ledger, as background work."""

from __future__ import annotations

import hmac
import shutil
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, SecretStr
from starlette.concurrency import run_in_threadpool

from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.problems import RequestError
from zhanggui.app.uploads import Received, receive
from zhanggui.app.work import LOAD, PASSWORDS
from zhanggui.app.workbench import Bench, Workbench

router = APIRouter(tags=["data"])

MAP_NAME = "upload"


class JobStarted(BaseModel):
    """Number of the job that does the work."""

    job_id: int


class LoadPaths(BaseModel):
    """Files of this machine to load, as the terminal names them."""

    paths: list[str] = Field(min_length=1)
    store: str | None = None
    map: str | None = None
    extracted_at: datetime | None = None
    dry_run: bool = False
    passwords: list[SecretStr] = Field(default=[], description="Tried on files that are locked; never stored.")


class NotOwnerError(RequestError):
    """Only the command line of the shop's owner may name files of the machine."""

    code = "not_owner"

    def __init__(self) -> None:
        super().__init__(
            "A browser may not name files of this machine.",
            where="/api/v1/load/paths",
            next_step="upload the files instead",
        )


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
                        "store": {"type": "string"},
                        "map": {"type": "string", "description": "Text of a column map (TOML)."},
                        "extracted_at": {"type": "string", "format": "date-time"},
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


@router.post("/load", openapi_extra=_FORM, status_code=202)
async def load(request: Request, bench: Bench) -> JobStarted:
    """Take uploaded files and load them in the background."""
    limit = bench.shop.settings.limits.max_file_mb << 20
    received = await receive(request, bench.shop.tmp, max_file_bytes=limit)
    return await run_in_threadpool(_queue_upload, bench, received)


@router.post("/load/paths", status_code=202)
def load_paths(request: Request, bench: Bench, asked: LoadPaths) -> JobStarted:
    """Load files of this machine in the background; for the command line of the shop's owner."""
    if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), bench.owner_token.encode()):
        raise NotOwnerError
    payload = asked.model_dump(mode="json", exclude={"passwords"})
    payload["extracted_at"] = _utc(asked.extracted_at)
    payload[PASSWORDS] = bench.passwords.keep([password.get_secret_value() for password in asked.passwords])
    return JobStarted(job_id=bench.queue.enqueue(LOAD, payload).job_id)


def _queue_upload(bench: Workbench, received: Received) -> JobStarted:
    fields = received.fields
    try:
        if not received.files:
            raise RequestError("The upload holds no file.", where="files", next_step="choose at least one file")
        payload: dict[str, object] = {
            "paths": [str(path) for path in received.files],
            "folder": str(received.folder),
            "store": fields.get("store") or None,
            "map": _map_file(received),
            "extracted_at": _utc(_moment(fields.get("extracted_at"))),
            PASSWORDS: bench.passwords.keep([password] if (password := fields.get("password")) else []),
        }
        return JobStarted(job_id=bench.queue.enqueue(LOAD, payload).job_id)
    except BaseException:
        shutil.rmtree(received.folder, ignore_errors=True)
        raise


def _map_file(received: Received) -> str | None:
    text = received.fields.get("map")
    if not text:
        return None
    name = next((path.stem for path in received.files), MAP_NAME)
    path: Path = received.folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise RequestError(
            f"{text!r} is no time.", where="extracted_at", next_step="write it as 2026-09-30T09:00"
        ) from None


def _utc(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() if moment.tzinfo else moment.isoformat()
