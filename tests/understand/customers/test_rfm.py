"""Segments by recency, frequency and money (F-11, SEG-01 to SEG-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from tests.metrics.ledgers import refill, refund
from tests.understand.customers.crowd import LAST, Purchases, crowd, desk_of, once, orders_of, paid, tables_of

from zhanggui.ledger.engine import Ledger
from zhanggui.understand.customers.people import FEWEST_BUYERS, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.rfm import Cuts, cuts_of, migration, rfm, scored, snapshot
from zhanggui.understand.customers.rfm_desk import (
    rfm_answer,
    rfm_bars,
    rfm_customers,
    rfm_figures,
    rfm_moves,
    rfm_table,
)
from zhanggui.understand.customers.segments import BY_CODE, BY_NAME, HIGH, MIDDLE, SEGMENTS
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

TILES = (rfm_figures, rfm_bars, rfm_table, rfm_moves)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd, with one order split in two, one buyer who gave all back, and one brushing order."""
    orders = [
        *orders_of(crowd()),
        paid("twice0", "2026-05-01", 5_00, 7),
        paid("gone", "2026-05-05", 80_00, refunded_minor=80_00),
        paid("often0", "2026-06-01", 999_00, 8, order_kind="brushing"),
        paid(None, "2026-06-02", 70_00),
    ]
    back = [
        refund("r1", "often1", "2026-03-01", 400_00, buyer_key="often1", batch_id=1),
        refund("r2", "gone", "2026-05-05", 80_00, buyer_key="gone", batch_id=1),
    ]
    with desk_of(tmp_path_factory.mktemp("rfm") / "shop", tables_of(orders, refund=back)) as found:
        yield found


def levels(desk: Desk) -> dict[str, tuple[int, int, int, int, int]]:
    people = people_of(desk, View())
    at = snapshot(desk, people, people.as_of)
    rows = desk.ledger.query(scored(at, cuts_of(desk, at))).to_pylist()
    return {row["buyer_key"]: (row["frequency"], int(row["net_minor"]), row["r"], row["f"], row["m"]) for row in rows}


def test_customers_with_the_same_number_of_paid_days_share_a_level(desk: Desk) -> None:
    found = levels(desk)

    # 36 customers: those at the places 8, 15 and 22 of the sorted paid days bought once, the one at 29 twice.
    assert rfm(desk, View()).cuts.frequency == (1, 1, 1, 2)
    assert {row[3] for name, row in found.items() if name.startswith("once")} == {1}
    assert {row[3] for name, row in found.items() if name.startswith("twice")} == {4}
    assert {row[3] for name, row in found.items() if name.startswith("often")} == {5}


def test_split_orders_of_one_day_are_one_purchase_and_brushing_is_none(desk: Desk) -> None:
    found = levels(desk)

    assert found["twice0"][:2] == (2, 50_00 + 60_00 + 5_00)
    assert found["often0"][:2] == (5, 4 * 100_00 + 90_00)


def test_who_gave_every_order_back_is_no_customer_and_is_counted_apart(desk: Desk) -> None:
    found = rfm(desk, View())

    assert (found.people.n_buyers, found.n_customers, found.n_given_back) == (37, 36, 1)
    assert any("1 位买家不在分层里" in text.zh for text in rfm_answer(desk, View()).warnings)


def test_refunds_without_an_order_lower_the_money_of_their_buyer(desk: Desk) -> None:
    # 4 × 100.01 + 90.00 paid, 400.00 back.
    assert levels(desk)["often1"][1] == 4 * 100_01 + 90_00 - 400_00


def test_every_customer_is_in_exactly_one_of_eight_named_segments(desk: Desk) -> None:
    answer = rfm_answer(desk, View())

    assert [row.name for row in answer.segments] == [segment.name for segment in SEGMENTS]
    assert sum(row.customers for row in answer.segments) == answer.customers == 36
    assert set(BY_CODE) == set(range(8))
    # 24 × 10.00 + (0 + … + 23) × 1.00, 8 × 110.00 + 5.00, 4 × 490.00 + 24 fen; 400.00 came back.
    assert round(sum(row.net_revenue for row in answer.segments), 2) == 240 + 276 + 885 + 1960 + 0.24 - 400


def test_the_three_segments_of_the_sources_have_their_names_and_actions() -> None:
    said = {segment.catalogue_id: (segment.label.zh, segment.rule.zh, segment.action.zh) for segment in SEGMENTS}

    assert said["SEG-01"] == ("高价值用户", "R近、F高、M高", "黑卡会员、生日礼包；一对一导购，顺丰次日达")
    assert said["SEG-02"] == ("潜力用户", "R近、F低、M中以上", "满赠、套装优惠，促成下一单")
    assert said["SEG-03"] == ("沉睡用户", "R远、F低、M低", "限时折扣，个性化推荐")


def test_money_counts_from_the_middle_where_frequency_is_low(desk: Desk) -> None:
    people = people_of(desk, View())
    rows = desk.ledger.query(scored(snapshot(desk, people, LAST), rfm(desk, View()).cuts)).to_pylist()

    for row in rows:
        is_large = row["m"] >= (HIGH if row["f"] >= HIGH else MIDDLE)
        assert BY_CODE[row["segment"]].is_large == is_large
        assert BY_CODE[row["segment"]].is_near == (row["r"] >= HIGH)


def test_levels_of_the_engine_are_those_of_its_cut_points(desk: Desk) -> None:
    people = people_of(desk, View())
    cuts = rfm(desk, View()).cuts

    for row in desk.ledger.query(scored(snapshot(desk, people, LAST), cuts)).to_pylist():
        assert row["r"] == cuts.level("nearness", row["nearness"])
        assert row["m"] == cuts.level("money", int(row["money"]))


def test_under_frozen_cut_points_only_buying_or_waiting_moves_a_customer(desk: Desk) -> None:
    since, moved = migration(desk, replace(View(), date_from=date(2026, 5, 31)))

    assert since == date(2026, 5, 30)
    assert sum(moved.values()) == 36
    high = BY_NAME["high_value"].code
    # On 30 May the four had bought four times; their purchase of June keeps them where they were.
    assert moved[high, high] >= 3
    assert all(was is not None for was, _ in moved)


def test_frozen_cut_points_are_those_of_their_day(desk: Desk) -> None:
    found = rfm(desk, View(), cuts_of_day=date(2026, 4, 30))

    assert found.cuts.as_of == date(2026, 4, 30)
    assert found.n_customers == 36


def test_a_segment_opens_to_its_customers_and_one_unknown_says_so(desk: Desk) -> None:
    n = rfm(desk, View()).segments[BY_NAME["high_value"].code].n_customers

    shown = rfm_customers(desk, replace(View(), name="high_value"))
    assert (shown.n_rows, len(shown.rows)) == (n, n)
    assert all(str(row["customer"]).startswith("#") for row in shown.rows)
    assert rfm_customers(desk, replace(View(), name="none")).empty is not None
    assert any("可识别" in text.zh or "稳定买家标识" in text.zh for text in shown.warnings)


def test_by_profit_without_known_costs_says_so(desk: Desk) -> None:
    with pytest.raises(ThinDataError, match="Only 0 buyers"):
        rfm(desk, View(), "profit")


def test_bars_open_to_the_segment_as_the_chosen_money_cuts_it(desk: Desk) -> None:
    assert (rfm_bars(desk, View()).href or ("",))[0] == "/customers/segment/high_value"


def test_a_day_in_the_past_knows_nothing_of_what_came_after(desk: Desk) -> None:
    found = rfm(desk, replace(View(), date_to=date(2026, 4, 30)))

    # Of the five times of four buyers three had happened.
    assert max(each.mean_frequency for each in found.segments.values()) == 3
    assert found.people.as_of == date(2026, 4, 30)


def test_cut_points_say_their_level_by_hand() -> None:
    cuts = Cuts(LAST, (-90, -60, -30, -10), (1, 1, 1, 2), (500, 900, 1500, 4000))

    assert [cuts.level("nearness", -days) for days in (100, 90, 61, 60, 30, 9)] == [1, 1, 2, 2, 3, 5]


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(tmp_path_factory.mktemp("thin") / "shop", tables_of(orders_of(once(1)))) as found:
        yield found


def refused(emptied: Desk, ledger: Ledger, orders: Purchases | list[dict[str, object]]) -> ThinDataError:
    rows = orders if isinstance(orders, list) else orders_of(orders)
    refill(ledger, {"order_header": rows})
    emptied.changed()
    with pytest.raises(ThinDataError) as caught:
        rfm(emptied, View())
    for tile in TILES:
        assert tile(emptied, View()).empty == caught.value.said
    return caught.value


def test_too_little_is_said_in_words_instead_of_a_number(emptied: Desk) -> None:
    ledger = emptied.ledger
    few, day, same = once(FEWEST_BUYERS - 1), {f"b{n}": [("2026-05-01", 9_00)] for n in range(40)}, once(40)
    nobody = [paid(None, "2026-05-01", 9_00, n) for n in range(40)]
    ahead = [paid(f"b{n}", "2027-05-01", 9_00) for n in range(40)]
    dollars = [paid(f"b{n}", "2026-05-01", 9_00, currency="USD" if n else "CNY") for n in range(40)]

    assert "只有 29 位可识别的买家" in refused(emptied, ledger, few).text.zh
    assert "数据只有一天" in refused(emptied, ledger, day).text.zh
    assert "都只在一天买过" in refused(emptied, ledger, same).text.zh
    assert "不可识别" in refused(emptied, ledger, nobody).text.zh
    assert "付款日都晚于文件导入日" in refused(emptied, ledger, ahead).text.zh
    assert "多种货币" in refused(emptied, ledger, dollars).text.zh


def test_orders_of_the_future_stay_out_and_are_counted(emptied: Desk) -> None:
    refill(emptied.ledger, {"order_header": [*orders_of(crowd()), paid("often0", "2026-12-01", 9_00)]})
    emptied.changed()

    found = rfm(emptied, View())
    assert (found.people.as_of, found.people.n_future) == (LAST, 1)
    assert any("1 个订单的付款日晚于文件导入日" in text.zh for text in rfm_answer(emptied, View()).warnings)


def test_a_net_revenue_below_nothing_has_no_shares_and_says_why(emptied: Desk) -> None:
    back = [refund(f"r{name}", None, "2026-06-01", 999_00, buyer_key=name, batch_id=1) for name in crowd()]
    refill(emptied.ledger, {"order_header": orders_of(crowd()), "refund": back})
    emptied.changed()

    answer = rfm_answer(emptied, View())
    assert all(row.share_of_revenue is None for row in answer.segments)
    assert any("净收入不为正" in text.zh for text in answer.warnings)
    refill(emptied.ledger, {"refund": []})
