"""Which layouts the ledger knows, and which of them say all that another says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from zhanggui.collect.mapping.layout import Layout
from zhanggui.ledger.engine import Ledger, Transaction, arrow_schema
from zhanggui.ledger.schema.observations import LAYOUT, MERGED_LAYOUT

_LEDGER_COLUMN: Mapping[str, tuple[str, ...]] = {
    "buyer_id": ("buyer_key",),
    "order_amount": ("order_amount_minor",),
    "discount_amount": ("discount_minor",),
    "shipping_amount": ("stated_shipping_minor",),
    "merchant_discount": ("stated_merchant_discount_minor",),
    "platform_discount": ("stated_platform_discount_minor",),
    "creator_discount": ("stated_creator_discount_minor",),
    "payment_discount": ("stated_payment_discount_minor",),
    "receivable_amount": ("stated_receivable_minor",),
    "paid_amount": ("stated_paid_minor",),
    "refund_amount": ("stated_refund_minor",),
    "deposit_amount": ("deposit_minor",),
    "balance_amount": ("balance_minor",),
    "presale": ("says_presale",),
    "deposit_status": ("is_deposit_paid",),
    "account": (),
    "name": (),
    "receiver_name": (),
    "phone": (),
    "email": (),
    "address": (),
}


@dataclass(frozen=True, slots=True)
class LayoutHeld:
    """A layout as the ledger knows it.

    Attributes
    ----------
    number : int
        Its number in the observation tables.
    dominating : tuple of int
        Layouts that say all that it says, itself first.
    dominated : tuple of int
        Layouts all of which it says, itself first.
    """

    number: int
    dominating: tuple[int, ...]
    dominated: tuple[int, ...]


def register_layout(tx: Transaction, ledger: Ledger, layout: Layout, bound: Collection[str]) -> LayoutHeld:
    """Write down a layout that is read for the first time, and return what is known of it.

    Only a platform's own export says what it leaves blank, so only such a layout can speak for another one.
    """
    columns = {target for name in bound for target in _LEDGER_COLUMN.get(name, (name,))}
    if "province" in columns and layout.is_platform:
        columns.add("city")
    name = layout.layout_id(bound)
    held = tx.query(ledger.table("layout")).to_pylist()
    number = next((row["layout"] for row in held if row["name"] == name), None)
    if number is None:
        number = max((row["layout"] for row in held), default=MERGED_LAYOUT) + 1
        row = {"layout": number, "name": name, "columns": " ".join(sorted(columns)), "owns": layout.is_platform}
        tx.insert("layout", pa.Table.from_pylist([row], schema=arrow_schema(LAYOUT)))
    others = [(row["layout"], set(row["columns"].split()), row["owns"]) for row in held if row["layout"] != number]
    dominating = sorted(other for other, theirs, owns in others if owns and theirs >= columns)
    dominated = sorted(other for other, theirs, _ in others if layout.is_platform and columns >= theirs)
    return LayoutHeld(number, (number, *dominating), (number, *dominated))
