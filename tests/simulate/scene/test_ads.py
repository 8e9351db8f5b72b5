"""Ad groups: saturation, carry-over, fatigue, and what levers and actions do to them."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.scene.ads import CREATIVE_DAYS, AdGroup, Advertising, Creative, ad_groups_of
from zhanggui.simulate.scene.arrivals import first_orders_of
from zhanggui.simulate.stores import stores_of

OPTIONS = Options(days=120)
NO_LEVERS = Levers()


def groups() -> tuple[tuple[AdGroup, ...], tuple[Creative, ...]]:
    stores = stores_of(OPTIONS)
    return ad_groups_of(OPTIONS, Draws(OPTIONS.seed), stores, first_orders_of(OPTIONS, stores))


def advertising() -> Advertising:
    return Advertising(Draws(OPTIONS.seed), *groups())


def quiet(n_groups: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.ones(n_groups)


def settled(budget_factor: float) -> float:
    """Return the visitors that the first group adds a day once a multiple of its budget has run for long.

    The mean of as many days as a creative lives: fresh and tired ones come alike.
    """
    ads = advertising()
    first = ads.groups[0]
    actions = Actions(budgets={0: round(first.budget_minor * budget_factor)})
    added = []
    for day in range(2 * CREATIVE_DAYS):
        found = ads.day(day, NO_LEVERS, actions, quiet(len(ads.groups)))
        added.append(float(found.added[0] + found.carried[0]))
    return float(np.mean(added[CREATIVE_DAYS:]))


def test_each_further_yuan_of_budget_adds_fewer_visitors() -> None:
    added = [settled(factor) for factor in (0.5, 1.0, 1.5, 2.0)]

    steps = np.diff(added)
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_planned_budgets_add_what_the_groups_own_curve_says() -> None:
    first = groups()[0][0]
    clicked, carried, _ = first.usual()

    # Delivery spends 96% on average, of which the curve keeps more than 96%.
    assert settled(1.0) == pytest.approx(clicked + carried, rel=0.05)


def test_what_a_paused_group_leaves_behind_fades_by_its_carry_over() -> None:
    ads = advertising()
    everybody = quiet(len(ads.groups))
    ads.day(0, NO_LEVERS, NOTHING, everybody)
    ads.day(1, NO_LEVERS, Actions(paused={0: True}), everybody)
    before = float(ads.exposure_minor[0])
    paused = ads.day(2, NO_LEVERS, NOTHING, everybody)

    assert ads.exposure_minor[0] == pytest.approx(before * ads.groups[0].carry)
    assert paused.added[0] == 0.0
    assert paused.diverted[0] == 0.0
    assert paused.carried[0] > 0.0
    assert paused.spend_minor[paused.group == 0].sum() == 0


def test_a_started_group_spends_again() -> None:
    ads = advertising()
    everybody = quiet(len(ads.groups))
    ads.day(0, NO_LEVERS, Actions(paused={0: True}), everybody)
    started = ads.day(1, NO_LEVERS, Actions(paused={0: False}), everybody)

    assert started.spend_minor[started.group == 0].sum() > 0


def test_a_set_budget_is_spent_as_it_is_whatever_the_season() -> None:
    ads = advertising()
    found = ads.day(0, NO_LEVERS, Actions(budgets={0: 100_000}), 3.0 * quiet(len(ads.groups)))

    # At most 8% stay undelivered.
    assert 92_000 <= found.spend_minor[found.group == 0].sum() <= 100_000


def test_clicks_that_cost_twice_as_much_add_fewer_visitors_for_the_same_spend() -> None:
    dear = Levers([Pull(Lever.CLICK_COST, 2.0, 0, 0, {"ad_group": 0})])
    usual, costly = (advertising().day(0, levers, NOTHING, quiet(len(groups()[0]))) for levers in (NO_LEVERS, dear))

    assert costly.added[0] < usual.added[0]
    assert costly.added[1] == usual.added[1]
    assert (costly.spend_minor == usual.spend_minor).all()


def test_a_budget_lever_multiplies_the_spend_of_its_group_only() -> None:
    twice = Levers([Pull(Lever.BUDGET, 2.0, 0, 0, {"ad_group": 3})])
    usual, more = (advertising().day(0, levers, NOTHING, quiet(len(groups()[0]))) for levers in (NO_LEVERS, twice))

    is_third = usual.group == 3
    assert more.spend_minor[is_third].sum() == pytest.approx(2 * usual.spend_minor[is_third].sum(), abs=2)
    assert (more.spend_minor[~is_third] == usual.spend_minor[~is_third]).all()


def test_a_creative_loses_half_of_its_clicks_by_the_day_it_is_replaced() -> None:
    ads = advertising()
    creative = next(one for one in ads.creatives if one.first_day == 0)
    rates = []
    for day in (0, CREATIVE_DAYS - 1):
        found = ads.day(day, NO_LEVERS, NOTHING, quiet(len(ads.groups)))
        rates.append(float(found.click_rate[found.creative == creative.number][0]))

    assert rates[1] / rates[0] == pytest.approx(0.5 ** ((CREATIVE_DAYS - 1) / CREATIVE_DAYS))


def test_every_group_shows_three_creatives_on_every_day() -> None:
    ads = advertising()
    for day in range(0, OPTIONS.days, 7):
        found = ads.day(day, NO_LEVERS, NOTHING, quiet(len(ads.groups)))
        assert (np.bincount(found.group, minlength=len(ads.groups)) == 3).all()


def test_platforms_claim_more_than_follows_their_clicks() -> None:
    assert all(group.claim > 1.0 for group in groups()[0])
    assert all(0.0 < group.incremental < 1.0 for group in groups()[0])
