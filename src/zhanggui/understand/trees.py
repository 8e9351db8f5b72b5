"""Trees of metrics with the shop's own targets: one answer for the terminal, the API and the page."""

from __future__ import annotations

from typing import Any

from zhanggui.calendar import Period
from zhanggui.metrics.identities import ROOTS
from zhanggui.metrics.model import Metric
from zhanggui.metrics.tree import Tree, definition_tree, tree_of
from zhanggui.understand.desk import Desk
from zhanggui.understand.targets import targets_for
from zhanggui.understand.view import Pairs, View, view_from_pairs


def trees(desk: Desk, pairs: Pairs) -> dict[str, Any]:
    """Return the tree of the metric that a query string names, else those of sales and of profit, as JSON values.

    Raises
    ------
    QuestionError
        A name is unknown, or the filters do not reach the metric.
    """
    name = next((value for key, value in pairs if key == "metric" and value), None)
    view = view_from_pairs(pairs)
    return {"trees": [figured(desk, view, desk.metric(each)).to_json() for each in ([name] if name else ROOTS)]}


def figured(desk: Desk, view: View, metric: Metric) -> Tree:
    """Return the tree of a metric with the figures of what is looked at; without figures where there is no data."""
    period = _period(desk, view)
    if period is None:
        return definition_tree(metric)
    # Targets are of the whole company: beside a part of it they would mislead.
    targets = {} if view.where else targets_for(desk, period)
    desk.stands_on(view, *{leaf.table for leaf in metric.leaves()})
    key = ("tree", metric.name, period, view.where, view.compare)
    found: Tree = desk.kept(
        key, lambda: tree_of(desk.ledger, metric, period, where=view.where, compare=view.compare, targets=targets)
    )
    return found


def _period(desk: Desk, view: View) -> Period | None:
    """Return the days of the figures: those looked at, open ends closed by what the ledger holds."""
    span = desk.span()
    if span is None:
        return None
    first = view.date_from or min(span.first, view.date_to or span.first)
    last = view.date_to or max(span.last, first)
    return Period(first, last)
