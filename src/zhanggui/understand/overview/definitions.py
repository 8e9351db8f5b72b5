"""What a metric says about itself: for its card, for the terminal and for the API."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Metric
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.problems import UnknownMetricError
from zhanggui.pagespec import MetricCardData
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

TABLE_NAMES = {
    "order_header": Text("订单", "orders"),
    "order_line": Text("订单明细", "order lines"),
    "refund": Text("退款", "refunds"),
    "adjustment": Text("其他金额", "adjustments"),
}
DAY_NAMES = {
    "created_date": Text("下单日", "day of the order"),
    "paid_date": Text("付款日", "day of payment"),
    "cohort_date": Text("付款日（付款口径）", "day of payment (payment cohort)"),
    "occurred_date": Text("发生日", "day it was booked"),
    "refunded_date": Text("退款完成日", "day the refund succeeded"),
}


def metric_named(name: str) -> Metric:
    """Return the metric called `name`.

    Raises
    ------
    UnknownMetricError
        The catalogue does not hold it.
    """
    if name not in CATALOGUE:
        raise UnknownMetricError(name, known=CATALOGUE)
    return CATALOGUE[name]


def metric_json(metric: Metric) -> dict[str, object]:
    """Return everything a metric says about itself, as JSON values."""
    return {
        "name": metric.name,
        "label": metric.label.to_json(),
        "definition": metric.definition.to_json(),
        "formula": metric.formula,
        "unit": str(metric.unit),
        "good": metric.good,
        "kind": metric.kind,
        "additive": metric.is_additive,
        "base": base_of(metric).to_json(),
        "dimensions": list(possible_dimensions(tuple(metric.leaves()))),
        "evidence": str(metric.evidence),
        "owner": Text(metric.owner_zh, metric.owner_en).to_json(),
        "catalogue_ids": list(metric.catalogue_ids),
        "chain": str(metric.chain),
        "version": metric.version,
    }


def base_of(metric: Metric) -> Text:
    """Return over which rows and by which day a metric is computed."""
    bases = []
    for leaf in metric.leaves():
        table, day = TABLE_NAMES.get(leaf.table, Text.same(leaf.table)), DAY_NAMES.get(leaf.date, Text.same(leaf.date))
        base = Text(f"{table.zh}，按{day.zh}", f"{table.en} by {day.en}")
        if base not in bases:
            bases.append(base)
    return Text("；".join(base.zh for base in bases), "; ".join(base.en for base in bases))


def metric_card(desk: Desk, view: View) -> MetricCardData:
    """Return the definition card of the metric that the page is about."""
    metric = metric_named(view.name)
    found = desk.ask(view.question(metric.name))
    loaded_at = found.freshness.loaded_at
    return MetricCardData(
        name=metric.name,
        label=metric.label,
        definition=metric.definition,
        formula=Text.same(metric.formula),
        base=base_of(metric),
        unit=metric.unit.value,
        source=Text("已导入的文件（数据 → 文件）", "the imported files (Data → Files)"),
        owner=Text(metric.owner_zh, metric.owner_en),
        freshness=loaded_at.isoformat(timespec="seconds") + "Z" if loaded_at else None,
        evidence=metric.evidence.value,
        catalogue_ids=metric.catalogue_ids,
        version=str(metric.version),
        warnings=tuple(warning.text for warning in found.warnings),
    )
