"""A click from both sides: live in the workbench, in the funnel, as a leak, a path and a journey (C-SCENE)."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserType, Locator, Page, Response, expect
from tests.collect.loading.shops import csv, layout, till_at
from tests.e2e.served import tab
from tests.serving import served_here

from zhanggui.collect.events.keys import WriteKeys

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRESH_SECONDS = 90
TODAY = datetime.now(UTC).date()
DAYS = f"from={TODAY - timedelta(days=2)}&to={TODAY + timedelta(days=2)}"
# What a browser without a window calls itself is marked as a machine, and machines are no visitors.
PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
ITEM = """<!doctype html><title>Knit</title><h1>Knit</h1>
<script async src="{collector}/zg.js" data-key="{key}" onload='zg.track("product_view", {fields})'></script>
<button data-zg="add_to_cart" data-zg-fields='{fields}'>Add</button> <a href="/pay">Pay</a>"""
PAY = """<!doctype html><title>Pay</title>
<script async src="{collector}/zg.js" data-key="{key}"></script>
<form onsubmit="var o = this.order.value;
  zg.track('order_created', {{order_id: o}}); zg.track('purchase', {{order_id: o, value: 99, currency: 'CNY'}});
  this.order.disabled = true; return false"><input name="order" aria-label="Order"><button>Buy</button></form>"""
FIELDS = '{"items": [{"product_id": "knit", "quantity": 1}]}'


@dataclass(frozen=True)
class Scene:
    """A workbench that collects, and a site whose pages carry the snippet."""

    workbench: str
    site: str


@contextmanager
def site_of(collector: str, key: str) -> Iterator[str]:
    """Serve a shop site of two pages."""
    pages = {"/item": ITEM, "/pay": PAY}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if page:
                self.wfile.write(page.format(collector=collector, key=key, fields=FIELDS).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A shop with one order and one write key."""
    directory = tmp_path_factory.mktemp("scene")
    with till_at(directory) as till:
        till.taken(
            "orders.csv",
            csv(("order", "paid", "amount", "product", "units"), ("1", "2026-04-01 10:00:00", "99.00", "knit", "1")),
            layout=layout("order_lines", {"order_id": "order", "created_at": "paid", "paid_at": "paid",
                                          "paid_amount": "amount", "product_id": "product", "quantity": "units"}),
        )  # fmt: skip
    _, secret = WriteKeys(directory / "shop").add("site", store="商城", per_second=1_000)
    with served_here(directory / "shop") as workbench, site_of(workbench, secret) as site:
        yield Scene(workbench, site)


@pytest.fixture(scope="module")
def people(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """The browser of visitors: beacons of a page that is left say the name of the whole browser, not of one tab."""
    arguments = [*browser_type_launch_args["args"], f"--user-agent={PERSON}"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield browser
    browser.close()


@contextmanager
def visitor(people: Browser) -> Iterator[Page]:
    """A person with a device of his own."""
    context = people.new_context()
    try:
        yield context.new_page()
    finally:
        context.close()


def took(answer: Response, event: str) -> bool:
    """Return whether this is the collector's word that it holds an event; what is sent together varies."""
    return "/collect" in answer.url and answer.ok and event in (answer.request.post_data or "")


def buys(page: Page, scene: Scene, order: str) -> None:
    """From the page of the item, which is open, to a paid order; return once the ledger knows of it."""
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Pay").click()
    page.get_by_label("Order").fill(order)
    with page.expect_response(lambda answer: took(answer, "purchase")):
        page.get_by_role("button", name="Buy").click()
    deadline = time.monotonic() + FRESH_SECONDS
    while True:
        try:
            urlopen(f"{scene.workbench}/api/v1/traffic/journey?order={order}").close()
        except HTTPError:
            assert time.monotonic() < deadline, "the order did not come into the ledger"
            time.sleep(0.2)
        else:
            return


def comes(page: Page, row: Locator) -> None:
    """Open the page again until a row is there: visits are made within seconds of the last event, a page reads once."""
    deadline = time.monotonic() + FRESH_SECONDS
    page.wait_for_load_state("networkidle")
    while not row.count():
        assert time.monotonic() < deadline, "the row did not come"
        page.wait_for_timeout(500)
        page.reload()
        page.wait_for_load_state("networkidle")


def test_a_visit_is_seen_live_then_in_the_funnel_as_a_leak_a_path_and_a_journey(
    browser: Browser, people: Browser, scene: Scene
) -> None:
    with visitor(people) as leaver, leaver.expect_response(lambda answer: took(answer, "product_view")):
        leaver.goto(f"{scene.site}/item")
    with visitor(people) as buyer:
        buyer.goto(f"{scene.site}/item")
        buys(buyer, scene, "walk-1")

    with tab(browser, scene.workbench, lang="en") as (page, _):
        page.goto(f"{scene.workbench}/traffic/live")
        latest = page.get_by_role("region", name="Just in", exact=True)
        expect(latest.get_by_role("row").filter(has_text="purchase").first).to_be_visible()

        page.goto(f"{scene.workbench}/traffic?{DAYS}")
        stages = page.get_by_role("region", name=re.compile("^Five stages"))
        stages.get_by_role("button", name="Add to cart").click()
        expect(page).to_have_url(re.compile("/traffic/leak/2"))
        lost = page.get_by_role("region", name="The latest 50", exact=True)
        comes(page, lost.get_by_role("row").filter(has_text="#"))
        expect(lost.get_by_role("row").filter(has_text="#")).to_have_count(1)

        page.goto(f"{scene.workbench}/traffic/paths?{DAYS}")
        places = page.get_by_role("region", name=re.compile("^Places"))
        places.get_by_role("link").first.click()
        expect(page).to_have_url(re.compile("/traffic/path/"))
        expect(page.get_by_role("region", name="Where visits went next", exact=True)).to_be_visible()

        page.goto(f"{scene.workbench}/traffic/journey?{DAYS}")
        page.get_by_role("link", name=re.compile("walk-1")).or_(page.get_by_text("walk-1")).first.click()
        expect(page).to_have_url(re.compile("/traffic/journey/walk-1"))
        done = page.get_by_role("region", name=re.compile("^Everything done"))
        expect(done.get_by_role("row").filter(has_text="knit").first).to_be_visible()


def test_a_link_is_built_clicked_and_bought_through_and_the_order_tells_its_channel(
    browser: Browser, people: Browser, scene: Scene
) -> None:
    with tab(browser, scene.workbench, lang="en") as (page, _):
        page.goto(f"{scene.workbench}/traffic/links")
        form = page.get_by_role("form", name="Build link")
        form.get_by_label("Page").fill(f"{scene.site}/item")
        form.get_by_label("Campaign").fill("autumn")
        form.get_by_role("button", name="Build link").click()
        short = page.locator("a[href*='/l/']").first
        expect(short).to_be_visible()
        address = short.get_attribute("href") or ""

        with visitor(people) as buyer:
            buyer.goto(address if address.startswith("http") else scene.workbench + address)
            expect(buyer).to_have_url(re.compile("/item.*utm_campaign=autumn"))
            buys(buyer, scene, "link-1")

        page.goto(f"{scene.workbench}/traffic/journey/link-1")
        visits = page.get_by_role("region", name="Every visit before the order", exact=True)
        comes(page, visits.get_by_role("row").filter(has_text="ordered"))
        expect(visits.get_by_role("row").filter(has_text="autumn")).to_contain_text("ordered")
        page.goto(f"{scene.workbench}/traffic/links")
        expect(page.get_by_text(re.compile("Clicks 1"))).to_be_visible()
