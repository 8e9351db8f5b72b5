"""The rhythm of buying is what later estimators are measured against, so it has to be what it says."""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy import stats

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.people import RHYTHMS, Newcomers, People, newcomers
from zhanggui.simulate.people.missions import Missions
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.stores import STORES, stores_of

_DRAWS = Draws(5)
_N = 4_000
_QUIET = date(2026, 7, 20)
"""A start with no promotion for months."""


def _people() -> People:
    people = People()
    keys = _DRAWS.key("somebody", np.arange(_N))
    who = Newcomers(keys, np.zeros(_N, np.int64), np.zeros(_N, np.int64), np.full(_N, NEVER))
    people.add(**newcomers(_DRAWS, who, stores_of(Options())))
    return people


def test_intervals_of_each_person_are_exponential_with_his_own_rate() -> None:
    people, paid_share = _people(), np.full(len(STORES), 0.8)
    missions = Missions(_DRAWS, _QUIET, paid_share)
    everybody, since = np.arange(_N), np.full(_N, 1_800_000_000)

    missions.plan(people, everybody, since, 0, Levers())

    # Four of five missions end in a paid order, so missions come 1/0.8 as often as paid orders.
    scaled = (people.next_mission - since) / 86_400 * people.rate / 0.8
    near = people.rate > 1 / 2_000
    assert stats.kstest(scaled[near], "expon").pvalue > 0.001


def test_rates_are_gamma_and_dropout_chances_beta_among_people() -> None:
    people, rhythm = _people(), RHYTHMS[Trade.BEAUTY]

    rate = stats.gamma(rhythm.shape, scale=1 / rhythm.days)
    assert stats.kstest(people.rate, rate.cdf).pvalue > 0.001
    assert stats.kstest(people.drop, stats.beta(rhythm.a, rhythm.b).cdf).pvalue > 0.001


def test_a_promotion_near_by_moves_days_and_not_the_process() -> None:
    people = _people()
    missions = Missions(_DRAWS, date(2026, 11, 1), np.full(len(STORES), 0.8))
    midnight = (date(2026, 11, 1) - date(1970, 1, 1)).days * 86_400
    wanted = np.full(_N, midnight + 8 * 86_400 + 100)

    missions.appoint(people, np.arange(_N), wanted, 0)

    # 9 November is the day before the two great days: half of all who want something then wait for them.
    n_waiting = sum(missions.today(people, day)[0].size for day in (9, 10))
    assert abs(n_waiting / _N - 0.5) < 0.04
    assert (people.next_mission == wanted).all()


def test_the_chance_of_a_purchase_follows_from_rate_and_life() -> None:
    people = _people()
    people.n_orders[:] = 1
    people.is_alive[: _N // 2] = False

    chances = people.purchase_chances(30)

    assert (chances[: _N // 2] == 0).all()
    assert np.allclose(chances[_N // 2 :], 1 - np.exp(-30 * people.rate[_N // 2 :]))


def test_an_old_appointment_does_not_count_after_a_new_one() -> None:
    people = _people()
    missions = Missions(_DRAWS, _QUIET, np.ones(len(STORES)))
    midnight = (_QUIET - date(1970, 1, 1)).days * 86_400
    one = np.array([7])
    missions.appoint(people, one, np.array([midnight + 3 * 86_400]), 0)
    missions.appoint(people, one, np.array([midnight + 5 * 86_400]), 0)

    assert missions.today(people, 3)[0].size == 0
    assert missions.today(people, 5)[0].tolist() == [7]
