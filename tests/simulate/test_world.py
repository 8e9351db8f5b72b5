from __future__ import annotations

import numpy as np
import pytest

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.records import LINES, ORDERS, PRICES, TABLES, VISITS
from zhanggui.simulate.world import World

SMALL = Options(days=20, orders_per_day=40, seed=3)


def _differing(one: DayRecords, other: DayRecords) -> list[str]:
    return [
        table.name
        for table in TABLES
        if any(not np.array_equal(one[table][name], other[table][name]) for name in table.columns)
    ]


def test_equal_options_make_the_same_world_and_doing_nothing_changes_nothing() -> None:
    one, other = World(SMALL), World(SMALL)

    for _ in range(6):
        assert _differing(one.step(), other.step(NOTHING if one.day % 2 else Actions())) == []


def test_another_seed_makes_another_world() -> None:
    one, other = World(SMALL).step(), World(Options(days=20, orders_per_day=40, seed=4)).step()

    assert {"orders", "lines", "visits"} <= set(_differing(one, other))


def test_a_fork_goes_on_as_the_world_it_came_from() -> None:
    world = World(SMALL)
    for _ in range(4):
        world.step()
    fork = world.fork()

    for _ in range(4):
        assert _differing(world.step(), fork.step()) == []
    assert fork.people is not world.people


def test_an_action_in_one_store_leaves_the_orders_of_the_others_as_they_were() -> None:
    idle = World(SMALL)
    for _ in range(3):
        idle.step()
    acting = idle.fork()
    hit = int(idle.shelf.sold_in(0)[np.argmax(idle.shelf.popularity[idle.shelf.sold_in(0)])])
    half = int(idle.shelf.list_minor[hit]) // 2

    usual, changed = idle.step(), acting.step(Actions(prices={(0, hit): half}))

    keys = [records[ORDERS]["order_key"][records[ORDERS]["store"] != 0] for records in (usual, changed)]
    assert np.array_equal(np.sort(keys[0]), np.sort(keys[1]))
    assert np.array_equal(usual[VISITS]["visitors"], changed[VISITS]["visitors"])
    prices = changed[PRICES]
    assert half in prices["price_minor"][(prices["sku"] == hit) & (prices["store"] == 0)]


def test_a_price_set_by_an_action_holds_on_later_days() -> None:
    world = World(SMALL)
    skus = world.shelf.sold_in(0)
    world.step(Actions(prices={(0, int(sku)): 12_300 for sku in skus}))

    lines = world.step()[LINES]

    own = (lines["store"] == 0) & ~lines["is_gift"]
    assert own.any()
    assert (lines["list_minor"][own] == 12_300 * lines["quantity"][own]).all()


@pytest.mark.parametrize("platform", list(Platform))
def test_a_world_of_one_platform_has_orders_of_its_stores_alone(platform: Platform) -> None:
    world = World(Options(days=5, orders_per_day=30, platforms=(platform,)))

    stores = np.concatenate([world.step()[ORDERS]["store"] for _ in range(3)])

    assert stores.size > 30
    assert set(stores.tolist()) <= {store.number for store in world.stores}


@pytest.mark.parametrize("trade", list(Trade))
def test_a_world_of_one_trade_sells_its_goods_alone(trade: Trade) -> None:
    world = World(Options(days=5, orders_per_day=30, trades=(trade,)))

    sold = np.concatenate([world.step()[LINES]["sku"] for _ in range(3)])

    assert sold.size > 30
    assert (world.shelf.trade[sold] == list(Trade).index(trade)).all()
