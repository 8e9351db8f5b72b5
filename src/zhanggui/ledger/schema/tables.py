"""The tables of the ledger, declared once (catalogue C-COLLECT, C-QUAL; model: ``docs/concepts/ledger.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.ledger.schema.derived_tables import DERIVED_TABLES
from zhanggui.ledger.schema.event_tables import EVENT_TABLES
from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.quality_tables import QUALITY_CHECK, QUALITY_RESULT
from zhanggui.ledger.schema.vocabulary import (
    ADJUSTMENT_KIND,
    LINE_KIND,
    ORDER_KIND,
    ORDER_STATUS,
    PLATFORM,
    REFUND_BASIS,
    REFUND_STAGE,
    REFUND_STATUS,
    REFUND_TYPE,
    ROW_CLASS,
    UNDATED_REASON,
)

_NONE = PersonalClass.NONE
_PSEUDONYM = PersonalClass.PSEUDONYM


def _text(
    name: str,
    note: str,
    *,
    personal: PersonalClass = _NONE,
    nullable: bool = True,
    allowed: tuple[str, ...] = (),
) -> Column:
    return Column(name, ColumnType.TEXT, note, personal, nullable, allowed=allowed)


def _money(name: str, note: str, *, nullable: bool = True) -> Column:
    return Column(name, ColumnType.BIGINT, note, _NONE, nullable, unit="minor units of `currency`")


def _plain(name: str, type_: ColumnType, note: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    return Column(name, type_, note, _NONE, nullable, unit=unit)


def _time(name: str, note: str) -> Column:
    return Column(name, ColumnType.TIMESTAMP, note, _NONE, unit="UTC")


def _day(name: str, note: str) -> Column:
    return Column(name, ColumnType.DATE, note, _NONE, unit="business day of the store")


def _hour(name: str, note: str) -> Column:
    return Column(name, ColumnType.INTEGER, note, _NONE, unit="hour 0-23, store's local time")


_SHOP = _plain("shop_id", ColumnType.INTEGER, "The store.", nullable=False)
_LINEAGE = (
    _plain("batch_id", ColumnType.INTEGER, "The import that holds the source row.", nullable=False),
    _plain("row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", nullable=False),
)
_CURRENCY = _text("currency", "ISO 4217 code.", nullable=False)
_REGION = (
    _text("province", "Canonical province name (江苏, 内蒙古)."),
    _text("city", "City as the file writes it."),
    _text("country", "Country as the file writes it."),
)
_ITEM = (
    _text("product_id", "Platform product id."),
    _text("sku_id", "Platform or merchant SKU id."),
    _text("product_title", "Title on the order."),
    _text("sku_spec", "Variant text such as colour and size."),
    _text("category", "Category as the file writes it."),
    _text("brand", "Brand as the file writes it."),
)
_BUYER = _text("buyer_key", "Keyed token of a stable buyer id; null when nothing identifies.", personal=_PSEUDONYM)

SHARED_AMOUNTS = (
    "shipping_minor",
    "merchant_discount_minor",
    "platform_discount_minor",
    "creator_discount_minor",
    "payment_discount_minor",
    "receivable_minor",
)
"""Amounts of an order that its lines share: what a file states of lines, or the order's own by allocation."""

_BEARERS = (
    _money("merchant_discount_minor", "Discount that the merchant bears."),
    _money("platform_discount_minor", "Discount that the platform bears."),
    _money("creator_discount_minor", "Discount that a creator bears."),
    _money("payment_discount_minor", "Discount that the payment channel bears."),
    _money("receivable_minor", "What the merchant is due, gross of refunds, before fees."),
)

STORE = Table(
    name="store",
    grain="one store (店铺) of the company",
    key=("shop_id",),
    source="named by files, folders or the operator",
    retention=Retention.LEDGER,
    columns=(
        _SHOP,
        _text("platform", "Platform the store is on.", nullable=False, allowed=PLATFORM),
        _text("name", "Store name (店铺名称).", nullable=False),
        _text("source_shop_id", "The platform's own store id."),
        _text("tz", "IANA time zone of the business day.", nullable=False),
        _text("currency", "Currency of amounts that name none.", nullable=False),
        _plain("is_provisional", ColumnType.BOOLEAN, "Named after its platform until a file names it.", nullable=False),
    ),
)

SOURCE_BATCH = Table(
    name="source_batch",
    grain="one imported file (or sheet of it)",
    key=("batch_id",),
    source="every import",
    retention=Retention.LEDGER,
    columns=(
        _plain("batch_id", ColumnType.INTEGER, "Number of the import.", nullable=False),
        _SHOP,
        _text("platform", "Platform of the store.", nullable=False, allowed=PLATFORM),
        _text("dataset", "Input table: orders, order_lines, refunds, products, customers.", nullable=False),
        _text("format_id", "Recognised format, or map:NAME.", nullable=False),
        _text("file_name", "Name of the file as given.", nullable=False),
        _text("sheet", "Sheet or archive member."),
        _text("sha256", "Digest of the file's bytes.", nullable=False),
        _text("header_signature", "Digest of the normalised header.", nullable=False),
        _text("encoding", "Encoding that was found."),
        _time("version_at", "Age of rows without a modified time of their own."),
        _time("loaded_at", "When the import was committed."),
        _day("period_start", "First business day in the file."),
        _day("period_end", "Last business day in the file."),
        *(_plain(word, ColumnType.BIGINT, f"Rows classed {word}.", nullable=False) for word in ROW_CLASS),
        _plain("received", ColumnType.BIGINT, "Data rows in the file.", nullable=False),
        _plain("non_data", ColumnType.BIGINT, "Titles, footers and blank rows.", nullable=False),
        _text("currency", "Currency of the totals."),
        _text("file_total", "Exact sum of the file's headline amount, as decimal text."),
        _text("ledger_total", "What the ledger holds of it, as decimal text."),
        _text("rounding", "file_total minus ledger_total caused by excess digits, as decimal text."),
    ),
)

RAW_RECORD = Table(
    name="raw_record",
    grain="one data row of one import, without its payload",
    key=("batch_id", "row_no"),
    source="every import",
    retention=Retention.LEDGER,
    columns=(
        *_LINEAGE,
        _plain("row_hash", ColumnType.HASH, "Hash of the row's text.", nullable=False),
        _text("row_class", "What became of the row.", nullable=False, allowed=ROW_CLASS),
    ),
)

ORDER_HEADER = Table(
    name="order_header",
    grain="one main order of one store",
    key=("shop_id", "order_id"),
    view_of="order_seen",
    source="order reports, or the lines of an item report",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("order_id", "Platform order id, as text.", nullable=False),
        _BUYER,
        _text("status", "Canonical status; null when the file has none.", allowed=ORDER_STATUS),
        _text("status_raw", "Status word of the file."),
        _text("close_reason", "Why the order was closed, as the file says."),
        _time("created_at", "Order created."),
        _time("paid_at", "Order fully paid."),
        _time("shipped_at", "Goods shipped."),
        _time("completed_at", "Receipt confirmed."),
        _day("created_date", "Day the order was created."),
        _hour("created_hour", "Hour the order was created."),
        _day("paid_date", "Day the order was paid; its created day where the file states only that it was paid."),
        _hour("paid_hour", "Hour the order was paid."),
        _plain("is_paid", ColumnType.BOOLEAN, "Null when the file does not tell, or the status is unknown."),
        _text("parent_order_id", "Order that it was split from, or paid with; null for an order of its own."),
        _text("order_kind", "Marked orders leave operating metrics.", nullable=False, allowed=ORDER_KIND),
        _plain("is_presale", ColumnType.BOOLEAN, "Paid in two payments; null when the file does not tell."),
        _money("deposit_minor", "Deposit (定金), paid or not; part of what the buyer pays."),
        _money("balance_minor", "Balance (尾款) due after the deposit."),
        _time("deposit_paid_at", "Deposit paid, where the file tells when."),
        _day("deposit_paid_date", "Day of the deposit; its created day where the file states only that it was paid."),
        _money("order_amount_minor", "Order total as the file states it."),
        _money("discount_minor", "Discount as the file states it."),
        _money("shipping_minor", "Postage, as the file states it of the order or of its lines."),
        *_BEARERS,
        _money("stated_paid_minor", "What the buyer paid, gross of refunds, as the file states it."),
        _money("stated_refund_minor", "Refund total as the order file states it."),
        _money("created_minor", "Order amount, else the sum of its lines.", nullable=False),
        _money("paid_minor", "Paid amount, else order amount, else lines; 0 unpaid, null unknown."),
        _money("refunded_minor", "Confirmed refunds of the order.", nullable=False),
        _CURRENCY,
        *_REGION,
        _text("channel", "Sales channel as the file writes it."),
        _text("campaign", "Campaign as the file writes it."),
        _text("creator_id", "Creator (达人) who brought the order, as the platform numbers them."),
        _plain("n_lines", ColumnType.INTEGER, "Lines held for the order.", nullable=False),
        *_LINEAGE,
    ),
)

ORDER_LINE = Table(
    name="order_line",
    grain="one SKU line of one order",
    key=("shop_id", "order_id", "line_key"),
    source="item reports, sub-order reports and mapped line files",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "order_id": "order_header"}),
    columns=(
        _SHOP,
        _text("order_id", "Order of the line.", nullable=False),
        _text("line_key", "Sub-order id, else content hash and occurrence.", nullable=False),
        *_ITEM,
        _text("line_kind", "What the line is.", nullable=False, allowed=LINE_KIND),
        _plain("quantity", ColumnType.QUANTITY, "Units on the line; 0 is valid.", unit="units"),
        _money("unit_price_minor", "Price of one unit."),
        _money("line_amount_minor", "Amount of the line as the file states it, else quantity × price."),
        _money("cost_minor", "Cost of the line as the file states it."),
        _money("created_minor", "The order's created amount, allocated to this line.", nullable=False),
        _money("paid_minor", "The order's paid amount, allocated to this line."),
        _money("shipping_minor", "The line's postage, or its share of the order's."),
        *_BEARERS,
        _CURRENCY,
        _text("line_status_raw", "Status word on the line."),
        _text("refund_status", "After-sale state of the line; null where there is none.", allowed=REFUND_STATUS),
        _text("refund_status_raw", "After-sale word of the file."),
        *_LINEAGE,
    ),
)

REFUND = Table(
    name="refund",
    grain="one after-sale case, refund line, or an order's refund total beyond its cases",
    key=("shop_id", "refund_id"),
    source="refund files, refund lines, the refund column of order reports",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("refund_id", "Refund case id, or a derived one.", nullable=False),
        _text("basis", "Where the row comes from.", nullable=False, allowed=REFUND_BASIS),
        _text("order_id", "Order refunded; null or unmatched when none is known."),
        _text("line_key", "Line refunded, where the file names its sub-order."),
        _plain("has_order", ColumnType.BOOLEAN, "Whether the ledger holds that order.", nullable=False),
        _text("refund_type", "Kind of after-sale.", allowed=REFUND_TYPE),
        _text("stage", "Before shipping, after shipping, after receipt.", allowed=REFUND_STAGE),
        _text("status", "Canonical refund status.", allowed=REFUND_STATUS),
        _text("status_raw", "Status word of the file."),
        _text("reason_raw", "Reason as the file writes it."),
        _money("requested_minor", "Amount asked for."),
        _money("refunded_minor", "Confirmed refund, signed; 0 until it succeeds.", nullable=False),
        _time("applied_at", "Refund asked for."),
        _time("refunded_at", "Refund succeeded."),
        _day("cohort_date", "Paid day of its order, else the refund's own day."),
        _hour("cohort_hour", "Hour that goes with cohort_date."),
        _day("refunded_date", "Day the refund succeeded; null for the reason beside it."),
        _text("undated_reason", "Why refunded_date is null.", allowed=UNDATED_REASON),
        _text("order_kind", "Kind of its order.", nullable=False, allowed=ORDER_KIND),
        _plain("quantity", ColumnType.QUANTITY, "Units returned.", unit="units"),
        *_ITEM,
        _CURRENCY,
        _BUYER,
        *_REGION,
        _text("channel", "Channel of its order."),
        *_LINEAGE,
    ),
)

ADJUSTMENT = Table(
    name="adjustment",
    grain="one amount that is neither order nor refund, such as a bad-debt entry",
    key=("shop_id", "adjustment_id"),
    source="mapped files whose map classes rows as adjustments",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("adjustment_id", "Derived id.", nullable=False),
        _text("kind", "What it is.", nullable=False, allowed=ADJUSTMENT_KIND),
        _text("source_id", "Id in the file."),
        _text("note", "Text of the row."),
        _money("amount_minor", "Amount, signed.", nullable=False),
        _CURRENCY,
        _time("occurred_at", "When it was booked."),
        _day("occurred_date", "Day it was booked."),
        *_LINEAGE,
    ),
)

PRODUCT = Table(
    name="product",
    grain="one product of one store",
    key=("shop_id", "product_id"),
    source="product files; else the titles on order lines",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("product_id", "Platform product id.", nullable=False),
        _text("title", "Product title."),
        _text("category", "Category."),
        _text("brand", "Brand."),
        _plain("is_declared", ColumnType.BOOLEAN, "From a product file, not from lines.", nullable=False),
        *_LINEAGE,
    ),
)

SKU = Table(
    name="sku",
    grain="one SKU of one store",
    key=("shop_id", "sku_id"),
    source="product files; else order lines",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("sku_id", "Platform or merchant SKU id.", nullable=False),
        _text("product_id", "Its product."),
        _text("spec", "Variant text."),
        _money("list_price_minor", "Price of one unit."),
        _money("cost_minor", "Cost of one unit, as declared."),
        *_LINEAGE,
    ),
)

CUSTOMER = Table(
    name="customer",
    grain="one identified buyer of one store",
    key=("shop_id", "buyer_key"),
    source="customer files; else the stable buyer ids of orders",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("buyer_key", "Keyed token of the buyer id.", personal=_PSEUDONYM, nullable=False),
        *_REGION,
        *_LINEAGE,
    ),
)

PARTY_PII = Table(
    name="party_pii",
    grain="keyed tokens of the personal fields of one order's receiver or one customer",
    key=("shop_id", "party_kind", "party_id"),
    source="order and customer files; clear text stays in the encrypted raw file only",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("party_kind", "order (its receiver) or customer.", nullable=False, allowed=("order", "customer")),
        _text("party_id", "Order id, or buyer key.", personal=_PSEUDONYM, nullable=False),
        *(
            _text(f"{field}_token", f"Token of the {field}; null when masked or absent.", personal=_PSEUDONYM)
            for field in ("account", "name", "phone", "email", "address")
        ),
        *_LINEAGE,
    ),
)

DATA_ISSUE = Table(
    name="data_issue",
    grain="one finding about one row, or one kind of finding about one import",
    key=("issue_id",),
    source="every import",
    retention=Retention.QUARANTINE,
    columns=(
        _text("issue_id", "Derived id.", nullable=False),
        _plain("batch_id", ColumnType.INTEGER, "The import.", nullable=False),
        _plain("row_no", ColumnType.BIGINT, "Row of the file; null for the whole file."),
        _text("column_name", "Header of the cell, or canonical name."),
        _text("rule", "Which rule spoke.", nullable=False),
        _text("severity", "What it means.", nullable=False, allowed=("info", "warning", "quarantined", "rejected")),
        Column("value_sealed", ColumnType.BLOB, "The cell, encrypted with the shop's key.", PersonalClass.PERSONAL),
        _plain("n_rows", ColumnType.BIGINT, "Rows concerned.", nullable=False),
        _money("money_minor", "Money concerned."),
        _text("currency", "Currency of that money."),
        _text("status", "Whether it still stands.", nullable=False, allowed=("open", "resolved")),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            STORE,
            SOURCE_BATCH,
            RAW_RECORD,
            ORDER_HEADER,
            ORDER_LINE,
            REFUND,
            ADJUSTMENT,
            PRODUCT,
            SKU,
            CUSTOMER,
            PARTY_PII,
            DATA_ISSUE,
            *EVENT_TABLES,
            *DERIVED_TABLES,
            QUALITY_CHECK,
            QUALITY_RESULT,
        )
    }
)
"""Every canonical table by name. The observation tables, which loading keeps beneath them, are added by
:mod:`zhanggui.ledger.schema.observations`."""
