"""A person's two walks through the workbench, in both languages: down from a figure, and a file with a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, orders_with_a_typing_error, served, tab, violations
from tests.lengths import IS_LONG
from tests.sample_shop import write_sample_shop
from tests.serving import served_here

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "zh": {
        "figure": "支付金额",
        "rows": "明细",
        "source": "来源",
        "choose": "选择文件",
        "edit": "改这一行",
        "cell": "总金额 的新值",
        "replay": "重放所选 1 行",
        "replayed": "重放完成：1 行入账，0 行仍被隔离",
        "row": "选择第",
    },
    "en": {
        "figure": "GMV paid",
        "rows": "Rows",
        "source": "Source",
        "choose": "choose files",
        "edit": "Edit this row",
        "cell": "New value of 总金额",
        "replay": "Replay 1 selected",
        "replayed": "Replay done: 1 rows accepted, 0 still in quarantine",
        "row": "Select row",
    },
}
LOOKS = [("zh", 1440, "light"), ("en", 390, "dark")]
if IS_LONG:
    # Every two of language, width and theme meet.
    LOOKS = [("zh", 1440, "light"), ("zh", 390, "dark"), ("en", 1440, "dark"), ("en", 390, "light")]
FIRST_NUMBERS = {"zh": 3_900_000_000_000_000_100, "en": 3_900_000_000_000_000_200}


@pytest.fixture(scope="module")
def shop_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a shop with ten days of trade."""
    folder = tmp_path_factory.mktemp("served") / "shop"
    Shop.create(folder, "测试公司").close()
    sample = write_sample_shop(tmp_path_factory.mktemp("files"), days=10)
    assert run(["load", *map(str, sample.exports), "--shop", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def address(shop_dir: Path) -> Iterator[str]:
    """Serve that shop."""
    with served_here(shop_dir) as url:
        yield url


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_overview_opens_down_to_the_row_of_the_file(browser: Browser, address: str, lang: str) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(address)
        page.get_by_role("link", name=re.compile(rf"^{words['figure']}\W")).first.click()
        expect(page).to_have_url(re.compile(r"/metrics/gmv_paid"))
        table = page.get_by_role("region", name=words["rows"], exact=True)
        table.locator("tbody tr a").first.click()

        drawer = page.get_by_role("dialog", name=words["source"])
        expect(page).to_have_url(re.compile(r"/source/\d+/\d+"))
        expect(drawer.get_by_text("订单编号", exact=True)).to_be_visible()
        expect(drawer.get_by_text(re.compile(r"^ExportOrderList"))).to_be_visible()
        # The buyer's name was masked by the platform; the phone number is masked here as well.
        expect(drawer.get_by_text("138****0000").first).to_be_visible()

        page.go_back()
        expect(page).to_have_url(re.compile(r"/metrics/gmv_paid"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mistyped_row_is_uploaded_kept_apart_corrected_and_taken(
    browser: Browser, address: str, lang: str, tmp_path: Path
) -> None:
    words = WORDS[lang]
    path = orders_with_a_typing_error(tmp_path, f"上传店 {lang}", FIRST_NUMBERS[lang])
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(f"{address}/data")
        page.locator("input[type=file]").first.set_input_files(path)
        expect(page.get_by_text("168.O0").or_(page.get_by_text("168.0O")).first).to_be_visible(timeout=60_000)

        page.get_by_role("button", name=words["edit"]).first.click()
        page.get_by_label(words["cell"], exact=True).fill("168.00")
        replay = page.get_by_role("button", name=words["replay"])
        if not replay.is_enabled():
            page.locator(".quarantine-row input[type=checkbox]").first.check()
        replay.click()
        expect(page.get_by_text(words["replayed"])).to_be_visible(timeout=60_000)

        answer = page.request.get(f"{address}/api/v1/query?metrics=orders_paid,gmv_paid&where=shop=上传店 {lang}")
        # Three orders of 168.00 each.
        assert answer.json()["rows"] == [{"orders_paid": 3, "gmv_paid": 504.0}]


@pytest.mark.parametrize(("lang", "width", "theme"), LOOKS)
def test_pages_meet_wcag_aa(browser: Browser, address: str, theme: str, width: int, lang: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make web`")
    with tab(browser, address, lang=lang, theme=theme, width=width) as (page, _):
        for path in ("/", "/metrics/gmv_paid", "/metrics", "/data"):
            page.goto(address + path)
            page.wait_for_load_state("load")
            expect(page.locator("[aria-busy=true], .ant-skeleton-active")).to_have_count(0)
            expect(page.locator("main .card").first).to_be_visible()

            assert violations(page) == [], path


def test_empty_shop_shows_its_doors(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    Shop.create(folder).close()
    with served(folder) as url, tab(browser, url) as (page, _):
        page.goto(url)

        expect(page.get_by_text("放进导出文件").first).to_be_visible()
        expect(page.locator("input[type=file]").first).to_be_attached()
