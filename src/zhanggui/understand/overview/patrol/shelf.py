"""What the stores sold in the last weeks, and what there is of it in stock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from zhanggui.understand.overview.patrol.model import JsonRow, Round, whole

WINDOW_DAYS = 28
"""Days whose sales say what sells well, and how much of it a day."""

HOT_SHARE = 0.5
"""The best sellers that together make this share of a store's sales are hot (爆款)."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold of one SKU, or of one product, in the window."""

    shop_id: int
    store: str
    key: str
    name: str
    paid_minor: int
    units: float
    n_lines: int
    last_day: date
    currency: str
    own_skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sales of the window and stock of the company.

    Attributes
    ----------
    skus, products : tuple of Sold
        Sales by SKU and by product.
    n_lines : mapping
        Lines sold by store and day.
    counted_on : date or None
        The last day up to the round's on which stock was counted.
    free : mapping
        What could be sold of each own SKU, by day counted, over all warehouses.
    rows : mapping
        The rows of the last day counted, by own SKU.
    """

    skus: tuple[Sold, ...]
    products: tuple[Sold, ...]
    n_lines: dict[int, dict[date, int]]
    counted_on: date | None
    free: dict[str, dict[date, float]]
    rows: dict[str, list[JsonRow]]

    def sellable(self, own_skus: tuple[str, ...]) -> list[float]:
        """Return what can be sold of each of these SKUs that the last count knows."""
        day = self.counted_on
        return [self.free[name][day] for name in own_skus if day is not None and day in self.free.get(name, {})]


def shelf_of(round_: Round) -> Shelf:
    """Return sales and stock as of the round's day."""
    skus = _sold(round_)
    free, counted_on = _free(round_)
    return Shelf(
        skus=tuple(_hot(skus)),
        products=tuple(_hot(_by_product(skus))),
        n_lines=_lines_by_day(round_),
        counted_on=counted_on,
        free=free,
        rows=_rows(round_, counted_on),
    )


def _lines(round_: Round) -> ir.Table:
    """Return the ordinary goods lines paid within the window, with their day."""
    ledger = round_.desk.ledger
    orders, lines = ledger.table("order_header"), ledger.table("order_line")
    first, last = round_.open("first", round_.ago(WINDOW_DAYS - 1)), round_.open("last", round_.day)
    paid = orders.filter(
        orders.is_paid & (orders.order_kind == "ordinary") & (orders.paid_date >= first) & (orders.paid_date <= last)
    ).select(order_shop=orders.shop_id, order_no=orders.order_id, day=orders.paid_date)
    goods = lines.filter((lines.line_kind == "product") & (lines.quantity > 0))
    return goods.join(paid, [goods.shop_id == paid.order_shop, goods.order_id == paid.order_no])


def _sold(round_: Round) -> list[tuple[Sold, str]]:
    """Return the sales of each SKU with its product."""
    rows = _lines(round_)
    known = rows.filter(rows.sku_id.notnull())
    sums = known.group_by(["shop_id", "sku_id"]).aggregate(
        product_id=known.product_id.max(),
        title=known.product_title.max(),
        spec=known.sku_spec.max(),
        currency=known.currency.max(),
        units=known.quantity.sum(),
        n_lines=known.count(),
        paid=known.paid_minor.sum().cast("int64"),
        last_day=known.day.max(),
    )
    own = _own_skus(round_)
    return [_sold_sku(round_, row, own) for row in round_.asked(sums)]


def _sold_sku(round_: Round, row: JsonRow, own: dict[tuple[int, str], tuple[str, ...]]) -> tuple[Sold, str]:
    shop_id, sku = whole(row["shop_id"]), str(row["sku_id"])
    title = str(row["title"] or sku)
    sold = Sold(
        shop_id=shop_id,
        store=round_.stores[shop_id],
        key=sku,
        name=f"{title} {row['spec']}" if row["spec"] else title,
        paid_minor=whole(row["paid"]),
        units=float(str(row["units"])),
        n_lines=whole(row["n_lines"]),
        last_day=day_of(row["last_day"]),
        currency=str(row["currency"]),
        own_skus=own.get((shop_id, sku), (sku,)),
    )
    return sold, f"{row['product_id'] or ''}\x1f{title}"


def _by_product(skus: list[tuple[Sold, str]]) -> list[tuple[Sold, str]]:
    """Return the sales of each product that has an id."""
    grouped: dict[tuple[int, str], list[Sold]] = defaultdict(list)
    for sold, product in skus:
        if product.partition("\x1f")[0]:
            grouped[sold.shop_id, product.partition("\x1f")[0]].append(sold)
    titles = {(sold.shop_id, product.partition("\x1f")[0]): product.partition("\x1f")[2] for sold, product in skus}
    return [
        (
            Sold(
                shop_id=shop_id,
                store=parts[0].store,
                key=product,
                name=titles[shop_id, product],
                paid_minor=sum(each.paid_minor for each in parts),
                units=sum(each.units for each in parts),
                n_lines=sum(each.n_lines for each in parts),
                last_day=max(each.last_day for each in parts),
                currency=parts[0].currency,
                own_skus=tuple(dict.fromkeys(name for each in parts for name in each.own_skus)),
            ),
            product,
        )
        for (shop_id, product), parts in grouped.items()
    ]


def _hot(sales: list[tuple[Sold, str]]) -> list[Sold]:
    """Return the best sellers of each store that together make half of its sales."""
    by_store: dict[int, list[Sold]] = defaultdict(list)
    for sold, _ in sales:
        by_store[sold.shop_id].append(sold)
    best = []
    for rows in by_store.values():
        rows.sort(key=lambda sold: (-sold.paid_minor, sold.key))
        total, so_far = sum(sold.paid_minor for sold in rows), 0
        for sold in rows:
            if so_far >= HOT_SHARE * total or not sold.paid_minor:
                break
            best.append(sold)
            so_far += sold.paid_minor
    return best


def _lines_by_day(round_: Round) -> dict[int, dict[date, int]]:
    rows = _lines(round_)
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for row in round_.asked(rows.group_by(["shop_id", "day"]).aggregate(n=rows.count())):
        found[whole(row["shop_id"])][day_of(row["day"])] = whole(row["n"])
    return found


def _free(round_: Round) -> tuple[dict[str, dict[date, float]], date | None]:
    """Return what could be sold of each own SKU on each day of the window that stock was counted on, and the last."""
    stock = round_.desk.ledger.table("stock_snapshot")
    first, last = round_.open("first", round_.ago(WINDOW_DAYS - 1)), round_.open("last", round_.day)
    in_days = stock.filter((stock.day >= first) & (stock.day <= last))
    sums = in_days.group_by(["internal_sku", "day"]).aggregate(
        free=(in_days.on_hand - in_days.committed.fill_null(0)).sum()
    )
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for row in round_.asked(sums):
        found[str(row["internal_sku"])][day_of(row["day"])] = float(str(row["free"]))
    return found, max((day for days in found.values() for day in days), default=None)


def _rows(round_: Round, counted_on: date | None) -> dict[str, list[JsonRow]]:
    if counted_on is None:
        return {}
    stock = round_.desk.ledger.table("stock_snapshot")
    of_day = stock.filter(stock.day == round_.open("counted", counted_on))
    found: dict[str, list[JsonRow]] = defaultdict(list)
    # Without the store: stock is the company's, whichever stores are looked at.
    for row in round_.asked(of_day.select("warehouse", "internal_sku", "on_hand", "committed", "batch_id", "row_no")):
        found[str(row["internal_sku"])].append(row)
    return found


def _own_skus(round_: Round) -> dict[tuple[int, str], tuple[str, ...]]:
    """Return the own SKUs that each platform SKU is made of on the last day."""
    table = round_.desk.ledger.table("sku_map")
    day = round_.open("last", round_.day)
    current = table.filter(
        (table.valid_from.isnull() | (table.valid_from <= day)) & (table.valid_to.isnull() | (table.valid_to >= day))
    ).select("shop_id", "platform_sku_id", "internal_sku")
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for row in round_.asked(current):
        key = (whole(row["shop_id"]), str(row["platform_sku_id"]))
        found[key] = (*found.get(key, ()), str(row["internal_sku"]))
    return found


def day_of(value: object) -> date:
    """Return a day as the ledger gave it."""
    assert isinstance(value, date)
    return value
