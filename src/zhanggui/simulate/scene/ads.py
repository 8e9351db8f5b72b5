"""Paid traffic: ad groups and creatives, what a budget truly brings, and what is said about it.

The visitors whom a group truly adds follow ``V e / (K + e)`` of its exposure ``e``: the day's effective spend and what
earlier days left (``e = spend + carry × e of the day before``). The platform counts the clicks, of which a part would
have come anyway; what comes later without a click counts as organic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.scene.channels import PAID_SHARE, conversion_of
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

CLICKS_PER_VISITOR = 1.12
"""Clicks that the platform bills for each visitor who arrives."""
SEASON_OF_BUDGETS = 0.8
"""Planned budgets follow the season to this power; a budget that is set by an action is spent as it is."""
OWN_SITE_AD_COST_MINOR = 120_00
"""What a first buyer of the own site costs in ads at the planned budgets (X-02)."""
CREATIVE_DAYS = 45
"""A creative is replaced after so many days; half of its clicks are gone by then."""
CREATIVES_AT_A_TIME = 3


@dataclass(frozen=True, slots=True)
class AdChannel:
    """What is typical for the ad groups of a channel."""

    click_cost_minor: int
    click_rate: float
    incremental: float
    claim: float
    carry: float
    half_at: float
    names: tuple[str, str]


AD_CHANNELS = {
    CHANNEL_OF["search_ads"]: AdChannel(190, 0.052, 0.55, 1.30, 0.15, 1.20, ("品牌词", "品类词")),
    CHANNEL_OF["feed_ads"]: AdChannel(110, 0.021, 0.80, 1.60, 0.35, 0.90, ("猜你喜欢", "人群扩展")),
    CHANNEL_OF["hard_ads"]: AdChannel(190, 0.006, 0.35, 1.90, 0.50, 0.35, ("开屏", "信息流")),
}


CLICK_COSTS = {Trade.BEAUTY: 3.6, Trade.FASHION: 3.5, Trade.BABY: 2.3, Trade.HOME: 2.5}
"""Factor on the cost of a click on a platform: the more an order leaves, the more sellers bid."""
_DOUYIN_CLICK_COST = 0.6
"""Its clicks are cheaper, and fewer of them buy."""


@dataclass(frozen=True, slots=True)
class AdGroup:
    """An ad group and the truth about it.

    Attributes
    ----------
    number : int
        Position in the world's list.
    store, trade, channel, campaign : int
        Where it shows what; `trade` is a position in `Trade`.
    name : str
        As the platform's report writes it.
    budget_minor : int
        Planned for an average day.
    most_visitors, half_minor, carry : float
        ``V``, ``K`` (fen) and the carry-over of the curve.
    incremental : float
        Part of the clicking visitors who come only because of it.
    claim : float
        Orders that the platform claims for each order that followed a click.
    click_rate : float
        Clicks per impression of a new creative.
    creatives : tuple of int
        Numbers of its creatives.
    """

    number: int
    store: int
    trade: int
    channel: int
    campaign: int
    name: str
    budget_minor: int
    most_visitors: float
    half_minor: float
    carry: float
    incremental: float
    claim: float
    click_rate: float
    creatives: tuple[int, ...]

    def usual(self) -> tuple[float, float, float]:
        """Return the visitors of a day at the planned budget: added by clicks, added without, coming anyway."""
        exposure = self.budget_minor / (1 - self.carry)
        visitors = self.most_visitors * exposure / (self.half_minor + exposure) if exposure else 0.0
        clicked = visitors * (1 - self.carry)
        return clicked, visitors * self.carry, clicked * (1 / self.incremental - 1)


@dataclass(frozen=True, slots=True)
class Creative:
    """One picture or film of an ad group, shown for some weeks.

    Attributes
    ----------
    number, ad_group : int
        Position in the world's list, and whose it is.
    name : str
        As the report and the tag of the link write it.
    first_day, last_day : int
        When it is shown.
    appeal : float
        Factor on clicks per impression while it is new.
    landing : float
        Factor on the chance to stay after the click: some creatives win cheap clicks that leave at once.
    """

    number: int
    ad_group: int
    name: str
    first_day: int
    last_day: int
    appeal: float
    landing: float


def ad_groups_of(
    options: Options, draws: Draws, stores: tuple[Store, ...], first_orders: dict[tuple[int, int, int], float]
) -> tuple[tuple[AdGroup, ...], tuple[Creative, ...]]:
    """Return the ad groups and creatives of a world.

    Parameters
    ----------
    options, draws, stores
        Those of the world.
    first_orders : dict
        First orders of an average day by store, position in `Trade` and channel.
    """
    groups: list[AdGroup] = []
    creatives: list[Creative] = []
    dearness = _own_site_dearness(stores, first_orders)
    campaign = 0
    for store in stores:
        for channel in (c for c in AD_CHANNELS if store.platform in CHANNELS[c].platforms):
            typical = AD_CHANNELS[channel]
            campaign += 1
            for trade in (list(Trade).index(trade) for trade in store.trades):
                visitors = first_orders[store.number, trade, channel] / conversion_of(store.platform, channel)
                n_groups = 2 if len(store.trades) == 1 else 1
                for place in range(n_groups):
                    part = (0.62, 0.38)[place] if n_groups == 2 else 1.0
                    cost = typical.click_cost_minor * _bid(store, trade, dearness)
                    made = _creatives(options, draws, len(groups), len(creatives))
                    creatives.extend(made)
                    names = (CHANNELS[channel].label, typical.names[place], TRADE_LABELS[trade])
                    ids = (len(groups), store.number, trade, channel, campaign)
                    groups.append(_group(draws, ids, names, typical, visitors * part, cost, made))
    return tuple(groups), tuple(creatives)


TRADE_LABELS = ("美妆", "女装", "母婴", "家居生鲜")


def _bid(store: Store, trade: int, dearness: float) -> float:
    """Return the factor on the cost of a click in a store."""
    if store.platform is Platform.OWN_SITE:
        return dearness
    return CLICK_COSTS[list(Trade)[trade]] * (_DOUYIN_CLICK_COST if store.platform is Platform.DOUYIN else 1.0)


def _own_site_dearness(stores: tuple[Store, ...], first_orders: dict[tuple[int, int, int], float]) -> float:
    """Return the factor on click costs at which ads of the own site cost what X-02 says for each buyer."""
    spend = buyers = 0.0
    for store in stores:
        if store.platform != Platform.OWN_SITE:
            continue
        for (number, _, channel), orders in first_orders.items():
            if number == store.number and channel in AD_CHANNELS:
                visitors = orders / conversion_of(store.platform, channel)
                spend += visitors * CLICKS_PER_VISITOR * AD_CHANNELS[channel].click_cost_minor
                buyers += orders * PAID_SHARE
    return OWN_SITE_AD_COST_MINOR * buyers / spend if spend else 1.0


def _group(
    draws: Draws,
    ids: tuple[int, int, int, int, int],
    names: tuple[str, str, str],
    typical: AdChannel,
    visitors: float,
    click_cost_minor: float,
    creatives: list[Creative],
) -> AdGroup:
    number, store, trade, channel, campaign = ids

    def around(value: float, spread: float, what: str) -> float:
        return value * float(np.exp(spread * draws.normal(f"ad group {what}", number)[0]))

    budget = visitors * CLICKS_PER_VISITOR * click_cost_minor
    incremental = min(around(typical.incremental, 0.1, "incremental"), 0.95)
    carry = min(around(typical.carry, 0.15, "carry"), 0.7)
    exposure = budget / (1 - carry)
    half = exposure * around(typical.half_at, 0.25, "half")
    # At the planned budget the clicks of a day bring `visitors`, of whom `incremental` are truly added; what carries
    # over comes on top.
    added = visitors * incremental / (1 - carry)
    return AdGroup(
        number=number,
        store=store,
        trade=trade,
        channel=channel,
        campaign=campaign,
        name="-".join(names),
        budget_minor=round(budget),
        most_visitors=added * (half + exposure) / exposure,
        half_minor=half,
        carry=carry,
        incremental=incremental,
        claim=max(around(typical.claim, 0.08, "claim"), 1.05),
        click_rate=around(typical.click_rate, 0.12, "click rate"),
        creatives=tuple(creative.number for creative in creatives),
    )


def _creatives(options: Options, draws: Draws, group: int, first: int) -> list[Creative]:
    """Return creatives that follow each other on three places, so that the new ones overlap the tired ones."""
    found: list[Creative] = []
    for place in range(CREATIVES_AT_A_TIME):
        start = -CREATIVE_DAYS * place // CREATIVES_AT_A_TIME
        while start < options.days:
            number = first + len(found)
            appeal = float(np.exp(0.2 * draws.normal("creative appeal", number)[0]))
            # Loud creatives promise what the page does not keep.
            landing = min(appeal**-0.8 * float(np.exp(0.1 * draws.normal("creative landing", number)[0])), 1.25)
            name = f"创意{group + 1:02d}{'ABC'[place]}{len(found) // CREATIVES_AT_A_TIME + 1:02d}"
            found.append(Creative(number, group, name, start, start + CREATIVE_DAYS - 1, appeal, landing))
            start += CREATIVE_DAYS
    return found


@dataclass(frozen=True, slots=True)
class AdDay:
    """What the ad groups do on a day, one entry per group and per shown creative.

    Attributes
    ----------
    added, carried, diverted : array of float, one per group
        Visitors truly added by clicks of the day, added without a click, and clicking but coming anyway.
    creative, group : array of int
        The shown creatives and their groups.
    part : array of float
        A creative's part of its group's clicks.
    click_rate : array of float
        Clicks per impression.
    spend_minor : array of int
        Spend on each creative.
    """

    added: Floats
    carried: Floats
    diverted: Floats
    creative: Ints
    group: Ints
    part: Floats
    click_rate: Floats
    spend_minor: Ints


class Advertising:
    """The ad groups of a world, day after day.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    groups, creatives : tuple
        As `ad_groups_of` returns them.
    """

    def __init__(self, draws: Draws, groups: tuple[AdGroup, ...], creatives: tuple[Creative, ...]) -> None:
        self._draws = draws
        self.groups = groups
        self.creatives = creatives
        self._budget = np.array([group.budget_minor for group in groups], np.float64)
        self._is_set = np.zeros(len(groups), np.bool_)
        self._is_paused = np.zeros(len(groups), np.bool_)
        carry = np.array([group.carry for group in groups])
        # The shop has advertised before the first day.
        self.exposure_minor = self._budget / (1 - carry) if groups else self._budget
        self._store = np.array([group.store for group in groups], np.int64)
        self._trade = np.array([group.trade for group in groups], np.int64)
        self._channel = np.array([group.channel for group in groups], np.int64)
        self._number = np.arange(len(groups))
        self._shown_from = np.array([creative.first_day for creative in creatives], np.int64)
        self._shown_to = np.array([creative.last_day for creative in creatives], np.int64)
        self._group_of = np.array([creative.ad_group for creative in creatives], np.int64)
        self._appeal = np.array([creative.appeal for creative in creatives])

    def day(self, day: int, levers: Levers, actions: Actions, season: Floats) -> AdDay:
        """Return what the groups bring on a day; `season` is the factor of each group's store and trade."""
        self._obey(actions)
        creative = np.flatnonzero((self._shown_from <= day) & (day <= self._shown_to))
        group = self._group_of[creative]
        tired = 0.5 ** ((day - self._shown_from[creative]) / CREATIVE_DAYS)
        pull = levers.amounts(Lever.CLICK_RATE, creative.size, ad_group=group, creative=creative)
        freshness = tired * pull
        weight = self._appeal[creative] * freshness
        total = np.bincount(group, weight, len(self.groups))
        part = weight / np.where(total[group] > 0, total[group], 1.0)
        shown = np.bincount(group, minlength=len(self.groups))
        # Tired creatives win fewer clicks for the same money; an average mix is worth 1.
        quality = np.bincount(group, freshness, len(self.groups)) / np.maximum(shown, 1) / AVERAGE_FRESHNESS
        spend = self._spend(day, levers, season)
        cost = levers.amounts(Lever.CLICK_COST, len(self.groups), ad_group=self._number, store=self._store)
        effective = spend * quality / np.maximum(cost, 1e-9)
        added, carried = self._response(effective, levers, season)
        incremental = np.array([one.incremental for one in self.groups])
        rate = np.array([one.click_rate for one in self.groups])[group] * weight
        return AdDay(
            added, carried, added * (1 / incremental - 1), creative, group, part, rate, _split(spend, group, part)
        )

    def _obey(self, actions: Actions) -> None:
        for number, budget in actions.budgets.items():
            self._budget[number] = budget
            self._is_set[number] = True
        for number, is_paused in actions.paused.items():
            self._is_paused[number] = is_paused

    def _spend(self, day: int, levers: Levers, season: Floats) -> Floats:
        planned = self._budget * np.where(self._is_set, 1.0, season**SEASON_OF_BUDGETS)
        pull = levers.amounts(
            Lever.BUDGET, len(self.groups), ad_group=self._number, store=self._store, channel=self._channel
        )
        delivered = 1.0 - 0.08 * self._draws.uniform("ad delivery", day, self._number)
        spend: Floats = np.floor(np.where(self._is_paused, 0.0, planned * pull * delivered))
        return spend

    def _response(self, effective: Floats, levers: Levers, season: Floats) -> tuple[Floats, Floats]:
        """Return visitors added by clicks and without a click, and keep the exposure for the next day."""
        groups = self.groups
        carry = np.array([group.carry for group in groups])
        self.exposure_minor = effective + carry * self.exposure_minor
        most = np.array([group.most_visitors for group in groups])
        half = np.array([group.half_minor for group in groups])
        exposure = self.exposure_minor
        parts = {"store": self._store, "trade": self._trade, "channel": self._channel, "ad_group": self._number}
        pull = levers.amounts(Lever.VISITORS, len(groups), **parts)
        visitors = most * exposure / np.maximum(half + exposure, 1e-9) * season * pull
        clicked = visitors * effective / np.maximum(exposure, 1e-9)
        return clicked, visitors - clicked


AVERAGE_FRESHNESS = float(np.mean(0.5 ** (np.arange(CREATIVE_DAYS) / CREATIVE_DAYS)))


def _split(spend: Floats, group: Ints, part: Floats) -> Ints:
    """Return whole fen of each creative; those of a group sum to its spend."""
    found = np.floor(spend[group] * part).astype(np.int64)
    rest = spend.astype(np.int64) - np.bincount(group, found, spend.size).astype(np.int64)
    groups, first = np.unique(group, return_index=True)
    found[first] += rest[groups]
    return found
