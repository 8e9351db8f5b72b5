"""What is to be explained: a metric, two periods, filters and the dimensions to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhanggui.calendar import Period
from zhanggui.metrics.cards import metric_named
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.model import Metric
from zhanggui.metrics.problems import BackwardPeriodError, BadChoiceError, QuestionError, UnknownDimensionError
from zhanggui.metrics.question import Filter, Grain, Question, filters_from_text

_A_DATE = ("a date such as 2026-09-30",)


class CannotExplainError(QuestionError):
    """There are no two values of the metric to compare."""

    code = "cannot_explain"

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        super().__init__(what, where=where, next_step=next_step)


@dataclass(frozen=True, slots=True)
class Asked:
    """A change to be explained.

    Parameters
    ----------
    metric : Metric
        What moved.
    after, before : Period
        The period explained, and the one it is held against, whichever comes first in time.
    where : tuple of Filter, default ()
        Filters that both periods share.
    by : tuple of str, default ()
        Dimensions to search; all that are worth it when empty.
    """

    metric: Metric
    after: Period
    before: Period
    where: tuple[Filter, ...] = ()
    by: tuple[str, ...] = ()

    def question(
        self,
        *metrics: str,
        period: Period,
        by: tuple[str, ...] = (),
        grain: Grain | None = None,
        where: tuple[Filter, ...] = (),
    ) -> Question:
        """Return the question that asks metrics of one period under the filters."""
        return Question(
            metrics=metrics,
            by=by,
            where=(*self.where, *where),
            date_from=period.first,
            date_to=period.last,
            grain=grain,
        )

    def checked(self) -> Asked:
        """Return the same with filters in their plain form.

        Raises
        ------
        QuestionError
            A dimension is unknown or a filter does not fit.
        """
        for name in self.by:
            if name not in DIMENSIONS:
                raise UnknownDimensionError(name, known=DIMENSIONS, where="--by")
        plain = self.question(self.metric.name, period=self.after).checked({self.metric.name: self.metric})
        return replace(self, where=plain.where, by=tuple(dict.fromkeys(self.by)))


def asked_from_pairs(pairs: Sequence[tuple[str, str]], catalogue: Mapping[str, Metric] = CATALOGUE) -> Asked:
    """Read what is asked from a query string: ``metric=…&from=…&to=…&against=FROM..TO&by=…&where=…``.

    Raises
    ------
    QuestionError
        A name is unknown, a date cannot be read, or a period is missing or backward.

    Examples
    --------
    >>> days = [("from", "2020-02-08"), ("to", "2020-02-14"), ("against", "2020-02-01..2020-02-07")]
    >>> asked = asked_from_pairs([("metric", "gmv_paid"), *days])
    >>> asked.before.n_days, asked.after.first.isoformat()
    (7, '2020-02-08')
    """
    given = {key: value for key, value in pairs if value}
    where = [each for key, value in pairs if key == "where" and value for each in filters_from_text(value)]
    by = tuple(word.strip() for key, value in pairs if key == "by" for word in value.split(",") if word.strip())
    against = given.get("against", "")
    begin, mark, end = against.partition("..")
    if not mark:
        # The two days of --against may also be written one after the other.
        begin, _, end = against.partition(" ")
    return Asked(
        metric=metric_named(given.get("metric", ""), catalogue),
        after=_period(given.get("from"), given.get("to"), "from", "to"),
        before=_period(begin.strip(), end.strip() or begin.strip(), "against", "against"),
        where=tuple(where),
        by=by,
    ).checked()


def _period(first: str | None, last: str | None, first_name: str, last_name: str) -> Period:
    begin, end = _day(first, first_name), _day(last, last_name)
    if end < begin:
        raise BackwardPeriodError(begin, end)
    return Period(begin, end)


def _day(text: str | None, where: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        allowed = ("FROM..TO, such as 2026-09-01..2026-09-30",) if where == "against" else _A_DATE
        raise BadChoiceError(text or "nothing", where=where, allowed=allowed) from None
