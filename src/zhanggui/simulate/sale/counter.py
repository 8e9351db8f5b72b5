"""The counter: takes a day's orders and writes down their whole course."""

from __future__ import annotations

from datetime import date

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.campaigns.nudges import Nudges
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.people import People
from zhanggui.simulate.people.history import earlier_customers
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, VISITS, OrderKind, RefundKind
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.aftersale import AfterSale, Cases, completion
from zhanggui.simulate.sale.amounts import summed
from zhanggui.simulate.sale.baskets import Basketry, Baskets
from zhanggui.simulate.sale.bills import Billing, Bills
from zhanggui.simulate.sale.demand import Demand, first_paid_orders
from zhanggui.simulate.sale.display import Display, display_of
from zhanggui.simulate.sale.gifts import with_gifts
from zhanggui.simulate.sale.intents import INTENTS, NEW
from zhanggui.simulate.sale.moments import created_at
from zhanggui.simulate.sale.paying import PAYING_CELLS, Payments, is_presale, payments
from zhanggui.simulate.sale.prices import PriceTags
from zhanggui.simulate.sale.reserving import reserved
from zhanggui.simulate.sale.settling import Settling
from zhanggui.simulate.sale.shipping import Parcels, Shipping
from zhanggui.simulate.sale.staff import Staff
from zhanggui.simulate.scene.creators import Creator
from zhanggui.simulate.seasons import Phase, phase_of
from zhanggui.simulate.stores import STORES, Store

ORDERS_OF_A_DAY = 1_000_000
"""An order's number is its day times this, and its place in the day."""
REFUNDS_OF_AN_ORDER = 10
_FULL_BASKET = 1.25
"""Factor on further choices while 跨店满减 asks for a full basket."""
_RUSHING_LIFT = 1.8


class Counter:
    """Sells.

    Parameters
    ----------
    options, draws, shelf, people, stores
        Those of the world; the customers of earlier days are added to the people.
    creators : tuple of Creator
        Those who show goods.
    first_orders : dict
        First orders created on an average day by store, position in `Trade` and channel.
    first_midnight : int
        The moment at which the world begins.

    Attributes
    ----------
    demand : Demand
        Who wants something when.
    """

    def __init__(
        self,
        options: Options,
        draws: Draws,
        shelf: Shelf,
        people: People,
        stores: tuple[Store, ...],
        *,
        creators: tuple[Creator, ...],
        first_orders: dict[tuple[int, int, int], float],
        first_midnight: int,
    ) -> None:
        self._draws = draws
        self._shelf = shelf
        self._people = people
        self._stores = stores
        whole = sum(store.share for store in stores)
        a_day = {store.number: options.orders_per_day * store.share / whole for store in stores}
        self._staff = Staff(draws, people, stores, a_day)
        self.demand = Demand(draws, people, stores, options.start)
        self._unpaid = Luck(PAYING_CELLS)
        self._tags = PriceTags(draws, shelf, stores)
        self._basketry = Basketry(draws, shelf, people)
        self._billing = Billing(draws, people)
        self._shipping = Shipping(draws, shelf, people, float(options.orders_per_day))
        self._after_sale = AfterSale(draws, shelf, people, creators)
        self._settling = Settling(creators)
        before = earlier_customers(draws, people, stores, first_paid_orders(first_orders), first_midnight)
        self.demand.missions.appoint(people, *before, today=-1)

    def sell(
        self, records: DayRecords, on: date, levers: Levers, actions: Actions, nudges: Nudges, sellable: Ints
    ) -> Floats:
        """Put a day's prices, orders, lines, refunds and settlement entries into its records.

        Parameters
        ----------
        records : DayRecords
            Holds the day's visits.
        on : date
            The day.
        levers, actions : Levers, Actions
            Of the day.
        nudges : Nudges
            What campaigns change.
        sellable : array of int, shape (warehouses, SKUs)
            What may be promised.

        Returns
        -------
        array of float, shape (len(STORES), len(Trade))
            How many orders goods and prices drew, as a multiple of an ordinary day.
        """
        day = records.day
        self._after_sale.fix_size_charts(actions.size_chart_fixed)
        self._basketry.recommend(actions.recommendation)
        display = self._display(records, on, levers, actions, sellable)
        intents = self.demand.intents(day, records.midnight, records[VISITS], nudges, levers, display)
        intents = Rows.together(INTENTS, (intents, self._staff.intents(day)))
        phases = {store.number: phase_of(on, store) for store in self._stores}
        rushes = {number: phase if _is_rushing(phase, on) else None for number, phase in phases.items()}
        created = created_at(self._draws, intents, self._people, records.midnight, rushes)
        in_time = np.lexsort((intents["order_key"], created))
        intents, created = intents.where(in_time), created[in_time]
        lift = _FULL_BASKET if any(phase and phase.every_minor for phase in phases.values()) else 1.0
        baskets = self._basketry.fill(intents, display, day, levers, lift)
        place = self._people.place[intents["person"]].astype(np.int64)
        baskets, warehouse = reserved(
            self._draws, baskets, intents["order_key"], place, sellable, np.arange(len(intents))
        )
        # Whoever finds nothing left leaves without an order.
        is_order = np.bincount(baskets.order, minlength=len(intents)) > 0
        number = np.cumsum(is_order) - 1
        baskets = Baskets(number[baskets.order], baskets.sku, baskets.quantity)
        held, warehouse, chosen = created[is_order], warehouse[is_order], intents.where(is_order)
        baskets = with_gifts(self._draws, self._shelf, chosen, baskets, display.asked, warehouse, sellable)
        paid = self._take(records, on, levers, chosen, held, warehouse, baskets, display.asked, phases)
        is_paid = np.zeros(len(intents), np.bool_)
        is_paid[is_order] = paid
        self.demand.after(day, intents, created, is_paid, levers)
        return display.draw

    def _display(self, records: DayRecords, on: date, levers: Levers, actions: Actions, sellable: Ints) -> Display:
        asked = self._tags.asked(records.day, levers, actions)
        records.put(self._tags.changes(records.day, asked))
        return display_of(
            self._shelf,
            self._stores,
            day=records.day,
            on=on,
            asked=asked,
            usual=self._tags.usual,
            sellable=sellable,
            levers=levers,
        )

    def _take(
        self,
        records: DayRecords,
        on: date,
        levers: Levers,
        intents: Rows,
        created: Ints,
        warehouse: Ints,
        baskets: Baskets,
        asked: Ints,
        phases: dict[int, Phase | None],
    ) -> Column:
        """Write down the orders of a day and return which of them get paid."""
        presale = is_presale(self._draws, intents, on)
        bills = self._billing.bills(intents, baskets, asked, self._shelf.product, phases, levers)
        due = summed(baskets.order, bills.due_minor, len(intents)) + bills.postage_minor
        place = self._people.place[intents["person"]].astype(np.int64)
        paying = payments(self._draws, intents, created, due, place, presale, on, levers, self._unpaid)
        parcels = self._shipping.parcels(intents, baskets, warehouse, paying.paid_at, due, paying.is_presale, levers)
        cases = self._after_sale.cases(intents, baskets, bills, parcels, paying.paid_at, levers)
        number = records.day * ORDERS_OF_A_DAY + np.arange(len(intents))
        lines = self._lines(records.day, number, intents, baskets, bills)
        orders = self._orders(number, intents, created, place, warehouse, baskets, bills, paying, parcels, cases)
        refunds = self._refunds(number, intents, lines, baskets, cases)
        for rows in (orders, lines, refunds):
            records.put(rows)
        records.put(self._settling.entries(orders, refunds, intents["trade"], records.day, records.midnight))
        is_paid: Column = orders["paid_at"] != NEVER
        self._remember(records.day, intents, created, baskets, is_paid)
        return is_paid

    def _orders(
        self,
        number: Ints,
        intents: Rows,
        created: Ints,
        place: Ints,
        warehouse: Ints,
        baskets: Baskets,
        bills: Bills,
        paying: Payments,
        parcels: Parcels,
        cases: Cases,
    ) -> Rows:
        sums = bills.of_orders(baskets.order, len(intents))
        due = sums["due_minor"] + bills.postage_minor
        course = self._course(intents, baskets, due, paying, parcels, cases)
        names = ("campaign", "ad_group", "creative", "creator", "live_session", "note", "message")
        return Rows(
            ORDERS,
            order_key=intents["order_key"],
            order=number,
            **{name: intents[name] for name in ("store", "person", "kind", "channel", *names)},
            is_presale=paying.is_presale,
            is_first=self._people.n_orders[intents["person"]] == 0,
            created_at=created,
            deposit_paid_at=paying.deposit_paid_at,
            paid_at=paying.paid_at,
            promised_ship_at=parcels.promised_at,
            **course,
            list_minor=sums["list_minor"],
            merchant_discount_minor=sums["merchant_minor"],
            platform_discount_minor=sums["platform_minor"],
            creator_discount_minor=sums["creator_minor"],
            shipping_minor=bills.postage_minor,
            due_minor=due,
            deposit_minor=paying.deposit_minor,
            place=place,
            warehouse=warehouse,
            carrier=parcels.carrier,
            coupon=np.where(bills.takes_coupon, intents["coupon"], NEVER),
        )

    def _course(
        self, intents: Rows, baskets: Baskets, due: Ints, paying: Payments, parcels: Parcels, cases: Cases
    ) -> dict[str, Ints]:
        """Return the moments of the orders after payment, and what their parcels cost, by column."""
        is_off = np.zeros(len(intents), np.bool_)
        off = (cases.agreed_at != NEVER) & (cases.kind == RefundKind.BEFORE_SHIPPING)
        is_off[baskets.order[cases.line[off]]] = True
        shipped = np.where(is_off, NEVER, parcels.shipped_at)
        received = np.where(is_off, NEVER, parcels.received_at)
        completed, closed = completion(self._draws, intents, baskets.order, due, received, cases)
        costs = ("freight_minor", "packaging_minor", "insurance_minor", "penalty_minor")
        return {
            "shipped_at": shipped,
            "received_at": received,
            "completed_at": completed,
            "closed_at": np.where(paying.closed_at != NEVER, paying.closed_at, closed),
            **{name: np.where(shipped != NEVER, getattr(parcels, name), 0) for name in costs},
        }

    def _lines(self, day: int, number: Ints, intents: Rows, baskets: Baskets, bills: Bills) -> Rows:
        order = baskets.order
        first = np.searchsorted(order, np.arange(len(intents)))
        is_real = intents["kind"] == OrderKind.ORDINARY
        return Rows(
            LINES,
            order=number[order],
            line=np.arange(order.size) - first[order],
            store=intents["store"][order],
            sku=baskets.sku,
            is_gift=self._shelf.is_gift_sku[baskets.sku],
            quantity=baskets.quantity,
            list_minor=bills.list_minor,
            merchant_discount_minor=bills.merchant_minor,
            platform_discount_minor=bills.platform_minor,
            creator_discount_minor=bills.creator_minor,
            due_minor=bills.due_minor,
            # Brushing sends empty parcels, and tests none.
            cost_minor=self._shelf.costs_on(day)[baskets.sku] * baskets.quantity * is_real[order],
        )

    def _refunds(self, number: Ints, intents: Rows, lines: Rows, baskets: Baskets, cases: Cases) -> Rows:
        order = baskets.order[cases.line]
        starts = np.flatnonzero(np.diff(order, prepend=-1))
        nth = np.arange(order.size) - np.repeat(starts, np.diff(np.append(starts, order.size)))
        names = ("kind", "reason", "quantity", "applied_at", "agreed_at", "returned_at", "refunded_at", "closed_at")
        return Rows(
            REFUNDS,
            refund=number[order] * REFUNDS_OF_AN_ORDER + nth,
            order=number[order],
            line=lines["line"][cases.line],
            store=intents["store"][order],
            sku=baskets.sku[cases.line],
            is_abuse=cases.is_abuse,
            is_sellable=cases.is_sellable,
            **{name: getattr(cases, name) for name in names},
            requested_minor=cases.requested_minor,
            refunded_minor=np.where(cases.refunded_at != NEVER, cases.requested_minor, 0),
            return_freight_minor=cases.return_freight_minor,
        )

    def _remember(self, day: int, intents: Rows, created: Ints, baskets: Baskets, is_paid: Column) -> None:
        """Let people know what they bought."""
        people, who = self._people, intents["person"]
        own_site = np.array([store.platform is Platform.OWN_SITE for store in STORES])[intents["store"]]
        registers = own_site & (intents["origin"] == NEW)
        people.is_registered_at[who[registers]] = created[registers] - 90
        paid = who[is_paid]
        np.add.at(people.n_orders, paid, 1)
        people.last_order_day[paid] = day
        first = np.searchsorted(baskets.order, np.flatnonzero(is_paid))
        people.last_sku[paid] = baskets.sku[first]


def _is_rushing(phase: Phase | None, on: date) -> bool:
    return phase is not None and phase.lift >= _RUSHING_LIFT and on in (phase.first, phase.last)
