"""When each person wants something again, filed under that day.

A mission is a wish to order. The moments of a person's missions are a Poisson process of his own rate; a promotion
near by moves the day of a mission, not the process: people wait for a sale, or buy ahead.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.people.people import People
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.seasons import phases
from zhanggui.simulate.stores import PLACES

_DAY = 86_400
_EPOCH = date(1970, 1, 1)
FAR_DAYS = 4_000
"""Nobody plans further ahead."""
_WAITING_DAYS, _WAITING_SHARE = 9, 0.5
_AHEAD_DAYS, _AHEAD_SHARE = 14, 0.42
_PULLING_LIFT = 1.5
"""Phases that bring this many times the usual visitors also move the missions of regular buyers."""
_REGION_OF_PLACE = np.array([place.region for place in PLACES])


class Missions:
    """The missions to come of all people.

    Parameters
    ----------
    draws : Draws
        The world's.
    start : date
        The world's first day.
    paid_share : array of float
        Part of the orders created in each store, by number, that is paid.
    """

    def __init__(self, draws: Draws, start: date, paid_share: Floats) -> None:
        self._draws = draws
        self._start = start
        self._first_midnight = (start - _EPOCH).days * _DAY
        self._paid_share = paid_share
        self._diary = Diary("person", "at")
        self._pulls: dict[int, tuple[float, int, int]] = {}
        self._known_years: set[int] = set()

    def today(self, people: People, day: int) -> tuple[Ints, Ints]:
        """Return who sets out today, each once, and the moments at which they first wanted to."""
        notes = self._diary.take(day)
        who, at = notes["person"], notes["at"]
        # Whoever was given another moment since, or stopped, is not meant by the old note.
        is_meant = people.is_alive[who] & (people.next_mission[who] == at)
        return who[is_meant], at[is_meant]

    def plan(self, people: People, who: Ints, since: Ints, today: int, levers: Levers) -> None:
        """Draw the next mission of each person, an exponential time after a moment of his own."""
        store = people.home_store[who]
        # Some orders stay unpaid; thinning a Poisson process leaves one, so paid orders have the person's rate.
        rate = people.rate[who] / self._paid_share[store]
        sooner = levers.amounts(
            Lever.REPURCHASE, who.size, store=store, trade=people.trade[who], region=_REGION_OF_PLACE[people.place[who]]
        )
        gap = self._draws.exponential("gap", people.key[who], since) / (rate * np.maximum(sooner, 1e-6))
        at = since + np.minimum(gap * _DAY, FAR_DAYS * _DAY).astype(np.int64)
        self.appoint(people, who, at, today)

    def appoint(self, people: People, who: Ints, at: Ints, today: int) -> None:
        """File missions under the days on which these people will set out; today's and past ones wait for tomorrow."""
        people.next_mission[who] = at
        day = np.maximum(self._moved((at - self._first_midnight) // _DAY, people.key[who], at), today + 1)
        self._diary.write(day, person=who, at=at)

    def cancel(self, people: People, who: Ints) -> None:
        """Let people set out no more."""
        people.next_mission[who] = NEVER

    def _moved(self, day: Ints, keys: Column, at: Ints) -> Ints:
        """Return the days after promotions have pulled at them."""
        days, place = np.unique(day, return_inverse=True)
        pulls = np.array([self._pull(int(one)) for one in days]).reshape(-1, 3)[place]
        goes = self._draws.uniform("moved mission", keys, at) < pulls[:, 0]
        spread = self._draws.uniform("mission day", keys, at) * (pulls[:, 2] - pulls[:, 1] + 1)
        target = pulls[:, 1].astype(np.int64) + spread.astype(np.int64)
        return np.where(goes, target, day)

    def _pull(self, day: int) -> tuple[float, int, int]:
        """Return the chance that a mission of a day moves, and the first and last day to which it goes."""
        year = (self._start + timedelta(day)).year
        if year not in self._known_years:
            self._known_years.add(year)
            self._learn(year)
        return self._pulls.get(day, (0.0, day, day))

    def _learn(self, year: int) -> None:
        for phase in phases(year):
            if phase.lift < _PULLING_LIFT:
                continue
            first, last = ((on - self._start).days for on in (phase.first, phase.last))
            for ahead in range(1, _WAITING_DAYS + 1):
                share = _WAITING_SHARE * (1 - (ahead - 1) / _WAITING_DAYS)
                self._offer(first - ahead, share, first, last)
            for after in range(1, _AHEAD_DAYS + 1):
                share = _AHEAD_SHARE * (1 - (after - 1) / _AHEAD_DAYS)
                self._offer(last + after, share, first, last)

    def _offer(self, day: int, share: float, first: int, last: int) -> None:
        """Let a promotion pull at a day; the strongest pull counts, and days of a promotion itself stay."""
        on = self._start + timedelta(day)
        if any(phase.first <= on <= phase.last and phase.lift >= _PULLING_LIFT for phase in phases(on.year)):
            return
        if share > self._pulls.get(day, (0.0, 0, 0))[0]:
            self._pulls[day] = (share, first, last)
