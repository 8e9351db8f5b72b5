"""What a metric says about itself: for its card, the terminal, the API and the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.profit.rules import PROFIT_RULES, ProfitRule
from zhanggui.ledger.quality.standing import TABLE_NAMES
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.compiler.plan import is_additive_over, possible_dimensions
from zhanggui.metrics.model import Metric, Unit
from zhanggui.metrics.problems import UnknownMetricError

UNIT_NAMES: Mapping[Unit, Text] = MappingProxyType(
    {
        Unit.MONEY: Text("金额", "money"),
        Unit.COUNT: Text("数量", "count"),
        Unit.RATIO: Text("比率", "ratio"),
        Unit.DAYS: Text("天", "days"),
        Unit.HOURS: Text("小时", "hours"),
        Unit.MINUTES: Text("分钟", "minutes"),
    }
)
TIME_UNITS = frozenset({Unit.DAYS, Unit.HOURS, Unit.MINUTES})
DAY_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "created_date": Text("下单日", "day of the order"),
        "paid_date": Text("付款日", "day of payment"),
        "deposit_paid_date": Text("付定金日", "day of the deposit"),
        "cohort_date": Text("付款日（付款口径）", "day of payment (payment cohort)"),
        "occurred_date": Text("发生日", "day it was booked"),
        "refunded_date": Text("退款完成日", "day the refund succeeded"),
        "day": Text("发生日", "its own day"),
        "event_date": Text("事件发生日", "day of the event"),
        "session_date": Text("访问开始日", "day the visit began"),
        "shipped_date": Text("发货日", "day of shipping"),
        "promised_date": Text("承诺发货日", "day of promised shipping"),
        "reviewed_date": Text("评价日", "day of the review"),
        "opened_date": Text("工单创建日", "day the ticket was opened"),
        "issued_date": Text("发券日", "day of issue"),
        "planned_date": Text("计划发送日", "day it was planned for"),
        "joined_date": Text("入会日", "day of joining"),
    }
)


def metric_named(name: str, catalogue: Mapping[str, Metric] = CATALOGUE) -> Metric:
    """Return the metric called `name`.

    Raises
    ------
    UnknownMetricError
        The catalogue does not hold it.

    Examples
    --------
    >>> metric_named("refund_rate").formula
    'refund_amount ÷ gmv_paid'
    """
    if name not in catalogue:
        raise UnknownMetricError(name, known=catalogue)
    return catalogue[name]


def base_of(metric: Metric) -> Text:
    """Return over which rows and by which day a metric is computed.

    Examples
    --------
    >>> base_of(metric_named("net_revenue")).en
    'orders by day of payment; refunds by day of payment (payment cohort)'
    """
    bases = []
    for leaf in metric.leaves():
        table, day = TABLE_NAMES.get(leaf.table, Text.same(leaf.table)), DAY_NAMES.get(leaf.date, Text.same(leaf.date))
        bases.append(Text(f"{table.zh}，按{day.zh}", f"{table.en} by {day.en}"))
    bases += [
        Text(f"需要 {each.table}（{each.needs_zh}）", f"needs {each.table} ({each.needs_en})")
        for each in metric.awaits()
    ]
    unique = dict.fromkeys(bases)
    return Text("；".join(base.zh for base in unique), "; ".join(base.en for base in unique))


def not_additive_over(metric: Metric) -> tuple[str, ...]:
    """Return the dimensions over whose parts the values of a metric do not add up to the whole.

    Examples
    --------
    >>> not_additive_over(metric_named("gmv_paid")), not_additive_over(metric_named("orders_paid"))
    ((), ('product', 'sku', 'spec', 'category', 'brand'))
    """
    leaves = tuple(metric.leaves())
    dimensions = possible_dimensions(leaves)
    if not metric.is_additive:
        return dimensions
    return tuple(name for name in dimensions if not all(is_additive_over(leaf, name) for leaf in leaves))


def rules_of(metric: Metric) -> tuple[ProfitRule, ...]:
    """Return the rules of profit by which the numbers of a metric were made, in the order of the statement.

    Examples
    --------
    >>> [rule.name for rule in rules_of(metric_named("goods_back"))]
    ['basis', 'returned_goods']
    """
    names = {name for part in (metric, *metric.leaves()) for name in part.rules}
    return tuple(rule for name, rule in PROFIT_RULES.items() if name in names)


def needs_of(metric: Metric) -> tuple[str, ...]:
    """Return the tables that a metric needs and that nothing fills yet; while there is one, it has no value.

    Examples
    --------
    >>> needs_of(metric_named("win_back_rate"))
    ('campaign_outcome',)
    """
    return tuple(dict.fromkeys(each.table for each in metric.awaits()))


def metric_entry(metric: Metric) -> dict[str, object]:
    """Return the line of a metric in a list: its first catalogue id is the requirement that it answers itself.

    Examples
    --------
    >>> sorted(metric_entry(metric_named("gmv_paid")))
    ['catalogue_id', 'chain', 'evidence', 'label_en', 'label_zh', 'name', 'unit']
    """
    return {
        "name": metric.name,
        "catalogue_id": metric.catalogue_ids[0],
        "label_zh": metric.label_zh,
        "label_en": metric.label_en,
        "unit": str(metric.unit),
        "chain": str(metric.chain),
        "evidence": str(metric.evidence),
    }


def metric_card(metric: Metric) -> dict[str, object]:
    """Return everything a metric says about itself, as JSON values; texts in both languages."""
    return {
        "name": metric.name,
        "label": metric.label.to_json(),
        "definition": metric.definition.to_json(),
        "formula": metric.formula,
        "unit": str(metric.unit),
        "good": metric.good,
        "kind": metric.kind,
        "additive": metric.is_additive,
        "not_additive_over": list(not_additive_over(metric)),
        "base": base_of(metric).to_json(),
        "dimensions": list(possible_dimensions(tuple(metric.leaves()))),
        "evidence": str(metric.evidence),
        "owner": Text(metric.owner_zh, metric.owner_en).to_json(),
        "catalogue_ids": list(metric.catalogue_ids),
        "chain": str(metric.chain),
        "version": metric.version,
        "needs": list(needs_of(metric)),
        "rules": [
            {"name": rule.name, "label": rule.label.to_json(), "text": rule.text.to_json()} for rule in rules_of(metric)
        ],
    }
