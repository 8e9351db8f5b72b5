"""Profit written down line by line, so that every expected number can be worked by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from tests.metrics.ledgers import Row

ZERO = (
    "merchant_discount_minor", "unknown_discount_minor", "platform_discount_minor", "creator_discount_minor",
    "payment_discount_minor", "unknown_borne_minor", "refunded_minor", "refunded_before_shipping_minor",
    "refunded_only_minor", "refunded_with_return_minor", "borne_back_minor", "freight_minor", "return_freight_minor",
    "packaging_minor", "commission_minor", "service_fee_minor", "creator_commission_minor", "insurance_minor",
    "penalty_minor", "ad_spend_minor", "tax_minor", "other_cost_minor", "expected_fees_minor",
)  # fmt: skip
CHARGES = ZERO[11:22]
_NUMBERS = count(1)


def sold(order_id: str, day: str, due: int, *, cost: int | None = 0, **more: object) -> Row:
    """Return one line of a paid order: due to the merchant, with the cost of its goods (None: unknown).

    The contribution follows from what is given, as profit is defined.
    """
    row: Row = {
        **dict.fromkeys(ZERO, 0),
        "shop_id": 1,
        "order_id": order_id,
        "line_key": f"{order_id}-{next(_NUMBERS)}",
        "paid_date": date.fromisoformat(day),
        "order_kind": "ordinary",
        "line_kind": "product",
        "quantity": 1,
        "list_minor": due,
        "paid_minor": due,
        "receivable_minor": due,
        "listed_cost_minor": cost,
        "goods_cost_minor": cost,
        "goods_back_minor": None if cost is None else 0,
        "is_settled": True,
        "evidence": "counted",
        "currency": "CNY",
        "batch_id": 1,
        "row_no": next(_NUMBERS),
    } | more
    row["cost_known"] = row["goods_cost_minor"] is not None
    row["contribution_minor"] = _contribution(row)
    return row


def _contribution(row: Row) -> int | None:
    amounts = {name: int(str(row[name] or 0)) for name in (*ZERO, "receivable_minor", "goods_cost_minor")}
    if row["goods_cost_minor"] is None:
        return None
    net = amounts["receivable_minor"] - amounts["refunded_minor"] - amounts["borne_back_minor"]
    left = net - amounts["goods_cost_minor"] if row["order_kind"] == "ordinary" else 0
    return left - sum(amounts[name] for name in CHARGES)


def entry(account: str, day: str, amount: int, **more: object) -> Row:
    """Return an amount that belongs to no line; what adds to profit is positive."""
    key = f"{account}-{next(_NUMBERS)}"
    return {
        "shop_id": 1,
        "entry_key": key,
        "day": date.fromisoformat(day),
        "account": account,
        "amount_minor": amount,
        "outlay_minor": -amount,
        "evidence": "counted",
        "rule": account,
        "source_table": "ad_spend",
        "source_key": key,
        "currency": "CNY",
        "batch_id": 1,
        "row_no": next(_NUMBERS),
    } | more


def paid_order(order_id: str, day: str, amount: int, **more: object) -> Row:
    """Return the header of a paid order."""
    moment = datetime.fromisoformat(f"{day}T12:00:00")
    return {
        "shop_id": 1,
        "order_id": order_id,
        "created_date": moment.date(),
        "created_at": moment,
        "paid_date": moment.date(),
        "paid_at": moment,
        "paid_hour": 12,
        "is_paid": True,
        "created_minor": amount,
        "paid_minor": amount,
        "refunded_minor": 0,
        "currency": "CNY",
        "n_lines": 1,
    } | more


def given_back(order_id: str, paid: str, amount: int, *, after_days: int = 1, **more: object) -> Row:
    """Return a refund that succeeded some days after its order was paid."""
    day = date.fromisoformat(paid)
    return {
        "shop_id": 1,
        "refund_id": f"r-{order_id}-{next(_NUMBERS)}",
        "basis": "case",
        "order_id": order_id,
        "has_order": True,
        "status": "succeeded",
        "refunded_minor": amount,
        "cohort_date": day,
        "cohort_hour": 12,
        "refunded_date": day + timedelta(days=after_days),
        "currency": "CNY",
    } | more


def fact(key: str, **columns: object) -> Row:
    """Return a row of an imported fact."""
    return {"shop_id": 1, "fact_key": key, "currency": "CNY", "batch_id": 1, "row_no": next(_NUMBERS)} | columns
