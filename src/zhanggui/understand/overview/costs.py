"""Profit while costs are missing: what is known, what the operator estimated, and what share nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Answer
from zhanggui.pagespec import AllClear, CostRow, CostTableData, KpiItem
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, amount, number
from zhanggui.understand.doubts import doubts_of
from zhanggui.understand.view import View, metric_href

PROFIT = "contribution_profit"
CHARGES = (
    "freight_out",
    "freight_back",
    "packaging_cost",
    "commission_cost",
    "service_fee_cost",
    "creator_commission_cost",
    "insurance_cost",
    "penalty_cost",
    "order_promotion_cost",
    "order_tax",
    "other_order_cost",
)
"""What is taken from order lines beside their goods."""

MEASURES = (
    "receivable",
    "receivable_cost_unknown",
    "net_receivable",
    "net_receivable_costed",
    "order_contribution",
    "goods_cost",
    *CHARGES,
)
NO_CATEGORY = ""
"""Key of the rate for what has no category; it also stands in for every category without a rate of its own."""

FORMULA = Text(
    "预估贡献利润 = 已知成本部分的贡献利润 + Σ 各类目（未知成本部分扣除费用后的余额 − 其净收入 × 成本率）",
    "Estimated contribution = contribution of what has a known cost + Σ by category (what the rest leaves after fees − "
    "its net receivable × cost rate)",
)


@dataclass(frozen=True, slots=True)
class Margin:
    """Contribution profit as far as it can be said.

    Attributes
    ----------
    missing_share : float or None
        Share of the receivable whose goods have no known cost, 0 to 1; None without any.
    profit : float or None
        Contribution profit in major units; None while a category has neither cost nor rate.
    is_estimated : bool
        Whether an entered rate is part of it.
    rows : tuple of CostRow
        Categories whose cost is asked for.
    """

    missing_share: float | None
    profit: float | None
    is_estimated: bool
    rows: tuple[CostRow, ...]
    currency: str | None


def margin(desk: Desk, view: View) -> Margin:
    """Return contribution profit and what is missing for it: exactly the statement's while every cost is known."""
    found = desk.ask(view.question(*MEASURES, by=("category",)))
    rates = desk.cost_rates()
    due = unknown = estimated = 0.0
    is_known = True
    rows = []
    for row in found.rows:
        category = str(row.get("category") or NO_CATEGORY)
        due, unknown = due + amount(row, "receivable"), unknown + amount(row, "receivable_cost_unknown")
        if not amount(row, "receivable_cost_unknown"):
            continue
        rate = rate_of(rates, category)
        net = amount(row, "net_receivable") - amount(row, "net_receivable_costed")
        rows.append(CostRow(category=category, label=_label(category), revenue=round(net, 2), rate=rate))
        if rate is None:
            is_known = False
        else:
            estimated += _left_before_goods(row) - net * rate
    rows.sort(key=lambda each: -(each.revenue or 0))
    return Margin(
        missing_share=unknown / due if due else None,
        profit=_profit(desk, view, estimated, is_estimated=bool(rows)) if is_known and due else None,
        is_estimated=is_known and bool(rows),
        rows=tuple(rows),
        currency=found.currency,
    )


def _known(desk: Desk, view: View) -> Answer:
    """Return the statement's profit and its two parts."""
    return desk.ask(view.question(PROFIT, "order_contribution", "profit_of_entries"))


def _left_before_goods(row: Mapping[str, object]) -> float:
    """Return what the lines of unknown cost leave after everything but their goods."""
    of_all = amount(row, "net_receivable") - amount(row, "goods_cost") - sum(amount(row, name) for name in CHARGES)
    return of_all - amount(row, "order_contribution")


def _profit(desk: Desk, view: View, estimated: float, *, is_estimated: bool) -> float | None:
    row = _known(desk, view).rows[0]
    if not is_estimated:
        return number(row, PROFIT)
    return round(amount(row, "order_contribution") + amount(row, "profit_of_entries") + estimated, 2)


def rate_of(rates: Mapping[str, float], category: str) -> float | None:
    """Return the rate entered for a category, else the one entered for all others.

    Examples
    --------
    >>> rate_of({"": 0.5, "茶叶": 0.4}, "茶具"), rate_of({"茶叶": 0.4}, "茶具")
    (0.5, None)
    """
    return rates.get(category, rates.get(NO_CATEGORY))


def _label(category: str) -> Text:
    return Text.same(category) if category else Text("未分类商品", "without category")


def profit_figure(desk: Desk, view: View) -> KpiItem:
    """Return contribution profit as a figure: estimated and marked so, or not known with the share that is missing."""
    found = margin(desk, view)
    share = found.missing_share or 0.0
    missing = None
    if share > 0:
        said = wording.percent(share)
        missing = Text(
            f"缺成本：占商家应收 {said.zh}。{FORMULA.zh}",
            f"Cost is missing for {said.en} of the receivable. {FORMULA.en}",
        )
    label = CATALOGUE[PROFIT].label
    return KpiItem(
        metric=PROFIT,
        label=Text(f"{label.zh}（预估）", f"{label.en} (estimated)") if found.is_estimated else label,
        unit="money",
        value=found.profit,
        good="up",
        evidence="estimated" if share > 0 else "counted",
        warning=missing,
        href=None if share > 0 else metric_href(PROFIT),
        doubts=doubts_of(_known(desk, view), (PROFIT,)),
    )


def cost_table(desk: Desk, view: View) -> CostTableData:
    """Return one box per category whose cost is missing."""
    found = margin(desk, view)
    if not found.rows:
        empty = AllClear("没有缺成本的商品。", "No product is without cost.")
        return CostTableData(rows=(), currency=found.currency, missing_share=found.missing_share, empty=empty)
    return CostTableData(
        rows=found.rows, currency=found.currency, missing_share=found.missing_share, text=_what_follows(found)
    )


def _what_follows(found: Margin) -> Text:
    said = wording.percent(found.missing_share or 0)
    if found.profit is None:
        return Text(
            f"缺成本：占商家应收 {said.zh}。每个类目填一个成本率（成本占净收入的百分比），即可预估贡献利润。"
            f"{FORMULA.zh}",
            f"Cost is missing for {said.en} of the receivable. One cost rate per category (cost as a percentage of "
            f"net receivable) gives an estimate of contribution profit. {FORMULA.en}",
        )
    profit = wording.money(found.profit, found.currency)
    return Text(
        f"预估贡献利润 {profit.zh}；其中按成本率估算的部分占商家应收 {said.zh}。{FORMULA.zh}",
        f"Estimated contribution {profit.en}; the part estimated from rates is {said.en} of the receivable. "
        f"{FORMULA.en}",
    )


def missing_share(desk: Desk, view: View) -> float | None:
    """Return the share of the receivable whose goods have no known cost."""
    return number(desk.ask(view.question("cost_unknown_share")).rows[0], "cost_unknown_share")
