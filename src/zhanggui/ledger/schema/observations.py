"""What files said, beneath the canonical tables: the newest word of each layout about each object.

The canonical rows are a pure function of these tables, so the order in which files are loaded cannot matter
(``docs/adr/0002-the-ledger-is-a-projection-of-observations.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from zhanggui.ledger.schema.facts import fact_tables
from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.tables import ORDER_HEADER, ORDER_LINE, PARTY_PII, REFUND, TABLES

_NONE = PersonalClass.NONE


def _column(name: str, type_: ColumnType, note: str, *, nullable: bool = True) -> Column:
    return Column(name, type_, note, _NONE, nullable)


_LAYOUT = _column("layout", ColumnType.INTEGER, "Which columns of which format spoke.", nullable=False)
_VERSION = (
    _column("version_at", ColumnType.TIMESTAMP, "How new the row is; null sorts first."),
    _column("status_rank", ColumnType.INTEGER, "How far the status is.", nullable=False),
    _column("time_precision", ColumnType.INTEGER, "0 day, 1 minute, 2 second, 3 finer.", nullable=False),
    _column("row_hash", ColumnType.HASH, "Hash of the row's content.", nullable=False),
)
VERSION_COLUMNS = tuple(column.name for column in _VERSION)
"""Newer wins: compared in this order, a larger value is newer."""

_SET_VERSION = tuple(
    _column(f"set_{column.name}", column.type, f"Of the newest file that lists the line: {column.name} of its set.")
    for column in _VERSION
)
SET_VERSION_COLUMNS = tuple(column.name for column in _SET_VERSION)
"""How new a file is as to the set of lines that it lists of an order; null for files that only add lines."""


def _taken(table: Table, *names: str) -> tuple[Column, ...]:
    return tuple(replace(table.column(name), nullable=True) for name in names)


def _key(table: Table, *names: str) -> tuple[Column, ...]:
    return tuple(table.column(name) for name in names)


STATED_AMOUNTS = tuple(f"stated_{name}" for name in SHARED_AMOUNTS)
"""What a file states of the amounts that an order shares with its lines."""

_STATED = tuple(_column(name, ColumnType.BIGINT, "As the file states it, in minor units.") for name in STATED_AMOUNTS)
_ESTIMATED = _column(
    "estimated_refund_minor", ColumnType.BIGINT, "Paid and given back as the status says, the amount not stated."
)

ORDER_VALUES = (
    "buyer_key",
    "status",
    "status_raw",
    "close_reason",
    "created_at",
    "paid_at",
    "shipped_at",
    "completed_at",
    "created_date",
    "created_hour",
    "stated_paid_date",
    "stated_paid_hour",
    "parent_order_id",
    "is_close_open",
    "says_presale",
    "is_deposit_paid",
    "deposit_minor",
    "balance_minor",
    "deposit_paid_at",
    "stated_deposit_date",
    "order_amount_minor",
    "discount_minor",
    *STATED_AMOUNTS,
    "stated_paid_minor",
    "stated_refund_minor",
    "estimated_refund_minor",
    "currency",
    "province",
    "city",
    "country",
    "channel",
    "campaign",
    "creator_id",
)
TOKEN_VALUES = ("account_token", "name_token", "phone_token", "email_token", "address_token")
LINE_VALUES = (
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
    "currency",
    "line_status_raw",
    "refund_status",
    "refund_status_raw",
)
REFUND_VALUES = (
    "basis",
    "order_id",
    "line_key",
    "refund_type",
    "stage",
    "status",
    "status_raw",
    "reason_raw",
    "requested_minor",
    "refunded_minor",
    "applied_at",
    "refunded_at",
    "refunded_date",
    "own_date",
    "has_refund_time",
    "quantity",
    "product_id",
    "sku_id",
    "product_title",
    "sku_spec",
    "category",
    "brand",
    "currency",
    "buyer_key",
    "province",
    "city",
    "country",
    "channel",
)

_SEEN = "loading: the newest row of each layout"

ORDER_DERIVED = (
    "paid_date",
    "paid_hour",
    "is_paid",
    *SHARED_AMOUNTS,
    "created_minor",
    "paid_minor",
    "refunded_minor",
    "is_presale",
    "deposit_paid_date",
    "order_kind",
    "n_lines",
)
MERGED_LAYOUT = 0
"""Layout of the current row of an order that several layouts describe."""

ORDER_SEEN = Table(
    name="order_seen",
    grain="one order as one layout last described it; or, of several layouts, what follows from them",
    key=("shop_id", "order_id", "layout"),
    source=_SEEN,
    retention=Retention.LEDGER,
    is_sparse=True,
    columns=(
        *_key(ORDER_HEADER, "shop_id", "order_id"),
        _LAYOUT,
        _column("is_current", ColumnType.BOOLEAN, "The row that order_header shows.", nullable=False),
        *_taken(ORDER_HEADER, *(name for name in ORDER_VALUES if name in ORDER_HEADER.column_names)),
        *_STATED,
        _ESTIMATED,
        replace(ORDER_HEADER.column("paid_date"), name="stated_paid_date", note="Day of paid_at."),
        replace(ORDER_HEADER.column("paid_hour"), name="stated_paid_hour", note="Hour of paid_at."),
        replace(ORDER_HEADER.column("paid_date"), name="stated_deposit_date", note="Day of deposit_paid_at."),
        _column("is_close_open", ColumnType.BOOLEAN, "The file closes the order, not knowing whether it was paid."),
        _column("says_presale", ColumnType.BOOLEAN, "Whether the file says that it is a pre-sale."),
        _column("is_deposit_paid", ColumnType.BOOLEAN, "Whether the file says that the deposit is paid."),
        _column("counts_as_paid", ColumnType.BOOLEAN, "The map says that every order is paid.", nullable=False),
        *_taken(ORDER_HEADER, *ORDER_DERIVED),
        *_VERSION,
        *_key(ORDER_HEADER, "batch_id", "row_no"),
    ),
)

LINE_SEEN = Table(
    name="line_seen",
    grain="one order line as one layout last described it",
    key=("shop_id", "order_id", "layout", "line_key"),
    source=_SEEN,
    retention=Retention.LEDGER,
    columns=(
        *_key(ORDER_LINE, "shop_id", "order_id", "line_key"),
        _LAYOUT,
        _column("is_set", ColumnType.BOOLEAN, "The file lists an order's lines completely.", nullable=False),
        *_taken(ORDER_LINE, *LINE_VALUES),
        _column("stated_paid_minor", ColumnType.BIGINT, "Paid for this line, gross of refunds, as stated."),
        _column("stated_refund_minor", ColumnType.BIGINT, "Refunded on this line, as stated."),
        *_STATED,
        _ESTIMATED,
        *_SET_VERSION,
        *_VERSION,
        *_key(ORDER_LINE, "batch_id", "row_no"),
    ),
)

REFUND_SEEN = Table(
    name="refund_seen",
    grain="one after-sale case or refund line as last described",
    key=("shop_id", "refund_id"),
    source=_SEEN,
    retention=Retention.LEDGER,
    columns=(
        *_key(REFUND, "shop_id", "refund_id"),
        *_taken(REFUND, *(name for name in REFUND_VALUES if name in REFUND.column_names)),
        replace(REFUND.column("refunded_date"), name="own_date", note="Refunded, else applied for, as the file says."),
        _column("has_refund_time", ColumnType.BOOLEAN, "The file has a column for when the money went back."),
        *_VERSION,
        *_key(REFUND, "batch_id", "row_no"),
    ),
)


def _declared(table: Table, name: str) -> Table:
    """Return the observation twin of a table whose newest row wins whole."""
    values = tuple(column for column in table.columns if column.name not in {"is_declared", "batch_id", "row_no"})
    return replace(
        table,
        name=name,
        grain=table.grain + ", as last declared",
        source=_SEEN,
        columns=(*values, *_VERSION, *_key(table, "batch_id", "row_no")),
    )


PRODUCT_SEEN = _declared(TABLES["product"], "product_seen")
SKU_SEEN = _declared(TABLES["sku"], "sku_seen")
CUSTOMER_SEEN = replace(
    _declared(TABLES["customer"], "customer_seen"),
    columns=(
        *_key(TABLES["customer"], "shop_id", "buyer_key"),
        *_taken(TABLES["customer"], "province", "city", "country"),
        *_VERSION,
        *_key(TABLES["customer"], "batch_id", "row_no"),
    ),
)

PARTY_SEEN = _declared(PARTY_PII, "party_seen")

LAYOUT = Table(
    name="layout",
    grain="one set of columns of one format",
    key=("layout",),
    source="every import",
    retention=Retention.LEDGER,
    columns=(
        _LAYOUT,
        _column("name", ColumnType.TEXT, "Format and digest of its columns.", nullable=False),
        _column("columns", ColumnType.TEXT, "Ledger columns it fills, separated by blanks.", nullable=False),
        _column("owns", ColumnType.BOOLEAN, "A blank of its own columns is a fact.", nullable=False),
    ),
)

OBSERVATIONS: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (ORDER_SEEN, LINE_SEEN, REFUND_SEEN, PRODUCT_SEEN, SKU_SEEN, CUSTOMER_SEEN, PARTY_SEEN, LAYOUT)
    }
)
FACT_TABLES: Mapping[str, Table] = fact_tables(_VERSION)
"""Tables whose newest row counts whole and is shown as it was said."""

ALL_TABLES: Mapping[str, Table] = MappingProxyType({**TABLES, **FACT_TABLES, **OBSERVATIONS})
"""Every table of the ledger file."""
