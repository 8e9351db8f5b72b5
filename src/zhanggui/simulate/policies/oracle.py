"""The oracle: knows every true curve, every wrong size chart and what moves whom.

It mends all size charts on the first day, sets each ad group's budget every day where the next yuan brings just one
back, shows what earns most, and writes to those alone whom a message moves. It looks no further than what a first
buyer is worth within the days that are left, so it is near the best and not a strict bound.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from zhanggui.simulate.actions import Actions, Message
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people import RHYTHMS, Uplift
from zhanggui.simulate.plants.story import chance_to_come_back
from zhanggui.simulate.policies.margins import margin_of
from zhanggui.simulate.scene.ads import AdGroup
from zhanggui.simulate.scene.channels import PAID_SHARE, conversion_of
from zhanggui.simulate.seasons import factors
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World

_TRADES = list(Trade)
_MESSAGE_DAYS = 14
"""It writes every so many days, so that nobody tires of it."""


class Oracle:
    """The policy that knows."""

    def decide(self, world: World, yesterday: DayRecords | None) -> Actions:
        """Return what is best today."""
        day = world.day
        season = factors(world.start + timedelta(days=day))
        budgets = {
            group.number: _best_budget(world, group, float(season[group.store, group.trade]))
            for group in world.scene.ad_groups
        }
        first = day == 0
        return Actions(
            budgets=budgets,
            messages=_messages(world) if day % _MESSAGE_DAYS == 0 and not first else (),
            recommendation="margin" if first else None,
            size_chart_fixed=tuple(np.flatnonzero(world.shelf.size_fault).tolist()) if first else (),
        )


def _best_budget(world: World, group: AdGroup, season: float) -> int:
    """Return the spend at which one more fen brings one fen of contribution, on the steady curve."""
    conversion = conversion_of(STORES[group.store].platform, group.channel) * PAID_SHARE
    worth = conversion * _worth_of_buyer(world, group) * group.most_visitors * season
    exposure = np.sqrt(worth * group.half_minor / (1 - group.carry)) - group.half_minor
    return max(round(float(exposure) * (1 - group.carry)), 0)


def _worth_of_buyer(world: World, group: AdGroup) -> float:
    """Return what a first order leaves, and with it the orders that follow within the days that are left."""
    rhythm = RHYTHMS[_TRADES[group.trade]]
    left = world.options.days - world.day
    stays = rhythm.b / (rhythm.a + rhythm.b)
    follows = stays * chance_to_come_back(left, rhythm.days, rhythm.shape)
    return margin_of(world.shelf, group.store, group.trade).left_minor * (1 + follows)


def _messages(world: World) -> tuple[Message, ...]:
    people = world.people
    is_moved = (people.coupon_uplift == Uplift.PERSUADABLE) & people.has_consent & ~people.is_staff
    who = tuple(np.flatnonzero(is_moved & (people.n_orders > 0)).tolist())
    return (Message(who, "push"),) if who else ()
