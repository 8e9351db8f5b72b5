"""Shapes that many definitions have: rows or values counted, what stands at the end, a rate, one that is awaited."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.metrics.model import Awaited, Chain, Distinct, Evidence, Filters, Good, Level, Metric, Ratio, Sum, Unit


def _owner(chain: Chain) -> Text:
    return Text("仓储", "warehouse") if chain is Chain.INVENTORY else Text("运营", "operations")


def count(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    *,
    table: str,
    date: str,
    value: str | None = None,
    where: Filters = (),
    said: str = "",
    unit: Unit = Unit.COUNT,
    good: Good = "up",
    evidence: Evidence = Evidence.COUNTED,
    also: tuple[str, ...] = (),
) -> Sum:
    """Return how many rows of a table count, or the sum of a column.

    `said` is the formula's words for `where`, `also` are further requirements that the metric serves.
    """
    return Sum(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count({table}{said})" if value is None else f"Σ {table}.{value}{said}",
        chain=chain,
        catalogue_ids=(catalogue_id, *also),
        owner_zh=_owner(chain).zh,
        owner_en=_owner(chain).en,
        evidence=evidence,
        table=table,
        date=date,
        value=value,
        where=where,
    )


def distinct(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    *,
    entity: str,
    table: str,
    date: str,
    where: Filters = (),
    said: str = "",
    good: Good = "none",
    also: tuple[str, ...] = (),
    is_first_ever: bool = False,
) -> Distinct:
    """Return how many different values of a column rows have: people, goods, days; `said` and `also` as of `count`."""
    return Distinct(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.COUNT,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count(distinct {table}.{entity}{said})",
        chain=chain,
        catalogue_ids=(catalogue_id, *also),
        owner_zh=_owner(chain).zh,
        owner_en=_owner(chain).en,
        entity=entity,
        table=table,
        date=date,
        where=where,
        is_first_ever=is_first_ever,
    )


def level(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    *,
    table: str,
    value: str,
    unit: Unit = Unit.COUNT,
    good: Good = "none",
    evidence: Evidence = Evidence.COUNTED,
    also: tuple[str, ...] = (),
) -> Level:
    """Return what a column holds on the last day (``day``) of a period."""
    return Level(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"Σ {table}.{value} of the last day",
        chain=chain,
        catalogue_ids=(catalogue_id, *also),
        owner_zh=_owner(chain).zh,
        owner_en=_owner(chain).en,
        evidence=evidence,
        table=table,
        date="day",
        value=value,
    )


def rate(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    numerator: Metric,
    denominator: Metric,
    *,
    good: Good = "up",
    evidence: Evidence = Evidence.COUNTED,
    unit: Unit = Unit.RATIO,
    also: tuple[str, ...] = (),
) -> Ratio:
    """Return one metric divided by another."""
    return Ratio(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"{numerator.name} ÷ {denominator.name}",
        chain=chain,
        catalogue_ids=(catalogue_id, *also),
        owner_zh=_owner(chain).zh,
        owner_en=_owner(chain).en,
        evidence=evidence,
        numerator=numerator,
        denominator=denominator,
    )


AWAITED_TABLES: Mapping[str, Text] = MappingProxyType(
    {
        "buyer_state": Text("每个买家每天的状态：活跃、沉睡、流失", "state of each buyer by day: active, asleep, lost"),
        "campaign_outcome": Text(
            "每个活动与对照组相比多带来的销售与利润", "what each campaign brought beyond its control group"
        ),
        "recommendation": Text("推荐位的曝光、点击与对照组", "slots of recommendation: shown, clicked, held out"),
        "target": Text("按人、店铺、场次的目标", "targets by person, store and session"),
        "visit_path": Text("每次访问依次看过的页面", "pages of each visit in their order"),
    }
)
"""Tables that metrics are declared over and that nothing fills yet."""


def awaited(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    *,
    table: str,
    formula: str,
    unit: Unit = Unit.RATIO,
    good: Good = "up",
    evidence: Evidence = Evidence.COUNTED,
    also: tuple[str, ...] = (),
) -> Awaited:
    """Return the card of a metric whose table nothing fills yet."""
    return Awaited(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=formula,
        chain=chain,
        catalogue_ids=(catalogue_id, *also),
        owner_zh=_owner(chain).zh,
        owner_en=_owner(chain).en,
        evidence=evidence,
        table=table,
        needs_zh=AWAITED_TABLES[table].zh,
        needs_en=AWAITED_TABLES[table].en,
    )
