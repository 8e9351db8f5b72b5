"""Funnels over a handful of visitors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.sessions.made_events import event
from tests.metrics.ledgers import order
from tests.understand.traffic.made_visits import DAY, STAGES, site, way

from zhanggui.metrics import Filter
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.carts import Carts, carts_of
from zhanggui.understand.traffic.declared import declared_rows
from zhanggui.understand.traffic.funnel import Asked, _price, funnel_of, people_lost
from zhanggui.understand.traffic.funnel_answer import funnel_of_pairs
from zhanggui.understand.traffic.funnel_desk import funnel_groups, funnel_stages, leak_people
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.steps import steps_in
from zhanggui.understand.view import View

PHONE = {"utm_source": "wecom", "device": "mobile"}

VISITS = [
    *way("buys", 0, *STAGES),
    *way("carts", 10, *STAGES[:3], **PHONE),
    *way("looks", 20, *STAGES[:2]),
    *way("leaves", 30, *STAGES[:1]),
    # A cart that is bought three days later, on another device of the same account.
    *way("phone", 40, *STAGES[:3], user_key="u", **PHONE),
    *way("desk", 3 * DAY, "order_created", "purchase", user_key="u"),
    # A month before: everybody who came bought.
    *way("old", -30 * DAY, *STAGES),
]
SEPTEMBER = View(date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    declared = {
        "shop_id": 2, "fact_key": "a", "day": date(2026, 9, 1), "object_type": "shop", "object_path": "",
        "visitors": 100, "carts": 20, "ordered_buyers": 10, "paid_buyers": 8, "row_hash": 1, "batch_id": 1, "row_no": 1,
        "status_rank": 0, "time_precision": 0, "currency": "CNY",
    }  # fmt: skip
    rows = [declared, {**declared, "fact_key": "b", "day": date(2026, 9, 2), "visitors": 60, "row_no": 2}]
    with site(tmp_path_factory.mktemp("site") / "shop", VISITS, shop_metric_daily=rows) as opened:
        yield opened


def counts(desk: Desk, view: View = SEPTEMBER, asked: Asked | None = None) -> list[int]:
    return [passage.n for passage in funnel_of(desk, view, asked or Asked()).passages]


def test_each_person_counts_once_on_all_his_devices_and_the_rates_multiply_to_the_whole(desk: Desk) -> None:
    # buys, carts, looks, leaves and u came; u's cart and order are on two devices, three days apart.
    found = funnel_of(desk, SEPTEMBER, Asked())
    assert counts(desk) == [5, 4, 3, 2, 2]
    product = 1.0
    for passage in found.passages[1:]:
        product *= passage.of_previous or 0
    assert product == pytest.approx(2 / 5)
    assert found.worst == 3
    assert [passage.median_minutes for passage in found.passages][1:3] == [1.0, 1.0]


def test_a_visit_that_ends_is_not_continued_by_another_and_a_short_window_ends_too(desk: Desk) -> None:
    assert counts(desk, asked=Asked(per="visit")) == [6, 4, 3, 1, 1]
    assert counts(desk, asked=Asked(window_days=2)) == [5, 4, 3, 1, 1]


def test_who_began_on_the_last_day_may_go_on_after_it(desk: Desk) -> None:
    assert counts(desk, View(date(2026, 9, 1), date(2026, 9, 1))) == [5, 4, 3, 2, 2]


def test_groups_add_up_to_the_whole_and_a_filter_keeps_one_of_them(desk: Desk) -> None:
    found = funnel_of(desk, SEPTEMBER, Asked(), "channel")
    assert {row.value: row.counts for row in found.groups} == {
        "direct": (3, 2, 1, 1, 1),
        "group_chat": (2, 2, 2, 1, 1),
    }
    by_device = funnel_of(desk, SEPTEMBER, Asked(per="visit"), "device").groups
    assert sum(row.counts[0] for row in by_device) == 6
    mobile = View(SEPTEMBER.date_from, SEPTEMBER.date_to, (Filter("device", ("mobile",)),))
    assert counts(desk, mobile, Asked(per="visit")) == [2, 2, 2, 0, 0]
    with pytest.raises(BadFilterError, match="province"):
        funnel_of(desk, View(where=(Filter("province", ("上海",)),)), Asked())


def test_any_page_is_a_step_and_an_unknown_event_is_refused(desk: Desk) -> None:
    pages = Asked(steps_in("page:/page_*,page:/add_to_*,order_created|purchase"))
    assert counts(desk, asked=pages) == [5, 3, 2]
    with pytest.raises(BadChoiceError, match="tap"):
        steps_in("visit,tap")
    with pytest.raises(BadChoiceError, match="visit"):
        steps_in("visit")


def test_a_visit_that_begins_with_a_product_has_seen_it_whatever_the_clock_of_its_sender(tmp_path: Path) -> None:
    seen = [
        *way("lands", 0, "product_view", "purchase"),
        # A sender that gives all events of a page load one time, which its body holds in another order than their ids.
        event(9, anon_id="tied", name="product_view", place=1, event_id=101),
        event(9, anon_id="tied", name="page_view", place=0, event_id=102),
        event(9, anon_id="turned", name="page_view", place=1, event_id=103),
        event(9, anon_id="turned", name="product_view", place=0, event_id=104),
    ]
    with site(tmp_path / "shop", seen) as desk:
        for per in ("person", "visit"):
            assert counts(desk, asked=Asked(steps_in("visit,product_view,purchase"), per=per)) == [3, 3, 1]
        assert counts(desk, asked=Asked(steps_in("page_view,product_view"))) == [2, 1]
        # A step of its own kind takes its event: one view is not two.
        assert counts(desk, asked=Asked(steps_in("product_view,product_view|purchase"))) == [3, 1]
        (_, looked, _) = funnel_of(desk, SEPTEMBER, Asked(steps_in("visit,product_view,purchase"))).passages
        assert looked.median_minutes == 0


def test_a_later_step_may_be_that_a_visit_begins(tmp_path: Path) -> None:
    seen = [
        *way("comes_back", 0, "product_view", "add_to_cart"),
        *way("comes_back", 2 * DAY, "purchase"),
        *way("stays", 0, "product_view", "add_to_cart", "purchase"),
    ]
    with site(tmp_path / "shop", seen) as desk:
        assert counts(desk, asked=Asked(steps_in("add_to_cart,visit,purchase"))) == [2, 1, 1]


def test_the_compared_period_stands_beside(desk: Desk) -> None:
    beside = View(date(2026, 9, 1), date(2026, 9, 30), compare="previous")
    assert funnel_of(desk, beside, Asked()).before == (1, 1, 1, 1, 1)
    rows = funnel_of_pairs(desk, [("from", "2026-09-01"), ("to", "2026-09-30"), ("compare", "previous")]).steps
    assert [row.of_previous_before for row in rows] == [None, 1.0, 1.0, 1.0, 1.0]


def test_who_left_is_named_by_pseudonym(desk: Desk) -> None:
    assert [one.visitor for one in people_lost(desk, SEPTEMBER, Asked(), 3)] == ["carts"]
    assert [one.visitor for one in people_lost(desk, SEPTEMBER, Asked(), 1)] == ["leaves"]
    rows = leak_people(desk, View(SEPTEMBER.date_from, SEPTEMBER.date_to, name="3")).rows
    assert [row["person"] for row in rows] == ["#carts"]
    assert leak_people(desk, View(name="9")).empty is not None


def test_a_cart_that_is_bought_later_is_not_abandoned(desk: Desk) -> None:
    # buys at once, u three days later on another device; carts never.
    assert carts_of(desk, SEPTEMBER) == Carts(3, 1, 1)
    assert carts_of(desk, SEPTEMBER).abandoned == 1
    assert carts_of(desk, View(date(2026, 9, 3), date(2026, 9, 30))).rate is None


def test_an_order_of_the_ledger_whose_event_was_lost_is_bought_too(tmp_path: Path) -> None:
    bought = order("o", "2026-09-04", 10_00, paid="2026-09-04", buyer_key="u", paid_at=event(3 * DAY)["event_at"])
    with site(tmp_path / "shop", way("a", 0, *STAGES[:3], user_key="u"), order_header=[bought]) as desk:
        assert carts_of(desk, View()) == Carts(1, 0, 1)


def test_a_leak_is_priced_by_what_those_who_stayed_brought() -> None:
    # 80 of 100 lost; of the 20 others half paid, leaving 5 each: 80 × ½ × 5, and more at the lower end of the rate.
    price = _price(20, 100, 10, 5.0)
    assert price is not None
    assert price[0] == pytest.approx(200)
    assert price[1] < 200 < price[2]
    assert _price(20, 100, 10, None) is None
    assert _price(0, 100, 0, 5.0) is None


def test_a_store_without_events_is_said_and_what_its_platform_declares_is_averaged_by_day(desk: Desk) -> None:
    answer = funnel_of_pairs(desk, [("from", "2026-09-01"), ("to", "2026-09-30")])
    assert any("旗舰店" in text.zh for text in answer.warnings)
    (row,) = declared_rows(desk, SEPTEMBER)
    # (100 + 60) / 2 days; 16 of 160 visitors paid.
    assert (row.shop, row.visitors_a_day, row.overall) == ("旗舰店", 80, 16 / 160)
    with pytest.raises(ThinTrafficError) as refused:
        funnel_of(desk, View(where=(Filter("platform", ("taobao",)),)), Asked())
    assert "平台不导出" in refused.value.said.zh


def test_the_tiles_say_the_same_and_an_empty_shop_says_why(desk: Desk, tmp_path: Path) -> None:
    assert [stage.value for stage in funnel_stages(desk, SEPTEMBER).stages] == [5, 4, 3, 2, 2]
    assert [row["visits"] for row in funnel_groups(desk, SEPTEMBER).rows] == [4, 2]
    with site(tmp_path / "shop", []) as empty:
        assert funnel_stages(empty, View()).empty is not None
        assert funnel_groups(empty, View()).empty is not None


def test_words_that_cannot_be_are_refused(desk: Desk) -> None:
    for pairs, said in (
        ([("per", "dog")], "dog"),
        ([("by", "mood")], "mood"),
        ([("window", "0")], "window=0"),
    ):
        with pytest.raises((BadChoiceError, BadFilterError), match=said):
            funnel_of_pairs(desk, pairs)
