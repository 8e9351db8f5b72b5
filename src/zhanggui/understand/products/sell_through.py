"""动销率与售罄率 Which goods moved at all, and how much of what came in is sold (M-GOODS-04, M-GOODS-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from zhanggui.ledger.goods import gift_codes, listed_codes, net_sales
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import internal_skus, sku_specs
from zhanggui.understand.products.in_view import STORES, in_stores
from zhanggui.understand.products.returns import size_of
from zhanggui.understand.view import View

MARKS = (7, 14, 30, 60)
"""Days after the first receipt at which the sold-out rate is read."""


@dataclass(frozen=True, slots=True)
class Moving:
    """动销率 of some days, by the seller's own SKU codes.

    Attributes
    ----------
    sold : int
        SKUs with a net sale while they were there.
    on_sale : int
        SKUs that were there on at least one day, gifts and what no store lists apart.
    empty : int
        SKUs listed and never there: they stand apart.
    still : tuple of (str, float)
        SKUs that did not move, with what lies there of each, most first.
    """

    sold: int
    on_sale: int
    empty: int
    still: tuple[tuple[str, float], ...]

    @property
    def rate(self) -> float | None:
        """SKUs sold of those on sale."""
        return self.sold / self.on_sale if self.on_sale else None


def moving(desk: Desk, view: View) -> Moving | None:
    """Return how many SKUs moved by the rule of `sku_sell_through`, None where no file tells stock in these days.

    Stores narrow what is listed and what sold; stock belongs to the company.
    """
    span, ledger = desk.span(), desk.ledger
    if span is None:
        return None
    first, last = view.date_from or span.first, view.date_to or span.last
    held, days = (_within(ledger.table(name), first, last) for name in ("stock_day", "goods_day"))
    last_told = ledger.query(held.day.max().name("day").as_table())["day"][0].as_py()
    if last_told is None:
        return None
    there = _codes(desk, held.filter(held.is_there))
    on_sale = there - _codes(desk, days.filter(days.is_apart))
    sold = _codes(desk, days.filter(days.is_sold).semi_join(_sales(desk, view), ["internal_sku", "day"]))
    listed = _codes(desk, in_stores(desk, listed_codes(), view.where)) - _codes(desk, gift_codes())
    if any(each.dim in STORES for each in view.where):
        on_sale, sold = on_sale & listed, sold & listed
    now = held.filter(held.day == last_told).group_by("internal_sku").aggregate(n=held.on_hand.cast("float64").sum())
    lies = {row["internal_sku"]: row["n"] for row in ledger.query(now).to_pylist()}
    still = sorted(((code, lies.get(code, 0.0)) for code in on_sale - sold), key=lambda each: (-each[1], each[0]))
    return Moving(len(sold), len(on_sale), len(listed - there), tuple(still))


def _within(rows: ir.Table, first: date, last: date) -> ir.Table:
    return rows.filter((rows.day >= first) & (rows.day <= last))


def _sales(desk: Desk, view: View) -> ir.Table:
    return in_stores(desk, net_sales(), view.where)


def _codes(desk: Desk, rows: ir.Table) -> set[str]:
    return set(desk.ledger.query(rows.select("internal_sku").distinct())["internal_sku"].to_pylist())


@dataclass(frozen=True, slots=True)
class SoldOut:
    """售罄率 of one name: units received and net units sold within each mark of days, by SKUs old enough for it."""

    name: str
    skus: int
    received: tuple[float, ...]
    sold: tuple[float, ...]

    @property
    def rates(self) -> tuple[float | None, ...]:
        """Units sold of units received at each mark; None where no SKU is old enough."""
        return tuple(
            min(sold / received, 1.0) if received > 0 else None
            for received, sold in zip(self.received, self.sold, strict=True)
        )


def sold_out(desk: Desk, view: View, *, by: str = "sku") -> tuple[SoldOut, ...]:
    """Return the sold-out rates of SKUs that came in for the first time in the days of a view.

    Parameters
    ----------
    desk, view : Desk, View
        The shop and the days; goods belong to the company, so stores do not narrow them.
    by : {"sku", "size"}
        What the units are summed by.

    Notes
    -----
    From movements: units received are purchases and opening entries since the first receipt; units sold are sales less
    what came back sellable. A SKU that was there on the first day of the ledger has no known listing and is left out.
    """
    span = desk.span()
    if span is None:
        return ()
    moves = desk.ledger.table("stock_movement")
    moves = moves.filter(moves.reason.isin(["purchase", "adjust", "sale", "return"]) & moves.occurred_date.notnull())
    sums = moves.group_by(["internal_sku", "occurred_date", "reason"]).aggregate(
        units=moves.quantity.cast("float64").sum()
    )
    by_sku: dict[str, list[tuple[date, str, float]]] = {}
    for row in desk.ledger.query(sums).to_pylist():
        by_sku.setdefault(row["internal_sku"], []).append((row["occurred_date"], row["reason"], row["units"]))
    begun = min((day for course in by_sku.values() for day, _, _ in course), default=span.first)
    first, last = view.date_from or span.first, view.date_to or span.last
    specs = _spec_of_code(desk)
    names: dict[str, list[float]] = {}
    for code, course in by_sku.items():
        receipts = [day for day, reason, units in course if reason in ("purchase", "adjust") and units > 0]
        since = min(receipts, default=None)
        if since is None or since <= begun or not first <= since <= last:
            continue
        each = names.setdefault(code if by == "sku" else size_of(specs.get(code, "")), [0.0] * 9)
        each[8] += 1
        for place, mark in enumerate(MARKS):
            if (last - since).days < mark:
                continue
            within = [(reason, units) for day, reason, units in course if 0 <= (day - since).days < mark]
            each[place] += sum(units for reason, units in within if reason in ("purchase", "adjust") and units > 0)
            each[4 + place] -= sum(units for reason, units in within if reason in ("sale", "return"))
    return tuple(SoldOut(name, int(each[8]), tuple(each[:4]), tuple(each[4:8])) for name, each in sorted(names.items()))


def _spec_of_code(desk: Desk) -> Mapping[str, str]:
    codes = internal_skus(desk)
    return {codes.get(key, key[1]): spec for key, spec in sku_specs(desk).items()}
