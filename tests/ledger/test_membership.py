"""Members by day and what is asked of them, held against a walk over each member's orders in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.metrics.ledgers import batch, ledger_of, order, store

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.identity import refresh_identity
from zhanggui.ledger.membership import MEMBERSHIP
from zhanggui.metrics import Question, answer

Row = dict[str, Any]
FIRST, N_DAYS = date(2026, 1, 5), 120
LOADED = datetime(2026, 6, 10, 8, tzinfo=UTC)
TIERS = ("普通", "金会员", None)
COUNTS = ("members", "members_buying", "member_days", "contact_days", "members_followed", "members_activated")
NAMES = (*COUNTS, "member_active_rate", "member_spending", "private_domain_spending", "activation_rate")


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _members(rng: Random) -> Iterator[Row]:
    """Yield members; some joined before the first order, some later than the last, some are tied to nobody."""
    for number in range(300):
        joined = None if number % 17 == 0 else _day(rng.randrange(-40, N_DAYS + 5))
        yield {
            "shop_id": 1 + number % 2,
            "fact_key": f"m{number}",
            "member_key": f"m{number}",
            "buyer_key": None if number % 13 == 0 else f"b{number}",
            "union_key": f"u{number}",
            "joined_date": joined,
            "tier": TIERS[number % 3],
            "currency": "CNY",
        }


def _contacts() -> Iterator[Row]:
    for number in range(0, 400, 4):
        told: Row = {"shop_id": 3, "fact_key": f"c{number}", "contact_key": f"c{number}", "union_key": f"u{number}"}
        yield told | {"added_date": FIRST, "currency": "CNY"}


def _orders(rng: Random) -> Iterator[Row]:
    for number in range(900):
        who = rng.randrange(330)
        day, paid, kind = _day(rng.randrange(N_DAYS)), rng.choice((0, 50_00, 80_00)), rng.random()
        told: Row = {"paid": f"{day} 10", "buyer_key": f"b{who}", "shop_id": 1 + (who + (kind > 0.9)) % 2}
        if kind < 0.05:
            told |= {"order_kind": "brushing"}
        elif kind < 0.1:
            del told["paid"]
        elif kind < 0.25:
            told |= {"refunded": paid}
        yield order(f"o{number}", f"{day} 09", paid, **told)


@dataclass(frozen=True)
class Company:
    members: list[Row]
    contacts: set[str]
    orders: list[Row]

    @cached_property
    def _paid(self) -> list[Row]:
        return [row for row in self.orders if row["is_paid"] and row.get("order_kind", "ordinary") == "ordinary"]

    @cached_property
    def _of_buyer(self) -> dict[tuple[int, str], list[Row]]:
        found: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for row in self._paid:
            found[row["shop_id"], row["buyer_key"]].append(row)
        return found

    def bought(self, member: Row) -> list[Row]:
        """Return every paid order of a member in his store."""
        return self._of_buyer[member["shop_id"], member["buyer_key"]] if member["buyer_key"] is not None else []

    def span(self, shop: int) -> tuple[date, date]:
        days = [row["paid_date"] for row in self._paid if row["shop_id"] == shop]
        return min(days), max(days)


def _is_in(member: Row, day: date) -> bool:
    return member["joined_date"] is None or member["joined_date"] <= day


def _wanted(company: Company, members: Sequence[Row], first: date, last: date) -> Row:
    found: dict[str, float] = defaultdict(float)
    ends = {member["shop_id"]: company.span(member["shop_id"]) for member in members}
    # What stands on the last day of the cell: a store whose orders end before has nothing there.
    shown = [min(last, end) for begin, end in ends.values() if begin <= last and first <= end]
    last_day = max(shown, default=None)
    for member in members:
        begin, end = ends[member["shop_id"]]
        is_contact = member["union_key"] in company.contacts
        bought = company.bought(member)
        mine = [row for row in bought if _is_in(member, row["paid_date"]) and first <= row["paid_date"] <= last]
        kept = [row for row in mine if row["refunded_minor"] < row["paid_minor"]
                or row["paid_minor"] == row["refunded_minor"] == 0]  # fmt: skip
        low, high = max(first, begin, member["joined_date"] or begin), min(last, end)
        n_days = max((high - low).days + 1, 0)
        paid = sum(row["paid_minor"] for row in mine) / 100
        found["members"] += last_day is not None and last_day <= end and low <= last_day
        found["members_buying"] += bool(kept)
        found["member_days"] += n_days
        found["contact_days"] += n_days * is_contact
        found["paid"] += paid
        found["contact_paid"] += paid * is_contact
        joined = member["joined_date"]
        waits = sorted((row["paid_date"] - joined).days for row in bought) if joined else []
        if joined and first <= joined <= last and begin <= joined <= end - timedelta(days=30) and member["buyer_key"]:
            found["members_followed"] += not waits or waits[0] >= 0
            found["members_activated"] += bool(waits) and 0 <= waits[0] <= 30

    def over(above: float, below: float) -> float | None:
        return above / below if below else None

    return {
        **{name: found[name] for name in COUNTS},
        "member_active_rate": over(found["members_buying"], found["members"]),
        "member_spending": over(found["paid"] * 365, found["member_days"]),
        "private_domain_spending": over(found["contact_paid"] * 365, found["contact_days"]),
        "activation_rate": over(found["members_activated"], found["members_followed"]),
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Company]]:
    rng = Random("members")
    members, contacts, orders = list(_members(rng)), list(_contacts()), list(_orders(rng))
    numbers = iter(range(1, 9))
    batches = [batch(next(numbers), shop, LOADED, dataset) for shop in (1, 2) for dataset in ("orders", "members")]
    tables = {
        "store": [store(1, "一店"), store(2, "二店", "jd"), store(3, "公司", "company")],
        "source_batch": [*batches, batch(next(numbers), 3, LOADED, "contacts")],
        "member": members,
        "contact": contacts,
        "order_header": orders,
    }
    with ledger_of(tmp_path_factory.mktemp("members"), tables) as ledger:
        refresh_identity(ledger)
        assert refresh(ledger, (MEMBERSHIP,)) == ("membership",)
        assert refresh(ledger, (MEMBERSHIP,)) == ()
        yield ledger, Company(members, {each["union_key"] for each in contacts}, orders)


ALWAYS = (date(2025, 1, 1), date(2026, 12, 31))


def _same(row: Row, wanted: Row) -> None:
    got = {name: row[name] for name in NAMES}
    assert got | {name: got[name] or 0 for name in COUNTS} == pytest.approx(wanted)


def test_what_members_did_is_what_a_walk_over_their_orders_finds(shop: tuple[Ledger, Company]) -> None:
    ledger, company = shop

    (whole,) = answer(ledger, Question(NAMES)).rows

    wanted = _wanted(company, company.members, *ALWAYS)
    assert min(wanted[name] for name in COUNTS) > 10
    _same(whole, wanted)


@pytest.mark.parametrize("by", ["shop", "tier", "month", "week", "day"])
def test_and_so_in_every_cell(shop: tuple[Ledger, Company], by: str) -> None:
    ledger, company = shop
    rows = answer(ledger, Question(NAMES, by=(by,))).rows

    assert len(rows) >= 2
    for row in rows:
        if by in ("shop", "tier"):
            wanted_of = {"shop": {"一店": 1, "二店": 2}.get(str(row[by])), "tier": row[by]}[by]
            column = "shop_id" if by == "shop" else "tier"
            members, days = [each for each in company.members if each[column] == wanted_of], ALWAYS
        else:
            first = date.fromisoformat(str(row[by]))
            length = {"day": 0, "week": 6, "month": ((first + timedelta(31)).replace(day=1) - first).days - 1}[by]
            members, days = company.members, (first, first + timedelta(days=length))
        _same(row, _wanted(company, members, *days))


def test_parts_of_a_day_add_up_to_all_members(shop: tuple[Ledger, Company]) -> None:
    ledger, _ = shop
    tiers = answer(ledger, Question(("members",), by=("tier",))).rows
    (whole,) = answer(ledger, Question(("members",))).rows

    assert sum(int(str(row["members"])) for row in tiers) == whole["members"]


def test_without_a_list_of_members_the_file_is_named(tmp_path: Path) -> None:
    orders = [order("o1", "2026-01-05 10", 50_00, paid="2026-01-05 10", buyer_key="b")]
    tables = {"store": [store(1, "一店")], "source_batch": [batch(1, 1, LOADED)], "order_header": orders}
    with ledger_of(tmp_path, tables) as ledger:
        assert refresh(ledger, (MEMBERSHIP,)) == ()
        found = answer(ledger, Question(("member_spending", "activation_rate")))

    assert found.rows == [{"member_spending": None, "activation_rate": None}]
    assert {each.text.en.split(":")[0] for each in found.warnings} == {"needs members"}
