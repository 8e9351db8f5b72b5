"""Link rates: how much of each side found the other; published beside every number that is built on the match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.understand.finance.reconciliation.asking import Asked, JsonRow, major, whole
from zhanggui.understand.finance.reconciliation.report import LinkRate
from zhanggui.understand.finance.reconciliation.statement import order_day
from zhanggui.understand.finance.reconciliation.stores import Store
from zhanggui.understand.finance.reconciliation.words import LINK_NAMES

_BY = ("shop_id", "currency")


def link_rates(asked: Asked, stores: Mapping[int, Store]) -> tuple[LinkRate, ...]:
    """Return the link rates of each store that has a ledger."""
    found = [
        *_rates(asked, stores, "settlement_to_order", _lines(asked)),
        *_rates(asked, stores, "order_to_settlement", _due_orders(asked)),
        *_rates(asked, stores, "refund_to_settlement", _refunds(asked)),
    ]
    return tuple(found)


def _lines(asked: Asked) -> ir.Table:
    """Return the ledger lines of orders; those that are of none by their kind need no order."""
    lines, links = asked.rows("settlement_entry"), asked.rows("settlement_link")
    rows = asked.within(lines, lines.booked_date).select("shop_id", "fact_key", "currency", "amount_minor")
    links = links.filter(links.match_state != "no_order")
    rows = rows.inner_join(links.select("shop_id", "fact_key", "match_rule", "matched"), ["shop_id", "fact_key"])
    return rows.select(*_BY, money=rows.amount_minor.abs(), is_linked=rows.matched, rule=rows.match_rule)


def _due_orders(asked: Asked) -> ir.Table:
    """Return the paid orders whose money is due, or has come."""
    orders, gaps = asked.rows("order_settlement"), asked.rows("settlement_difference")
    waiting = gaps.filter(gaps.cause.isin(("in_transit", "not_covered"))).select("shop_id", "order_id").distinct()
    orders = asked.within(orders, order_day(orders))
    due = orders.receivable_minor - orders.refunded_minor - orders.borne_back_minor
    rows = orders.filter(orders.is_paid.fill_null(False) & ((due != 0) | orders.settled_at.notnull()))
    rows = rows.anti_join(waiting, ["shop_id", "order_id"])
    return rows.select(*_BY, money=rows.receivable_minor, is_linked=rows.settled_at.notnull(), rule=ibis.null("string"))


def _refunds(asked: Asked) -> ir.Table:
    """Return the refunds of settled orders; those of others never reach a ledger."""
    orders, gaps = asked.rows("order_settlement"), asked.rows("settlement_difference")
    waiting = gaps.filter(gaps.cause == "refund_in_transit").select("shop_id", "order_id").distinct()
    orders = asked.within(orders, order_day(orders))
    rows = orders.filter((orders.refunded_minor != 0) & orders.settled_at.notnull())
    rows = rows.anti_join(waiting, ["shop_id", "order_id"])
    netted = rows.goods_minor + rows.subsidy_minor < rows.receivable_minor
    return rows.select(
        *_BY,
        money=rows.refunded_minor,
        is_linked=(rows.refund_minor != 0) | netted,
        rule=ibis.null("string"),
    )


def _rates(asked: Asked, stores: Mapping[int, Store], name: str, rows: ir.Table) -> Iterable[LinkRate]:
    """Yield a rate per store of rows with ``money``, ``is_linked`` and ``rule``."""
    sums = rows.group_by([*_BY, "is_linked", "rule"]).aggregate(n=rows.count(), money=rows.money.sum().cast("int64"))
    groups: dict[tuple[int, str], list[JsonRow]] = defaultdict(list)
    for row in asked.answer(sums.order_by([*_BY, "rule"])):
        groups[whole(row["shop_id"]), str(row["currency"])].append(row)
    for (shop_id, currency), parts in groups.items():
        yield rate_of(name, stores[shop_id], currency, parts)


def rate_of(name: str, store: Store, currency: str, parts: Iterable[JsonRow]) -> LinkRate:
    """Return a link rate from rows of ``n``, ``money``, ``is_linked`` and ``rule``."""
    n = n_linked = money = money_linked = 0
    by_rule: dict[str, int] = defaultdict(int)
    for part in parts:
        n, money = n + whole(part["n"]), money + whole(part["money"])
        if part["is_linked"]:
            n_linked, money_linked = n_linked + whole(part["n"]), money_linked + whole(part["money"])
            if part["rule"]:
                by_rule[str(part["rule"])] += whole(part["n"])
    return LinkRate(
        name=name,
        label=LINK_NAMES[name],
        store=store.name,
        platform=store.platform,
        n=n,
        n_linked=n_linked,
        rate=n_linked / n if n else None,
        currency=currency,
        money=major(money, currency),
        money_linked=major(money_linked, currency),
        money_rate=money_linked / money if money else None,
        by_rule=dict(by_rule),
    )
