"""Fees that a store's ledger books on all orders alike, and the orders on which one of them is missing.

No contract is known here: what is usual is learned from the store's own ledger. A fee that most settled orders
of one account bear is expected of all of them; how much it is comes from their usual rate, or their usual amount.
"""

from __future__ import annotations

from collections.abc import Sequence

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
_FITTING, _STRICT = 0.8, 0.97
"""Part of the fees that have to be near the usual one for it to say what a missing one would be; and for a fee that is
not near to be a difference of its own."""

_FEW = 5
"""From so many fees on, a kind of goods has a usual fee of its own."""
_NEAR_MINOR = 2
_MILLION = 1_000_000
_GONE = ("shipped", "delivered", "completed")
_AFTER_SHIPPING = ("after_ship", "after_receipt")
_STREAM = ("shop_id", "account", "stream")
_KIND = (*_STREAM, "kind_of_goods")


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
    wanted = scope.stage("expected_fees", _expected(scope, bearing, booked))
    wanted = beside(wanted, booked.select(*ORDER, "stream", "amount_minor", "n_rows"), (*ORDER, "stream"))
    by_rate = -(wanted.base_minor * wanted.rate_ppm / _MILLION).round().cast("int64")
    expected = ibis.least(wanted.goes_by_rate.ifelse(by_rate, wanted.usual_minor), 0)
    gap = expected - ibis.coalesce(wanted.amount_minor, 0)
    # Where a ledger books by line of the order, a fee may be missing in part.
    is_part = wanted.is_by_line & wanted.is_known & (wanted.n_rows < wanted.n_lines) & (gap < -_NEAR_MINOR)
    is_missing = wanted.amount_minor.isnull() | is_part.fill_null(False)
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
        amount_minor=mine.amount_minor.sum().cast("int64"), n_rows=mine.count(), booked_at=mine.booked_at.min()
    )


def _bearing(scope: Scope, orders: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return the paid orders that may bear a fee, with the amount that it is charged on."""
    early = refunds.inner_join(orders.select(*ORDER, "settled_at"), list(ORDER))
    early = early.filter(early.refunded_at <= early.settled_at)
    early = early.group_by(list(ORDER)).aggregate(early_minor=early.refunded_minor.sum().cast("int64"))
    rows = orders.filter(orders.is_paid.fill_null(False))
    rows = beside(beside(rows, early, ORDER), _kinds_of_goods(scope), ORDER)
    # A report may tell of the parcel of an order that was closed only by what its refund says.
    after = refunds.filter(refunds.stage.isin(_AFTER_SHIPPING)).select(*ORDER, was_sent=ibis.literal(True)).distinct()
    rows = beside(rows, after, ORDER)
    rows = beside(rows, _main_accounts(orders), ("shop_id",))
    before = ibis.coalesce(rows.early_minor, 0)
    is_settled = rows.settled_at.notnull()
    return rows.select(
        *ORDER,
        "settled_at",
        "n_lines",
        account=ibis.coalesce(rows.account, rows.main_account, ""),
        kind_of_goods=ibis.coalesce(rows.kind_of_goods, ""),
        base_minor=rows.receivable_minor - before - part_back(rows.receivable_minor, rows.paid_minor, before),
        is_settled=is_settled,
        is_refunded=rows.refunded_minor != 0,
        is_gone=rows.status.isin(_GONE).fill_null(False)
        | rows.shipped_at.notnull()
        | rows.was_sent.fill_null(False)
        | is_settled,
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
    """Return the orders with each fee that is usual, and how much it would be: by kind of goods, else of the store."""
    both = booked.inner_join(bearing, list(ORDER))
    both = both.mutate(
        ppm=(both.base_minor > 0).ifelse(-both.amount_minor * _MILLION / both.base_minor, ibis.null("float64")),
        is_before=(both.settled_at.isnull() | (both.booked_at < both.settled_at)).cast("int64"),
    )
    both = scope.stage("fees_of_orders", both)
    streams = scope.stage("usual_fees", _usual(both, _STREAM))
    kinds = scope.stage("usual_fees_by_kind", _usual(both, _KIND).filter(lambda t: t.n_with >= _FEW))
    of_store = _counted(bearing, streams, ("shop_id", "account"))
    of_kind = _counted(bearing, kinds, ("shop_id", "account", "kind_of_goods"))
    regular = of_store.select(
        *_STREAM, store_share="share", store_n="n_orders", is_early="is_early", is_by_line="is_by_line"
    )
    wanted = bearing.inner_join(regular, ["shop_id", "account"])
    shares = of_kind.select(*_KIND, kind_share="share", kind_n="n_orders")
    values = ("rate_ppm", "usual_minor", "fits_rate", "fits_amount")
    wanted = beside(wanted, shares, _KIND)
    for name, part, on in (("store", streams, _STREAM), ("kind", kinds, _KIND)):
        wanted = beside(wanted, part.select(*on, **{f"{name}_{value}": value for value in values}), on)
    by_kind = (wanted.kind_n >= ENOUGH_LINES).fill_null(False)
    is_enough = by_kind | (wanted.store_n >= ENOUGH_LINES)
    share = by_kind.ifelse(wanted.kind_share, wanted.store_share)
    applies = wanted.is_early.ifelse(wanted.is_gone, wanted.is_settled)
    wanted = wanted.filter(is_enough & (share >= _REGULAR) & applies)
    fits_kind = (ibis.greatest(wanted.kind_fits_rate, wanted.kind_fits_amount) >= _FITTING).fill_null(False)
    chosen = {value: fits_kind.ifelse(wanted[f"kind_{value}"], wanted[f"store_{value}"]) for value in values}
    wanted = wanted.mutate(**chosen)
    return wanted.select(
        *(*ORDER, "stream", "base_minor", "is_refunded", "n_lines", "is_by_line", "rate_ppm", "usual_minor"),
        is_known=ibis.greatest(wanted.fits_rate, wanted.fits_amount) >= _FITTING,
        goes_by_rate=wanted.fits_rate > wanted.fits_amount,
        is_strict=ibis.greatest(wanted.fits_rate, wanted.fits_amount) >= _STRICT,
    )


def _usual(both: ir.Table, group: Sequence[str]) -> ir.Table:
    """Return the usual rate and amount of each fee, and the part of the fees that is near them."""
    middle = both.group_by(list(group)).aggregate(
        n_with=both.count(),
        rate_ppm=both.ppm.quantile(0.5).round().cast("int64"),
        usual_minor=both.amount_minor.quantile(0.5).round().cast("int64"),
        is_early=both.is_before.mean() > 0.5,
        is_by_line=both.n_rows.max() > 1,
    )
    rows = both.inner_join(middle.view(), list(group))
    by_rate = -(rows.base_minor * rows.rate_ppm / _MILLION)
    fits = rows.group_by(list(group)).aggregate(
        fits_rate=((rows.amount_minor - by_rate).abs() <= _NEAR_MINOR).cast("int64").mean(),
        fits_amount=(rows.amount_minor == rows.usual_minor).cast("int64").mean(),
    )
    found = beside(middle, fits.view(), group)
    return found.filter(found.usual_minor < 0)


def _counted(bearing: ir.Table, usual: ir.Table, group: Sequence[str]) -> ir.Table:
    """Return the usual fees with how many orders may bear each, and the part of them that does."""
    counts = bearing.group_by(list(group)).aggregate(
        n_settled=bearing.is_settled.cast("int64").sum(), n_gone=bearing.is_gone.cast("int64").sum()
    )
    rows = beside(usual, counts, group)
    n_orders = rows.is_early.ifelse(rows.n_gone, rows.n_settled)
    return rows.mutate(n_orders=n_orders, share=rows.n_with / ibis.greatest(n_orders, 1))
