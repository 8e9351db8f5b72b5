"""``/traffic/links`` and ``/traffic/calculators``, and the short links themselves."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.collect.events.agents import agent_of
from zhanggui.ledger.jobs.link_book import LinkBook
from zhanggui.ledger.sessions import session_rules
from zhanggui.understand.traffic.calculators import Calculated, CalculatorsAnswer, calculated_of_pairs, calculators
from zhanggui.understand.traffic.link_answers import LinkRow, LinksAnswer, link_row, links_answer
from zhanggui.understand.traffic.links import SHORT_PATH, LinkWish, add_link, qr_png, qr_svg

router = APIRouter(prefix="/traffic", tags=["traffic"])
short = APIRouter(include_in_schema=False)


class WantedLink(BaseModel):
    """What a link is for; at most one of creative, note, live and group."""

    target: str = Field(max_length=2000)
    channel: str
    source: str = ""
    campaign: str = ""
    ad_group: str = ""
    creative: str = ""
    note: str = ""
    live: str = ""
    group: str = ""
    click_id: str = ""
    code: str = ""
    remark: str = ""


class RemovedLink(BaseModel):
    """The code of a link that leads nowhere any more."""

    code: str


@router.get("/links")
def links(bench: Bench) -> LinksAnswer:
    """Return every tracking link with its clicks, newest first."""
    return links_answer(bench.desk)


@router.post("/links")
def add(bench: Bench, wanted: WantedLink) -> LinkRow:
    """Build a link and keep it."""
    shop = bench.desk.shop
    rules = session_rules(shop.settings, shop.dir)
    made = add_link(LinkBook(shop.state), rules, LinkWish(**wanted.model_dump()), time.time())
    return link_row(bench.desk, made)


@router.post("/links/{code}/remove")
def remove(bench: Bench, code: str) -> RemovedLink:
    """Let a link lead nowhere from now on; its clicks stay."""
    LinkBook(bench.desk.shop.state).remove(code, time.time())
    return RemovedLink(code=code)


@router.get("/links/{code}/qr.svg", response_class=Response)
def svg(bench: Bench, code: str) -> Response:
    """Return the QR image of a link's address as SVG."""
    return Response(qr_svg(LinkBook(bench.desk.shop.state).get(code).address), media_type="image/svg+xml")


@router.get("/links/{code}/qr.png", response_class=Response)
def png(bench: Bench, code: str) -> Response:
    """Return the QR image of a link's address as PNG."""
    return Response(qr_png(LinkBook(bench.desk.shop.state).get(code).address), media_type="image/png")


@router.get("/calculators")
def all_calculators() -> CalculatorsAnswer:
    """Return what there is to calculate, with the numbers that each asks for."""
    return calculators()


@router.get("/calculators/{name}")
def calculator(request: Request, name: str) -> Calculated:
    """Return what a calculator answers: roi, health, saving, growth or visitor, with its numbers as words."""
    return calculated_of_pairs(name, request.query_params.multi_items())


@short.get(f"{SHORT_PATH}{{code}}")
def follow(request: Request, bench: Bench, code: str) -> RedirectResponse:
    """Write the click down and lead on; no address of anybody is kept."""
    book = LinkBook(bench.desk.shop.state)
    link = book.get(code)
    _kind, _app, bot = agent_of(request.headers.get("user-agent", ""))
    host = urlsplit(request.headers.get("referer", "")).hostname or ""
    book.clicked(code, time.time(), is_bot=bot is not None, referrer_host=host[:200])
    return RedirectResponse(link.address, status_code=302)
