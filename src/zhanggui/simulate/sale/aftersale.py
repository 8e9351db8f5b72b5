"""What goes wrong after payment: calling off, refunds, returns, exchanges, and when each case ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people import People
from zhanggui.simulate.records import OrderKind, Reason, RefundKind
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.amounts import summed
from zhanggui.simulate.sale.baskets import Baskets
from zhanggui.simulate.sale.bills import Bills
from zhanggui.simulate.sale.chances import (
    ABUSE_FACTOR,
    BEFORE_SHIPPING,
    EARLY_REASON_SHARES,
    FRESH_KIND_SHARES,
    KIND_SHARES,
    KINDS,
    LIVE_FACTOR,
    MERCHANTS_FAULT,
    PLATFORM_FACTOR,
    REASON_SHARES,
    REASONS,
    REFUND_CHANCE,
    SELLABLE_SHARE,
    SIZE_FAULT_CHANCE,
)
from zhanggui.simulate.sale.shipping import Parcels
from zhanggui.simulate.sale.terms import DAY, HOUR, TERMS
from zhanggui.simulate.stores import CHANNEL_OF, STORES

_LINES_PER_ORDER = 1.25
_SIZES = 6
"""Sizes of garments, and one for what has none: of each kind as much comes back as should."""
_RETURN_FREIGHT_MINOR = 900
_NO_REASON_DAYS = 6.8
"""七天无理由: most cases come within the days in which no reason is needed."""


class Refundable(Protocol):
    """Whoever shows goods: a creator, as far as refunds are concerned."""

    @property
    def return_factor(self) -> float:
        """How much more is sent back than of ordinary orders."""


@dataclass(frozen=True, slots=True)
class Cases:
    """After-sale cases, one per line concerned, sorted by order and line.

    Attributes
    ----------
    line : array of int
        Position of the line in the baskets.
    kind, reason, quantity : array of int
        What is asked for, why, for how many units.
    applied_at, agreed_at, returned_at, refunded_at, closed_at : array of int
        Moments.
    requested_minor : array of int
        Money asked for.
    return_freight_minor : array of int
        What the way back costs the merchant.
    is_abuse, is_sellable : array of bool
        Whether it is without cause; whether what came back can be sold again.
    """

    line: Ints
    kind: Ints
    reason: Ints
    quantity: Ints
    applied_at: Ints
    agreed_at: Ints
    returned_at: Ints
    refunded_at: Ints
    closed_at: Ints
    requested_minor: Ints
    return_freight_minor: Ints
    is_abuse: Column
    is_sellable: Column

    @classmethod
    def together(cls, first: Cases, second: Cases) -> Cases:
        """Return the cases of both, sorted by line."""
        columns = [np.concatenate([getattr(first, name), getattr(second, name)]) for name in cls.__slots__]
        order = np.argsort(columns[0], kind="stable")
        return cls(*(column[order] for column in columns))


@dataclass(frozen=True, slots=True)
class _Sale:
    """All that is known of a day's orders when their after-sale is drawn."""

    intents: Rows
    baskets: Baskets
    bills: Bills
    parcels: Parcels
    paid_at: Ints
    keys: Keys


class AfterSale:
    """Draws after-sale cases.

    Parameters
    ----------
    draws, shelf, people
        Those of the world.
    creators : sequence
        All creators, by number.
    """

    def __init__(self, draws: Draws, shelf: Shelf, people: People, creators: tuple[Refundable, ...]) -> None:
        self._draws = draws
        self._shelf = shelf
        self._people = people
        self._of_creator = np.array([one.return_factor for one in creators] or [1.0])
        self._fixed: set[int] = set()
        self._luck = Luck(len(STORES) * len(Trade) * _SIZES)

    def fix_size_charts(self, products: tuple[int, ...]) -> None:
        """Correct the size charts of products from now on."""
        self._fixed.update(products)

    def cases(
        self, intents: Rows, baskets: Baskets, bills: Bills, parcels: Parcels, paid_at: Ints, levers: Levers
    ) -> Cases:
        """Return the cases of a day's orders, to their ends."""
        sale = _Sale(intents, baskets, bills, parcels, paid_at, intents["order_key"])
        chance = self._chances(sale)
        pull = levers.amounts(
            Lever.RETURNS,
            baskets.sku.size,
            store=intents["store"][baskets.order],
            product=self._shelf.product[baskets.sku],
            sku=baskets.sku,
            trade=self._shelf.trade[baskets.sku],
            size=self._shelf.size[baskets.sku],
        )
        early = self._called_off(sale, chance, pull)
        is_off = np.zeros(len(intents), np.bool_)
        is_off[baskets.order[early.line[early.refunded_at != NEVER]]] = True
        return Cases.together(early, self._sent_back(sale, chance, pull, is_off))

    def _chances(self, sale: _Sale) -> Floats:
        """Return each order's chance to see a refund, goods and levers aside."""
        intents = sale.intents
        by_trade = np.array([REFUND_CHANCE[trade] for trade in Trade])
        by_store = np.array([PLATFORM_FACTOR.get(store.platform, 1.0) for store in STORES])
        creator = intents["creator"]
        shown = np.where(intents["channel"] == CHANNEL_OF["live"], LIVE_FACTOR, 1.0)
        shown = np.where(creator != NEVER, self._of_creator[np.maximum(creator, 0)], shown)
        person = np.exp(0.35 * self._draws.normal("sends back", self._people.key[intents["person"]]) - 0.06)
        found: Floats = by_trade[intents["trade"]] * by_store[intents["store"]] * shown * person
        return np.where(sale.paid_at != NEVER, found, 0.0)

    def _called_off(self, sale: _Sale, chance: Floats, pull: Floats) -> Cases:
        """Return the cases of whole orders called off before the parcel leaves, one per line."""
        intents, keys, order = sale.intents, sale.keys, sale.baskets.order
        n = len(intents)
        strongest = np.ones(n)
        np.maximum.at(strongest, order, pull)
        weakest = np.full(n, np.inf)
        np.minimum.at(weakest, order, pull)
        factor = np.where(weakest < 1, weakest, strongest)
        is_test = intents["kind"] == OrderKind.TEST
        happens = self._draws.uniform("called off", keys) < chance * BEFORE_SHIPPING * factor
        happens = ((happens & (intents["kind"] == OrderKind.ORDINARY)) | is_test) & (sale.paid_at != NEVER)
        paid, leaves = sale.paid_at, sale.parcels.shipped_at
        wait = 3.5 * HOUR * self._draws.exponential("called off after", keys)
        latest = 0.9 * (leaves - paid) * self._draws.uniform("called off late", keys)
        applied = paid + np.minimum(wait, np.maximum(latest, 60)).astype(np.int64)
        is_refused = (self._draws.uniform("called off in vain", keys) < 0.04) & ~is_test
        answered = applied + (0.5 * HOUR * self._draws.exponential("answered", keys)).astype(np.int64)
        # The warehouse holds the parcel back once the case is open.
        answered = np.minimum(answered, np.maximum(leaves - 1, applied))
        line = np.flatnonzero(happens[order] & ~self._shelf.is_gift_sku[sale.baskets.sku])
        at = order[line]
        is_first = np.diff(at, prepend=-1) > 0
        money = sale.bills.due_minor[line] + np.where(is_first, sale.bills.postage_minor[at], 0)
        reasons = np.array(REASONS)[self._draws.pick(EARLY_REASON_SHARES, "early reason", keys[at])]
        done = np.where(is_refused, NEVER, answered)[at]
        return Cases(
            line,
            np.full(line.size, int(RefundKind.BEFORE_SHIPPING)),
            reasons,
            sale.baskets.quantity[line],
            applied[at],
            done,
            np.full(line.size, NEVER),
            done,
            np.where(done == NEVER, answered[at], NEVER),
            money,
            np.zeros(line.size, np.int64),
            np.zeros(line.size, np.bool_),
            np.zeros(line.size, np.bool_),
        )

    def _sent_back(self, sale: _Sale, chance: Floats, pull: Floats, is_off: Column) -> Cases:
        """Return the cases after shipping, line by line."""
        intents, order, sku = sale.intents, sale.baskets.order, sale.baskets.sku
        keys = sale.keys[order]
        is_open = (sale.parcels.shipped_at != NEVER) & ~is_off & (intents["kind"] == OrderKind.ORDINARY)
        abuser = self._people.is_abuser[intents["person"]][order]
        rate = chance[order] * (1 - BEFORE_SHIPPING) / _LINES_PER_ORDER * pull * np.where(abuser, ABUSE_FACTOR, 1.0)
        fault = self._size_fault(sku) * pull
        can = is_open[order] & ~self._shelf.is_gift_sku[sku]
        place = intents["store"][order] * len(Trade) + self._shelf.trade[sku]
        kind = np.where(can, place * _SIZES + self._shelf.size[sku] + 1, NEVER)
        either = 1 - (1 - np.minimum(fault, 1.0)) * (1 - np.minimum(rate, 1.0))
        lean = self._luck.lean(kind, either)
        is_wrong_size = self._draws.uniform("wrong size", keys, sku) < fault * lean
        happens = can & (is_wrong_size | (self._draws.uniform("sent back", keys, sku) < rate * lean))
        self._luck.note(kind, either, happens)
        line = np.flatnonzero(happens)
        at, keys, sku = order[line], keys[line], sku[line]
        wrong_size = is_wrong_size[line]
        kind = self._kinds(sale, at, keys, sku, wrong_size)
        reason = self._reasons(sale, at, keys, sku, wrong_size)
        quantity = sale.baskets.quantity[line]
        is_part = (quantity > 1) & (self._draws.uniform("part", keys, sku) < 0.4)
        back = np.where(is_part, 1, quantity)
        times = self._times(sale, at, keys, sku, kind, reason)
        is_abuse = (kind == RefundKind.REFUND_ONLY) & (abuser[line] | (self._draws.uniform("abuse", keys, sku) < 0.03))
        return Cases(
            line,
            kind,
            reason,
            back,
            *times,
            self._money(sale, line, keys, sku, kind, back, is_abuse),
            self._way_back(sale, at, kind, reason, times[2]),
            is_abuse,
            self._sellable(sale, at, keys, sku),
        )

    def _size_fault(self, sku: Ints) -> Floats:
        """Return the chance that a thing does not fit because its size chart is wrong: large sizes suffer most."""
        shelf = self._shelf
        is_wrong = shelf.size_fault[shelf.product[sku]] & ~np.isin(shelf.product[sku], sorted(self._fixed))
        return np.where(is_wrong, SIZE_FAULT_CHANCE * np.where(shelf.size[sku] >= 3, 1.5, 0.8), 0.0)

    def _kinds(self, sale: _Sale, at: Ints, keys: Keys, sku: Ints, wrong_size: Column) -> Ints:
        drawn = self._draws.uniform("refund kind", keys, sku)
        shares = np.array([KIND_SHARES[store.platform] for store in STORES])[sale.intents["store"][at]]
        shares = np.where(sale.parcels.is_fresh[at, None], np.array(FRESH_KIND_SHARES), shares)
        shares = np.where(wrong_size[:, None], np.array((0.02, 0.8, 0.18, 0.0)), shares)
        place = (drawn[:, None] >= np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)
        found: Ints = np.array([int(kind) for kind in KINDS])[place]
        return found

    def _reasons(self, sale: _Sale, at: Ints, keys: Keys, sku: Ints, wrong_size: Column) -> Ints:
        shares = np.array([REASON_SHARES[trade] for trade in Trade], np.float64)
        limits = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)[sale.intents["trade"][at]]
        drawn = self._draws.uniform("refund reason", keys, sku)
        found = np.array([int(reason) for reason in REASONS])[(drawn[:, None] >= limits[:, :-1]).sum(axis=1)]
        shift = self._shelf.size_shift[self._shelf.product[sku]]
        by_size = np.where(shift < 0, int(Reason.TOO_SMALL), int(Reason.TOO_LARGE))
        # Only what has sizes can have the wrong one.
        is_size = np.isin(found, (Reason.TOO_SMALL, Reason.TOO_LARGE)) & (self._shelf.size[sku] < 0)
        return np.where(wrong_size, by_size, np.where(is_size, int(Reason.CHANGED_MIND), found))

    def _times(
        self, sale: _Sale, at: Ints, keys: Keys, sku: Ints, kind: Ints, reason: Ints
    ) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Return when each case was applied for, agreed to, sent back, refunded and closed."""

        def lasting(mean_hours: float, stream: str) -> Ints:
            return (mean_hours * HOUR * self._draws.exponential(stream, keys, sku)).astype(np.int64)

        shipped, received = sale.parcels.shipped_at[at], sale.parcels.received_at[at]
        after = np.minimum(lasting(46, "applied after"), int(_NO_REASON_DAYS * DAY))
        is_late = self._draws.uniform("applied late", keys, sku) < 0.07
        after = np.where(is_late, after + lasting(96, "applied very late"), after)
        under_way = np.isin(reason, (Reason.LATE, Reason.LOST))
        part = self._draws.uniform("applied under way", keys, sku)
        applied = np.where(under_way, shipped + ((received - shipped) * part).astype(np.int64), received + after)
        answer = applied + 120 + lasting(7, "answer")
        is_refused = self._draws.uniform("refused", keys, sku) < 0.075
        comes_back = np.isin(kind, (RefundKind.RETURN_AND_REFUND, RefundKind.EXCHANGE))
        is_forgotten = comes_back & (self._draws.uniform("never sent", keys, sku) < 0.05)
        agreed = np.where(is_refused, NEVER, answer)
        arrives = answer + DAY + lasting(62, "way back")
        is_back = comes_back & ~is_refused & ~is_forgotten
        returned = np.where(is_back, np.maximum(arrives, received + DAY // 2), NEVER)
        brings_money = np.isin(kind, (RefundKind.REFUND_ONLY, RefundKind.RETURN_AND_REFUND))
        paid_back = np.where(comes_back, returned + 600 + lasting(9, "checked"), answer + 60)
        refunded = np.where(brings_money & ~is_refused & ~is_forgotten, paid_back, NEVER)
        ends = np.where(comes_back, np.maximum(returned, answer) + 2 * DAY, answer + DAY)
        ends = np.where(is_forgotten, answer + 7 * DAY, np.where(is_refused, answer, ends))
        return applied, agreed, returned, refunded, np.where(refunded == NEVER, ends, NEVER)

    def _money(self, sale: _Sale, line: Ints, keys: Keys, sku: Ints, kind: Ints, back: Ints, is_abuse: Column) -> Ints:
        due, quantity = sale.bills.due_minor[line], sale.baskets.quantity[line]
        full = due * back // quantity
        goodwill = (due * (0.15 + 0.45 * self._draws.uniform("goodwill", keys, sku))).astype(np.int64) // 10 * 10
        is_part = (kind == RefundKind.REFUND_ONLY) & ~is_abuse & (self._draws.uniform("in part", keys, sku) < 0.45)
        found = np.where(is_part & (goodwill > 0), goodwill, full)
        return np.where(np.isin(kind, (RefundKind.EXCHANGE, RefundKind.RESHIP)), 0, found)

    def _way_back(self, sale: _Sale, at: Ints, kind: Ints, reason: Ints, returned: Ints) -> Ints:
        insured = sale.parcels.insurance_minor[at] > 0
        at_fault = np.isin(reason, [int(one) for one in MERCHANTS_FAULT]) | (kind == RefundKind.EXCHANGE)
        return np.where((returned != NEVER) & at_fault & ~insured, _RETURN_FREIGHT_MINOR, 0)

    def _sellable(self, sale: _Sale, at: Ints, keys: Keys, sku: Ints) -> Column:
        share = np.array([SELLABLE_SHARE[trade] for trade in Trade])[sale.intents["trade"][at]]
        found: Column = self._draws.uniform("sellable", keys, sku) < share
        return found & ~sale.parcels.is_fresh[at]


def completion(
    draws: Draws, intents: Rows, order_of_line: Ints, due: Ints, received_at: Ints, cases: Cases
) -> tuple[Ints, Ints]:
    """Return when each order completes, and when it closes because all of it was refunded.

    Parameters
    ----------
    draws : Draws
        The world's.
    intents : Rows
        One per order.
    order_of_line : array of int
        Order of each line.
    due : array of int
        What each order comes to, shipping included.
    received_at : array of int
        When each parcel arrives, or `NEVER`.
    cases : Cases
        Of these orders.

    Returns
    -------
    completed_at, closed_at : array of int
        `NEVER` where it does not come; never both.
    """
    keys, n = intents["order_key"], len(intents)
    terms = [TERMS[store.platform] for store in STORES]
    latest = np.array([one.confirm_days for one in terms])[intents["store"]] * DAY
    mean = np.array([one.confirm_mean_days for one in terms])[intents["store"]] * DAY
    confirms = np.minimum(mean * draws.exponential("confirms", keys) + HOUR, latest).astype(np.int64)
    completed = np.where(received_at == NEVER, NEVER, received_at + confirms)
    order = order_of_line[cases.line]
    # An open case stops the clock until it ends.
    is_before = (completed[order] == NEVER) | (cases.applied_at <= completed[order])
    ends = np.where(cases.refunded_at != NEVER, cases.refunded_at, cases.closed_at)
    is_stopped = is_before & (completed[order] != NEVER)
    np.maximum.at(completed, order[is_stopped], ends[is_stopped] + HOUR)
    counts = is_before & (cases.refunded_at != NEVER)
    refunded = summed(order[counts], cases.requested_minor[counts], n)
    last = np.full(n, NEVER)
    np.maximum.at(last, order[counts], cases.refunded_at[counts])
    is_gone = (refunded >= due) & (refunded > 0)
    return np.where(is_gone, NEVER, completed), np.where(is_gone, last, NEVER)
