"""From a segment to its customers and back, a cohort's heat map read as a table, a trial with its intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.served import AXE, tab, violations
from tests.serving import served_here
from tests.understand.customers.crowd import write_shop
from tests.understand.customers.trials.trial_shop import write_trial_shop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "zh": {"table": "八个分层", "segment": "高价值用户", "list": "客户", "heat": "首购之后各月的留存",
           "as_table": "以表格显示", "cohort": "2026-04（8）"},
    "en": {"table": "Eight segments", "segment": "High value", "list": "Customers",
           "heat": "Retention by month after the first", "as_table": "Show as table", "cohort": "2026-04 (8)"},
}  # fmt: skip
PAGES = ("/customers", "/customers/lifecycle", "/customers/repurchase", "/customers/cohorts")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shop of :func:`write_shop`."""
    with served_here(write_shop(tmp_path_factory.mktemp("customers"))) as url:
        yield url


@pytest.mark.parametrize(("lang", "width"), [("zh", 1440), ("en", 390)])
def test_a_segment_opens_to_its_customers_and_one_comes_back(
    browser: Browser, address: str, lang: str, width: int
) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang, theme="dark", width=width) as (page, _):
        page.goto(f"{address}/customers")
        table = page.get_by_role("region", name=words["table"], exact=True)
        table.get_by_role("link", name=words["segment"]).first.click()

        expect(page).to_have_url(re.compile(r"/customers/segment/high_value"))
        customers = page.get_by_role("region", name=words["list"], exact=True)
        # The four who came five times, the last on 30 June.
        expect(customers.get_by_text("2026-06-30", exact=True).first).to_be_visible()
        page.go_back()
        expect(table.first).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_heat_map_of_cohorts_reads_as_a_table(browser: Browser, address: str, lang: str) -> None:
    words = WORDS[lang]
    with tab(browser, address, lang=lang) as (page, _):
        page.goto(f"{address}/customers/cohorts")
        heat = page.get_by_role("region", name=words["heat"], exact=True)
        heat.get_by_role("button", name=words["as_table"]).click()

        # Eight buyers of April, all of whom came again in May and none in June.
        row = heat.get_by_role("row").filter(has_text=words["cohort"])
        expect(row).to_contain_text("100")


def test_a_trial_opens_to_its_groups_with_their_intervals(browser: Browser, tmp_path: Path) -> None:
    with (
        served_here(write_trial_shop(tmp_path)) as url,
        tab(browser, url, lang="en", theme="dark", width=390) as (page, _),
    ):
        page.goto(f"{url}/customers/trials")
        page.get_by_role("link", name="second piece").first.click()

        shares = page.get_by_role("region", name="Who paid, by group", exact=True)
        shares.get_by_role("button", name="Show as table").click()
        # 10 of 40, and Wilson's interval around it.
        row = shares.get_by_role("row").filter(has_text="coupon")
        expect(row).to_contain_text("25.00%")
        expect(row).to_contain_text("14.19%")
        if AXE.is_file():
            assert violations(page) == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe comes with the packages of the front end: run `make web`")
def test_pages_of_customers_are_readable_for_everybody(browser: Browser, address: str) -> None:
    for path in PAGES:
        with tab(browser, address, theme="dark") as (page, _):
            page.goto(f"{address}{path}")
            page.wait_for_load_state("networkidle")

            assert violations(page) == [], path
