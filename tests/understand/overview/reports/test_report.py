"""A report's totals are the Overview's own; page, message and workbook say them alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.metrics.ledgers import Row, batch, line, order, store
from tests.understand.finance.conftest import hand_written, open_desk

from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.pages import headline
from zhanggui.understand.overview.reports.answer import Report
from zhanggui.understand.overview.reports.pages import TILES
from zhanggui.understand.overview.reports.report import Asked, asked_of, report
from zhanggui.understand.overview.reports.spec import EFFICIENCY, GROUPS, LENGTHS, REVENUE, STORE_COLUMNS, Length
from zhanggui.understand.overview.reports.told import telling
from zhanggui.understand.overview.reports.workbook import report_workbook, workbook_name
from zhanggui.understand.view import View

TODAY = date(2020, 3, 5)


def last(desk: Desk, length: Length) -> Report:
    return report(desk, asked_of(desk, length, None, today=TODAY))


@pytest.mark.parametrize("length", LENGTHS)
def test_figures_of_a_report_equal_those_of_the_overview_to_the_fen(desk: Desk, length: Length) -> None:
    found = last(desk, length)

    page = headline(desk, View(date_from=found.days.first, date_to=found.days.last))

    told = {item.metric: item.value for group in found.groups for item in group.items}
    shown = {item.metric: item.value for item in page.items if item.metric in told}
    assert len(shown) >= 7
    assert {name: told[name] for name in shown} == shown
    assert found.currency == page.currency


def test_day_is_held_against_the_same_weekday_and_month_to_date_against_its_days(desk: Desk) -> None:
    found = report(desk, Asked("day", date(2020, 2, 20)))

    # 40 cups at 50.00 went out over the days of February, two on each of the 2nd to the 12th and one on every other.
    figure = found.figure("gmv_paid")
    assert (found.against.first, figure.value, figure.before, figure.change) == (date(2020, 2, 13), 50.0, 50.0, 0.0)
    [net, *_] = found.to_target.rows
    assert found.to_target.rows[0]["label"] == net["label"]
    # 20 days of February: 20 + 11 orders of 50.00, of which ten were given back whole.
    assert net["actual"] == pytest.approx(31 * 50.0 - 10 * 50.0)


def test_stores_add_up_to_the_total_under_them(desk: Desk) -> None:
    found = last(desk, "month")
    both = report(desk, Asked("month", date(2020, 1, 15)))

    for each in (found, both):
        total = each.by_store.total
        assert total is not None
        assert sum(float(str(row["gmv_paid"])) for row in each.by_store.rows) == total["gmv_paid"]
        assert total["gmv_paid"] == each.figure("gmv_paid").value


def test_revenue_never_stands_without_what_it_was_worth(desk: Desk) -> None:
    for group in GROUPS:
        assert not REVENUE & {*group.metrics} or EFFICIENCY & {*group.metrics}, group.key
    assert EFFICIENCY & {*STORE_COLUMNS}

    said = telling(last(desk, "day"))

    labels = [label.en for label, _ in said.facts]
    assert labels[0] == "GMV" or "GMV" in labels[0]
    assert "margin" in labels[1].lower()


def test_one_store_is_reported_by_itself(desk: Desk) -> None:
    whole = report(desk, Asked("month", date(2020, 2, 1)))
    first = report(desk, Asked("month", date(2020, 2, 1), (Filter("shop", ("一店",)),)))

    # Cups are sold in the second store alone.
    assert (whole.figure("orders_paid").value, first.figure("orders_paid").value) == (40, 0)
    assert telling(first).key == "report-month-2020-02-01-一店"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_workbook_holds_the_figures_of_the_page_as_numbers(desk: Desk, language: str) -> None:
    found = last(desk, "week")
    content = report_workbook(found, company="算账的店", language="en" if language == "en" else "zh")

    book = openpyxl.load_workbook(BytesIO(content), data_only=True)

    cells = {str(row[0]): row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[0]}
    for group in found.groups:
        for item in group.items:
            label = item.label.en if language == "en" else item.label.zh
            shown = "—" if item.value is None else pytest.approx(item.value)
            assert cells[label] == shown, label
    assert workbook_name(found, "en") == "Weekly_report_2020-02-17_2020-02-23.xlsx"


def test_week_whose_end_has_no_data_is_cut_and_so_is_what_it_is_held_against(desk: Desk) -> None:
    # 29 February 2020 was a Saturday.
    found = report(desk, Asked("week", date(2020, 2, 29)))

    assert (found.days.first, found.days.last) == (date(2020, 2, 24), date(2020, 2, 29))
    assert (found.against.first, found.against.last) == (date(2020, 2, 17), date(2020, 2, 22))
    assert found.partial is not None
    assert "2020-02-29" in found.partial.zh


def test_days_without_data_say_that_orders_are_missing(desk: Desk) -> None:
    found = report(desk, Asked("day", date(2020, 3, 4)))

    assert any("2020-02-29" in text.zh and "订单" in text.zh for text in found.missing)


def test_every_tile_of_the_page_answers(desk: Desk) -> None:
    for name, tile in TILES.items():
        for length in LENGTHS:
            assert tile(desk, View(by=length, date_to=date(2020, 2, 20))) is not None, name


@pytest.fixture(scope="module")
def promoted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a shop that sold on the peak days of two Double 11: 100.00 a day in 2025, 150.00 and 0.00 in 2026."""
    days = {"a": "2025-11-10 10", "b": "2025-11-11 10", "c": "2026-11-10 10"}
    amounts = {"a": 100_00, "b": 100_00, "c": 150_00}
    tables: dict[str, list[Row]] = {
        "store": [store(1, "一店")],
        "source_batch": [batch(1, 1, datetime(2026, 11, 12, tzinfo=UTC))],
        "order_header": [order(key, when, amounts[key], paid=when, n_lines=1) for key, when in days.items()],
        "order_line": [line(key, 1, "p1", 1, amounts[key], amounts[key]) for key in days],
    }
    with open_desk(tmp_path_factory.mktemp("promoted") / "shop", tables) as found:
        yield found


def test_promotion_is_held_against_the_same_phase_of_its_last_time(promoted: Desk) -> None:
    # The day before the peak of 2025 lies on Monday, that of 2026 on Tuesday: the phase counts, not the weekday.
    found = report(promoted, Asked("day", date(2026, 11, 10)))

    assert found.promotion is not None
    peak = found.promotion.rows[-1]
    # On the first of two peak days as many first days of the last time are compared.
    assert (peak["per_day"], peak["per_day_before"], peak["change"]) == (150.0, 100.0, 0.5)
    assert report(promoted, Asked("day", date(2026, 9, 1))).promotion is None


def test_spending_is_held_against_break_even_unless_the_days_are_too_young(tmp_path: Path) -> None:
    with open_desk(tmp_path / "shop", hand_written()) as desk:
        october, november = (report(desk, Asked("month", date(2026, month, 1))) for month in (10, 11))

    # Paid 250.00 for 10.00 of advertising; everything of October is settled and nothing of November.
    assert "全店投产比 25.00" in october.text.zh
    assert "高于保本" in october.text.zh
    assert "保本 ROI 未成熟" in november.text.zh
    assert "没有结算" in november.text.zh
    # Data end on the 5th: the first five days of both months are compared, but for what is too young.
    profit, paid = november.figure("contribution_profit"), november.figure("gmv_paid")
    assert (profit.change, profit.warning is not None, paid.change) == (None, True, 0.9)
    assert "contribution_profit" not in {
        (move.href or "").partition("?")[0].rpartition("/")[2] for move in november.movements
    }
