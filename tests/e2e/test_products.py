"""From the matrix to a product, its diagnosis and the rows of a file; borders are moved, the chart read as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.collect.loading.shops import csv, layout, till_at
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here

pytestmark = [pytest.mark.browser, pytest.mark.slow]

N_ORDERS, N_BACK = 60, 24
WORDS: dict[str, dict[str, Any]] = {
    "zh": {"quadrants": "四个象限", "as_table": "以表格显示", "border": "销量（件）分界", "save": "保存分界",
           "saved": "分界已保存", "choices": "选品：加、推、修、清", "diagnosis": "诊断与排查",
           "check": "尺码表改为实测值", "rows": "差评与退货的原始记录", "meeting": "选品会名称",
           "freeze": "冻结名单", "decide": "记决定", "decision": "决定", "due": "期限", "keep": re.compile("记\\s*下"),
           "results": "决定与结果"},
    "en": {"quadrants": "Four quadrants", "as_table": "Show as table", "border": "Units sold border",
           "save": "Save borders", "saved": "Borders saved", "choices": "What to add, push, mend, clear",
           "diagnosis": "Diagnosis", "check": "Correct the chart",
           "rows": "Bad reviews and returns, row by row", "meeting": "Name of the meeting",
           "freeze": "Freeze the list", "decide": "Decide", "decision": "Decision", "due": "Due", "keep": "Keep",
           "results": "Decisions and what came of them"},
}  # fmt: skip
PAGES = ("/products", "/products/returns", "/products/lifecycle", "/products/association", "/products/meeting",
         "/products/product/knit")  # fmt: skip


def write_shop(directory: Path) -> Path:
    """Load sixty orders each of four garments, of which one runs small; return where the shop lies."""
    names = ("knit", "coat", "shirt", "skirt")
    orders = [
        (f"{name}{n}", f"2026-04-{1 + n % 20:02d} 10:00:00", "100.00", name, f"{name}-{'SM'[n % 2]}", "1")
        for name in names
        for n in range(N_ORDERS)
    ]
    orders.append(("last", "2026-06-30 10:00:00", "100.00", "coat", "coat-S", "1"))
    cases = [
        (f"r-{name}{n}", f"{name}{n}", f"2026-04-{9 + n % 20:02d} 12:00:00", "100.00",
         "尺码偏小" if name == "knit" else "质量问题" if n else "尺码偏大", "退货退款", "退款成功")
        for name in names
        for n in range(N_BACK if name == "knit" else 3)
    ]  # fmt: skip
    costs = [(f"{name}-{size}", "60.00", "2026-01-01") for name in names for size in "SM"]
    with till_at(directory) as till:
        till.taken(
            "orders.csv",
            csv(("order", "paid", "amount", "product", "sku", "units"), *orders),
            layout=layout(
                "order_lines",
                {"order_id": "order", "created_at": "paid", "paid_at": "paid", "shipped_at": "paid",
                 "paid_amount": "amount", "product_id": "product", "sku_id": "sku", "quantity": "units"},
            ),
        )  # fmt: skip
        till.taken("cases.csv", csv(("case", "order", "at", "amount", "reason", "kind", "status"), *cases),
                   layout=layout("refunds", {"refund_id": "case", "order_id": "order", "refunded_at": "at",
                                             "refund_amount": "amount", "reason": "reason",
                                             "refund_type": "kind", "refund_status": "status"}))  # fmt: skip
        till.taken("costs.csv", csv(("sku", "cost", "since"), *costs),
                   layout=layout("sku_costs", {"internal_sku": "sku", "unit_cost": "cost",
                                               "valid_from": "since"}))  # fmt: skip
    return directory / "shop"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shop of :func:`write_shop`."""
    with served_here(write_shop(tmp_path_factory.mktemp("goods"))) as url:
        yield url


@pytest.mark.parametrize(("lang", "width"), [("zh", 1440), ("en", 390)])
def test_the_matrix_leads_to_a_product_its_diagnosis_and_the_rows(
    browser: Browser, address: str, lang: str, width: int
) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang, theme="dark", width=width) as (page, _):
        page.goto(f"{address}/products")
        choices = page.get_by_role("region", name=words["choices"], exact=True)
        choices.get_by_role("link", name=re.compile("knit")).first.click()

        expect(page).to_have_url(re.compile("/products/product/knit"))
        diagnosis = page.get_by_role("region", name=words["diagnosis"], exact=True)
        expect(diagnosis.get_by_text(words["check"]).first).to_be_visible()
        rows = page.get_by_role("region", name=words["rows"], exact=True)
        rows.get_by_role("link").first.click()
        expect(page).to_have_url(re.compile("/source/"))


def test_a_moved_border_is_kept_and_the_chart_reads_as_a_table(browser: Browser, address: str) -> None:
    words = WORDS["zh"]
    with tab(browser, address, lang="zh") as (page, _):
        page.goto(f"{address}/products")
        tile = page.get_by_role("region", name=words["quadrants"], exact=True)
        tile.get_by_label(words["border"]).fill("1")
        tile.get_by_role("button", name=words["save"]).click()
        expect(page.get_by_text(words["saved"])).to_be_visible()
        page.reload()
        expect(tile.get_by_label(words["border"])).to_have_value("1")
        tile.get_by_role("button", name=words["as_table"]).click()
        expect(tile.get_by_role("row").filter(has_text="knit").first).to_be_visible()


@pytest.mark.parametrize(("lang", "width"), [("zh", 1440), ("en", 390)])
def test_a_meeting_is_frozen_and_a_decision_written_down(browser: Browser, address: str, lang: str, width: int) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang, theme="dark", width=width) as (page, _):
        page.goto(f"{address}/products/meeting")
        page.get_by_label(words["meeting"]).fill(f"meeting {lang}")
        page.get_by_role("button", name=words["freeze"]).click()
        expect(page.get_by_text(f"meeting {lang}", exact=False).first).to_be_visible()
        page.get_by_role("button", name=f"{words['decide']} knit-S").click()
        page.get_by_label(words["decision"], exact=True).fill("mend the chart")
        page.get_by_label(words["due"], exact=True).fill("2026-08-01")
        page.get_by_role("button", name=words["keep"]).click()
        expect(page.get_by_text("mend the chart · 2026-08-01")).to_be_visible()
        page.reload()
        results = page.get_by_role("region", name=words["results"], exact=True)
        expect(results.get_by_text("mend the chart")).to_be_visible()


@pytest.mark.skipif(not AXE.is_file(), reason="axe comes with the packages of the front end: run `make web`")
def test_pages_of_goods_are_readable_for_everybody(browser: Browser, address: str) -> None:
    for path in PAGES:
        with tab(browser, address, theme="dark") as (page, _):
            page.goto(f"{address}{path}")
            page.wait_for_load_state("networkidle")

            assert violations(page) == [], path
