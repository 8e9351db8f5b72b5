"""The tables of data quality: every check's history, what it found last, and the stock balance that must come out."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.vocabulary import QUALITY_STATUS

_NONE = PersonalClass.NONE
_STORE = MappingProxyType({"shop_id": "store"})


def _text(name: str, note: str, *, nullable: bool = True, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, note, _NONE, nullable, allowed=allowed)


def _plain(name: str, type_: ColumnType, note: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    return Column(name, type_, note, _NONE, nullable, unit)


def _units(name: str, note: str, *, nullable: bool = True) -> Column:
    return _plain(name, ColumnType.QUANTITY, note, nullable=nullable, unit="units")


_SHOP = _plain("shop_id", ColumnType.INTEGER, "The store; the company itself where no store is meant.", nullable=False)
_CHECK = _text("check_name", "Name of the check (docs/concepts/data_quality.md).", nullable=False)
_TABLE = _text("source_table", "Table that the check is about.", nullable=False)
_MONEY = _plain(
    "money_minor", ColumnType.BIGINT, "Money at stake; null where none is.", unit="minor units of `currency`"
)
_CURRENCY = _text("currency", "Currency of that money.")
_CHECKED_AT = _plain("checked_at", ColumnType.TIMESTAMP, "When it was looked at.", nullable=False, unit="UTC")
_BATCH = _plain("batch_id", ColumnType.INTEGER, "The newest import of the ledger at that time.", nullable=False)

QUALITY_CHECK = Table(
    name="quality_check",
    grain="how one check of one store stood on one day; of several looks on a day the last",
    key=("check_name", "shop_id", "checked_on"),
    source="every load, and `zhanggui check`",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _CHECK,
        _SHOP,
        _plain("checked_on", ColumnType.DATE, "Day on which it was looked at.", nullable=False, unit="UTC"),
        _TABLE,
        _text("status", "How it stood.", nullable=False, allowed=QUALITY_STATUS),
        _plain("n_findings", ColumnType.BIGINT, "Findings.", nullable=False),
        _plain("n_rows", ColumnType.BIGINT, "Rows, or lacking rows, that they are about.", nullable=False),
        _MONEY,
        _CURRENCY,
        _CHECKED_AT,
        _BATCH,
        _text("stamp", "Digest of the imports and the rule that the answer follows from.", nullable=False),
    ),
)

QUALITY_RESULT = Table(
    name="quality_result",
    grain="one finding of a check's last look: a day, a file or a thing of one store that is not as it should be",
    key=("check_name", "shop_id", "finding_no"),
    source="every load, and `zhanggui check`",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _CHECK,
        _SHOP,
        _plain("finding_no", ColumnType.INTEGER, "Number of the finding, newest day first.", nullable=False),
        _TABLE,
        _plain("day", ColumnType.DATE, "Day that it is about; null: all days.", unit="business day of the store"),
        _plain(
            "last_day", ColumnType.DATE, "Its last day, where it is about several.", unit="business day of the store"
        ),
        _text("subject", "What it is about, such as a column, a file, a SKU."),
        _text("status", "What it means.", nullable=False, allowed=QUALITY_STATUS),
        _plain("n_rows", ColumnType.BIGINT, "Rows, or lacking rows, that it is about.", nullable=False),
        _plain("measured", ColumnType.RATIO, "What was found, in the check's own unit."),
        _plain("expected", ColumnType.RATIO, "What should have been found."),
        _MONEY,
        _CURRENCY,
        _CHECKED_AT,
        _BATCH,
    ),
)

DAY_VOLUME = Table(
    name="day_volume",
    grain="how many rows one day brought to one source table of one store, and what is usual there",
    key=("shop_id", "source_table", "series", "day"),
    source="derived from the source tables that follow the days (docs/concepts/data_quality.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _TABLE,
        _text("series", "What is counted apart, such as reports of one kind; empty otherwise.", nullable=False),
        _plain("day", ColumnType.DATE, "The day.", nullable=False, unit="business day of the store"),
        _plain("n_rows", ColumnType.BIGINT, "Rows of the day; 0 where it has none.", nullable=False),
        _plain("money_minor", ColumnType.BIGINT, "Their money.", nullable=False, unit="minor units of `currency`"),
        _CURRENCY,
        _plain(
            "usual_rows", ColumnType.RATIO, "Median of the same weekday, four weeks before and after; null: too few."
        ),
        _plain("near_rows", ColumnType.RATIO, "Median of the seven days before and after."),
        _plain("most_rows", ColumnType.BIGINT, "Most rows of any of these days."),
        _plain(
            "usual_money_minor",
            ColumnType.BIGINT,
            "Median of their money, as usual_rows.",
            unit="minor units of `currency`",
        ),
    ),
)

STOCK_BALANCE = Table(
    name="stock_balance",
    grain="one SKU in one warehouse on a day on which something moved or was counted, or that is not as stated",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock movements, stock on hand, stock counts (docs/concepts/data_quality.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _text("warehouse", "Warehouse.", nullable=False),
        _text("internal_sku", "The seller's own code of the goods.", nullable=False),
        _plain("day", ColumnType.DATE, "The day.", nullable=False, unit="business day of the store"),
        _units(
            "opening", "Stock at its beginning: the closing of the day before, or what was stated then.", nullable=False
        ),
        _units("received", "What came in.", nullable=False),
        _units("issued", "What went out.", nullable=False),
        _units("closing", "opening + received - issued.", nullable=False),
        _units("stated", "Stock on hand as stated at the end of the day; null where nothing states it."),
        _units("counted", "What a count of that day found."),
        _units("count_difference", "What it found beyond the books at that hour; null without a count."),
        _units("difference", "stated - closing: what nothing explains. 0 where nothing is stated.", nullable=False),
        _plain("unit_cost_minor", ColumnType.BIGINT, "Cost of one unit on the day.", unit="minor units of `currency`"),
        _text("currency", "ISO 4217 code.", nullable=False),
    ),
)
