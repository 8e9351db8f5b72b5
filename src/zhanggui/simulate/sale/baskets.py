"""What goes into each basket: a first choice, further ones, what belongs to them, and how many of each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import STAGES, Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.people import People
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.sale.display import Display
from zhanggui.simulate.sale.intents import RETURNING
from zhanggui.simulate.stores import STORES

_FURTHER: dict[Trade, float] = {Trade.BEAUTY: 0.27, Trade.FASHION: 0.2, Trade.BABY: 0.17, Trade.HOME: 0.24}
"""Chance of each further choice in a basket."""
_MOST_CHOICES = 3
RECOMMENDATIONS = ("popular", "margin", "none")
"""How the own site may choose what it shows beside a first choice."""
_UNSHOWN = 0.75
"""Factor on further choices where nothing is recommended."""
_IS_OWN_SITE = np.array([store.platform is Platform.OWN_SITE for store in STORES])
_PARTNERS = 2
_BULK_SHARE, _BULK_FACTOR = 0.0004, 24
"""A few orders are those of companies that buy for all their staff."""
_ONE_SKU_AN_ORDER = np.array([store.platform is Platform.PINDUODUO for store in STORES])
_TILT = 0.55
"""How strongly a person's value draws him to the dearer of two things."""


@dataclass(frozen=True, slots=True)
class Baskets:
    """Lines of baskets, sorted by order.

    Attributes
    ----------
    order : array of int
        Position of the intent.
    sku, quantity : array of int
        What and how many.
    """

    order: Ints
    sku: Ints
    quantity: Ints

    def where(self, chosen: Column) -> Baskets:
        """Return some of the lines."""
        return Baskets(self.order[chosen], self.sku[chosen], self.quantity[chosen])


class Basketry:
    """Fills baskets.

    Parameters
    ----------
    draws, shelf, people
        Those of the world.
    """

    def __init__(self, draws: Draws, shelf: Shelf, people: People) -> None:
        self._draws = draws
        self._shelf = shelf
        self._people = people
        self._further = np.array([_FURTHER[trade] for trade in Trade])
        self._partner, self._strength = _partners(shelf)
        self._limits = np.concatenate([[0.0], np.cumsum(shelf.popularity)])
        families = shelf.families
        self._again = np.array([family.again for family in families])
        longest = max(len(family.quantities) for family in families)
        chances = np.array([[*f.quantities, *[0.0] * (longest - len(f.quantities))] for f in families])
        self._quantity_limits = np.cumsum(chances, axis=1)
        self._recommended = RECOMMENDATIONS[0]

    def recommend(self, policy: str | None) -> None:
        """Let the own site recommend by another policy from now on; None changes nothing.

        ``popular`` shows what sells, ``margin`` of two such things the one that earns more, ``none`` shows nothing.
        """
        if policy is not None:
            if policy not in RECOMMENDATIONS:
                raise ValueError(f"recommendation {policy!r}: one of {', '.join(RECOMMENDATIONS)}")
            self._recommended = policy

    def fill(self, intents: Rows, display: Display, day: int, levers: Levers, lift: float) -> Baskets:
        """Return the baskets of a day.

        Parameters
        ----------
        intents : Rows
            Of `INTENTS`.
        display : Display
            What there is.
        day : int
            The day.
        levers : Levers
            Of the day.
        lift : float
            Factor on further choices: above 1 when a promotion asks for a full basket.
        """
        n = len(intents)
        if n == 0:
            return Baskets(*(np.empty(0, np.int64) for _ in range(3)))
        pull = levers.amounts(Lever.BASKET, n, store=intents["store"], trade=intents["trade"])
        parts = [self._choices(intents, display, nth) for nth in range(_MOST_CHOICES)]
        parts[0] = self._or_the_same_again(intents, display, parts[0])
        order, sku = [], []
        goes_on = np.ones(n, np.bool_)
        if self._recommended == "none":
            pull = np.where(_IS_OWN_SITE[intents["store"]], _UNSHOWN * pull, pull)
        chance = np.minimum(self._further[intents["trade"]] * pull * lift, 0.95)
        for nth, chosen in enumerate(parts):
            if nth:
                goes_on &= self._draws.uniform("further", intents["order_key"], nth) < chance
            order.append(np.flatnonzero(goes_on & (chosen >= 0)))
            sku.append(chosen[order[-1]])
        lines = np.concatenate(order), np.concatenate(sku)
        fitted = self._fitting(intents, *lines, day)
        joined = self._joined(intents, display, lines[0], fitted, pull, day)
        return self._counted(intents, *joined)

    def _choices(self, intents: Rows, display: Display, nth: int) -> Ints:
        """Return a SKU for each intent, or -1 where the window is empty: the dearer of two for people of value."""
        found = np.full(len(intents), -1)
        for (store, trade), window in display.windows.items():
            here = np.flatnonzero((intents["store"] == store) & (intents["trade"] == trade))
            if here.size == 0:
                continue
            keys = intents["order_key"][here]
            one = window.pick(self._draws.uniform("choice", keys, nth))
            other = window.pick(self._draws.uniform("other choice", keys, nth))
            value = np.log(self._people.value[intents["person"][here]].astype(np.float64))
            wants_dear = self._draws.uniform("dear", keys, nth) < 0.42 + _TILT * value
            is_dearer = display.asked[store, one] >= display.asked[store, other]
            found[here] = np.where(is_dearer == wants_dear, one, other)
            if nth and self._recommended == "margin" and _IS_OWN_SITE[store]:
                margin = display.asked[store] - self._shelf.cost_minor
                found[here] = np.where(margin[one] >= margin[other], one, other)
        return found

    def _or_the_same_again(self, intents: Rows, display: Display, chosen: Ints) -> Ints:
        """Return the first choices, or what the buyer took last time where it is still there."""
        last = self._people.last_sku[intents["person"]].astype(np.int64)
        known = np.maximum(last, 0)
        is_there = (last >= 0) & display.is_there[intents["store"], known]
        is_there &= self._shelf.trade[known] == intents["trade"]
        wants = self._draws.uniform("again", intents["order_key"]) < self._again[self._shelf.category[known]]
        return np.where(is_there & wants & (intents["origin"] >= RETURNING), last, chosen)

    def _fitting(self, intents: Rows, order: Ints, sku: Ints, day: int) -> Ints:
        """Return the SKUs of the same products that fit: the buyer's size, the baby's age."""
        shelf, who = self._shelf, intents["person"][order]
        size = self._people.size[who].astype(np.int64)
        # Some buy for others, and some take another size than usual.
        off = self._draws.uniform("other size", intents["order_key"][order], sku)
        size = np.clip(size + (off < 0.06) - ((off >= 0.06) & (off < 0.1)), 0, 4)
        months = np.nan_to_num(self._people.baby_months(who, day), nan=-1.0)
        limits = np.array([to for _, to in STAGES[:-1]])
        stage = np.searchsorted(limits, np.maximum(months, 0.0), side="right")
        fit = np.where(shelf.size[sku] >= 0, size, np.where((shelf.stage[sku] >= 0) & (months > -3), stage, -1))
        return np.where(fit >= 0, shelf.sku_of_fit[sku, np.maximum(fit, 0)], sku)

    def _joined(
        self, intents: Rows, display: Display, order: Ints, sku: Ints, pull: Floats, day: int
    ) -> tuple[Ints, Ints]:
        """Return the lines with what their products bring along."""
        orders, skus = [order], [sku]
        products = self._shelf.product[sku]
        keys = intents["order_key"][order]
        anyway = _held_anyway(self._shelf, display)
        for place in range(self._partner.shape[1]):
            partner = self._partner[products, place]
            held = anyway[intents["store"][order], self._shelf.category[self._shelf.first_sku[partner]]]
            chance = np.maximum(1 - (1 - self._strength[products, place]) / (1 - held), 0) * np.minimum(pull[order], 1)
            brings = (partner >= 0) & (self._draws.uniform("partner", keys, products, place) < chance)
            drawn = self._draws.uniform("partner sku", keys[brings], products[brings], place)
            found = self._any_sku(partner[brings], drawn)
            fitted = self._fitting(intents, order[brings], found, day)
            fitted = self._or_alike(display, intents["store"][order[brings]], fitted, drawn)
            is_there = display.is_there[intents["store"][order[brings]], fitted]
            orders.append(order[brings][is_there])
            skus.append(fitted[is_there])
        return np.concatenate(orders), np.concatenate(skus)

    def _or_alike(self, display: Display, store: Ints, sku: Ints, chances: Floats) -> Ints:
        """Return the SKUs, and for what a store does not have, another of the same category, size and stage."""
        shelf, found = self._shelf, sku.copy()
        gone = np.flatnonzero(~display.is_there[store, sku])
        kind = (store[gone] * len(shelf.families) + shelf.category[sku[gone]]) * 10 + shelf.fit[sku[gone]] + 1
        for one in np.unique(kind).tolist():
            place = gone[kind == one]
            same = (shelf.category == shelf.category[sku[place[0]]]) & (shelf.fit == shelf.fit[sku[place[0]]])
            there = np.flatnonzero(same & display.is_there[store[place[0]]])
            if there.size:
                limits = np.cumsum(shelf.popularity[there])
                chosen = np.searchsorted(limits, chances[place] * limits[-1], side="right")
                found[place] = there[np.minimum(chosen, there.size - 1)]
        return found

    def _any_sku(self, product: Ints, chances: Floats) -> Ints:
        """Return a SKU of each product, drawn by popularity."""
        first = self._shelf.first_sku[product]
        last = first + self._shelf.n_specs[product]
        low, high = self._limits[first], self._limits[last]
        found = np.searchsorted(self._limits, low + chances * (high - low), side="right") - 1
        return np.asarray(np.clip(found, first, last - 1), np.int64)

    def _counted(self, intents: Rows, order: Ints, sku: Ints) -> Baskets:
        """Return each SKU once per order, with how many are bought."""
        key = order * self._shelf.skus + sku
        key, first = np.unique(key, return_index=True)
        # What was chosen first stands first.
        arranged = np.lexsort((first, order[first]))
        order, sku = order[first][arranged], sku[first][arranged]
        # On Pinduoduo every SKU is an order of its own; of a basket there, the first choice is the order.
        is_one = _ONE_SKU_AN_ORDER[intents["store"][order]] & (np.diff(order, prepend=-1) == 0)
        order, sku = order[~is_one], sku[~is_one]
        keys = intents["order_key"][order]
        limits = self._quantity_limits[self._shelf.category[sku]]
        quantity = 1 + (self._draws.uniform("quantity", keys, sku)[:, None] >= limits[:, :-1]).sum(axis=1)
        is_bulk = self._draws.uniform("bulk", keys) < _BULK_SHARE
        return Baskets(order, sku, np.where(is_bulk, quantity * _BULK_FACTOR, quantity))


def pull_for(trade: Trade, growth: float) -> float:
    """Return the factor on further choices at which the baskets of a trade hold `growth` times as many choices.

    Examples
    --------
    >>> round(pull_for(Trade.BABY, 1.0), 6), pull_for(Trade.BABY, 1.1) > pull_for(Trade.BEAUTY, 1.1) > 1
    (1.0, True)
    """
    usual = _FURTHER[trade]
    wanted = growth * (1 + usual + usual**2)
    return (math.sqrt(4 * wanted - 3) - 1) / 2 / usual


def _partners(shelf: Shelf) -> tuple[Ints, Floats]:
    """Return up to two partners of each product, and the shares of baskets with it that hold their families."""
    partner = np.full((shelf.products, _PARTNERS), -1)
    strengths = np.zeros((shelf.products, _PARTNERS))
    pairs = shelf.complements
    for a, b, strength in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.strength.tolist(), strict=True):
        free = np.flatnonzero(partner[a] < 0)
        if free.size:
            partner[a, free[0]], strengths[a, free[0]] = b, strength
    return partner, strengths


def _held_anyway(shelf: Shelf, display: Display) -> Floats:
    """Return the share of baskets of a store with something of a trade that hold a family of it by another choice.

    Shape (stores, families). A basket of k choices holds a given thing k times as often as one of a single choice.
    """
    n_families = len(shelf.families)
    found = np.zeros((len(STORES), n_families))
    for (store, trade), window in display.windows.items():
        weights = np.diff(window.limits, prepend=0.0)
        share = np.bincount(shelf.category[window.skus], weights, minlength=n_families)
        usual = _FURTHER[list(Trade)[trade]]
        held, baskets = np.zeros(n_families), 0.0
        for n in range(1, _MOST_CHOICES + 1):
            weight = n * usual ** (n - 1) * (1 - usual if n < _MOST_CHOICES else 1)
            held += weight * (1 - (1 - share) ** (n - 1))
            baskets += weight
        found[store] += held / baskets
    return found
