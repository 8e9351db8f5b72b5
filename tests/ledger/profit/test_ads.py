"""Seen, clicked and claimed: what advertising reports tell beside their spend, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.profit.trade import Trade, trade_at

from zhanggui.metrics import Question, answer

pytestmark = pytest.mark.slow

DAY = "2026-03-01"


def _row(trade: Trade, scope: str, spend: str | None, seen: int, clicks: int, gmv: str, **more: str) -> None:
    trade.add(
        "ad_spend", day=DAY, report_scope=scope, spend=spend, impressions=seen, clicks=clicks,
        attributed_gmv=gmv, **more,
    )  # fmt: skip


def test_reports_of_one_system_tell_their_impressions_and_clicks_once(tmp_path: Path) -> None:
    with trade_at(tmp_path) as trade:
        _row(trade, "alimama.campaigns", "60.00", 1000, 30, "300.00", campaign_id="K1", campaign_name="引力魔方")
        # Seen without being paid for.
        _row(trade, "alimama.campaigns", "0", 500, 0, "0", campaign_id="K2")
        # The same day by product.
        _row(trade, "alimama.items", "50.00", 900, 28, "280.00", item_id="P1", item_type="商品")
        _row(trade, "qianchuan.standard", "40.00", 2000, 10, "50.00", campaign_id="K3")
        trade.load()
        asked = ("impressions", "clicks", "click_rate", "click_cost", "claimed_gmv", "claimed_return", "ad_spend")
        (whole,) = answer(trade.till.ledger, Question(asked)).rows
        by_plan = answer(trade.till.ledger, Question(("impressions", "reported_spend"), by=("campaign",))).rows

    # M-TRAFFIC-01, M-TRAFFIC-02, M-TRAFFIC-08
    assert whole == {
        "impressions": 3500,
        "clicks": 40,
        "click_rate": 40 / 3500,
        "click_cost": 2.5,
        "claimed_gmv": 350.0,
        "claimed_return": 3.5,
        "ad_spend": 100.0,
    }
    assert {row["campaign"]: (row["impressions"], row["reported_spend"]) for row in by_plan} == {
        "引力魔方": (1000, 60.0),
        "K2": (500, 0.0),
        "K3": (2000, 40.0),
    }


def test_a_report_of_spend_alone_lowers_no_return_and_raises_no_cost_per_click(tmp_path: Path) -> None:
    with trade_at(tmp_path) as trade:
        _row(trade, "qianchuan.standard", "40.00", 2000, 10, "50.00", campaign_id="K3")
        trade.add("ad_spend", day=DAY, report_scope="own_list", spend="500.00")
        trade.load()
        asked = ("reported_spend", "click_cost", "claimed_return")
        (whole,) = answer(trade.till.ledger, Question(asked)).rows

    assert whole == {"reported_spend": 540.0, "click_cost": 4.0, "claimed_return": 1.25}
