"""A question to the ledger: which metrics, split by what, filtered how, over which days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from zhanggui.metrics.dimensions import DIMENSIONS, Dimension
from zhanggui.metrics.model import Metric
from zhanggui.metrics.problems import (
    BackwardPeriodError,
    BadChoiceError,
    BadFilterError,
    EmptyQuestionError,
    UnknownDimensionError,
    UnknownMetricError,
)
from zhanggui.metrics.value_names import PLATFORM_NAMES

Grain = Literal["day", "week", "month", "quarter", "year"]
Compare = Literal["previous", "year"]

GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
COMPARISONS: tuple[Compare, ...] = ("previous", "year")
DATE = "date"
"""Name of the column that holds the first day of each step of a grain."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the rows whose dimension has one of the values; ``None`` stands for "not known".

    Examples
    --------
    >>> Filter("province", ("上海", None)).values
    ('上海', None)
    """

    dim: str
    values: tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    metrics : tuple of str
        Names from the catalogue.
    by : tuple of str, default ()
        Dimensions to split by. A grain may stand among them and then names its column itself.
    where : tuple of Filter, default ()
        All of them must hold.
    date_from, date_to : date, optional
        First and last business day, both included; open where missing.
    grain : {"day", "week", "month", "quarter", "year"}, optional
        Adds a column ``date`` with the first day of each step; weeks begin on Monday.
    compare : {"previous", "year"}, optional
        Sets each row beside the period of equal length before, or the same dates a year earlier.
    order_by : str, optional
        A metric or column of the answer; a leading ``-`` puts the largest first.
    limit : int, optional
        Number of rows to keep after sorting.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    grain: Grain | None = None
    compare: Compare | None = None
    order_by: str | None = None
    limit: int | None = None

    @property
    def date_name(self) -> str | None:
        """Name of the date column of the answer, if it has one."""
        if self.grain is None:
            return None
        return next((word for word in self.by if word in GRAINS or word == DATE), DATE)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions it is split by, without the date."""
        return tuple(word for word in self.by if word in DIMENSIONS)

    def checked(self, catalogue: Mapping[str, Metric]) -> Question:
        """Return the question in its plain form, or say what is wrong with it.

        Raises
        ------
        QuestionError
            A name is unknown, a filter does not fit, or the period is backward.
        """
        if not self.metrics:
            raise EmptyQuestionError
        for name in self.metrics:
            if name not in catalogue:
                raise UnknownMetricError(name, known=catalogue)
        grain = self._grain()
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise BackwardPeriodError(self.date_from, self.date_to)
        if self.compare is not None and self.compare not in COMPARISONS:
            raise BadChoiceError(self.compare, where="--compare", allowed=COMPARISONS)
        if self.limit is not None and self.limit < 1:
            raise BadChoiceError(self.limit, where="--limit", allowed=("1", "2", "…"))
        plain = replace(
            self,
            metrics=tuple(dict.fromkeys(self.metrics)),
            by=tuple(dict.fromkeys(self.by)),
            where=tuple(_fitting(each) for each in self.where),
            grain=grain,
        )
        plain._check_order(catalogue)
        return plain

    def _grain(self) -> Grain | None:
        grain = self.grain
        if grain is not None and grain not in GRAINS:
            raise BadChoiceError(grain, where="--grain", allowed=GRAINS)
        for word in self.by:
            if word in DIMENSIONS:
                continue
            found = next((each for each in GRAINS if each == word), None)
            if word == DATE:
                found = grain or "day"
            if found is None:
                raise UnknownDimensionError(word, known=(*DIMENSIONS, *GRAINS), where="--by")
            if grain is not None and grain != found:
                raise BadChoiceError(word, where="--by together with another grain", allowed=(grain,))
            grain = found
        return grain

    def _check_order(self, catalogue: Mapping[str, Metric]) -> None:
        if self.order_by is None:
            return
        allowed = [*self.metrics, *self.dimensions, *([self.date_name] if self.date_name else [])]
        word = self.order_by.removeprefix("-")
        if word not in allowed:
            if word not in catalogue and word not in DIMENSIONS and word not in GRAINS:
                raise UnknownMetricError(word, known=allowed, where="--order-by")
            raise BadChoiceError(self.order_by, where="--order-by", allowed=allowed)


def _fitting(each: Filter) -> Filter:
    dimension = DIMENSIONS.get(each.dim)
    if dimension is None:
        raise UnknownDimensionError(each.dim, known=DIMENSIONS, where="--where")
    if not each.values:
        raise BadFilterError(f"{each.dim}=", why="has no value")
    return Filter(each.dim, tuple(dict.fromkeys(_typed(dimension, value) for value in each.values)))


def _typed(dimension: Dimension, value: str | int | None) -> str | int | None:
    if value is None:
        return value
    if dimension.type == "text":
        return str(value)
    try:
        return int(value)
    except ValueError:
        raise BadFilterError(f"{dimension.name}={value}", why="needs a whole number") from None


def filters_from_text(text: str, known: Collection[str] = tuple(DIMENSIONS)) -> tuple[Filter, ...]:
    """Read filters as the command line and the API write them.

    Parameters
    ----------
    text : str
        ``dim=value``; several values and several filters are separated by commas. A value with a comma is put in
        double quotes; no value at all means "not known".
    known : collection of str
        Dimension names; a piece ``x=y`` begins a new filter only when ``x`` is one of them.

    Examples
    --------
    >>> filters_from_text('platform=tmall,jd,province=上海')
    (Filter(dim='platform', values=('tmall', 'jd')), Filter(dim='province', values=('上海',)))
    >>> filters_from_text('product="A,1",channel=')
    (Filter(dim='product', values=('A,1',)), Filter(dim='channel', values=(None,)))
    """
    found: list[tuple[str, list[str | None]]] = []
    for piece in _pieces(text):
        name, is_filter, value = piece.partition("=")
        name = name.strip()
        if is_filter and (name in known or not found):
            if name not in known:
                raise UnknownDimensionError(name, known=known, where="--where")
            found.append((name, [value.strip() or None]))
        elif found:
            found[-1][1].append(piece.strip() or None)
        else:
            raise BadFilterError(text, why="names no dimension")
    return tuple(in_codes(Filter(name, tuple(values))) for name, values in found)


_PLATFORMS = {said: code for code, name in PLATFORM_NAMES.items() for said in (name.zh, name.en)}


def in_codes(each: Filter) -> Filter:
    """Return a filter whose platforms go by their codes, where it has them by the names that people use.

    Examples
    --------
    >>> in_codes(Filter("platform", ("京东", "douyin"))).values
    ('jd', 'douyin')
    """
    if each.dim != "platform":
        return each
    return Filter(each.dim, tuple(_PLATFORMS.get(str(value), value) for value in each.values))


def _pieces(text: str) -> list[str]:
    # A quote opens only where a value begins: 12" is a size, not a quotation.
    pieces, current, is_quoted = [], "", False
    for letter in text:
        if letter == '"' and (is_quoted or not current or current.endswith("=")):
            is_quoted = not is_quoted
        elif letter == "," and not is_quoted:
            pieces.append(current)
            current = ""
        else:
            current += letter
    return [*pieces, current]
