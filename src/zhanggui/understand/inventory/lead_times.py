"""How long suppliers take, and what orders they take; measured on received purchase orders where there are some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger

FEWEST_RECEIVED = 10
"""Received lines from which on lead times are measured; with fewer, what the supplier states holds."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SupplierTerms:
    """What is known of a supplier.

    Attributes
    ----------
    name : str
        As purchase orders write it.
    lead_days, lead_spread : float or None
        Mean and standard deviation of the days from order to receipt; None: unknown.
    source : {"measured", "declared", "unknown"}
        How the lead time is known.
    n_received : int
        Lines that it was measured on.
    least_units, case_units : float
        Least order over all SKUs, and units of a carton; 0 and 1 where nothing is known.
    """

    name: str
    lead_days: float | None
    lead_spread: float | None
    source: Literal["measured", "declared", "unknown"]
    n_received: int
    least_units: float
    case_units: float


def supplier_terms(ledger: Ledger, last: date) -> dict[str, SupplierTerms]:
    """Return what is known of each supplier by its name."""
    found: dict[str, SupplierTerms] = {}
    stated = {row["supplier"]: row for row in ledger.query(ledger.table("supplier")).to_pylist()}
    rows = ledger.table("purchase_order")
    rows = rows.filter(rows.supplier.notnull() & (rows.ordered_date <= last))
    days = rows.received_date.cast("timestamp").epoch_seconds() - rows.ordered_date.cast("timestamp").epoch_seconds()
    rows = rows.mutate(days=days / 86_400.0, is_there=rows.received_date.notnull() & (rows.received_date <= last))
    measured = rows.group_by("supplier").aggregate(
        n=rows.is_there.sum(), mean=rows.days.mean(where=rows.is_there), spread=rows.days.std(where=rows.is_there)
    )
    received = {row["supplier"]: row for row in ledger.query(measured).to_pylist()}
    for name in sorted({*stated, *received}):
        of_file, of_orders = stated.get(name, {}), received.get(name, {})
        n = int(of_orders.get("n") or 0)
        lead, spread = of_file.get("lead_days"), of_file.get("lead_days_spread")
        source: Literal["measured", "declared", "unknown"] = "declared" if lead is not None else "unknown"
        if n >= FEWEST_RECEIVED:
            lead, spread, source = of_orders["mean"], of_orders["spread"], "measured"
        found[name] = SupplierTerms(
            name,
            None if lead is None else float(lead),
            None if lead is None else float(spread or 0.0),
            source,
            n,
            float(of_file.get("least_order") or 0.0),
            float(of_file.get("carton_units") or 1.0),
        )
    return found


def suppliers_of(ledger: Ledger, skus: tuple[str, ...], last: date) -> list[str | None]:
    """Return who delivered each SKU last; None where no purchase order says it."""
    rows = ledger.table("purchase_order")
    rows = rows.filter(rows.supplier.notnull() & (rows.ordered_date <= last))
    newest = rows.group_by("internal_sku").aggregate(supplier=rows.supplier.argmax(rows.ordered_at))
    found = {row["internal_sku"]: row["supplier"] for row in ledger.query(newest).to_pylist()}
    return [found.get(sku) for sku in skus]


def weekly_loss(
    ledger: Ledger, first: date, last: date, stock: Floats, groups: npt.NDArray[np.int64], skus: tuple[str, ...]
) -> Floats:
    """Return the share of its stock that each SKU's category loses in a week: spoilt, broken, gone.

    Parameters
    ----------
    ledger : Ledger
        Its movements that name no order tell what was lost.
    first, last : date
        The days looked at.
    stock : array of float
        Mean units on hand of each SKU over these days.
    groups : array of int
        Category of each.
    skus : tuple of str
        Their codes.
    """
    rows = ledger.table("stock_movement")
    lost = rows.filter(
        (rows.reason == "damage") & rows.order_id.isnull() & rows.refund_id.isnull()
        & (rows.occurred_date >= first) & (rows.occurred_date <= last)
    )  # fmt: skip
    sums = lost.group_by("internal_sku").aggregate(units=-lost.quantity.sum().cast("float64"))
    place = {name: n for n, name in enumerate(skus)}
    gone = np.zeros(len(skus))
    for row in ledger.query(sums).to_pylist():
        if row["internal_sku"] in place:
            gone[place[row["internal_sku"]]] = max(row["units"], 0.0)
    weeks = ((last - first).days + 1) / 7
    by_group = np.bincount(groups, gone) / np.maximum(np.bincount(groups, stock), 1e-9) / weeks
    return np.asarray(np.clip(by_group, 0.0, 0.5)[groups])
