"""A shop that is served while tests look at it, and a browser tab that notes whatever goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request
from tests.sample_shop.files import write_orders
from tests.sample_shop.goods import GOODS
from tests.sample_shop.sale import Item, Sale

from zhanggui.ledger.shop import Shop

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
START_SECONDS = 180
PATIENCE_MS = 30_000
UNTIL_STILL = """new Promise(still => {
  const look = () => document.getAnimations().some(each => each.playState === 'running')
    ? setTimeout(look, 50) : still();
  look();
})"""
"""Waits inside the page: the policy of its contents forbids to have a condition evaluated there again and again."""
_RUN = "from zhanggui.cli import main; main()"
_EMPTIED: dict[Browser, Page] = {}
"""The tab of each browser that waits to be used again."""


def zhanggui(*arguments: str) -> list[str]:
    """Return the command that runs the command line of this checkout."""
    return [sys.executable, "-c", _RUN, *arguments]


@contextmanager
def served(shop_dir: Path) -> Iterator[str]:
    """Serve a shop in a process of its own; give its address."""
    if not (ROOT / "src/zhanggui/web/index.html").is_file():
        if os.environ.get("ZHANGGUI_REQUIRE_BROWSER") == "1":
            pytest.fail("the front end is not built: run `make web`")
        pytest.skip("the front end is not built: run `make web`")
    command = zhanggui("serve", "--shop", str(shop_dir), "--port", "0", "--no-browser")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        shop = Shop.open(shop_dir)
        deadline = time.monotonic() + START_SECONDS
        while (record := shop.running_server()) is None:
            assert process.poll() is None, "the server ended before it answered"
            assert time.monotonic() < deadline, "the server did not answer in time"
            time.sleep(0.1)
        yield record.url
    finally:
        process.terminate()
        process.wait(20)


@dataclass
class Watch:
    """What a tab did that it should not: requests elsewhere, errors, breaches of the content policy."""

    address: str
    wrong: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        place = urlsplit(request.url)
        if place.scheme in {"http", "https", "ws", "wss"} and f"{place.scheme}://{place.netloc}" != self.address:
            self.wrong.append(f"request to {request.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text}")

    def on_error(self, error: Error) -> None:
        self.wrong.append(f"page error: {error}")

    @contextmanager
    def watching(self, page: Page) -> Iterator[None]:
        """Watch a tab for the length of the block."""
        page.on("request", self.on_request)
        page.on("console", self.on_console)
        page.on("pageerror", self.on_error)
        try:
            yield
        finally:
            page.remove_listener("request", self.on_request)
            page.remove_listener("console", self.on_console)
            page.remove_listener("pageerror", self.on_error)


@contextmanager
def tab(
    browser: Browser, address: str, *, lang: str = "zh", theme: str = "light", width: int = 1440
) -> Iterator[tuple[Page, Watch]]:
    """Open a tab with these settings; when the block ends, nothing may have gone wrong in it.

    Most of what a page costs is the start of its process: a tab in which nothing went wrong is emptied and used again.
    """
    page = _EMPTIED.pop(browser, None) or browser.new_context(reduced_motion="reduce").new_page()
    try:
        page.set_default_timeout(PATIENCE_MS)
        page.set_viewport_size({"width": width, "height": 900})
        _empty(page, address)
        settings = json.dumps({"lang": lang, "theme": theme})
        page.evaluate("settings => localStorage.setItem('zhanggui.settings', settings)", settings)
        watch = Watch(address)
        with watch.watching(page):
            yield page, watch
            assert watch.wrong == [], watch.wrong
        _empty(page, address)
    except BaseException:
        page.context.close()
        raise
    _EMPTIED[browser] = page


def _empty(page: Page, address: str) -> None:
    """Leave whatever is open, and forget what was kept of it."""
    page.goto(f"{address}/favicon.svg")
    page.context.clear_cookies()
    page.evaluate("localStorage.clear(); sessionStorage.clear()")


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2 A and AA once nothing moves any more, one line per rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # Colours on their way from one state to the next are neither.
    page.evaluate(UNTIL_STILL)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(r => r.violations)"
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def orders_with_a_typing_error(folder: Path, store: str, first_number: int) -> Path:
    """Write an order report of three orders; the amount of the second holds a letter."""
    created = datetime.fromisoformat("2026-09-03T10:00:00")
    sales = [
        Sale(
            number=str(first_number + place),
            created_at=created + timedelta(hours=place),
            paid_at=created + timedelta(hours=place, minutes=2),
            items=(Item(GOODS[0], GOODS[0].specs[0], 1),),
            shipping_fen=0,
            discount_fen=0,
            province="江苏省",
            city="苏州市",
            buyer="王",
            exported_at=datetime.fromisoformat("2026-09-30T09:00:00"),
        )
        for place in range(3)
    ]
    return write_orders(folder / "ExportOrderList202609300900.csv", sales, store_name=store, has_typing_error=True)
