"""Failing sources as events: they come before every metric that stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Occurrence
from zhanggui.ledger.quality import Finding, Standing
from zhanggui.ledger.quality.standing import TABLE_NAMES
from zhanggui.money import json_number
from zhanggui.understand.desk import Desk
from zhanggui.understand.doubts import QUALITY_PAGE
from zhanggui.understand.monitoring.builtin import SOURCE_RULE, SOURCE_TITLE
from zhanggui.understand.naming import store_names
from zhanggui.understand.sourcing import findings, standings

MOST_FINDINGS = 5
"""Findings that an alert repeats; the Data page has them all."""
_OWNER = Text("数据", "data")


def failing_sources(desk: Desk) -> Iterator[Occurrence]:
    """Yield one event for each check that a store fails now, since the day on which it began to."""
    names, found = store_names(desk), findings(desk)
    for standing in standings(desk):
        if standing.status == "failed":
            mine = [each for each in found if each.check is standing.check and each.shop_id == standing.shop_id]
            yield _occurrence(standing, names.get(standing.shop_id, f"#{standing.shop_id}"), mine)


def _occurrence(standing: Standing, store: str, found: Sequence[Finding]) -> Occurrence:
    check, table = standing.check, standing.check.table
    source, label = TABLE_NAMES.get(table, Text.same(table)), check.label
    known = standing.money_minor is not None and standing.currency is not None
    return Occurrence(
        rule=SOURCE_RULE,
        place=f"{store}: {check.name}",
        direction="down",
        first_day=standing.since,
        last_day=max(standing.since, standing.checked_at.date()),
        severity="critical",
        money=float(json_number(standing.money_minor or 0, standing.currency or "")) if known else None,
        told={
            "title": SOURCE_TITLE.to_json(),
            "check": check.name,
            "kind": "source",
            "currency": standing.currency,
            "place": Text.same(store).to_json(),
            "owner": _OWNER.to_json(),
            "sentence": Text(
                f"{store}的{source.zh}没有通过检查“{label.zh}”（{standing.n_findings:,} 处），用到它的数字先不要采信。",
                f"{source.en.capitalize()} of {store}: the check “{label.en}” fails ({standing.n_findings:,} found); "
                "do not trust figures that stand on it yet.",
            ).to_json(),
            "evidence": "counted",
            "checks": [check.next_step.to_json()],
            "causes": [each.text.to_json() for each in found[:MOST_FINDINGS]],
            "doubts": [],
            "href": QUALITY_PAGE,
        },
    )
