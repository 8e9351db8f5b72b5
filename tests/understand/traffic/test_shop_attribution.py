"""Attribution of a handful of orders, each journey worked by hand (catalogue C-ATTR, M-MKT-01, M-MKT-04, SEG-16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.sessions.made_events import START, event
from tests.metrics.ledgers import order
from tests.understand.traffic.made_visits import DAY, site

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_answers import attribution_of_pairs, order_of_pairs
from zhanggui.understand.traffic.attribution_desk import attribution_claims, attribution_figures, attribution_table
from zhanggui.understand.traffic.attribution_rules import AttributionRules
from zhanggui.understand.traffic.order_journeys import order_journeys
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.shop_attribution import ShopAttribution, shop_attribution
from zhanggui.understand.view import View

FEED = {"utm_source": "oceanengine", "utm_medium": "feed", "utm_campaign": "拉新"}
NOTE = {"utm_source": "xiaohongshu", "utm_medium": "note"}
RULES = AttributionRules()


def visit(who: str, day: float, **more: Any) -> dict[str, Any]:
    return event(day * DAY, anon_id=who, **more)


VISITS = [
    # One account on two devices: an advertisement, a note, then straight to the shop and an order.
    visit("phone", 0, user_key="u1", **FEED),
    visit("phone", 3, **NOTE),
    visit("desk", 5, user_key="u1"),
    event(5 * DAY + 5, anon_id="desk", user_key="u1", name="purchase", page_path=None, order_id="two"),
    # A second order of the same buyer, straight to the shop: what came before the first order does not speak for it.
    visit("desk", 9, user_key="u1"),
    event(9 * DAY + 5, anon_id="desk", user_key="u1", name="purchase", page_path=None, order_id="again"),
    # An advertisement too long ago, and a note.
    visit("slow", -40, user_key="u2", **FEED),
    visit("slow", 1, user_key="u2", **NOTE),
    # Two who looked and left.
    visit("left", 2, **FEED),
    visit("gone", 2, **NOTE),
]


def bought(order_id: str, day: float, paid: int, buyer: str | None, **more: Any) -> dict[str, Any]:
    at = START + timedelta(days=day, minutes=6)
    made = order(order_id, f"{at:%Y-%m-%d %H}", paid, paid=f"{at:%Y-%m-%d %H}", **more)
    return made | {"created_at": at, "paid_at": at, "buyer_key": buyer}


ORDERS = [
    bought("two", 5, 10_000, "u1"),
    bought("again", 9, 4_000, "u1"),
    bought("late", 1, 6_000, "u2"),
    bought("nowhere", 3, 2_000, None),
]
AD = {
    "shop_id": 1, "fact_key": "a", "day": START.date(), "channel": "引力魔方", "campaign": "拉新", "impressions": 1000,
    "clicks": 30, "spend_minor": 30_000, "attributed_orders": 3, "attributed_gmv_minor": 30_000, "currency": "CNY",
    "batch_id": 1, "row_no": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with site(tmp_path_factory.mktemp("site") / "shop", VISITS, order_header=ORDERS, ad_result=[AD]) as opened:
        yield opened


def credits(found: ShopAttribution, model: str) -> dict[str, float]:
    return {point.key[0]: round(point.orders[model], 9) for point in found.points if point.orders[model]}


def test_the_journeys_of_four_orders_are_credited_as_worked_by_hand(desk: Desk) -> None:
    found = shop_attribution(desk, View(), RULES, models=("first", "last", "linear"))

    # two: feed, note, (direct beside others); again: direct alone; late: note; nowhere: unknown.
    assert credits(found, "first") == {"feed_ads": 1, "direct": 1, "notes": 1, "unknown": 1}
    assert credits(found, "last") == {"notes": 2, "direct": 1, "unknown": 1}
    assert credits(found, "linear") == {"feed_ads": 0.5, "notes": 1.5, "direct": 1, "unknown": 1}
    assert (found.orders, found.n_unknown) == (4, 1)


def test_direct_visits_count_as_others_where_the_rule_keeps_them(desk: Desk) -> None:
    found = shop_attribution(desk, View(), replace(RULES, direct="keep"), models=("last",))

    assert credits(found, "last") == {"direct": 2, "notes": 1, "unknown": 1}


def test_a_longer_look_back_reaches_the_advertisement_of_six_weeks_ago(desk: Desk) -> None:
    found = shop_attribution(desk, View(), replace(RULES, look_back_days=60), models=("first",))

    assert credits(found, "first")["feed_ads"] == 2


def test_every_model_shares_out_exactly_the_orders_and_their_money(desk: Desk) -> None:
    found = shop_attribution(desk, View(), RULES)

    for model in found.models:
        assert sum(point.orders[model] for point in found.points) == pytest.approx(4, abs=1e-9)
        assert sum(point.revenue[model] for point in found.points) == pytest.approx(22_000, abs=1e-6)


def test_the_touches_of_an_order_are_all_kept_with_the_reason_why_some_get_nothing(desk: Desk) -> None:
    found = order_of_pairs(desk, [], "two")

    assert [(row.channel, row.why_not is None) for row in found.touches] == [
        ("feed_ads", True), ("notes", True), ("direct", False),
    ]  # fmt: skip
    assert [row.credit["linear"] for row in found.touches if row.credit] == [0.5, 0.5]
    late = order_of_pairs(desk, [], "late").touches
    assert [row.why_not.en if row.why_not else "" for row in late] == ["more than 30 days before", ""]
    again = order_of_pairs(desk, [], "again").touches
    assert [row.why_not.en for row in again if row.why_not] == ["belongs to the order before"] * 3


def test_an_order_without_a_journey_is_refused_with_its_number(desk: Desk) -> None:
    with pytest.raises(ThinTrafficError, match="no paid order 4711"):
        order_of_pairs(desk, [], "4711")


def test_spend_that_no_model_brings_back_is_wasted_and_claims_stand_beside_what_was_seen(desk: Desk) -> None:
    answer = attribution_of_pairs(desk, [("model", "first"), ("models", "first,last"), ("draws", "0")])

    [feed] = [row for row in answer.touch_points if row.channel == "feed_ads"]
    # 100 yuan of sales for 300 spent; 3 orders claimed, none seen to come last by it; no costs, so no profit.
    assert (feed.spend, feed.claimed_orders) == (300.0, 3)
    assert feed.roi_attributed == pytest.approx(-2 / 3)
    assert (feed.measured, feed.roi_incremental, feed.wasted) == (None, None, 300.0)
    assert answer.budget_utilisation == 0
    assert answer.evidence == "attributed"


def test_the_rules_are_recorded_with_the_answer_and_bad_ones_refused(desk: Desk) -> None:
    pairs = [("look_back", "14"), ("direct", "keep"), ("refunds", "keep"), ("half_life", "3"), ("draws", "0")]
    kept = attribution_of_pairs(desk, pairs).settings

    assert (kept.look_back_days, kept.direct, kept.refunds, kept.half_life_days) == (14, "keep", "keep", 3.0)
    for bad in ("look_back", "direct", "model", "draws"):
        with pytest.raises(BadFilterError):
            attribution_of_pairs(desk, [(bad, "0.5x")])


def test_campaigns_are_touch_points_of_their_own(desk: Desk) -> None:
    answer = attribution_of_pairs(desk, [("by", "campaign"), ("draws", "0")])

    assert "feed_ads / 拉新" in {row.name for row in answer.touch_points}
    assert answer.models["last"]["notes"] == 2


def test_the_period_counts_the_orders_paid_in_it_and_keeps_the_journeys_before_it(desk: Desk) -> None:
    day = date(2026, 9, 6)
    found = order_journeys(desk, View(day, day), RULES)

    assert int(found.orders.is_counted.sum()) == 1
    assert credits(shop_attribution(desk, View(day, day), RULES, models=("first",)), "first") == {"feed_ads": 1}


def test_the_page_says_what_is_not_measured(desk: Desk) -> None:
    [row] = attribution_claims(desk, View()).rows

    assert getattr(row["measured"], "en", "") == "Not measured: no control group"
    assert attribution_figures(desk, View()).items[1].value == 1
    assert attribution_table(desk, View()).n_rows == 4


def test_a_store_without_visits_says_that_journeys_are_missing(tmp_path: Path) -> None:
    with site(tmp_path / "shop", [], order_header=ORDERS) as empty:
        assert "no visits" in getattr(attribution_table(empty, View()).empty, "en", "")
        with pytest.raises(ThinTrafficError, match="no visits"):
            shop_attribution(empty, View(), RULES)
