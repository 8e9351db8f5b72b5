"""What is known of each own SKU beside its stock: name, category, cost, price, and who sells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger, without_copies

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Goods:
    """Own SKUs side by side.

    Attributes
    ----------
    names, categories : tuple of str
        Of each SKU; its code, and empty, where no file says.
    unit_cost : array of float, shape (n_skus,)
        Newest cost of one unit on the last day, in minor units; NaN: unknown.
    price : array of float, shape (n_skus,)
        Mean amount received for one unit in the window, after the shop's own discounts, minor units; NaN: none sold.
    ordered : array of float, shape (n_skus,)
        Units in paid orders of the window, gifts among them.
    revenue : array of float, shape (n_skus,)
        What they brought, minor units.
    cost_leaps : mapping of str to float
        SKUs whose cost per unit leapt, and by what factor: perhaps pieces and cartons were mixed.
    n_foreign_costs : int
        Costs in other currencies, which are not used.
    """

    names: tuple[str, ...]
    categories: tuple[str, ...]
    unit_cost: Floats
    price: Floats
    ordered: Floats
    revenue: Floats
    cost_leaps: Mapping[str, float]
    n_foreign_costs: int

    @property
    def margin(self) -> Floats:
        """Price less cost of one unit; NaN where either is unknown."""
        return self.price - self.unit_cost


LEAP = 5.0
"""Costs of one SKU that differ by this factor are rather those of a piece and of a carton."""


def goods_of(ledger: Ledger, skus: Sequence[str], first: date, last: date, currency: str) -> Goods:
    """Return what is known of these SKUs; prices are those of the days from `first` to `last`."""
    place = {name: n for n, name in enumerate(skus)}
    cost, price, ordered, revenue = (np.full(len(skus), value) for value in (np.nan, np.nan, 0.0, 0.0))
    names, categories = list(skus), [""] * len(skus)
    held = ledger.table("sku_cost")
    valid = held.filter(held.valid_from <= last)
    own = valid.filter(valid.currency == currency)
    n_foreign = int(ledger.query(valid.filter(valid.currency != currency).count().name("n").as_table())["n"][0].as_py())
    leaps: dict[str, float] = {}
    costs = own.group_by("internal_sku").aggregate(
        cost=own.unit_cost_minor.argmax(own.valid_from),
        title=own.product_title.argmax(own.valid_from),
        least=own.unit_cost_minor.min(where=own.unit_cost_minor > 0),
        most=own.unit_cost_minor.max(),
    )
    for row in ledger.query(costs).to_pylist():
        at = place.get(row["internal_sku"])
        if at is None:
            continue
        cost[at] = float(row["cost"])
        names[at] = row["title"] or names[at]
        if row["least"] and row["most"] >= LEAP * row["least"]:
            leaps[row["internal_sku"]] = row["most"] / row["least"]
    for row in ledger.query(_by_sku(ledger, first, last, currency)).to_pylist():
        at = place.get(row["internal_sku"])
        if at is None:
            continue
        ordered[at], revenue[at] = row["units"], row["revenue"]
        if row["paid_units"]:
            price[at] = row["revenue"] / row["paid_units"]
        names[at] = row["title"] if names[at] == skus[at] and row["title"] else names[at]
        categories[at] = row["category"] or ""
    return Goods(tuple(names), tuple(categories), cost, price, ordered, revenue, leaps, n_foreign)


def sold_parts(ledger: Ledger, first: date, last: date) -> ir.Table:
    """Return the paid lines of some days as own SKUs: a set counts as its parts, its money shared by their units.

    Columns: ``shop_id``, ``order_id``, ``internal_sku``, ``day``, ``line_kind``, ``units``, ``receivable``,
    ``currency``, ``title``, ``product_id``.
    """
    orders, lines = ledger.table("order_header"), ledger.table("order_line")
    paid = orders.filter(
        orders.is_paid & (orders.order_kind == "ordinary") & (orders.paid_date >= first) & (orders.paid_date <= last)
    ).select("shop_id", "order_id", day=orders.paid_date)
    rows = lines.filter(lines.sku_id.notnull() & (lines.quantity > 0)).inner_join(paid, ["shop_id", "order_id"])
    return as_own_skus(ledger, rows.select(
        "shop_id", "order_id", "line_key", "sku_id", "day", "line_kind", "product_id", "currency",
        title=rows.product_title, quantity=rows.quantity.cast("float64"),
        receivable=rows.receivable_minor.fill_null(rows.paid_minor).cast("float64"),
    ))  # fmt: skip


def as_own_skus(ledger: Ledger, rows: ir.Table) -> ir.Table:
    """Return lines of platform SKUs (``sku_id``, ``day``, ``quantity``, ``receivable``) as lines of own SKUs."""
    held = ledger.table("sku_map")
    mapped = held.select(
        "shop_id", "internal_sku", "valid_from", "valid_to", sku_id=held.platform_sku_id,
        n=held.units.fill_null(1).cast("float64"),
    )  # fmt: skip
    joined = without_copies(rows.left_join(mapped, ["shop_id", "sku_id"]))
    is_valid = (joined.valid_from.isnull() | (joined.valid_from <= joined.day)) & (
        joined.valid_to.isnull() | (joined.valid_to >= joined.day)
    )
    joined = joined.filter(joined.internal_sku.isnull() | is_valid)
    joined = joined.mutate(internal_sku=joined.internal_sku.fill_null(joined.sku_id), n=joined.n.fill_null(1.0))
    line = ibis.window(group_by=["shop_id", "order_id", "line_key"])
    share = joined.n / joined.n.sum().over(line)
    joined = joined.mutate(receivable=joined.receivable * share)
    return joined.mutate(units=joined.quantity * joined.n)


def _by_sku(ledger: Ledger, first: date, last: date, currency: str) -> ir.Table:
    rows = sold_parts(ledger, first, last)
    rows = rows.filter(rows.currency == currency)
    products = ledger.table("product").select("shop_id", "product_id", "category")
    rows = rows.left_join(products, ["shop_id", "product_id"])
    is_bought = rows.line_kind == "product"
    return rows.group_by("internal_sku").aggregate(
        units=rows.units.sum(),
        paid_units=rows.units.sum(where=is_bought),
        revenue=rows.receivable.sum(where=is_bought).fill_null(0.0),
        title=rows.title.max(where=is_bought),
        category=rows.category.max(),
    )


def shares_of_stores(ledger: Ledger, first: date, last: date) -> dict[str, dict[int, float]]:
    """Return by own SKU how many units each store sold."""
    rows = sold_parts(ledger, first, last)
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for row in ledger.query(rows.group_by(["internal_sku", "shop_id"]).aggregate(units=rows.units.sum())).to_pylist():
        found[row["internal_sku"]][int(row["shop_id"])] = float(row["units"])
    return found
