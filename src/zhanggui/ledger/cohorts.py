"""First buyers 首购买家: when and by which channel each began to buy, and what that left in the days after.

Catalogue M-CUST-05, M-CUST-07.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.profit import PROFIT
from zhanggui.ledger.purchases import identified_orders, is_kept
from zhanggui.ledger.schema.buying_tables import VALUE_DAYS

_BUYER = ("shop_id", "buyer_key")


@built_once
def cohorts(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``cohort`` of some stores.

    Notes
    -----
    The first purchase is the first that was not given back whole; from that day on every order counts, for those given
    back cost something too. Advertising is left out: it is what the value is held against.
    """
    orders = identified_orders(stores)
    kept = orders.filter(is_kept(orders))
    place = ibis.row_number().over(
        group_by=[kept[name] for name in _BUYER],
        order_by=[kept.paid_date, ibis.desc(kept.paid_minor), kept.order_id],
    )
    firsts = kept.mutate(place=place).filter(ibis._.place == 0)
    firsts = firsts.select(*_BUYER, "channel", "currency", day="paid_date")
    ends = orders.group_by("shop_id").aggregate(last=orders.paid_date.max())
    rows = firsts.inner_join(ends, "shop_id").left_join(_left_by(stores, firsts), _BUYER)
    is_over = rows["last"].delta(rows.day, unit="day") >= VALUE_DAYS
    return rows.select(
        *_BUYER, "channel", "currency", "day", value_minor=(is_over & rows.is_known).ifelse(rows.left_minor, None)
    )


@built_once
def _left_by(stores: tuple[int, ...], firsts: ir.Table) -> ir.Table:
    """Return what the orders of each buyer left from the first purchase on, and whether all their costs are known."""
    lines = declared_table("line_profit")
    lines = lines.select(
        "shop_id", "order_id", "cost_known", left_minor=lines.contribution_minor + lines.ad_spend_minor
    )
    bought = identified_orders(stores).select(*_BUYER, "order_id", "paid_date").inner_join(firsts, _BUYER)
    after = bought.paid_date.delta(bought.day, unit="day")
    bought = bought.filter(after >= 0, after <= VALUE_DAYS)
    met = bought.left_join(lines, ["shop_id", "order_id"])
    return met.group_by(_BUYER).aggregate(
        left_minor=met.left_minor.sum(), is_known=met.cost_known.fill_null(False).all()
    )


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"cohort": cohorts(stores)}


COHORTS = Derivation(
    subject="cohort",
    tables=("cohort",),
    reads=PROFIT.reads,
    rules="1",
    make=_make,
    after=(PROFIT,),
    binds_stores=PROFIT.binds_stores,
)
