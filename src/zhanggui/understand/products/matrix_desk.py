"""The sales-profit matrix as tiles."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from zhanggui.i18n import Text
from zhanggui.methods.classing import CORNERS
from zhanggui.money import major
from zhanggui.pagespec import (
    AllClear,
    ColumnSpec,
    HeatmapData,
    KpiItem,
    KpisData,
    Quadrant,
    QuadrantAxis,
    QuadrantPoint,
    QuadrantsData,
    TableData,
)
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.borders import kept_borders
from zhanggui.understand.products.levers import LABELS, hot_but_poor
from zhanggui.understand.products.matrix import ABC, NAMES, UNKNOWN, XYZ, Matrix, matrix
from zhanggui.understand.products.matrix_answer import (
    SkuRow,
    choice_rows,
    matrix_answer,
    quadrant_sums,
    shown_name,
    sku_rows,
    warnings_of,
)
from zhanggui.understand.refusals import no_figures, no_matrix, no_quadrants, no_table, said_instead
from zhanggui.understand.view import View

MOST_POINTS, PAGE_ROWS, MOST_MOVES = 1_500, 50, 200
SAVE_TO = "/api/v1/products/matrix-borders"
_BY_NAME = {name.name: name for name in NAMES.values()}
_MEDIAN = Text("默认：中位数", "default: the median")
UNITS, PROFIT = Text("销量（件）", "Units sold"), Text("贡献利润", "Contribution profit")
PRODUCT, STORE = (
    ColumnSpec(key="name", label=Text("商品", "Product")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
)


def product_href(product_id: str | None, store: str) -> str | None:
    """Return the page of one product.

    Examples
    --------
    >>> product_href("FS1303", "A")
    '/products/product/FS1303?shop=A'
    """
    return (
        None if product_id is None else f"/products/product/{quote(product_id, safe='')}?{urlencode({'shop': store})}"
    )


def _found(desk: Desk, view: View) -> Matrix:
    return matrix(desk, view, kept_borders(desk))


def _rows(desk: Desk, view: View, found: Matrix) -> tuple[SkuRow, ...]:
    key = ("sku_rows", view.date_from, view.date_to, view.where, found.moved)
    return desk.kept(key, lambda: sku_rows(desk, found))


def _figures(desk: Desk, view: View) -> KpisData:
    found = _found(desk, view)
    items = tuple(
        KpiItem(
            metric=f"matrix_{each.name}",
            label=Text(each.label_zh, each.label_en),
            unit="count",
            value=each.skus,
            numerator=Text(f"贡献利润 {each.profit:,.0f}", f"contribution {each.profit:,.0f}"),
        )
        for each in quadrant_sums(found)
    )
    return KpisData(items=items, currency=found.sales.currency, warnings=warnings_of(found))


def _quadrants(desk: Desk, view: View) -> QuadrantsData:
    found = _found(desk, view)
    rows, code = _rows(desk, view, found), found.sales.currency
    placed = [(row, int(number)) for row, number in zip(rows, found.quadrant, strict=True) if number != UNKNOWN]
    shown = sorted(placed, key=lambda each: -abs(each[0].profit or 0.0))[:MOST_POINTS]
    sums = {each.at: each for each in quadrant_sums(found)}
    left_out = len(placed) - len(shown)
    return QuadrantsData(
        x=QuadrantAxis(label=UNITS, unit="count", border=found.units_border, is_moved=found.moved.units is not None,
                       rule=_MEDIAN),
        y=QuadrantAxis(label=PROFIT, unit="money", border=major(found.profit_border, code),
                       is_moved=found.moved.profit is not None, rule=_MEDIAN),
        currency=code,
        quadrants=tuple(
            Quadrant(at=CORNERS[number], name=name.label, n=sums[CORNERS[number]].skus, action=name.action)
            for number, name in sorted(NAMES.items(), reverse=True)
        ),
        points=tuple(
            QuadrantPoint(name=shown_name(row), x=row.units, y=row.profit or 0.0, at=CORNERS[number],
                          href=product_href(row.product_id, row.store))
            for row, number in shown
        ),
        is_wide=True,
        save_to=SAVE_TO,
        partial=Text(f"另有 {left_out:,} 个金额最小的 SKU 没有画出，数量已计入。",
                     f"{left_out:,} SKUs of the smallest amounts are counted and not drawn.") if left_out else None,
    )  # fmt: skip


def _abc_xyz(desk: Desk, view: View) -> HeatmapData:
    found = _found(desk, view)
    values = tuple(
        tuple(int(((found.abc == a) & (found.xyz == x)).sum()) for x in (*range(len(XYZ)), UNKNOWN))
        for a in range(len(ABC))
    )
    rules = (
        Text("A 占净收入前 80%", "A: first 80% of net revenue"),
        Text("B 至 95%", "B: to 95%"),
        Text("C 其余", "C: the rest"),
    )
    return HeatmapData(
        unit="count",
        rows=rules,
        cols=(Text("X 稳定 CV≤0.5", "X steady CV≤0.5"), Text("Y 波动 CV≤1", "Y varying CV≤1"),
              Text("Z 难料 CV>1", "Z erratic CV>1"), Text("不足 4 周", "under 4 weeks")),
        values=values,
        max=max(map(max, values)),
        partial=Text("CV 是每周销量的变异系数，从首次售出的那一周算起。",
                     "CV is the variation of weekly units, from the week of the first sale."),
    )  # fmt: skip


def _poor(desk: Desk, view: View) -> TableData:
    found = _found(desk, view)
    rows, code = _rows(desk, view, found), found.sales.currency
    poor = hot_but_poor(found)
    columns = (
        PRODUCT, STORE, ColumnSpec(key="units", label=UNITS, unit="count"),
        ColumnSpec(key="profit", label=PROFIT, unit="money", evidence="estimated"),
        *(ColumnSpec(key=name, label=label, unit="money", evidence="estimated") for name, label in LABELS.items()),
        ColumnSpec(key="best", label=Text("先动哪一项", "First lever")),
    )  # fmt: skip
    return TableData(
        columns=columns,
        rows=tuple(
            {
                "name": shown_name(row := rows[each.place]), "store": row.store, "units": row.units,
                "profit": row.profit, **{name: major(gain, code) for name, gain in each.gains.items()},
                "best": LABELS[each.best], "_href": product_href(row.product_id, row.store),
            }
            for each in poor[:PAGE_ROWS]
        ),
        n_rows=len(poor),
        currency=code,
        partial=Text("各项单独计算，其余不变，销量不因提价减少；是上限不是承诺。",
                     "Each by itself, all else unchanged, no sales lost to a higher price: bounds, not promises."),
        empty=None if poor else AllClear("没有高销量低利润的 SKU。", "No SKU sells well and earns little."),
    )  # fmt: skip


def _selection(desk: Desk, view: View) -> TableData:
    found = _found(desk, view)
    rows = _rows(desk, view, found)
    choices = choice_rows(desk, view, found, rows)
    products = {(row.store, row.sku_id): row.product_id for row in rows}
    pages = max(-(-len(choices) // PAGE_ROWS), 1)
    page = min(view.page, pages)
    shown = choices[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return TableData(
        columns=(
             PRODUCT, ColumnSpec(key="advice", label=Text("建议", "Advice")), STORE,
            ColumnSpec(key="profit", label=PROFIT, unit="money", evidence="estimated"),
            ColumnSpec(key="reasons", label=Text("理由", "Reasons")),
        ),
        rows=tuple(
            {
                "advice": each.advice_label, "name": each.title, "store": each.store, "profit": each.profit,
                "reasons": Text("；".join(why.zh for why in each.reasons), "; ".join(why.en for why in each.reasons)),
                "_href": product_href(products.get((each.store, each.sku_id)), each.store),
            }
            for each in shown
        ),
        page=page, pages=pages, n_rows=len(choices), currency=found.sales.currency,
        partial=Text("按象限、走势、退货三项一起判断；竞品与市场数据只用商家自己导入的。",
                     "By quadrant, pace and returns together; of rivals only what the seller has loaded."),
    )  # fmt: skip


def _moves(desk: Desk, view: View) -> TableData:
    answer = matrix_answer(desk, view, kept_borders(desk))
    shown = answer.moves[:MOST_MOVES]
    return TableData(
        columns=(
            ColumnSpec(key="month", label=Text("月份", "Month"), unit="text"), PRODUCT, STORE,
            ColumnSpec(key="before", label=Text("原象限", "From")), ColumnSpec(key="after", label=Text("现象限", "To")),
            ColumnSpec(key="units", label=UNITS, unit="count"),
            ColumnSpec(key="profit", label=PROFIT, unit="money", evidence="estimated"),
        ),
        rows=tuple(
            {
                "month": each.month.isoformat()[:7], "name": each.title, "store": each.store,
                "before": _BY_NAME[each.before].label, "after": _BY_NAME[each.after].label,
                "units": each.units, "profit": each.profit,
            }
            for each in shown
        ),
        n_rows=len(answer.moves), currency=answer.currency,
        empty=None if shown else Text("没有跨月的象限变化：至少要有两个完整的自然月。",
                                      "No moves between months: it takes two whole calendar months."),
    )  # fmt: skip


_TABLES = ("order_header", "order_line", "refund")
matrix_figures = said_instead(_figures, no_figures, *_TABLES)
matrix_quadrants = said_instead(_quadrants, no_quadrants, *_TABLES)
matrix_abc_xyz = said_instead(_abc_xyz, no_matrix, *_TABLES)
matrix_poor = said_instead(_poor, no_table, *_TABLES)
matrix_selection = said_instead(_selection, no_table, *_TABLES)
matrix_moves = said_instead(_moves, no_table, *_TABLES)
