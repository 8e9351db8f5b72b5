from __future__ import annotations

from collections.abc import Iterator

import pytest

from zhanggui.understand.desk import COST_RATES, Desk
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

    # Cups carry no cost: 2,000 of 5,000 paid.
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
    assert item.label.zh == "毛利（预估）"


def test_rate_for_all_others_stands_in_for_a_category(fresh_desk: Desk) -> None:
    fresh_desk.set_cost_rates({"": 0.2})

    assert margin(fresh_desk, View()).profit == 4400 - 1200 - 300
