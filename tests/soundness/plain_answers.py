"""A second way to every answer: pandas over plain rows, knowing nothing of how questions are compiled."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd
from tests.soundness.books import STORES, Tables

Frame = Any
"""A data frame; pandas ships no types."""
Cell = tuple[Hashable, ...]
Where = Mapping[str, tuple[Any, ...]]

OF_LINES = frozenset({"product", "category", "sku", "spec"})
"""What orders are split by through their lines."""


@dataclass(frozen=True)
class Plain:
    """One number counted from a frame.

    Attributes
    ----------
    frame : str
        ``orders`` (one row per line, or per order without lines), ``lines`` or ``refunds``.
    day : str
        Column of the day it counts on.
    count : callable
        Gives the number of a group of rows.
    keep : callable
        Gives which rows count.
    """

    frame: str
    day: str
    count: Callable[[Frame], float]
    keep: Callable[[Frame], Any]


def _sum(column: str) -> Callable[[Frame], float]:
    return lambda rows: float(rows[column].sum())


def _unique(column: str) -> Callable[[Frame], float]:
    return lambda rows: float(rows[column].nunique())


def _again(rows: Frame) -> float:
    days = rows.dropna(subset=["buyer"]).groupby("buyer")["paid_date"].nunique()
    return float((days >= 2).sum())


def _paid(rows: Frame) -> Any:
    return rows["is_paid"] & (rows["order_kind"] == "ordinary")


def _ordinary(rows: Frame) -> Any:
    return rows["order_kind"] == "ordinary"


def _kept(rows: Frame) -> Any:
    whole = (rows["refunded_minor"] < rows["whole_minor"]) | (
        (rows["whole_minor"] == 0) & (rows["refunded_minor"] == 0)
    )
    return _paid(rows) & whole


def _sold(rows: Frame) -> Any:
    return _paid(rows) & (rows["line_kind"] == "product")


PLAIN: Mapping[str, Plain] = {
    "gmv_paid": Plain("orders", "paid_date", _sum("paid_minor"), _paid),
    "gmv_created": Plain("orders", "created_date", _sum("created_minor"), _ordinary),
    "gmv_unpaid": Plain("orders", "created_date", _sum("created_minor"), lambda r: ~r["is_paid"] & _ordinary(r)),
    "orders_paid": Plain("orders", "paid_date", _unique("order_id"), _paid),
    "orders_created": Plain("orders", "created_date", _unique("order_id"), _ordinary),
    "orders_created_paid": Plain("orders", "created_date", _unique("order_id"), _paid),
    "orders_refunded": Plain(
        "orders", "paid_date", _unique("order_id"), lambda r: _paid(r) & (r["refunded_minor"] > 0)
    ),
    "buyers": Plain("orders", "paid_date", _unique("buyer"), _paid),
    "new_buyers": Plain(
        "orders", "paid_date", _unique("buyer"), lambda r: _paid(r) & (r["paid_date"] == r["first_ever"])
    ),
    "repeat_buyers": Plain("orders", "paid_date", _again, _kept),
    "units_sold": Plain("lines", "paid_date", _sum("quantity"), _sold),
    "skus_sold": Plain("lines", "paid_date", _unique("sku"), _sold),
    "refund_amount": Plain("refunds", "cohort_date", _sum("refunded_minor"), _ordinary),
    "refund_amount_completed": Plain("refunds", "refunded_date", _sum("refunded_minor"), _ordinary),
    "returns": Plain(
        "refunds",
        "cohort_date",
        lambda rows: float(len(rows)),
        lambda r: _ordinary(r) & (r["refund_type"] == "return_and_refund"),
    ),
    # Counts that tell "none" from "not known".
    "_with_buyer": Plain("orders", "paid_date", _unique("order_id"), lambda r: _paid(r) & r["buyer"].notna()),
    "_with_lines": Plain("orders", "paid_date", _unique("order_id"), lambda r: _paid(r) & (r["n_lines"] > 0)),
}
MONEY = frozenset({"gmv_paid", "gmv_created", "gmv_unpaid", "refund_amount", "refund_amount_completed"})
_NEEDS = {
    "buyers": "_with_buyer",
    "new_buyers": "_with_buyer",
    "repeat_buyers": "_with_buyer",
    "units_sold": "_with_lines",
    "skus_sold": "_with_lines",
}
RATIOS = {
    "average_order_value": ("gmv_paid", "orders_paid"),
    "average_buyer_value": ("gmv_paid", "buyers"),
    "average_unit_price": ("gmv_paid", "units_sold"),
    "refund_rate": ("refund_amount", "gmv_paid"),
    "refund_rate_completed": ("refund_amount_completed", "gmv_paid"),
    "repurchase_rate": ("repeat_buyers", "buyers"),
    "new_buyer_rate": ("new_buyers", "buyers"),
    "order_payment_rate": ("orders_created_paid", "orders_created"),
    "refunded_order_share": ("orders_refunded", "orders_paid"),
    "units_per_order": ("units_sold", "orders_paid"),
    "orders_per_buyer": ("orders_paid", "buyers"),
    "return_rate": ("returns", "orders_paid"),
}
DIFFERENCES = {
    "net_revenue": ("gmv_paid", "refund_amount"),
    "net_revenue_completed": ("gmv_paid", "refund_amount_completed"),
    "returning_buyers": ("buyers", "new_buyers"),
}
METRICS = (*(name for name in PLAIN if not name.startswith("_")), *RATIOS, *DIFFERENCES)


def leaves_of(metric: str) -> tuple[str, ...]:
    """Return the plain numbers that a metric is made of."""
    return RATIOS.get(metric) or DIFFERENCES.get(metric) or (metric,)


@dataclass
class Books:
    """The rows of a company as frames that hold every dimension as a column."""

    rows: Tables
    frames: dict[str, Frame] = field(init=False)

    def __post_init__(self) -> None:
        """Make the frames."""
        orders = pd.DataFrame(self.rows["order_header"]).rename(
            columns={"buyer_key": "buyer", "status": "order_status"}
        )
        orders["whole_minor"] = orders["paid_minor"]
        paid = orders[_paid(orders) & orders["buyer"].notna()]
        orders["first_ever"] = orders["buyer"].map(paid.groupby("buyer")["paid_date"].min())
        own = ["shop_id", "order_id", "product_id", "sku_id", "sku_spec", "category", "line_kind", "quantity"]
        lines = pd.DataFrame(self.rows["order_line"])[[*own, "created_minor", "paid_minor"]]
        both = orders.merge(lines, "left", on=["shop_id", "order_id"], suffixes=("", "_of_line"))
        for name in ("created_minor", "paid_minor"):
            both[name] = both[f"{name}_of_line"].fillna(both[name])
        refunds = pd.DataFrame(self.rows["refund"])
        states = orders.set_index("order_id")["order_status"]
        refunds["order_status"] = refunds["order_id"].map(states)
        refunds[["category", "sku_id", "sku_spec"]] = None
        self.frames = {"orders": self._named(both), "refunds": self._named(refunds)}
        self.frames["lines"] = self.frames["orders"][self.frames["orders"]["line_kind"].notna()]

    def _named(self, frame: Frame) -> Frame:
        frame = frame.rename(columns={"product_id": "product", "sku_id": "sku", "sku_spec": "spec"})
        region = frame["province"].map({"上海": "华东", "江苏": "华东", "北京": "华北"})
        frame["region"] = region.astype(object).where(region.notna(), None)
        frame["platform"] = frame["shop_id"].map(STORES)
        frame["shop"] = frame["shop_id"]
        of_product = {(each["shop_id"], each["product_id"]): each["category"] for each in self.rows["product"]}
        keys = zip(frame["shop_id"], frame["product"], strict=True)
        own = pd.Series([of_product.get(key) for key in keys], index=frame.index, dtype=object)
        frame["category"] = frame["category"].where(frame["category"].notna(), own)
        return frame

    def numbers(
        self, name: str, *, by: tuple[str, ...], where: Where, first: date, last: date, grain: str | None
    ) -> dict[Cell, float]:
        """Return a plain number for each cell: the step of the grain, if any, then the value of each dimension."""
        plain = PLAIN[name]
        rows = self.frames[plain.frame]
        rows = rows[plain.keep(rows).astype(bool)]
        days = rows[plain.day]
        rows = rows[days.notna() & (days >= first) & (days <= last)].copy()
        rows["weekday"] = [day.isoweekday() for day in rows[plain.day]]
        hours = plain.day.replace("_date", "_hour")
        rows["hour"] = rows.get(hours)
        for dimension, values in where.items():
            known = rows[dimension].isin([value for value in values if value is not None])
            rows = rows[known | (rows[dimension].isna() if None in values else False)]
        if not len(rows):
            return {}
        rows["step"] = [step_of(day, grain) for day in rows[plain.day]]
        keys = [*(["step"] if grain else []), *by]
        groups: dict[Cell, list[int]] = {}
        for place, values in enumerate(rows[[*keys, "shop"]].itertuples(index=False, name=None)):
            groups.setdefault(_cell(dict(zip(keys, values, strict=False)), values[-1]), []).append(place)
        return {cell: plain.count(rows.iloc[places]) for cell, places in groups.items()}


def _cell(values: Mapping[str, Any], shop: Any) -> Cell:
    plain = {name: None if pd.isna(value) else _whole(value) for name, value in values.items()}
    # One id in two stores is two products; a part of no product is one cell, whatever the store.
    per_store = {name for name in ("product", "sku") if plain.get(name) is not None}
    return tuple((value, int(shop)) if name in per_store else value for name, value in plain.items())


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value


def step_of(day: date, grain: str | None) -> date:
    match grain:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "year":
            return date(day.year, 1, 1)
    return day


def value_of(metric: str, numbers: Mapping[str, float]) -> float | None:
    """Return a metric from the plain numbers of its cell; money in yuan.

    None where nothing could be seen: no order of the cell names its buyer, or lists its lines.
    """
    if metric in RATIOS:
        above, below = (value_of(part, numbers) for part in RATIOS[metric])
        return None if above is None or not below else above / below
    if metric in DIFFERENCES:
        left, right = (value_of(part, numbers) for part in DIFFERENCES[metric])
        return None if left is None or right is None else left - right
    seen = _NEEDS.get(metric)
    if seen is not None and numbers.get("orders_paid", 0) and not numbers.get(seen, 0):
        return None
    value = numbers.get(metric, 0.0)
    return value / 100 if metric in MONEY else value
