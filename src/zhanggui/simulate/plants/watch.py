"""What the examples' own figures are computed from: a compact log of orders, and daily sums of everything else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints, Keys
from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.people import People
from zhanggui.simulate.records import (
    AD_ROWS,
    CHANNEL_COSTS,
    EVENTS,
    LINES,
    ORDERS,
    REFUNDS,
    REVIEWS,
    STOCK_LEVELS,
    STOCK_MOVES,
    VISITS,
    OrderKind,
    RefundKind,
    Step,
    StockReason,
)
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import CHANNELS, PLACES, STORES, WAREHOUSES

WATCHED: tuple[str, ...] = ("奶粉", "纸尿裤", "风衣", "围巾", "床垫", "床品")
"""Categories whose presence in a basket is logged, a bit each."""
GOOD_STARS = 4
"""Reviews of so many stars or more are positive."""

_N_TRADES = len(Trade)
_LOOK_BACK_DAYS = 30
_REGION = np.array([place.region for place in PLACES])
_LOG = {
    "person": np.int32, "created_day": np.int16, "paid_day": np.int16, "store": np.int8, "trade": np.int8,
    "sku": np.int32, "channel": np.int8, "region": np.int8, "is_first": np.bool_, "is_new": np.bool_,
    "basket": np.uint8, "due_minor": np.int32, "cost_minor": np.int32, "back_minor": np.int32,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderLog:
    """Paid ordinary orders in the order of creation.

    Attributes
    ----------
    person, created_day, paid_day, store, trade, sku, channel, region : array of int
        Of each order; trade and SKU are those of its first line.
    is_first, is_new : array of bool
        Whether it is its buyer's first, and whether he was seen for the first time on that day: it ended a visit and
        was brought by no message.
    basket : array of int
        Bit c is set where a line is of category ``WATCHED[c]``.
    due_minor, cost_minor, back_minor : array of int
        What was paid, what the goods cost, and what was given back by the end of the last day.
    """

    person: Ints
    created_day: Ints
    paid_day: Ints
    store: Ints
    trade: Ints
    sku: Ints
    channel: Ints
    region: Ints
    is_first: Column
    is_new: Column
    basket: Ints
    due_minor: Ints
    cost_minor: Ints
    back_minor: Ints

    def has(self, category: str) -> Column:
        """Return which orders hold goods of a watched category."""
        bit = 1 << WATCHED.index(category)
        found: Column = (self.basket & bit) > 0
        return found


class Watch:
    """Sums of the days, kept small: some thirty bytes an order and a few columns of SKUs a day.

    Parameters
    ----------
    options : Options
        How many days there will be.
    shelf : Shelf
        The goods.
    n_ad_groups : int
        How many ad groups there are.

    Attributes
    ----------
    visitors : array of int, shape (days, stores, trades, channels)
        People who came without having bought before.
    spend_minor : array of int, shape (days, ad groups)
        Spend of each ad group.
    expected_orders : array of float, shape (days, ad groups)
        First orders that the chances of its visitors promise.
    rewards_minor, rewarded : array of int, shape (days, channels)
        What channels cost besides, and the buyers for it.
    delivered, returned : array of int, shape (days, SKUs)
        Units delivered and sent back, by the day of their order.
    sold, received, on_hand : array of int, shape (days, warehouses, SKUs)
        Units paid by the day of their order; units received and held at the end of the day.
    reviews, good_reviews : array of int, shape (SKUs,)
        All so far.
    sessions : array of int, shape (days, trades, steps)
        Human sessions of the own site that saw each step.
    waits : list of dict, one per trade
        By day, the days since their first visit of those who order for the first time and had come before.
    """

    def __init__(self, options: Options, shelf: Shelf, n_ad_groups: int) -> None:
        self._shelf = shelf
        days, skus = options.days, shelf.skus
        self._n_days = days
        self.visitors = np.zeros((days, len(STORES), _N_TRADES, len(CHANNELS)), np.int32)
        self.spend_minor = np.zeros((days, n_ad_groups), np.int64)
        self.expected_orders = np.zeros((days, n_ad_groups))
        self.rewards_minor = np.zeros((days, len(CHANNELS)), np.int64)
        self.rewarded = np.zeros((days, len(CHANNELS)), np.int64)
        self.delivered = np.zeros((days, skus), np.int32)
        self.returned = np.zeros((days, skus), np.int32)
        self.sold, self.received, self.on_hand = (np.zeros((days, len(WAREHOUSES), skus), np.int32) for _ in range(3))
        self.reviews = np.zeros(skus, np.int64)
        self.good_reviews = np.zeros(skus, np.int64)
        self.sessions = np.zeros((days, _N_TRADES, len(Step)), np.int32)
        self._category_bit = np.array(
            [1 << WATCHED.index(f.category) if f.category in WATCHED else 0 for f in shelf.families], np.uint8
        )
        self.waits: list[dict[int, Ints]] = [{} for _ in range(_N_TRADES)]
        self._visitors: list[tuple[int, Keys]] = []
        self._log: list[dict[str, Column]] = []

    def add(self, records: DayRecords, people: People) -> None:
        """Take in a day; days beyond those of the options are left out."""
        if records.day >= self._n_days:
            return
        self._note_scene(records)
        self._note_sales(records, people)
        self._note_stock(records)
        self._note_sessions(records)
        self._note_waits(records)

    def orders(self) -> OrderLog:
        """Return all orders paid by the end of the last day."""
        columns = {
            name: np.concatenate([np.empty(0, kind), *(part[name] for part in self._log)])
            for name, kind in _LOG.items()
        }
        is_paid = columns["paid_day"] < self._n_days
        return OrderLog(
            **{
                name: values[is_paid] if values.dtype == np.bool_ else values[is_paid].astype(np.int64)
                for name, values in columns.items()
            }
        )

    def _note_scene(self, records: DayRecords) -> None:
        day, visits, ads, costs = records.day, records[VISITS], records[AD_ROWS], records[CHANNEL_COSTS]
        np.add.at(self.visitors[day], (visits["store"], visits["trade"], visits["channel"]), visits["visitors"])
        np.add.at(self.spend_minor[day], ads["ad_group"], ads["spend_minor"])
        paid = visits.where(visits["ad_group"] >= 0)
        np.add.at(self.expected_orders[day], paid["ad_group"], paid["visitors"] * paid["conversion_ppm"] / 1e6)
        np.add.at(self.rewards_minor[day], costs["channel"], costs["cost_minor"])
        np.add.at(self.rewarded[day], costs["channel"], costs["buyers"])

    def _note_sales(self, records: DayRecords, people: People) -> None:
        orders = records[ORDERS]
        orders = orders.where((orders["kind"] == OrderKind.ORDINARY) & (orders["paid_at"] >= 0))
        orders = orders.where(np.argsort(orders["order"], kind="stable"))
        lines = records[LINES]
        lines = lines.where(~lines["is_gift"] & np.isin(lines["order"], orders["order"]))
        lines = lines.where(np.lexsort((lines["line"], lines["order"])))
        if len(orders) == 0:
            return
        place = np.searchsorted(orders["order"], lines["order"])
        first = np.searchsorted(lines["order"], orders["order"])
        sku = lines["sku"]
        basket = np.zeros(len(orders), np.uint8)
        np.bitwise_or.at(basket, place, self._category_bit[self._shelf.category[sku]])
        cost = np.bincount(place, lines["cost_minor"], len(orders))
        back = self._given_back(records, orders)
        self._log.append(
            {
                "person": orders["person"].astype(np.int32),
                "created_day": np.full(len(orders), records.day, np.int16),
                "paid_day": (records.day + (orders["paid_at"] - records.midnight) // 86_400).astype(np.int16),
                "store": orders["store"].astype(np.int8),
                "trade": self._shelf.trade[sku[first]].astype(np.int8),
                "sku": sku[first].astype(np.int32),
                "channel": orders["channel"].astype(np.int8),
                "region": _REGION[orders["place"]].astype(np.int8),
                "is_first": orders["is_first"],
                "is_new": orders["is_first"] & (people.born_day[orders["person"]] == records.day),
                "basket": basket,
                "due_minor": orders["due_minor"].astype(np.int32),
                "cost_minor": cost.astype(np.int32),
                "back_minor": back.astype(np.int32),
            }
        )
        np.add.at(self.sold[records.day], (orders["warehouse"][place], sku), lines["quantity"])
        is_delivered = (orders["received_at"] >= 0)[place]
        np.add.at(self.delivered[records.day], sku[is_delivered], lines["quantity"][is_delivered])
        self._note_returns(records[REFUNDS], records.day, orders)

    def _given_back(self, records: DayRecords, orders: Rows) -> Column:
        """Return what each order, in ascending order, was given back within the days that are watched."""
        refunds = records[REFUNDS]
        end = records.midnight + (self._n_days - records.day) * 86_400
        is_back = (refunds["refunded_at"] >= 0) & (refunds["refunded_at"] < end)
        refunds = refunds.where(is_back & np.isin(refunds["order"], orders["order"]))
        place = np.searchsorted(orders["order"], refunds["order"])
        return np.bincount(place, refunds["refunded_minor"], len(orders))

    def _note_returns(self, refunds: Rows, day: int, orders: Rows) -> None:
        is_return = (refunds["kind"] == RefundKind.RETURN_AND_REFUND) & (refunds["refunded_at"] >= 0)
        is_return &= (refunds["sku"] >= 0) & np.isin(refunds["order"], orders["order"])
        np.add.at(self.returned[day], refunds["sku"][is_return], refunds["quantity"][is_return])

    def _note_stock(self, records: DayRecords) -> None:
        levels, moves, reviews = records[STOCK_LEVELS], records[STOCK_MOVES], records[REVIEWS]
        np.add.at(self.on_hand[records.day], (levels["warehouse"], levels["sku"]), levels["on_hand"])
        came = moves.where((moves["reason"] == StockReason.PURCHASE) & (moves["quantity"] > 0))
        np.add.at(self.received[records.day], (came["warehouse"], came["sku"]), came["quantity"])
        np.add.at(self.reviews, reviews["sku"], 1)
        np.add.at(self.good_reviews, reviews["sku"], reviews["stars"] >= GOOD_STARS)

    def _note_sessions(self, records: DayRecords) -> None:
        events = records[EVENTS]
        for step in (Step.ITEM, Step.VARIANT, Step.CART_ADD):
            chosen = (events["step"] == step) & ~events["is_bot"] & (events["sku"] >= 0)
            _, first = np.unique(events["session"][chosen], return_index=True)
            trade = self._shelf.trade[events["sku"][chosen][first]]
            self.sessions[records.day, :, step] += np.bincount(trade, minlength=_N_TRADES)[:_N_TRADES].astype(np.int32)

    def _note_waits(self, records: DayRecords) -> None:
        events = records[EVENTS]
        events = events.where(~events["is_bot"])
        if len(events) == 0:
            return
        today = np.unique(events["anon"])
        orders = records[ORDERS]
        is_new = np.isin(events["order"], orders["order"][orders["is_first"]]) & (events["step"] == Step.PAYMENT)
        buyer, first = np.unique(events["anon"][is_new], return_index=True)
        trade = self._shelf.trade[events["sku"][is_new][first]]
        since = np.full(buyer.size, records.day)
        for day, came in reversed(self._visitors):
            place = np.minimum(np.searchsorted(came, buyer), came.size - 1)
            since[came[place] == buyer] = day
        for one in range(_N_TRADES):
            own = (trade == one) & (since < records.day)
            self.waits[one][records.day] = records.day - since[own]
        self._visitors = [(day, came) for day, came in self._visitors if day > records.day - _LOOK_BACK_DAYS]
        self._visitors.append((records.day, today))
