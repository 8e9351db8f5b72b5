"""What parcels cost, and when they left: from the parcels themselves, else from the stock system's orders."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.charges import charge_rows
from zhanggui.ledger.profit.rules import COLUMN_OF_COST
from zhanggui.ledger.profit.scope import ORDER, Scope, total

_GONE = ("shipped", "completed")
_COVER = ("insurance_minor", "penalty_minor")


def parcels_of(scope: Scope, orders: ir.Table) -> ir.Table | None:
    """Return the parcels of the orders; None where none were imported."""
    if "shipments" not in scope.imported:
        return None
    rows = scope.rows("shipment").inner_join(orders.select(*ORDER, "order_no"), ORDER)
    is_out = ibis.coalesce(rows.direction, "outbound") == "outbound"
    return scope.stage(
        "parcels",
        rows.select("order_no", "shop_id", "shipped_at", "freight_minor", "packaging_minor", *_COVER, is_out=is_out),
    )


def stock_orders_of(scope: Scope, orders: ir.Table) -> ir.Table | None:
    """Return what the stock system says of the orders: ``freight_minor``, ``is_gone``; None where it says nothing."""
    if "erp_orders" not in scope.imported:
        return None
    rows = scope.rows_of_orders("erp_order_line").inner_join(orders.select(*ORDER, "order_no"), ORDER)
    # The freight of an order stands on each of its rows.
    one = rows.group_by(["order_no", "erp_order_id"]).aggregate(
        freight=rows.shipping_cost_minor.max(), is_gone=rows.erp_status.isin(_GONE).any()
    )
    sums = one.group_by("order_no").aggregate(freight_minor=total(one.freight), is_gone=one.is_gone.any())
    return scope.stage("stock_orders", sums)


def departures(parcels: ir.Table | None) -> ir.Table | None:
    """Return when the first parcel of each order left."""
    if parcels is None:
        return None
    out = parcels.filter(parcels.is_out & parcels.shipped_at.notnull())
    return out.group_by("order_no").aggregate(parcel_at=out.shipped_at.min())


def parcel_charges(parcels: ir.Table, fees: ir.Table) -> ir.Table:
    """Return freight both ways and packaging; insurance and penalties in stores whose ledger books none."""
    booked = {name: parcels.shop_id.isin(fees.filter(fees[name] != 0).shop_id) for name in _COVER}
    return charge_rows(
        parcels,
        {
            "freight_minor": parcels.is_out.ifelse(parcels.freight_minor, 0),
            "return_freight_minor": parcels.is_out.ifelse(0, parcels.freight_minor),
            "packaging_minor": parcels.packaging_minor,
            **{name: is_booked.ifelse(0, parcels[name]) for name, is_booked in booked.items()},
        },
    )


def stock_freight(stock_orders: ir.Table, parcels: ir.Table | None) -> ir.Table:
    """Return the freight that the stock system states of orders without any parcel."""
    rows = stock_orders if parcels is None else stock_orders.anti_join(parcels, "order_no")
    return charge_rows(rows, {"freight_minor": rows.freight_minor})


def named_costs(scope: Scope, orders: ir.Table) -> ir.Table | None:
    """Return the costs that name an order of the stores; None where no costs were imported."""
    if "costs" not in scope.imported:
        return None
    rows = scope.rows_of_orders("cost_entry").inner_join(orders.select(*ORDER, "order_no"), ORDER)
    amounts: dict[str, ir.Value] = {
        column: (rows.cost_kind == kind).ifelse(rows.amount_minor, 0) for kind, column in COLUMN_OF_COST.items()
    }
    amounts["other_cost_minor"] = rows.cost_kind.isin(list(COLUMN_OF_COST)).ifelse(0, rows.amount_minor)
    return charge_rows(rows, amounts)
