"""The life cycle of goods as tiles."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.lifecycle import BandRow, Hits, LifecycleAnswer, lifecycle_answer
from zhanggui.understand.products.matrix_desk import PRODUCT, STORE, product_href
from zhanggui.understand.refusals import no_chart, no_figures, no_table, said_instead
from zhanggui.understand.view import View

MOST_ROWS = 60


def _answer(desk: Desk, view: View) -> LifecycleAnswer:
    return lifecycle_answer(desk, view)


def _figures(desk: Desk, view: View) -> KpisData:
    found = _answer(desk, view)
    moved, hits, test = found.moving, found.hits, found.back_test
    base = None if moved is None else Text.same(f"{moved.sold:,} ÷ {moved.on_sale:,}")
    said = None if test is None else Text(
        f"平均差 {test.curve:.1f} 件；同店均值差 {test.store_mean:.1f}，首周直线差 {test.straight_line:.1f}",
        f"off by {test.curve:.1f}; mean of the store {test.store_mean:.1f}, straight line {test.straight_line:.1f}",
    )  # fmt: skip
    figures = (
        ("range_sell_through", Text("动销率", "Sell-through of the range"), "ratio",
         None if moved is None else moved.rate,
         base, "counted" if moved is None else moved.evidence),
        ("goods_hit_share", Text("爆品占比", "Share of hits"), "ratio",
         None if hits is None else hits.share_of_revenue, None if hits is None else _hit_rule(hits), "counted"),
        ("new_products", Text("新品", "New products"), "count", len(found.new_products), None, "estimated"),
        ("hit_forecast_error", Text("爆款预测平均误差（件）", "Error of the hit forecast, units"), "count",
         None if test is None else test.curve, said or found.forecast_reason, "estimated"),
    )  # fmt: skip
    items = tuple(
        KpiItem.model_validate(
            {"metric": name, "label": label, "unit": unit, "value": value, "numerator": more, "evidence": evidence}
        )
        for name, label, unit, value, more, evidence in figures
    )
    return KpisData(items=items, currency=found.currency, warnings=found.warnings)


def _hit_rule(hits: Hits) -> Text:
    return Text(
        f"{hits.products} 个商品 30 天内各占本店 {hits.least_share:.1%} 以上",
        f"{hits.products} products took {hits.least_share:.1%} and more of their store in 30 days",
    )


def _new(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    columns = (
        ColumnSpec(key="first", label=Text("首次售出", "First sold"), unit="date"), PRODUCT, STORE,
        ColumnSpec(key="week", label=Text("首周件数", "Week 1"), unit="count"),
        ColumnSpec(key="units", label=Text("至今件数", "So far"), unit="count"),
        ColumnSpec(key="total", label=Text("28 天件数", "28 days"), unit="count"),
        ColumnSpec(key="expected", label=Text("28 天预计", "28 days, expected"), unit="count", evidence="estimated"),
        ColumnSpec(key="span", label=Text("八成区间", "8 in 10")),
        ColumnSpec(key="chance", label=Text("成为爆款", "Becomes a hit"), unit="ratio", evidence="estimated"),
    )  # fmt: skip
    rows = tuple(
        {
            "first": row.first_sold.isoformat(), "name": row.title, "store": row.store, "week": row.units_first_week,
            "units": row.units, "total": row.units_four_weeks, "expected": row.expected,
            "span": None if row.low is None else f"{row.low:,.0f}–{row.high or 0:,.0f}", "chance": row.hit_chance,
            "_href": product_href(row.product_id, row.store),
        }
        for row in found.new_products[:MOST_ROWS]
    )  # fmt: skip
    nothing = Text(
        "没有新品：账本开头三周内售出的都算老品。", "No new products: what sold in the first weeks counts as old."
    )
    return TableData(
        columns=columns, rows=rows, n_rows=len(found.new_products), partial=found.forecast_reason or found.hit_rule,
        empty=None if rows else nothing,
    )  # fmt: skip


def _bands(desk: Desk, view: View) -> ChartData:
    found = _answer(desk, view)
    return ChartData(
        unit="money",
        currency=found.currency,
        x=tuple(_band_name(band) for band in found.price_bands),
        x_kind="category",
        series=(
            Series(name=Text("净收入", "Net revenue"), values=tuple(band.net_revenue for band in found.price_bands)),
            Series(
                name=Text("贡献利润", "Contribution"),
                values=tuple(band.profit for band in found.price_bands),
                role="other",
            ),
        ),
    )


def _band_name(band: BandRow) -> str:
    return f"{band.low}+" if band.high is None else f"{band.low}–{band.high}"


def _sold_out(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    marks = found.marks
    columns = (
        ColumnSpec(key="name", label=Text("规格", "Size")),
        ColumnSpec(key="skus", label=Text("SKU", "SKUs"), unit="count"),
        *(ColumnSpec(key=f"d{mark}", label=Text(f"{mark} 天", f"{mark} days"), unit="ratio") for mark in marks),
    )
    rows = tuple(
        {"name": row.name, "skus": row.skus,
         **{f"d{mark}": rate for mark, rate in zip(marks, row.rates, strict=True)}}
        for row in found.sold_out_by_size[:MOST_ROWS]
    )  # fmt: skip
    nothing = Text(
        "这段时间没有首次入库的 SKU，或没有出入库流水。", "No SKU came in for the first time, or no movements."
    )
    return TableData(
        columns=columns, rows=rows, n_rows=len(found.sold_out_by_size),
        partial=Text("净销售件数 ÷ 首次入库起累计入库件数；账本第一天已有的 SKU 不算。",
                     "Net units sold of units received since the first receipt; goods of the first day are left out."),
        empty=None if rows else nothing,
    )  # fmt: skip


def _prices(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    columns = (
        PRODUCT, STORE, ColumnSpec(key="changes", label=Text("改价", "Changes"), unit="count"),
        ColumnSpec(key="value", label=Text("弹性", "Elasticity"), unit="count", evidence="estimated"),
        ColumnSpec(key="reason", label=Text("说明", "Why not")),
    )  # fmt: skip
    rows = tuple(
        {"name": row.title, "store": row.store or Text("各店合计", "all stores"), "changes": row.price_changes,
         "value": None if row.elasticity is None else round(row.elasticity, 2),
         "reason": row.reason if row.elasticity is None else Text.same(f"± {row.standard_error or 0:.2f}")}
        for row in found.price_response[:MOST_ROWS]
    )  # fmt: skip
    nothing = Text("没有调价记录：导入调价记录。", "No price changes: load the list of them.")
    return TableData(
        columns=columns, rows=rows, n_rows=len(found.price_response),
        partial=Text("价格涨 1%，销量变化百分之几；改价不足 3 次或误差太大的不给。",
                     "Percent of units for one percent of price; nothing where prices hardly moved."),
        empty=None if rows else nothing,
    )  # fmt: skip


def _still(desk: Desk, view: View) -> TableData:
    moved = _answer(desk, view).moving
    if moved is None:
        return no_table(Text("没有库存快照。", "No count of stock."))
    columns = (
        ColumnSpec(key="code", label=Text("商家编码", "Code")),
        ColumnSpec(key="on_hand", label=Text("在库", "On hand"), unit="count"),
    )
    rows = tuple({"code": code, "on_hand": on_hand} for code, on_hand in moved.still)
    nothing = Text("在架有货的 SKU 都卖出过。", "Every SKU on sale has sold.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else nothing)


def _carts(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    columns = (
        PRODUCT, STORE, ColumnSpec(key="before", label=Text("此前加购 ÷ 访客", "Before"), unit="ratio"),
        ColumnSpec(key="now", label=Text("近 14 天", "Last 14 days"), unit="ratio"),
        ColumnSpec(key="cause", label=Text("更可能的原因", "Likelier cause")),
        ColumnSpec(key="check", label=Text("排查", "Check")),
    )  # fmt: skip
    rows = tuple(
        {"name": row.title, "store": row.store, "before": row.before, "now": row.now, "cause": row.cause_label,
         "check": row.check, "_href": product_href(row.product_id, row.store)}
        for row in found.cart_falls
    )  # fmt: skip
    nothing = Text("没有商品的加购明显下滑。", "No product's carts fell clearly.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else nothing)


_TABLES = ("order_line", "stock_snapshot", "stock_movement", "price_change", "shop_metric_daily")
lifecycle_figures = said_instead(_figures, no_figures, *_TABLES)
lifecycle_new = said_instead(_new, no_table, *_TABLES)
lifecycle_bands = said_instead(_bands, no_chart, *_TABLES)
lifecycle_sold_out = said_instead(_sold_out, no_table, *_TABLES)
lifecycle_prices = said_instead(_prices, no_table, *_TABLES)
lifecycle_still = said_instead(_still, no_table, *_TABLES)
lifecycle_carts = said_instead(_carts, no_table, *_TABLES)
