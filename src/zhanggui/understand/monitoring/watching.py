"""One watch over the shop: every rule held against the last days, every event kept once, causes put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from zhanggui.calendar import Period
from zhanggui.ledger.jobs import Alert, AlertBook, Occurrence
from zhanggui.metrics import CATALOGUE, Metric, filters_from_text
from zhanggui.metrics.marks import tables_of
from zhanggui.metrics.problems import QuestionError
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.builtin import SOURCE_RULE
from zhanggui.understand.monitoring.detecting import Kind
from zhanggui.understand.monitoring.episodes import REACH_DAYS, Episode
from zhanggui.understand.monitoring.grouping import Member, causes_of
from zhanggui.understand.monitoring.rule_book import RuleBook
from zhanggui.understand.monitoring.rules import Rule
from zhanggui.understand.monitoring.seeing import Seen, seen_by
from zhanggui.understand.monitoring.sources import failing_sources
from zhanggui.understand.monitoring.telling import doubts_on, told

LOOK_BACK_DAYS = 28
"""Days up to the last one with data that a watch looks at: what comes four weeks late still raises alerts."""
LAST_RUN = "alerts_last_run"
"""Setting that holds what the last watch did."""
_LASTING = frozenset({Kind.CHANGE_POINT, Kind.LATE})
_OPEN = ("open", "acknowledged", "snoozed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What one watch did.

    Attributes
    ----------
    at : datetime
        When.
    until : date or None
        Last day with data.
    n_rules : int
        Rules that were looked for.
    raised, grown : tuple of int
        Numbers of new alerts, and of those that cover more days now.
    n_gone : int
        Alerts that the data shows no more.
    woken : tuple of int
        Alerts that had been put away until now.
    unusable : mapping of str to str
        Rules that could not be held against this ledger, and why.
    """

    at: datetime
    until: date | None = None
    n_rules: int = 0
    raised: tuple[int, ...] = ()
    grown: tuple[int, ...] = ()
    n_gone: int = 0
    woken: tuple[int, ...] = ()
    unusable: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as commands and the API give it."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "until": None if self.until is None else self.until.isoformat(),
            "rules": self.n_rules,
            "raised": list(self.raised),
            "grown": list(self.grown),
            "gone": self.n_gone,
            "woken": list(self.woken),
            "unusable": dict(self.unusable),
        }


def watch(desk: Desk, now: datetime) -> Watch:
    """Hold every rule against the last days and keep what it sees.

    Whatever is killed at whatever moment, an event is kept with its first step or not at all, and the next watch sees
    it again; an event that is known raises nothing.

    Parameters
    ----------
    desk : Desk
        The shop.
    now : datetime
        The moment, aware.
    """
    state, at = desk.shop.state, now.timestamp()
    book, rules = AlertBook(state), RuleBook(state)
    watched = [each.rule for each in rules.rules() if each.is_watched(at) and each.rule is not None]
    span, unusable = desk.span(), {each.name: each.error.what for each in rules.rules() if each.error is not None}
    found: list[Occurrence] = []
    if rules.watches_sources(at):
        found += failing_sources(desk)
    days = None if span is None else Period(max(span.first, span.last - timedelta(days=LOOK_BACK_DAYS - 1)), span.last)
    for rule in watched if days else ():
        assert days is not None
        try:
            found += _occurrences(desk, book, rule, seen_by(desk, rule, days))
        except QuestionError as error:
            unusable[rule.name] = error.what
    looked = {rule.name for rule in watched} - set(unusable)
    done = keep(
        book,
        found,
        looked=looked,
        sources_looked=rules.watches_sources(at),
        since=days.first if days else date.max,
        now=at,
        is_first=state.get_setting(LAST_RUN) is None,
        catalogue=desk.catalogue,
    )
    result = Watch(
        at=now.astimezone(UTC), until=span.last if span else None, n_rules=len(watched), unusable=unusable, **done
    )
    state.set_setting(LAST_RUN, result.to_json())
    return result


def keep(
    book: AlertBook,
    found: Sequence[Occurrence],
    *,
    looked: set[str],
    sources_looked: bool,
    since: date,
    now: float,
    is_first: bool = False,
    catalogue: Mapping[str, Metric] = CATALOGUE,
) -> dict[str, Any]:
    """Keep what was seen in one transaction: new alerts, more days of known ones, what is gone, common causes.

    Parameters
    ----------
    book : AlertBook
        Where alerts are kept.
    found : sequence of Occurrence
        Everything that is seen now.
    looked : set of str
        Rules that were looked for.
    sources_looked : bool
        Whether failing sources were.
    since : date
        First day that rules looked at.
    now : float
        The moment.
    is_first : bool
        The shop was never watched before: what is over by now is history, and nobody is told of it.
    catalogue : mapping of str to Metric, optional
        The metrics of the shop, which tell what alerts stand on.
    """
    with book.transaction():
        woken = book.wake(now)
        taken = [book.take(each, now, is_history=is_first and each.standing == "over") for each in found]
        seen = [alert_id for alert_id, _ in taken]
        n_gone = book.settle(seen, rules=looked, since=since, now=now)
        if sources_looked:
            n_gone += book.settle(seen, rules={SOURCE_RULE}, since=date.min, now=now)
        members = [_member(alert, catalogue) for alert in book.list_alerts(_OPEN)]
        for alert_id, cause_id in causes_of(members).items():
            book.put_under(alert_id, cause_id, now)
    return {
        "raised": tuple(alert_id for alert_id, what in taken if what == "raised"),
        "grown": tuple(alert_id for alert_id, what in taken if what == "grown"),
        "n_gone": n_gone,
        "woken": tuple(woken),
    }


def _occurrences(desk: Desk, book: AlertBook, rule: Rule, seen: Seen) -> Iterator[Occurrence]:
    for episode in seen.episodes:
        plain = _occurrence(rule, episode, seen)
        known = book.known(plain)
        is_told = known is not None and _says_the_same(desk, rule, known, episode)
        yield plain if is_told else _told(desk, rule, plain, episode, seen)


def _occurrence(rule: Rule, episode: Episode, seen: Seen) -> Occurrence:
    # A new level, and data that has not come, hold for as long as they are seen.
    is_over = episode.kind not in _LASTING and episode.last_day < seen.course_of(episode).days[-1]
    return Occurrence(
        rule=rule.name,
        place=episode.place,
        direction=str(episode.direction),
        first_day=episode.first_day,
        last_day=episode.last_day,
        reach_days=REACH_DAYS[rule.grain],
        standing="over" if is_over else "on",
        severity=rule.severity,
        owner=rule.owner,
        money=episode.money,
    )


def _says_the_same(desk: Desk, rule: Rule, known: Alert, episode: Episode) -> bool:
    """Tell whether an alert already says what is seen now, so that nothing needs to be explained again."""
    days = [(each["day"], each["value"]) for each in known.told["days"]]
    seen = [(each.day.isoformat(), each.value) for each in episode.sightings]
    doubted = {each["check"] for each in known.told["doubts"]}
    doubts = {mark.check for mark in doubts_on(desk, rule.watched, episode)}
    return (days, known.money, doubted) == (seen, episode.money, doubts)


def _told(desk: Desk, rule: Rule, plain: Occurrence, episode: Episode, seen: Seen) -> Occurrence:
    words = told(desk, rule, episode, seen.name_of(episode), money=plain.money, currency=seen.currency)
    return replace(plain, told=words)


def _member(alert: Alert, catalogue: Mapping[str, Metric]) -> Member:
    metric = catalogue.get(str(alert.told.get("metric")))
    is_source = alert.rule == SOURCE_RULE
    return Member(
        alert_id=alert.alert_id,
        where=filters_from_text(alert.place) if alert.place and not is_source else (),
        first_day=alert.first_day,
        last_day=alert.last_day,
        money=alert.money,
        kind=None if is_source else Kind(alert.told["kind"]),
        sources=frozenset() if metric is None else tables_of(metric),
        check=alert.told.get("check"),
        doubts=frozenset(each["check"] for each in alert.told.get("doubts", ())),
        is_handed=alert.handed_at is not None,
    )
