"""选品 What to add, push, keep or drop, in order of money, each with its reasons (C-GOODS-04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.classing import BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT
from zhanggui.money import major
from zhanggui.understand import wording
from zhanggui.understand.products.matrix import UNKNOWN, Matrix, weeks_on_sale

Advice = Literal["add", "push", "mend", "keep", "drop", "unknown"]
ADVICE = {
    "add": Text("加深备货", "Add"),
    "push": Text("加大推广", "Push"),
    "mend": Text("先修再推", "Mend first"),
    "keep": Text("观察", "Keep"),
    "drop": Text("清库存下架", "Drop"),
    "unknown": Text("补成本", "Cost missing"),
}
HIGH_RETURNS = 1.5
"""Times the usual return rate from which returns speak against a SKU."""

LEAST_LINES = 20
"""Order lines from which a SKU's return rate is looked at."""

NEW_WEEKS = 6
"""Weeks for which a SKU counts as new and is not dropped."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one SKU calls for.

    Attributes
    ----------
    place : int
        Row of the matrix.
    advice : str
        One of `ADVICE`.
    money_minor : float
        By what it is ranked: contribution earned, or lost; NaN where the cost is unknown.
    reasons : tuple of Text
        Never one figure alone (T-22).
    """

    place: int
    advice: Advice
    money_minor: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """Units of each SKU in two spans of equal length, the later of which ends the period looked at."""

    earlier: Mapping[tuple[int, str], float]
    later: Mapping[tuple[int, str], float]


def selection(found: Matrix, pace: Pace) -> tuple[Choice, ...]:
    """Return every SKU with its advice, the most money first within each advice.

    Parameters
    ----------
    found : Matrix
        The period looked at.
    pace : Pace
        How each sells now and sold before.
    """
    sales = found.sales
    n_lines, returned = sales.of("n_lines").astype(float), sales.of("returned").astype(float)
    usual = float(returned.sum() / n_lines.sum())
    rates, weeks = (returned / n_lines).tolist(), weeks_on_sale(sales).tolist()
    profit, codes = sales.profit.tolist(), found.quadrant.tolist()
    rows = []
    for place, key in enumerate(found.keys()):
        was, now = pace.earlier.get(key), pace.later.get(key, 0.0)
        if codes[place] == UNKNOWN:
            reasons = (Text("成本未知，不判断", "cost unknown: no verdict"),)
            rows.append(Choice(place, "unknown", profit[place], reasons))
            continue
        is_returned = n_lines[place] >= LEAST_LINES and rates[place] > HIGH_RETURNS * usual
        told = [_profit_reason(profit[place], sales.currency), _pace_reason(now, was)]
        if is_returned:
            told.append(
                Text(f"退货 {rates[place]:.1%}，平均 {usual:.1%}", f"{rates[place]:.1%} come back, {usual:.1%} usual")
            )
        is_growing, is_new = was is not None and now > was, weeks[place] <= NEW_WEEKS and was is None
        advice = _advice(codes[place], profit[place], is_growing=is_growing, is_returned=is_returned, is_new=is_new)
        rows.append(Choice(place, advice, profit[place], tuple(told)))
    order = list(ADVICE)
    return tuple(sorted(rows, key=lambda row: (order.index(row.advice), -abs(np.nan_to_num(row.money_minor)))))


def _advice(code: int, profit: float, *, is_growing: bool, is_returned: bool, is_new: bool) -> Advice:
    """Return the advice from quadrant, sign of profit, pace and returns together."""
    if is_returned and code in (TOP_RIGHT, BOTTOM_RIGHT, TOP_LEFT):
        return "mend"
    if code == TOP_RIGHT:
        return "add" if is_growing else "keep"
    if code == TOP_LEFT:
        return "push"
    if code == BOTTOM_RIGHT:
        return "mend"
    assert code == BOTTOM_LEFT
    return "keep" if is_new or (profit > 0 and is_growing) else "drop"


def _profit_reason(profit: float, currency: str) -> Text:
    shown = wording.money(major(profit, currency) or 0.0, currency)
    return Text(f"贡献利润 {shown.zh}", f"contribution {shown.en}")


def _pace_reason(units: float, was: float | None) -> Text:
    if was is None:
        return Text(f"近期销量 {units:,.0f}，此前没有", f"{units:,.0f} units of late, none before")
    return Text(f"近期销量 {units:,.0f}，此前 {was:,.0f}", f"{units:,.0f} units of late, {was:,.0f} before")
