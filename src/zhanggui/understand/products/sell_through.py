"""动销率与售罄率 Which goods moved at all, and how much of what came in is sold (M-GOODS-04, M-GOODS-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import internal_skus, sku_specs
from zhanggui.understand.products.in_view import in_stores, rows_in_view
from zhanggui.understand.products.returns import size_of
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.view import View

MARKS = (7, 14, 30, 60)
"""Days after the first receipt at which the sold-out rate is read."""


@dataclass(frozen=True, slots=True)
class Moving:
    """动销率 of some days, by the seller's own SKU codes.

    Attributes
    ----------
    sold : int
        SKUs on sale with a net sale.
    on_sale : int
        SKUs listed, and in stock on at least one counted day.
    empty : int
        SKUs listed and never in stock: they stand apart.
    still : tuple of (str, float)
        SKUs that did not move, with what lies there of each, most first.
    is_estimated : bool
        Whether no list of validity says what was listed: every SKU of the product list then counts as listed.
    """

    sold: int
    on_sale: int
    empty: int
    still: tuple[tuple[str, float], ...]
    is_estimated: bool

    @property
    def rate(self) -> float | None:
        """SKUs sold of those on sale."""
        return self.sold / self.on_sale if self.on_sale else None


def moving(desk: Desk, view: View) -> Moving | None:
    """Return how many SKUs moved, None where no file counts the stock in these days."""
    span = desk.span()
    if span is None:
        return None
    first, last = view.date_from or span.first, view.date_to or span.last
    listed, is_estimated = _listed(desk, view, first, last)
    held = desk.ledger.table("stock_snapshot")
    held = held.filter((held.day >= first) & (held.day <= last))
    sums = held.group_by("internal_sku").aggregate(most=held.on_hand.cast("float64").max())
    last_day = desk.ledger.query(held.aggregate(last=held.day.max())).to_pylist()[0]["last"]
    if last_day is None:
        return None
    now = held.filter(held.day == last_day)
    now_sums = now.group_by("internal_sku").aggregate(now=now.on_hand.cast("float64").sum())
    most = {row["internal_sku"]: row["most"] for row in desk.ledger.query(sums).to_pylist()}
    there = {row["internal_sku"]: row["now"] for row in desk.ledger.query(now_sums).to_pylist()}
    sold = _net_sold(desk, view)
    # A SKU that sold was there, whatever the weekly count says.
    on_sale = {code for code in listed if most.get(code, 0.0) > 0 or code in sold}
    still = sorted(((code, there.get(code, 0.0)) for code in on_sale - sold), key=lambda each: (-each[1], each[0]))
    return Moving(len(on_sale & sold), len(on_sale), len(listed - on_sale), tuple(still), is_estimated)


def _listed(desk: Desk, view: View, first: date, last: date) -> tuple[set[str], bool]:
    codes = internal_skus(desk)
    skus = in_stores(desk, desk.ledger.table("sku"), view.where).select("shop_id", "sku_id")
    rows = desk.ledger.query(skus).to_pylist()
    maps = in_stores(desk, desk.ledger.table("sku_map"), view.where)
    valid = desk.ledger.query(maps.select("shop_id", "platform_sku_id", "valid_from", "valid_to")).to_pylist()
    ended = {
        (row["shop_id"], row["platform_sku_id"])
        for row in valid
        if (row["valid_to"] is not None and row["valid_to"] < first)
        or (row["valid_from"] is not None and row["valid_from"] > last)
    }
    keys = [(row["shop_id"], row["sku_id"]) for row in rows]
    return {codes.get(key, key[1]) for key in keys if key not in ended} - _gifts(desk), not valid


def _gifts(desk: Desk) -> set[str]:
    """Return the codes that were only ever given away."""
    codes = internal_skus(desk)
    lines = desk.ledger.table("line_profit")
    lines = lines.filter(lines.sku_id.notnull() & lines.line_kind.isin(["gift", "product"]))
    kinds = lines.group_by(["shop_id", "sku_id"]).aggregate(n_sold=(lines.line_kind == "product").sum())
    found: dict[str, int] = {}
    for row in desk.ledger.query(kinds).to_pylist():
        code = codes.get((row["shop_id"], row["sku_id"]), row["sku_id"])
        found[code] = found.get(code, 0) + int(row["n_sold"])
    return {code for code, n_sold in found.items() if n_sold == 0}


def _net_sold(desk: Desk, view: View) -> set[str]:
    codes = internal_skus(desk)
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    is_kept = (lines.paid_minor <= 0) | (lines.refunded_minor < lines.paid_minor)
    kept = lines.filter(is_kept & (lines.quantity > 0)).select("shop_id", "sku_id").distinct()
    rows = desk.ledger.query(kept).to_pylist()
    return {codes.get((row["shop_id"], row["sku_id"]), row["sku_id"]) for row in rows}


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
