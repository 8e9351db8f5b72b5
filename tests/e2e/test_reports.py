"""A morning: the report is read and switched on to be told by itself, its workbook taken, the round of stores made."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here
from tests.understand.finance.traded import write_shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_report_is_read_switched_on_and_taken_away_and_the_round_is_made(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    with (
        served_here(write_shop(tmp_path_factory.mktemp("reports"))) as address,
        tab(browser, address, lang="en", theme="dark", width=390) as (page, _),
    ):
        page.goto(f"{address}/reports?by=month")
        expect(page.get_by_text(re.compile("^Monthly report, September 2026")).first).to_be_visible()
        page.get_by_role("switch", name="Send the daily report by itself").click()
        expect(page.get_by_role("switch", name="Send the daily report by itself")).to_be_checked()
        with page.expect_download() as download:
            page.get_by_role("link", name="Excel workbook").or_(
                page.get_by_role("button", name="Excel workbook")
            ).first.click()
        download.value.save_as(tmp_path / "report.xlsx")
        page.reload()
        expect(page.get_by_role("switch", name="Send the daily report by itself")).to_be_checked()
        for path in ("/reports?by=month", "/patrol"):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            expect(page.locator("[aria-busy=true], .ant-skeleton-active")).to_have_count(0)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (path, wider) == (path, 0)
            assert not AXE.is_file() or violations(page) == [], path

    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True).worksheets[0]
    figures = {line[0].value: line[1].value for line in sheet.iter_rows(min_row=4) if line[0].value}
    # The statement of these files: 60.00 in September, the last whole month.
    assert figures["Contribution profit"] == 60
