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
import numpy.typing as npt
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

LINES_AT_ONCE = 4_000_000
"""Order lines that are brought into memory together."""

_ORDER = ("shop_id", "order_id")

Key = tuple[int | None, str]
"""Store and id of an item; no store where names mean the same in all."""


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
    stores : tuple of str or None
        For each item its store, where several sell; names of goods repeat there.
    q_values : array of float, shape (n_pairs,)
        Share of false findings among all pairs at least as unlikely.
    """

    pairs: Pairs
    keys: tuple[str, ...]
    names: tuple[str, ...]
    stores: tuple[str | None, ...]
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
                    "store": self.stores[found.a[place]],
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
    lines = _Lines(ledger, level, tuple(without), date_from, date_to)
    rows = lines.table()
    orders = rows.select(*_ORDER).distinct()
    n_baskets = int(ledger.query(orders.count().name("n").as_table())["n"][0].as_py())
    if not n_baskets:
        raise NotEnoughDataError(
            "No paid order has lines to look at.",
            where="order lines of these days",
            next_step="load an item or sub-order report, or choose other days",
        )
    # Counts are compared exactly: the smallest whole number of orders that is the share or more.
    least = max(ceil(round(min_support * n_baskets, 6)), 1)
    items = ledger.query(rows.group_by(lines.key).aggregate(n=rows.count()).order_by(lines.key))
    frequent = items.filter(pc.greater_equal(items["n"], least)).to_pylist()
    keys = [(row.get("shop_id"), row["item"]) for row in frequent]
    names = _names(ledger, keys) if level == "product" else tuple(name for _, name in keys)
    blocks = _Blocks(lines, keys, n_parts=-(-pc.sum(items["n"]).as_py() // lines_at_once))
    # One part is read once; of several, none but the one that is counted is in memory.
    pairs = pairs_above(blocks if blocks.n_parts > 1 else tuple(blocks), min_count=least, n_items=len(keys))
    pairs = replace(pairs, n_baskets=n_baskets)
    shown, stores = _shown(ledger, rows, keys)
    return Association(pairs, shown, names, stores, false_discovery_rates(pairs.p_values()))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The baskets of frequent items, as many lines at a time as memory is meant to hold; read anew each time."""

    lines: _Lines
    keys: list[Key]
    n_parts: int

    def __iter__(self) -> Iterator[Baskets]:
        for part in range(self.n_parts):
            rows = self.lines.table(part, self.n_parts)
            number = ibis.dense_rank().over(order_by=[rows[name] for name in _ORDER])
            found = self.lines.ledger.query(rows.select(*self.lines.key, basket=number))
            item = _numbered(found, self.keys)
            basket = found["basket"].to_numpy().astype(np.int64)[item >= 0]
            order = np.argsort(basket, kind="stable")
            yield Baskets(basket[order], item[item >= 0][order], len(self.keys))


def _numbered(found: pa.Table, keys: list[Key]) -> npt.NDArray[np.int64]:
    """Return the place of each row's item among the keys; -1: it is none of them."""
    coded = pc.dictionary_encode(found["item"].combine_chunks())
    texts = {text: place for place, text in enumerate(coded.dictionary.to_pylist())}
    stores = sorted({shop for shop, _ in keys if shop is not None})
    place = np.full((len(stores) + 1, len(texts) + 1), -1, np.int64)
    for number, (shop, text) in enumerate(keys):
        place[0 if shop is None else 1 + stores.index(shop), texts.get(text, len(texts))] = number
    place[:, len(texts)] = -1
    row: npt.NDArray[np.int64] | int = 0
    if "shop_id" in found.column_names:
        held = found["shop_id"].to_numpy()
        at = np.minimum(np.searchsorted(stores, held), max(len(stores) - 1, 0))
        row = np.where(np.asarray(stores)[at] == held, at + 1, 0) if stores else 0
    numbers: npt.NDArray[np.int64] = place[row, coded.indices.to_numpy()]
    return numbers


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is looked at of the order lines; see `association`."""

    ledger: Ledger
    level: str
    without: tuple[str, ...]
    date_from: date | None
    date_to: date | None

    @property
    def key(self) -> list[str]:
        """Columns that name an item: a product is its store's."""
        return ["shop_id", "item"] if self.level == "product" else ["item"]

    def table(self, part: int = 0, n_parts: int = 1) -> ir.Table:
        """Return the lines of paid orders with their ``item``: of all orders, or of one part of them."""
        orders, lines = (_of_part(self.ledger.table(name), part, n_parts) for name in ("order_header", "order_line"))
        kept = [orders.is_paid]
        if self.date_from is not None:
            kept.append(orders.paid_date >= self.date_from)
        if self.date_to is not None:
            kept.append(orders.paid_date <= self.date_to)
        return _with_item(self, lines.semi_join(orders.filter(kept), _ORDER))


def _of_part(rows: ir.Table, part: int, n_parts: int) -> ir.Table:
    if n_parts == 1:
        return rows
    # Some engines hash to numbers below zero.
    return rows.filter((rows.order_id.hash() % n_parts + n_parts) % n_parts == part)


def _with_item(asked: _Lines, lines: ir.Table) -> ir.Table:
    ledger, level, without = asked.ledger, asked.level, asked.without
    product = ledger.table("product").select("shop_id", "product_id", held_category="category", held_brand="brand")
    lines = lines.filter(lines.line_kind == "product").left_join(product, ["shop_id", "product_id"])
    category = ibis.coalesce(lines.category, lines.held_category)
    item = {"product": lines.product_id, "category": category, "brand": ibis.coalesce(lines.brand, lines.held_brand)}
    lines = lines.mutate(item=item[level], of_category=category)
    if without:
        lines = lines.filter(lines.of_category.isnull() | ~lines.of_category.isin(without))
    return lines.filter(lines["item"].notnull())


def _shown(ledger: Ledger, lines: ir.Table, keys: list[Key]) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return the ids of items and their stores, which are told where several sell."""
    stores = ledger.query(lines.select("shop_id").distinct().limit(2))
    if stores.num_rows < 2 or all(shop is None for shop, _ in keys):
        return tuple(key for _, key in keys), (None,) * len(keys)
    named = ledger.query(ledger.table("store").select("shop_id", "name")).to_pylist()
    names = {row["shop_id"]: row["name"] for row in named}
    return tuple(f"{shop}:{key}" for shop, key in keys), tuple(names.get(shop) for shop, _ in keys)


def _names(ledger: Ledger, keys: list[Key]) -> tuple[str, ...]:
    rows = ledger.query(ledger.table("product").select("shop_id", "product_id", "title")).to_pylist()
    titles = {(row["shop_id"], row["product_id"]): row["title"] for row in rows}
    return tuple(titles.get(key) or key[1] for key in keys)
