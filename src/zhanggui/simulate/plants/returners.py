"""Who comes back: the true chance of every buyer on a day near the end, and what came of it by the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.people import RHYTHMS, SECOND_STORE_SHARE, People
from zhanggui.simulate.plants.watch import OrderLog
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import Store

HORIZON_DAYS = 90
"""So long before the end the chances are noted, in a world of three times as many days; else a third of its days."""
LEAST_DAYS = 90
"""Shorter worlds say nothing: hardly anybody has had the time to come back."""
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How well chances told who stays away.

    Attributes
    ----------
    customers, stayed_away : int
        Those who had bought by the day, and those of them who did not buy again by the end.
    auc : float or None
        Chance that somebody who stayed away had a smaller chance to come than somebody who came; None where all did
        or nobody.
    top_decile_precision : float
        Part of the tenth with the smallest chances that stayed away; who has the same chance counts in part.
    """

    customers: int
    stayed_away: int
    auc: float | None
    top_decile_precision: float


class Returners:
    """The chances of all people as they stood on one day.

    Parameters
    ----------
    options : Options
        How many days there will be.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.days = min(HORIZON_DAYS, options.days // 3)
        self.day = options.days - self.days - 1
        self._rate: Floats | None = None

    def observe(self, day: int, people: People) -> None:
        """Note the chances when the day has come; called once a day, when it is over."""
        if day == self.day:
            self._rate = np.where(people.is_alive & (people.n_orders > 0), people.rate, 0.0)

    def told(self, log: OrderLog, people: People, stores: tuple[Store, ...]) -> dict[str, Any]:
        """Return what the chances were worth in each store, as JSON values."""
        if self._options.days < LEAST_DAYS or self._rate is None:
            return {
                "planted": False,
                "reason": {"zh": f"需要至少 {LEAST_DAYS} 天", "en": f"takes at least {LEAST_DAYS} days"},
            }
        rows = []
        for store in stores:
            both = self._of_store(log, people, store.number)
            if both is not None:
                found, knowable = both
                rows.append(
                    {
                        "store": store.name,
                        "customers": found.customers,
                        "stayed_away": found.stayed_away,
                        "auc": None if found.auc is None else round(found.auc, 6),
                        "top_decile_precision": round(found.top_decile_precision, 6),
                        "knowable_auc": None if knowable.auc is None else round(knowable.auc, 6),
                    }
                )
        return {
            "planted": True,
            "known_until": (self._options.start + timedelta(days=self.day)).isoformat(),
            "until": self._options.end.isoformat(),
            "days": self.days,
            "chance": "1 - exp(-rate * days) while a customer, 0 after; promotions, messages and prices left aside",
            "knowable": "the same of all who bought in the store when they did: by their trade's rates and dropout",
            "stores": rows,
        }

    def _of_store(self, log: OrderLog, people: People, store: int) -> tuple[Foreseen, Foreseen] | None:
        """Return how the buyers of a store stood, by their own chances and by what their purchases tell of these.

        An order that was given back whole is no purchase.
        """
        assert self._rate is not None
        own = (log.store == store) & (log.back_minor < log.due_minor)
        until = own & (log.paid_day <= self.day)
        days = np.unique(np.stack([log.person[until], log.paid_day[until]], axis=1), axis=0)
        if days.size == 0:
            return None
        who, start, n_days = np.unique(days[:, 0], return_index=True, return_counts=True)
        came = np.isin(who, log.person[own & (log.paid_day > self.day)])
        has_second, is_home = people.second_store[who] >= 0, people.home_store[who] == store
        share = np.where(is_home, np.where(has_second, 1 - SECOND_STORE_SHARE, 1.0), SECOND_STORE_SHARE)
        first, last = days[start, 1], days[start + n_days - 1, 1]
        told = knowable_chance(
            people.trade[who], share, n_days - 1, last - first, self.day - first, horizon_days=self.days
        )
        return foreseen(-np.expm1(-self._rate[who] * share * self.days), came), foreseen(told, came)


def knowable_chance(
    trade: Ints, share: Floats, repeats: Ints, last_at: Ints, watched: Ints, *, horizon_days: int
) -> Floats:
    """Return the chance that each comes within the horizon, of everybody whose purchases look the same.

    Parameters
    ----------
    trade, share : array of shape (n_people,)
        Whose rhythm people have, and which part of their orders the store gets.
    repeats, last_at, watched : array of int, shape (n_people,)
        Later days of purchase, days from the first to the last of them, and from the first to the day looked at.
    horizon_days : int
        Days ahead.

    Returns
    -------
    array of float
        Between 0 and 1. Nobody who sees no more than purchases tells it better, for rates and dropout are drawn from
        just these distributions; that someone has stopped is never seen.

    Examples
    --------
    >>> silent = np.array([0, 60, 120])
    >>> nothing = np.zeros(3, np.int64)
    >>> knowable_chance(nothing, np.ones(3), nothing, nothing, silent, horizon_days=60).round(3)
    array([0.154, 0.064, 0.034])
    """
    rhythms = [RHYTHMS[name] for name in Trade]
    shape, days, a, b = (
        np.array([getattr(rhythm, name) for rhythm in rhythms])[trade] for name in ("shape", "days", "a", "b")
    )
    days, order = days / share, shape + repeats
    # Rate and dropout integrate in closed form: gamma over the time watched, beta over the purchases that went on.
    comes = 1 - ((days + watched) / (days + watched + horizon_days)) ** order
    stopped = a / (b + repeats) * ((days + watched) / (days + last_at)) ** order
    chance: Floats = comes / (1 + stopped)
    return chance


def foreseen(chance: Floats, came: Column) -> Foreseen:
    """Return how well chances to come back told who stays away.

    Examples
    --------
    >>> foreseen(np.array([0.0, 0.0, 0.2, 0.9]), np.array([False, False, True, True]))
    Foreseen(customers=4, stayed_away=2, auc=1.0, top_decile_precision=1.0)
    """
    away = ~came
    n_away, n = int(away.sum()), int(away.size)
    levels, level = np.unique(chance, return_inverse=True)
    away_at = np.bincount(level, away, levels.size)
    all_at = np.bincount(level, minlength=levels.size)
    return Foreseen(n, n_away, _auc(away_at, all_at - away_at), _first_tenth(away_at, all_at))


def _auc(away: Column, came: Column) -> float | None:
    """Return the area under the curve of counts by chance, the smallest first; ties count half."""
    pairs = float(away.sum() * came.sum())
    above = came.sum() - np.cumsum(came)
    return float((away * (above + came / 2)).sum()) / pairs if pairs else None


def _first_tenth(away: Column, everybody: Column) -> float:
    """Return the part that stayed away of a tenth of all, taken from the smallest chance up."""
    wanted = everybody.sum() / _TENTHS
    before = np.cumsum(everybody) - everybody
    taken = np.clip(wanted - before, 0, everybody)
    return float((taken * away / everybody).sum() / wanted)
