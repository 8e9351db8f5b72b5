"""The quality panel: every check with its state, when it was otherwise, the money at stake and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.quality import ASPECT_NAMES, Finding, Standing
from zhanggui.ledger.quality.standing import TABLE_NAMES
from zhanggui.ledger.schema.vocabulary import QUALITY_STATUS
from zhanggui.money import json_number
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.sourcing import findings, standings

SHOWN_DAYS = 60
"""Days of trade whose findings the small chart of a check shows."""
MOST_FINDINGS = 20
"""Findings of one store that are listed; the others are counted."""

Status = Literal["ok", "warning", "failed"]
Amount = float | int | None


class QualityFinding(BaseModel):
    """One thing that is not as it should be."""

    text: Text
    day: str | None
    last_day: str | None
    subject: str | None
    n_rows: int
    money: Amount


class QualityStore(BaseModel):
    """How a check of one store stands."""

    store: str
    status: Status
    since: str
    n_findings: int
    money: Amount
    currency: str | None
    findings: tuple[QualityFinding, ...]


class QualityRun(BaseModel):
    """How a check stood on a day on which it was run."""

    day: str
    status: Status
    n_findings: int


class QualityCheck(BaseModel):
    """How one check stands, over all stores; `days` counts findings on each of the last days of trade."""

    name: str
    label: Text
    promise: Text
    aspect: Text
    source: Text
    status: Status
    next: Text
    n_stores: int
    n_findings: int
    money: Amount
    currency: str | None
    checked_at: str
    days: tuple[int, ...]
    past: tuple[QualityRun, ...]
    stores: tuple[QualityStore, ...]


class QualityPanel(BaseModel):
    """Every check, those that fail first, and how many there are of each state."""

    checks: tuple[QualityCheck, ...]
    n_failed: int
    n_warning: int
    n_ok: int
    first_day: str | None
    last_day: str | None
    checked_at: str | None


def quality_panel(desk: Desk) -> QualityPanel:
    """Return how every check of the shop stands."""
    span = desk.span()
    last = span.last if span else None
    found = findings(desk)
    checks = [
        _check(desk, list(mine), [each for each in found if each.check.name == name], last)
        for name, mine in groupby(standings(desk), key=lambda each: each.check.name)
    ]
    # Within a state the order of the catalogue stays.
    checks.sort(key=lambda check: -QUALITY_STATUS.index(check.status))
    states = Counter(check.status for check in checks)
    return QualityPanel(
        checks=tuple(checks),
        n_failed=states["failed"],
        n_warning=states["warning"],
        n_ok=states["ok"],
        first_day=None if last is None else (last - timedelta(days=SHOWN_DAYS - 1)).isoformat(),
        last_day=None if last is None else last.isoformat(),
        checked_at=max((check.checked_at for check in checks), default=None),
    )


def _check(desk: Desk, mine: Sequence[Standing], found: Sequence[Finding], last: date | None) -> QualityCheck:
    check, names = mine[0].check, store_names(desk)
    money, currency = _summed(mine)
    return QualityCheck(
        name=check.name,
        label=check.label,
        promise=check.promise,
        aspect=ASPECT_NAMES[check.aspect],
        source=TABLE_NAMES.get(check.table, Text.same(check.table)),
        status=_worst(mine),
        next=check.next_step,
        n_stores=len(mine),
        n_findings=sum(each.n_findings for each in mine),
        money=money,
        currency=currency,
        checked_at=_moment(max(each.checked_at for each in mine)),
        days=_by_day(found, last),
        past=_past(mine),
        stores=tuple(
            _store(each, names.get(each.shop_id, f"#{each.shop_id}"), found) for each in mine if each.status != "ok"
        ),
    )


def _store(standing: Standing, name: str, found: Sequence[Finding]) -> QualityStore:
    mine = [each for each in found if each.shop_id == standing.shop_id]
    return QualityStore(
        store=name,
        status=_status(standing.status),
        since=standing.since.isoformat(),
        n_findings=standing.n_findings,
        money=_amount(standing.money_minor, standing.currency),
        currency=standing.currency,
        findings=tuple(
            QualityFinding(
                text=each.text,
                day=None if each.day is None else each.day.isoformat(),
                last_day=None if each.last_day is None else each.last_day.isoformat(),
                subject=each.subject,
                n_rows=each.n_rows,
                money=_amount(each.money_minor, each.currency),
            )
            for each in mine[:MOST_FINDINGS]
        ),
    )


def _summed(mine: Sequence[Standing]) -> tuple[Amount, str | None]:
    """Return the money at stake over all stores; None where there is none, or several currencies."""
    priced = [each for each in mine if each.money_minor is not None]
    currencies = {each.currency for each in priced}
    if len(currencies) != 1:
        return None, None
    currency = currencies.pop()
    return _amount(sum(each.money_minor or 0 for each in priced), currency), currency


def _amount(minor: int | None, currency: str | None) -> Amount:
    return None if minor is None or currency is None else json_number(minor, currency)


def _by_day(found: Sequence[Finding], last: date | None) -> tuple[int, ...]:
    """Return how many findings are about each of the last days; one about several days counts on each."""
    if last is None:
        return ()
    first = last - timedelta(days=SHOWN_DAYS - 1)
    counts: Counter[date] = Counter()
    for each in found:
        if each.day is None:
            continue
        day, ends = max(each.day, first), min(each.last_day or each.day, last)
        while day <= ends:
            counts[day] += 1
            day += timedelta(days=1)
    return tuple(counts[first + timedelta(days=place)] for place in range(SHOWN_DAYS))


def _past(mine: Sequence[Standing]) -> tuple[QualityRun, ...]:
    """Return the days on which the check was run, with the worst state of any store."""
    runs: dict[date, list[tuple[str, int]]] = {}
    for each in mine:
        for day, status, n_findings in each.past:
            runs.setdefault(day, []).append((status, n_findings))
    return tuple(
        QualityRun(
            day=day.isoformat(),
            status=_status(max((status for status, _ in found), key=QUALITY_STATUS.index)),
            n_findings=sum(n for _, n in found),
        )
        for day, found in sorted(runs.items())
    )


def _worst(mine: Sequence[Standing]) -> Status:
    return _status(max((each.status for each in mine), key=QUALITY_STATUS.index))


def _status(word: str) -> Status:
    return "failed" if word == "failed" else "warning" if word == "warning" else "ok"


def _moment(value: datetime) -> str:
    return value.replace(tzinfo=UTC).isoformat(timespec="seconds")
