"""What a rule sees on some days: the same for this morning's watch and for a test on history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import Question
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.conditions import Band, ChangePoint, Forecast, Missing, Sensitivity
from zhanggui.understand.monitoring.courses import Course, courses_of, last_day_of_step
from zhanggui.understand.monitoring.detecting import Kind, Sighting
from zhanggui.understand.monitoring.detecting.bands import WIDTH, out_of_band
from zhanggui.understand.monitoring.detecting.history import Histories, histories
from zhanggui.understand.monitoring.detecting.levels import SURE_DEVIATIONS, level_shifts
from zhanggui.understand.monitoring.detecting.period_end import ends_off_target
from zhanggui.understand.monitoring.detecting.silence import silent_days
from zhanggui.understand.monitoring.episodes import Episode, episodes_of
from zhanggui.understand.monitoring.judging import FIXED, judged
from zhanggui.understand.monitoring.rules import Rule
from zhanggui.understand.monitoring.stakes import PAID, money_at_stake, usual_paid

WIDTHS: Mapping[Sensitivity, float] = MappingProxyType({"high": 2.5, "normal": WIDTH, "low": 4.5})
"""Deviations at which a day is out of its band."""
SHIFTS: Mapping[Sensitivity, float] = MappingProxyType(
    {"high": 0.8 * SURE_DEVIATIONS, "normal": SURE_DEVIATIONS, "low": 1.4 * SURE_DEVIATIONS}
)
"""Standard errors by which a level has shifted."""
HISTORY_DAYS = 400
"""Days before the ones judged that are read, to compare with and to learn from: a year and five weeks."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule sees.

    Attributes
    ----------
    episodes : tuple of Episode
        By place, then by day.
    courses : tuple of Course
        The metric in every place, with the days before.
    currency : str or None
        Currency of money; None where there are several.
    n_steps : int
        Steps that were judged, over all places.
    """

    episodes: tuple[Episode, ...]
    courses: tuple[Course, ...]
    currency: str | None
    n_steps: int

    def name_of(self, episode: Episode) -> Text:
        """Return what the place of an episode is called."""
        return next(each.name for each in self.courses if each.where == episode.where)

    def course_of(self, episode: Episode) -> Course:
        """Return the course in the place of an episode."""
        return next(each for each in self.courses if each.where == episode.where)


def seen_by(desk: Desk, rule: Rule, days: Period) -> Seen:
    """Return what a rule sees on the steps that begin on some days.

    Raises
    ------
    QuestionError
        The rule's metric cannot be asked of this ledger.
    """
    span = desk.span()
    if span is None:
        return Seen((), (), None, 0)
    days = Period(days.first, max(days.first, _last_whole_step(min(days.last, span.last), rule)))
    read = Period(max(span.first, _back(days.first)), days.last) if span.first <= days.last else days
    courses = courses_of(desk, rule, rule.metric, read)
    paid = {course.where: course for course in courses_of(desk, rule, PAID, read)}
    sightings = [
        each for each in _sighted(desk, rule, courses, read, days) if not _is_thin(rule, each, paid.get(each.where))
    ]
    episodes = episodes_of(sightings, rule.grain)
    return Seen(
        tuple(replace(each, money=_money(rule, each, paid.get(each.where))) for each in episodes),
        courses,
        _currency(desk, read),
        sum(days.first <= day <= days.last for course in courses for day in course.days),
    )


def _sighted(desk: Desk, rule: Rule, courses: Sequence[Course], read: Period, days: Period) -> Iterator[Sighting]:
    """Yield what the rule's condition sees: fixed ones in each course, learned ones in all of them at once."""
    if isinstance(rule.when, FIXED):
        for course in courses:
            yield from judged(rule, course, days)
        return
    watched = {course.where for course in courses}
    for each in _learned(learned_from(desk, rule, read), rule, days):
        if each.where in watched:
            yield each


def _learned(past: Histories, rule: Rule, days: Period) -> tuple[Sighting, ...]:
    match rule.when:
        case Band(side=side, sensitivity=sensitivity):
            return out_of_band(past, days, width=WIDTHS[sensitivity], side=side)
        case ChangePoint(side=side, sensitivity=sensitivity):
            return level_shifts(past, days, deviations=SHIFTS[sensitivity], side=side)
        case Missing(after_days=after_days):
            return silent_days(past, days, after_days=after_days)
        case Forecast(target=target, side=side):
            found = ends_off_target(past, days, lambda month: target)
            return tuple(each for each in found if side in ("both", each.direction.value))
        case _:
            return ()


def learned_from(desk: Desk, rule: Rule, days: Period) -> Histories:
    """Return the days of a rule's metric that its bands are learned from."""
    by = (rule.by,) if rule.by else ()
    return desk.kept(
        ("histories", rule.metric, by, rule.filters, days),
        lambda: histories(desk, rule.metric, days, by=by, where=rule.filters),
    )


def _back(day: date) -> date:
    return day - timedelta(days=HISTORY_DAYS)


def _last_whole_step(last: date, rule: Rule) -> date:
    """Return the last day on which a step may begin that has ended by `last`."""
    day = last
    while rule.grain != "day" and last_day_of_step(_step_of(day, rule), rule.grain) > last:
        day = _step_of(day, rule) - timedelta(days=1)
    return day


def _step_of(day: date, rule: Rule) -> date:
    return day.replace(day=1) if rule.grain == "month" else day - timedelta(days=day.weekday())


def _is_thin(rule: Rule, seen: Sighting, paid: Course | None) -> bool:
    usual = usual_paid(paid, seen.day)
    return usual is not None and usual < rule.min_base


def _money(rule: Rule, episode: Episode, paid: Course | None) -> float | None:
    # Each day foresees the whole month anew: only the last one counts.
    seen = episode.sightings[-1:] if episode.kind is Kind.FORECAST else episode.sightings
    found = [money_at_stake(rule.watched, each, usual_paid(paid, each.day)) for each in seen]
    known = [each for each in found if each is not None]
    return round(sum(known), 2) if known else None


def _currency(desk: Desk, days: Period) -> str | None:
    return desk.ask(Question(metrics=(PAID,), date_from=days.first, date_to=days.last)).currency
