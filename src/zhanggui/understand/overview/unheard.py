"""Filters by words that the ledger has never heard: their nothing is a slip of the pen, not a zero."""

from __future__ import annotations

from collections.abc import Iterator

from zhanggui.metrics import DIMENSIONS, Answer, Question
from zhanggui.metrics.caveats import Caveat
from zhanggui.understand.desk import Desk
from zhanggui.understand.stores import STORE_DIMENSIONS
from zhanggui.understand.wording import never_heard

UNHEARD = "filter_value_unknown"


def unheard_values(desk: Desk, found: Answer) -> Iterator[Caveat]:
    """Give a warning for each filter's value that no row of any day has, where the answer holds nothing.

    Parameters
    ----------
    desk : Desk
        The shop.
    found : Answer
        The answer; one that holds something is not looked at.
    """
    names = [metric.name for metric in found.metrics]
    if any(row[name] for row in found.rows for name in names):
        return
    for each in found.question.where:
        given = [str(value) for value in each.values if value is not None]
        if each.dim in STORE_DIMENSIONS or not given:
            continue
        known = _values(desk, found.question, each.dim)
        for value in given:
            if value not in known:
                text = never_heard(DIMENSIONS[each.dim].label, value, known)
                yield Caveat(UNHEARD, names[0], text.zh, text.en)


def _values(desk: Desk, question: Question, dimension: str) -> tuple[str, ...]:
    """Return the values of a dimension over all days, those with most of the first metric first."""
    of_all = Question(metrics=question.metrics[:1], by=(dimension,))
    columns = (dimension, DIMENSIONS[dimension].key)
    rows = desk.ask(of_all).rows
    return tuple(dict.fromkeys(str(row[name]) for row in rows for name in columns if row.get(name) is not None))
