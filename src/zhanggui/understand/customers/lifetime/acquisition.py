"""LTV : CAC: what customers of a channel are worth against what winning them cost (catalogue F-02, M-CUST-07)."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow.compute as pc
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import Range, forecast_range
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.lifetime.purchases import PROFIT, REVENUE
from zhanggui.understand.customers.lifetime.valuation import Money, Valuation
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.view import View

THRESHOLD = 3.0
"""A channel is healthy above it (F-02); whoever asks may choose another."""

Split = Literal["platform", "shop", "channel"]
SPLITS: tuple[Split, ...] = ("platform", "shop", "channel")
Light = Literal["green", "amber", "red", "unknown"]
_SEED = 20_200_101

CAVEAT = Text(
    "获客成本把全部广告费算到新买家头上，所以比值偏低而不会偏高；不含达人、内容与私域的费用。",
    "All ad spend is laid on new buyers, so the ratio is low rather than high; creators, content and private domain "
    "are not in it.",
)


class Acquired(BaseModel):
    """Customers by where they first bought: worth so far and within the horizon, each, against the cost of winning one.

    `ratio` is by profit where costs are known; `low` and `high` are its bounds of 90 %. `light` is green above the
    threshold, red where a customer does not bring back what it cost, amber between.
    """

    name: str
    customers: int
    revenue_each: float | None
    profit_each: float | None
    cost_each: float | None
    revenue_ratio: float | None
    ratio: float | None
    low: float | None
    high: float | None
    light: Light


class Acquisition(BaseModel):
    """LTV : CAC by platform, store or channel."""

    by: Split
    threshold: float
    rows: tuple[Acquired, ...]
    note: Text = CAVEAT


def light(ratio: float | None, threshold: float = THRESHOLD) -> Light:
    """Return the light of a ratio.

    Examples
    --------
    >>> [light(each) for each in (3.1, 3.0, 2.9, 0.9, None)]
    ['green', 'amber', 'amber', 'red', 'unknown']
    """
    if ratio is None:
        return "unknown"
    if ratio > threshold:
        return "green"
    return "amber" if ratio > 1 else "red"


def split_in(word: str | None) -> Split:
    """Read by what customers are split; platform by default.

    Raises
    ------
    BadFilterError
        They cannot be split by that.
    """
    found = next((each for each in SPLITS if each == (word or SPLITS[0])), None)
    if found is None:
        raise BadFilterError(str(word), why=f"is nothing that customers are split by; use {', '.join(SPLITS)}")
    return found


def acquisition(desk: Desk, view: View, found: Valuation, by: Split, threshold: float = THRESHOLD) -> Acquisition:
    """Return LTV : CAC of the customers of a view.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores and days whose ad spend and new buyers are taken.
    found : Valuation
        The same customers, valued.
    by : {"platform", "shop", "channel"}
        Of the first order of each.
    threshold : float, default 3
        A ratio above it is healthy.

    Returns
    -------
    Acquisition
        The largest group first. A cost is known only where a report says what was spent and every buyer can be told
        apart.
    """
    group = _first_groups(desk, view, found, by)
    asked = desk.ask(view.question("ad_spend", "new_buyers", by=(by,)))
    spent = {row[by]: (number(row, "ad_spend"), number(row, "new_buyers")) for row in asked.rows}
    rows = [_acquired(found, str(name), group == name, spent.get(name), threshold) for name in np.unique(group)]
    return Acquisition(by=by, threshold=threshold, rows=tuple(sorted(rows, key=lambda row: (-row.customers, row.name))))


def _acquired(
    found: Valuation, name: str, rows: np.ndarray, spent: tuple[float | None, float | None] | None, threshold: float
) -> Acquired:
    n = int(rows.sum())
    spend, new = spent or (None, None)
    cost = spend / new if spend and new else None
    worth = {measure: _worth(found, money, rows, measure) for measure, money in found.money.items()}
    each = {measure: of.middle / n for measure, of in worth.items()}
    best = worth.get(PROFIT) if PROFIT in worth else worth.get(REVENUE)
    ratio, low, high = (
        (None, None, None)
        if cost is None or best is None
        else (of / n / cost for of in (best.middle, best.low, best.high))
    )
    return Acquired(
        name=name,
        customers=n,
        revenue_each=each.get(REVENUE),
        profit_each=each.get(PROFIT),
        cost_each=cost,
        revenue_ratio=None if cost is None or REVENUE not in each else each[REVENUE] / cost,
        ratio=ratio,
        low=low,
        high=high,
        light=light(ratio, threshold),
    )


def _worth(found: Valuation, money: Money, rows: np.ndarray, measure: str) -> Range:
    """Return what customers brought so far and will bring, with bounds of what is still to come."""
    so_far = float(found.now.total[measure][rows].sum())
    ahead = forecast_range(
        found.fit,
        found.now.known.part(rows),
        money.worth.per_purchase[rows],
        horizon=found.horizon,
        rng=np.random.default_rng(_SEED),
        wrong_by=found.wrong_by,
    )
    return Range(so_far + ahead.middle, so_far + ahead.low, so_far + ahead.high)


def _first_groups(desk: Desk, view: View, found: Valuation, by: Split) -> np.ndarray:
    orders = people_of(desk, view).orders
    if by == "channel":
        orders = orders.mutate(of=orders.channel)
    else:
        stores = desk.ledger.table("store")
        names = stores.select("shop_id", of=stores.platform if by == "platform" else stores.name)
        orders = orders.inner_join(names, "shop_id")
    first = orders.group_by("buyer_key").aggregate(of=orders["of"].first(order_by=[orders.paid_date, orders.order_id]))
    answer = desk.ledger.query(first)
    place = pc.index_in(found.purchases.customers, value_set=answer.column("buyer_key").combine_chunks())
    groups = pc.fill_null(answer.column("of").combine_chunks().take(place), "")
    return np.asarray(groups.to_numpy(zero_copy_only=False), object)[found.now.customer].astype(str)
