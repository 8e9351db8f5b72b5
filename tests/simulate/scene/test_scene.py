"""The scene as a whole: what the same seed, an action or a channel does to the people who come."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.goods import shelf_of
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.records import VISITS
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.channels import LIVE_LIFT
from zhanggui.simulate.scene.scene import Scene
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, STORES, stores_of

if TYPE_CHECKING:
    from tests.simulate.scene.conftest import Busy

SEASON = np.ones((len(STORES), len(Trade)))
SHELF_PLATFORMS = tuple(platform for platform in Platform if platform is not Platform.OWN_SITE)
OWN, DOUYIN = 6, 5
BEAUTY, FASHION = 0, 1


def scene_of(options: Options) -> Scene:
    draws, stores = Draws(options.seed), stores_of(options)
    return Scene(options, draws, stores, shelf_of(options, draws, stores))


def visits_of(options: Options, n_days: int, actions: Actions = NOTHING, levers: Levers | None = None) -> list[Rows]:
    scene = scene_of(options)
    return [scene.visits(day, levers or Levers(), actions, SEASON) for day in range(n_days)]


def test_stores_get_the_first_orders_that_they_are_meant_to_have() -> None:
    options = Options(days=40, orders_per_day=2_000, platforms=SHELF_PLATFORMS)
    visits = Rows.together(VISITS, visits_of(options, 40))
    due = np.bincount(visits["store"], visits["visitors"] * visits["conversion_ppm"] / 1e6, len(STORES)) / 40

    meant = np.zeros(len(STORES))
    for (store, _, _), orders in scene_of(options).first_orders.items():
        meant[store] += orders
    assert due == pytest.approx(meant, rel=0.08)


def test_a_paused_ad_group_changes_nothing_in_other_stores() -> None:
    options = Options(days=10, platforms=SHELF_PLATFORMS)
    usual, paused = (visits_of(options, 10, actions) for actions in (NOTHING, Actions(paused={0: True})))
    paused_store = scene_of(options).ad_groups[0].store

    for before, after in zip(usual, paused, strict=True):
        kept, same = (rows.where(rows["store"] != paused_store) for rows in (before, after))
        assert all((kept[name] == same[name]).all() for name in VISITS.columns)


def test_a_store_loses_by_a_pause_what_the_group_truly_added_and_not_what_it_claims() -> None:
    options = Options(days=80, orders_per_day=4_000, platforms=(Platform.TMALL,), trades=(Trade.BEAUTY,))
    group = scene_of(options).ad_groups[0]
    usual, paused = (
        Rows.together(VISITS, visits_of(options, 80, actions)[20:]) for actions in (NOTHING, Actions(paused={0: True}))
    )
    clicks = usual["visitors"][usual["ad_group"] == 0].sum() / 60
    lost = (usual["visitors"].sum() - paused["visitors"].sum()) / 60

    added, carried, diverted = group.usual()
    error = 4 * np.sqrt(2 * usual["visitors"].sum()) / 60
    assert lost == pytest.approx(added + carried, abs=error + 0.05 * added)
    assert clicks == pytest.approx(added + diverted, rel=0.08)
    assert lost < clicks


def test_levers_on_visitors_touch_their_channel_only() -> None:
    options = Options(days=5, platforms=(Platform.JD,))
    search = CHANNEL_OF["search"]
    half = Levers([Pull(Lever.VISITORS, 0.5, 0, 9, {"store": 3, "channel": search})])
    usual, fewer = (Rows.together(VISITS, visits_of(options, 5, levers=levers)) for levers in (Levers(), half))

    def came(rows: Rows, channel: int) -> int:
        return int(rows["visitors"][rows["channel"] == channel].sum())

    n = came(usual, search)
    assert came(fewer, search) == pytest.approx(n / 2, abs=4 * np.sqrt(n))
    others = [channel.number for channel in CHANNELS if channel.number != search]
    assert [came(fewer, channel) for channel in others] == [came(usual, channel) for channel in others]


def test_visitors_added_are_part_of_those_who_come() -> None:
    for visits in visits_of(Options(days=3), 1):
        is_paid = visits["ad_group"] != NEVER
        assert (visits["incremental_visitors"] <= visits["visitors"]).all()
        assert (visits["incremental_visitors"] == visits["visitors"])[~is_paid].all()
        assert visits["incremental_visitors"][is_paid].sum() < visits["visitors"][is_paid].sum()


_HASH = """
import hashlib, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zhanggui.simulate.exports.events import EventsWriter
from zhanggui.simulate.exports.writing import View, midnight_after
from zhanggui.simulate.options import Options
from zhanggui.simulate.world import World

world = World(Options(days=4, orders_per_day=60, seed=int(sys.argv[1])))
with TemporaryDirectory() as folder:
    writer = EventsWriter(Path(folder), world, View(world.start, midnight_after(world.options.end)))
    for _ in range(4):
        writer.write(world.step())
    for file in writer.close():
        print(file.path.name, file.n_rows, hashlib.sha256(file.path.read_bytes()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_seed_writes_the_same_bytes_in_any_process() -> None:
    settings = [("7", "1", "UTC"), ("7", "2", "America/New_York"), ("8", "1", "UTC")]
    first, second, other = (
        subprocess.run(
            [sys.executable, "-c", _HASH, seed],
            env={**os.environ, "PYTHONHASHSEED": hashes, "TZ": zone},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, hashes, zone in settings
    )

    assert first.count("\n") == 3
    assert first == second
    assert first != other


@pytest.mark.slow
def test_a_live_session_converts_three_times_as_well_as_the_official_account(busy: Busy) -> None:
    # X-10, by the chances that visits had and by the paid orders that came of them.
    paid = busy.is_new & (busy.orders["paid_at"] != NEVER)

    def rates(store: int, code: str) -> tuple[float, float, int]:
        channel = CHANNEL_OF[code]
        came = busy.visits.where((busy.visits["store"] == store) & (busy.visits["channel"] == channel))
        n_buyers = int((paid & (busy.orders["store"] == store) & (busy.orders["channel"] == channel)).sum())
        n_visits = float(came["visitors"].sum())
        due = float((came["visitors"] * came["conversion_ppm"]).sum()) / 1e6
        return due / n_visits, n_buyers / n_visits, n_buyers

    live_due, live, n_live = rates(DOUYIN, "live")
    account_due, account, n_account = rates(OWN, "official_account")
    assert live_due / account_due == pytest.approx(LIVE_LIFT, rel=0.08)
    error = np.sqrt(1 / n_live + 1 / n_account)
    assert live / account == pytest.approx(3.0, rel=0.08 + 4 * error)


@pytest.mark.slow
def test_an_order_of_a_live_session_is_worth_less_by_15_percent(busy: Busy) -> None:
    # Against all new orders of the own site: those of one channel are too few to tell 15% from nothing.
    value, error = [], []
    for trade in (BEAUTY, FASHION):
        for store, channels in ((DOUYIN, [CHANNEL_OF["live"]]), (OWN, range(len(CHANNELS)))):
            chosen = busy.is_new & (busy.orders["paid_at"] != NEVER) & (busy.trade == trade)
            chosen &= (busy.orders["store"] == store) & np.isin(busy.orders["channel"], list(channels))
            due = busy.orders["due_minor"][chosen]
            value.append(due.mean())
            error.append(due.std() / due.mean() / np.sqrt(due.size))
    ratio = (value[0] / value[1] + value[2] / value[3]) / 2

    assert ratio == pytest.approx(0.85, abs=0.03 + 3 * float(np.hypot.reduce(error)) / 2)


@pytest.mark.slow
def test_a_friend_brings_a_buyer_for_a_fifth_of_what_ads_cost(busy: Busy) -> None:
    # The beauty trade is left out: move what its ads cost.
    groups = [g.number for g in busy.world.scene.ad_groups if g.store == OWN and g.trade != BEAUTY]
    spend = busy.ads["spend_minor"][np.isin(busy.ads["ad_group"], groups)].sum()
    paid = (busy.orders["paid_at"] != NEVER) & busy.is_new & (busy.orders["store"] == OWN) & (busy.trade != BEAUTY)
    by_ads = paid & np.isin(busy.orders["ad_group"], groups)
    rewards, rewarded = busy.costs["cost_minor"].sum(), busy.costs["buyers"].sum()

    ratio = (rewards / rewarded) / (spend / by_ads.sum())
    assert ratio == pytest.approx(0.2, abs=0.2 * (0.06 + 3 / np.sqrt(by_ads.sum())))


@pytest.mark.slow
def test_platforms_claim_at_least_what_their_ads_truly_brought(busy: Busy) -> None:
    groups = busy.world.scene.ad_groups
    claimed, direct = (
        np.bincount(busy.ads["ad_group"], busy.ads[name], len(groups))
        for name in ("claimed_orders", "claimed_direct_orders")
    )
    expected = np.array([group.claim for group in groups]) * direct

    assert (busy.ads["claimed_orders"] >= busy.ads["claimed_direct_orders"]).all()
    assert (busy.ads["claimed_minor"] >= busy.ads["claimed_direct_minor"]).all()
    # Claims follow what is expected of the clicks, the true orders what came of them: both scatter.
    assert (np.abs(claimed - expected) < 5 * np.sqrt(expected + claimed) + 5).all()
    added = np.array([group.incremental for group in groups]) * direct
    assert claimed.sum() > direct.sum() > added.sum()


@pytest.mark.slow
def test_visits_pass_the_steps_at_the_true_rates(busy: Busy) -> None:
    truth = busy.world.scene.funnel
    before = np.concatenate([truth.visits[:, None], truth.reached[:, :-2]], axis=1)
    chances = np.concatenate([truth.visits[:, None], truth.expected], axis=1)
    rate = chances[:, 1:] / chances[:, :-1]

    # Who orders is decided with the goods, for a source as a whole: counts scatter somewhat more than single visits.
    error = np.sqrt(before * rate * (1 - rate))
    assert (np.abs(truth.reached[:, :-1] - before * rate) < 4.5 * error).all()


@pytest.mark.slow
def test_the_variant_step_of_home_goods_is_the_worst_of_all(busy: Busy) -> None:
    # X-06, as anybody can count it.
    truth = busy.world.scene.funnel
    before = np.concatenate([truth.visits[:, None], truth.reached[:, :-2]], axis=1)
    rate = truth.reached[:, :-1] / before

    home, variant = list(Trade).index(Trade.HOME), 1
    assert divmod(int(rate.argmin()), rate.shape[1]) == (home, variant)
