from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.understand.finance.conftest import hand_written, open_desk

from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import COST_RATES, Desk
from zhanggui.understand.finance.profit_statement import profit_statement
from zhanggui.understand.overview.costs import cost_table, margin, missing_share, profit_figure
from zhanggui.understand.view import View


@pytest.fixture
def fresh_desk(desk: Desk) -> Iterator[Desk]:
    """Give the desk without entered rates, and take away what a test enters."""
    yield desk
    desk.shop.state.set_setting(COST_RATES, {})
    desk.changed()


def test_missing_cost_is_said_with_its_share(fresh_desk: Desk) -> None:
    item = profit_figure(fresh_desk, View())

    # Cups carry no cost: 2,000 of 5,000 due.
    assert missing_share(fresh_desk, View()) == pytest.approx(0.4)
    assert item.value is None
    assert item.warning is not None
    assert "40.0%" in item.warning.zh


def test_only_categories_without_cost_are_asked_for(fresh_desk: Desk) -> None:
    found = cost_table(fresh_desk, View())

    # Cups: 2,000 paid, 500 refunded.
    assert [(row.category, row.revenue, row.rate) for row in found.rows] == [("杯", 1500.0, None)]


def test_entered_rate_gives_an_estimate_that_is_marked(fresh_desk: Desk) -> None:
    fresh_desk.set_cost_rates({"杯": 0.5})
    item = profit_figure(fresh_desk, View())

    # Net 4,400 − known cost 30 × 40 − half of the cups' net 1,500.
    assert item.value == 4400 - 1200 - 750
    assert item.evidence == "estimated"
    assert item.label.zh == "贡献利润（预估）"


def test_rate_for_all_others_stands_in_for_a_category(fresh_desk: Desk) -> None:
    fresh_desk.set_cost_rates({"": 0.2})

    assert margin(fresh_desk, View()).profit == 4400 - 1200 - 300


def test_where_every_cost_is_known_the_figure_is_the_statements_and_opens(fresh_desk: Desk) -> None:
    tea = View(where=(Filter("category", ("茶",)),))
    item = profit_figure(fresh_desk, tea)

    # 30 of 100.00 less the one that came back and 30 goods of 40.00, which stayed away.
    assert item.value == 3000 - 100 - 1200
    assert (item.evidence, item.warning, item.href) == ("counted", None, "/metrics/contribution_profit")
    found = profit_statement(fresh_desk, tea).row("contribution_profit")
    assert found is not None
    assert found.total == item.value * 100


def test_advertising_and_fees_are_taken_from_the_estimate_as_well(tmp_path: Path) -> None:
    tables = hand_written()
    with open_desk(tmp_path / "shop", tables) as desk:
        desk.set_cost_rates({"": 0.5})
        item = profit_figure(desk, View())

    # The statement's 77.00 and 80.00 of what is known; 50.00 of unknown cost less 4.00 of freight and half of 50.00.
    assert item.value == 77 + 80 + 50 - 4 - 25
    assert item.evidence == "estimated"
