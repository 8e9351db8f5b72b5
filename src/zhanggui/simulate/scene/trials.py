"""Tests on the visitors of the own site: who sees which arm, and what the arm truly does to him."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.plants.experiments import Audience, Experiment
from zhanggui.simulate.records import ASSIGNMENTS
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.scene.prospects import Prospects

BANNER_OF_TEST = 10
"""A banner's number is that of its test times this, and the arm from 1."""


class Trials:
    """The tests that run on visitors.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    store : int
        Number of the own site.

    Attributes
    ----------
    tests : tuple of Experiment
        Those whose audience is the site's visitors.
    """

    def __init__(self, draws: Draws, store: int) -> None:
        self._draws = draws
        self._store = store
        self.tests: tuple[Experiment, ...] = ()
        self._orders, self._clicks = Luck(0), Luck(0)

    def watch(self, experiments: tuple[Experiment, ...]) -> None:
        """Take part in these experiments, as far as they are about visitors."""
        self.tests = tuple(one for one in experiments if one.audience is Audience.VISITORS and one.store == self._store)
        arms = sum(len(one.arms) for one in self.tests)
        self._orders = Luck(2 * arms)
        self._clicks = Luck(2 * BANNER_OF_TEST * (1 + max((one.number for one in self.tests), default=0)))

    def arms(self, day: int, prospects: Prospects) -> Ints:
        """Return the arm of each visitor in each test, shape (tests, visits); -1 where he is not in it."""
        found = np.full((len(self.tests), len(prospects)), -1)
        for place, test in enumerate(self.tests):
            first = prospects.first_day
            is_in = (test.first_day <= first) & (first <= test.last_day) & (day < first + test.window_days)
            is_in &= (test.trade < 0) | (prospects.trade == test.trade)
            found[place, is_in] = test.enters(self._draws, prospects.anon[is_in])
        return found

    def order_factor(self, arms: Ints) -> Floats:
        """Return what the arms do to the chance of an order."""
        factor = np.ones(arms.shape[1])
        for test, arm in zip(self.tests, arms, strict=True):
            factor *= np.array([one.order for one in test.arms] + [1.0])[arm]
        return factor

    def order_lean(self, arms: Ints, is_first: Column, chance: Floats) -> Floats:
        """Return how much less or more visitors should order now, so that each arm does as often as it should."""
        factor = np.ones(arms.shape[1])
        for kind in self._kinds(arms, is_first):
            factor *= self._orders.lean(kind, chance)
        return factor

    def note_orders(self, arms: Ints, is_first: Column, chance: Floats, ordered: Column) -> None:
        """Take down who of a day's visitors ordered, and with what chance."""
        for kind in self._kinds(arms, is_first):
            self._orders.note(kind, chance, ordered)

    def click_lean(self, banner: Ints, is_first: Column, chance: Floats) -> Floats:
        """Return how much less or more the banners should be clicked now, see `order_lean`."""
        return self._clicks.lean(_banner_kind(banner, is_first), chance)

    def note_clicks(self, banner: Ints, is_first: Column, chance: Floats, clicked: Column) -> None:
        """Take down who of those who saw a banner clicked it, and with what chance."""
        self._clicks.note(_banner_kind(banner, is_first), chance, clicked)

    def _kinds(self, arms: Ints, is_first: Column) -> list[Ints]:
        """Return, for each test, a number for the arm and whether the visit is the first; -1 outside the test."""
        found, start = [], 0
        for test, arm in zip(self.tests, arms, strict=True):
            found.append(np.where(arm >= 0, 2 * (start + arm) + is_first, NEVER))
            start += len(test.arms)
        return found

    def click_factor(self, arms: Ints) -> Floats:
        """Return what the arms do to the chance of a click on the banner."""
        factor = np.ones(arms.shape[1])
        for test, arm in zip(self.tests, arms, strict=True):
            factor *= np.array([one.click for one in test.arms] + [1.0])[arm]
        return factor

    def banners(self, arms: Ints) -> Ints:
        """Return the banner that each visitor sees; 0 outside all tests."""
        banner = np.zeros(arms.shape[1], np.int64)
        for test, arm in zip(self.tests, arms, strict=True):
            banner = np.where(arm >= 0, test.number * BANNER_OF_TEST + arm + 1, banner)
        return banner

    def assignments(self, arms: Ints, prospects: Prospects, sessions: Rows) -> Rows:
        """Return who entered which test on a day: visitors on their first visit."""
        is_first = prospects.visit == 0
        order = np.argsort(sessions["anon"], kind="stable")
        found = []
        for test, arm in zip(self.tests, arms, strict=True):
            entered = np.flatnonzero((arm >= 0) & is_first)
            anon = prospects.anon[entered]
            seen = order[np.searchsorted(sessions["anon"][order], anon)]
            began = np.where(
                sessions["created_ms"][seen] == NEVER, sessions["starts_ms"][seen], sessions["created_ms"][seen]
            )
            found.append(Rows(ASSIGNMENTS, anon=anon, experiment=test.number, arm=arm[entered], at=began // 1000))
        return Rows.together(ASSIGNMENTS, found)


def _banner_kind(banner: Ints, is_first: Column) -> Ints:
    return np.where(banner > 0, 2 * banner + is_first, NEVER)
