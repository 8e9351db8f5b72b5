"""An audience is put together without code, kept, and taken away as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here
from tests.understand.customers.crowd import write_shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "zh": {"new": "新建人群", "name": "名称（小写字母、数字、下划线）", "label": "叫法", "value": "数值",
           "size": "人数", "people": "12 人", "save": "保存", "saved": "人群已保存", "list": "已保存的人群",
           "export": "导出", "analysis": "分析", "do": "我知道了，导出", "done": "已导出 12 人"},
    "en": {"new": "New audience", "name": "Name (small letters, digits, underscores)", "label": "What you call it",
           "value": "Value", "size": "Size", "people": "12 people", "save": "Save", "saved": "Audience saved",
           "list": "Saved audiences", "export": "Export", "analysis": "analysis", "do": "I understand, export",
           "done": "12 people exported"},
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shop of :func:`write_shop`: of 36 buyers 8 came twice and 4 five times."""
    with served_here(write_shop(tmp_path_factory.mktemp("audiences"))) as url:
        yield url


@pytest.mark.parametrize(("lang", "width"), [("zh", 1440), ("en", 390)])
def test_an_audience_is_built_counted_kept_and_exported(browser: Browser, address: str, lang: str, width: int) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang, width=width) as (page, _):
        page.goto(f"{address}/customers/audiences")
        page.get_by_role("button", name=words["new"]).click()
        page.get_by_label(words["name"]).fill(f"came_again_{lang}")
        page.get_by_label(words["label"]).fill("回头客")
        page.get_by_role("spinbutton", name=words["value"]).fill("2")

        # Counted while it is written, before anything is kept.
        size = page.get_by_role("region", name=words["size"])
        expect(size.get_by_text(words["people"], exact=True)).to_be_visible()
        page.get_by_role("button", name=words["save"], exact=True).click()
        expect(page.get_by_text(words["saved"])).to_be_visible()

        item = (
            page.get_by_role("list", name=words["list"]).get_by_role("listitem").filter(has_text=f"came_again_{lang}")
        )
        expect(item).to_contain_text(words["people"])
        item.get_by_role("button", name=words["export"], exact=True).click()
        page.get_by_text(words["analysis"], exact=True).click()
        with page.expect_download() as found:
            page.get_by_role("button", name=words["do"]).click()
        lines = Path(found.value.path()).read_text("utf-8-sig").splitlines()

        expect(page.get_by_text(words["done"])).to_be_visible()
        # The warning, the head, and twelve tokens.
        assert lines[0].startswith(('# "', '"# ', "# "))
        assert (lines[1], len(lines)) == ("token,joined_on", 2 + 12)


@pytest.mark.skipif(not AXE.is_file(), reason="axe comes with the packages of the front end: run `make web`")
def test_the_builder_is_readable_for_everybody(browser: Browser, address: str) -> None:
    with tab(browser, address, theme="dark") as (page, _):
        page.goto(f"{address}/customers/audiences")
        page.get_by_role("button", name=WORDS["zh"]["new"]).click()
        expect(page.get_by_role("region", name=WORDS["zh"]["size"])).to_be_visible()
        page.wait_for_load_state("networkidle")

        assert violations(page) == []
