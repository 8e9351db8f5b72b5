"""One change explained: its drivers, the segments that carry it, whether it is noise, what to know of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.answering import answer
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.explaining.asked import Asked, CannotExplainError
from zhanggui.metrics.explaining.doubts import doubts_of
from zhanggui.metrics.explaining.drivers import Driver, drivers_of, inputs_of
from zhanggui.metrics.explaining.figures import Side, minor_per_major, side_of
from zhanggui.metrics.explaining.noise import normal_change
from zhanggui.metrics.explaining.segments import Segment, Segments, segments_of
from zhanggui.metrics.explaining.told import place_of, sentences_of
from zhanggui.metrics.freshness import period_of
from zhanggui.metrics.identities import beside
from zhanggui.metrics.model import Metric, Ratio, Unit
from zhanggui.metrics.question import Filter

MOST_TRENDS = 3
"""Segments whose own course is told."""

MOST_DAYS = 62
"""Longer courses go by week."""

_NO_VALUE = {
    "several_currencies": "add --where currency=CNY, or another of them",
    "needs_table": "load the files that `zhanggui metrics show` names",
}
_ELSEWHERE = "choose days, or stores (--where shop=NAME), that hold it"


@dataclass(frozen=True)
class Explanation:
    """Why a metric moved; money in minor units until it is written out.

    Parameters
    ----------
    asked : Asked
        What was asked.
    currency : str or None
        Currency of money.
    before, after : float
        The metric in both periods.
    drivers : tuple of Driver
        Largest effect first; amounts sum to the change.
    segments : Segments
        What carries the change.
    normal_change : float or None
        Largest change that is nothing out of the ordinary; None where history is too short to tell.
    beside : tuple of (Metric, float or None, float or None)
        Other metrics to look at before judging, before and after.
    data_warnings : tuple of Caveat
        What to know of the data, failing sources first.
    trends : tuple of list
        For the first segments their course: a date and a value by day, or by week.
    """

    asked: Asked
    currency: str | None
    before: float
    after: float
    drivers: tuple[Driver, ...]
    segments: Segments
    normal_change: float | None
    beside: tuple[tuple[Metric, float | None, float | None], ...]
    data_warnings: tuple[Caveat, ...]
    trends: tuple[list[dict[str, object]], ...]

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def within_noise(self) -> bool | None:
        """Whether the change is nothing out of the ordinary; None where history is too short to tell."""
        return None if self.normal_change is None else abs(self.change) <= self.normal_change

    @property
    def stands_out(self) -> bool:
        """Whether the segments moved unlike the rest, and are not merely the largest."""
        return self.segments.stands_out

    @property
    def sentences(self) -> tuple[Text, ...]:
        """What the explanation says, in both languages."""
        return sentences_of(self)

    @property
    def causes(self) -> tuple[Text, ...]:
        """What it says of a change that something else has found out of the ordinary: no verdict of its own."""
        return sentences_of(self, is_judged=True)

    def in_major_units(self, amounts: Iterable[float]) -> tuple[float | int | None, ...]:
        """Return amounts of the explained metric as they are shown: money in major units."""
        return tuple(map(self._major, amounts))

    def to_json(self) -> dict[str, object]:
        """Return the shape that the command and the API give: money in major units, ratios unrounded."""
        metric = self.asked.metric
        return {
            "metric": metric.name,
            "label_zh": metric.label_zh,
            "label_en": metric.label_en,
            "unit": metric.unit.value,
            "currency": self.currency,
            "where": [{each.dim: list(each.values)} for each in self.asked.where],
            "before": {"value": self._major(self.before), **_ends(self.asked.before)},
            "after": {"value": self._major(self.after), **_ends(self.asked.after)},
            "change": self._major(self.change),
            "data_warnings": [warning.to_json() for warning in self.data_warnings],
            "within_noise": self.within_noise,
            "normal_change": None if self.normal_change is None else self._major(self.normal_change),
            "drivers": [self._driver(each) for each in self.drivers],
            "segments": [self._segment(place, each) for place, each in enumerate(self.segments.segments)],
            "segments_share": self._share(sum(each.own for each in self.segments.segments)),
            "stands_out": self.stands_out,
            "background": self.segments.background,
            "searched": list(self.segments.dims),
            "beside": [self._beside(*each) for each in self.beside],
            "sentences_zh": [each.zh for each in self.sentences],
            "sentences_en": [each.en for each in self.sentences],
        }

    def _driver(self, driver: Driver) -> dict[str, object]:
        return {
            "name": driver.metric.name,
            "label_zh": driver.metric.label_zh,
            "label_en": driver.metric.label_en,
            "amount": self._major(driver.amount),
            "share": self._share(driver.amount),
            "before": self._of(driver.metric, driver.before),
            "after": self._of(driver.metric, driver.after),
        }

    def _segment(self, place: int, segment: Segment) -> dict[str, object]:
        named = place_of(segment)
        return {
            "where": dict(segment.where),
            "label_zh": named.zh,
            "label_en": named.en,
            "amount": self._major(segment.amount),
            "share": self._share(segment.amount),
            "own_share": self._share(segment.own),
            "before": self._major(segment.before),
            "after": self._major(segment.after),
            "where_text": where_text(segment.filters),
            "trend": self.trends[place] if place < len(self.trends) else [],
        }

    def _beside(self, metric: Metric, before: float | None, after: float | None) -> dict[str, object]:
        return {
            "name": metric.name,
            "label_zh": metric.label_zh,
            "label_en": metric.label_en,
            "before": self._of(metric, before),
            "after": self._of(metric, after),
        }

    def _share(self, amount: float) -> float | None:
        return amount / self.change if self.change else None

    def _major(self, value: float) -> float | int | None:
        return self._of(self.asked.metric, value)

    def _of(self, metric: Metric, value: float | None) -> float | int | None:
        if value is None or value != value:
            return None
        if metric.unit is Unit.MONEY:
            return value / minor_per_major(self.currency)
        return int(value) if value == int(value) and not isinstance(metric, Ratio) else value


def explain(ledger: Ledger, asked: Asked) -> Explanation:
    """Explain how a metric moved from one period to another.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    asked : Asked
        The metric, both periods, filters, dimensions to search.

    Returns
    -------
    Explanation
        Segments are never empty for a change that is not zero.

    Raises
    ------
    CannotExplainError
        The metric has no value in one of the periods.
    QuestionError
        It has no relation to a dimension.
    """
    metric, others = asked.metric, beside(asked.metric)
    wanted = tuple(dict.fromkeys((*inputs_of(metric), *others)))
    before = side_of(ledger, asked, asked.before, wanted)
    after = side_of(ledger, asked, asked.after, wanted)
    first, last = _value(before, metric, asked.before), _value(after, metric, asked.after)
    currency = after.answer.currency or before.answer.currency
    one, known = minor_per_major(currency), period_of(ledger)
    segments = segments_of(ledger, asked, before, after)
    return Explanation(
        asked=asked,
        currency=currency,
        before=first,
        after=last,
        drivers=drivers_of(metric, before, after),
        segments=segments,
        normal_change=normal_change(ledger, asked, known, one=one),
        beside=tuple((each, before.value(each), after.value(each)) for each in others if after.is_known(each)),
        data_warnings=doubts_of(asked, before, after, known, is_exact=segments.is_exact or not segments.dims),
        trends=tuple(_trend(ledger, asked, each) for each in segments.segments[:MOST_TRENDS]),
    )


def _value(side: Side, metric: Metric, period: Period) -> float:
    value = side.value(metric)
    if value is not None:
        return value
    codes = {warning.code: warning for warning in side.answer.warnings if warning.metric == metric.name}
    told = sorted(codes.values(), key=lambda each: each.code not in _NO_VALUE)
    why = told[0].en if told else "nothing to divide by, or not known"
    raise CannotExplainError(
        f"{metric.label_en} has no value in {period.first} to {period.last}: {why.rstrip('.')}.",
        where=f"metric {metric.name}",
        next_step=next((step for code, step in _NO_VALUE.items() if code in codes), _ELSEWHERE),
    )


def _ends(period: Period) -> Mapping[str, object]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat(), "days": period.n_days}


def _trend(ledger: Ledger, asked: Asked, segment: Segment) -> list[dict[str, object]]:
    """Return the course of a segment over both periods and what lies between."""
    whole = Period(min(asked.before.first, asked.after.first), max(asked.before.last, asked.after.last))
    grain = "day" if whole.n_days <= MOST_DAYS else "week"
    name = asked.metric.name
    question = asked.question(name, period=whole, grain=grain, where=segment.filters)  # type: ignore[arg-type]  # one of two grains
    rows = answer(ledger, question, catalogue={name: asked.metric}).rows
    return [{"date": _iso(row["date"]), "value": row[name]} for row in rows if row["date"] is not None]


def _iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)


def where_text(filters: tuple[Filter, ...]) -> str:
    """Return filters as ``--where`` and the API take them.

    Examples
    --------
    >>> where_text((Filter("platform", ("jd",)), Filter("product", ("A,1",)), Filter("province", (None,))))
    'platform=jd,product="A,1",province='
    """
    pieces = []
    for each in filters:
        for value in each.values:
            text = "" if value is None else str(value)
            pieces.append(f'{each.dim}="{text}"' if "," in text else f"{each.dim}={text}")
    return ",".join(pieces)
