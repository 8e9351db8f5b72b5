"""Lasting pairs, bundles and neighbours as an answer for programs and as tiles."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, Evidence, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.association import LEVELS
from zhanggui.understand.products.companions import (
    DISCOUNT,
    UPTAKE,
    Companion,
    bundles,
    companions,
    days_looked_at,
    neighbours,
)
from zhanggui.understand.products.sales import sku_sales
from zhanggui.understand.refusals import no_table, said_instead
from zhanggui.understand.view import Pairs, View, view_from_pairs

MOST_ROWS = 60


class CompanionRow(BaseModel):
    """One directed pair with what was checked about it; money in major units."""

    a: str
    b: str
    a_name: str
    b_name: str
    store: str | None
    orders: int
    confidence: float
    lift: float
    q_value: float
    span_lifts: tuple[float | None, ...]
    is_stable: bool
    controlled_lift: float
    is_made_by_promotion: bool
    order_value_change: float | None
    profit_weighted_lift: float | None


class BundleRow(BaseModel):
    """A bundle to try; gain and cannibalisation over as many days again, at the declared uptake."""

    a_name: str
    b_name: str
    store: str | None
    price: float
    usual_price: float
    uptake: float
    gain: float
    cannibalised: float
    net: float
    break_even_uptake: float | None
    evidence: Evidence


class NeighbourRow(BaseModel):
    """Two goods to stock and store together: units of b for each unit of a, and common orders a day."""

    a_name: str
    b_name: str
    store: str | None
    b_per_a: float
    orders_a_day: float


class CompanionsAnswer(BaseModel):
    """Lasting pairs at one level, bundles that should earn, how many would not, and what to store side by side."""

    level: str
    currency: str
    pairs: tuple[CompanionRow, ...]
    bundles: tuple[BundleRow, ...]
    losing_bundles: int
    neighbours: tuple[NeighbourRow, ...]
    warnings: tuple[Text, ...]


def companions_of_pairs(desk: Desk, pairs: Pairs) -> CompanionsAnswer:
    """Return lasting pairs; ``by`` is product, category or brand."""
    return companions_answer(desk, view_from_pairs(pairs))


def level_of(view: View) -> str:
    """Return what is paired: the page's choice, products by default.

    Raises
    ------
    BadChoiceError
        It is none of product, category, brand.
    """
    level = view.by or LEVELS[0]
    if level not in LEVELS:
        raise BadChoiceError(level, where="by", allowed=LEVELS)
    return level


def companions_answer(desk: Desk, view: View) -> CompanionsAnswer:
    """Return lasting pairs as ``zhanggui products companions --json`` prints them."""
    level = level_of(view)
    found, code = companions(desk, view, level), sku_sales(desk, view).currency
    days = days_looked_at(desk, view)
    every = bundles(found)
    earning = tuple(each for each in every if each.net > 0)
    return CompanionsAnswer(
        level=level,
        currency=code,
        pairs=tuple(_pair_row(pair, code) for pair in found),
        bundles=tuple(
            BundleRow(
                a_name=each.pair.a_name, b_name=each.pair.b_name, store=each.pair.store,
                price=major(each.price, code) or 0.0,
                usual_price=major(each.pair.price_a + each.pair.price_b, code) or 0.0, uptake=UPTAKE,
                gain=major(each.gain, code) or 0.0, cannibalised=major(each.cannibalised, code) or 0.0,
                net=major(each.net, code) or 0.0, break_even_uptake=each.break_even, evidence="estimated",
            )
            for each in earning
        ),
        losing_bundles=len(every) - len(earning),
        neighbours=tuple(
            NeighbourRow(a_name=pair.a_name, b_name=pair.b_name, store=pair.store, b_per_a=pair.confidence,
                         orders_a_day=pair.orders / days)
            for pair in neighbours(found)
        ),
        warnings=(_NOT_CAUSED,),
    )  # fmt: skip


_NOT_CAUSED = Text(
    f"常一起买不等于互相带动；套餐按 {UPTAKE:.0%} 的接受率和 {1 - DISCOUNT:.0%} 的价格估算，先小范围对照测试。",
    f"Bought together is not because of; bundles assume {UPTAKE:.0%} uptake at {DISCOUNT:.0%} off: test them first.",
)


def _pair_row(pair: Companion, code: str) -> CompanionRow:
    return CompanionRow(
        a=pair.a, b=pair.b, a_name=pair.a_name, b_name=pair.b_name, store=pair.store, orders=pair.orders,
        confidence=pair.confidence, lift=pair.lift, q_value=pair.q_value,
        span_lifts=pair.span_lifts, is_stable=pair.is_stable,
        controlled_lift=pair.controlled_lift, is_made_by_promotion=pair.is_made_by_promotion,
        order_value_change=pair.value_change,
        profit_weighted_lift=major(pair.profit_weighted_lift, code) if pair.profit_known else None,
    )  # fmt: skip


_YES = Text("是", "yes")
_NAMES = (ColumnSpec(key="a", label=Text("买了", "With")), ColumnSpec(key="b", label=Text("也买", "also bought")))
_STORE = ColumnSpec(key="store", label=Text("店铺", "Store"))


def _names(rows: Sequence[CompanionRow | BundleRow | NeighbourRow]) -> tuple[ColumnSpec, ...]:
    return (*_NAMES, _STORE) if any(row.store for row in rows) else _NAMES


def _pairs(desk: Desk, view: View) -> TableData:
    found = companions_answer(desk, view)
    columns = (
        *_names(found.pairs), ColumnSpec(key="orders", label=Text("同单", "Orders"), unit="count"),
        ColumnSpec(key="confidence", label=Text("置信度", "Confidence"), unit="ratio"),
        ColumnSpec(key="lift", label=Text("提升度", "Lift"), unit="count"),
        ColumnSpec(key="controlled", label=Text("扣除店铺与大促后", "Within stores and phases"), unit="count"),
        ColumnSpec(key="stable", label=Text("三段都成立", "In every span")),
        ColumnSpec(key="worth", label=Text("每单多带的利润", "Profit beyond chance"), unit="money",
                   evidence="estimated"),
        ColumnSpec(key="value", label=Text("客单价差", "Order value"), unit="ratio"),
    )  # fmt: skip
    rows = tuple(
        {"a": row.a_name, "b": row.b_name, "store": row.store, "orders": row.orders, "confidence": row.confidence,
         "lift": round(row.lift, 2), "controlled": round(row.controlled_lift, 2),
         "stable": _YES if row.is_stable else None, "worth": row.profit_weighted_lift,
         "value": row.order_value_change}
        for row in found.pairs[:MOST_ROWS]
    )  # fmt: skip
    nothing = Text("没有显著的搭配。", "No pair is sure.")
    return TableData(
        columns=columns, rows=rows, n_rows=len(found.pairs), currency=found.currency, warnings=found.warnings,
        empty=None if rows else nothing,
    )  # fmt: skip


def _bundles(desk: Desk, view: View) -> TableData:
    found = companions_answer(desk, view)
    columns = (
        *_names(found.bundles), ColumnSpec(key="price", label=Text("套餐价", "Bundle price"), unit="money"),
        ColumnSpec(key="gain", label=Text("带来", "Gain"), unit="money", evidence="estimated"),
        ColumnSpec(key="cannibalised", label=Text("自我蚕食", "Cannibalised"), unit="money", evidence="estimated"),
        ColumnSpec(key="net", label=Text("净增利润", "Net"), unit="money", evidence="estimated"),
        ColumnSpec(key="break_even", label=Text("保本接受率", "Break-even uptake"), unit="ratio"),
    )  # fmt: skip
    rows = tuple(
        {"a": row.a_name, "b": row.b_name, "store": row.store, "price": row.price, "gain": row.gain,
         "cannibalised": row.cannibalised,
         "net": row.net, "break_even": row.break_even_uptake}
        for row in found.bundles[:MOST_ROWS]
    )  # fmt: skip
    n = found.losing_bundles
    losing = Text(
        f"另有 {n} 对按此估算会亏，不建议做套餐。", f"{n} more pairs would lose by this estimate: no bundles."
    )
    nothing = Text("没有稳定的搭配可做套餐。", "No lasting pair to bundle.")
    return TableData(
        columns=columns, rows=rows, n_rows=len(found.bundles), currency=found.currency,
        partial=losing if n else None, empty=None if rows else nothing,
    )  # fmt: skip


def _neighbours(desk: Desk, view: View) -> TableData:
    found = companions_answer(desk, view)
    columns = (
        *_names(found.neighbours), ColumnSpec(key="b_per_a", label=Text("每件配备", "Stock of b per a"), unit="ratio"),
        ColumnSpec(key="orders_a_day", label=Text("每天同单", "Common orders a day"), unit="count"),
    )  # fmt: skip
    rows = tuple(
        {
            "a": row.a_name,
            "b": row.b_name,
            "store": row.store,
            "b_per_a": row.b_per_a,
            "orders_a_day": round(row.orders_a_day, 2),
        }
        for row in found.neighbours[:MOST_ROWS]
    )
    nothing = Text("没有强到值得相邻存放的搭配。", "No pair is strong enough to be stored together.")
    return TableData(columns=columns, rows=rows, n_rows=len(found.neighbours), empty=None if rows else nothing)


_TABLES = ("order_line", "product")
companion_pairs = said_instead(_pairs, no_table, *_TABLES)
companion_bundles = said_instead(_bundles, no_table, *_TABLES)
companion_neighbours = said_instead(_neighbours, no_table, *_TABLES)
