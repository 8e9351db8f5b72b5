"""The definition card of a metric, with how fresh its numbers are."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.metrics.cards import base_of
from zhanggui.pagespec import MetricCardData
from zhanggui.understand.desk import Desk
from zhanggui.understand.sourcing import source_states
from zhanggui.understand.view import View


def metric_card(desk: Desk, view: View) -> MetricCardData:
    """Return the definition card of the metric that the page is about."""
    metric = desk.metric(view.name)
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
        sources=source_states(desk, metric, found),
        warnings=tuple(warning.text for warning in found.warnings),
    )
