"""Channel quality of a handful of visits and orders (catalogue C-ATTR-03, F-02, F-08, SEG-17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.sessions.made_events import START, event
from tests.metrics.ledgers import order
from tests.understand.traffic.made_visits import DAY, site

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.channel_answer import ChannelRow, channels_of_pairs, corner, light
from zhanggui.understand.traffic.channel_desk import channel_quadrants, channel_table
from zhanggui.understand.traffic.channels import Channel
from zhanggui.understand.view import View

FEED = {"utm_source": "oceanengine", "utm_medium": "feed"}
VISITS = [
    *(event(DAY * place, anon_id=f"f{place}", **FEED) for place in range(4)),
    *(event(DAY * place, anon_id=f"d{place}") for place in range(2)),
]
ORDERS = [
    order("a", "2026-09-01", 10_000, paid="2026-09-01", buyer_key="u1", channel="引力魔方", created_at=START),
    # The second order of the same buyer came directly: it counts for direct, its worth for who won the buyer.
    order("b", "2026-09-03", 6_000, paid="2026-09-03", buyer_key="u1", channel="direct", created_at=START),
    order("c", "2026-09-03", 4_000, paid="2026-09-03", refunded=1_000, buyer_key="u2", channel="direct"),
]
AD = {
    "shop_id": 1, "fact_key": "a", "day": date(2026, 9, 1), "channel": "引力魔方", "campaign": "拉新",
    "spend_minor": 5_000, "attributed_orders": 2, "currency": "CNY", "batch_id": 1, "row_no": 1,
}  # fmt: skip
SPENT = {
    "shop_id": 1, "entry_key": "a", "day": date(2026, 9, 1), "account": "content", "detail": "x", "amount_minor": -300,
    "outlay_minor": 300, "channel": "小红书", "evidence": "counted", "rule": "r", "source_table": "content_post_daily",
    "source_key": "n", "currency": "CNY", "batch_id": 1, "row_no": 1,
}  # fmt: skip
DECLARED = {
    "shop_id": 2, "fact_key": "s", "day": date(2026, 9, 1), "object_type": "source", "object_path": "付费流量 > 直通车",
    "visitors": 200, "paid_buyers": 10, "paid_minor": 90_000, "row_hash": 1, "batch_id": 1, "row_no": 1,
    "status_rank": 0, "time_precision": 0, "currency": "CNY",
}  # fmt: skip

LIVE = {
    "shop_id": 2, "live_session_id": "z", "creator_name": "主播", "started_at": START, "started_date": date(2026, 9, 1),
    "viewers": 1_000, "paid_orders": 6, "paid_minor": 102_000, "currency": "CNY",
}  # fmt: skip
LIVES = [{**LIVE, "fact_key": "told", "product_visitors": 100}, {**LIVE, "fact_key": "not", "live_session_id": "y"}]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    tables = {
        "order_header": ORDERS, "ad_result": [AD], "profit_entry": [SPENT], "shop_metric_daily": [DECLARED],
        "live_session": LIVES,
    }  # fmt: skip
    with site(tmp_path_factory.mktemp("site") / "shop", VISITS, **tables) as opened:
        yield opened


def row_of(desk: Desk, channel: str) -> ChannelRow:
    return next(row for row in channels_of_pairs(desk, []).channels if row.channel == channel)


def test_orders_visits_and_spend_meet_under_one_name_of_the_channel(desk: Desk) -> None:
    feed = row_of(desk, "feed_ads")

    assert (feed.visitors, feed.orders, feed.conversion) == (4, 1, 0.25)
    # 100 yuan by 4 visitors; 50 spent on one new buyer.
    assert (feed.paid, feed.value_per_visitor, feed.spend, feed.cac) == (100.0, 25.0, 50.0, 50.0)
    assert (feed.new_buyers, feed.repeat_rate) == (1, 1.0)


def test_a_returning_buyer_is_not_won_again_by_the_channel_of_the_second_order(desk: Desk) -> None:
    direct = row_of(desk, "direct")

    assert (direct.orders, direct.new_buyers, direct.refund_rate) == (2, 1, 0.1)
    assert row_of(desk, "notes").spend == 3.0


def test_declared_sources_stand_for_stores_whose_orders_name_no_channel(desk: Desk) -> None:
    found = row_of(desk, "search_ads")

    assert (found.evidence, found.visitors, found.buyers, found.orders) == ("declared", 200, 10, None)
    assert (found.conversion, found.order_value, found.profit) == (0.05, 90.0, None)


def test_claims_stand_beside_the_orders_that_came_by_advertisements(desk: Desk) -> None:
    [claim] = channels_of_pairs(desk, []).claims

    assert (claim.claimed, claim.seen, claim.over_claim) == (2, 1, 2.0)


def test_a_live_session_is_divided_by_those_who_went_on_to_the_goods_and_by_nobody_else(desk: Desk) -> None:
    parts = {row.name: row for row in channels_of_pairs(desk, [("by", "live")]).parts}
    told, untold = parts["z"], parts["y"]

    assert (told.shown, told.visitors, told.conversion, told.value_per_visitor) == (1_000, 100, 0.06, 10.20)
    assert (untold.shown, untold.visitors, untold.conversion, untold.order_value) == (1_000, None, None, 170.0)


def test_three_times_the_conversion_at_15_percent_less_is_2_55_times_the_value() -> None:
    account = Channel(1, "official_account", "counted", visitors=1000, orders=20, buyers=20, paid_minor=20 * 200_00)
    live = Channel(1, "live", "counted", visitors=1000, orders=60, buyers=60, paid_minor=60 * 170_00)

    values = [(each.conversion or 0) * (each.order_value_minor or 0) for each in (account, live)]
    assert values[1] / values[0] == pytest.approx(2.55)


@pytest.mark.parametrize(("ltv", "colour"), [(310, "green"), (300, "amber"), (290, "amber"), (90, "red")])
def test_a_channel_is_healthy_above_three_times_its_cac(ltv: int, colour: str) -> None:
    channel = Channel(1, "x", "counted", new_buyers=1, worth_minor=ltv, spend_minor=100, age_days=10.0)

    assert light(channel.ltv_per_cac) == colour
    assert channel.payback_days == pytest.approx(100 / ltv * 10)


def test_a_channel_on_the_border_counts_as_above_it() -> None:
    middle = Channel(1, "x", "counted", visitors=100, buyers=10, net_minor=100, left_minor=30)

    assert corner(middle, 0.1, 0.3) == "top_right"
    assert corner(middle, 0.2, 0.3) == "top_left"
    assert corner(Channel(1, "x", "counted", visitors=99, buyers=10, net_minor=100, left_minor=30), 0.1, 0.3) is None


def test_levels_below_channels_and_the_cube_answer_and_others_are_refused(desk: Desk) -> None:
    [part] = channels_of_pairs(desk, [("by", "campaign")]).parts
    assert (part.name, part.spend, part.claimed_orders) == ("拉新", 50.0, 2)
    assert channels_of_pairs(desk, [("by", "cube")]).cube == ()
    with pytest.raises(BadFilterError):
        channels_of_pairs(desk, [("by", "colour")])


def test_without_any_channel_the_page_says_which_files_would_help(tmp_path: Path) -> None:
    with site(tmp_path / "shop", []) as empty:
        assert "No file says" in getattr(channel_table(empty, View()).empty, "en", "")
        assert "No file says" in getattr(channel_quadrants(empty, View()).empty, "en", "")
