"""Targets of months, shared out over any days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.understand.finance.conftest import open_desk

from zhanggui.calendar import Period
from zhanggui.understand.finance.budgets import enter_targets
from zhanggui.understand.targets import targets_for
from zhanggui.understand.trees import trees


def test_a_period_has_its_days_share_of_each_months_target(tmp_path: Path) -> None:
    with open_desk(tmp_path / "shop", {"store": []}) as desk:
        enter_targets(desk, {"2026-09": {"ad_spend": 300.0}, "2026-10": {"ad_spend": 310.0, "receivable": 5.0}})

        whole = targets_for(desk, Period(date(2026, 10, 1), date(2026, 10, 31)))
        across = targets_for(desk, Period(date(2026, 9, 21), date(2026, 10, 10)))

    assert whole == {"ad_spend": 310.0, "receivable": 5.0}
    # 10 of 30 days of September and 10 of 31 of October; what only October has is no target of both.
    assert across == {"ad_spend": pytest.approx(100 + 100)}


def test_an_empty_shop_shows_the_definitions_of_sales_and_profit(tmp_path: Path) -> None:
    with open_desk(tmp_path / "shop", {"store": []}) as desk:
        found = trees(desk, [])["trees"]

    assert [each["tree"]["name"] for each in found] == ["gmv_paid", "operating_profit"]
    assert {each["period"] for each in found} == {None}
