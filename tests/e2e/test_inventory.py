"""What to order is adjusted and limited on the page, and the workbook opened; a count is approved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.served import AXE, tab, violations
from tests.sample_shop.to_order import write_shop
from tests.serving import served_here

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS: dict[str, dict[str, Any]] = {
    "zh": {"quantity": "A1 的数量", "budget": "预算", "half": "50% 的资金", "export": "导出 Excel",
           "by": "审批人（岗位或姓名缩写） PD-1", "approve": re.compile("批\\s*准"), "approved": "主管 已批准",
           "adjustments": "下载调整单"},
    "en": {"quantity": "Quantity of A1", "budget": "Budget", "half": re.compile("50%"), "export": re.compile("Excel"),
           "by": "Approved by (role or initials) PD-1", "approve": "Approve", "approved": "Approved by 主管",
           "adjustments": "Download adjustments"},
}  # fmt: skip
PAGES = ("/inventory/replenish", "/inventory/count")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a shop whose one good runs out."""
    with served_here(write_shop(tmp_path_factory.mktemp("ordered"))) as url:
        yield url


def ordered(page: Page, export: str | re.Pattern[str], folder: Path) -> float:
    """Return how many units the exported workbook orders of the good."""
    with page.expect_download() as started:
        page.get_by_role("link", name=export).click()
    file = folder / "proposal.xlsx"
    started.value.save_as(file)
    return float(openpyxl.load_workbook(file).worksheets[0]["D2"].value)


@pytest.mark.parametrize(("lang", "theme", "width"), [("zh", "dark", 1440), ("en", "light", 390)])
def test_the_list_is_limited_and_adjusted_and_the_workbook_says_the_same(
    browser: Browser, address: str, tmp_path: Path, lang: str, theme: str, width: int
) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang, theme=theme, width=width) as (page, _):
        page.goto(f"{address}/inventory/replenish")
        quantity = page.get_by_label(words["quantity"]).first
        expect(quantity).to_be_visible()
        wanted = float(quantity.input_value())
        assert ordered(page, words["export"], tmp_path) == wanted

        # Ten steps of five percent leave half the cash; of it goods are bought in whole steps.
        slider = page.get_by_role("slider", name=words["budget"])
        slider.focus()
        for _ in range(10):
            page.keyboard.press("ArrowLeft")
        expect(page.get_by_text(words["half"])).to_be_visible()
        expect(quantity).to_have_value(re.compile(f"^({'|'.join(map(str, range(1, int(wanted / 2) + 1)))})$"))
        within = float(quantity.input_value())
        assert ordered(page, words["export"], tmp_path) == within

        quantity.fill("7")
        quantity.press("Enter")
        expect(page.get_by_text("42.00").first).to_be_visible()
        assert ordered(page, words["export"], tmp_path) == 7


def test_a_count_is_approved_on_its_page_and_asks_for_its_adjustment(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    words = WORDS["zh"]
    with tab(browser, address) as (page, _):
        page.goto(f"{address}/inventory/count")
        page.get_by_label(words["by"]).fill("主管")
        page.get_by_role("button", name=words["approve"]).click()
        expect(page.get_by_text(words["approved"])).to_be_visible()
        with page.expect_download() as started:
            page.get_by_role("link", name=words["adjustments"]).click()
        file = tmp_path / "adjustments.csv"
        started.value.save_as(file)
    # Five in the books, four on the shelf.
    assert re.search(r"A1,.*-1\b", file.read_text(encoding="utf-8-sig"))


@pytest.mark.skipif(not AXE.is_file(), reason="axe comes with the packages of the front end: run `make web`")
def test_pages_of_stock_are_readable_for_everybody(browser: Browser, address: str) -> None:
    for path in PAGES:
        with tab(browser, address, theme="dark") as (page, _):
            page.goto(f"{address}{path}")
            page.wait_for_load_state("networkidle")

            assert violations(page) == [], path
