"""A company whose files were loaded, for what is asked of a whole shop: commands, HTTP, workbooks."""

from __future__ import annotations

from pathlib import Path

from tests.ledger.profit.trade import Item, Trade, trade_at

EVIL_TITLE = '=HYPERLINK("http://x")'
"""Title of a product without a known cost: a stranger's file may say anything."""


def write_shop(directory: Path) -> Path:
    """Make the shop and return where it lies.

    September: T1 of 100.00. October, 甲店: A1 of 100.00, A2 of 200.00 of which 50.00 went back, U1 of 30.00 of unknown
    cost; goods 40.00 each; fees of 5.00 on A1; advertising 20.00 on the plan K1. 乙店: B1 of 50.00 sold at 45.00 less
    than its goods cost. A live session of D1 with a slot fee of 12.00.
    """
    with trade_at(directory) as trade:
        trade.platforms["乙店"] = "jd"
        trade.cost("S1", "40.00")
        trade.cost("S2", "95.00")
        _sales(trade)
        trade.add("products", product_id="P1", product_title=EVIL_TITLE, category="+1茶")
        for category, amount in (("goods", "100.00"), ("commission", "-4.00"), ("service_fee", "-1.00")):
            trade.booked(category, amount, "A1", wallet="支付宝", balance="95.00")
        trade.add(
            "ad_spend", day="2026-10-03", report_scope="alimama.campaigns", campaign_id="K1", campaign_name="@主推",
            spend="20.00", attributed_gmv="100.00", attributed_orders=1,
        )  # fmt: skip
        trade.add(
            "live_sessions", live_session_id="L1", started_at="2026-10-05 20:00:00", creator_id="D1",
            creator_name="达人", slot_fee="12.00", paid_amount="200.00", paid_orders=1,
        )  # fmt: skip
        trade.load()
    return directory / "shop"


def _sales(trade: Trade) -> None:
    for name, due, sku, store, day in (
        ("T1", "100.00", "S1", "甲店", "2026-09-15"),
        ("A1", "100.00", "S1", "甲店", "2026-10-01"),
        ("A2", "200.00", "S1", "甲店", "2026-10-05"),
        ("U1", "30.00", "NOBODY-KNOWS", "甲店", "2026-10-06"),
        ("B1", "50.00", "S2", "乙店", "2026-10-07"),
    ):
        trade.order(name, Item(name, due, sku), paid=due, day=day, shipped=f"{day} 20:00:00", store=store)
    trade.refund("A2", "50.00", "仅退款")
