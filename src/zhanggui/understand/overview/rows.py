"""The rows behind a figure: orders, lines or refunds, each with the file and row it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.schema import TABLES
from zhanggui.metrics import CATALOGUE, DIMENSIONS
from zhanggui.metrics.compiler.needs import Needs
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.relations import Rows
from zhanggui.metrics.compiler.scan import Scan, parameter_name
from zhanggui.metrics.model import Distinct, Leaf, Metric, Sum, Unit
from zhanggui.money import currency_exponent
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.definitions import DAY_NAMES, metric_named
from zhanggui.understand.view import View

PAGE_ROWS = 50

_SHOWN: Mapping[str, tuple[tuple[str, Text], ...]] = {
    "order_header": (
        ("order_id", Text("订单编号", "Order")),
        ("status_raw", Text("订单状态", "Status")),
        ("province", Text("省份", "Province")),
    ),
    "order_line": (
        ("order_id", Text("订单编号", "Order")),
        ("product_title", Text("商品", "Product")),
        ("sku_spec", Text("规格", "Variant")),
    ),
    "refund": (
        ("order_id", Text("订单编号", "Order")),
        ("refund_id", Text("退款编号", "Refund")),
        ("status_raw", Text("退款状态", "Status")),
        ("reason_raw", Text("原因", "Reason")),
    ),
    "adjustment": (("source_id", Text("编号", "Id")), ("note", Text("说明", "Note"))),
}


def leading_leaf(metric: Metric) -> Leaf:
    """Return the sum or count whose rows stand behind a metric: of a ratio or difference, its first part."""
    return next(iter(metric.leaves()))


def source_rows(desk: Desk, view: View) -> TableData:
    """Return a page of the rows that add up to the figure of the metric that `view` names."""
    metric = metric_named(view.name)
    leaf = leading_leaf(metric)
    question = view.question(leaf.name).checked(CATALOGUE)
    plan = planned(question, (leaf,))
    scan = replace(plan.scans[0], date=leaf.date)
    table, params = _expression(desk, scan, leaf)
    values = {**plan.values, "date_from": view.date_from, "date_to": view.date_to}
    n_rows = int(desk.ledger.run(desk.ledger.prepare(table.aggregate(n=table.count()), params), values)["n"][0].as_py())
    pages = max(math.ceil(n_rows / PAGE_ROWS), 1)
    page = min(view.page, pages)
    order = [ibis.desc("day"), "shown_0", "batch_id", "row_no"]
    wanted = table.order_by(order).limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    found = desk.ledger.run(desk.ledger.prepare(wanted, params), values).to_pylist()
    total = desk.ask(view.question(leaf.name))
    return TableData(
        columns=_columns(leaf, scan.spine[-1]),
        rows=tuple(_row(leaf, row) for row in found),
        total={"day": Text("合计", "Total"), "value": total.rows[0][leaf.name]},
        page=page,
        pages=pages,
        n_rows=n_rows,
        currency=total.currency,
        partial=_about(metric, leaf),
    )


def _about(metric: Metric, leaf: Leaf) -> Text | None:
    if leaf.name == metric.name:
        return None
    return Text(f"以下是“{leaf.label.zh}”的明细", f"The rows of “{leaf.label.en}”")


def _expression(desk: Desk, scan: Scan, leaf: Leaf) -> tuple[ir.Table, dict[str, ir.Scalar]]:
    """Return the rows that a scan would sum, before it sums them, and the open parameters."""
    lineage = scan.spine[-1]
    needs = Needs(scan.spine, leaf.date)
    needs.add_day()
    needs.add_filters(leaf.table, leaf.where)
    shown = [name for name, _ in _SHOWN[lineage]]
    for name in (*shown, "batch_id", "row_no", "currency"):
        for table in scan.spine:
            if name in TABLES[table].column_names:
                needs.add(table, name)
    if isinstance(leaf, Sum) and leaf.value is not None:
        needs.add_amount(leaf.table, leaf.value)
    if isinstance(leaf, Distinct):
        needs.add(leaf.table, leaf.entity)
    for shape in scan.where:
        needs.add_dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
    rows = Rows(desk.ledger.table, needs)
    params: dict[str, ir.Scalar] = {}
    conditions = [rows.all_of(leaf.table, leaf.where), *_conditions(rows, scan, params)]
    if isinstance(leaf, Distinct):
        conditions.append(rows.value(leaf.table, leaf.entity).notnull())
    kept = [condition for condition in conditions if condition is not None]
    columns = {f"shown_{place}": _first(rows, scan, name) for place, name in enumerate(shown)}
    columns |= {name: _first(rows, scan, name) for name in ("batch_id", "row_no", "currency")}
    columns |= {"day": rows.day(), "value": ibis.literal(1)}
    if isinstance(leaf, Sum) and leaf.value is not None:
        columns["value"] = rows.amount(leaf.table, leaf.value)
        # Rows of nothing, such as refunds that did not succeed, do not stand behind the figure.
        kept.append(columns["value"] != 0)
    return (rows.table.filter(kept) if kept else rows.table).select(**columns), params


def _first(rows: Rows, scan: Scan, column: str) -> ir.Column:
    """Return a column of the part, else of the whole: an order without lines stands for itself."""
    holders = [table for table in reversed(scan.spine) if column in TABLES[table].column_names]
    return ibis.coalesce(*(rows.value(table, column) for table in holders))


def _conditions(rows: Rows, scan: Scan, params: dict[str, ir.Scalar]) -> list[ir.BooleanValue]:
    conditions = []
    if scan.has_from:
        params["date_from"] = ibis.param("date")
        conditions.append(rows.day() >= params["date_from"])
    if scan.has_to:
        params["date_to"] = ibis.param("date")
        conditions.append(rows.day() <= params["date_to"])
    for place, shape in enumerate(scan.where):
        column = rows.dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
        type_ = "int64" if column.type().is_integer() else "string"
        values = {parameter_name(place, each): ibis.param(type_) for each in range(shape.n_values)}
        params |= values
        tests = [column.isnull()] if shape.has_null else []
        tests += [column.isin(list(values.values()))] if values else []
        conditions.append(tests[0] if len(tests) == 1 else tests[0] | tests[1])
    return conditions


def _columns(leaf: Leaf, lineage: str) -> tuple[ColumnSpec, ...]:
    shown = _SHOWN[lineage]
    unit = leaf.unit.value
    return (
        ColumnSpec(key="day", label=DAY_NAMES.get(leaf.date, Text("日期", "Date")), unit="date"),
        *(ColumnSpec(key=f"shown_{place}", label=label) for place, (_, label) in enumerate(shown)),
        ColumnSpec(key="value", label=leaf.label, unit=unit, align="right"),
        ColumnSpec(key="source", label=Text("来源", "Source")),
    )


def _row(leaf: Leaf, row: Mapping[str, object]) -> dict[str, object]:
    batch, number = row["batch_id"], row["row_no"]
    value = row["value"]
    if leaf.unit is Unit.MONEY and value is not None:
        value = int(str(value)) / 10 ** currency_exponent(str(row["currency"]))
    elif value is not None:
        value = float(str(value))
        value = int(value) if value.is_integer() else value
    shown = {name: text for name, text in row.items() if name.startswith("shown_")}
    day = row["day"]
    return {
        "day": None if day is None else str(day),
        **shown,
        "value": value,
        "source": Text(f"文件 {batch} 第 {number} 行", f"file {batch}, row {number}"),
        "_href": f"/source/{batch}/{number}",
    }
