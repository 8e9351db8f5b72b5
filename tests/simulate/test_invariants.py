"""What holds in every world, whatever happens in it: checked on worlds of seeds drawn now, and on spoilt records."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.levers import Lever
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.records import (
    EVENTS,
    ORDERS,
    REFUNDS,
    SETTLEMENTS,
    STOCK_LEVELS,
    STOCK_MOVES,
    Scene,
    Step,
)
from zhanggui.simulate.rows import NEVER, Column, Rows, Table
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World

DAYS = 45
OWN_SITE = next(store.number for store in STORES if store.platform is Platform.OWN_SITE)
DAY = 86_400
FEES = (
    Scene.COMMISSION,
    Scene.COMMISSION_BACK,
    Scene.SERVICE_FEE,
    Scene.CREATOR_COMMISSION,
    Scene.CREATOR_COMMISSION_BACK,
    Scene.INSURANCE,
    Scene.PENALTY,
)


@dataclass(frozen=True)
class Facts:
    """All that a world brought, of which single tables can be spoilt."""

    world: World
    midnight: int
    tables: dict[str, Rows]

    def __getitem__(self, table: Table) -> Rows:
        return self.tables[table.name]

    def spoilt(self, rows: Rows) -> Facts:
        return replace(self, tables={**self.tables, rows.table.name: rows})


TABLES = (ORDERS, REFUNDS, SETTLEMENTS, EVENTS, STOCK_LEVELS, STOCK_MOVES)


def lived(seed: int) -> Facts:
    """A world in which somebody acts: prices fall, and a hit is sold out."""
    world = World(Options(days=DAYS, orders_per_day=60, seed=seed))
    skus = world.shelf.sold_in(0)
    hits = skus[np.argsort(-world.shelf.popularity[skus])[:30]].tolist()
    cheap = Actions(prices={(0, sku): int(world.shelf.list_minor[sku]) // 3 for sku in hits})
    days = [world.step(cheap if day == 3 else Actions()) for day in range(DAYS)]
    tables = {table.name: Rows.together(table, [records[table] for records in days]) for table in TABLES}
    return Facts(world, days[0].midnight, tables)


@pytest.fixture(scope="module")
def worlds() -> list[Facts]:
    """Two worlds of seeds drawn now."""
    return [lived(secrets.randbelow(10**6)) for _ in range(2)]


def sums_by(keys: Column, of: Column, amounts: Column) -> Column:
    """The sum of the amounts of each key."""
    order = np.argsort(keys, kind="stable")
    total = np.zeros(keys.size, np.int64)
    np.add.at(total, order[np.searchsorted(keys[order], of)], amounts)
    return total


def badly_settled(facts: Facts) -> list[int]:
    """Closed orders whose settlement is not what was paid and borne, less refunds and fees."""
    orders, entries, refunds = facts[ORDERS], facts[SETTLEMENTS], facts[REFUNDS]
    entries = entries.where(entries["order"] != NEVER)
    done = refunds.where(refunds["refunded_at"] != NEVER)
    numbers = orders["order"]
    refunded = sums_by(numbers, done["order"], done["refunded_minor"])
    is_fee = np.isin(entries["scene"], FEES)
    charged = sums_by(numbers, entries["order"], np.where(is_fee, entries["amount_minor"], 0))
    settled = sums_by(numbers, entries["order"], entries["amount_minor"])
    borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
    back = borne * refunded // np.maximum(orders["due_minor"], 1)
    is_closed = ((orders["completed_at"] != NEVER) | (orders["closed_at"] != NEVER)) & (orders["paid_at"] != NEVER)
    is_wrong = is_closed & (settled != orders["due_minor"] + borne - refunded - back + charged)
    assert is_closed.sum() > 500
    return [int(number) for number in numbers[is_wrong]]


def refunds_without_order(facts: Facts) -> list[int]:
    """Refunds of no paid order, or of more than was paid."""
    orders, refunds = facts[ORDERS], facts[REFUNDS]
    paid = orders.where(orders["paid_at"] != NEVER)
    is_lost = ~np.isin(refunds["order"], paid["order"])
    known = refunds.where(~is_lost)
    too_much = sums_by(paid["order"], known["order"], known["refunded_minor"]) > paid["due_minor"]
    return [*map(int, refunds["refund"][is_lost]), *map(int, paid["order"][too_much])]


def unmatched_purchases(facts: Facts) -> list[int]:
    """Paid own-site orders without their one purchase event, and events without their order; a break is planted."""
    orders, events = facts[ORDERS], facts[EVENTS]
    as_of = facts.midnight + DAYS * DAY
    own = orders.where((orders["store"] == OWN_SITE) & (orders["paid_at"] != NEVER) & (orders["paid_at"] < as_of))
    bought = events["order"][events["step"] == Step.PURCHASE]
    day = (own["paid_at"] - facts.midnight) // DAY
    is_excused = np.zeros(len(own), np.bool_)
    for pull in facts.world.plan.pulls:
        if pull.lever is Lever.TRACKING:
            is_excused |= (pull.first_day <= day) & (day <= pull.last_day)
    alone = own["order"][~is_excused & ~np.isin(own["order"], bought)]
    numbers, times = np.unique(bought, return_counts=True)
    wrong = numbers[(times > 1) | ~np.isin(numbers, own["order"])]
    assert len(own) > 100
    return [*map(int, alone), *map(int, wrong)]


def unrecorded_oversells(facts: Facts) -> list[int]:
    """Cells of days with less than nothing in stock, or with more promised than there is and no oversell recorded.

    Moves have to give the standing. Deposits promise goods that are still to come: their days are left out.
    """
    levels, moves, orders = facts[STOCK_LEVELS], facts[STOCK_MOVES], facts[ORDERS]
    n_skus = facts.world.shelf.skus
    cells = levels["warehouse"] * n_skus + levels["sku"]
    n_cells = int(cells.max()) + 1
    standing = np.zeros((DAYS, n_cells), np.int64)
    place = (moves["at"] - facts.midnight) // DAY
    np.add.at(standing, (place, moves["warehouse"] * n_skus + moves["sku"]), moves["quantity"])
    booked = np.cumsum(standing, axis=0)[levels["day"], cells]
    first_deposit = orders["created_at"][orders["is_presale"]].min(initial=facts.midnight + DAYS * DAY)
    is_plain = facts.midnight + (levels["day"] + 1) * DAY <= first_deposit
    short = np.maximum(levels["committed"] - levels["on_hand"], 0)
    is_wrong = (levels["on_hand"] < 0) | (booked != levels["on_hand"]) | (is_plain & (levels["oversold"] != short))
    is_wrong |= levels["oversold"] > short
    assert is_plain.sum() > n_cells
    return [int(cell) for cell in cells[is_wrong]]


def with_first(rows: Rows, chosen: Column, column: str, value: int) -> Rows:
    """The rows with another value in the first of those chosen."""
    values = rows[column].copy()
    values[np.flatnonzero(chosen)[0]] = value
    return rows.but(**{column: values})


def one_fen_short(facts: Facts) -> Facts:
    entries = facts[SETTLEMENTS]
    place = np.flatnonzero((entries["scene"] == Scene.GOODS) & (entries["order"] != NEVER))[0]
    is_one = np.arange(len(entries)) == place
    return facts.spoilt(with_first(entries, is_one, "amount_minor", int(entries["amount_minor"][place]) - 1))


def refund_of_another_order(facts: Facts) -> Facts:
    refunds = facts[REFUNDS]
    return facts.spoilt(with_first(refunds, refunds["refunded_at"] != NEVER, "order", 999_999_999))


def event_lost(facts: Facts) -> Facts:
    events = facts[EVENTS]
    last = np.flatnonzero(events["step"] == Step.PURCHASE)
    is_kept = np.ones(len(events), np.bool_)
    # One that no planted break excuses.
    breaks = [pull for pull in facts.world.plan.pulls if pull.lever is Lever.TRACKING]
    day = (events["at_ms"][last] // 1000 - facts.midnight) // DAY
    sound = [not any(pull.first_day <= one <= pull.last_day for pull in breaks) for one in day.tolist()]
    is_kept[last[sound][0]] = False
    return facts.spoilt(events.where(is_kept))


def oversell_hidden(facts: Facts) -> Facts:
    levels, orders = facts[STOCK_LEVELS], facts[ORDERS]
    first_deposit = orders["created_at"][orders["is_presale"]].min(initial=facts.midnight + DAYS * DAY)
    is_plain = facts.midnight + (levels["day"] + 1) * DAY <= first_deposit
    is_oversold = is_plain & (levels["oversold"] > 0)
    if not is_oversold.any():
        # A world in which nothing was oversold: then less than nothing lies there.
        return facts.spoilt(with_first(levels, is_plain, "on_hand", -1))
    return facts.spoilt(with_first(levels, is_oversold, "oversold", 0))


PROPERTIES: dict[str, tuple[Callable[[Facts], list[int]], Callable[[Facts], Facts]]] = {
    "a closed order settles to orders less refunds less fees": (badly_settled, one_fen_short),
    "every refund has its order": (refunds_without_order, refund_of_another_order),
    "every purchase event has its order and back": (unmatched_purchases, event_lost),
    "no stock is negative without a recorded oversell": (unrecorded_oversells, oversell_hidden),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_worlds_of_any_seed_keep_what_is_promised(worlds: list[Facts], name: str) -> None:
    broken, _ = PROPERTIES[name]

    assert {facts.world.options.seed: broken(facts) for facts in worlds if broken(facts)} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_a_single_spoilt_record_breaks_the_promise(worlds: list[Facts], name: str) -> None:
    broken, spoil = PROPERTIES[name]

    assert broken(spoil(worlds[0])) != []
