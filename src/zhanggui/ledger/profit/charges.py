"""What is booked on orders and lines beside their sale: refunds, fees, parcels, costs that name an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once
from zhanggui.ledger.profit.scope import Scope, total
from zhanggui.ledger.schema.profit_tables import COST_COLUMNS
from zhanggui.ledger.shares import Share, shared

REFUNDS = ("refunded_minor", "refunded_before_shipping_minor", "refunded_only_minor", "refunded_with_return_minor")
CHARGES = COST_COLUMNS
FEES = ("commission_minor", "service_fee_minor", "creator_commission_minor")
"""What a platform keeps when it settles an order."""

MARKS = ("n_settled", "n_estimated")
"""How many settled sales and estimated refunds stand behind a row."""

AMOUNTS = (*REFUNDS, *CHARGES)
_PLACE = ["order_no", "line_no"]


def charge_rows(rows: ir.Table, amounts: Mapping[str, ir.Value], line_no: ir.Value | None = None) -> ir.Table:
    """Return what `rows` charge, amounts that are not given zero; without a line, on their whole order."""
    zero = ibis.literal(0, "int64")
    given = {
        name: ibis.coalesce(amounts[name], 0).cast("int64") if name in amounts else zero for name in (*AMOUNTS, *MARKS)
    }
    return rows.select("order_no", line_no=ibis.null("int64") if line_no is None else line_no, **given)


def summed(parts: Iterable[ir.Table]) -> ir.Table:
    """Return all charges of a line, or of an order where the line is null, in one row."""
    rows = reduce(lambda rows, part: rows.union(part), parts)
    return rows.group_by(_PLACE).aggregate(**{name: total(rows[name]) for name in (*AMOUNTS, *MARKS)})


def charges_by_line(scope: Scope, lines: ir.Table, charges: ir.Table) -> ir.Table:
    """Return what each line is charged: its own, and its share of what its order is charged.

    Refunds of a whole order go by what was paid for each line, all else by what is due for it.
    """
    whole = charges.filter(charges.line_no.isnull()).drop("line_no", *MARKS)
    own = charges.filter(charges.line_no.notnull()).select("line_no", *AMOUNTS)
    only = lines.filter(lines.n_lines == 1).select("order_no", "line_no")
    parts = own.union(whole.inner_join(only, "order_no").select("line_no", *AMOUNTS))
    parts = parts.union(_shared_by_lines(scope, lines, whole))
    return parts.group_by("line_no").aggregate(**{name: total(parts[name]) for name in AMOUNTS})


def _shared_by_lines(scope: Scope, lines: ir.Table, whole: ir.Table) -> ir.Table:
    """Return what orders of several lines are charged, shared among them."""
    several = lines.filter(lines.n_lines > 1).select(
        "order_no", "line_no", "line_key", "paid_minor", "receivable_minor"
    )
    # One row per amount that is there: most orders are charged a few of them only.
    item = ibis.array([ibis.struct({"place": n, "total": whole[name]}) for n, name in enumerate(AMOUNTS)]).unnest()
    items = whole.select("order_no", item=item)
    items = items.select("order_no", place=items.item["place"], total=items.item["total"])
    rows = items.filter(items.total != 0).inner_join(several, "order_no")
    weight = (rows.place < len(REFUNDS)).ifelse(rows.paid_minor, rows.receivable_minor)
    rows = rows.select("order_no", "line_no", "line_key", "place", "total", weight=weight)
    rows = shared(rows, [Share("part", "total", "weight")], group=["order_no", "place"], ties=["line_key"])
    rows = scope.stage("shares", rows.select("line_no", "place", "part"))
    return rows.select(
        "line_no", **{name: (rows.place == n).ifelse(rows.part, 0).cast("int64") for n, name in enumerate(AMOUNTS)}
    )


@built_once
def marks_of(charges: ir.Table) -> ir.Table:
    """Return by order how many settled sales and estimated refunds it has."""
    return charges.group_by("order_no").aggregate(**{name: total(charges[name]) for name in MARKS})


@built_once
def borne_back(lines: ir.Table, charged: ir.Table) -> ir.Table:
    """Return by line what others bear and take back: of an order in the proportion in which what was paid goes back."""
    found = lines.select("order_no", "line_no", "line_key", "paid_minor", "receivable_minor")
    refunds = charged.filter(charged.refunded_minor != 0).select("line_no", "refunded_minor")
    touched = refunds.inner_join(found, "line_no").select("order_no").distinct()
    rows = found.semi_join(touched, "order_no").left_join(refunds, "line_no").drop("line_no_right")
    rows = rows.select(
        "order_no",
        "line_no",
        "line_key",
        refunded=ibis.coalesce(rows.refunded_minor, 0),
        paid=rows.paid_minor,
        borne=rows.receivable_minor - rows.paid_minor,
    )
    order = ibis.window(group_by=rows.order_no)
    sums = {f"all_{name}": rows[name].sum().over(order).cast("int64") for name in ("refunded", "paid", "borne")}
    rows = rows.mutate(**sums).filter(lambda t: t.all_borne > 0)
    part = ibis.greatest(ibis.least(rows.all_refunded, rows.all_paid), 0)
    rows = rows.mutate(all_back=rows.all_borne * part // ibis.greatest(rows.all_paid, 1))
    share = Share("borne_back_minor", "all_back", "refunded")
    return shared(rows, [share], group=["order_no"], ties=["line_key"]).select("line_no", "borne_back_minor")
