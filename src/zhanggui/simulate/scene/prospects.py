"""People who look around the own site before they buy: each comes once or several times, by one way or another."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.scene.arrivals import N_PLACES, N_TRADES, Sources
from zhanggui.simulate.scene.channels import WAYS
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS

LOOK_BACK_DAYS = 30
"""Nobody comes again after so many days."""
_USUAL_GAP_DAYS = 3.2
_PATIENCE = 0.85
"""Each further visit makes the next one less likely."""
_RETURN_WAYS = {
    "direct": 0.36, "search": 0.22, "official_account": 0.15, "xiaohongshu": 0.12, "wecom_group": 0.09,
    "creator": 0.03, "forum": 0.03,
}  # fmt: skip


def _lift_of_touches() -> Floats:
    """Return the true factor on conversion of each set of channels touched before; bit c stands for channel c."""
    sets = np.arange(1 << len(WAYS))
    found = np.ones(sets.size)
    for channel, way in enumerate(WAYS):
        found[sets >> channel & 1 == 1] *= way.lift
    return found


_LIFT_OF_TOUCHES = _lift_of_touches()
MEAN_LIFT = 1.058
"""Average factor over all visits: conversions of channels are stated for the average visit."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """The visits of a day by people who have not bought, one entry per visit.

    Attributes
    ----------
    anon : array of uint64
        Whose visit, as the site knows him.
    source : array of int
        Position in the day's sources.
    visit : array of int
        Number of his earlier visits.
    touches : array of int
        Channels that brought him earlier, a bit each.
    trade : array of int
        What he looks at.
    first_day : array of int
        Day of his first visit.
    interest : array of int
        SKU that he looked at last, or `NEVER`.
    """

    anon: Keys
    source: Ints
    visit: Ints
    touches: Ints
    trade: Ints
    first_day: Ints
    interest: Ints

    def __len__(self) -> int:
        return int(self.anon.size)

    def where(self, chosen: Ints) -> Prospects:
        """Return the chosen visits."""
        return Prospects(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    @property
    def lift(self) -> Floats:
        """Factor of earlier touches on the chance to buy, 1 on average."""
        found: Floats = _LIFT_OF_TOUCHES[self.touches] / MEAN_LIFT
        return found


class Pool:
    """People who will come again, filed under the day on which they do.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    store : int
        Number of the own site.
    """

    def __init__(self, draws: Draws, store: int) -> None:
        self._draws = draws
        self.store = store
        self._diary = Diary("anon", "visit", "touches", "trade", "first_day", "interest")
        self._due: dict[str, Ints] = {}
        self._due_day = -LOOK_BACK_DAYS - 1

    def waiting(self, day: int) -> Floats:
        """Return how many people come again on a day, by place."""
        if self._due_day != day:
            self._due, self._due_day = self._diary.take(day), day
        place = self.store * N_TRADES + self._due["trade"]
        found: Floats = np.bincount(place, minlength=N_PLACES).astype(np.float64)
        return found

    def visits(self, day: int, levers: Levers, sources: Sources, counts: Ints) -> Prospects:
        """Return all visits of a day to the own site: `counts` new people of each source, and those who come again."""
        own = np.flatnonzero(sources.store == self.store)
        n_new = counts[own]
        source = np.repeat(own, n_new)
        place = np.arange(source.size) - np.repeat(np.cumsum(n_new) - n_new, n_new)
        anon = self._draws.key("visitor", day, sources.keys(self._draws)[source], place)
        again = self._again(day, levers, sources, own)
        none = np.zeros(source.size, np.int64)
        return Prospects(
            anon=np.concatenate([anon, again.anon]),
            source=np.concatenate([source, again.source]),
            visit=np.concatenate([none, again.visit]),
            touches=np.concatenate([none, again.touches]),
            trade=np.concatenate([sources.trade[source], again.trade]),
            first_day=np.concatenate([none + day, again.first_day]),
            interest=np.concatenate([none - 1, again.interest]),
        )

    def leave(self, day: int, left: Prospects, channel: Ints, interest: Ints, stretch: Floats | float = 1.0) -> None:
        """Decide which of those who left without buying come again, and when.

        Parameters
        ----------
        day : int
            Today.
        left : Prospects
            Who left.
        channel, interest : array of int
            What brought each of them, and what he looked at last.
        stretch : array of float or float
            Factor on the days until they come.
        """
        draws = self._draws
        back = np.array([way.comes_back for way in WAYS])[channel] * _PATIENCE**left.visit
        comes = draws.uniform("comes again", left.anon, left.visit) < back
        gap = 1 + (_USUAL_GAP_DAYS * stretch * draws.exponential("gap", left.anon, left.visit)).astype(np.int64)
        comes &= gap <= LOOK_BACK_DAYS
        self._diary.write(
            day + gap[comes],
            anon=left.anon[comes].view(np.int64),
            visit=left.visit[comes] + 1,
            touches=left.touches[comes] | (1 << channel[comes]),
            trade=left.trade[comes],
            first_day=left.first_day[comes],
            interest=interest[comes],
        )

    def _again(self, day: int, levers: Levers, sources: Sources, own: Ints) -> Prospects:
        """Return the visits of people who were here before."""
        due, draws = self._due, self._draws
        anon, visit, trade = due["anon"].view(np.uint64), due["visit"], due["trade"]
        names = [CHANNEL_OF[code] for code in _RETURN_WAYS]
        weights = list(_RETURN_WAYS.values())
        channel = np.array(names)[draws.pick(weights, "return way", anon, visit)]
        chance = draws.uniform("return source", anon, visit)
        # What is not there on this day (no post is found) is replaced by the bookmark.
        direct = _within(sources, own, trade, np.full(anon.size, CHANNEL_OF["direct"]), chance, sources.mean)
        source = _within(sources, own, trade, channel, chance, sources.mean)
        source = np.where(source < 0, direct, source)
        caught = _caught(sources, own, trade, draws.uniform("caught by an ad", anon, visit))
        source = np.where(caught < 0, source, caught)
        pull = levers.amounts(Lever.VISITORS, anon.size, store=self.store, channel=sources.channel[source], trade=trade)
        kept = (source >= 0) & (draws.uniform("still comes", anon, visit) < pull)
        return Prospects(anon, source, visit, due["touches"], trade, due["first_day"], due["interest"]).where(
            np.flatnonzero(kept)
        )


def _within(sources: Sources, own: Ints, trade: Ints, channel: Ints, chance: Floats, weight: Floats) -> Ints:
    """Return a source of each visitor's trade and channel, drawn by weight, or -1 where there is none."""
    n_channels = len(CHANNELS)
    cell = sources.trade[own] * n_channels + sources.channel[own]
    order = own[np.argsort(cell, kind="stable")]
    ends = np.searchsorted(np.sort(cell), np.arange(N_TRADES * n_channels + 1))
    limits = np.concatenate([[0.0], np.cumsum(weight[order])])
    wanted = trade * n_channels + channel
    low, high = limits[ends[wanted]], limits[ends[wanted + 1]]
    place = np.searchsorted(limits[1:], low + chance * (high - low), side="right")
    place = np.clip(place, ends[wanted], np.maximum(ends[wanted + 1] - 1, 0))
    found: Ints = np.where(high > low, order[np.minimum(place, order.size - 1)], -1)
    return found


def _caught(sources: Sources, own: Ints, trade: Ints, chance: Floats) -> Ints:
    """Return the paid source that catches each visitor on his way, or -1."""
    found = np.full(trade.size, -1)
    for one in np.unique(trade).tolist():
        paid = own[(sources.trade[own] == one) & (sources.caught[own] > 0)]
        those = np.flatnonzero(trade == one)
        place = np.searchsorted(np.cumsum(sources.caught[paid]), chance[those], side="right")
        hit = place < paid.size
        found[those[hit]] = paid[place[hit]]
    return found
