"""Who comes back: true chances on a day, held against what came of them."""

from __future__ import annotations

import numpy as np
from tests.simulate.conftest import Lived

from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.people import RHYTHMS, People
from zhanggui.simulate.plants.returners import LEAST_DAYS, Returners, foreseen, knowable_chance


def test_chances_that_say_nothing_rank_like_a_coin() -> None:
    found = foreseen(np.full(20, 0.3), np.arange(20) < 5)

    # Of any two of these the wanted one is first half of the time; 15 of 20 stayed away, so of any two 1.5 did.
    assert (found.customers, found.stayed_away, found.auc, found.top_decile_precision) == (20, 15, 0.5, 0.75)


def test_every_pair_in_the_right_order_counts_and_a_tie_counts_half() -> None:
    # Away: 0.1 and 0.5; came: 0.5 and 0.4. Pairs in order: 0.1 before both, 0.5 before none and level with one.
    found = foreseen(np.array([0.1, 0.5, 0.5, 0.4]), np.array([False, False, True, True]))

    assert found.auc == (2 + 0.5) / 4


def test_where_nobody_came_no_ranking_is_told() -> None:
    assert foreseen(np.array([0.1, 0.2]), np.array([False, False])).auc is None


def test_of_people_whose_purchases_look_the_same_as_many_come_as_their_knowable_chance_says() -> None:
    rng, n, silent, ahead = np.random.default_rng(7), 400_000, 100, 60
    rhythm = RHYTHMS[Trade.BEAUTY]
    rate, drop = rng.gamma(rhythm.shape, 1 / rhythm.days, n), rng.beta(rhythm.a, rhythm.b, n)
    second = np.where(rng.random(n) < drop, np.inf, rng.exponential(1 / rate))
    alike = second > silent
    nothing = np.zeros(1, np.int64)
    trade = np.full(1, list(Trade).index(Trade.BEAUTY))

    [told] = knowable_chance(trade, np.ones(1), nothing, nothing, np.full(1, silent), horizon_days=ahead)

    came = (second[alike] <= silent + ahead).mean()
    # About 320,000 people are alike, so chance alone moves the share by .0004.
    assert abs(told - came) < 4 * np.sqrt(came / alike.sum())


def test_who_comes_back_again_and_again_is_likelier_to_come_than_who_fell_silent() -> None:
    trade, share = np.zeros(2, np.int64), np.ones(2)
    repeats, last_at, watched = np.array([5, 5]), np.array([95, 30]), np.full(2, 100)

    told = knowable_chance(trade, share, repeats, last_at, watched, horizon_days=60)

    assert told[0] > 0.5 > told[1]


def test_a_short_world_says_that_it_is_too_short(lived: Lived) -> None:
    told = lived.world.plan.returners(lived.world.people)

    assert lived.world.options.days < LEAST_DAYS
    assert told["planted"] is False
    assert told["reason"]["zh"]


def test_only_orders_that_are_kept_make_a_customer_and_only_later_ones_bring_him_back(lived: Lived) -> None:
    people = lived.world.people
    noted = Returners(Options(days=LEAST_DAYS))
    noted.observe(noted.day - 1, People())
    noted.observe(noted.day, people)
    log = lived.world.plan._watch.orders()
    noted.day = 30

    rows = {row["store"]: row for row in noted.told(log, people, lived.world.stores)["stores"]}

    for store in lived.world.stores:
        kept = {
            (int(who), int(day))
            for who, day, at, due, back in zip(
                log.person, log.paid_day, log.store, log.due_minor, log.back_minor, strict=True
            )
            if at == store.number and back < due
        }
        before, after = ({who for who, day in kept if (day <= 30) is is_before} for is_before in (True, False))
        assert rows[store.name]["customers"] == len(before)
        assert rows[store.name]["stayed_away"] == len(before - after)
