"""The built front end: its files, and its start page for every other address."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, PlainTextResponse, Response

from zhanggui.app.problems import NotFoundError

router = APIRouter(include_in_schema=False)

START_PAGE = "index.html"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
MISSING = """\
The pages of the workbench are not built.
  where: the folder web/ of the package
  next:  from a checkout run `make web`; an installed wheel carries them
"""


@cache
def web_folder() -> Path:
    """Return the folder of the built front end."""
    return Path(str(files("zhanggui"))) / "web"


@router.get("/api/{rest:path}")
def unknown_route(rest: str) -> Response:
    """Answer an unknown address of the API with an error, not with a page."""
    raise NotFoundError("There is no such address.", where=f"/api/{rest}")


@router.get("/{path:path}")
def page_or_file(path: str) -> Response:
    """Return a built file, else the start page, which finds its way by the address."""
    folder = web_folder()
    found = (folder / path).resolve()
    if path and found.is_relative_to(folder.resolve()) and found.is_file() and not found.name.startswith("."):
        # Names under assets/ carry a digest of their content.
        return FileResponse(found, headers=FOR_EVER if path.startswith("assets/") else None)
    start = folder / START_PAGE
    if not start.is_file():
        return PlainTextResponse(MISSING, status_code=503)
    return FileResponse(start, headers={"Cache-Control": "no-store"})
