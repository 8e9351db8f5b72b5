"""销量-利润矩阵 The sales-profit matrix: each SKU in one of four quadrants, with ABC-XYZ (T-06, SEG-15, PIT-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.methods.classing import (
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    TOP_LEFT,
    TOP_RIGHT,
    middle,
    quadrants,
    share_classes,
    steadiness_classes,
)
from zhanggui.money import currency_exponent
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.borders import Borders
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.sales import SkuSales, sku_sales
from zhanggui.understand.view import View

ABC = ("A", "B", "C")
XYZ = ("X", "Y", "Z")
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class QuadrantName:
    """One of the four: its id, what it is called, what lies in it, and what to do."""

    code: int
    name: str
    label: Text
    rule: Text
    action: Text


NAMES = MappingProxyType(
    {
        TOP_RIGHT: QuadrantName(
            TOP_RIGHT, "star", Text("明星款", "Star"), Text("高销量高利润", "sells well, earns well"),
            Text("保库存、保排名，老客复购与会员专享价围绕它做。", "Never out of stock; hold its ranking and price."),
        ),
        BOTTOM_RIGHT: QuadrantName(
            BOTTOM_RIGHT, "traffic", Text("爆款引流款", "Traffic builder"),
            Text("高销量低利润", "sells well, earns little"),
            Text("当入口用：搭利润款、控推广、查退货与采购价；亏损的限量。",
                 "Use it as the way in: pair it with earners, cap advertising, mend price, cost and returns."),
        ),
        TOP_LEFT: QuadrantName(
            TOP_LEFT, "earner", Text("利润贡献款", "Profit builder"), Text("低销量高利润", "sells little, earns well"),
            Text("加曝光：测图、搭配引流款、定向人群投放。", "Show it more: new pictures, pair with traffic builders."),
        ),
        BOTTOM_LEFT: QuadrantName(
            BOTTOM_LEFT, "question", Text("待优化款", "Mend or drop"),
            Text("低销量低利润", "sells little, earns little"),
            Text("新品给测试期，其余改价、改款或清库存下架。", "Give new ones time; reprice, redo or clear the rest."),
        ),
    }
)  # fmt: skip
"""The four quadrants by number; two of the names are the sources', two are ours (SEG-15)."""

NO_COSTS = ThinGoodsError(
    Text("没有一个 SKU 的成本齐全，利润算不出来。", "No SKU has all its costs, so profit is unknown."),
    Text("导入商品成本表（模板“商品成本”）。", "Load the list of unit costs (template sku_costs)."),
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """SKUs by quadrant.

    Attributes
    ----------
    sales : SkuSales
        Their figures.
    units_border, profit_border : float
        Borders; profit in minor units.
    moved : Borders
        Which of them the shop has set.
    quadrant : array of int, shape (n,)
        Quadrant of each SKU; -1 where its cost is unknown.
    abc, xyz : array of int, shape (n,)
        Class by net revenue and by steadiness of weekly units; -1 where weeks are too few.
    """

    sales: SkuSales
    units_border: float
    profit_border: float
    moved: Borders
    quadrant: npt.NDArray[np.int64]
    abc: npt.NDArray[np.int64]
    xyz: npt.NDArray[np.int64]

    def keys(self) -> list[tuple[int, str]]:
        """Return store and SKU of each row."""
        columns = self.sales.columns
        return list(zip(columns.column("shop_id").to_pylist(), columns.column("sku_id").to_pylist(), strict=True))


def matrix(desk: Desk, view: View, borders: Borders) -> Matrix:
    """Return the matrix of the days and stores of a view.

    Raises
    ------
    ThinGoodsError
        Nothing was sold, or no SKU has all its costs.
    """
    return desk.kept(
        ("matrix", view.date_from, view.date_to, view.where, borders),
        lambda: matrix_of(sku_sales(desk, view), borders),
    )


def matrix_of(sales: SkuSales, borders: Borders) -> Matrix:
    """Return the matrix of some sales; a border that nobody has set is the median of all SKUs with known costs."""
    known = sales.is_known
    if not known.any():
        raise NO_COSTS
    units, profit = sales.of("units").astype(float), sales.profit
    scale = 10 ** currency_exponent(sales.currency)
    units_border = middle(units[known]) if borders.units is None else borders.units
    profit_border = middle(profit[known]) if borders.profit is None else borders.profit * scale
    found = np.full(units.shape, UNKNOWN, dtype=np.int64)
    found[known] = quadrants(units[known], profit[known], x_border=units_border, y_border=profit_border)
    return Matrix(
        sales=sales,
        units_border=units_border,
        profit_border=profit_border,
        moved=borders,
        quadrant=found,
        abc=share_classes(sales.of("net").astype(float)),
        xyz=steadiness_classes(units, sales.of("squares"), weeks_on_sale(sales)),
    )


def weeks_on_sale(sales: SkuSales) -> npt.NDArray[np.int64]:
    """Return the calendar weeks from a SKU's first sale in the period to the end of the period."""
    first = sales.of("first_sold").astype("datetime64[D]")
    # Monday of the week: 1970-01-01 was a Thursday.
    monday = (first.astype(np.int64) + 3) // 7
    last = (np.datetime64(sales.last, "D").astype(np.int64) + 3) // 7
    return np.asarray(last - monday + 1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Move:
    """A SKU that stood in one quadrant in a month and in another in the next."""

    month: date
    shop_id: int
    sku_id: str
    before: int
    after: int
    units: float
    profit_minor: float


def moves(desk: Desk, view: View, borders: Borders, *, most_months: int = 13) -> tuple[Move, ...]:
    """Return the log of moves between quadrants from month to month, the newest first.

    Notes
    -----
    Each calendar month is a matrix of its own. A border that the shop has set for the whole period is scaled by the
    length of the month; otherwise it is the month's own median. The log follows from the ledger, so it is the same
    whenever it is read, and a month that begins or ends outside the period is left out.
    """
    key = ("matrix_moves", view.date_from, view.date_to, view.where, borders)
    return desk.kept(key, lambda: tuple(_moves(desk, view, borders, most_months)))


def _moves(desk: Desk, view: View, borders: Borders, most_months: int) -> list[Move]:
    span = desk.span()
    if span is None:
        return []
    first, last = view.date_from or span.first, view.date_to or span.last
    n_days = (last - first).days + 1
    before: dict[tuple[int, str], int] = {}
    found: list[Move] = []
    for period in full_months(first, last)[-most_months:]:
        share = ((period.last - period.first).days + 1) / n_days
        scaled = Borders(*(None if value is None else value * share for value in (borders.units, borders.profit)))
        try:
            month = matrix(desk, view.within(period.first, period.last), scaled)
        except ThinGoodsError:
            continue
        units, profit = month.sales.of("units"), month.sales.profit
        now = dict(zip(month.keys(), month.quadrant.tolist(), strict=True))
        found += [
            Move(period.first, *key, before[key], now[key], float(units[place]), float(profit[place]))
            for place, key in enumerate(month.keys())
            if key in before and now[key] != UNKNOWN and before[key] != now[key]
        ]
        before |= {key: code for key, code in now.items() if code != UNKNOWN}
    return found[::-1]


def full_months(first: date, last: date) -> list[Period]:
    """Return the calendar months that lie wholly between two days.

    Examples
    --------
    >>> [str(month.first) for month in full_months(date(2026, 5, 20), date(2026, 8, 1))]
    ['2026-06-01', '2026-07-01']
    """
    found = []
    start = first if first.day == 1 else next_month(first)
    while (end := next_month(start) - timedelta(days=1)) <= last:
        found.append(Period(start, end))
        start = end + timedelta(days=1)
    return found


def next_month(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def class_name(names: tuple[str, ...], code: int) -> str | None:
    """Return the letter of a class, None where nothing is said."""
    return None if code == UNKNOWN else names[code]


def figures_of(found: Matrix, place: int) -> dict[str, Any]:
    """Return the classes of one SKU as words."""
    code = int(found.quadrant[place])
    return {
        "quadrant": None if code == UNKNOWN else NAMES[code].name,
        "abc": class_name(ABC, int(found.abc[place])),
        "xyz": class_name(XYZ, int(found.xyz[place])),
    }
