"""Whether and when each order is paid; deposits and final payments of the pre-sale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.records import OrderKind
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.intents import NEW
from zhanggui.simulate.sale.terms import DAY, HOUR, TERMS
from zhanggui.simulate.seasons import presale_days
from zhanggui.simulate.stores import CHANNELS, PLACES, STORES

PRESALE_PLATFORMS = frozenset({Platform.TAOBAO, Platform.TMALL, Platform.JD})
PRESALE_SHARE = 0.5
"""Part of the orders of the deposit days that are pre-sale orders, where the store takes part."""
FINAL_UNPAID_SHARE = 0.12
"""Part of the deposits whose final payment never comes."""
_DEPOSIT_SHARE = 0.15
_LEAST_PRESALE_MINOR = 3_000
PAYING_CELLS = len(STORES) * len(Trade) * (len(CHANNELS) + 1)
"""Kinds of orders that are paid as often as they should be: by store, trade, and the channel of a first order."""
_REGION_OF_PLACE = np.array([place.region for place in PLACES])


@dataclass(frozen=True, slots=True)
class Payments:
    """When what was paid, one entry per order.

    Attributes
    ----------
    is_presale : array of bool
        Whether a deposit comes first.
    deposit_minor : array of int
        Deposit asked.
    deposit_paid_at, paid_at, closed_at : array of int
        Moments of the deposit, of the full payment, and of closing for want of payment.
    """

    is_presale: Column
    deposit_minor: Ints
    deposit_paid_at: Ints
    paid_at: Ints
    closed_at: Ints


def is_presale(draws: Draws, intents: Rows, on: date) -> Column:
    """Return which orders of a day are pre-sale orders."""
    first, last, _ = presale_days(on.year)
    if not first <= on <= last:
        return np.zeros(len(intents), np.bool_)
    takes_part = np.array([store.platform in PRESALE_PLATFORMS for store in STORES])[intents["store"]]
    takes_part &= intents["kind"] == OrderKind.ORDINARY
    found: Column = takes_part & (draws.uniform("presale", intents["order_key"]) < PRESALE_SHARE)
    return found


def payments(
    draws: Draws,
    intents: Rows,
    created: Ints,
    due: Ints,
    place: Ints,
    presale: Column,
    on: date,
    levers: Levers,
    luck: Luck,
) -> Payments:
    """Return how a day's orders are paid.

    Parameters
    ----------
    draws : Draws
        The world's.
    intents : Rows
        One per order.
    created, due, place : array of int
        Moment, amount and buyer's place of each order.
    presale : array of bool
        Which are pre-sale orders, as far as they come to enough.
    on : date
        The day.
    levers : Levers
        Of the day.
    luck : Luck
        Of `PAYING_CELLS` kinds: how many orders stayed unpaid so far.
    """
    keys, store = intents["order_key"], intents["store"]
    terms = [TERMS[one.platform] for one in STORES]
    chance = np.array([one.paid_share for one in terms])[store]
    chance = chance * levers.amounts(Lever.PAYMENT, len(intents), store=store, region=_REGION_OF_PLACE[place])
    is_real = intents["kind"] == OrderKind.ORDINARY
    way = np.where(intents["origin"] == NEW, intents["channel"] + 1, 0)
    kind = (store * len(Trade) + intents["trade"]) * (len(CHANNELS) + 1) + way
    kind = np.where(is_real, kind, NEVER)
    pays = ~luck.happens(kind, 1 - chance, 1 - draws.uniform("paid", keys)) | ~is_real
    within = np.array([one.pay_within for one in terms])[store]
    at = created + _delay(draws, intents, within)
    presale = presale & (due >= _LEAST_PRESALE_MINOR)
    deposit = np.where(presale, np.maximum((due * _DEPOSIT_SHARE).astype(np.int64) // 100 * 100, 100), 0)
    final = (presale_days(on.year)[2] - date(1970, 1, 1)).days * DAY
    final_at = final + np.minimum(5 * HOUR * draws.exponential("final payment", keys), DAY - 1).astype(np.int64)
    has_final = draws.uniform("final paid", keys) >= FINAL_UNPAID_SHARE
    paid_at = np.where(pays, np.where(presale, np.where(has_final, final_at, NEVER), at), NEVER)
    closed = np.where(pays, np.where(presale & ~has_final, final + 2 * DAY, NEVER), created + within)
    return Payments(presale, deposit, np.where(presale & pays, at, NEVER), paid_at, closed)


def _delay(draws: Draws, intents: Rows, within: Ints) -> Ints:
    """Return the seconds from order to payment: most pay at once, some think it over until shortly before the end."""
    keys = intents["order_key"]
    kind = draws.uniform("pay kind", keys)
    mean = np.where(kind < 0.84, 60.0, np.where(kind < 0.96, 1_200.0, 5 * HOUR))
    seconds = 4 + mean * draws.exponential("pay delay", keys)
    return np.minimum(seconds, within * (0.5 + 0.49 * draws.uniform("pay late", keys))).astype(np.int64)
