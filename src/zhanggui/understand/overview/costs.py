"""Profit while costs are missing: what is known, what the operator estimated, and what share nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.i18n import Text
from zhanggui.pagespec import CostRow, CostTableData, KpiItem
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, amount, number
from zhanggui.understand.view import View

MEASURES = ("net_revenue", "gmv_paid", "gmv_costed", "product_cost")
NO_CATEGORY = ""
"""Key of the rate for what has no category; it also stands in for every category without a rate of its own."""

FORMULA = Text(
    "预估毛利 = 净支付金额 − 已知成本 − Σ 各类目（净支付金额 × 未录成本占比 × 成本率）；未扣平台费用、运费和广告费",
    "Estimated gross profit = net revenue − known cost − Σ by category (net revenue × share without cost × cost rate); "
    "platform fees, freight and advertising are not deducted",
)


@dataclass(frozen=True, slots=True)
class Margin:
    """Gross profit as far as it can be said.

    Attributes
    ----------
    missing_share : float or None
        Share of the paid amount whose cost no file states, 0 to 1; None without any paid amount.
    profit : float or None
        Gross profit in major units; None while a category has neither cost nor rate.
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
    """Return gross profit and what is missing for it."""
    found = desk.ask(view.question(*MEASURES, by=("category",)))
    rates = desk.cost_rates()
    paid = costed = profit = 0.0
    is_known, is_estimated = True, False
    rows = []
    for row in found.rows:
        category = str(row.get("category") or NO_CATEGORY)
        net, gross = amount(row, "net_revenue"), amount(row, "gmv_paid")
        paid, costed = paid + gross, costed + amount(row, "gmv_costed")
        open_share = 1 - amount(row, "gmv_costed") / gross if gross else 0.0
        profit += net - amount(row, "product_cost")
        # Sums of fen divided as floats: anything below a millionth is rounding, not missing cost.
        if open_share <= 1e-6:
            continue
        rate = rate_of(rates, category)
        rows.append(CostRow(category=category, label=_label(category), revenue=round(net * open_share, 2), rate=rate))
        if rate is None:
            is_known = False
        else:
            is_estimated = True
            profit -= net * open_share * rate
    rows.sort(key=lambda each: -(each.revenue or 0))
    return Margin(
        missing_share=1 - costed / paid if paid else None,
        profit=round(profit, 2) if is_known and paid else None,
        is_estimated=is_estimated,
        rows=tuple(rows),
        currency=found.currency,
    )


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
    """Return gross profit as a figure: estimated and marked so, or not known with the share that is missing."""
    found = margin(desk, view)
    share = found.missing_share or 0.0
    missing = None
    if share > 0:
        said = wording.percent(share)
        missing = Text(
            f"缺成本：占支付金额 {said.zh}。{FORMULA.zh}",
            f"Cost is missing for {said.en} of the paid amount. {FORMULA.en}",
        )
    return KpiItem(
        metric="gross_profit",
        label=Text("毛利（预估）", "Gross profit (estimated)") if found.is_estimated else Text("毛利", "Gross profit"),
        unit="money",
        value=found.profit,
        good="up",
        evidence="estimated" if share > 0 else "counted",
        warning=missing,
    )


def cost_table(desk: Desk, view: View) -> CostTableData:
    """Return one box per category whose cost is missing."""
    found = margin(desk, view)
    if not found.rows:
        empty = Text("没有缺成本的商品。", "No product is without cost.")
        return CostTableData(rows=(), currency=found.currency, missing_share=found.missing_share, empty=empty)
    return CostTableData(
        rows=found.rows, currency=found.currency, missing_share=found.missing_share, text=_what_follows(found)
    )


def _what_follows(found: Margin) -> Text:
    said = wording.percent(found.missing_share or 0)
    if found.profit is None:
        return Text(
            f"缺成本：占支付金额 {said.zh}。每个类目填一个成本率（成本占净支付金额的百分比），即可预估毛利。"
            f"{FORMULA.zh}",
            f"Cost is missing for {said.en} of the paid amount. One cost rate per category (cost as a percentage of "
            f"net revenue) gives an estimate of gross profit. {FORMULA.en}",
        )
    profit = wording.money(found.profit, found.currency)
    return Text(
        f"预估毛利 {profit.zh}；其中按成本率估算的部分占支付金额 {said.zh}。{FORMULA.zh}",
        f"Estimated gross profit {profit.en}; the part estimated from rates is {said.en} of the paid amount. "
        f"{FORMULA.en}",
    )


def missing_share(desk: Desk, view: View) -> float | None:
    """Return the share of the paid amount whose cost no file states."""
    row = desk.ask(view.question("gmv_paid", "gmv_costed")).rows[0]
    paid = number(row, "gmv_paid")
    return 1 - amount(row, "gmv_costed") / paid if paid else None
