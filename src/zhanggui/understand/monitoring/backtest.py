"""A rule against history: on which days it would have fired, and how many alarms a week that makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.courses import last_day_of_step
from zhanggui.understand.monitoring.detecting import Sighting
from zhanggui.understand.monitoring.episodes import Episode
from zhanggui.understand.monitoring.phrases import sentence_of
from zhanggui.understand.monitoring.rules import Rule
from zhanggui.understand.monitoring.seeing import Seen, seen_by

_NOTHING = Text(
    "{span}的 {n_days} 天里，这条规则一次也不会报警", "Over the {n_days} days of {span} this rule would not have fired"
)
_FIRED = Text(
    "{span}的 {n_days} 天里，这条规则会报警 {n} 次，平均每周 {per_week} 次",
    "Over the {n_days} days of {span} this rule would have fired {n} times, {per_week} a week",
)
_SHORT = Text(
    "；历史不到四周，这个频率还不可靠", "; with less than four weeks of history that rate is not to be relied on"
)
_NO_DATA = Text("没有可以回测的数据", "There is no data to hold the rule against")
SHORT_DAYS = 28


@dataclass(frozen=True, slots=True)
class Fired:
    """One time that a rule would have fired."""

    place: Text
    episode: Episode
    sentence: Text

    @property
    def worst(self) -> Sighting:
        """The sighting that lies furthest out."""
        return self.episode.worst


@dataclass(frozen=True, slots=True)
class BackTest:
    """A rule held against history.

    Attributes
    ----------
    rule : Rule
        The rule.
    days : Period or None
        The days it was held against; None where there is no data.
    fired : tuple of Fired
        Newest first; neighbouring days are one time, as they are one alert.
    n_steps : int
        Steps that were judged, over all places.
    currency : str or None
        Currency of money.
    """

    rule: Rule
    days: Period | None
    fired: tuple[Fired, ...]
    n_steps: int
    currency: str | None

    @property
    def per_week(self) -> float | None:
        """Alarms a week to expect of the rule when things go on as they did; None where nothing was judged."""
        return None if self.days is None else len(self.fired) * 7 / self.days.n_days

    @property
    def sentence(self) -> Text:
        """The outcome in words."""
        if self.days is None or self.n_steps == 0:
            return _NO_DATA
        span, words = wording.period(self.days.first, self.days.last), _FIRED if self.fired else _NOTHING
        filled = {"n": len(self.fired), "n_days": self.days.n_days, "per_week": f"{self.per_week:.1f}"}
        told = Text(words.zh.format(span=span.zh, **filled), words.en.format(span=span.en, **filled))
        is_short = self.days.n_days < SHORT_DAYS
        return (
            Text(told.zh + _SHORT.zh + "。", told.en + _SHORT.en + ".")
            if is_short
            else Text(told.zh + "。", told.en + ".")
        )


def back_test(desk: Desk, rule: Rule, *, first: date | None = None, last: date | None = None) -> BackTest:
    """Hold a rule against history, exactly as a watch would have seen it with the data of now.

    Parameters
    ----------
    desk : Desk
        The shop.
    rule : Rule
        The rule, kept or not.
    first, last : date, optional
        The days; all that the ledger holds when absent.

    Raises
    ------
    QuestionError
        The rule's metric cannot be asked of this ledger.
    """
    span = desk.span()
    if span is None:
        return BackTest(rule, None, (), 0, None)
    begin, end = max(first or span.first, span.first), min(last or span.last, span.last)
    if end < begin:
        return BackTest(rule, None, (), 0, None)
    days = Period(begin, end)
    seen = seen_by(desk, rule, days)
    fired = sorted(seen.episodes, key=lambda each: (each.last_day, each.place), reverse=True)
    return BackTest(rule, days, tuple(_fired(rule, each, seen) for each in fired), seen.n_steps, seen.currency)


def _fired(rule: Rule, episode: Episode, seen: Seen) -> Fired:
    place = seen.name_of(episode)
    return Fired(
        place,
        episode,
        sentence_of(
            episode,
            rule.watched,
            place,
            rule.when,
            grain=rule.grain,
            currency=seen.currency,
            money=episode.money,
        ),
    )


def ends(fired: Fired, rule: Rule) -> tuple[date, date]:
    """Return the first and the last day of a time that a rule would have fired."""
    return fired.episode.first_day, last_day_of_step(fired.episode.last_day, rule.grain)
