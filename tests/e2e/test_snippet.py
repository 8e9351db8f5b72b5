"""The snippet of a site's pages in a browser, before a collector that is slow to answer (C-COLLECT-07)."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import Page, Route

from zhanggui.collect.events.intake.reception import SNIPPET

pytestmark = [pytest.mark.browser]

SHOP, COLLECTOR = "http://shop.invalid", "http://collector.invalid"
COLLECT = f"{COLLECTOR}/collect?key=zgw_1"
PAGE = f'<!doctype html><script src="{COLLECTOR}/zg.js" data-key="zgw_1" data-page="off"></script>'


@pytest.fixture
def asked(page: Page) -> list[Route]:
    """Open a page with the snippet; what it sends waits here for an answer."""
    waiting: list[Route] = []
    page.route(f"{SHOP}/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.route(f"{COLLECTOR}/zg.js", lambda route: route.fulfill(path=SNIPPET))
    page.route(COLLECT, lambda route: waiting.append(route))  # It writes a name on the handler.
    page.goto(f"{SHOP}/")
    return waiting


def track(page: Page, asked: list[Route], name: str) -> None:
    before = len(asked)
    page.evaluate("name => { zg.track(name); zg.flush() }", name)
    comes(page, asked, before + 1)


def comes(page: Page, asked: list[Route], n_asked: int) -> None:
    deadline = time.monotonic() + 30
    while len(asked) < n_asked:
        assert time.monotonic() < deadline, "nothing was sent"
        page.wait_for_timeout(10)


def answer(page: Page, route: Route, status: int = 200) -> None:
    with page.expect_response(COLLECT):
        route.fulfill(status=status, headers={"Access-Control-Allow-Origin": "*"})


def names(route: Route) -> list[str]:
    return [event["name"] for event in json.loads(route.request.post_data or "")["events"]]


def test_what_happens_while_answers_are_awaited_is_sent_once_they_came(page: Page, asked: list[Route]) -> None:
    track(page, asked, "first")
    track(page, asked, "second")
    page.evaluate("zg.track('third')")
    for route in list(asked):
        answer(page, route)
    comes(page, asked, 3)

    assert [names(route) for route in asked[:2]] == [["first"], ["first", "second"]]
    assert "third" in names(asked[2])


def test_what_happens_at_one_moment_keeps_its_order_in_time(page: Page, asked: list[Route]) -> None:
    page.evaluate("for (const name of ['first', 'second', 'third']) zg.track(name)")
    comes(page, asked, 1)

    body = json.loads(asked[0].request.post_data or "")
    times = [event["at"] for event in body["events"]]
    assert times == sorted(set(times))
    assert times[-1] <= body["sent_at"]


@pytest.mark.parametrize(("status", "is_kept"), [(503, True), (429, True), (400, False), (200, False)])
def test_only_what_may_be_taken_later_is_kept_for_later(
    page: Page, asked: list[Route], status: int, is_kept: bool
) -> None:
    track(page, asked, "only")
    answer(page, asked[0], status)

    page.wait_for_timeout(50)
    assert ("only" in page.evaluate("localStorage.zg_q")) is is_kept
