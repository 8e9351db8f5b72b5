"""Where the numbers of a metric come from: each source with its age and how its checks stand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from zhanggui.i18n import Text
from zhanggui.ledger.quality import Standing, findings_of, standings_of
from zhanggui.ledger.quality.sources import datasets_of
from zhanggui.ledger.quality.standing import TABLE_NAMES, Finding
from zhanggui.ledger.schema.vocabulary import QUALITY_STATUS
from zhanggui.metrics import Answer, Metric
from zhanggui.metrics.freshness import SourceFreshness
from zhanggui.metrics.marks import tables_of
from zhanggui.pagespec import SourceState
from zhanggui.understand.desk import Desk

MOST_FINDINGS = 3


def standings(desk: Desk) -> tuple[Standing, ...]:
    """Return how every check of every store stands."""
    return desk.kept("standings", lambda: standings_of(desk.ledger))


def findings(desk: Desk) -> tuple[Finding, ...]:
    """Return what the checks found last."""
    return desk.kept("findings", lambda: findings_of(desk.ledger))


def source_states(desk: Desk, metric: Metric, found: Answer) -> tuple[SourceState, ...]:
    """Return the sources of a metric that have been loaded, the ones in doubt first."""
    states = [_state(desk, table, found.freshness.sources) for table in sorted(tables_of(metric))]
    known = [state for state in states if state is not None]
    return tuple(sorted(known, key=lambda state: -_gravity(state.status)))


def _state(desk: Desk, table: str, sources: tuple[SourceFreshness, ...]) -> SourceState | None:
    datasets = datasets_of(table)
    mine = [each for each in sources if each.dataset in datasets]
    if not mine:
        return None
    checks = [each for each in standings(desk) if each.check.table == table]
    said = [each.text for each in findings(desk) if each.check.table == table]
    return SourceState(
        table=table,
        label=TABLE_NAMES.get(table, Text.same(table)),
        stores=tuple(dict.fromkeys(each.shop for each in mine)),
        loaded_at=_moment(max((each.loaded_at for each in mine if each.loaded_at), default=None)),
        until=_day(max((each.period_end for each in mine if each.period_end), default=None)),
        status=max((each.status for each in checks), key=_gravity, default="unchecked"),
        n_checks=len(checks),
        findings=tuple(said[:MOST_FINDINGS]),
    )


def _gravity(status: str) -> int:
    return QUALITY_STATUS.index(status) if status in QUALITY_STATUS else -1


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.replace(tzinfo=UTC).isoformat(timespec="seconds")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
