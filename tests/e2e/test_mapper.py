"""A person maps an Excel file that nobody has seen, loads it, and follows it into the profit statement and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here

from zhanggui.ledger.shop import Shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOW_MS = 60_000
"""The first load of a server that has just begun makes all that follows from the ledger, on a busy machine."""

# Headers that say nothing: every choice is the person's.
HEADER = ["编", "何时", "钱", "到哪一步", "记"]
ROWS = [("K1", 1, 168.0, "搞定"), ("K2", 2, 32.5, "搞定"), ("K3", 3, 50.0, "没给钱")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an empty shop."""
    folder = tmp_path_factory.mktemp("mapper") / "shop"
    Shop.create(folder, "测试公司").close()
    with served_here(folder) as url:
        yield url


def workbook(path: Path, first: str = "K") -> Path:
    """Write orders under headers of the seller's own, below a title, with real dates and numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("九月")
        sheet.write(0, 0, "小店流水")
        sheet.write_row(2, 0, HEADER)
        for at, (number, on, money, state) in enumerate(ROWS, start=3):
            sheet.write_string(at, 0, number.replace("K", first))
            sheet.write_datetime(at, 1, datetime.fromisoformat(f"2026-09-{on:02} 10:00"), day)
            sheet.write_number(at, 2, money)
            sheet.write_string(at, 3, state)
    return path


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a select, opening the group that holds it."""
    box = page.get_by_label(label, exact=True)
    group = page.locator("details", has=box).first
    if group.count() and not group.evaluate("each => each.open"):
        group.locator("summary").first.click()
    box.select_option(label=option)


def test_unknown_workbook_is_mapped_by_hand_loaded_and_followed_to_its_cells(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with tab(browser, address) as (page, _):
        page.goto(f"{address}/data")
        page.locator("input[type=file]").first.set_input_files(workbook(tmp_path / "小店.xlsx"))
        page.get_by_role("link", name="逐列核对").click()
        expect(page).to_have_url(re.compile(r"/data/map\?file=\d+"))

        page.get_by_label("这份文件是").select_option("orders")
        expect(page.get_by_label("这份文件是")).to_have_value("orders")
        for label, header in (("订单编号", "编"), ("下单时间", "何时"), ("订单金额", "钱"), ("订单状态", "到哪一步")):
            choose(page, f"“{label}” 取自哪一列", header)
        for word, meaning in (("搞定", "交易完成"), ("没给钱", "未付款关闭")):
            page.get_by_label(f"“{word}” 的意思").select_option(label=meaning)
        page.get_by_label("平台", exact=True).select_option("own_site")
        page.get_by_label("店铺", exact=True).fill("街角小店")
        preview = page.get_by_role("group", name="预览：账本会这样读")
        expect(preview.get_by_text("¥168.00")).to_be_visible()
        expect(page.get_by_text("已核对全部 3 行")).to_be_visible()
        # 168.00 + 32.50 + 50.00
        expect(page.get_by_text("¥250.50").first).to_be_visible()
        page.get_by_role("button", name="保存并入账").click()
        expect(page.get_by_role("group", name="账本等式")).to_contain_text("收到 3", timeout=SLOW_MS)

        page.goto(f"{address}/finance")
        # Two of the three orders are paid: 168.00 + 32.50.
        with page.expect_download() as download:
            page.get_by_role("link", name="导出利润表").click()
        book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()), data_only=True)
        assert any(cell.value == 200.5 for sheet in book for row in sheet for cell in row)

        page.get_by_role("region", name="月度利润表").get_by_role("link", name="200.5").first.click()
        rows = page.get_by_role("region", name="明细", exact=True)
        expect(rows.get_by_text("¥200.50")).to_be_visible(timeout=SLOW_MS)
        rows.get_by_role("row").filter(has_text="K1").get_by_role("link").last.click()
        source = page.get_by_role("dialog", name="来源")
        # The fourth row of the sheet: a title, an empty row and the header stand above it.
        expect(page).to_have_url(re.compile(r"/source/\d+/4"))
        expect(source.get_by_text("小店.xlsx")).to_be_visible()
        expect(source.get_by_text("168", exact=True)).to_be_visible()

        page.goto(f"{address}/data")
        page.locator("input[type=file]").first.set_input_files(workbook(tmp_path / "十月.xlsx", first="L"))
        expect(page.get_by_text("按已保存的映射“小店”读取的文件").first).to_be_visible(timeout=SLOW_MS)


@pytest.mark.parametrize(("lang", "theme", "width"), [("zh", "light", 1440), ("en", "dark", 390)])
def test_the_mapper_meets_wcag_aa(
    browser: Browser, address: str, tmp_path: Path, lang: str, theme: str, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make web`")
    choose_file = {"zh": "选择要对应的文件", "en": "Choose a file to map"}[lang]
    with tab(browser, address, lang=lang, theme=theme, width=width) as (page, _):
        page.goto(f"{address}/data/map")
        expect(page.get_by_role("button", name=choose_file)).to_be_visible()
        assert violations(page) == []

        page.locator("input[type=file]").set_input_files(workbook(tmp_path / f"{lang}.xlsx", first=lang))
        expect(page).to_have_url(re.compile(r"/data/map\?file=\d+"))
        expect(page.locator(".map-sides")).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert violations(page) == []
