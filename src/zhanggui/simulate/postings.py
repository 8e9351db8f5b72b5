"""What each record means for the accounts: which item, how much, at which moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import AD_ROWS, CHANNEL_COSTS, LIVE_SESSIONS, NOTES, SETTLEMENTS, RefundKind, Scene
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.amounts import borne_back
from zhanggui.simulate.stores import CHANNEL_OF, STORES

COMPANY = NEVER
"""The store of what belongs to none."""
_IS_REPORTED_WHEN_PAID = np.array([store.platform is Platform.PINDUODUO for store in STORES])
_IS_REPORTED_AS_ASKED = np.array(
    [store.platform in (Platform.TAOBAO, Platform.TMALL, Platform.OWN_SITE) for store in STORES]
)
_DAY = 86_400


class Item(IntEnum):
    """A line of the accounts; names that end in ``_MINOR`` are money in fen, all others counts.

    What was *created* is what buyers were asked to pay; what is *reported* is what the platform's order report says.
    """

    ORDERS_CREATED = 0
    GMV_CREATED_MINOR = 1
    ORDERS_PAID = 2
    GMV_PAID_MINOR = 3
    POSTAGE_MINOR = 4
    RECEIVABLE_MINOR = 5
    MERCHANT_DISCOUNT_MINOR = 6
    PLATFORM_DISCOUNT_MINOR = 7
    CREATOR_DISCOUNT_MINOR = 8
    FIRST_ORDERS_PAID = 9
    UNITS_PAID = 10
    GIFTS_PAID = 11
    DEPOSITS = 12
    DEPOSIT_MINOR = 13
    DEPOSIT_FORFEIT_MINOR = 14
    ORDERS_COMPLETED = 15
    ORDERS_CLOSED = 16
    REFUNDS = 17
    REFUNDED_MINOR = 18
    REFUNDED_BEFORE_SHIPPING_MINOR = 19
    REFUNDED_ONLY_MINOR = 20
    REFUNDED_WITH_RETURN_MINOR = 21
    UNITS_RETURNED = 22
    BORNE_BACK_MINOR = 23
    COST_MINOR = 24
    COST_BACK_MINOR = 25
    GIFT_COST_MINOR = 26
    FREIGHT_MINOR = 27
    RETURN_FREIGHT_MINOR = 28
    PACKAGING_MINOR = 29
    COMMISSION_MINOR = 30
    SERVICE_FEE_MINOR = 31
    CREATOR_COMMISSION_MINOR = 32
    INSURANCE_MINOR = 33
    PENALTY_MINOR = 34
    SETTLED_MINOR = 35
    AD_SPEND_MINOR = 36
    SLOT_FEE_MINOR = 37
    CONTENT_MINOR = 38
    LIST_PAID_MINOR = 39
    ORDERS_REPORTED = 40
    GMV_REPORTED_MINOR = 41


@dataclass(frozen=True, slots=True)
class Postings:
    """Amounts that orders bring.

    Attributes
    ----------
    order : array of int
        Position of the order.
    item : array of int
        An `Item`.
    at : array of int
        When; `NEVER` where it does not come.
    amount : array of int
        How much.
    sku : array of int or None
        Of which SKU, where it is about goods.
    """

    order: Ints
    item: Ints
    at: Ints
    amount: Ints
    sku: Ints | None = None

    def where(self, chosen: Column) -> Postings:
        """Return some of the postings."""
        sku = None if self.sku is None else self.sku[chosen]
        return Postings(self.order[chosen], self.item[chosen], self.at[chosen], self.amount[chosen], sku)


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of stores and channels that no single order bears."""

    store: Ints
    channel: Ints
    day: Ints
    item: Item
    amount: Ints


_Part = tuple[Item, Ints, Ints]
"""An item, its moments and its amounts, one per row."""


def posted_orders(orders: Rows) -> Postings:
    """Return what orders bring by themselves."""
    one = np.ones(len(orders), np.int64)
    paid, shipped = orders["paid_at"], orders["shipped_at"]
    borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
    return _together(
        np.arange(len(orders)),
        (
            (Item.ORDERS_CREATED, orders["created_at"], one),
            (Item.GMV_CREATED_MINOR, orders["created_at"], orders["due_minor"]),
            (Item.ORDERS_REPORTED, _reported_at(orders), one),
            (Item.GMV_REPORTED_MINOR, _reported_at(orders), _reported_minor(orders)),
            (Item.ORDERS_PAID, paid, one),
            (Item.FIRST_ORDERS_PAID, paid, orders["is_first"].astype(np.int64)),
            (Item.GMV_PAID_MINOR, paid, orders["due_minor"]),
            (Item.LIST_PAID_MINOR, paid, orders["list_minor"]),
            (Item.POSTAGE_MINOR, paid, orders["shipping_minor"]),
            (Item.RECEIVABLE_MINOR, paid, orders["due_minor"] + borne),
            (Item.MERCHANT_DISCOUNT_MINOR, paid, orders["merchant_discount_minor"]),
            (Item.PLATFORM_DISCOUNT_MINOR, paid, orders["platform_discount_minor"]),
            (Item.CREATOR_DISCOUNT_MINOR, paid, orders["creator_discount_minor"]),
            (Item.DEPOSITS, orders["deposit_paid_at"], one),
            (Item.DEPOSIT_MINOR, orders["deposit_paid_at"], orders["deposit_minor"]),
            (Item.ORDERS_COMPLETED, orders["completed_at"], one),
            (Item.ORDERS_CLOSED, orders["closed_at"], one),
            (Item.FREIGHT_MINOR, shipped, orders["freight_minor"]),
            (Item.PACKAGING_MINOR, shipped, orders["packaging_minor"]),
        ),
    )


def _reported_at(orders: Rows) -> Ints:
    """Return when an order enters its platform's order report: Pinduoduo's knows no unpaid ones."""
    return np.where(_IS_REPORTED_WHEN_PAID[orders["store"]], orders["paid_at"], orders["created_at"])


def _reported_minor(orders: Rows) -> Ints:
    """Return the order amount of each platform's order report.

    Taobao, Tmall and the own site state what is asked before discounts at others' cost, postage included; the others
    the goods at their full price.
    """
    borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
    return np.where(_IS_REPORTED_AS_ASKED[orders["store"]], orders["due_minor"] + borne, orders["list_minor"])


def posted_lines(orders: Rows, lines: Rows) -> Postings:
    """Return what the lines of orders bring: units when paid, cost when shipped."""
    place = np.searchsorted(orders["order"], lines["order"])
    paid, shipped = orders["paid_at"][place], orders["shipped_at"][place]
    is_gift = lines["is_gift"].astype(np.int64)
    return _together(
        place,
        (
            (Item.UNITS_PAID, paid, lines["quantity"] * (1 - is_gift)),
            (Item.GIFTS_PAID, paid, lines["quantity"] * is_gift),
            (Item.COST_MINOR, shipped, lines["cost_minor"]),
            (Item.GIFT_COST_MINOR, shipped, lines["cost_minor"] * is_gift),
        ),
        lines["sku"],
    )


def posted_refunds(orders: Rows, lines: Rows, refunds: Rows) -> Postings:
    """Return what after-sale cases bring: money when refunded, goods when they arrive."""
    place = np.searchsorted(orders["order"], refunds["order"])
    kind, money = refunds["kind"], refunds["refunded_minor"]
    done, back = refunds["refunded_at"], refunds["returned_at"]
    cost = _unit_costs(lines, refunds) * refunds["quantity"]
    borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
    counted = np.where(done != NEVER, money, 0)
    returned = borne_back(borne[place], orders["due_minor"][place], counted, place)
    # Goods go out once more the day after: for an exchange after the others came back, else after it was agreed.
    agreed = np.where(kind == RefundKind.RESHIP, refunds["agreed_at"], NEVER)
    again = np.where(kind == RefundKind.EXCHANGE, back, agreed)
    again = np.where(again == NEVER, NEVER, again + _DAY)
    of_kind = {
        Item.REFUNDED_BEFORE_SHIPPING_MINOR: RefundKind.BEFORE_SHIPPING,
        Item.REFUNDED_ONLY_MINOR: RefundKind.REFUND_ONLY,
        Item.REFUNDED_WITH_RETURN_MINOR: RefundKind.RETURN_AND_REFUND,
    }
    return _together(
        place,
        (
            (Item.REFUNDS, done, np.ones(len(refunds), np.int64)),
            (Item.REFUNDED_MINOR, done, money),
            (Item.BORNE_BACK_MINOR, done, returned),
            *((item, done, money * (kind == one)) for item, one in of_kind.items()),
            (Item.UNITS_RETURNED, back, refunds["quantity"]),
            (Item.COST_BACK_MINOR, back, cost * refunds["is_sellable"]),
            (Item.COST_MINOR, again, cost),
            (Item.RETURN_FREIGHT_MINOR, back, refunds["return_freight_minor"]),
        ),
        refunds["sku"],
    )


_FEES = {
    Scene.COMMISSION: (Item.COMMISSION_MINOR, -1),
    Scene.COMMISSION_BACK: (Item.COMMISSION_MINOR, -1),
    Scene.SERVICE_FEE: (Item.SERVICE_FEE_MINOR, -1),
    Scene.CREATOR_COMMISSION: (Item.CREATOR_COMMISSION_MINOR, -1),
    Scene.CREATOR_COMMISSION_BACK: (Item.CREATOR_COMMISSION_MINOR, -1),
    Scene.INSURANCE: (Item.INSURANCE_MINOR, -1),
    Scene.PENALTY: (Item.PENALTY_MINOR, -1),
    Scene.DEPOSIT_FORFEIT: (Item.DEPOSIT_FORFEIT_MINOR, 1),
}
"""Item and sign of the scenes of a settlement ledger that are costs or income of an order."""


def posted_settlements(orders: Rows, records: DayRecords) -> Postings:
    """Return what the platforms' own ledgers bring: fees as they book them."""
    entries = records[SETTLEMENTS]
    entries = entries.where(entries["order"] != NEVER)
    place = np.searchsorted(orders["order"], entries["order"])
    scene, at, amount = entries["scene"], entries["booked_at"], entries["amount_minor"]
    fees = ((item, np.where(scene == one, at, NEVER), sign * amount) for one, (item, sign) in _FEES.items())
    return _together(place, ((Item.SETTLED_MINOR, at, amount), *fees))


def posted_costs(records: DayRecords, channel_of_ad_group: Ints) -> Iterator[Cost]:
    """Return the day's costs of ads, creators and content."""
    today = np.int64(records.midnight // _DAY)
    ads, live, notes, rewards = records[AD_ROWS], records[LIVE_SESSIONS], records[NOTES], records[CHANNEL_COSTS]
    for rows, channel, item, amount in (
        (ads, channel_of_ad_group[ads["ad_group"]], Item.AD_SPEND_MINOR, ads["spend_minor"]),
        (live, np.full(len(live), CHANNEL_OF["live"]), Item.SLOT_FEE_MINOR, live["slot_fee_minor"]),
        (live, np.full(len(live), CHANNEL_OF["live"]), Item.AD_SPEND_MINOR, live["ad_spend_minor"]),
        (notes, np.full(len(notes), CHANNEL_OF["xiaohongshu"]), Item.CONTENT_MINOR, notes["cost_minor"]),
        (rewards, rewards["channel"], Item.CONTENT_MINOR, rewards["cost_minor"]),
    ):
        yield Cost(rows["store"], channel, np.full(len(rows), today), item, amount)


def _unit_costs(lines: Rows, refunds: Rows) -> Ints:
    """Return the cost of one unit of each refund's line."""
    keys = lines["order"] * 1_000 + lines["line"]
    order = np.argsort(keys, kind="stable")
    place = order[np.searchsorted(keys, refunds["order"] * 1_000 + refunds["line"], sorter=order)]
    return np.asarray(lines["cost_minor"][place] // np.maximum(lines["quantity"][place], 1), np.int64)


def _together(place: Ints, parts: tuple[_Part, ...], sku: Ints | None = None) -> Postings:
    n = len(parts)
    return Postings(
        np.tile(place, n),
        np.repeat(np.array([int(item) for item, _, _ in parts]), place.size),
        np.concatenate([at for _, at, _ in parts]),
        np.concatenate([amount for _, _, amount in parts]),
        None if sku is None else np.tile(sku, n),
    )
