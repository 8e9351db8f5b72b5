"""Which columns each input table takes, in which order, and which amount heads its ledger equation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.column_typing import ColumnTyping, filled


@dataclass(frozen=True, slots=True)
class DatasetColumns:
    """How one input table is typed.

    Attributes
    ----------
    take : callable
        Types the columns of a batch.
    headline : tuple of str
        The amount that the file's total is made of: the first of these that the file has.
    line_level : frozenset of str
        Columns that belong to a line rather than to its order; empty where a row is one object.
    """

    take: Callable[[ColumnTyping], None]
    headline: tuple[str, ...] = ()
    line_level: frozenset[str] = frozenset()


def _take_order_values(work: ColumnTyping) -> None:
    """Columns that describe an order, in order files and line files alike."""
    work.take_id("order_id", "order_id", is_required=True)
    work.take_time("created_at", "created_at", day="created_date", hour="created_hour", is_required=True)
    work.take_time("paid_at", "paid_at", day="stated_paid_date", hour="stated_paid_hour")
    work.take_time("shipped_at", "shipped_at")
    work.take_time("completed_at", "completed_at")
    work.take_time("modified_at", "modified_at")
    work.take_status("status")
    work.take_text("close_reason", "close_reason")
    for name, target in (
        ("order_amount", "order_amount_minor"),
        ("discount_amount", "discount_minor"),
        ("shipping_amount", "shipping_minor"),
        ("paid_amount", "stated_paid_minor"),
        ("refund_amount", "stated_refund_minor"),
    ):
        work.take_money(name, target)
    for name in ("channel", "campaign"):
        work.take_text(name, name)
    work.take_currency()
    work.take_region()
    work.take_buyer()
    work.take_tokens()
    _check_paid(work)


def _check_paid(work: ColumnTyping) -> None:
    """Bring the paid amount before refunds, and refuse a refund above it."""
    out = work.out
    if "stated_paid_minor" not in out:
        return
    paid = pc.fill_null(out["stated_paid_minor"], 0)
    work.flag(filled(pc.less(paid, 0)), "negative_amount", "paid_amount")
    if "stated_refund_minor" not in out:
        return
    refund = pc.fill_null(out["stated_refund_minor"], 0)
    most = paid
    if work.layout.options.paid_is_net_of_refunds:
        out["stated_paid_minor"] = pc.add(paid, refund)
        most = pc.fill_null(out["order_amount_minor"], 0) if "order_amount_minor" in out else out["stated_paid_minor"]
    if work.layout.is_platform:
        work.flag(filled(pc.greater(refund, most)), "refund_above_paid", "refund_amount")
    work.flag(filled(pc.less(refund, 0)), "negative_amount", "refund_amount")


def _take_item(work: ColumnTyping) -> None:
    work.take_id("product_id", "product_id")
    work.take_id("sku_id", "sku_id")
    for name in ("product_title", "sku_spec", "category", "brand"):
        work.take_text(name, name)
    if "product_id" not in work.out and "product_title" in work.out:
        # A file that names products by title only: the title is their identity.
        work.out["product_id"] = work.out["product_title"]


def _take_orders(work: ColumnTyping) -> None:
    _take_order_values(work)


def _take_order_lines(work: ColumnTyping) -> None:
    _take_order_values(work)
    work.take_id("line_id", "line_id", is_required=True)
    _take_item(work)
    work.take_quantity()
    work.take_money("unit_price", "unit_price_minor")
    work.take_line_amount()
    work.take_money("cost_amount", "cost_minor")
    work.take_money("line_paid_amount", "line_paid_minor")
    work.take_money("line_refund_amount", "line_refund_minor")
    work.take_text("item_status", "line_status_raw")
    work.take_roles()


_REFUND_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "仅退款": "refund_only",
        "退货退款": "return_and_refund",
        "退货": "return_and_refund",
        "换货": "exchange",
        "补寄": "reship",
        "补发": "reship",
        "维修": "repair",
        "价保": "price_protection",
        "是": "return_and_refund",
        "否": "refund_only",
        "refund_only": "refund_only",
        "return_and_refund": "return_and_refund",
        "exchange": "exchange",
    }
)


def _take_refunds(work: ColumnTyping) -> None:
    work.take_id("refund_id", "refund_id")
    work.take_id("order_id", "order_id")
    ids = [work.out[name] for name in ("refund_id", "order_id") if name in work.out]
    work.flag(filled(pc.is_null(pc.coalesce(*ids))), "missing_refund_id", "refund_id")
    work.take_time("refunded_at", "refunded_at", day="refunded_date")
    work.take_time("applied_at", "applied_at", day="applied_date")
    work.take_time("created_at", "created_at", day="created_date")
    work.take_time("modified_at", "modified_at")
    work.take_status("refund_status")
    work.take_money("refund_amount", "requested_minor")
    work.flag(filled(pc.is_null(work.out["requested_minor"])), "missing_refund_amount", "refund_amount")
    work.take_text("reason", "reason_raw")
    work.take_currency()
    for name in ("refund_type", "needs_return"):
        column = work.source(name)
        if column is not None and "refund_type" not in work.out:
            words = pc.dictionary_encode(pc.utf8_trim_whitespace(column.cast(pa.string())))
            found = [_REFUND_TYPES.get(word) for word in words.dictionary.to_pylist()]
            work.out["refund_type"] = pa.array(found, pa.string()).take(words.indices)
    _take_item(work)
    work.take_quantity()
    work.take_region()
    work.take_text("channel", "channel")
    work.take_buyer()
    work.flag(filled(pc.less(work.out["requested_minor"], 0)), "negative_amount", "refund_amount")


def _take_products(work: ColumnTyping) -> None:
    work.take_id("product_id", "product_id", is_required=True)
    work.take_id("sku_id", "sku_id")
    work.take_time("modified_at", "modified_at")
    work.take_text("product_title", "title")
    work.take_text("sku_spec", "spec")
    work.take_text("category", "category")
    work.take_text("brand", "brand")
    work.take_money("unit_price", "list_price_minor")
    work.take_currency()
    work.take_money("cost_amount", "cost_minor")


def _take_customers(work: ColumnTyping) -> None:
    work.take_buyer(is_required=True)
    work.take_time("modified_at", "modified_at")
    work.take_region()
    work.take_tokens()


_LINE_LEVEL = frozenset(
    {
        "order_id",
        "line_id",
        "product_id",
        "sku_id",
        "product_title",
        "sku_spec",
        "category",
        "brand",
        "line_kind",
        "quantity",
        "unit_price_minor",
        "line_amount_minor",
        "cost_minor",
        "line_status_raw",
        "line_paid_minor",
        "line_refund_minor",
    }
)

DATASET_COLUMNS: Mapping[str, DatasetColumns] = MappingProxyType(
    {
        "orders": DatasetColumns(_take_orders, ("order_amount_minor", "stated_paid_minor")),
        "order_lines": DatasetColumns(_take_order_lines, ("line_amount_minor", "order_amount_minor"), _LINE_LEVEL),
        "refunds": DatasetColumns(_take_refunds, ("requested_minor",)),
        "products": DatasetColumns(_take_products),
        "customers": DatasetColumns(_take_customers),
    }
)
