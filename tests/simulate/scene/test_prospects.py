"""People who look around the own site: they come again, some by an ad, and nobody after a bad post."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.scene.arrivals import Sources
from zhanggui.simulate.scene.channels import WAYS
from zhanggui.simulate.scene.prospects import LOOK_BACK_DAYS, Pool, Prospects
from zhanggui.simulate.stores import CHANNEL_OF

OWN = 6
DIRECT, SEARCH, NOTES, FORUM, ADS = (
    CHANNEL_OF[code] for code in ("direct", "search", "xiaohongshu", "forum", "search_ads")
)
NO_LEVERS = Levers()


def sources(*channels: int, caught: float = 0.0) -> Sources:
    """Return one source of the own site per channel; the paid one catches a part of those who come anyway."""
    channel = np.array(channels, np.int64)
    none, zero = np.full(channel.size, NEVER), np.zeros(channel.size, np.int64)
    is_paid = channel == ADS
    return Sources(
        store=zero + OWN,
        trade=zero,
        channel=channel,
        campaign=none,
        ad_group=np.where(is_paid, 0, NEVER),
        creative=np.where(is_paid, 0, NEVER),
        creator=none,
        live_session=none,
        note=none,
        mean=np.ones(channel.size),
        caught=np.where(is_paid, caught, 0.0),
        incremental=np.ones(channel.size),
        landing=np.ones(channel.size),
    )


def left_by(pool: Pool, day: int, channel: int, n: int) -> Prospects:
    """Let new people come by a channel and leave."""
    pool.waiting(day)
    of_day = sources(channel)
    came = pool.visits(day, NO_LEVERS, of_day, np.array([n]))
    pool.leave(day, came, of_day.channel[came.source], np.full(len(came), 5))
    return came


def later(pool: Pool, first_day: int, levers: Levers = NO_LEVERS, caught: float = 0.0) -> list[Prospects]:
    """Return the visits of the days that follow, on which nobody new comes."""
    found = []
    for day in range(first_day, first_day + LOOK_BACK_DAYS + 1):
        pool.waiting(day)
        of_day = sources(DIRECT, SEARCH, NOTES, ADS, caught=caught)
        found.append(pool.visits(day, levers, of_day, np.zeros(4, np.int64)))
    return found


def test_as_many_come_again_as_their_first_way_says() -> None:
    pool = Pool(Draws(3), OWN)
    left_by(pool, 0, NOTES, 20_000)
    again = later(pool, 1)

    n = sum(len(visits) for visits in again)
    chance = WAYS[NOTES].comes_back
    assert n == pytest.approx(20_000 * chance, abs=4 * np.sqrt(20_000 * chance * (1 - chance)))


def test_whoever_comes_again_is_known_by_his_device_and_what_he_saw() -> None:
    pool = Pool(Draws(3), OWN)
    came = left_by(pool, 0, NOTES, 2_000)
    again = later(pool, 1)

    assert all(np.isin(visits.anon, came.anon).all() for visits in again)
    assert all((visits.visit == 1).all() for visits in again)
    assert all((visits.touches == 1 << NOTES).all() for visits in again)
    assert all((visits.interest == 5).all() for visits in again)
    assert len(np.unique(np.concatenate([visits.anon for visits in again]))) == sum(map(len, again))


def test_a_bad_post_ends_the_journey() -> None:
    pool = Pool(Draws(3), OWN)
    left_by(pool, 0, FORUM, 5_000)

    assert sum(map(len, later(pool, 1))) == 0


def test_a_note_seen_before_makes_a_later_visit_worth_more() -> None:
    pool = Pool(Draws(3), OWN)
    left_by(pool, 0, NOTES, 2_000)
    after_note = later(pool, 1)[0].lift
    pool = Pool(Draws(3), OWN)
    left_by(pool, 0, ADS, 2_000)
    after_ad = later(pool, 1)[0].lift

    assert after_note[0] / after_ad[0] == pytest.approx(WAYS[NOTES].lift / WAYS[ADS].lift)


def test_an_ad_catches_its_part_of_those_who_come_anyway() -> None:
    pool = Pool(Draws(3), OWN)
    left_by(pool, 0, NOTES, 20_000)
    again = later(pool, 1, caught=0.3)

    n = sum(map(len, again))
    n_caught = sum(int((visits.source == 3).sum()) for visits in again)
    # A further part chose what is not there and comes by bookmark; ads catch them all alike.
    assert n_caught / n == pytest.approx(0.3, abs=4 * np.sqrt(0.3 * 0.7 / n))


def test_a_lost_search_rank_keeps_part_of_the_returning_searchers_away() -> None:
    drop = Levers([Pull(Lever.VISITORS, 0.5, 0, 99, {"store": OWN, "channel": SEARCH})])
    counts = []
    for levers in (NO_LEVERS, drop):
        pool = Pool(Draws(3), OWN)
        left_by(pool, 0, NOTES, 20_000)
        again = later(pool, 1, levers)
        searching = sum(int((visits.source == 1).sum()) for visits in again)
        counts.append((searching, sum(map(len, again)) - searching))

    (searched, others), (searched_less, same_others) = counts
    assert searched_less / searched == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / searched))
    assert same_others == others


def test_more_newcomers_leave_the_first_of_them_as_they_were() -> None:
    def anon_of(n: int) -> list[int]:
        pool = Pool(Draws(3), OWN)
        pool.waiting(0)
        found = pool.visits(0, NO_LEVERS, sources(DIRECT), np.array([n]))
        return [int(key) for key in found.anon]

    assert anon_of(9)[:5] == anon_of(5)
