"""Tags and audiences are brought up to date every night: days pass even where no file comes."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import AudienceBook, JsonObject, TagBook
from zhanggui.understand.customers.audiences.keeping import refresh
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.tags.answers import build
from zhanggui.understand.desk import Desk

PEOPLE = "people"
"""Kind of this work, and name of its schedule."""

DAILY_AT = "04:10"


def refresh_people(desk: Desk) -> JsonObject:
    """Build the tags and refresh the audiences; return their sizes, and which could not be computed and why."""
    state = desk.shop.state
    if not TagBook(state).documents() and not AudienceBook(state).list_audiences():
        return {"tags": {}, "audiences": {}, "failed": {}}
    try:
        tags = build(desk).sizes
    except ThinDataError as error:
        return {"tags": {}, "audiences": {}, "failed": {"": error.said.en}}
    failed: dict[str, str] = {}
    sizes: dict[str, int] = {}
    book = AudienceBook(state)
    for held in book.list_audiences():
        try:
            refresh(desk, held.name)
            sizes[held.name] = book.get(held.name).n_members
        except ZhangguiError as error:
            # One audience that names what is gone leaves the others to be refreshed.
            failed[held.name] = error.what
    return {"tags": dict(tags), "audiences": sizes, "failed": failed}
