"""Stock count 盘点: the sheet to take to the shelves, differences in money, approval, movements of adjustment."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import xlsxwriter

from zhanggui.collect.connectors.template.formats import mark_of, template_columns
from zhanggui.collect.connectors.template.words import WORDS
from zhanggui.i18n import Language, Text
from zhanggui.ledger.engine import Ledger
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import StockBook, levels_by_place
from zhanggui.understand.inventory.problems import UnapprovedCountError, UnknownCountError
from zhanggui.understand.wording import safe_text

APPROVALS = "stock_count_approvals"


@dataclass(frozen=True, slots=True)
class CountedGoods:
    """One SKU of a count: what the books held, what was found, and the difference at cost in minor units."""

    count_id: str
    warehouse: str
    sku: str
    name: str
    counted_at: datetime
    book: float
    counted: float
    unit_cost: float | None
    is_adjusted: bool

    @property
    def difference(self) -> float:
        """Found less books."""
        return self.counted - self.book

    @property
    def minor(self) -> float | None:
        """The difference at unit cost, None where the cost is unknown."""
        return None if self.unit_cost is None else self.difference * self.unit_cost


@dataclass(frozen=True, slots=True)
class StockCount:
    """One count as a whole.

    Attributes
    ----------
    n_goods, n_off : int
        SKUs counted, and those found to be more or less than in the books.
    surplus_minor, shortage_minor : float
        At cost; goods of unknown cost, `n_unpriced`, are left out.
    approved_by : str or None
        As the file says, or as approved here.
    n_adjusted : int
        Differences for which a movement of adjustment is in the books since.
    """

    count_id: str
    day: date
    warehouses: tuple[str, ...]
    n_goods: int
    n_off: int
    surplus_minor: float
    shortage_minor: float
    n_unpriced: int
    approved_by: str | None
    n_adjusted: int


def counts_of(desk: Desk, book: StockBook) -> tuple[StockCount, ...]:
    """Return the counts up to the book's day, newest first."""
    rows = counted_goods(desk.ledger, book)
    said = _approvals(desk)
    stated = _stated_approvals(desk.ledger)
    found = []
    for count_id in dict.fromkeys(row.count_id for row in rows):
        goods = [row for row in rows if row.count_id == count_id]
        off = [row for row in goods if row.difference]
        money = [row.minor for row in off if row.minor is not None]
        found.append(
            StockCount(
                count_id=count_id,
                day=max(row.counted_at for row in goods).date(),
                warehouses=tuple(sorted({row.warehouse for row in goods})),
                n_goods=len(goods),
                n_off=len(off),
                surplus_minor=sum(each for each in money if each > 0),
                shortage_minor=sum(each for each in money if each < 0),
                n_unpriced=len(off) - len(money),
                approved_by=said.get(count_id) or stated.get(count_id),
                n_adjusted=sum(row.is_adjusted for row in off),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.day, each.count_id), reverse=True))


def counted_goods(ledger: Ledger, book: StockBook, count_id: str | None = None) -> tuple[CountedGoods, ...]:
    """Return the goods of all counts up to the book's day, or of one, largest difference first."""
    held = ledger.table("stock_count")
    held = held.filter(held.counted_date <= book.last)
    if count_id is not None:
        held = held.filter(held.count_id == count_id)
    moves = ledger.table("stock_movement")
    adjusted = moves.filter((moves.reason == "adjust") & (moves.quantity != 0)).select(
        "warehouse", "internal_sku", moved_at=moves.occurred_at, quantity=moves.quantity
    )
    rows = held.left_join(
        adjusted,
        [
            held.warehouse == adjusted.warehouse,
            held.internal_sku == adjusted.internal_sku,
            adjusted.moved_at >= held.counted_at,
            # The movement that a count gave rise to is of its very difference.
            adjusted.quantity == held.counted_quantity - held.book_quantity,
        ],
    )
    key = ["count_id", "warehouse", "internal_sku"]
    sums = rows.group_by(key).aggregate(
        counted_at=rows.counted_at.max(),
        book=rows.book_quantity.cast("float64").max(),
        counted=rows.counted_quantity.cast("float64").max(),
        is_adjusted=rows.quantity.notnull().any(),
    )
    off = (sums.counted - sums.book).abs()
    place = {name: n for n, name in enumerate(book.course.skus)}
    found = []
    for row in ledger.query(sums.order_by([ibis.desc(off), *key])).to_pylist():
        at = place.get(row["internal_sku"])
        cost = None if at is None else float(book.goods.unit_cost[at])
        found.append(
            CountedGoods(
                count_id=row["count_id"],
                warehouse=row["warehouse"],
                sku=row["internal_sku"],
                name=row["internal_sku"] if at is None else book.goods.names[at],
                counted_at=row["counted_at"],
                book=row["book"],
                counted=row["counted"],
                unit_cost=None if cost is None or cost != cost else cost,
                is_adjusted=bool(row["is_adjusted"]),
            )
        )
    return tuple(found)


def approve(desk: Desk, book: StockBook, count_id: str, who: str) -> None:
    """Keep who approved a count.

    Raises
    ------
    UnknownCountError
        There is no such count.
    """
    _known(desk, book, count_id)
    with desk.shop.state.transaction():
        desk.shop.state.set_setting(APPROVALS, {**_approvals(desk), count_id: who})
    desk.changed()


def adjustments(desk: Desk, book: StockBook, count_id: str) -> str:
    """Return the movements that bring the books to what an approved count found, as a CSV file to load.

    Their numbers follow from the count, so that loading them twice adjusts once; differences that have their movement
    already are left out.

    Raises
    ------
    UnknownCountError
        There is no such count.
    UnapprovedCountError
        Nobody approved it.
    """
    count = _known(desk, book, count_id)
    if count.approved_by is None:
        raise UnapprovedCountError(count_id)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    headers = [*(column.header for column in template_columns("stock_movements")), mark_of("stock_movements")]
    writer.writerow(headers)
    for row in counted_goods(desk.ledger, book, count_id):
        if row.difference and not row.is_adjusted:
            cells = {
                "occurred_at": _local(desk, row.counted_at),
                "warehouse": row.warehouse,
                "internal_sku": row.sku,
                "quantity": f"{row.difference:g}",
                "movement_id": f"{count_id}-{row.warehouse}-{row.sku}",
                "movement_reason": WORDS["adjust"],
                "note": f"盘点调整 {count_id} 审批：{count.approved_by}",
            }
            names = [column.name for column in template_columns("stock_movements")]
            writer.writerow([*(cells.get(name, "") for name in names), ""])
    return out.getvalue()


def _local(desk: Desk, moment: datetime) -> str:
    zone = ZoneInfo(desk.shop.settings.shop.timezone)
    return moment.replace(tzinfo=UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def count_sheet(
    ledger: Ledger, book: StockBook, *, warehouse: str | None = None, is_blind: bool = False, language: Language
) -> bytes:
    """Return the workbook to count with: every SKU of every warehouse, or of one, with what the books hold.

    Parameters
    ----------
    warehouse : str, optional
        That one alone.
    is_blind : bool
        Leave out what the books hold from what is printed; it stands in a hidden column, since loading needs it.
    language : {"zh", "en"}
        Of the notes; the headers are those that loading knows.
    """
    names, held = levels_by_place(ledger, book)
    count_id = f"PD{book.last:%Y%m%d}" + (f"-{warehouse}" if warehouse else "")
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        sheet = workbook.add_worksheet("盘点单")
        bold = workbook.add_format({"bold": True, "bottom": 1})
        entry = workbook.add_format({"bg_color": "#FFF8E1"})
        columns = [column.name for column in template_columns("stock_counts")]
        headers = [*(column.header for column in template_columns("stock_counts")), mark_of("stock_counts")]
        for at, header in enumerate(headers):
            sheet.write_string(0, at, header, bold)
        line = 1
        for name in names:
            if warehouse in (None, name):
                line = _sheet_rows(sheet, line, columns, (count_id, name), book, held[name], entry)
        sheet.set_column(0, len(headers) - 1, 18)
        at_book = columns.index("book_quantity")
        sheet.set_column(at_book, at_book, 12, None, {"hidden": is_blind})
        sheet.freeze_panes(1, 3)
        told = Text(
            "填写盘点时间（如 2026-11-16 21:00）与实盘数量；没有盘的行请删除。填好后在“数据”里上传，或 zhanggui load。",
            "Fill in the time of the count (such as 2026-11-16 21:00) and what was counted; delete rows not counted. "
            "Then upload it under Data, or run zhanggui load.",
        )
        workbook.add_worksheet("说明").write_string(0, 0, told.pick(language))
    return out.getvalue()


def _sheet_rows(
    sheet: Any, line: int, columns: Sequence[str], about: tuple[str, str], book: StockBook, held: Any, entry: Any
) -> int:
    """Write the goods of a warehouse, and return the next free line."""
    for at, sku in enumerate(book.course.skus):
        if held[at] == 0:
            continue
        texts = {"count_id": about[0], "warehouse": about[1], "internal_sku": sku}
        for place, name in enumerate(columns):
            if name == "book_quantity":
                sheet.write_number(line, place, float(held[at]))
            elif name in texts:
                sheet.write_string(line, place, safe_text(texts[name]))
            elif name in ("counted_at", "counted_quantity"):
                sheet.write_blank(line, place, None, entry)
        line += 1
    return line


def _known(desk: Desk, book: StockBook, count_id: str) -> StockCount:
    counts = {count.count_id: count for count in counts_of(desk, book)}
    if count_id not in counts:
        raise UnknownCountError(count_id, tuple(counts)[:5])
    return counts[count_id]


def _approvals(desk: Desk) -> Mapping[str, str]:
    stored = desk.shop.state.get_setting(APPROVALS)
    return {str(key): str(who) for key, who in stored.items()} if isinstance(stored, dict) else {}


def _stated_approvals(ledger: Ledger) -> Mapping[str, str]:
    held = ledger.table("stock_count")
    # Of a count that only some rows of are approved, nobody approved the whole.
    whole = held.group_by("count_id").aggregate(who=held.approved_by.max(), is_whole=held.approved_by.notnull().all())
    rows = ledger.query(whole.filter(whole.is_whole)).to_pylist()
    return {row["count_id"]: row["who"] for row in rows}
