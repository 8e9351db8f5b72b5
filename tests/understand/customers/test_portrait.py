"""The portrait of a group: planted traits are found, chance is not, thin groups are refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.crowd import desk_of, paid, tables_of

from zhanggui.ledger.identity import refresh_identity
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.people_asking import portrait_of_pairs
from zhanggui.understand.customers.portrait import portrait
from zhanggui.understand.customers.portrait_desk import portrait_bars, portrait_figures, portrait_table
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

JIANGSU = ("province=江苏",)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give 120 buyers: 40 of Jiangsu who all came by live, 80 of Guangdong of whom 8 did; members know the tier."""
    orders = []
    for n in range(120):
        is_near = n < 40
        live = is_near or n < 48
        orders.append(
            paid(
                f"b{n:03d}", f"2026-0{4 + n % 3}-{1 + n % 28:02d}", 30_00 if is_near else 10_00,
                province="江苏" if is_near else "广东", channel="live" if live else "search", paid_hour=9 + n % 2 * 6,
            )
        )  # fmt: skip
    members: list[Row] = [
        {"shop_id": 1, "fact_key": f"m{n}", "member_key": f"m{n}", "buyer_key": f"b{n:03d}", "currency": "CNY",
         "tier": "金会员" if n % 2 else "普通", "has_consent": 1, "batch_id": 1, "row_no": n} for n in range(120)
    ]  # fmt: skip
    with desk_of(tmp_path_factory.mktemp("portrait") / "shop", tables_of(orders, member=members)) as found:
        refresh_identity(found.ledger)
        yield found


def test_the_trait_that_sets_the_group_apart_comes_first(desk: Desk) -> None:
    found = portrait_of_pairs(desk, [("group", JIANGSU[0])])

    assert (found.customers, found.among) == (40, 120)
    assert found.share == pytest.approx(1 / 3)
    first = found.traits[0]
    # 40 of 40 against 48 of 120: 1 ÷ 0.4; the other channel is missing altogether.
    assert {(row.value, row.in_group, row.in_all) for row in found.traits if row.is_distinct} == {
        ("live", 40, 48), ("search", 0, 72),
    }  # fmt: skip
    assert next(row for row in found.traits if row.value == "live").lift == pytest.approx(2.5)
    assert first.about == "channel"


def test_what_defines_the_group_is_no_finding_and_chance_is_not_called_distinct(desk: Desk) -> None:
    found = portrait_of_pairs(desk, [("group", JIANGSU[0])])

    assert "province" not in {row.about for row in found.traits}
    assert [row.is_distinct for row in found.traits if row.about == "tier"] == [False, False]


def test_means_stand_beside_those_of_all(desk: Desk) -> None:
    net = next(row for row in portrait_of_pairs(desk, [("group", JIANGSU[0])]).figures if row.name == "net")

    # (40 × 30 + 80 × 10) ÷ 120
    assert (net.of_group, net.of_all) == (30.0, 16.67)


def test_several_parts_hold_together(desk: Desk) -> None:
    # Of the 48 who came by live every other is gold.
    with pytest.raises(ThinDataError, match="24 customers; below 30"):
        portrait(desk, View(), ("channel=live", "tier=金会员"))


def test_a_group_of_everybody_or_of_nothing_known_is_refused(desk: Desk) -> None:
    with pytest.raises(ThinDataError, match="these are all customers"):
        portrait(desk, View(), ("consent=agreed",))
    with pytest.raises(BadFilterError, match="names no group"):
        portrait(desk, View(), ("shoe=large",))


def test_tiles_show_the_group_of_the_address(desk: Desk) -> None:
    view = View(by=JIANGSU[0])

    assert portrait_figures(desk, view).items[0].value == 40
    assert portrait_bars(desk, view).series[0].values[0] in (1.0, 0.0)
    table = portrait_table(desk, view)
    assert {str(row["bounds"])[0].isdigit() for row in table.rows} == {True}


def test_an_empty_shop_says_why_there_is_no_portrait(tmp_path_factory: pytest.TempPathFactory) -> None:
    with desk_of(tmp_path_factory.mktemp("empty") / "shop", tables_of([])) as empty:
        for tile in (portrait_figures, portrait_bars, portrait_table):
            said = tile(empty, View()).empty
            assert said is not None
            assert "Not identifiable" in said.en
