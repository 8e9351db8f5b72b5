"""What a sale leaves before advertising: margin rates of products and stores, from orders that have matured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, scope_of, whole
from zhanggui.understand.view import View

FEWEST_LINES = 30
"""Order lines below which a margin rate is chance rather than knowledge."""

USUAL_LAG_DAYS = 15
"""Days within which refunds come in where a store has too few of its own to tell (trade knowledge)."""

FEWEST_REFUNDS = 20
LAG_QUANTILE = 0.9
MOST_UNKNOWN = 0.5
"""Share of sales without a known cost above which a margin rate says nothing."""

Key = tuple[int, str | None]
"""A product of a store; without a product the whole store."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What of each yuan paid is left before advertising, after refunds, goods, freight and fees.

    Attributes
    ----------
    rate : float
        Contribution before advertising, divided by what buyers paid, refunds not deducted; may be negative.
    n_lines : int
        Order lines behind it.
    basis : Text
        Whose lines, of which days.
    """

    rate: float
    n_lines: int
    basis: Text

    @property
    def break_even(self) -> float | None:
        """保本 ROI: what one yuan of advertising must bring so that nothing is lost; None where no ROI would do."""
        return 1 / self.rate if self.rate > 0 else None


def refund_lags(desk: Desk) -> dict[int, int]:
    """Return for each store the days after payment within which nine of ten refunds have come in."""

    def found() -> dict[int, int]:
        refund, header = desk.ledger.table("refund"), desk.ledger.table("order_header")
        paid = header.select("shop_id", "order_id", "paid_date")
        rows = refund.filter((refund.refunded_minor > 0) & refund.refunded_date.notnull())
        rows = rows.inner_join(paid, ["shop_id", "order_id"])
        lag = rows.refunded_date.delta(rows.paid_date, unit="day")
        lags = rows.group_by("shop_id").aggregate(days=lag.quantile(LAG_QUANTILE), n=rows.count())
        known = {whole(row["shop_id"]): row for row in asked(desk, lags, Scope(rows))}
        return {store.shop_id: _lag(known.get(store.shop_id)) for store in desk.shop.stores.list_stores()}

    return desk.kept("refund_lags", found)


def _lag(row: JsonRow | None) -> int:
    if row is None or whole(row["n"]) < FEWEST_REFUNDS:
        return USUAL_LAG_DAYS
    return max(round(float(str(row["days"]))), 1)


def mature_until(desk: Desk) -> dict[int, date]:
    """Return for each store the last day of payment whose refunds have come in."""
    span = desk.span()
    if span is None:
        return {}
    return {shop_id: span.last - timedelta(days=days) for shop_id, days in refund_lags(desk).items()}


def is_mature(desk: Desk, rows: ir.Table) -> ir.BooleanValue:
    """Return whether the refunds of rows with ``shop_id`` and ``paid_date`` have come in."""
    days = mature_until(desk)
    if not days:
        return ibis.literal(False)
    last = ibis.cases(*((rows.shop_id == shop_id, ibis.literal(day)) for shop_id, day in days.items()), else_=None)
    return (rows.paid_date <= last).fill_null(False)


class Margins:
    """Margin rates before advertising, asked for by what an advertisement is about.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        What is looked at; its period is preferred, all history stands in where that holds too little.
    """

    def __init__(self, desk: Desk, view: View) -> None:
        stores = tuple(each for each in view.where if each.dim in {"platform", "shop"})
        kept = View(date_from=view.date_from, date_to=view.date_to, where=stores)
        self._sums = desk.kept(("margins", kept), lambda: _sums(desk, kept))

    def of(self, shop_id: int, product_id: str | None = None) -> Margin | None:
        """Return the margin rate of a product, else of its store; None where nothing is known well enough."""
        keys: list[Key] = [(shop_id, product_id)] if product_id else []
        for key in (*keys, (shop_id, None)):
            sums = self._sums.get(key)
            for is_whole in (False, True):
                margin = None if sums is None else _margin(sums, is_product=key[1] is not None, is_whole=is_whole)
                if margin is not None:
                    return margin
        return None


def _sums(desk: Desk, view: View) -> Mapping[Key, JsonRow]:
    """Return the sums behind the margin rates, by store and product; of a whole store with None as product."""
    scope = scope_of(desk, View(where=view.where), "line_profit", day=None)
    rows = scope.rows.filter((scope.rows.order_kind == "ordinary") & is_mature(desk, scope.rows))
    rows = rows.mutate(before_ads=rows.contribution_minor + rows.ad_spend_minor - rows.expected_fees_minor)
    in_view: ir.BooleanValue = ibis.literal(True)
    if view.date_from:
        in_view = in_view & (rows.paid_date >= view.date_from)
    if view.date_to:
        in_view = in_view & (rows.paid_date <= view.date_to)
    measures: dict[str, ir.Scalar] = {}
    for side, seen in (("", in_view), ("_all", ibis.literal(True))):
        measures[f"left{side}"] = rows.before_ads.sum(where=seen & rows.cost_known).cast("int64")
        measures[f"paid{side}"] = rows.paid_minor.sum(where=seen & rows.cost_known).cast("int64")
        measures[f"unknown{side}"] = rows.paid_minor.sum(where=seen & ~rows.cost_known).cast("int64")
        measures[f"n{side}"] = rows.count(where=seen & (rows.paid_minor > 0))
    by_product = rows.group_by(["shop_id", "product_id"]).aggregate(**measures)
    found: dict[Key, JsonRow] = {}
    for row in asked(desk, by_product, scope):
        shop_id, product_id = whole(row.pop("shop_id")), row.pop("product_id")
        if product_id is not None:
            found[shop_id, str(product_id)] = row
        store = found.setdefault((shop_id, None), dict.fromkeys(row, 0))
        store.update({name: whole(store[name]) + whole(value) for name, value in row.items()})
    return found


def _margin(sums: JsonRow, *, is_product: bool, is_whole: bool) -> Margin | None:
    side = "_all" if is_whole else ""
    left, paid, unknown, n_lines = (whole(sums[f"{name}{side}"]) for name in ("left", "paid", "unknown", "n"))
    if n_lines < FEWEST_LINES or paid <= 0 or unknown > MOST_UNKNOWN * (paid + unknown):
        return None
    whose = Text("本商品", "this product") if is_product else Text("全店", "the whole store")
    when = Text("全部历史", "all history") if is_whole else Text("所选日期", "the chosen days")
    return Margin(
        rate=left / paid,
        n_lines=n_lines,
        basis=Text(
            f"{whose.zh}，{when.zh}中已过退款期的 {n_lines:,} 行",
            f"{whose.en}, {n_lines:,} lines of {when.en} whose refunds have come in",
        ),
    )
