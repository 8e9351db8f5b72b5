"""Two shapes that many definitions have: rows or a column counted, and one metric as a rate of another."""

from __future__ import annotations

from zhanggui.metrics.model import Chain, Distinct, Evidence, Filters, Good, Ratio, Sum, Unit


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
    good: Good = "up",
) -> Sum:
    """Return how many rows of a table count, or the sum of a column; `said` is the formula's words for `where`."""
    return Sum(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.COUNT,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"count({table}{said})" if value is None else f"Σ {table}.{value}{said}",
        chain=chain,
        catalogue_ids=(catalogue_id,),
        table=table,
        date=date,
        value=value,
        where=where,
    )


def rate(
    chain: Chain,
    name: str,
    label_zh: str,
    label_en: str,
    definition_zh: str,
    definition_en: str,
    catalogue_id: str,
    numerator: Sum | Distinct,
    denominator: Sum | Distinct,
    *,
    good: Good = "up",
    evidence: Evidence = Evidence.COUNTED,
) -> Ratio:
    """Return one metric divided by another, as a ratio."""
    return Ratio(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.RATIO,
        good=good,
        definition_zh=definition_zh,
        definition_en=definition_en,
        formula=f"{numerator.name} ÷ {denominator.name}",
        chain=chain,
        catalogue_ids=(catalogue_id,),
        evidence=evidence,
        numerator=numerator,
        denominator=denominator,
    )
