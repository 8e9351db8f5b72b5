"""New products: how they began, what they may come to, and how often such forecasts were right (C-GOODS-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.i18n import Text
from zhanggui.methods.earlycurve import BackTest, EarlyCurve, back_test, early_curve
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.view import View

EARLY_DAYS, FULL_DAYS = 7, 28
QUIET_DAYS = 21
"""Days at the beginning of the ledger without a sale that make a first sale a first one."""

HIT_TENTH = 0.9
"""A new product is a hit where it sells as the best tenth of those before it did."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One product of a store since its first sale.

    Attributes
    ----------
    shop_id, product_id : int, str
        The product.
    first : date
        Day of its first sale.
    days : int
        Days since then, the first included.
    early, so_far : float
        Units of the first week, and until now.
    total : float or None
        Units of the first four weeks, where they are over.
    expected, low, high, hit_chance : float or None
        What they will come to, for those whose first week is over and four weeks are not.
    """

    shop_id: int
    product_id: str
    first: date
    days: int
    early: float
    so_far: float
    total: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    hit_chance: float | None = None


@dataclass(frozen=True, slots=True)
class Newcomers:
    """New products of the stores looked at.

    Attributes
    ----------
    rows : tuple of Newcomer
        The youngest first.
    curve, test : EarlyCurve, BackTest or None
        The forecast and how it did; None where too few are old enough.
    hit_units : float or None
        Units of four weeks that make a hit.
    reason : Text or None
        Why there is no forecast.
    """

    rows: tuple[Newcomer, ...]
    curve: EarlyCurve | None
    test: BackTest | None
    hit_units: float | None
    reason: Text | None


def newcomers(desk: Desk, view: View) -> Newcomers:
    """Return the products whose first sale lies in the days of a view, at least three weeks into the ledger."""
    return desk.kept(("newcomers", view.date_from, view.date_to, view.where), lambda: _newcomers(desk, view))


def _newcomers(desk: Desk, view: View) -> Newcomers:
    span = desk.span()
    if span is None:
        return Newcomers((), None, None, None, Text("还没有订单。", "There are no orders yet."))
    stores = tuple(each for each in view.where if each.dim in ("platform", "shop", "product", "category", "brand"))
    last = view.date_to or span.last
    lines = goods_lines(rows_in_view(desk, View(None, last, stores), "line_profit", day="paid_date"))
    daily = lines.group_by(["shop_id", "product_id", "paid_date"]).aggregate(units=lines.quantity.cast("float64").sum())
    first = daily.group_by(["shop_id", "product_id"]).aggregate(first=daily.paid_date.min())
    since = span.first + timedelta(days=QUIET_DAYS)
    begin = max(since, view.date_from) if view.date_from else since
    first = first.filter(first["first"] >= begin)
    held = desk.ledger.query(daily.inner_join(first, ["shop_id", "product_id"])).to_pylist()
    by_product: dict[tuple[int, str], list[tuple[int, float]]] = {}
    began: dict[tuple[int, str], date] = {}
    for row in held:
        key = (row["shop_id"], row["product_id"])
        began[key] = row["first"]
        by_product.setdefault(key, []).append(((row["paid_date"] - row["first"]).days, row["units"]))
    rows = [_row(key, began[key], course, last) for key, course in by_product.items()]
    return _forecast(sorted(rows, key=lambda row: (row.days, row.shop_id, row.product_id)))


def _row(key: tuple[int, str], first: date, course: Sequence[tuple[int, float]], last: date) -> Newcomer:
    days = (last - first).days + 1
    total = sum(units for day, units in course if day < FULL_DAYS)
    return Newcomer(
        shop_id=key[0],
        product_id=key[1],
        first=first,
        days=days,
        early=sum(units for day, units in course if day < EARLY_DAYS),
        so_far=sum(units for _, units in course),
        total=total if days >= FULL_DAYS else None,
    )


def _forecast(rows: list[Newcomer]) -> Newcomers:
    done = [row for row in rows if row.total is not None]
    begun, ended = [row.early for row in done], [float(row.total or 0.0) for row in done]
    try:
        curve = early_curve(begun, ended)
        test = back_test(begun, ended, [row.shop_id for row in done], times=FULL_DAYS / EARLY_DAYS)
    except NotEnoughDataError:
        reason = Text(
            f"只有 {len(done)} 个新品满 {FULL_DAYS} 天，还不足以预测。",
            f"Only {len(done)} new products are {FULL_DAYS} days old: too few for a forecast.",
        )
        return Newcomers(tuple(rows), None, None, None, reason)
    hit_units = sorted(ended)[int(HIT_TENTH * (len(ended) - 1))]
    known = tuple(_with_forecast(row, curve, hit_units) for row in rows)
    return Newcomers(known, curve, test, hit_units, None)


def _with_forecast(row: Newcomer, curve: EarlyCurve, hit_units: float) -> Newcomer:
    if row.total is not None or row.days < EARLY_DAYS:
        return row
    low, high = (float(curve.quantile(row.early, share)) for share in (0.1, 0.9))
    return Newcomer(
        row.shop_id, row.product_id, row.first, row.days, row.early, row.so_far, None,
        expected=max(float(curve.total(row.early)), row.so_far),
        low=max(low, row.so_far),
        high=max(high, row.so_far),
        hit_chance=float(curve.chance_of(row.early, hit_units)),
    )  # fmt: skip
