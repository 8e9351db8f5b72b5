"""Tiers, moves, benefits and points of a shop of forty members, every number worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row, refund
from tests.understand.customers.crowd import desk_of, paid, tables_of

from zhanggui.act.members.accrual import post
from zhanggui.act.members.answers import members_answer
from zhanggui.act.members.economics import matched
from zhanggui.act.members.points import PointsBook
from zhanggui.act.members.problems import BadRulesError, KeptElsewhereError
from zhanggui.act.members.rules import USUAL, keep_rules, kept_rules, rules_from_toml, rules_to_toml
from zhanggui.act.members.standing import members_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

RECEIVED = datetime(2026, 6, 29, tzinfo=UTC).replace(tzinfo=None)
GOLD, ORDINARY = "金会员", "普通"


def member(name: str, tier: str = ORDINARY, **more: object) -> Row:
    plain = {"shop_id": 1, "fact_key": name, "member_key": f"m:{name}", "buyer_key": name, "tier": tier, "batch_id": 1}
    return {**plain, "joined_date": date(2024, 1, 1), "points_balance": 0, **more}


def bought(name: str, day: str, minor: int, number: int = 0) -> Row:
    return paid(name, day, minor, number, completed_at=RECEIVED)


def moved(name: str, day: str, before: str, after: str) -> Row:
    at = datetime.fromisoformat(day)
    return {"shop_id": 1, "fact_key": f"{name}{day}", "member_key": f"m:{name}", "moved_at": at,
            "moved_date": at.date(), "tier_before": before, "tier_after": after, "batch_id": 1}  # fmt: skip


def year_of_orders() -> list[Row]:
    """Ten ordinary members with one order of 100, ten gold ones with three; the ledger begins a year before."""
    old = [bought("longago", "2025-01-01", 10_00)]
    ordinary = [bought(f"o{n}", "2026-05-01", 100_00) for n in range(10)]
    gold = [bought(f"g{n}", f"2026-0{month}-02", 100_00, month) for n in range(10) for month in (2, 3, 6)]
    return [*old, *ordinary, *gold]


MEMBERS = [
    *(member(f"o{n}") for n in range(10)),
    *(member(f"g{n}", GOLD, birth_month=6) for n in range(10)),
    member("sleeper", GOLD),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    rising = [bought("riser", "2026-06-01", 50_00), bought("riser", "2026-06-02", 50_00)]
    tables = tables_of(
        [*year_of_orders(), *rising],
        member=[*MEMBERS, member("riser")],
        tier_move=[moved("sleeper", "2025-08-01", ORDINARY, GOLD)],
    )
    with desk_of(tmp_path_factory.mktemp("members"), tables) as made:
        yield made


VIEW = View(date_to=date(2026, 6, 30))


def test_a_tier_is_worth_what_its_buyers_spent_net_in_the_window(desk: Desk) -> None:
    found = members_answer(desk, VIEW)

    ordinary, gold, black = found.tiers
    assert (ordinary.members, ordinary.buyers, ordinary.net_revenue) == (11, 11, 1_100.0)
    assert (gold.members, gold.buyers, gold.net_revenue, gold.spending_per_buyer) == (11, 10, 3_000.0, 300.0)
    assert gold.ratio == pytest.approx(3.0)
    assert (black.members, black.ratio) == (0, None)
    assert found.members == 22
    assert found.active_rate == pytest.approx(21 / 22)


def test_members_move_up_at_once_and_down_when_the_tier_was_kept_for_the_window(desk: Desk) -> None:
    found = members_answer(desk, VIEW)

    assert (found.n_up, found.n_down) == (1, 1)
    assert [(move.way, move.to, move.due) for move in found.moves] == [
        ("up", GOLD, date(2026, 6, 30)),
        ("down", ORDINARY, date(2026, 8, 1)),
    ]


def test_a_birthday_is_due_to_whom_it_is_known_of_and_the_others_are_counted(desk: Desk) -> None:
    gift = members_answer(desk, VIEW).benefits[0]

    assert (gift.tier, gift.members, gift.cost) == (GOLD, 10, 300.0)
    assert gift.note is not None
    assert gift.note.en == "1 members' birthdays are unknown"


def test_no_move_down_is_proposed_where_the_ledger_is_shorter_than_the_window(tmp_path: Path) -> None:
    tables = tables_of([bought("g0", "2026-06-01", 100_00)], member=[member("g0", GOLD), member("gone", GOLD)])
    with desk_of(tmp_path, tables) as desk:
        found = members_answer(desk, VIEW)

    assert (found.n_down, found.moves) == (0, ())
    assert "no moves down" in found.warnings[0].en


def test_without_a_list_of_members_there_is_a_statement_instead_of_a_number(tmp_path: Path) -> None:
    with desk_of(tmp_path, tables_of(year_of_orders())) as desk, pytest.raises(ThinDataError, match="no list"):
        members_answer(desk, VIEW)


def test_alike_before_compares_only_what_came_after_and_weighs_like_the_tier(tmp_path: Path) -> None:
    # Before the day 40 gold and 80 ordinary members bought twice for 100; after it gold spend 60 and ordinary 50 each.
    names = [(f"g{n}", GOLD, 60_00) for n in range(40)] + [(f"o{n}", ORDINARY, 50_00) for n in range(80)]
    orders = [bought("longago", "2025-01-01", 10_00)]
    for name, _, after in names:
        orders += [bought(name, "2026-01-10", 100_00), bought(name, "2026-02-10", 100_00)]
        orders.append(bought(name, "2026-06-10", after + (5_00 if name.endswith("1") else 0)))
    tables = tables_of(orders, member=[member(name, tier) for name, tier, _ in names])
    with desk_of(tmp_path, tables) as desk:
        found = matched(desk, members_of(desk, VIEW, USUAL), GOLD, USUAL)

    assert found is not None
    assert (found.n_members, found.n_matched) == (40, 40)
    assert found.ratio == pytest.approx(60.5 / 50.5)
    assert (found.low or 0.0) < 60.5 / 50.5 < (found.high or 0.0)


def test_alike_before_is_refused_where_the_tier_rule_leaves_nobody_alike(desk: Desk) -> None:
    found = matched(desk, members_of(desk, VIEW, USUAL), GOLD, USUAL)

    assert found is not None
    # The one gold member alike with anybody is the one who, like the riser, had bought nothing until then.
    assert (found.n_members, found.n_matched, found.ratio) == (11, 1, None)


def points(name: str, number: int, day: str, reason: str, order_id: str | None = None, nth: int = 0) -> Row:
    at = datetime.fromisoformat(day)
    return {"shop_id": 1, "fact_key": f"{name}{day}{reason}{nth}", "points_entry_id": f"{name}{day}{reason}{nth}",
            "member_key": f"m:{name}", "occurred_at": at, "occurred_date": at.date(), "points": number,
            "reason": reason, "order_id": order_id, "batch_id": 1}  # fmt: skip


def test_a_loaded_points_ledger_is_held_against_the_balances_member_by_member(tmp_path: Path) -> None:
    entries = [
        points("o0", 100, "2026-05-02", "earn"),
        points("o1", 100, "2026-05-02", "earn"),
        points("o1", -150, "2026-05-03", "redeem"),
        points("o1", 60, "2026-05-04", "earn", nth=1),
    ]
    people = [member("o0", points_balance=100), member("o1", points_balance=30), member("o2", points_balance=5)]
    with desk_of(tmp_path, tables_of(year_of_orders(), member=people, points_entry=entries)) as desk:
        found = members_answer(desk, VIEW).points
        with pytest.raises(KeptElsewhereError):
            post(desk, members_of(desk, VIEW, USUAL), USUAL)

    assert (found.stated, found.summed) == (135, 110)
    assert (found.members_off, found.members_below_zero) == (2, 1)
    assert found.by_reason == {"earn": 260, "redeem": -150}


def test_points_are_booked_from_completed_orders_less_refunds_and_only_once(tmp_path: Path) -> None:
    orders = [bought("o0", "2026-05-01", 100_50), paid("o0", "2026-06-01", 70_00), bought("o1", "2026-05-01", 20_00)]
    back = [refund("r1", "o1-2026-05-01-0", "2026-05-01", 20_00, buyer_key="o1", refunded_at=RECEIVED)]
    with desk_of(tmp_path, tables_of(orders, member=[member("o0"), member("o1")], refund=back)) as desk:
        everyone = members_of(desk, VIEW, USUAL)
        first, second = post(desk, everyone, USUAL), post(desk, everyone, USUAL)
        balances = PointsBook(desk.shop.state).balances()

    assert (first.n_entries, first.refused) == (3, ())
    assert second.n_entries == 0
    assert balances == {"m:o0": 100, "m:o1": 0}


def test_a_member_who_bought_elsewhere_first_keeps_tier_and_points_of_the_own_store(tmp_path: Path) -> None:
    orders = [paid("aaa", "2026-03-01", 70_00), bought("o0", "2026-05-01", 100_50)]
    # The person is called by the first id of both, which is not the one that the own store knows.
    tied: list[Row] = [
        {"id_kind": kind, "id_key": key, "person_key": "aaa", "confidence": Decimal(1)}
        for kind, key in (("buyer", "aaa"), ("buyer", "o0"), ("member", "1-m:o0"))
    ]
    with desk_of(tmp_path, tables_of(orders, member=[member("o0")], identity=tied)) as desk:
        everyone = members_of(desk, VIEW, USUAL)
        post(desk, everyone, USUAL)
        balances = PointsBook(desk.shop.state).balances()
        [ordinary, *_] = members_answer(desk, VIEW).tiers

    assert balances == {"m:o0": 100}
    assert (ordinary.members, ordinary.buyers, ordinary.net_revenue) == (1, 1, 170.5)


def test_rules_are_kept_and_read_back_as_a_file(tmp_path: Path) -> None:
    with desk_of(tmp_path, tables_of(year_of_orders())) as desk:
        rules = rules_from_toml(rules_to_toml(USUAL).replace("least_orders = 2", "least_orders = 3"))
        keep_rules(desk.shop.state, rules)

        assert kept_rules(desk.shop.state) == rules


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[[tiers]]\nname = "普通"\nleast_orders = 1', "tiers"),
        ('[[tiers]]\nname = "普通"\n[[tiers]]\nname = "普通"', "tiers"),
        ('[[tiers]]\nname = "普通"\n[[tiers]]\nname = "金"\nleast_orders = 3\n[[tiers]]\nname = "黑"', "tiers"),
        ('window_days = 0\n[[tiers]]\nname = "普通"', "window_days"),
        ('[[tiers]]\nname = "普通"\nprice = 3', "tiers.0.price"),
        ("tiers = [", "the file"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_the_field(text: str, field: str) -> None:
    with pytest.raises(BadRulesError, match=f"where: members.toml, {field}"):
        rules_from_toml(text)
