"""Which columns each input table takes, in which order, and which amount heads its ledger equation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.column_typing import ColumnTyping, filled
from zhanggui.collect.loading.fact_typing import taking
from zhanggui.collect.reading.values import clean_text
from zhanggui.columns import FACTS


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


_ORDER_AMOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "order_amount": "order_amount_minor",
        "discount_amount": "discount_minor",
        "shipping_amount": "stated_shipping_minor",
        "merchant_discount": "stated_merchant_discount_minor",
        "platform_discount": "stated_platform_discount_minor",
        "creator_discount": "stated_creator_discount_minor",
        "payment_discount": "stated_payment_discount_minor",
        "receivable_amount": "stated_receivable_minor",
        "paid_amount": "stated_paid_minor",
        "refund_amount": "stated_refund_minor",
        "deposit_amount": "deposit_minor",
        "balance_amount": "balance_minor",
    }
)

LINE_AMOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "line_paid_amount": "line_paid_minor",
        "line_refund_amount": "line_refund_minor",
        "line_shipping_amount": "line_shipping_minor",
        "line_merchant_discount": "line_merchant_discount_minor",
        "line_platform_discount": "line_platform_discount_minor",
        "line_creator_discount": "line_creator_discount_minor",
        "line_payment_discount": "line_payment_discount_minor",
        "line_receivable_amount": "line_receivable_minor",
    }
)
"""What a line file states of a line itself; the amounts above, repeated on its rows, are the order's."""


def _take_order_values(work: ColumnTyping) -> None:
    """Columns that describe an order, in order files and line files alike."""
    work.take_id("order_id", "order_id", is_required=True)
    work.take_time("created_at", "created_at", day="created_date", hour="created_hour", is_required=True)
    work.take_time("paid_at", "paid_at", day="stated_paid_date", hour="stated_paid_hour")
    work.take_time("deposit_paid_at", "deposit_paid_at", day="stated_deposit_date")
    work.take_time("shipped_at", "shipped_at")
    work.take_time("completed_at", "completed_at")
    work.take_time("modified_at", "modified_at")
    work.take_text("close_reason", "close_reason")
    work.take_status("status")
    _take_presale(work)
    _take_parent(work)
    for name, target in _ORDER_AMOUNTS.items():
        work.take_money(name, target)
    for name in ("channel", "campaign"):
        work.take_text(name, name)
    _take_creator(work)
    work.take_currency()
    work.take_region()
    work.take_buyer()
    work.take_tokens()
    _check_paid(work)


_YES = re.compile("是|有|1|y|yes|true|paid|presale|(?!非|不).*预售.*|已付.*|已支付.*", re.IGNORECASE)


def _take_presale(work: ColumnTyping) -> None:
    """Whether the order is sold ahead, in two payments, and whether the first of them came."""
    for name, target in (("presale", "says_presale"), ("deposit_status", "is_deposit_paid")):
        column = work.source(name)
        if column is not None:
            words = pc.dictionary_encode(clean_text(column))
            says = [bool(_YES.fullmatch(word)) for word in words.dictionary.to_pylist()]
            work.out[target] = pa.array(says, pa.bool_()).take(words.indices)


def _take_parent(work: ColumnTyping) -> None:
    """The order that this one was split from or paid with; platforms write the order itself where there is none."""
    work.take_id("parent_order_id", "parent_order_id")
    if "parent_order_id" in work.out:
        found = work.out["parent_order_id"]
        work.out["parent_order_id"] = pc.if_else(pc.equal(found, work.out["order_id"]), None, found)


def _take_creator(work: ColumnTyping) -> None:
    """Platforms write 0 where no creator brought the order."""
    work.take_id("creator_id", "creator_id")
    if "creator_id" in work.out:
        found = work.out["creator_id"]
        work.out["creator_id"] = pc.if_else(pc.equal(found, "0"), None, found)


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
    _take_estimates(work)


def _take_estimates(work: ColumnTyping) -> None:
    """Of the line where the file says what was paid for it, else of the order."""
    line = "line_estimated_refund_minor"
    work.take_estimated_refund(line, paid="line_paid_minor", stated="line_refund_minor")
    if line not in work.out and "line_refund_minor" not in work.out:
        work.take_estimated_refund("estimated_refund_minor", paid="stated_paid_minor", stated="stated_refund_minor")


def _take_order_lines(work: ColumnTyping) -> None:
    _take_order_values(work)
    work.take_id("line_id", "line_id", is_required=True)
    work.take_text("package_id", "package_id")
    _take_item(work)
    work.take_quantity()
    work.take_money("unit_price", "unit_price_minor")
    work.take_line_amount()
    work.take_money("cost_amount", "cost_minor")
    for name, target in LINE_AMOUNTS.items():
        work.take_money(name, target)
    work.take_text("item_status", "line_status_raw")
    work.take_refund_status()
    _take_estimates(work)
    work.take_roles()


_REFUND_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "仅退款": "refund_only",
        "未发货仅退款": "refund_only",
        "已发货仅退款": "refund_only",
        "取消订单": "cancel",
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
_NO_MONEY = ("exchange", "reship", "repair")
"""Kinds of after-sale that give goods or work, not money."""

_REFUND_STAGES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("未发货", "卖家未发货", "未出库"), "before_ship"),
        **dict.fromkeys(("已发货", "卖家已发货", "已出库"), "after_ship"),
    }
)


def _take_refunds(work: ColumnTyping) -> None:
    work.take_id("refund_id", "refund_id")
    work.take_id("order_id", "order_id")
    work.take_id("line_id", "line_key")
    ids = [work.out[name] for name in ("refund_id", "order_id") if name in work.out]
    work.flag(filled(pc.is_null(pc.coalesce(*ids))), "missing_refund_id", "refund_id")
    work.take_time("refunded_at", "refunded_at", day="refunded_date")
    work.take_time("applied_at", "applied_at", day="applied_date")
    work.take_time("created_at", "created_at", day="created_date")
    work.take_time("modified_at", "modified_at")
    work.take_status("refund_status")
    work.take_money("refund_amount", "requested_minor")
    if work.layout.is_platform and "status" not in work.out:
        # A file without a status column shows an amount once the money went back.
        is_back = pc.is_valid(work.out["requested_minor"])
        work.out["status"] = pc.if_else(is_back, "succeeded", "requested")
    work.take_text("reason", "reason_raw")
    work.take_currency()
    for name in ("refund_type", "needs_return"):
        if "refund_type" not in work.out:
            _take_words(work, name, "refund_type", _REFUND_TYPES)
    _take_words(work, "goods_status", "stage", _REFUND_STAGES)
    _check_requested(work)
    _take_item(work)
    work.take_quantity()
    work.take_region()
    work.take_text("channel", "channel")
    work.take_buyer()
    work.flag(filled(pc.less(work.out["requested_minor"], 0)), "negative_amount", "refund_amount")


def _take_words(work: ColumnTyping, name: str, target: str, known: Mapping[str, str]) -> None:
    column = work.source(name)
    if column is not None:
        words = pc.dictionary_encode(pc.utf8_trim_whitespace(column.cast(pa.string())))
        found = [known.get(word) for word in words.dictionary.to_pylist()]
        work.out[target] = pa.array(found, pa.string()).take(words.indices)


def _check_requested(work: ColumnTyping) -> None:
    """A case without an amount is faulty unless none is due: goods for goods, or no money that went back yet."""
    amount = work.out["requested_minor"]
    is_missing = filled(pc.is_null(amount))
    if not is_missing.any():
        return
    is_due = is_missing.copy()
    if work.layout.is_platform and "refund_type" in work.out:
        is_due &= ~filled(pc.is_in(work.out["refund_type"], pa.array(_NO_MONEY)))
    if work.layout.is_platform and "status" in work.out:
        is_due &= filled(pc.equal(work.out["status"], "succeeded"))
    work.flag(is_due, "missing_refund_amount", "refund_amount")
    work.out["requested_minor"] = pc.if_else(pa.array(is_missing & ~is_due), 0, amount)


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
        "refund_status",
        "refund_status_raw",
        "line_estimated_refund_minor",
        *LINE_AMOUNTS.values(),
    }
)

DATASET_COLUMNS: Mapping[str, DatasetColumns] = MappingProxyType(
    {
        "orders": DatasetColumns(_take_orders, ("order_amount_minor", "stated_paid_minor")),
        "order_lines": DatasetColumns(_take_order_lines, ("line_amount_minor", "order_amount_minor"), _LINE_LEVEL),
        "refunds": DatasetColumns(_take_refunds, ("requested_minor",)),
        "products": DatasetColumns(_take_products),
        "customers": DatasetColumns(_take_customers),
        **{
            name: DatasetColumns(taking(fact), (fact.headline,) if fact.headline else ())
            for name, fact in FACTS.items()
        },
    }
)
