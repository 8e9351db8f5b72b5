"""The true accounts of the world: what happened per store, day, channel and SKU, as of any midnight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.postings import (
    COMPANY,
    Item,
    posted_costs,
    posted_lines,
    posted_orders,
    posted_refunds,
    posted_settlements,
)
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, OrderKind
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.tally import Tally

_DAY = 86_400


class Basis(StrEnum):
    """To which day an amount belongs."""

    PAYMENT = "payment"
    """付款口径: everything about an order belongs to the day it was paid; what is not paid, to the day of creation."""
    MOMENT = "moment"
    """Everything belongs to the day on which it happened."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a store did in a period.

    Attributes
    ----------
    store : int
        Number of the store; `COMPANY` for what belongs to none.
    kind : OrderKind
        Real orders, brushing or tests.
    first_day : int
        First day of the period, as days since 1970.
    amounts : mapping of Item to int
        Counts, and money in fen; what is missing is 0.
    """

    store: int
    kind: OrderKind
    first_day: int
    amounts: Mapping[Item, int]

    @property
    def contribution_minor(self) -> int:
        """Contribution profit in fen, by the rules of `contribution`; of brushing and tests, what they cost."""
        if self.kind is OrderKind.ORDINARY:
            return contribution(self.amounts)
        # The money goes back to whoever placed the order: only fees and the empty parcel remain.
        return -sum(self.amounts.get(item, 0) for item in CHARGES)


INCOME = (Item.RECEIVABLE_MINOR, Item.DEPOSIT_FORFEIT_MINOR, Item.COST_BACK_MINOR)
OUTLAY = (
    Item.REFUNDED_MINOR,
    Item.BORNE_BACK_MINOR,
    Item.COST_MINOR,
    Item.FREIGHT_MINOR,
    Item.RETURN_FREIGHT_MINOR,
    Item.PACKAGING_MINOR,
    Item.COMMISSION_MINOR,
    Item.SERVICE_FEE_MINOR,
    Item.CREATOR_COMMISSION_MINOR,
    Item.INSURANCE_MINOR,
    Item.PENALTY_MINOR,
    Item.AD_SPEND_MINOR,
    Item.SLOT_FEE_MINOR,
    Item.CONTENT_MINOR,
)
"""What adds to contribution profit, and what takes from it."""

_ITEM = {int(item): item for item in Item}

CHARGES = OUTLAY[3:11]
"""Of it, what parcels and platforms take."""


def contribution(amounts: Mapping[Item, int]) -> int:
    """Return the contribution profit in fen.

    Parameters
    ----------
    amounts : mapping of Item to int
        Of any scope.

    Notes
    -----
    Merchant receivable (what buyers paid, plus the discounts that platform and creator bear) and forfeited deposits,
    less refunds and the borne discounts that go back with them, less the cost of all goods that left (what came back
    and can be sold is added again), freight both ways, packaging, insurance, penalties, fees of the platform,
    commission of creators, ads, slot fees and content. A refund before shipping costs neither goods nor freight; goods
    kept by the buyer or spoiled stay a cost.
    """
    return sum(amounts.get(item, 0) for item in INCOME) - sum(amounts.get(item, 0) for item in OUTLAY)


class Books:
    """Sums of all that the days brought.

    What is known of the future is in the books with its day; asked as of a midnight, they count what came before it.

    Parameters
    ----------
    channel_of_ad_group : array of int
        Channel of each ad group, by number.
    """

    def __init__(self, channel_of_ad_group: Ints) -> None:
        self._channel_of_ad_group = channel_of_ad_group
        self._orders = Tally("store", "kind", "channel", "basis_day", "day", "item")
        self._skus = Tally("store", "sku", "basis_day", "day", "item")

    def add(self, records: DayRecords) -> None:
        """Enter a day."""
        orders, lines = records[ORDERS], records[LINES]
        order = np.argsort(orders["order"], kind="stable")
        orders = orders.where(order)
        basis = np.where(orders["paid_at"] != NEVER, orders["paid_at"], orders["created_at"]) // _DAY
        for post in (
            posted_orders(orders),
            posted_lines(orders, lines),
            posted_refunds(orders, lines, records[REFUNDS]),
            posted_settlements(orders, records),
        ):
            post = post.where((post.at != NEVER) & (post.amount != 0))
            place = post.order
            fixed = {
                "store": orders["store"][place],
                "basis_day": basis[place],
                "day": post.at // _DAY,
                "item": post.item,
            }
            kind = orders["kind"][place]
            self._orders.add(post.amount, kind=kind, channel=orders["channel"][place], **fixed)
            if post.sku is not None:
                is_real = kind == OrderKind.ORDINARY
                own = {name: values[is_real] for name, values in fixed.items()}
                self._skus.add(post.amount[is_real], sku=post.sku[is_real], **own)
        for cost in posted_costs(records, self._channel_of_ad_group):
            self._orders.add(
                cost.amount,
                store=cost.store,
                kind=int(OrderKind.ORDINARY),
                channel=cost.channel,
                basis_day=cost.day,
                day=cost.day,
                item=int(cost.item),
            )

    def totals(
        self, as_of: int, *, basis: Basis = Basis.PAYMENT, first_day_of: Callable[[int], int] | None = None
    ) -> tuple[Account, ...]:
        """Return the accounts of each store, kind of order and period.

        Parameters
        ----------
        as_of : int
            A midnight; what comes after it is not counted.
        basis : Basis
            To which day amounts belong.
        first_day_of : callable or None
            From a day (days since 1970) to the first day of its period; every day is its own by default.
        """
        found: dict[tuple[int, int, int], dict[Item, int]] = {}
        first_days: dict[int, int] = {}
        for (store, kind, day, number), amount in self._summed(self._orders, ("store", "kind"), as_of, basis):
            if day not in first_days:
                first_days[day] = day if first_day_of is None else first_day_of(day)
            item, amounts = _ITEM[number], found.setdefault((store, kind, first_days[day]), {})
            amounts[item] = amounts.get(item, 0) + amount
        return tuple(
            Account(store, OrderKind(kind), first, found[store, kind, first]) for store, kind, first in sorted(found)
        )

    def channels(self, as_of: int) -> dict[tuple[int, int], dict[Item, int]]:
        """Return what real orders came to as of a midnight, by store and channel; costs of ads are with theirs."""
        return self._by(self._orders, "channel", as_of)

    def skus(self, as_of: int) -> dict[tuple[int, int], dict[Item, int]]:
        """Return units, money and costs of real orders as of a midnight, by store and SKU."""
        return self._by(self._skus, "sku", as_of)

    def _by(self, tally: Tally, name: str, as_of: int) -> dict[tuple[int, int], dict[Item, int]]:
        found: dict[tuple[int, int], dict[Item, int]] = {}
        rows = self._summed(tally, ("store", name), as_of, Basis.PAYMENT, is_real=True, is_by_day=False)
        for (store, key, _, number), amount in rows:
            item, amounts = _ITEM[number], found.setdefault((store, key), {})
            amounts[item] = amounts.get(item, 0) + amount
        return found

    def _summed(
        self,
        tally: Tally,
        names: tuple[str, str],
        as_of: int,
        basis: Basis,
        *,
        is_real: bool = False,
        is_by_day: bool = True,
    ) -> list[tuple[tuple[int, int, int, int], int]]:
        """Return sums by two dimensions, day (or all days as one) and item of what happened before a midnight."""
        rows = tally.sums()
        known = rows["day"] < as_of // _DAY
        if is_real and "kind" in rows:
            known &= rows["kind"] == OrderKind.ORDINARY
        day = rows["basis_day" if basis is Basis.PAYMENT else "day"]
        again = Tally(*names, "on", "item")
        columns = {name: rows[name][known] for name in (*names, "item")}
        again.add(rows["amount"][known], on=day[known] if is_by_day else 0, **columns)
        sums = again.sums()
        keys = zip(*(sums[name].tolist() for name in (*names, "on", "item")), strict=True)
        return list(zip(keys, sums["amount"].tolist(), strict=True))


__all__ = ["CHARGES", "COMPANY", "INCOME", "OUTLAY", "Account", "Basis", "Books", "Item", "contribution"]
