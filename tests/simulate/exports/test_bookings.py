"""Bookings: what a platform books in one go, split over lines without losing a fen."""

from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.exports.made import Made, store_on, view

from zhanggui.simulate.exports.bookings import AMOUNTS, Strand, bookings_of
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import Scene
from zhanggui.simulate.rows import Rows

STORE = store_on(Platform.DOUYIN)


@pytest.fixture
def made() -> Made:
    return Made(STORE)


def bookings(made: Made, day: int = 0, days: int = 20) -> Rows:
    records = made.days(days)[day]
    return bookings_of(records, StoreDay(records, STORE.number, view(days)), STORE.number, view(days))


def test_scenes_of_one_strand_and_moment_share_a_row(made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    for entry, (scene, amount) in enumerate(
        ((Scene.GOODS, 9_900), (Scene.COMMISSION, -495), (Scene.INSURANCE, -60), (Scene.PENALTY, -300))
    ):
        made.entry(entry, scene, amount, day=12, order=order)

    found = bookings(made)

    assert dict(zip(found["strand"].tolist(), found["total_minor"].tolist(), strict=True)) == {
        Strand.SALE: 9_405,
        Strand.INSURANCE: -60,
        Strand.PENALTY: -300,
    }


def test_every_scene_sums_to_its_entries_over_lines_of_any_size(made: Made) -> None:
    draws = np.random.default_rng(5)
    wanted = dict.fromkeys(Scene, 0)
    entry = 0
    for number in range(1, 40):
        prices = draws.integers(0, 5_000, size=draws.integers(1, 5)).tolist()
        order = made.order(number, lines=[(made.sku(place), 1, price) for place, price in enumerate(prices)])
        for scene in (Scene.GOODS, Scene.SUBSIDY, Scene.COMMISSION, Scene.CREATOR_COMMISSION, Scene.PENALTY):
            amount = int(draws.integers(-9_999, 9_999))
            made.entry(entry, scene, amount, day=12, order=order)
            wanted[scene] += amount
            entry += 1

    found = bookings(made)

    assert {scene: int(found[column].sum()) for scene, column in AMOUNTS.items()} == wanted
    assert int(found["total_minor"].sum()) == sum(wanted.values())


def test_what_belongs_to_no_order_stands_by_itself(made: Made) -> None:
    made.entry(1, Scene.WITHDRAWAL, -500, day=3)
    made.entry(2, Scene.WITHDRAWAL, -700, day=3)

    found = bookings(made, day=3)

    assert found["total_minor"].tolist() == [-500, -700]
    assert set(found["order"].tolist()) == {-1}
    assert set(found["sku"].tolist()) == {-1}


def test_a_day_without_bookings_has_none(made: Made) -> None:
    assert len(bookings(made)) == 0
