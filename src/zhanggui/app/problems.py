"""From an error to an answer: one shape for everything that can go wrong."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from zhanggui.errors import ZhangguiError

LOG = logging.getLogger("zhanggui.app")

NOT_FOUND_CODES = frozenset(
    {
        "not_found",
        "unknown_metric",
        "unknown_job",
        "unknown_batch",
        "source_row_missing",
        "unknown_issue",
        "unknown_store",
        "unknown_map",
        "unknown_waiting_file",
        "unknown_alert",
        "unknown_audience",
        "unknown_tag",
        "unknown_rule",
        "unknown_person",
        "unknown_merge",
    }
)
FORBIDDEN_CODES = frozenset({"clear_view_refused"})
CONFLICT_CODES = frozenset(
    {"ledger_busy", "shop_busy", "job_finished", "map_name_taken", "nothing_to_undo", "look_replaced", "alert_resolved"}
)


class ErrorBody(BaseModel):
    """What went wrong, where, and what to do next."""

    code: str
    what: str
    where: str
    next: str


class ErrorAnswer(BaseModel):
    """The body of every answer that is not a success."""

    error: ErrorBody


class NotFoundError(ZhangguiError):
    """The address names something that is not there."""

    code = "not_found"

    def __init__(self, what: str, *, where: str, next_step: str = "go back to the overview") -> None:
        super().__init__(what, where=where, next_step=next_step)


class RequestError(ZhangguiError):
    """A request cannot be understood."""

    code = "bad_request"


def answer_errors(app: FastAPI) -> None:
    """Make `app` answer every error in the one shape."""
    app.add_exception_handler(ZhangguiError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: ZhangguiError) -> int:
    """Return the HTTP status that goes with an error.

    Examples
    --------
    >>> status_of(NotFoundError("There is no such page.", where="/api/v1/pages/x"))
    404
    """
    if error.code in NOT_FOUND_CODES:
        return 404
    if error.code in FORBIDDEN_CODES:
        return 403
    return 409 if error.code in CONFLICT_CODES else 400


def problem(status: int, error: Mapping[str, object]) -> JSONResponse:
    """Return `error` (code, what, where, next) as an answer."""
    return JSONResponse({"error": dict(error)}, status_code=status)


async def _known(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ZhangguiError)
    return JSONResponse(error.to_json(), status_code=status_of(error))


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return problem(
        422,
        {"code": "bad_request", "what": f"{first['msg']}.", "where": place, "next": "correct this part of the request"},
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = "not_found" if error.status_code == 404 else "http_error"
    return problem(
        error.status_code,
        {"code": code, "what": f"{error.detail}.", "where": request.url.path, "next": "check the address"},
    )


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    LOG.error("unexpected error at %s", request.url.path, exc_info=error)
    return problem(
        500,
        {
            "code": "unexpected",
            "what": f"Something went wrong inside the program ({type(error).__name__}).",
            "where": request.url.path,
            "next": "try again; if it stays, report it with the last lines of server.log in the shop directory",
        },
    )
