"""The demand forecast as tiles: what is expected, how such forecasts did, every SKU."""

from __future__ import annotations

import numpy as np

from zhanggui.i18n import Text
from zhanggui.pagespec import ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.forecast import forecast_of
from zhanggui.understand.inventory.forecast_answer import DAYS, course_of, rows_of, trial_row
from zhanggui.understand.inventory.tile_parts import PAGE_ROWS, said_instead
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View


def _figures(desk: Desk, view: View) -> KpisData:
    desk.stands_on(view, "order_header", "order_line")
    found = forecast_of(desk, view)
    doubt = Text(" ".join(each.zh for each in found.warnings), " ".join(each.en for each in found.warnings))
    items = [
        KpiItem(
            metric="demand_expected", label=Text(f"未来 {DAYS} 天预计件数", f"Units in the next {DAYS} days"),
            unit="count", value=round(float(found.demand(DAYS).mean.sum())), evidence="estimated",
            warning=doubt if found.warnings else None,
        ),
        KpiItem(
            metric="demand_sold", label=Text("近 28 天售出件数", "Units of the last 28 days"), unit="count",
            value=round(float(found.past.past.counts[:, -4:].sum())),
        ),
    ]  # fmt: skip
    if found.trials:
        whole = trial_row(found, found.trials[0])
        told = Text(f"上周照抄：{_figure(whole.naive.mase)}", f"as last week: {_figure(whole.naive.mase)}")
        items += [
            KpiItem(
                metric="demand_mase", label=Text("误差倍数 MASE", "Error (MASE)"), unit="text",
                value=None if whole.forecast.mase is None else round(whole.forecast.mase, 3),
                good="down", numerator=told,
            ),
            KpiItem(
                metric="demand_coverage", label=Text("P90 覆盖率", "Covered by P90"), unit="ratio",
                value=whole.forecast.coverage,
            ),
            KpiItem(
                metric="demand_bias", label=Text("偏差", "Bias"), unit="ratio", value=whole.forecast.bias,
            ),
        ]  # fmt: skip
    return KpisData(items=tuple(items))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _course(desk: Desk, view: View) -> ChartData:
    found = course_of(forecast_of(desk, view), DAYS)
    return ChartData(
        unit="count",
        x=tuple(each.first_day.isoformat() for each in found),
        x_kind="date",
        series=(
            Series(name=Text("售出", "Sold"), values=tuple(each.sold for each in found)),
            Series(name=Text("预计", "Expected"), values=tuple(each.expected for each in found), role="compare"),
        ),
    )


def _trials(desk: Desk, view: View) -> TableData:
    found = forecast_of(desk, view)
    if not found.trials:
        return no_table(
            Text(
                "历史太短，无法在自己的过去上试：至少需要 9 周。",
                "The past is too short to try a forecast on it: nine weeks are needed.",
            )
        )
    columns = (
        ColumnSpec(key="category", label=Text("类目", "Category")),
        ColumnSpec(key="model", label=Text("所选模型", "Model chosen")),
        ColumnSpec(key="skus", label=Text("SKU 数", "SKUs"), unit="count"),
        ColumnSpec(key="mase", label=Text("MASE", "MASE")),
        ColumnSpec(key="naive", label=Text("上周照抄 MASE", "As last week")),
        ColumnSpec(key="pinball", label=Text("分位损失", "Pinball")),
        ColumnSpec(key="naive_pinball", label=Text("上周照抄", "As last week")),
        ColumnSpec(key="bias", label=Text("偏差", "Bias"), unit="ratio"),
        ColumnSpec(key="coverage", label=Text("P90 覆盖率", "Covered by P90"), unit="ratio"),
    )
    rows = []
    for each in found.trials:
        row = trial_row(found, each)
        name = Text("全部", "All") if row.category is None else row.category or Text("未分类", "no category")
        rows.append(
            {
                "category": name,
                "model": row.model_name,
                "skus": row.skus,
                "mase": _figure(row.forecast.mase),
                "naive": _figure(row.naive.mase),
                "pinball": _figure(row.forecast.pinball),
                "naive_pinball": _figure(row.naive.pinball),
                "bias": row.forecast.bias,
                "coverage": row.forecast.coverage,
            }
        )
    return TableData(columns=columns, rows=tuple(rows), n_rows=len(rows))


def _skus(desk: Desk, view: View) -> TableData:
    found = forecast_of(desk, view)
    order = np.argsort(-found.demand(DAYS).mean, kind="stable")
    pages = max(-(-len(order) // PAGE_ROWS), 1)
    page = min(max(view.page, 1), pages)
    columns = (
        ColumnSpec(key="sku", label=Text("商品编码", "SKU")),
        ColumnSpec(key="name", label=Text("名称", "Name")),
        ColumnSpec(key="category", label=Text("类目", "Category")),
        ColumnSpec(key="model", label=Text("模型", "Model")),
        ColumnSpec(key="sold", label=Text("近 28 天", "Last 28 days"), unit="count"),
        ColumnSpec(key="expected", label=Text("预计", "Expected"), unit="count", evidence="estimated"),
        ColumnSpec(key="q50", label=Text("P50", "P50"), unit="count", evidence="estimated"),
        ColumnSpec(key="q80", label=Text("P80", "P80"), unit="count", evidence="estimated"),
        ColumnSpec(key="q90", label=Text("P90", "P90"), unit="count", evidence="estimated"),
        ColumnSpec(key="q95", label=Text("P95", "P95"), unit="count", evidence="estimated"),
    )
    places = [int(at) for at in order[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]]
    rows = tuple(
        {
            "sku": each.sku,
            "name": each.name,
            "category": each.category or None,
            "model": each.model_name,
            "sold": each.sold_28_days,
            "expected": round(each.expected, 1),
            "q50": each.q50,
            "q80": each.q80,
            "q90": each.q90,
            "q95": each.q95,
        }
        for each in rows_of(found, DAYS, places)
    )
    return TableData(columns=columns, rows=rows, n_rows=len(order), page=page, pages=pages)


forecast_figures = said_instead(_figures, no_figures)
forecast_course = said_instead(_course, no_chart)
forecast_trials = said_instead(_trials, no_table)
forecast_skus = said_instead(_skus, no_table)
