"""A check that fails, as a person meets it: a mark beside the figure, a strip on the page, the panel with its money."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, tab, violations
from tests.ledger.quality.backward import STORE, write_backward
from tests.lengths import IS_LONG
from tests.serving import served_here

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "zh": {
        "check": "订单时间颠倒",
        "mark": "支付金额：来源未通过检查",
        "next": "检查映射中的时区和时间列",
        "open": "查看数据质量",
        "failed": "1 项未通过",
        "found": "2026-09-02 有 1 行，例如 A2",
        "run": "立即检查",
        "fine": "看正常的",
    },
    "en": {
        "check": "Order times run backward",
        "mark": "GMV paid: a source fails a check",
        "next": "look at the time zone and the time columns of the map",
        "open": "Open data quality",
        "failed": "1 failed",
        "found": "2026-09-02: 1 rows, such as A2",
        "run": "Check now",
        "fine": "that are fine",
    },
}
LOOKS = [("light", 1440), ("dark", 390), *([("light", 390), ("dark", 1440)] if IS_LONG else [])]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a shop with one order of 120.00 that was paid before it was made."""
    folder = tmp_path_factory.mktemp("doubtful")
    Shop.create(folder / "shop", "测试公司").close()
    orders, columns = write_backward(folder)
    assert run(["load", str(orders), "--map", str(columns), "--shop", str(folder / "shop")]) == 0
    with served_here(folder / "shop") as url:
        yield url


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_marked_figure_leads_to_the_panel_with_the_money_at_stake(browser: Browser, address: str, lang: str) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(address)
        expect(page.get_by_role("note").filter(has_text=words["check"])).to_be_visible()
        # Tiles that come in late move the figures.
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name=words["mark"]).first.click()
        expect(page.get_by_text(words["next"]).first).to_be_visible()
        expect(page.locator(".doubts").first).to_contain_text("120.00")

        # By key: a bubble may still be finding its place under the pointer.
        page.locator(".doubts").first.get_by_role("link", name=words["open"]).press("Enter")
        expect(page).to_have_url(re.compile(r"/data/quality$"))
        expect(page.get_by_text(words["failed"])).to_be_visible()
        # What fails is unfolded.
        line = page.locator(".quality-check.is-failed")
        expect(line).to_have_count(1)
        expect(line).to_contain_text(words["check"])
        expect(line).to_contain_text("120.00")
        expect(line.get_by_text(words["found"])).to_be_visible()
        expect(line.locator(".quality-store")).to_contain_text(STORE)
        expect(line.get_by_text(words["next"])).to_be_visible()


def test_checks_run_at_a_press_and_those_that_are_fine_can_be_seen(browser: Browser, address: str) -> None:
    words = WORDS["zh"]
    with tab(browser, address) as (page, _):
        page.goto(f"{address}/data/quality")
        page.get_by_role("button", name=words["run"]).click()
        expect(page.get_by_role("button", name=words["run"])).to_be_enabled(timeout=60_000)
        expect(page.locator(".quality-check.is-failed")).to_have_count(1)

        page.get_by_role("button", name=words["fine"]).click()
        expect(page.locator(".quality-check.is-ok").first).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_the_panel_meets_wcag_aa(browser: Browser, address: str, theme: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make web`")
    with tab(browser, address, theme=theme, width=width) as (page, _):
        page.goto(f"{address}/data/quality")
        expect(page.locator(".quality-check.is-failed")).to_be_visible()

        assert violations(page) == []
