"""Which layouts the ledger knows, and which of them say all that another says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa

from zhanggui.collect.mapping.layout import Layout
from zhanggui.ledger.engine import Ledger, Transaction

_LEDGER_COLUMN: Mapping[str, tuple[str, ...]] = {
    "buyer_id": ("buyer_key",),
    "order_amount": ("order_amount_minor",),
    "discount_amount": ("discount_minor",),
    "shipping_amount": ("shipping_minor",),
    "paid_amount": ("stated_paid_minor",),
    "refund_amount": ("stated_refund_minor",),
    "account": ("account_token",),
    "name": ("name_token",),
    "receiver_name": ("name_token",),
    "phone": ("phone_token",),
    "email": ("email_token",),
    "address": ("address_token",),
}


def register_layout(
    tx: Transaction, ledger: Ledger, layout: Layout, layout_id: str, bound: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write down a layout and return (layouts that say all that it says, layouts all of which it says).

    Only a platform's own export says what it leaves blank, so only such a layout can speak for another one.
    """
    columns = {target for name in bound for target in _LEDGER_COLUMN.get(name, (name,))}
    if "province" in columns and layout.is_platform:
        columns.add("city")
    table = ledger.table("layout")
    held = {row["layout"]: (set(row["columns"].split()), row["owns"]) for row in tx.query(table).to_pylist()}
    if layout_id not in held:
        held[layout_id] = (columns, layout.is_platform)
        row = {"layout": [layout_id], "columns": [" ".join(sorted(columns))], "owns": [layout.is_platform]}
        tx.insert("layout", pa.table(row))
    dominating = [name for name, (theirs, owns) in held.items() if owns and theirs >= columns and name != layout_id]
    dominated = [
        name for name, (theirs, _) in held.items() if layout.is_platform and columns >= theirs and name != layout_id
    ]
    return (layout_id, *sorted(dominating)), (layout_id, *sorted(dominated))
