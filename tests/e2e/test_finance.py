"""An owner's walk through the finance room: the statement, down to the cell, and away with a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here
from tests.understand.finance.traded import write_shop

from zhanggui.understand.finance.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "zh": {"line": "净收入（应收减退款）", "refunds": "退款（利润表）", "part": "发货后仅退款", "rows": "明细",
           "source": "来源", "export": "导出利润表", "profit": "贡献利润"},
    "en": {"line": "Net receivable", "refunds": "Refunds (profit statement)", "part": "Refunded without return",
           "rows": "Rows", "source": "Source", "export": "Export to Excel", "profit": "Contribution profit"},
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shop of :func:`write_shop`."""
    with served_here(write_shop(tmp_path_factory.mktemp("finance"))) as url:
        yield url


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_statement_opens_down_to_the_cell(browser: Browser, address: str, lang: str) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(f"{address}/finance")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=words["refunds"]))
        # 50.00 of October went back.
        row.get_by_role("link", name=re.compile(r"50\.00")).first.click()
        expect(page).to_have_url(re.compile(r"/metrics/refunded\?.*from=2026-10-01"))
        table = page.get_by_role("region", name=words["rows"], exact=True)
        table.locator("tbody tr a").first.click()

        drawer = page.get_by_role("dialog", name=words["source"])
        expect(drawer.get_by_text("A2", exact=True).first).to_be_visible()
        expect(drawer.get_by_text("200.00", exact=True).first).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_exported_workbook_holds_the_figures_of_the_page(
    browser: Browser, address: str, lang: str, tmp_path: Path
) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(f"{address}/finance")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=words["profit"], exact=True))
        expect(row).to_contain_text("88.00")
        with page.expect_download() as download:
            page.get_by_role("link", name=words["export"]).or_(
                page.get_by_role("button", name=words["export"])
            ).first.click()
        path = tmp_path / "pnl.xlsx"
        download.value.save_as(path)

    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = {line[0].value: [cell.value for cell in line[1:4]] for line in sheet.iter_rows(min_row=5)}
    # September, October, both.
    assert rows[words["profit"]] == [60, 88, 148]


@pytest.mark.parametrize(("lang", "theme", "width"), [("zh", "light", 1440), ("en", "dark", 390)])
def test_every_finance_page_fits_and_meets_wcag_aa(
    browser: Browser, address: str, lang: str, theme: str, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make web`")
    with tab(browser, address, lang=lang, theme=theme, width=width) as (page, _):
        for each in PAGES:
            page.goto(address + each.path)
            page.wait_for_load_state("load")
            expect(page.locator("[aria-busy=true], .ant-skeleton-active")).to_have_count(0)
            expect(page.locator("main .card").first).to_be_visible()

            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (each.path, wider) == (each.path, 0)
            assert violations(page) == [], each.path
