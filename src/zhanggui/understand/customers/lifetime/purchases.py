"""Days on which identified customers bought, with revenue and profit, out of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.i18n import Text
from zhanggui.ledger.purchases import is_kept
from zhanggui.methods.lifetime import Occasions, occasions
from zhanggui.money import CURRENCY_EXPONENTS
from zhanggui.understand.customers.people import enough, enough_kept, known_until, people_of
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

REVENUE, PROFIT, KNOWN = "revenue", "profit", "profit_known"
"""Measures of an occasion: money in major units, and whether all costs of it are known (1 or 0)."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """Who bought on which day, for how much.

    Attributes
    ----------
    occasions : Occasions
        Customer-days; days are ordinals.
    customers : pyarrow Array
        Key of each customer, by number.
    last_day : date
        Last day that is known.
    known_until : date
        Last day up to which silence can be told.
    currency : str or None
        Of revenue and profit; None where the source names none.
    n_without_orders : int
        Customers known by other means who have not bought; they get no figure.
    warnings : tuple of Text
        What was left out.
    is_of_file : bool
        Keys are those of a file of the reader's own, to be shown as they are; tokens otherwise.
    """

    occasions: Occasions
    customers: pa.Array
    last_day: date
    known_until: date
    currency: str | None
    n_without_orders: int
    warnings: tuple[Text, ...]
    is_of_file: bool = False

    @property
    def has_profit(self) -> bool:
        """Whether the costs of any occasion are known."""
        return PROFIT in self.occasions.amounts and bool(self.occasions.amounts[KNOWN].any())


def purchases_of(desk: Desk, view: View) -> Purchases:
    """Return the purchases of a view.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores, channel, and the last day (`date_to`) looked at.

    Returns
    -------
    Purchases
        Orders of one customer on one day are one occasion. Orders given back whole make none; what they cost counts
        with the customer's occasion before them.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers can be identified, or there is a single day of data.
    """
    return desk.kept(("purchases", view.where, view.date_to), lambda: _purchases(desk, view))


def _purchases(desk: Desk, view: View) -> Purchases:
    people = people_of(desk, view)
    enough(people)
    orders = people.orders
    lines = desk.ledger.table("line_profit")
    # An order whose lines no file lists has no goods that a cost could be known of.
    is_listed = lines.line_key != ""
    earned = lines.group_by(["shop_id", "order_id"]).aggregate(
        profit_minor=lines.contribution_minor.sum(), is_known=(lines.cost_known & is_listed).all()
    )
    rows = orders.mutate(is_kept=is_kept(orders)).left_join(earned, ["shop_id", "order_id"])
    days = rows.group_by(["buyer_key", "paid_date"]).aggregate(
        is_kept=rows.is_kept.any(),
        net=(rows.paid_minor - rows.refunded_minor).sum(),
        profit=rows.profit_minor.sum(),
        is_known=rows.is_known.fill_null(False).all(),
    )
    found = desk.ledger.query(days)
    coded = pc.dictionary_encode(found.column("buyer_key").combine_chunks())
    number = coded.indices.to_numpy().astype(np.int64)
    in_major = 10.0 ** -CURRENCY_EXPONENTS[people.currency]
    kept_on, is_known = _flags(found.column("is_kept")), _flags(found.column("is_known"))
    enough_kept(len(np.unique(number[kept_on])))
    kept, who = kept_days(
        number,
        _ordinals(found.column("paid_date")),
        kept_on,
        {
            REVENUE: _numbers(found.column("net")) * in_major,
            PROFIT: np.where(is_known, _numbers(found.column("profit")) * in_major, 0.0),
            KNOWN: is_known.astype(np.float64),
        },
    )
    return Purchases(
        occasions=kept,
        customers=coded.dictionary.take(pa.array(who)),
        last_day=people.as_of,
        known_until=max(min(filter(None, (known_until(desk), view.date_to)), default=people.as_of), people.as_of),
        currency=people.currency,
        n_without_orders=_without_orders(desk),
        warnings=people.warnings,
    )


def _without_orders(desk: Desk) -> int:
    orders = desk.ledger.table("order_header")
    customers = desk.ledger.table("customer")
    bought = orders.filter(orders.is_paid, orders.buyer_key.notnull()).select("buyer_key").distinct()
    asked = customers.anti_join(bought, "buyer_key").aggregate(n=lambda rows: rows.count())
    return int(desk.ledger.query(asked).column("n")[0].as_py())


def kept_days(
    customer: npt.NDArray[np.int64],
    day: npt.NDArray[np.int64],
    is_kept: npt.NDArray[np.bool_],
    amounts: dict[str, npt.NDArray[np.float64]],
) -> tuple[Occasions, npt.NDArray[np.int64]]:
    """Return the occasions among customer-days, what given-back days cost added to the occasion before them.

    Parameters
    ----------
    customer, day : array of int
        Each pair once.
    is_kept : array of bool
        Whether something of the day was not given back.
    amounts : dict of str to array of float
        What each day was worth, by measure.

    Returns
    -------
    tuple of Occasions and array of int
        Customers numbered anew, and the number that each had before. Customers whose every day was given back are gone.

    Examples
    --------
    >>> found, _ = kept_days(
    ...     np.zeros(3, int), np.array([1, 4, 9]), np.array([True, False, True]), {"revenue": np.array([7, -2, 3])}
    ... )
    >>> found.day.tolist(), found.amounts["revenue"].tolist()
    ([1, 9], [5.0, 3.0])
    """
    has_any = np.bincount(customer, is_kept, minlength=int(customer.max()) + 1)[customer] > 0
    order = np.lexsort((day, customer))
    order = order[has_any[order]]
    who, when, kept = customer[order], day[order], is_kept[order]
    # The number of kept days so far names the occasion before; a customer's first kept day takes what came earlier.
    before = np.cumsum(kept) - 1
    first_kept = np.concatenate(([0], np.flatnonzero(np.diff(who)) + 1))
    opening = np.repeat(before[first_kept] + ~kept[first_kept], np.diff(np.append(first_kept, len(who))))
    place = np.maximum(before, opening)
    old, new = np.unique(who[kept], return_inverse=True)
    known = KNOWN in amounts
    sums = {name: np.bincount(place, each[order]) for name, each in amounts.items()}
    if known:
        # Costs of an occasion are known where those of every day that counts with it are.
        days = np.bincount(place)
        sums[KNOWN] = (sums[KNOWN] == days).astype(np.float64)
        sums[PROFIT] = sums[PROFIT] * sums[KNOWN]
    return occasions(new, when[kept], sums), old


def _ordinals(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    since_1970 = pc.cast(column.combine_chunks(), pa.int32()).to_numpy().astype(np.int64)
    return np.asarray(since_1970 + date(1970, 1, 1).toordinal())


def _flags(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.fill_null(column, False).combine_chunks().to_numpy(zero_copy_only=False), bool)


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    as_float = pc.cast(column, pa.float64(), safe=False)
    return np.asarray(pc.fill_null(as_float, 0.0).combine_chunks().to_numpy(), np.float64)
