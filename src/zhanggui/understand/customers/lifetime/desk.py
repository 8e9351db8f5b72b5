"""Lifetime value and churn as tiles: figures, tenths, models, LTV : CAC, who is likely to stay away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand.customers.coverage import platform_name
from zhanggui.understand.customers.lifetime.acquisition import CAVEAT, SPLITS, acquisition, split_in
from zhanggui.understand.customers.lifetime.answers import LifetimeAnswer, MoneyAnswer, lifetime_answer
from zhanggui.understand.customers.lifetime.asking import valued
from zhanggui.understand.customers.lifetime.churn import churn_answer
from zhanggui.understand.customers.lifetime.valuation import Terms
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View

MODEL_LABELS = {
    "bg_nbd": Text("BG/NBD", "BG/NBD"),
    "mbg_nbd": Text("MBG/NBD（首购后即可流失）", "MBG/NBD, may leave after the first"),
    "pareto_nbd": Text("Pareto/NBD（随时可流失）", "Pareto/NBD, may leave at any moment"),
}
LIGHTS = {
    "green": Text("健康", "healthy"),
    "amber": Text("偏低", "low"),
    "red": Text("不回本", "does not pay back"),
    "unknown": Text("成本未知", "cost unknown"),
}
SPLIT_LABELS = {
    "platform": Text("平台", "Platform"),
    "shop": Text("店铺", "Store"),
    "channel": Text("渠道", "Channel"),
}
_ROWS = 50


def _answer(desk: Desk, view: View) -> LifetimeAnswer:
    # The page's period ends the history; where it begins is the customers' own.
    return lifetime_answer(valued(desk, replace(view, date_from=None), Terms()))


def _figures(desk: Desk, view: View) -> KpisData:
    found = _answer(desk, view)
    days = found.forecast.horizon_days
    items = [KpiItem(metric="valued_customers", label=Text("客户", "Customers"), unit="count", value=found.customers)]
    for label, money in _moneys(found):
        name = "revenue" if money is found.revenue else "profit"
        items += [
            KpiItem(
                metric=f"{name}_so_far", label=Text(f"{label.zh}·至今", f"{label.en}, so far"), unit="money",
                value=money.historic,
            ),
            KpiItem(
                metric=f"{name}_ahead", label=Text(f"{label.zh}·未来 {days} 天", f"{label.en}, next {days} days"),
                unit="money", value=_cents(money.within_horizon.forecast), evidence="estimated",
            ),
        ]  # fmt: skip
    return KpisData(items=tuple(items), currency=found.currency, warnings=(*found.warnings, *found.not_told.values()))


def _forecast(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    days = found.forecast.horizon_days
    columns = (
        ColumnSpec(key="money", label=Text("金额", "Money")),
        ColumnSpec(key="historic", label=Text("至今", "So far"), unit="money"),
        ColumnSpec(key="ahead", label=Text(f"未来 {days} 天", f"Next {days} days"), unit="money"),
        ColumnSpec(key="low", label=Text("90% 下限", "Low, 90 %"), unit="money"),
        ColumnSpec(key="high", label=Text("90% 上限", "High, 90 %"), unit="money"),
        ColumnSpec(key="today", label=Text("人均现值", "Worth today, each"), unit="money"),
    )
    rows = tuple(
        {
            "money": label,
            "historic": money.historic,
            "ahead": _cents(money.within_horizon.forecast),
            "low": _cents(money.within_horizon.low),
            "high": _cents(money.within_horizon.high),
            "today": _cents(money.discounted_per_customer),
        }
        for label, money in _moneys(found)
    )
    ahead = found.forecast.purchases
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=len(rows),
        currency=found.currency,
        partial=Text(
            f"未来 {days} 天预计购买 {ahead.forecast:,.0f} 次（90% 在 {ahead.low:,.0f} 至 {ahead.high:,.0f}）；"
            f"现值按每年 {found.yearly_discount:.0%} 折现。上下限含本店以往预测的误差。",
            f"{ahead.forecast:,.0f} purchases are expected in {days} days (90 % within {ahead.low:,.0f} and "
            f"{ahead.high:,.0f}); a year of waiting takes {found.yearly_discount:.0%} off. Bounds hold by how much "
            "forecasts of this shop were wrong before.",
        ),
    )


def _moneys(found: LifetimeAnswer) -> Iterator[tuple[Text, MoneyAnswer]]:
    for money, label in (
        (found.revenue, Text("净收入", "Net revenue")),
        (found.profit, Text("贡献利润", "Contribution")),
    ):
        if money is not None:
            yield label, money


def _tenths(desk: Desk, view: View) -> ChartData:
    found = _answer(desk, view)
    rows = found.calibration.deciles
    slope = "-" if found.calibration.slope is None else f"{found.calibration.slope:.2f}"
    return ChartData(
        unit="count",
        x=tuple(Text(f"第 {row.decile} 组", f"Tenth {row.decile}") for row in rows),
        x_kind="category",
        series=(
            Series(name=Text("预测购买", "Forecast"), values=tuple(round(row.forecast) for row in rows)),
            Series(name=Text("实际购买", "Actual"), values=tuple(row.actual for row in rows)),
        ),
        partial=Text(
            f"{found.calibration_end} 之后到 {found.holdout_end}；斜率 {slope}，1 为校准。",
            f"After {found.calibration_end}, up to {found.holdout_end}; slope {slope}, 1 is calibrated.",
        ),
    )


def _models(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    columns = (
        ColumnSpec(key="model", label=Text("模型", "Model")),
        ColumnSpec(key="parameters", label=Text("参数（周）", "Parameters, in weeks")),
        ColumnSpec(key="mae", label=Text("平均绝对误差", "Mean absolute error")),
        ColumnSpec(key="bias", label=Text("总偏差", "Bias"), unit="ratio"),
        ColumnSpec(key="auc", label=Text("再购 AUC", "AUC, buys again")),
        ColumnSpec(key="used", label=Text("采用", "Used")),
    )
    rows = tuple(
        {
            "model": MODEL_LABELS[name],
            "parameters": ", ".join(f"{key} {value:.3g}" for key, value in model.parameters.items()),
            "mae": f"{model.backtest.mae:.4f}",
            "bias": model.backtest.bias,
            "auc": "-" if model.backtest.auc is None else f"{model.backtest.auc:.4f}",
            "used": Text("是", "yes") if name == found.chosen else "",
        }
        for name, model in found.models.items()
    )
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=len(rows),
        partial=Text(
            f"拟合到 {found.calibration_end}，用之后到 {found.holdout_end} 的购买验证，误差最小者用于预测。",
            f"Fitted up to {found.calibration_end}, held against purchases up to {found.holdout_end}; the lowest error "
            "makes the forecast.",
        ),
    )


def _acquisition(desk: Desk, view: View) -> TableData:
    by = split_in(view.by if view.by in SPLITS else None)
    found = acquisition(desk, view, valued(desk, replace(view, date_from=None), Terms()), by)
    columns = (
        ColumnSpec(key="name", label=SPLIT_LABELS[by]),
        ColumnSpec(key="customers", label=Text("客户", "Customers"), unit="count"),
        ColumnSpec(key="revenue", label=Text("人均收入", "Revenue, each"), unit="money"),
        ColumnSpec(key="profit", label=Text("人均利润", "Contribution, each"), unit="money"),
        ColumnSpec(key="cost", label=Text("获客成本", "CAC"), unit="money"),
        ColumnSpec(key="ratio", label=Text("LTV : CAC（90%）", "LTV : CAC, 90 %")),
        ColumnSpec(key="light", label=Text("判断", "Verdict")),
    )
    rows = tuple(
        {
            "name": platform_name(row.name) if by == "platform" else row.name or "-",
            "customers": row.customers,
            "revenue": _cents(row.revenue_each),
            "profit": _cents(row.profit_each),
            "cost": _cents(row.cost_each),
            "ratio": "-" if row.ratio is None else f"{row.ratio:.2f} ({row.low:.2f} – {row.high:.2f})",
            "light": LIGHTS[row.light],
        }
        for row in found.rows
    )
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=len(rows),
        currency=valued(desk, replace(view, date_from=None), Terms()).purchases.currency,
        partial=Text(f"线为 {found.threshold:g}。{CAVEAT.zh}", f"Healthy above {found.threshold:g}. {CAVEAT.en}"),
    )


def _at_risk(desk: Desk, view: View) -> TableData:
    valuation = valued(desk, replace(view, date_from=None), Terms())
    found = churn_answer(valuation, limit=_ROWS)
    columns = (
        ColumnSpec(key="customer", label=Text("客户", "Customer")),
        ColumnSpec(key="churn", label=Text("流失概率", "Stays away"), unit="ratio"),
        ColumnSpec(key="reason", label=Text("依据", "Reason")),
        ColumnSpec(key="last", label=Text("最近购买", "Last bought"), unit="date"),
        ColumnSpec(key="purchases", label=Text("购买日数", "Paid days"), unit="count"),
        ColumnSpec(key="revenue", label=Text("净收入", "Net revenue"), unit="money"),
    )
    rows = tuple(
        {
            "customer": row.customer,
            "churn": row.churn_probability,
            "reason": row.reason,
            "last": row.last_purchase.isoformat(),
            "purchases": row.purchases,
            "revenue": row.revenue,
        }
        for row in found.at_risk
    )
    auc = "-" if found.auc is None else f"{found.auc:.3f}"
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=found.n_at_risk,
        currency=valuation.purchases.currency,
        partial=Text(
            f"共 {found.n_at_risk:,} 位老客，列出贡献最多的 {len(rows)} 位；"
            f"过去 {found.backtest_days} 天验证的 AUC 为 {auc}。",
            f"{found.n_at_risk:,} returning customers; the {len(rows)} who brought most are listed. AUC over the last "
            f"{found.backtest_days} days: {auc}.",
        ),
        empty=None
        if rows
        else AllClear("没有老客沉默得比平时久。", "No returning customer is silent for longer than usual."),
    )


def _cents(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


value_figures = said_instead(_figures, no_figures)
value_forecast = said_instead(_forecast, no_table)
value_tenths = said_instead(_tenths, no_chart)
value_models = said_instead(_models, no_table)
value_acquisition = said_instead(_acquisition, no_table)
value_at_risk = said_instead(_at_risk, no_table)
