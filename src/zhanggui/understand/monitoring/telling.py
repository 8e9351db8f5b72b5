"""What an alert carries: value, expected, band, money, causes, doubts, where it opens; as JSON values, kept as told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import Filter, Metric
from zhanggui.metrics.explaining import Asked, Explanation, explain
from zhanggui.metrics.explaining.alike import alike_before
from zhanggui.metrics.explaining.explain import where_text
from zhanggui.metrics.marks import SourceMark, failures, marks_on, tables_of
from zhanggui.metrics.problems import QuestionError
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.courses import last_day_of_step
from zhanggui.understand.monitoring.detecting import Kind, Sighting
from zhanggui.understand.monitoring.episodes import Episode
from zhanggui.understand.monitoring.phrases import condition_text, first_checks, sentence_of
from zhanggui.understand.monitoring.rules import Rule
from zhanggui.understand.monitoring.stakes import is_estimated

MOST_DAYS = 28
"""Days of an event that are explained, the last ones."""
_SILENT = frozenset({Kind.MISSING, Kind.LATE})


def told(
    desk: Desk, rule: Rule, episode: Episode, place: Text, *, money: float | None, currency: str | None
) -> dict[str, Any]:
    """Return what is said of an episode.

    Parameters
    ----------
    desk : Desk
        The shop.
    rule : Rule
        Whose episode it is.
    episode : Episode
        What was seen.
    place : Text
        The part of the shop by name.
    money : float or None
        Money at stake over its days.
    currency : str or None
        Its currency.
    """
    metric, worst, latest = rule.watched, episode.worst, episode.latest
    asked = None if episode.kind in _SILENT else asked_of(desk, rule, episode)
    found = None if asked is None else _explained(desk, asked)
    marks = doubts_on(desk, metric, episode)
    evidence = "estimated" if money is not None and is_estimated(metric) else str(metric.evidence)
    return {
        "title": title_of(rule, place, currency).to_json(),
        "metric": metric.name,
        "label": metric.label.to_json(),
        "unit": metric.unit.value,
        "currency": currency,
        "kind": str(episode.kind),
        "grain": rule.grain,
        "place": place.to_json(),
        "owner": rule.owned_by.to_json(),
        "sentence": sentence_of(
            episode, metric, place, rule.when, grain=rule.grain, currency=currency, money=money
        ).to_json(),
        "value": latest.value,
        "expected": latest.expected,
        "low": latest.low,
        "high": latest.high,
        "worst_day": worst.day.isoformat(),
        "days": [_day(each) for each in episode.sightings],
        "evidence": evidence,
        "metric_evidence": str(metric.evidence),
        "checks": [text.to_json() for text in first_checks(metric, episode.direction)],
        "causes": [] if found is None else [text.to_json() for text in found.causes],
        "segments": [] if found is None else _segments(found),
        "explain": None if asked is None else explain_query(asked),
        "href": metric_address(metric, episode.where, asked),
        "doubts": [_doubt(mark) for mark in marks],
    }


def title_of(rule: Rule, place: Text | None, currency: str | None) -> Text:
    """Return what a rule, or an alert of it in one place, is called."""
    if rule.title:
        own = Text.same(rule.title)
    else:
        said, label = condition_text(rule.watched, rule.when, currency), rule.watched.label
        own = Text(f"{label.zh}{said.zh}", f"{label.en} {said.en}")
    return own if place is None else Text(f"{place.zh}：{own.zh}", f"{place.en}: {own.en}")


def asked_of(desk: Desk, rule: Rule, episode: Episode) -> Asked:
    """Return the question why: the days of an episode against as many like them, whole weeks before it."""
    last = last_day_of_step(episode.last_day, rule.grain)
    first = max(episode.first_day, last - timedelta(days=MOST_DAYS - 1)) if rule.grain == "day" else episode.first_day
    days, known = Period(first, last), desk.span()
    before = alike_before(days, since=None if known is None else known.first)
    return Asked(rule.watched, days, before, episode.where)


def _explained(desk: Desk, asked: Asked) -> Explanation | None:
    def made() -> Explanation | None:
        try:
            return explain(desk.ledger, asked.checked())
        except QuestionError:
            # One of the periods lies before the shop's first day, or has nothing to divide by: there is no cause.
            return None

    return desk.kept(("alert_explanation", asked), made)


def explain_query(asked: Asked) -> dict[str, str]:
    """Return a question why as the address and the command take it."""
    found = {
        "metric": asked.metric.name,
        "from": asked.after.first.isoformat(),
        "to": asked.after.last.isoformat(),
        "against": f"{asked.before.first}..{asked.before.last}",
    }
    return found | ({"where": where_text(asked.where)} if asked.where else {})


def metric_address(metric: Metric, where: Sequence[Filter], asked: Asked | None) -> str:
    """Return the page of a metric, of the part and the days that an alert is about."""
    pairs = [("from", asked.after.first.isoformat()), ("to", asked.after.last.isoformat())] if asked else []
    pairs += [("where", where_text((each,))) for each in where]
    return f"/metrics/{metric.name}" + (f"?{urlencode(pairs)}" if pairs else "")


def doubts_on(desk: Desk, metric: Metric, episode: Episode) -> tuple[SourceMark, ...]:
    """Return the checks that the sources of a metric fail in the stores and on the days of an episode."""
    days = Period(episode.first_day, max(episode.last_day, episode.first_day))
    return marks_on(tables_of(metric), failures(desk.ledger, episode.where, (days,)))


def _day(seen: Sighting) -> dict[str, object]:
    return {
        "day": seen.day.isoformat(),
        "value": seen.value,
        "expected": seen.expected,
        "low": seen.low,
        "high": seen.high,
    }


def _segments(found: Explanation) -> list[Mapping[str, object]]:
    kept = ("label_zh", "label_en", "amount", "share", "where_text")
    listed = found.to_json()["segments"]
    assert isinstance(listed, list)
    return [{key: each[key] for key in kept} for each in listed]


def _doubt(mark: SourceMark) -> dict[str, object]:
    return {
        "check": mark.check,
        "label": mark.label.to_json(),
        "text": mark.text.to_json(),
        "next": mark.next_step.to_json(),
    }
