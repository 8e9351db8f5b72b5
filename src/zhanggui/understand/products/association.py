"""Which products are bought together: pairs of paid orders, with both directions (catalogue M-GOODS-09, C-GOODS-03)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Ledger
from zhanggui.methods.association import Baskets, Pairs, false_discovery_rates, pairs_above
from zhanggui.methods.problems import NotEnoughDataError

MIN_SUPPORT = 0.001
"""Share of orders that must hold both."""

LEVELS = ("product", "category", "brand")
"""What may be paired."""

LINES_AT_ONCE = 4_000_000
"""Order lines that are brought into memory together."""

_ORDER = ("shop_id", "order_id")


class SupportError(ZhangguiError):
    """A share that is none."""

    code = "support"

    def __init__(self, given: float) -> None:
        self.given = given
        super().__init__(
            f"{given:g} is no share of orders.", where="--min-support", next_step="use more than 0 and at most 1"
        )


@dataclass(frozen=True, slots=True)
class Association:
    """Pairs with the names of their items.

    Attributes
    ----------
    pairs : Pairs
        All pairs at or above the support.
    keys, names : tuple of str
        Id and title of each item by number; a product id stands behind its store where there are several.
    q_values : array of float, shape (n_pairs,)
        Share of false findings among all pairs at least as unlikely.
    """

    pairs: Pairs
    keys: tuple[str, ...]
    names: tuple[str, ...]
    q_values: np.ndarray

    def to_json(self) -> dict[str, Any]:
        """Return the answer of ``zhanggui products association --json``, the most frequent pair first."""
        found = self.pairs
        columns = {
            "count": found.count,
            "support": found.support,
            "confidence_ab": found.confidence_ab,
            "confidence_ba": found.confidence_ba,
            "lift": found.lift,
            "leverage": found.leverage,
            "p_value": found.p_values(),
            "q_value": self.q_values,
        }
        values = {name: column.tolist() for name, column in columns.items()}
        order = np.lexsort((found.b, found.a, -found.count)).tolist()
        return {
            "baskets": found.n_baskets,
            "pairs": [
                {
                    "a": self.keys[found.a[place]],
                    "b": self.keys[found.b[place]],
                    "a_name": self.names[found.a[place]],
                    "b_name": self.names[found.b[place]],
                    **{name: column[place] for name, column in values.items()},
                }
                for place in order
            ],
        }


def association(
    ledger: Ledger,
    *,
    min_support: float = MIN_SUPPORT,
    level: str = "product",
    without: Sequence[str] = (),
    date_from: date | None = None,
    date_to: date | None = None,
    lines_at_once: int = LINES_AT_ONCE,
) -> Association:
    """Return which items paid orders hold together.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    min_support : float, default 0.001
        Share of the orders that must hold both items.
    level : {"product", "category", "brand"}
        What is paired.
    without : sequence of str
        Categories whose products are left out, as bags and fuel are.
    date_from, date_to : date, optional
        First and last business day of payment.
    lines_at_once : int, default 4,000,000
        Order lines that are brought into memory together, about.

    Returns
    -------
    Association
        Every pair at or above the support, whatever its lift.

    Raises
    ------
    SupportError
        The share is not above 0 and at most 1.
    NotEnoughDataError
        No paid order has a line with such an item.

    Notes
    -----
    A basket is a paid order with at least one item left; lines of quantity 0 count, gifts and postage do not.
    Products are counted per store, because one id in two stores means two things.
    """
    if not 0 < min_support <= 1:
        raise SupportError(min_support)
    lines = _lines(ledger, level, without, date_from, date_to)
    orders = lines.select(*_ORDER).distinct()
    n_baskets = int(ledger.query(orders.count().name("n").as_table())["n"][0].as_py())
    if not n_baskets:
        raise NotEnoughDataError(
            "No paid order has lines to look at.",
            where="order lines of these days",
            next_step="load an item or sub-order report, or choose other days",
        )
    # Counts are compared exactly: the smallest whole number of orders that is the share or more.
    least = max(ceil(round(min_support * n_baskets, 6)), 1)
    key = ["shop_id", "item"] if level == "product" else ["item"]
    frequent = lines.group_by(key).aggregate(n=lines.count())
    frequent = frequent.filter(frequent.n >= least).order_by(key)
    items = ledger.query(frequent).to_pylist()
    keys = [(row.get("shop_id"), row["item"]) for row in items]
    names = _names(ledger, keys) if level == "product" else tuple(name for _, name in keys)
    n_parts = -(-sum(row["n"] for row in items) // lines_at_once)
    blocks = _Blocks(ledger, lines, frequent, key, n_items=len(keys), n_parts=n_parts)
    # One part is read once; of several, none but the one that is counted is in memory.
    pairs = pairs_above(blocks if n_parts > 1 else tuple(blocks), min_count=least, n_items=len(keys))
    pairs = replace(pairs, n_baskets=n_baskets)
    return Association(pairs, _shown(ledger, lines, keys), names, false_discovery_rates(pairs.p_values()))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The baskets of frequent items, as many lines at a time as memory is meant to hold; read anew each time."""

    ledger: Ledger
    lines: ir.Table
    frequent: ir.Table
    key: list[str]
    n_items: int
    n_parts: int

    def __iter__(self) -> Iterator[Baskets]:
        number = self.frequent.select(*self.key, number=ibis.row_number().over(order_by=self.key))
        for part in range(self.n_parts):
            lines = self.lines
            if self.n_parts > 1:
                # Whole orders, whichever lines they have; some engines hash to numbers below zero.
                lines = lines.filter((lines.order_id.hash() % self.n_parts + self.n_parts) % self.n_parts == part)
            rows = lines.inner_join(number, self.key)
            rows = rows.select(
                basket=ibis.dense_rank().over(order_by=[rows[name] for name in _ORDER]), item=rows.number
            )
            found = self.ledger.query(rows)
            basket, item = (found[name].to_numpy().astype(np.int64) for name in ("basket", "item"))
            order = np.argsort(basket, kind="stable")
            yield Baskets(basket[order], item[order], self.n_items)


def _lines(
    ledger: Ledger, level: str, without: Sequence[str], date_from: date | None, date_to: date | None
) -> ir.Table:
    orders = ledger.table("order_header")
    kept = [orders.is_paid]
    if date_from is not None:
        kept.append(orders.paid_date >= date_from)
    if date_to is not None:
        kept.append(orders.paid_date <= date_to)
    lines = ledger.table("order_line").semi_join(orders.filter(kept), ["shop_id", "order_id"])
    product = ledger.table("product").select("shop_id", "product_id", held_category="category", held_brand="brand")
    lines = lines.filter(lines.line_kind == "product").left_join(product, ["shop_id", "product_id"])
    category = ibis.coalesce(lines.category, lines.held_category)
    item = {"product": lines.product_id, "category": category, "brand": ibis.coalesce(lines.brand, lines.held_brand)}
    lines = lines.mutate(item=item[level], of_category=category)
    if without:
        lines = lines.filter(lines.of_category.isnull() | ~lines.of_category.isin(list(without)))
    return lines.filter(lines["item"].notnull())


def _shown(ledger: Ledger, lines: ir.Table, keys: list[tuple[int | None, str]]) -> tuple[str, ...]:
    stores = ledger.query(lines.select("shop_id").distinct().limit(2))
    has_several = stores.num_rows > 1 and any(shop is not None for shop, _ in keys)
    return tuple(f"{shop}:{key}" if has_several else key for shop, key in keys)


def _names(ledger: Ledger, keys: list[tuple[int | None, str]]) -> tuple[str, ...]:
    rows = ledger.query(ledger.table("product").select("shop_id", "product_id", "title")).to_pylist()
    titles = {(row["shop_id"], row["product_id"]): row["title"] for row in rows}
    return tuple(titles.get(key) or key[1] for key in keys)
