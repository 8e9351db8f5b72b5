"""The tables of profit: what every order line earned, and what belongs to no line."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.vocabulary import ENTRY_ACCOUNT, LINE_KIND, ORDER_KIND, PROFIT_EVIDENCE

_NONE = PersonalClass.NONE
_MINOR = "minor units of `currency`"
_BUSINESS_DAY = "business day of the store"


def _text(name: str, note: str, *, nullable: bool = True, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, note, _NONE, nullable, allowed=allowed)


def _money(name: str, note: str, *, nullable: bool = False) -> Column:
    return Column(name, ColumnType.BIGINT, note, _NONE, nullable, unit=_MINOR)


def _day(name: str, note: str) -> Column:
    return Column(name, ColumnType.DATE, note, _NONE, nullable=False, unit=_BUSINESS_DAY)


_SHOP = Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, nullable=False)
_CURRENCY = _text("currency", "ISO 4217 code.", nullable=False)

COST_COLUMNS = (
    "freight_minor",
    "return_freight_minor",
    "packaging_minor",
    "commission_minor",
    "service_fee_minor",
    "creator_commission_minor",
    "insurance_minor",
    "penalty_minor",
    "ad_spend_minor",
    "tax_minor",
    "other_cost_minor",
)
"""Costs of an order line beside its goods."""

LINE_PROFIT = Table(
    name="line_profit",
    grain="one line of a paid order; an order whose lines no file lists is one line with an empty key",
    key=("shop_id", "order_id", "line_key"),
    source="derived from orders, refunds, settlement, parcels, costs (docs/concepts/profit.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "order_id": "order_header"}),
    columns=(
        _SHOP,
        _text("order_id", "Order of the line.", nullable=False),
        _text("line_key", "Line of the order; empty where no file lists its lines.", nullable=False),
        _day("paid_date", "Day the order was paid; all that the order brings and costs stands on it."),
        _text("order_kind", "Brushing and test orders stand apart.", nullable=False, allowed=ORDER_KIND),
        _text("line_kind", "What the line is.", nullable=False, allowed=LINE_KIND),
        Column("buyer_key", ColumnType.TEXT, "Keyed token of the buyer.", PersonalClass.PSEUDONYM),
        _text("product_id", "Platform product id."),
        _text("sku_id", "Platform or merchant SKU id."),
        _text("category", "Category as the file writes it."),
        _text("brand", "Brand as the file writes it."),
        _text("province", "Canonical province name."),
        _text("channel", "Sales channel of the order."),
        Column("quantity", ColumnType.QUANTITY, "Units on the line.", _NONE, nullable=False, unit="units"),
        _money("list_minor", "Price before any discount."),
        _money("merchant_discount_minor", "Discount that the merchant bears."),
        _money("unknown_discount_minor", "Discount whose bearer no file names; the merchant did not receive it."),
        _money("paid_minor", "What the buyer paid, postage included, refunds not deducted."),
        _money("platform_discount_minor", "Discount that the platform bears."),
        _money("creator_discount_minor", "Discount that a creator bears."),
        _money("payment_discount_minor", "Discount that the payment channel bears."),
        _money("unknown_borne_minor", "Part of what is due that neither the buyer nor a named bearer pays."),
        _money("receivable_minor", "What the merchant is due: paid, and what others bear."),
        _money("refunded_minor", "Confirmed refunds of the line."),
        _money("refunded_before_shipping_minor", "Of it, before the goods left."),
        _money("refunded_only_minor", "Of it, after shipping, the goods stay with the buyer."),
        _money("refunded_with_return_minor", "Of it, the goods came back."),
        _money("borne_back_minor", "What others bear and take back with refunds."),
        _money("goods_cost_minor", "Goods that left, less what came back sellable; null: unknown.", nullable=True),
        _money("listed_cost_minor", "Goods of the line at their unit cost, left or not; null: unknown.", nullable=True),
        _money("goods_back_minor", "What came back sellable, deducted already; null: unknown.", nullable=True),
        _money("freight_minor", "Freight out."),
        _money("return_freight_minor", "Freight back that the merchant bears."),
        _money("packaging_minor", "Packaging."),
        _money("commission_minor", "Commission of the platform, reversals deducted."),
        _money("service_fee_minor", "Service fees of platform and payment channel, reversals deducted."),
        _money("creator_commission_minor", "Commission of creators and agencies, reversals deducted."),
        _money("insurance_minor", "Premium of return insurance."),
        _money("penalty_minor", "Penalties and compensation paid."),
        _money("ad_spend_minor", "Promotion fees that the platform books on the order itself."),
        _money("tax_minor", "Tax that names the order."),
        _money("other_cost_minor", "Other costs that name the order."),
        _money("contribution_minor", "What is left; null while the cost of the goods is unknown.", nullable=True),
        Column("cost_known", ColumnType.BOOLEAN, "Whether the cost of the goods is known.", _NONE, nullable=False),
        _text(
            "evidence", "Estimated where a refund is known by its status only.", nullable=False, allowed=PROFIT_EVIDENCE
        ),
        Column("is_settled", ColumnType.BOOLEAN, "Whether the platform has settled the order.", _NONE, nullable=False),
        _money("expected_fees_minor", "Fees still to come, at the store's own settled rate; deducted nowhere above."),
        _text("cost_source", "Where the unit cost was found."),
        _CURRENCY,
        Column("batch_id", ColumnType.INTEGER, "The import that holds the source row.", _NONE, nullable=False),
        Column(
            "row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", _NONE, nullable=False
        ),
    ),
)

PROFIT_ENTRY = Table(
    name="profit_entry",
    grain="one amount that belongs to no order line",
    key=("shop_id", "entry_key"),
    source="derived from advertising, settlement, creators, costs (docs/concepts/profit.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("entry_key", "Source and its key; day and store where a cost is shared out.", nullable=False),
        _day("day", "Day that it counts on."),
        _text("account", "What it is.", nullable=False, allowed=ENTRY_ACCOUNT),
        _text("detail", "Kind in its source: category of the ledger, kind of cost, scope of the report."),
        _money("amount_minor", "Signed: what adds to profit is positive."),
        _money("outlay_minor", "The same with the other sign: what takes from profit is positive."),
        _text("product_id", "Product that it names."),
        _text("channel", "Channel that it names."),
        _text("campaign_id", "Advertising plan that it names."),
        _text("creator_name", "Creator that it names."),
        _text("evidence", "Estimated where a rule shared it out.", nullable=False, allowed=PROFIT_EVIDENCE),
        _text("rule", "Rule by which it stands here (docs/concepts/profit.md).", nullable=False),
        _text("source_table", "Table that holds the source row.", nullable=False),
        _text("source_key", "Key of the source row.", nullable=False),
        _CURRENCY,
        Column("batch_id", ColumnType.INTEGER, "The import that holds the source row.", _NONE, nullable=False),
        Column(
            "row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", _NONE, nullable=False
        ),
    ),
)

AD_RESULT = Table(
    name="ad_result",
    grain="one row of an advertising report that counts; of several reports of a system and day one does",
    key=("shop_id", "fact_key"),
    source="derived from advertising (docs/concepts/profit.md, rule ads_by_report)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("fact_key", "Key of the row of `ad_spend`.", nullable=False),
        _day("day", "Day of the report."),
        _text("channel", "Advertising product, as the report names it."),
        _text("campaign", "Plan, by name or else by id."),
        _text("creative", "Creative, by name or else by id."),
        _text("product_id", "Product that the row is about."),
        Column("impressions", ColumnType.BIGINT, "Impressions.", _NONE),
        Column("clicks", ColumnType.BIGINT, "Clicks.", _NONE),
        _money("spend_minor", "Spend."),
        Column("attributed_orders", ColumnType.BIGINT, "Orders that the platform claims for it.", _NONE),
        _money("attributed_gmv_minor", "Amount of these orders.", nullable=True),
        _CURRENCY,
        Column("batch_id", ColumnType.INTEGER, "The import that holds the source row.", _NONE, nullable=False),
        Column(
            "row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", _NONE, nullable=False
        ),
    ),
)

DERIVED_STAMP = Table(
    name="derived_stamp",
    grain="from which state of the ledger one derived table of one store was made",
    key=("shop_id", "subject"),
    source="whatever derives",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("subject", "What was derived, such as profit.", nullable=False),
        _text("stamp", "Digest of the imports and rules it was made from.", nullable=False),
    ),
)
