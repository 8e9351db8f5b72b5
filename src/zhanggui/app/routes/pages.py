"""``/pages``: the page specs that the front end renders."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from zhanggui.app.problems import NotFoundError
from zhanggui.pagespec import PageSpec
from zhanggui.rooms import PAGES

router = APIRouter(prefix="/pages", tags=["workbench"])


class PagesAnswer(BaseModel):
    """Every page of the workbench."""

    pages: tuple[PageSpec, ...]


@router.get("")
def pages() -> PagesAnswer:
    """Return every page."""
    return PagesAnswer(pages=PAGES)


@router.get("/{page_id}")
def page(page_id: str) -> PageSpec:
    """Return one page."""
    for spec in PAGES:
        if spec.id == page_id:
            return spec
    raise NotFoundError(f"There is no page {page_id!r}.", where="pages")
