"""The rows behind a figure: orders, lines or refunds that add up to it, each with the file and row it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

import ibis
import ibis.expr.types as ir

from zhanggui.calendar import time_zone
from zhanggui.columns import FACTS
from zhanggui.i18n import Text
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics import DIMENSIONS
from zhanggui.metrics.cards import DAY_NAMES
from zhanggui.metrics.compiler.needs import Needs
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.relations import Rows
from zhanggui.metrics.compiler.scan import Scan, lapse_of, parameter_name
from zhanggui.metrics.model import (
    Awaited,
    Difference,
    Distinct,
    Lapse,
    Leaf,
    Level,
    Metric,
    Ratio,
    Sum,
    Total,
    Unit,
    Weighted,
)
from zhanggui.money import currency_exponent
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

PAGE_ROWS = 50

_OF_FACTS: Mapping[str, tuple[str, ...]] = {
    "shop_metric_daily": ("object_path", "product_title"),
    "shipment": ("order_id", "tracking_no", "carrier"),
    "review": ("order_id", "product_id"),
    "service_ticket": ("order_id", "topic"),
    "coupon_issue": ("coupon_id", "offer_name"),
    "message_send": ("campaign_name", "message_channel"),
    "content_post_daily": ("post_id", "content_channel"),
    "live_session": ("live_session_id", "creator_name", "started_at"),
    "member": ("tier", "province"),
    "stock_snapshot": ("internal_sku", "warehouse", "product_title"),
}


def _named(table: str, column: str) -> Text:
    [fact] = (fact for fact in FACTS.values() if fact.table == table)
    return next(each.label for each in fact.columns if each.held_as == column)


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
    "line_profit": (
        ("order_id", Text("订单编号", "Order")),
        ("product_id", Text("商品ID", "Product id")),
        ("sku_id", Text("SKU", "SKU")),
    ),
    "profit_entry": (
        ("detail", Text("来源", "Source")),
        ("campaign_id", Text("计划", "Plan")),
        ("creator_name", Text("达人", "Creator")),
    ),
    "ad_result": (
        ("campaign", Text("计划", "Plan")),
        ("creative", Text("创意", "Creative")),
        ("product_id", Text("商品ID", "Product id")),
    ),
    "event": (
        ("name", Text("事件", "Event")),
        ("page_path", Text("页面", "Page")),
        ("device", Text("设备", "Device")),
    ),
    "stock_balance": (
        ("internal_sku", Text("库存编码", "Stock code")),
        ("warehouse", Text("仓库", "Warehouse")),
    ),
    "stock_day": (
        ("internal_sku", Text("库存编码", "Stock code")),
        ("warehouse", Text("仓库", "Warehouse")),
    ),
    "stock_sale": (
        ("internal_sku", Text("库存编码", "Stock code")),
        ("warehouse", Text("仓库", "Warehouse")),
    ),
    "product_class": (("product_id", Text("商品ID", "Product id")),),
    "goods_day": (
        ("internal_sku", Text("库存编码", "Stock code")),
        ("warehouse", Text("仓库", "Warehouse")),
    ),
    "stock_cover": (("internal_sku", Text("库存编码", "Stock code")),),
    "stock_policy": (
        ("internal_sku", Text("库存编码", "Stock code")),
        ("supplier", Text("供应商", "Supplier")),
    ),
    "receipt_batch": (("internal_sku", Text("库存编码", "Stock code")),),
    "purchase_day": (("day_before", Text("上次购买日", "Bought before")),),
    "member_day": (("tier", Text("会员等级", "Tier")),),
    "member_count": (("tier", Text("会员等级", "Tier")),),
    "cohort": (("channel", Text("渠道", "Channel")),),
    "cart": (("carted_at", Text("加购时间", "Filled at")),),
    "journey": (
        ("order_id", Text("订单编号", "Order")),
        ("first_touch_at", Text("首次触点", "First touch")),
    ),
    "session": (
        ("channel", Text("渠道", "Channel")),
        ("entry_path", Text("进入页", "First page")),
        ("device", Text("设备", "Device")),
    ),
    **{table: tuple((name, _named(table, name)) for name in names) for table, names in _OF_FACTS.items()},
}
_LINEAGE = ("batch_id", "row_no")
"""Where a row was read; what is made of many rows, as a visit is, has none."""
_MADE_OF_MANY = (
    "session",
    "stock_balance",
    "stock_day",
    "stock_sale",
    "receipt_batch",
    "stock_cover",
    "stock_policy",
    "product_class",
    "goods_day",
    "purchase_day",
    "cohort",
    "cart",
    "journey",
    "member_day",
    "member_count",
)

_ORDER_OR_SOURCE = Text("订单或来源", "Order or source")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of row behind a metric, and whether it adds (1) or takes away (-1)."""

    leaf: Leaf
    sign: int


def parts_of(metric: Metric) -> tuple[Part, ...]:
    """Return the kinds of rows that add up to a metric; of a ratio, those of its numerator.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> [(part.leaf.name, part.sign) for part in parts_of(CATALOGUE["net_revenue"])]
    [('gmv_paid', 1), ('refund_amount', -1)]
    """
    match metric:
        case Ratio():
            return parts_of(metric.numerator)
        case Difference():
            taken = tuple(Part(part.leaf, -part.sign) for part in parts_of(metric.subtrahend))
            return (*parts_of(metric.minuend), *taken)
        case Total():
            return tuple(part for addend in metric.addends for part in parts_of(addend))
        case Weighted():
            return tuple(part for each in metric.parts for part in parts_of(each))
        case Sum() | Distinct() | Lapse() | Level():
            return (Part(metric, 1),)
        case Awaited():
            return ()
    raise TypeError(f"no rule for a metric of kind {metric.kind}")


def source_rows(desk: Desk, view: View) -> TableData:
    """Return a page of the rows that add up to the figure of the metric that `view` names."""
    metric = desk.metric(view.name)
    shown = metric.numerator if isinstance(metric, Ratio) else metric
    parts = parts_of(metric)
    if not parts:
        return TableData(columns=(), rows=(), n_rows=0)
    plans = [
        planned(view.question(part.leaf.name).checked({part.leaf.name: part.leaf}), (part.leaf,)) for part in parts
    ]
    scans = [replace(plan.scans[0], date=part.leaf.date) for plan, part in zip(plans, parts, strict=True)]
    params: dict[str, ir.Scalar] = {}
    tables = [_expression(desk, scan, part, params) for scan, part in zip(scans, parts, strict=True)]
    table = tables[0] if len(tables) == 1 else ibis.union(*tables)
    values = {**plans[0].values, "date_from": view.date_from, "date_to": view.date_to}
    counted = desk.ledger.run(desk.ledger.prepare(table.aggregate(n=table.count()), params), values)
    n_rows = int(counted.column("n")[0].as_py())
    pages = max(math.ceil(n_rows / PAGE_ROWS), 1)
    page = min(view.page, pages)
    order = [ibis.desc("day"), "shown_0", "batch_id", "row_no"]
    wanted = table.order_by(order).limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    found = desk.ledger.run(desk.ledger.prepare(wanted, params), values).to_pylist()
    total = desk.ask(view.question(shown.name))
    zone = time_zone(desk.shop.settings.shop.timezone)
    columns = [name for name, _ in _SHOWN[scans[0].spine[-1]]]
    return TableData(
        columns=_columns(shown, parts, scans[0].spine[-1]),
        rows=tuple(_row(shown, parts, row, zone, columns) for row in found),
        total={"day": _whole(shown), "value": total.rows[0][shown.name]},
        page=page,
        pages=pages,
        n_rows=n_rows,
        currency=total.currency,
        partial=_about(metric, shown),
    )


def _whole(shown: Metric) -> Text:
    return Text("合计", "Total") if shown.is_additive else shown.label


def _about(metric: Metric, shown: Metric) -> Text | None:
    if isinstance(shown, Distinct) and shown.table == "session":
        return Text("每行是一次访问；指标把同一访客只计一次", "Each row is a visit; the metric counts a visitor once")
    if isinstance(shown, Distinct) and shown.table != "order_header":
        return Text("指标把多行里的同一个只计一次", "The metric counts what several rows name only once")
    if isinstance(shown, Distinct):
        return Text("每行是一笔订单；指标把同一买家只计一次", "Each row is an order; the metric counts a buyer once")
    if isinstance(shown, Lapse):
        return Text("每行是一次的时长，指标是其中位数或分位数", "Each row is one lapse; the metric is their quantile")
    if isinstance(shown, Level):
        return Text("以下是最后一天的各行", "These are the rows of the last day")
    if isinstance(shown, Weighted):
        return Text("指标是各部分乘以权重之和，各行未乘权重", "The metric weighs its parts; the rows are as they are")
    if shown is metric:
        return None
    return Text(f"以下各行合计为分子“{shown.label.zh}”", f"These rows add up to the numerator, “{shown.label.en}”")


def _expression(desk: Desk, scan: Scan, part: Part, params: dict[str, ir.Scalar]) -> ir.Table:
    """Return the rows that a scan would sum, before it sums them; its open parameters are added to `params`."""
    leaf = part.leaf
    shown = [name for name, _ in _SHOWN[scan.spine[-1]]]
    rows = Rows(desk.ledger.table, _needs(scan, leaf, shown))
    conditions = [rows.all_of(leaf.table, leaf.where), *_conditions(rows, scan, params)]
    if isinstance(leaf, Distinct):
        conditions.append(rows.value(leaf.table, leaf.entity).notnull())
    if isinstance(leaf, Lapse):
        conditions += [rows.value(leaf.table, name).notnull() for name in (leaf.since, leaf.until)]
    kept = [condition for condition in conditions if condition is not None]
    columns = {f"shown_{place}": _first(rows, scan, name) for place, name in enumerate(shown[:3])}
    columns |= {name: _first(rows, scan, name) for name in (*_LINEAGE, "currency")}
    columns |= {"day": rows.day(), "value": ibis.literal(part.sign, "int64"), "part": ibis.literal(leaf.name)}
    if isinstance(leaf, Sum | Level) and leaf.value is not None:
        amount = rows.amount(leaf.table, leaf.value)
        columns["value"] = amount if part.sign > 0 else -amount
        # Rows of nothing, such as refunds that did not succeed, do not stand behind the figure.
        kept.append(amount != 0)
    if isinstance(leaf, Lapse):
        columns["value"] = lapse_of(rows, leaf)
    # Kinds of rows are put under each other, which asks for one type, null or not.
    plain = {name: column.cast(column.type()(nullable=True)) for name, column in columns.items()}
    found = (rows.table.filter(kept) if kept else rows.table).select(**plain)
    return found.filter(found.day == found.day.max()) if isinstance(leaf, Level) else found


def _needs(scan: Scan, leaf: Leaf, shown: Sequence[str]) -> Needs:
    needs = Needs(scan.spine, leaf.date)
    needs.add_day()
    needs.add_filters(leaf.table, leaf.where)
    for name in (*shown, *_LINEAGE, "currency"):
        for table in scan.spine:
            if name in ALL_TABLES[table].column_names:
                needs.add(table, name)
    if isinstance(leaf, Sum | Level) and leaf.value is not None:
        needs.add_amount(leaf.table, leaf.value)
    if isinstance(leaf, Distinct):
        needs.add(leaf.table, leaf.entity)
    if isinstance(leaf, Lapse):
        needs.add(leaf.table, leaf.since)
        needs.add(leaf.table, leaf.until)
    for shape in scan.where:
        needs.add_dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
    return needs


def _first(rows: Rows, scan: Scan, column: str) -> ir.Column:
    """Return a column of the part, else of the whole: an order without lines stands for itself."""
    holders = [table for table in reversed(scan.spine) if column in ALL_TABLES[table].column_names]
    if not holders:
        return ibis.null("int64" if column in _LINEAGE else "string")
    return ibis.coalesce(*(rows.value(table, column) for table in holders))


def _conditions(rows: Rows, scan: Scan, params: dict[str, ir.Scalar]) -> list[ir.BooleanValue]:
    conditions = []
    if scan.has_from:
        conditions.append(rows.day() >= params.setdefault("date_from", ibis.param("date")))
    if scan.has_to:
        conditions.append(rows.day() <= params.setdefault("date_to", ibis.param("date")))
    for place, shape in enumerate(scan.where):
        column = rows.dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
        type_ = "int64" if column.type().is_integer() else "string"
        names = [parameter_name(place, each) for each in range(shape.n_values)]
        values = [params.setdefault(name, ibis.param(type_)) for name in names]
        tests = [column.isnull()] if shape.has_null else []
        tests += [column.isin(values)] if values else []
        conditions.append(tests[0] if len(tests) == 1 else tests[0] | tests[1])
    return conditions


def _columns(shown: Metric, parts: Sequence[Part], lineage: str) -> tuple[ColumnSpec, ...]:
    first = parts[0].leaf
    middle = [ColumnSpec(key=f"shown_{place}", label=label) for place, (_, label) in enumerate(_SHOWN[lineage][:3])]
    if len(parts) > 1:
        # Rows of several kinds share the order only; the rest is said by their kind.
        has_entries = any(part.leaf.table == "profit_entry" for part in parts)
        order = ColumnSpec(key="shown_0", label=_ORDER_OR_SOURCE) if has_entries else middle[0]
        middle = [order, ColumnSpec(key="part", label=Text("项目", "Item"))]
    return (
        ColumnSpec(key="day", label=DAY_NAMES.get(first.date, Text("日期", "Date")), unit="date"),
        *middle,
        ColumnSpec(key="value", label=shown.label, unit=shown.unit.value, align="right"),
        *([] if lineage in _MADE_OF_MANY else [ColumnSpec(key="source", label=Text("来源", "Source"))]),
    )


def _row(
    shown: Metric, parts: Sequence[Part], row: Mapping[str, object], zone: tzinfo, columns: Sequence[str]
) -> dict[str, object]:
    batch, number, day = row["batch_id"], row["row_no"], row["day"]
    texts = {key: _said(row[key], zone, name) for place, name in enumerate(columns) if (key := f"shown_{place}") in row}
    if len(parts) > 1:
        labels = {part.leaf.name: part.leaf.label for part in parts}
        texts = {"shown_0": row["shown_0"], "part": labels[str(row["part"])]}
    plain = {"day": None if day is None else str(day), **texts, "value": _value(shown, row)}
    if batch is None:
        return plain
    return {
        **plain,
        "source": Text(f"文件 {batch} 第 {number} 行", f"file {batch}, row {number}"),
        "_href": f"/source/{batch}/{number}",
    }


def _said(value: object, zone: tzinfo, column: str) -> object:
    """Return a value as a person reads it: by its name, moments by the clock of the shop, to the minute."""
    if column in DIMENSIONS and str(value) in DIMENSIONS[column].names:
        return DIMENSIONS[column].names[str(value)]
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return str(value) if isinstance(value, date) else value


def _value(shown: Metric, row: Mapping[str, object]) -> float | int | None:
    value = row["value"]
    if value is None:
        return None
    if shown.unit is Unit.MONEY:
        return int(str(value)) / int(10 ** currency_exponent(str(row["currency"])))
    number = float(str(value))
    return int(number) if number.is_integer() else number
