"""Which products are bought together: pairs of paid orders, with both directions (catalogue M-GOODS-09, C-GOODS-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Ledger
from zhanggui.methods.association import Baskets, Pairs, false_discovery_rates, pairs_above
from zhanggui.methods.problems import NotEnoughDataError

MIN_SUPPORT = 0.001
"""Share of orders that must hold both."""

LEVELS = ("product", "category", "brand")
"""What may be paired."""


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
    found = ledger.query(lines.select(basket=_basket_number(lines), shop_id=lines.shop_id, item=lines.item))
    if not found.num_rows:
        raise NotEnoughDataError(
            "No paid order has lines to look at.",
            where="order lines of these days",
            next_step="load an item or sub-order report, or choose other days",
        )
    item, keys = _numbered(found, is_per_store=level == "product")
    basket = found.column("basket").to_numpy()
    order = np.argsort(basket, kind="stable")
    baskets = Baskets(basket[order], item[order], len(keys))
    n_baskets = int(basket.max()) + 1
    # Counts are compared exactly: the smallest whole number of orders that is the share or more.
    least = max(ceil(round(min_support * n_baskets, 6)), 1)
    pairs = pairs_above([baskets], min_count=least, n_items=len(keys))
    names = _names(ledger, keys) if level == "product" else tuple(key for _, key in keys)
    return Association(pairs, _shown(keys), names, false_discovery_rates(pairs.p_values()))


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


def _basket_number(lines: ir.Table) -> ir.IntegerColumn:
    return ibis.dense_rank().over(order_by=[lines.shop_id, lines.order_id]).cast("int64")


def _numbered(found: pa.Table, *, is_per_store: bool) -> tuple[np.ndarray, list[tuple[int | None, str]]]:
    """Return the number of each row's item, and what the numbers stand for."""
    coded = pc.dictionary_encode(found.column("item").combine_chunks())
    texts = coded.dictionary.to_pylist()
    number = coded.indices.to_numpy().astype(np.int64)
    if not is_per_store:
        return number, [(None, text) for text in texts]
    code = found.column("shop_id").to_numpy().astype(np.int64) * len(texts) + number
    is_met = np.zeros(int(code.max()) + 1, bool)
    is_met[code] = True
    met = np.flatnonzero(is_met)
    return (np.cumsum(is_met) - 1)[code], [(key // len(texts), texts[key % len(texts)]) for key in met.tolist()]


def _shown(keys: list[tuple[int | None, str]]) -> tuple[str, ...]:
    has_several = len({shop for shop, _ in keys}) > 1
    return tuple(f"{shop}:{key}" if has_several else key for shop, key in keys)


def _names(ledger: Ledger, keys: list[tuple[int | None, str]]) -> tuple[str, ...]:
    rows = ledger.query(ledger.table("product").select("shop_id", "product_id", "title")).to_pylist()
    titles = {(row["shop_id"], row["product_id"]): row["title"] for row in rows}
    return tuple(titles.get(key) or key[1] for key in keys)
