"""The warehouses day by day: what leaves, what comes back, what is bought, moved, broken and counted."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.records import LINES, ORDERS, PURCHASES, REFUNDS, StockReason
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.seasons import factors
from zhanggui.simulate.stores import STORES, WAREHOUSES, Store
from zhanggui.simulate.supply.buyer import Buyer
from zhanggui.simulate.supply.claims import CLAIM_COLUMNS, Claim, claims_of
from zhanggui.simulate.supply.housekeeping import (
    COUNT_DAY,
    TRANSFER_DAYS,
    count_stock,
    daily_loss,
    level_warehouses,
    lose_some,
)
from zhanggui.simulate.supply.opening import expected_units, opening_stock
from zhanggui.simulate.supply.stock import Stock

_DAY = 86_400
_RECEIVED_HOUR = 8
_ORDERED_HOUR = 17
_SENT_LATE_HOUR = 11
_HORIZON_DAYS = 150
_SHORT_DELIVERY = 0.04
"""Share of purchase orders of which the supplier delivers only a part."""


class Supply:
    """All warehouses and those who fill them.

    Parameters
    ----------
    options, draws, stores, shelf
        The world.
    """

    def __init__(self, options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> None:
        self._options = options
        self._draws = draws
        self._shelf = shelf
        self._n_skus = shelf.skus
        self._season = season_table(options, stores, shelf, options.days + _HORIZON_DAYS)
        expected = expected_units(options, stores, shelf)
        self.stock = Stock(len(WAREHOUSES), self._n_skus)
        first_weeks = self._season[:, : _HORIZON_DAYS // 4].mean(axis=1)[np.tile(shelf.category, len(WAREHOUSES))]
        opening = opening_stock(draws, shelf, expected * first_weeks)
        self._first_midnight = moment_of(options.start)
        self.stock.bring_in(StockReason.ADJUST, np.arange(opening.size), opening, self._first_midnight)
        self._buyer = Buyer(draws, shelf, expected)
        self._claims = Diary(*CLAIM_COLUMNS, "since")
        self._receipts = Diary("purchase", "cell", "ordered", "received", "at")
        self._arrivals = Diary("cell", "quantity", "at")
        self._loss = daily_loss(shelf)
        self._n_purchases = 0
        self._n_counts = 0

    def sellable(self, day: int, levers: Levers) -> Ints:
        """Return what may be sold, shape (warehouses, SKUs): what lies there and is not promised."""
        stock = self.stock
        factor = levers.amounts(Lever.SUPPLY, stock.on_hand.size, warehouse=stock.warehouse, sku=stock.sku)
        free = np.floor(stock.free * factor).astype(np.int64)
        return free.reshape(len(WAREHOUSES), self._n_skus)

    def advance(self, records: DayRecords, levers: Levers, actions: Actions) -> None:
        """Let the day's goods move, buy again, and put down all moves and standings.

        Parameters
        ----------
        records : DayRecords
            Holds the day's orders, lines and refunds.
        levers : Levers
            Those of the day.
        actions : Actions
            Its `purchases` are ordered besides what the shop's own buyer orders; a cell named there is left out by
            the buyer that day.
        """
        self._receive(records)
        sold = self._follow_orders(records)
        lose_some(self.stock, self._draws, self._loss, records)
        day = records.day
        if self._date(day).weekday() == 0:
            cells, units = level_warehouses(self.stock, self._buyer.level, records)
            arrives = records.midnight + TRANSFER_DAYS * _DAY + 10 * 3_600
            self._arrivals.write(np.full(cells.size, day + TRANSFER_DAYS), cell=cells, quantity=units, at=arrives)
        if self._date(day).day == COUNT_DAY:
            records.put(count_stock(self.stock, self._draws, records, self._n_counts))
            self._n_counts += len(WAREHOUSES)
        self._buyer.learn(sold, self._seasons(day, 1)[:, 0], day)
        self._buy(records, levers, actions)
        records.put(self.stock.moves())
        records.put(self.stock.levels(day))

    def _receive(self, records: DayRecords) -> None:
        stock = self.stock
        arrived = self._arrivals.take(records.day)
        stock.bring_in(StockReason.TRANSFER, arrived["cell"], arrived["quantity"], arrived["at"])
        np.subtract.at(stock.on_order, arrived["cell"], arrived["quantity"])
        due = self._receipts.take(records.day)
        stock.bring_in(StockReason.PURCHASE, due["cell"], due["received"], due["at"], purchase=due["purchase"])
        np.subtract.at(stock.on_order, due["cell"], due["ordered"])

    def _follow_orders(self, records: DayRecords) -> Ints:
        """Book what orders of today and before do to stock today; return the units sold today of each cell."""
        stock, day = self.stock, records.day
        new = claims_of(records[ORDERS], records[LINES], records[REFUNDS], n_skus=self._n_skus)
        when = np.maximum((new["at"] - self._first_midnight) // _DAY, day)
        self._claims.write(when, since=new["at"], **new)
        due = self._claims.take(day)
        kind, cells, quantity = due["kind"], due["cell"], due["quantity"]
        is_new, is_lapsed = kind == Claim.COMMIT, kind == Claim.RELEASE
        stock.commit(cells[is_new], quantity[is_new], due["is_presale"][is_new])
        stock.commit(cells[is_lapsed], -quantity[is_lapsed], due["is_presale"][is_lapsed])
        self._take_back(due)
        self._send(due, day)
        sold = np.bincount(cells[is_new], quantity[is_new], minlength=stock.on_hand.size)
        return sold.astype(np.int64)

    def _take_back(self, due: dict[str, Ints]) -> None:
        came = np.isin(due["kind"], (Claim.RETURN, Claim.SPOILED_RETURN))
        spoiled = due["kind"] == Claim.SPOILED_RETURN
        for reason, chosen in ((StockReason.RETURN, came), (StockReason.DAMAGE, spoiled)):
            book = self.stock.bring_in if reason == StockReason.RETURN else self.stock.take_out
            book(
                reason,
                due["cell"][chosen],
                due["quantity"][chosen],
                due["at"][chosen],
                order=due["order"][chosen],
                refund=due["refund"][chosen],
            )

    def _send(self, due: dict[str, Ints], day: int) -> None:
        """Let parcels leave, the oldest first; what finds the shelf empty leaves when goods have come."""
        goes = np.isin(due["kind"], (Claim.SHIP, Claim.SEND_AGAIN))
        parcels = {name: values[goes] for name, values in due.items()}
        order = np.lexsort((parcels["order"], parcels["since"]))
        parcels = {name: values[order] for name, values in parcels.items()}
        parcels["cell"] = self._nearest_with_stock(parcels)
        taken = self.stock.take_out(
            StockReason.SALE,
            parcels["cell"],
            parcels["quantity"],
            parcels["at"],
            order=parcels["order"],
            refund=parcels["refund"],
        )
        was_promised = parcels["kind"] == Claim.SHIP
        self.stock.commit(parcels["cell"][was_promised], -taken[was_promised], parcels["is_presale"][was_promised])
        owed = parcels["quantity"] - taken
        late = owed > 0
        left = {name: values[late] for name, values in parcels.items()}
        left["quantity"] = owed[late]
        left["at"] = np.full(left["at"].size, self._first_midnight + (day + 1) * _DAY + _SENT_LATE_HOUR * 3_600)
        self._claims.write(np.full(left["at"].size, day + 1), **left)

    def _nearest_with_stock(self, parcels: dict[str, Ints]) -> Ints:
        """Return where each parcel leaves from: one that is sent again does not wait where another warehouse has it."""
        cells, on_hand = parcels["cell"], self.stock.on_hand
        fullest = on_hand.reshape(-1, self._n_skus).argmax(axis=0)
        sku = cells % self._n_skus
        is_wanting = (parcels["kind"] == Claim.SEND_AGAIN) & (on_hand[cells] < parcels["quantity"])
        return np.where(is_wanting, fullest[sku] * self._n_skus + sku, cells)

    def _buy(self, records: DayRecords, levers: Levers, actions: Actions) -> None:
        stock, day = self.stock, records.day
        quantity = self._buyer.orders(stock, day, self._seasons(day + 1, _HORIZON_DAYS), levers)
        for (warehouse, sku), units in actions.purchases.items():
            quantity[warehouse * self._n_skus + sku] = max(int(units), 0)
        cells = np.flatnonzero(quantity)
        if cells.size == 0:
            return
        ordered = quantity[cells]
        skus = cells % self._n_skus
        suppliers = self._shelf.supplier[skus]
        days = self._lead_days(day, cells, suppliers, levers)
        received_at = records.midnight + days * _DAY + _RECEIVED_HOUR * 3_600
        is_short = self._draws.uniform("short delivery", day, cells) < _SHORT_DELIVERY
        part = 0.5 + 0.45 * self._draws.uniform("short part", day, cells)
        received = np.where(is_short, np.maximum(np.floor(ordered * part), 1), ordered).astype(np.int64)
        numbers = self._n_purchases + np.arange(cells.size)
        self._n_purchases += cells.size
        np.add.at(stock.on_order, cells, ordered)
        promised = np.array([supplier.lead_days for supplier in self._shelf.suppliers])[suppliers]
        records.put(
            Rows(
                PURCHASES,
                purchase=numbers,
                supplier=suppliers,
                warehouse=cells // self._n_skus,
                sku=skus,
                quantity=ordered,
                received_quantity=received,
                unit_cost_minor=self._shelf.costs_on(day)[skus],
                ordered_at=records.midnight + _ORDERED_HOUR * 3_600,
                due_at=records.midnight + np.ceil(promised).astype(np.int64) * _DAY + _ORDERED_HOUR * 3_600,
                received_at=received_at,
            )
        )
        self._receipts.write(
            day + days, purchase=numbers, cell=cells, ordered=ordered, received=received, at=received_at
        )

    def _lead_days(self, day: int, cells: Ints, suppliers: Ints, levers: Levers) -> Ints:
        """Return after how many days each order arrives: one lorry per supplier, warehouse and day."""
        lead = np.array([supplier.lead_days for supplier in self._shelf.suppliers])
        spread = np.array([supplier.lead_spread_days for supplier in self._shelf.suppliers])
        warehouses = cells // self._n_skus
        late = levers.amounts(Lever.LEAD_TIME, cells.size, supplier=suppliers)
        drawn = lead[suppliers] + spread[suppliers] * self._draws.normal("lead time", day, suppliers, warehouses)
        return np.maximum(np.rint(drawn + late), 1).astype(np.int64)

    def _seasons(self, day: int, n_days: int) -> Floats:
        last = self._season.shape[1] - 1
        return self._season[:, np.minimum(np.arange(day, day + n_days), last)]

    def _date(self, day: int) -> date:
        return self._options.start + timedelta(days=day)


def moment_of(day: date) -> int:
    """Return the second at which a day begins, counted on the shop's wall clock from 1970."""
    return (day - date(1970, 1, 1)).days * _DAY


def season_table(options: Options, stores: tuple[Store, ...], shelf: Shelf, n_days: int) -> Floats:
    """Return how many times its ordinary sales each category sells on each day, shape (categories, days)."""
    share = np.zeros((len(STORES), len(Trade)))
    for store in stores:
        share[store.number, [list(Trade).index(trade) for trade in store.trades]] = store.share
    share /= np.maximum(share.sum(axis=0), 1e-12)
    first_sku = np.array([np.flatnonzero(shelf.category == place)[0] for place in range(len(shelf.families))])
    columns = []
    for day in range(n_days):
        on = options.start + timedelta(days=day)
        by_trade = (factors(on) * share).sum(axis=0)
        columns.append(by_trade[shelf.trade[first_sku]] * shelf.season(on)[first_sku])
    return np.stack(columns, axis=1)
