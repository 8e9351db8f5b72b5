"""Tiles about what to do with stock: transfers, the oversell guard, counts, markdowns."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, KpiItem, KpisData, StockCountLine, StockCountsData, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_rows import MarkdownAnswer
from zhanggui.understand.inventory.answers import counts_of_pairs, markdown_of_pairs, transfers_of_pairs
from zhanggui.understand.inventory.tile_parts import Column, pairs_of, said_instead, table
from zhanggui.understand.refusals import no_figures, no_table
from zhanggui.understand.view import View

NO_COUNTS = Text(
    "还没有盘点单：导出盘点表，盘完后在“数据”里上传。",
    "There are no counts yet: export a count sheet, count, and upload it under Data.",
)


def _moves(desk: Desk, view: View) -> TableData:
    found = transfers_of_pairs(desk, pairs_of(view))
    columns: tuple[Column, ...] = (
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"), ("source", "调出仓", "From", "text"),
        ("destination", "调入仓", "To", "text"), ("units", "件数", "Units", "count"),
        ("cover_from", "调出后可卖", "Source lasts", "days", "estimated"),
        ("cover_to", "调入前可卖", "There now lasts", "days", "estimated"),
        ("saved_money", "少损失毛利", "Margin saved", "money", "estimated"),
    )  # fmt: skip
    return table(
        columns, found.rows, found.currency, view=view, n_rows=found.n_rows, warnings=found.warnings,
        empty=AllClear("没有值得调拨的商品。", "Nothing is worth moving."),
    )  # fmt: skip


def _guard(desk: Desk, view: View) -> TableData:
    found = transfers_of_pairs(desk, pairs_of(view))
    stores = list(dict.fromkeys(name for row in found.allotments for name in row.stores))
    columns: list[Column] = [
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"),
        ("available", "可售", "Available", "count"), ("reserve", "预留", "Reserve", "count", "estimated"),
        *((name, name, name, "count") for name in stores),
    ]  # fmt: skip
    shown = table(
        columns, found.allotments, found.currency, view=view, n_rows=found.n_allotments,
        empty=Text("没有多店同卖的商品。", "No goods are sold by several stores."),
    )  # fmt: skip
    rows = tuple({**row, **_mapping(row["stores"])} for row in shown.rows)
    return shown.model_copy(update={"rows": tuple({k: v for k, v in row.items() if k != "stores"} for row in rows)})


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _counts(desk: Desk, view: View) -> StockCountsData:
    found = counts_of_pairs(desk, pairs_of(view))
    if not found.counts:
        return _no_counts(NO_COUNTS)
    lines = tuple(StockCountLine.model_validate({**row.model_dump(), "day": str(row.day)}) for row in found.counts)
    return StockCountsData(currency=found.currency, counts=lines, warnings=found.warnings)


def _no_counts(text: Text) -> StockCountsData:
    return StockCountsData(empty=text)


def _counted(desk: Desk, view: View) -> TableData:
    found = counts_of_pairs(desk, pairs_of(view))
    columns: tuple[Column, ...] = (
        ("warehouse", "仓库", "Warehouse", "text"), ("sku", "商品编码", "SKU", "text"),
        ("name", "商品", "Name", "text"), ("book", "账面", "Books", "count"), ("counted", "实盘", "Counted", "count"),
        ("difference", "差异", "Difference", "count"), ("money", "差异金额", "At cost", "money"),
    )  # fmt: skip
    label = Text(f"盘点单 {found.count_id}", f"Count {found.count_id}") if found.count_id else None
    none = AllClear("没有差异。", "No differences.")
    return table(columns, found.rows, found.currency, view=view, partial=label, empty=none)


def _plan(desk: Desk, view: View) -> MarkdownAnswer:
    return markdown_of_pairs(desk, pairs_of(view))


def _plan_figures(desk: Desk, view: View) -> KpisData:
    found = _plan(desk, view)
    spread = Text(
        f"弹性取两端时 {found.gain_low or 0:,.0f} 至 {found.gain_high or 0:,.0f}",
        f"{found.gain_low or 0:,.0f} to {found.gain_high or 0:,.0f} at the ends of the elasticity",
    )
    kept = Text(f"不降价 {found.cash_kept or 0:,.0f}", f"at the price of now {found.cash_kept or 0:,.0f}")
    elasticity = found.elasticity
    source = {"declared": Text("运营声明", "declared"), "estimated": Text("由调价估计", "estimated from price changes"),
              "assumed": Text("假设", "assumed")}[elasticity.source]  # fmt: skip
    told = Text(f"{source.zh}，{elasticity.low:.2f}–{elasticity.high:.2f}",
                f"{source.en}, {elasticity.low:.2f} to {elasticity.high:.2f}")  # fmt: skip
    items = (
        ("markdown_skus", "建议降价 SKU", "SKUs to cut", "count", found.n_rows, None, "estimated"),
        ("markdown_value", "占用资金", "Tied up in them", "money", found.value, None, "counted"),
        ("markdown_cash", "预计回款", "Expected cash", "money", found.cash, kept, "estimated"),
        ("markdown_gain", "比不降价多赚", "Profit beyond keeping prices", "money", found.gain, spread, "estimated"),
        ("markdown_elasticity", "价格弹性", "Price elasticity", "count", round(elasticity.value, 2), told,
         "declared" if elasticity.source == "declared" else "estimated"),
    )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate(
                {"metric": name, "label": Text(zh, en), "unit": unit, "value": value, "numerator": base,
                 "evidence": grade}
            )
            for name, zh, en, unit, value, base, grade in items
        ),
        currency=found.currency,
        warnings=found.warnings,
    )  # fmt: skip


def _plan_rows(desk: Desk, view: View) -> TableData:
    found = _plan(desk, view)
    columns: tuple[Column, ...] = (
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"), ("band", "分档", "Band", "text"),
        ("on_hand", "在库", "On hand", "count"), ("value", "占用资金", "Value", "money"),
        ("price", "现价", "Price", "money"), ("cut", "降价", "Cut", "ratio"),
        ("new_price", "新价", "New price", "money"),
        ("units_kept", "不降能卖", "Sells as is", "count", "estimated"),
        ("units", "降价能卖", "Sells cut", "count", "estimated"), ("cash", "回款", "Cash", "money", "estimated"),
        ("gain", "多赚", "Gain", "money", "estimated"),
    )  # fmt: skip
    keep = Text(
        f"另有 {found.keep} 个偏多或滞销的 SKU 在这些条件下维持原价更划算。",
        f"{found.keep} more SKUs that are slow or too many earn most at the price of now.",
    )
    return table(columns, found.rows, found.currency, view=view, partial=keep, empty=AllClear(
        "没有降价更划算的商品。", "No goods earn more at a lower price.",
    ))  # fmt: skip


def _untold(desk: Desk, view: View) -> TableData:
    found = _plan(desk, view)
    columns: tuple[Column, ...] = (
        ("sku", "商品编码", "SKU", "text"), ("name", "商品", "Name", "text"),
        ("on_hand", "在库", "On hand", "count"), ("value", "占用资金", "Value", "money"),
    )  # fmt: skip
    none = AllClear("没有：每个偏多或滞销的商品都有销售可依。", "None: all slow goods sold something in the window.")
    return table(columns, found.untold, found.currency, view=view, empty=none)


transfer_table = said_instead(_moves, no_table)
oversell_guard = said_instead(_guard, no_table)
count_list = said_instead(_counts, _no_counts)
counted_table = said_instead(_counted, no_table)
markdown_figures = said_instead(_plan_figures, no_figures)
markdown_table = said_instead(_plan_rows, no_table)
markdown_untold = said_instead(_untold, no_table)
