"""Tiles about stock as it is: health, balances, positions."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.i18n import Text
from zhanggui.pagespec import ChartData, KpiItem, KpisData, Series, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_rows import BalanceLine
from zhanggui.understand.inventory.answers import balance_of_pairs, position_of_pairs
from zhanggui.understand.inventory.balance import course_of_units
from zhanggui.understand.inventory.book import Rules, book_of
from zhanggui.understand.inventory.health_answer import HealthAnswer, Part, health_answer
from zhanggui.understand.inventory.tile_parts import Column, cells_of, pairs_of, said_instead, table
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View

REASONS = {
    "sale": Text("销售", "Sales"),
    "return": Text("退货", "Returns"),
    "purchase": Text("采购", "Purchases"),
    "transfer": Text("调拨", "Transfers"),
    "adjust": Text("调整", "Adjustments"),
    "damage": Text("报损", "Damage"),
    "other": Text("其他", "Other"),
}


def _health(desk: Desk, view: View) -> HealthAnswer:
    key = ("health_answer", view.date_from, view.date_to)
    return desk.kept(key, lambda: health_answer(desk, view, Rules()))


def _figures(desk: Desk, view: View) -> KpisData:
    found = _health(desk, view)
    lost, score = found.lost_revenue, found.score
    spread = None
    if lost.low is not None and lost.high is not None:
        spread = Text(f"90% 区间 {lost.low:,.0f}–{lost.high:,.0f}", f"90% interval {lost.low:,.0f} to {lost.high:,.0f}")
    parts = None
    if score is not None:
        a, b, c = (f"{100 * share:.0f}%" for share in (score.available, score.right_sized, score.moving))
        parts = Text(f"（有货 {a} + 存量合适 {b} + 动销 {c}）÷ 3", f"(available {a} + right size {b} + moving {c}) ÷ 3")
    days = Text(
        f"{found.sku_days_out:,} ÷ {found.sku_days_on_sale:,} SKU·天", f"{found.sku_days_out:,} ÷ "
        f"{found.sku_days_on_sale:,} SKU-days",
    )  # fmt: skip
    turns = None if found.turns is None else Text(f"一年周转 {found.turns:.2f} 次", f"{found.turns:.2f} turns a year")
    items = (
        ("inventory_health", "库存健康度（满分 100）", "Health, of 100", "count", None if score is None else
         round(score.points), "up", parts, "counted"),
        ("stock_value", "库存占用资金", "Cash tied up in stock", "money", found.stock_value, "down", None, "counted"),
        ("days_of_stock", "库存周转天数", "Days of stock", "days", found.days_of_stock, "down", turns, "counted"),
        ("stock_out_rate", "缺货率", "Stock-out rate", "ratio", found.stock_out_rate, "down", days, "counted"),
        ("lost_sales", "缺货损失的销售", "Sales lost to stock-outs", "money", lost.value, "down", spread, "estimated"),
        ("slow_rate", "滞销率（按金额）", "Slow, by value", "ratio", found.slow_rate, "down", None, "counted"),
    )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate(
                {"metric": name, "label": Text(zh, en), "unit": unit, "value": value, "good": good, "numerator": told,
                 "evidence": evidence}
            )
            for name, zh, en, unit, value, good, told, evidence in items
        ),
        currency=found.currency,
        warnings=found.warnings,
        partial=Text(f"{found.first} 至 {found.last}", f"{found.first} to {found.last}"),
    )  # fmt: skip


def _bars(found: HealthAnswer, parts: Sequence[Part], evidence: Text | None = None) -> ChartData:
    return ChartData(
        unit="money",
        currency=found.currency,
        x=tuple(part.label for part in parts),
        x_kind="category",
        series=(Series(name=Text("库存金额", "Value at cost"), values=tuple(part.value for part in parts)),),
        partial=evidence,
    )


def _bands(desk: Desk, view: View) -> ChartData:
    found = _health(desk, view)
    return _bars(found, [part for part in found.bands if part.skus])


def _ages(desk: Desk, view: View) -> ChartData:
    found = _health(desk, view)
    told = Text("按先进先出推算：剩下的是最近入库的。", "First in, first out: what is left came in last.")
    return _bars(found, found.ages, told)


_PART: tuple[Column, ...] = (
    ("label", "分组", "Part", "text"), ("skus", "SKU 数", "SKUs", "count"), ("units", "件数", "Units", "count"),
    ("value", "金额", "Value", "money"), ("share", "占比", "Share", "ratio"),
)  # fmt: skip


def _structure(desk: Desk, view: View) -> TableData:
    found = _health(desk, view)
    parts = {"category": found.by_category, "warehouse": found.by_warehouse, "abc": found.by_abc,
             "band": found.bands}.get(view.by or "category", found.by_category)  # fmt: skip
    return table(_PART, parts, found.currency, view=view)


def _skus(desk: Desk, view: View) -> TableData:
    found = _health(desk, view)
    columns: tuple[Column, ...] = (
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"), ("band", "分档", "Band", "text"),
        ("on_hand", "在库", "On hand", "count"), ("value", "占用资金", "Value", "money"),
        ("demand_a_day", "日均需求", "Demand a day", "count", "estimated"),
        ("cover_days", "可卖天数", "Days of cover", "days", "estimated"),
        ("days_since_sale", "距上次销售", "Days since sale", "days"),
        ("days_out", "缺货天数", "Days out", "count"),
        ("lost_revenue", "缺货损失", "Lost sales", "money", "estimated"),
    )  # fmt: skip
    return table(columns, found.skus, found.currency, view=view, partial=Text(
        "占用资金最多的 200 个 SKU；其余见 zhanggui inventory health --json 的分组。",
        "The 200 SKUs with most money in them; the parts above hold all.",
    ))  # fmt: skip


_BALANCE: tuple[Column, ...] = (
    ("warehouse", "仓库", "Warehouse", "text"), ("opening", "期初", "Opening", "count"),
    ("received", "入库", "In", "count"), ("issued", "出库", "Out", "count"),
    ("difference", "无法解释的差异", "Unexplained", "count"), ("closing", "期末", "Closing", "count"),
    ("difference_money", "差异金额", "Unexplained, at cost", "money"),
    ("counted", "盘点差异", "Found by counts", "count"),
)  # fmt: skip


def _places(desk: Desk, view: View) -> TableData:
    found = balance_of_pairs(desk, pairs_of(view))
    shown = table(_BALANCE, found.warehouses, found.currency, view=view, warnings=found.warnings)
    return shown.model_copy(update={"total": {"warehouse": Text("合计", "Total"), **_sums(found.warehouses)}})


def _sums(rows: Sequence[BalanceLine]) -> dict[str, object]:
    names = ("opening", "received", "issued", "difference", "closing", "counted", "difference_money")
    return {name: round(sum(getattr(row, name) or 0.0 for row in rows), 3) for name in names}


def _balances(desk: Desk, view: View) -> TableData:
    found = balance_of_pairs(desk, [*pairs_of(view), ("page", str(view.page))])
    n_pages = max(-(-found.n_rows // 200), 1)
    shown = table(
        (_BALANCE[0], ("sku", "商品编码", "SKU", "text"), *_BALANCE[1:]), found.rows, found.currency,
        view=view.within(view.date_from, view.date_to), n_rows=found.n_rows,
        partial=Text("期初 + 入库 − 出库 + 差异 = 期末，逐仓逐 SKU 成立；有差异的排在前面。",
                     "Opening + in − out + unexplained = closing, for every SKU and warehouse; differences first."),
    )  # fmt: skip
    rows = tuple(cells_of(row) for row in found.rows)
    return shown.model_copy(update={"rows": rows, "page": view.page, "pages": n_pages})


def _reasons(desk: Desk, view: View) -> ChartData:
    found = balance_of_pairs(desk, pairs_of(view))
    names = [row for row in found.reasons if row.received or row.issued]
    if not names:
        return no_chart(Text("没有出入库流水。", "There are no stock movements."))
    return ChartData(
        unit="count",
        x=tuple(REASONS.get(row.reason, Text.same(row.reason)) for row in names),
        x_kind="category",
        series=(
            Series(name=Text("入库", "In"), values=tuple(row.received for row in names)),
            Series(name=Text("出库", "Out"), values=tuple(row.issued for row in names), role="other"),
        ),
    )


def _course(desk: Desk, view: View) -> ChartData:
    days, units = course_of_units(book_of(desk, view, Rules()))
    return ChartData(
        unit="count",
        x=tuple(day.isoformat() for day in days),
        x_kind="date",
        series=(Series(name=Text("在库件数", "Units in stock"), values=tuple(units)),),
    )


def _positions(desk: Desk, view: View) -> TableData:
    found = position_of_pairs(desk, pairs_of(view))
    columns: tuple[Column, ...] = (
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"), ("on_hand", "在库", "On hand", "count"),
        ("on_order", "采购在途", "On order", "count"), ("in_transit", "调拨在途", "In transit", "count"),
        ("coming_back", "可售退货在途", "Sellable returns", "count", "estimated"),
        ("unshipped", "待发货", "Unshipped", "count"), ("presale", "预售", "Pre-sale", "count"),
        ("locked", "锁定", "Locked", "count"), ("available", "可售", "Available", "count"),
        ("position", "含在途库存", "Position", "count"), ("overdue", "逾期未到", "Overdue", "count"),
    )  # fmt: skip
    shown = table(columns, found.rows, found.currency, view=view, warnings=found.warnings, partial=Text(
        "含在途库存 = 在库 + 采购在途 + 调拨在途 + 可售退货在途 − 待发货 − 预售 − 锁定；按最近一天，超卖在前。",
        "Position = on hand + on order + in transit + sellable returns − unshipped − pre-sale − locked, as of the last "
        "known day; oversold goods first.",
    ))  # fmt: skip
    return shown.model_copy(update={"total": {**cells_of(found.total), "sku": Text("合计", "Total")}})


health_figures = said_instead(_figures, no_figures)
health_bands = said_instead(_bands, no_chart)
health_ages = said_instead(_ages, no_chart)
health_structure = said_instead(_structure, no_table)
health_skus = said_instead(_skus, no_table)
balance_course = said_instead(_course, no_chart)
balance_reasons = said_instead(_reasons, no_chart)
balance_places = said_instead(_places, no_table)
balance_skus = said_instead(_balances, no_table)
position_table = said_instead(_positions, no_table)
