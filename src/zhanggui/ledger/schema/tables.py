"""The tables of the ledger, declared once (catalogue C-COLLECT, C-QUAL; model: ``docs/concepts/ledger.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.ledger.schema.derived_tables import DERIVED_TABLES
from zhanggui.ledger.schema.event_tables import EVENT_TABLES
from zhanggui.ledger.schema.identity_tables import IDENTITY_TABLES
from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.quality_tables import QUALITY_CHECK, QUALITY_RESULT
from zhanggui.ledger.schema.sales_columns import (
    BEARERS,
    BUYER,
    CURRENCY,
    ITEM,
    LINEAGE,
    PSEUDONYM,
    REGION,
    SHOP,
    day,
    hour,
    money,
    plain,
    text,
    time,
)
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

STORE = Table(
    name="store",
    grain="one store (店铺) of the company",
    key=("shop_id",),
    source="named by files, folders or the operator",
    retention=Retention.LEDGER,
    columns=(
        SHOP,
        text("platform", "Platform the store is on.", nullable=False, allowed=PLATFORM),
        text("name", "Store name (店铺名称).", nullable=False),
        text("source_shop_id", "The platform's own store id."),
        text("tz", "IANA time zone of the business day.", nullable=False),
        text("currency", "Currency of amounts that name none.", nullable=False),
        plain("is_provisional", ColumnType.BOOLEAN, "Named after its platform until a file names it.", nullable=False),
    ),
)

SOURCE_BATCH = Table(
    name="source_batch",
    grain="one imported file (or sheet of it)",
    key=("batch_id",),
    source="every import",
    retention=Retention.LEDGER,
    columns=(
        plain("batch_id", ColumnType.INTEGER, "Number of the import.", nullable=False),
        SHOP,
        text("platform", "Platform of the store.", nullable=False, allowed=PLATFORM),
        text("dataset", "Input table: orders, order_lines, refunds, products, customers.", nullable=False),
        text("format_id", "Recognised format, or map:NAME.", nullable=False),
        text("file_name", "Name of the file as given.", nullable=False),
        text("sheet", "Sheet or archive member."),
        text("sha256", "Digest of the file's bytes.", nullable=False),
        text("header_signature", "Digest of the normalised header.", nullable=False),
        text("encoding", "Encoding that was found."),
        time("version_at", "Age of rows without a modified time of their own."),
        time("loaded_at", "When the import was committed."),
        day("period_start", "First business day in the file."),
        day("period_end", "Last business day in the file."),
        *(plain(word, ColumnType.BIGINT, f"Rows classed {word}.", nullable=False) for word in ROW_CLASS),
        plain("received", ColumnType.BIGINT, "Data rows in the file.", nullable=False),
        plain("non_data", ColumnType.BIGINT, "Titles, footers and blank rows.", nullable=False),
        text("currency", "Currency of the totals."),
        text("file_total", "Exact sum of the file's headline amount, as decimal text."),
        text("ledger_total", "What the ledger holds of it, as decimal text."),
        text("rounding", "file_total minus ledger_total caused by excess digits, as decimal text."),
    ),
)

RAW_RECORD = Table(
    name="raw_record",
    grain="one data row of one import, without its payload",
    key=("batch_id", "row_no"),
    source="every import",
    retention=Retention.LEDGER,
    columns=(
        *LINEAGE,
        plain("row_hash", ColumnType.HASH, "Hash of the row's text.", nullable=False),
        text("row_class", "What became of the row.", nullable=False, allowed=ROW_CLASS),
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
        SHOP,
        text("order_id", "Platform order id, as text.", nullable=False),
        BUYER,
        text("status", "Canonical status; null when the file has none.", allowed=ORDER_STATUS),
        text("status_raw", "Status word of the file."),
        text("close_reason", "Why the order was closed, as the file says."),
        time("created_at", "Order created."),
        time("paid_at", "Order fully paid."),
        time("shipped_at", "Goods shipped."),
        time("completed_at", "Receipt confirmed."),
        day("created_date", "Day the order was created."),
        hour("created_hour", "Hour the order was created."),
        day("paid_date", "Day the order was paid; its created day where the file states only that it was paid."),
        hour("paid_hour", "Hour the order was paid."),
        plain("is_paid", ColumnType.BOOLEAN, "Null when the file does not tell, or the status is unknown."),
        text("parent_order_id", "Order that it was split from, or paid with; null for an order of its own."),
        text("order_kind", "Marked orders leave operating metrics.", nullable=False, allowed=ORDER_KIND),
        plain("is_presale", ColumnType.BOOLEAN, "Paid in two payments; null when the file does not tell."),
        money("deposit_minor", "Deposit (定金), paid or not; part of what the buyer pays."),
        money("balance_minor", "Balance (尾款) due after the deposit."),
        time("deposit_paid_at", "Deposit paid, where the file tells when."),
        day("deposit_paid_date", "Day of the deposit; its created day where the file states only that it was paid."),
        money("order_amount_minor", "Order total as the file states it."),
        money("discount_minor", "Discount as the file states it."),
        money("shipping_minor", "Postage, as the file states it of the order or of its lines."),
        *BEARERS,
        money("stated_paid_minor", "What the buyer paid, gross of refunds, as the file states it."),
        money("stated_refund_minor", "Refund total as the order file states it."),
        money("created_minor", "Order amount, else the sum of its lines.", nullable=False),
        money("paid_minor", "Paid amount, else order amount, else lines; 0 unpaid, null unknown."),
        money("refunded_minor", "Confirmed refunds of the order.", nullable=False),
        CURRENCY,
        *REGION,
        text("channel", "Sales channel as the file writes it."),
        text("campaign", "Campaign as the file writes it."),
        text("creator_id", "Creator (达人) who brought the order, as the platform numbers them."),
        plain("n_lines", ColumnType.INTEGER, "Lines held for the order.", nullable=False),
        *LINEAGE,
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
        SHOP,
        text("order_id", "Order of the line.", nullable=False),
        text("line_key", "Sub-order id, else content hash and occurrence.", nullable=False),
        *ITEM,
        text("line_kind", "What the line is.", nullable=False, allowed=LINE_KIND),
        plain("quantity", ColumnType.QUANTITY, "Units on the line; 0 is valid.", unit="units"),
        money("unit_price_minor", "Price of one unit."),
        money("line_amount_minor", "Amount of the line as the file states it, else quantity × price."),
        money("cost_minor", "Cost of the line as the file states it."),
        money("created_minor", "The order's created amount, allocated to this line.", nullable=False),
        money("paid_minor", "The order's paid amount, allocated to this line."),
        money("shipping_minor", "The line's postage, or its share of the order's."),
        *BEARERS,
        CURRENCY,
        text("line_status_raw", "Status word on the line."),
        text("refund_status", "After-sale state of the line; null where there is none.", allowed=REFUND_STATUS),
        text("refund_status_raw", "After-sale word of the file."),
        *LINEAGE,
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
        SHOP,
        text("refund_id", "Refund case id, or a derived one.", nullable=False),
        text("basis", "Where the row comes from.", nullable=False, allowed=REFUND_BASIS),
        text("order_id", "Order refunded; null or unmatched when none is known."),
        text("line_key", "Line refunded, where the file names its sub-order."),
        plain("has_order", ColumnType.BOOLEAN, "Whether the ledger holds that order.", nullable=False),
        text("refund_type", "Kind of after-sale.", allowed=REFUND_TYPE),
        text("stage", "Before shipping, after shipping, after receipt.", allowed=REFUND_STAGE),
        text("status", "Canonical refund status.", allowed=REFUND_STATUS),
        text("status_raw", "Status word of the file."),
        text("reason_raw", "Reason as the file writes it."),
        money("requested_minor", "Amount asked for."),
        money("refunded_minor", "Confirmed refund, signed; 0 until it succeeds.", nullable=False),
        time("applied_at", "Refund asked for."),
        time("refunded_at", "Refund succeeded."),
        day("cohort_date", "Paid day of its order, else the refund's own day."),
        hour("cohort_hour", "Hour that goes with cohort_date."),
        day("refunded_date", "Day the refund succeeded; null for the reason beside it."),
        text("undated_reason", "Why refunded_date is null.", allowed=UNDATED_REASON),
        text("order_kind", "Kind of its order.", nullable=False, allowed=ORDER_KIND),
        plain("quantity", ColumnType.QUANTITY, "Units returned.", unit="units"),
        *ITEM,
        CURRENCY,
        BUYER,
        *REGION,
        text("channel", "Channel of its order."),
        *LINEAGE,
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
        SHOP,
        text("adjustment_id", "Derived id.", nullable=False),
        text("kind", "What it is.", nullable=False, allowed=ADJUSTMENT_KIND),
        text("source_id", "Id in the file."),
        text("note", "Text of the row."),
        money("amount_minor", "Amount, signed.", nullable=False),
        CURRENCY,
        time("occurred_at", "When it was booked."),
        day("occurred_date", "Day it was booked."),
        *LINEAGE,
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
        SHOP,
        text("product_id", "Platform product id.", nullable=False),
        text("title", "Product title."),
        text("category", "Category."),
        text("brand", "Brand."),
        plain("is_declared", ColumnType.BOOLEAN, "From a product file, not from lines.", nullable=False),
        *LINEAGE,
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
        SHOP,
        text("sku_id", "Platform or merchant SKU id.", nullable=False),
        text("product_id", "Its product."),
        text("spec", "Variant text."),
        money("list_price_minor", "Price of one unit."),
        money("cost_minor", "Cost of one unit, as declared."),
        *LINEAGE,
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
        SHOP,
        text("buyer_key", "Keyed token of the buyer id.", personal=PSEUDONYM, nullable=False),
        *REGION,
        *LINEAGE,
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
        SHOP,
        text("party_kind", "order (its receiver) or customer.", nullable=False, allowed=("order", "customer")),
        text("party_id", "Order id, or buyer key.", personal=PSEUDONYM, nullable=False),
        *(
            text(f"{field}_token", f"Token of the {field}; null when masked or absent.", personal=PSEUDONYM)
            for field in ("account", "name", "phone", "email", "address")
        ),
        *LINEAGE,
    ),
)

DATA_ISSUE = Table(
    name="data_issue",
    grain="one finding about one row, or one kind of finding about one import",
    key=("issue_id",),
    source="every import",
    retention=Retention.QUARANTINE,
    columns=(
        text("issue_id", "Derived id.", nullable=False),
        plain("batch_id", ColumnType.INTEGER, "The import.", nullable=False),
        plain("row_no", ColumnType.BIGINT, "Row of the file; null for the whole file."),
        text("column_name", "Header of the cell, or canonical name."),
        text("rule", "Which rule spoke.", nullable=False),
        text("severity", "What it means.", nullable=False, allowed=("info", "warning", "quarantined", "rejected")),
        Column("value_sealed", ColumnType.BLOB, "The cell, encrypted with the shop's key.", PersonalClass.PERSONAL),
        plain("n_rows", ColumnType.BIGINT, "Rows concerned.", nullable=False),
        money("money_minor", "Money concerned."),
        text("currency", "Currency of that money."),
        text("status", "Whether it still stands.", nullable=False, allowed=("open", "resolved")),
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
            *IDENTITY_TABLES,
            QUALITY_CHECK,
            QUALITY_RESULT,
        )
    }
)
"""Every canonical table by name. The observation tables, which loading keeps beneath them, are added by
:mod:`zhanggui.ledger.schema.observations`."""
