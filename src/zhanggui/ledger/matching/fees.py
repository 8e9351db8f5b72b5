"""Fees that a store's ledger books on all orders alike, and the orders on which one of them is missing.

No contract is known here: what is usual is learned from the store's own ledger. A fee that most settled orders
of one account bear is expected of all of them; how much it is comes from their usual rate, or their usual amount.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.due import part_back
from zhanggui.ledger.matching.lags import ENOUGH_LINES
from zhanggui.ledger.matching.scope import ORDER, Scope, beside

_CATEGORIES = ("commission", "service_fee", "creator_commission", "insurance")
_ONE_KIND = ("insurance",)
"""Categories of one kind of fee, whatever word a ledger has for it; of others several may be booked on an order."""

_REGULAR = 0.85
"""Part of the orders that have to bear a fee for it to be expected of the others."""
_FITTING = 0.8
"""Part of the fees that have to be near the usual rate or amount for it to say what a missing one would be."""
_STRICT = 0.97
"""Part that has to be near for a fee that is not to be a difference of its own."""
_NEAR_MINOR = 2
_MILLION = 1_000_000
_GONE = ("shipped", "delivered", "completed")
_KIND = ("shop_id", "account", "kind_of_goods")


def missing_fees(scope: Scope, orders: ir.Table, lines: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return the fees that are usual and not booked as usual: order, ``stream``, ``cause``, ``gap_minor``.

    The gap is the usual fee less the booked one: negative where less was charged than usual.

    Parameters
    ----------
    orders : ibis Table
        Both sides of each order.
    lines : ibis Table
        Ledger lines with their match.
    refunds : ibis Table
        Successful after-sale cases.
    """
    bearing = scope.stage("bearing", _bearing(scope, orders, refunds))
    booked = scope.stage("fees", _streams(lines))
    wanted = _expected(scope, bearing, booked)
    applies = wanted.is_early.ifelse(wanted.is_gone, wanted.is_settled)
    wanted = beside(wanted.filter(applies), booked.select(*ORDER, "stream", "amount_minor"), (*ORDER, "stream"))
    by_rate = -(wanted.base_minor * wanted.rate_ppm / _MILLION).round().cast("int64")
    expected = ibis.least(wanted.goes_by_rate.ifelse(by_rate, wanted.usual_minor), 0)
    gap = expected - ibis.coalesce(wanted.amount_minor, 0)
    is_missing = wanted.amount_minor.isnull()
    is_off = wanted.is_strict & ~wanted.is_refunded & (gap.abs() > _NEAR_MINOR)
    cause = is_missing.ifelse("fee_missing", "fee_off")
    found = wanted.filter((is_missing | is_off) & (gap != 0))
    return found.select(*ORDER, "stream", cause=cause, gap_minor=gap)


def _streams(lines: ir.Table) -> ir.Table:
    """Return what each order bore of each kind of fee, as the ledger's own words tell them apart."""
    mine = lines.filter(lines.order_id.notnull() & lines.category.isin(_CATEGORIES))
    own = mine.category + ":" + ibis.coalesce(mine.scene_raw, "")
    mine = mine.mutate(stream=mine.category.isin(_ONE_KIND).ifelse(mine.category, own))
    return mine.group_by([*ORDER, "stream"]).aggregate(
        amount_minor=mine.amount_minor.sum().cast("int64"), booked_at=mine.booked_at.min()
    )


def _bearing(scope: Scope, orders: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return the paid orders that may bear a fee, with the amount that it is charged on."""
    early = refunds.inner_join(orders.select(*ORDER, "settled_at"), list(ORDER))
    early = early.filter(early.refunded_at <= early.settled_at)
    early = early.group_by(list(ORDER)).aggregate(early_minor=early.refunded_minor.sum().cast("int64"))
    rows = orders.filter(orders.is_paid.fill_null(False))
    rows = beside(beside(rows, early, ORDER), _kinds_of_goods(scope), ORDER)
    rows = beside(rows, _main_accounts(orders), ("shop_id",))
    before = ibis.coalesce(rows.early_minor, 0)
    is_settled = rows.settled_at.notnull()
    return rows.select(
        *ORDER,
        "completed_at",
        account=ibis.coalesce(rows.account, rows.main_account, ""),
        kind_of_goods=ibis.coalesce(rows.kind_of_goods, ""),
        base_minor=rows.receivable_minor - before - part_back(rows.receivable_minor, rows.paid_minor, before),
        is_settled=is_settled,
        is_refunded=rows.refunded_minor != 0,
        is_gone=rows.status.isin(_GONE).fill_null(False) | is_settled,
    )


def _kinds_of_goods(scope: Scope) -> ir.Table:
    """Return the category of the dearest line of each order; rates differ by category."""
    known = scope.rows("product").select("shop_id", "product_id", own_category="category")
    rows = beside(scope.rows("order_line"), known, ("shop_id", "product_id"))
    rows = rows.mutate(kind_of_goods=ibis.coalesce(rows.own_category, rows.category))
    dearest_first = ibis.window(
        group_by=[rows[name] for name in ORDER], order_by=[ibis.desc(ibis.coalesce(rows.paid_minor, 0)), rows.line_key]
    )
    placed = rows.mutate(place=ibis.row_number().over(dearest_first))
    return placed.filter(placed.place == 0).select(*ORDER, "kind_of_goods")


def _main_accounts(orders: ir.Table) -> ir.Table:
    """Return the account of each store on which most orders are booked; one not booked yet is likely to be there."""
    known = orders.filter(orders.account.notnull())
    counted = known.group_by(["shop_id", "account"]).aggregate(n=known.count())
    most_first = ibis.window(group_by=[counted.shop_id], order_by=[ibis.desc(counted.n), counted.account])
    placed = counted.mutate(place=ibis.row_number().over(most_first))
    return placed.filter(placed.place == 0).select("shop_id", main_account="account")


def _expected(scope: Scope, bearing: ir.Table, booked: ir.Table) -> ir.Table:
    """Return the orders with each fee that is usual for their kind of goods, else for their store."""
    whole = bearing.mutate(kind_of_goods=ibis.literal(""))
    of_kind = bearing.inner_join(_usual(scope, bearing, booked, "kind"), list(_KIND))
    of_store = whole.inner_join(_usual(scope, whole, booked, "store"), list(_KIND))
    of_store = of_store.anti_join(of_kind, [*ORDER, "stream"])
    return scope.stage("expected_fees", of_kind.union(of_store.select(*of_kind.columns)))


def _usual(scope: Scope, bearing: ir.Table, booked: ir.Table, name: str) -> ir.Table:
    """Return the fees that are usual by store and kind of goods, with their rate or amount."""
    both = booked.inner_join(bearing, list(ORDER))
    is_before = both.completed_at.isnull() | (both.booked_at < both.completed_at)
    both = both.mutate(
        ppm=(both.base_minor > 0).ifelse(-both.amount_minor * _MILLION / both.base_minor, ibis.null("float64")),
        is_before=is_before.cast("int64"),
    )
    both = scope.stage(f"fees_by_{name}", both)
    group = [*_KIND, "stream"]
    middle = both.group_by(group).aggregate(
        n_with=both.count(),
        rate_ppm=both.ppm.quantile(0.5).round().cast("int64"),
        usual_minor=both.amount_minor.quantile(0.5).round().cast("int64"),
        is_early=both.is_before.mean() > 0.5,
    )
    middle = scope.stage(f"usual_fees_by_{name}", middle)
    rows = both.inner_join(middle, group)
    by_rate = -(rows.base_minor * rows.rate_ppm / _MILLION)
    fits = rows.group_by(group).aggregate(
        fits_rate=((rows.amount_minor - by_rate).abs() <= _NEAR_MINOR).cast("int64").mean(),
        fits_amount=(rows.amount_minor == rows.usual_minor).cast("int64").mean(),
    )
    counts = bearing.group_by(list(_KIND)).aggregate(
        n_settled=bearing.is_settled.cast("int64").sum(), n_gone=bearing.is_gone.cast("int64").sum()
    )
    found = beside(beside(middle, fits, group), counts, _KIND)
    n_orders = found.is_early.ifelse(found.n_gone, found.n_settled)
    is_usual = (n_orders >= ENOUGH_LINES) & (found.n_with >= _REGULAR * n_orders) & (found.usual_minor < 0)
    is_known = (found.fits_rate >= _FITTING) | (found.fits_amount >= _FITTING)
    found = found.filter(is_usual & is_known)
    usual = found.select(
        *(*group, "rate_ppm", "usual_minor", "is_early"),
        goes_by_rate=found.fits_rate > found.fits_amount,
        is_strict=ibis.greatest(found.fits_rate, found.fits_amount) >= _STRICT,
    )
    return scope.stage(f"known_fees_by_{name}", usual)
