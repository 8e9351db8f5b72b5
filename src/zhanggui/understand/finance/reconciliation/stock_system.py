"""The platforms' orders against those of the stock system (ERP): what either lacks, and where amounts differ.

A line of the stock system finds its order by sub-order id, by order id, and where that finds nothing by the id that a
split or merged order had before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.understand.finance.reconciliation.asking import Asked, JsonRow, day_text, major, whole
from zhanggui.understand.finance.reconciliation.rates import rate_of
from zhanggui.understand.finance.reconciliation.report import LinkRate, StockSystemRow, StockSystemStore
from zhanggui.understand.finance.reconciliation.stores import Store
from zhanggui.understand.finance.reconciliation.words import STOCK_SYSTEM_NAMES

_CANCELLED = "cancelled"
_ORDER = ("shop_id", "order_id")


def stock_system_rates(asked: Asked, stores: Mapping[int, Store]) -> tuple[LinkRate, ...]:
    """Return how many lines of the stock system found their order, by store."""
    rows = _linked(asked).filter(ibis._.shop_id.notnull())
    money = ibis.coalesce(rows.line_amount_minor, 0)
    rows = rows.mutate(is_linked=rows.order_id.notnull(), money=money)
    by = ["shop_id", "currency", "is_linked", "rule"]
    sums = rows.group_by(by).aggregate(n=rows.count(), money=rows.money.sum().cast("int64"))
    groups: dict[tuple[int, str], list[JsonRow]] = defaultdict(list)
    for row in asked.answer(sums.order_by(by)):
        groups[whole(row["shop_id"]), str(row["currency"])].append(row)
    return tuple(rate_of("erp_to_order", stores[shop], currency, parts) for (shop, currency), parts in groups.items())


def stock_system(
    asked: Asked, stores: Mapping[int, Store]
) -> tuple[tuple[StockSystemStore, ...], int, tuple[StockSystemRow, ...]]:
    """Return by store how platform and stock system agree, how many orders they do not agree on, and the largest."""
    lines = _linked(asked)
    if not asked.answer(lines.filter(lines.order_id.notnull()).select("erp_order_id").limit(1)):
        return (), 0, ()
    orders, rows = _orders(asked, lines), _rows(asked, lines)
    sums = rows.group_by(["shop_id", "currency", "kind"]).aggregate(
        n=rows.count(), money=_amount(rows).sum().cast("int64")
    )
    counted = orders.group_by(["shop_id", "currency"]).aggregate(
        n_orders=orders.count(), n_in_both=orders.n_erp_orders.notnull().cast("int64").sum()
    )
    by_kind: dict[tuple[int, str], dict[str, JsonRow]] = defaultdict(dict)
    for row in asked.answer(sums):
        by_kind[whole(row["shop_id"]), str(row["currency"])][str(row["kind"])] = row
    found = asked.answer(counted.order_by(["shop_id", "currency"]))
    wanted = rows.order_by([ibis.desc(_amount(rows)), "shop_id", "kind", "order_id"]).limit(asked.n_listed)
    n_rows = sum(whole(row["n"]) for kinds in by_kind.values() for row in kinds.values())
    return (
        tuple(_store(row, stores, by_kind[whole(row["shop_id"]), str(row["currency"])]) for row in found),
        n_rows,
        tuple(_row(row, stores[whole(row["shop_id"])]) for row in asked.answer(wanted)),
    )


def _amount(rows: ir.Table) -> ir.Value:
    platform, erp = ibis.coalesce(rows.platform_minor, 0), ibis.coalesce(rows.erp_minor, 0)
    return (rows.kind == "amount_differs").ifelse((platform - erp).abs(), ibis.greatest(platform, erp))


def _linked(asked: Asked) -> ir.Table:
    """Return the live lines of the stock system with the order of each: ``shop_id``, ``order_id``, ``rule``.

    A line without an order is of the store to whose orders most lines lead that the stock system calls alike; where
    no line leads to an order, its store is not known and nothing is held against it.
    """
    held = asked.ledger.table("erp_order_line")
    erp = held.filter((held.erp_status != _CANCELLED).fill_null(True))
    erp = erp.rename(own_shop="shop_id", named_order="order_id")
    line, order = asked.rows("order_line"), asked.rows("order_header")
    known = order.select(known_shop=order.shop_id, known_order=order.order_id)
    by_line = line.group_by("line_key").aggregate(
        line_shop=line.shop_id.min(), line_order=line.order_id.min(), n_lines=line.count()
    )
    by_line = by_line.filter(by_line.n_lines == 1).drop("n_lines")
    rows = erp.left_join(by_line, erp.line_id == by_line.line_key)
    by_order = known.rename(order_shop="known_shop", order_order="known_order")
    rows = rows.left_join(by_order, rows.named_order == by_order.order_order)
    by_original = known.rename(original_shop="known_shop", original_order="known_order")
    rows = rows.left_join(by_original, rows.original_order_id == by_original.original_order)
    rows = rows.mutate(
        found_shop=ibis.coalesce(rows.line_shop, rows.order_shop, rows.original_shop),
        order_id=ibis.coalesce(rows.line_order, rows.order_order, rows.original_order),
        rule=ibis.cases(
            (rows.line_order.notnull(), "line_id"),
            (rows.order_order.notnull(), "order_id"),
            (rows.original_order.notnull(), "original_order_id"),
            else_=ibis.null("string"),
        ),
    )
    called = ibis.coalesce(rows.erp_store, "")
    names = rows.filter(rows.found_shop.notnull()).group_by(called=called).aggregate(called_shop=rows.found_shop.mode())
    rows = rows.mutate(called=called)
    rows = rows.left_join(names, "called", rname="{name}_of_name")
    return rows.mutate(shop_id=ibis.coalesce(rows.found_shop, rows.called_shop))


def _orders(asked: Asked, lines: ir.Table) -> ir.Table:
    """Return the paid orders of the days that the stock system covers, with what it has of each."""
    order = asked.rows("order_header")
    reach = (
        lines.filter(lines.order_id.notnull())
        .group_by("shop_id")
        .aggregate(first=lines.ordered_date.min(), last=lines.ordered_date.max())
    )
    paid = asked.within(order, order.paid_date).filter(order.is_paid.fill_null(False))
    rows = paid.inner_join(reach, "shop_id")
    day = ibis.coalesce(rows.created_date, rows.paid_date)
    rows = rows.filter((day >= rows.first) & (day <= rows.last)).mutate(day=day)
    known = _known(lines)
    return rows.left_join(known, list(_ORDER), rname="{name}_erp").drop("shop_id_erp", "order_id_erp")


def _known(lines: ir.Table) -> ir.Table:
    """Return per order how many orders of the stock system stand for it, and what they say was paid.

    Of an order that was merged with others the stock system knows the common amount alone: it says nothing here.
    """
    linked = lines.filter(lines.order_id.notnull())
    one = linked.group_by(["shop_id", "order_id", "erp_order_id"]).aggregate(said=linked.erp_paid_minor.max())
    merged = one.group_by("erp_order_id").aggregate(n_merged=one.count())
    one = one.inner_join(merged, "erp_order_id")
    return one.group_by(list(_ORDER)).aggregate(
        n_erp_orders=one.count(),
        first_erp_order=one.erp_order_id.min(),
        erp_sum=one.said.sum(where=one.n_merged == 1).cast("int64"),
        erp_most=one.said.max(where=one.n_merged == 1).cast("int64"),
        n_merged=one.n_merged.max(),
    )


def _rows(asked: Asked, lines: ir.Table) -> ir.Table:
    """Return the orders that the two do not agree on."""
    orders = _orders(asked, lines)
    absent = orders.filter(orders.n_erp_orders.isnull())
    # Each part of a split order may state the whole order's amount, or its own.
    is_said = (orders.n_merged == 1) & orders.erp_sum.notnull()
    differs = is_said & (orders.erp_sum != orders.paid_minor) & (orders.erp_most != orders.paid_minor)
    other = orders.filter(differs)
    days = asked.rows("order_header")
    reach = days.group_by("shop_id").aggregate(first=days.created_date.min(), last=days.created_date.max())
    stray = lines.filter(lines.order_id.isnull() & lines.shop_id.notnull())
    stray = asked.within(stray, stray.ordered_date).inner_join(reach, "shop_id", rname="{name}_reach")
    stray = stray.filter((stray.ordered_date >= stray.first) & (stray.ordered_date <= stray.last))
    named = ibis.coalesce(stray.named_order, stray.original_order_id, stray.erp_order_id)
    stray = stray.mutate(named=named)
    strays = stray.group_by(["shop_id", "currency", "named"]).aggregate(
        erp_order_id=stray.erp_order_id.min(), erp_minor=stray.erp_paid_minor.max(), day=stray.ordered_date.min()
    )
    parts = (
        _part(absent, "missing_in_erp", platform_minor=absent.paid_minor),
        _part(other, "amount_differs", platform_minor=other.paid_minor, erp_minor=other.erp_sum),
        _part(strays.rename(order_id="named"), "missing_on_platform", erp_minor=strays.erp_minor),
    )
    return parts[0].union(parts[1]).union(parts[2])


def _part(rows: ir.Table, kind: str, **amounts: ir.Value) -> ir.Table:
    erp_order = "first_erp_order" if "first_erp_order" in rows.columns else "erp_order_id"
    return rows.select(
        shop_id=rows.shop_id.cast("int32"),
        currency=rows.currency.cast("string"),
        kind=ibis.literal(kind),
        order_id=rows.order_id.cast("string"),
        erp_order_id=rows[erp_order].cast("string"),
        platform_minor=amounts.get("platform_minor", ibis.null("int64")).cast("int64"),
        erp_minor=amounts.get("erp_minor", ibis.null("int64")).cast("int64"),
        day=rows.day.cast("date"),
    )


def _store(row: JsonRow, stores: Mapping[int, Store], kinds: Mapping[str, JsonRow]) -> StockSystemStore:
    store, currency = stores[whole(row["shop_id"])], str(row["currency"])
    counts = {name: whole(kinds[name]["n"]) if name in kinds else 0 for name in STOCK_SYSTEM_NAMES}
    money = {name: major(kinds[name]["money"], currency) if name in kinds else 0.0 for name in STOCK_SYSTEM_NAMES}
    return StockSystemStore(
        store=store.name,
        platform=store.platform,
        currency=currency,
        n_orders=whole(row["n_orders"]),
        n_in_both=whole(row["n_in_both"]),
        n_missing_in_erp=counts["missing_in_erp"],
        missing_in_erp=money["missing_in_erp"],
        n_missing_on_platform=counts["missing_on_platform"],
        missing_on_platform=money["missing_on_platform"],
        n_amount_differs=counts["amount_differs"],
        amount_differs=money["amount_differs"],
        ties=not any(counts.values()),
    )


def _row(row: JsonRow, store: Store) -> StockSystemRow:
    currency = str(row["currency"])
    amounts = {
        side: None if row[f"{side}_minor"] is None else major(row[f"{side}_minor"], currency)
        for side in ("platform", "erp")
    }
    return StockSystemRow(
        store=store.name,
        kind=str(row["kind"]),
        label=STOCK_SYSTEM_NAMES[str(row["kind"])],
        order_id=str(row["order_id"]),
        erp_order_id=None if row["erp_order_id"] is None else str(row["erp_order_id"]),
        currency=currency,
        platform_amount=amounts["platform"],
        erp_amount=amounts["erp"],
        ordered=day_text(row["day"]),
    )
