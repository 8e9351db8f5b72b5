"""What a person looks at: the period, filters and comparison in the address of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar
from urllib.parse import quote, urlencode

from zhanggui.metrics.problems import BadChoiceError
from zhanggui.metrics.question import (
    COMPARISONS,
    GRAINS,
    Compare,
    Filter,
    Grain,
    Question,
    filters_from_text,
    in_codes,
)

Basis = Literal["payment", "completion"]
BASES: tuple[Basis, ...] = ("payment", "completion")

_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class View:
    """The filters of a page, as every one of its tiles receives them.

    Attributes
    ----------
    date_from, date_to : date, optional
        First and last business day; open where missing.
    where : tuple of Filter
        All of them hold.
    compare : {"previous", "year"}, optional
        Period that is set beside.
    grain : str, optional
        Step of a time series.
    name : str
        What the page is about: the metric of a metric page.
    page : int
        Page of a table, from 1.
    by : str, optional
        Dimension of a breakdown.
    basis : {"payment", "completion"}, optional
        Refunds by the day their order was paid, the default, or by the day they succeeded.
    """

    date_from: date | None = None
    date_to: date | None = None
    where: tuple[Filter, ...] = ()
    compare: Compare | None = None
    grain: Grain | None = None
    name: str = ""
    page: int = 1
    by: str | None = None
    basis: Basis | None = None

    def question(
        self,
        *metrics: str,
        by: tuple[str, ...] = (),
        grain: Grain | None = None,
        compare: bool = False,
        order_by: str | None = None,
        limit: int | None = None,
    ) -> Question:
        """Return the question that asks `metrics` of what is looked at."""
        return Question(
            metrics=metrics,
            by=by,
            where=self.where,
            date_from=self.date_from,
            date_to=self.date_to,
            grain=grain,
            compare=self.compare if compare else None,
            order_by=order_by,
            limit=limit,
        )

    def within(self, first: date | None, last: date | None) -> View:
        """Return the same view of other days."""
        return replace(self, date_from=first, date_to=last)

    def only(self, *filters: Filter) -> View:
        """Return the same view of fewer rows."""
        return replace(self, where=(*self.where, *filters))


def metric_href(metric: str, **filters: str | tuple[str, ...]) -> str:
    """Return the address of a metric's page, narrowed by dimension values; a tuple means any of several.

    Examples
    --------
    >>> metric_href("gmv_paid", province="江苏")
    '/metrics/gmv_paid?where=province%3D%E6%B1%9F%E8%8B%8F'
    """
    pairs = []
    for dimension, values in filters.items():
        several = (values,) if isinstance(values, str) else values
        pairs.append(("where", f"{dimension}={','.join(map(_quoted, several))}"))
    return f"/metrics/{quote(metric)}" + (f"?{urlencode(pairs)}" if pairs else "")


def _quoted(value: str) -> str:
    # A comma separates values in a filter, so a value with one is put in quotes.
    return f'"{value}"' if "," in value else value


Pairs = Sequence[tuple[str, str]]
"""The query string of an address, in its order; a key may stand several times."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years whose days can be told apart from slips of the pen; the days around them can be computed too."""

FILTER_KEYS = ("platform", "shop", "channel")
"""Dimensions with a filter of their own in the filter bar."""


def view_from_pairs(pairs: Pairs, *, name: str = "") -> View:
    """Read a view from a query string.

    Raises
    ------
    QuestionError
        A date, filter or word cannot be understood.

    Examples
    --------
    >>> view_from_pairs([("from", "2020-02-01"), ("platform", "tmall"), ("platform", "jd")]).where
    (Filter(dim='platform', values=('tmall', 'jd')),)
    """
    where = [in_codes(Filter(key, values)) for key in FILTER_KEYS if (values := tuple(_all(pairs, key)))]
    for text in _all(pairs, "where"):
        where += filters_from_text(text)
    return View(
        date_from=day_in(pairs, "from"),
        date_to=day_in(pairs, "to"),
        where=tuple(where),
        compare=_word(pairs, "compare", COMPARISONS),
        grain=_word(pairs, "grain", GRAINS),
        name=name,
        page=_whole_number(pairs, "page") or 1,
        by=last_in(pairs, "by"),
        basis=_word(pairs, "basis", BASES),
    )


def question_from_pairs(pairs: Pairs) -> Question:
    """Read a question from a query string: ``metrics=a,b&by=platform&from=…&where=dim=value``.

    Raises
    ------
    QuestionError
        It cannot be understood.
    """
    view = view_from_pairs(pairs)
    return Question(
        metrics=_words(pairs, "metrics"),
        by=_words(pairs, "by"),
        where=view.where,
        date_from=view.date_from,
        date_to=view.date_to,
        grain=view.grain,
        compare=view.compare,
        order_by=last_in(pairs, "order_by"),
        limit=_whole_number(pairs, "limit"),
    )


def as_defined_from_pairs(pairs: Pairs) -> date | None:
    """Read by the definitions of which day a question goes; None for those of now.

    Examples
    --------
    >>> as_defined_from_pairs([("as_defined", "2026-09-30")])
    datetime.date(2026, 9, 30)
    """
    return day_in(pairs, "as_defined")


def _all(pairs: Pairs, key: str) -> list[str]:
    return [value for name, value in pairs if name == key and value != ""]


def last_in(pairs: Pairs, key: str) -> str | None:
    """Return the last value of a key of a query string that is not empty, or None."""
    values = _all(pairs, key)
    return values[-1] if values else None


def _words(pairs: Pairs, key: str) -> tuple[str, ...]:
    return tuple(word.strip() for value in _all(pairs, key) for word in value.split(",") if word.strip())


def _word(pairs: Pairs, key: str, allowed: Sequence[_Word]) -> _Word | None:
    value = last_in(pairs, key)
    if value is None:
        return None
    found = next((word for word in allowed if word == value), None)
    if found is None:
        raise BadChoiceError(value, where=key, allowed=allowed)
    return found


def day_in(pairs: Pairs, key: str) -> date | None:
    """Return a day of a query string, or None where it is not given.

    Raises
    ------
    BadChoiceError
        It is no date, or one of a year that no file can hold either.
    """
    value = last_in(pairs, key)
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise BadChoiceError(value, where=key, allowed=("a date such as 2026-09-30",)) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadChoiceError(value, where=key, allowed=(f"a date from {FIRST_YEAR} to {LAST_YEAR}",))
    return found


def _whole_number(pairs: Pairs, key: str) -> int | None:
    value = last_in(pairs, key)
    if value is None:
        return None
    if not value.isdecimal() or len(value) > 9 or int(value) < 1:
        raise BadChoiceError(value, where=key, allowed=("a whole number from 1",))
    return int(value)
