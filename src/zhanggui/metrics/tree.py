"""The tree of a metric: what it is made of, step by step down to what somebody can turn, with the figures of a period.

It stands on the identities that explanations use, so a node and its parts always tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.comparison import compared_period
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.explaining.drivers import factor_effects, fits
from zhanggui.metrics.explaining.figures import Side, minor_per_major, side_of
from zhanggui.metrics.identities import DEEPER, Balance, Identity, identities_of
from zhanggui.metrics.model import Metric, Ratio, Unit
from zhanggui.metrics.question import Compare, Filter

Operator = Literal["", "×", "÷", "+", "−"]
"""How a metric enters the one above it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A metric in the tree.

    Attributes
    ----------
    metric : Metric
        What it is.
    operator : {"", "×", "÷", "+", "−"}
        How it enters the metric above: ``×``, ``÷``, ``+`` or ``−``; empty for the root.
    value, before : float, int or None
        Its figure in the period and in the one compared with, money in major units; None where not known or not asked.
    effect : float, int or None
        What it did to the change of the metric above, in the unit of that one; effects of all parts sum to its change.
    target : float or None
        What was to be reached in the period.
    children : tuple of Node
        What it is made of; empty for what can be turned itself.
    """

    metric: Metric
    operator: Operator = ""
    value: float | int | None = None
    before: float | int | None = None
    effect: float | int | None = None
    target: float | None = None
    children: tuple[Node, ...] = ()

    @property
    def change(self) -> float | None:
        """Relative change; the difference for ratios; None where there is nothing to compare with."""
        if self.value is None or self.before is None:
            return None
        moved = self.value - self.before
        if self.metric.unit is Unit.RATIO:
            return moved
        return moved / abs(self.before) if self.before else None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Give the node and all below it with their depth, each before its parts."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def to_json(self) -> dict[str, object]:
        """Return its JSON shape, parts within it."""
        metric = self.metric
        return {
            "name": metric.name,
            "catalogue_id": metric.catalogue_ids[0] if metric.catalogue_ids else None,
            "label_zh": metric.label_zh,
            "label_en": metric.label_en,
            "unit": metric.unit.value,
            "chain": metric.chain.value,
            "evidence": metric.evidence.value,
            "owner_zh": metric.owner_zh,
            "owner_en": metric.owner_en,
            "operator": self.operator,
            "value": self.value,
            "before": self.before,
            "change": self.change,
            "effect": self.effect,
            "target": self.target,
            "children": [child.to_json() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree with the period that its figures are of.

    Attributes
    ----------
    root : Node
        The metric asked for.
    period, compared : Period or None
        The period of the figures, and the one compared with.
    currency : str or None
        Currency of money.
    warnings : tuple of Caveat
        What to know of the figures.
    """

    root: Node
    period: Period | None = None
    compared: Period | None = None
    currency: str | None = None
    warnings: tuple[Caveat, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {
            "tree": self.root.to_json(),
            "period": _ends(self.period),
            "compare": _ends(self.compared),
            "currency": self.currency,
            "warnings": [warning.to_json() for warning in self.warnings],
        }


def definition_tree(metric: Metric) -> Tree:
    """Return what a metric is made of, without figures.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> [node.metric.name for node in definition_tree(CATALOGUE["gmv_paid"]).root.children]
    ['visitors', 'payment_conversion', 'orders_per_buyer', 'average_order_value']
    """
    return Tree(_grown(metric, _Figures()))


def tree_of(
    ledger: Ledger,
    metric: Metric,
    period: Period,
    *,
    where: tuple[Filter, ...] = (),
    compare: Compare | None = None,
    targets: Mapping[str, float] | None = None,
) -> Tree:
    """Return the tree of a metric with the figures of a period.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    metric : Metric
        The root.
    period : Period
        Days of the figures.
    where : tuple of Filter, default ()
        Filters.
    compare : {"previous", "year"}, optional
        What to compare with.
    targets : mapping of str to float, optional
        Targets of the period by name of the metric, in major units.

    Raises
    ------
    QuestionError
        The filters do not reach the root.

    Notes
    -----
    Of several identities of a metric the deepest whose parts are all known is taken; the deepest where none is.
    """
    before = None if compare is None else compared_period(period, compare, None)
    asked = Asked(metric, period, before or period, where).checked()
    wanted = tuple(dict.fromkeys(_reached(metric)))
    now = side_of(ledger, asked, period, wanted)
    then = side_of(ledger, asked, before, wanted) if before is not None else None
    currency = now.answer.currency or (then.answer.currency if then else None)
    root = _grown(metric, _Figures(now, then, minor_per_major(currency), targets or {}))
    shown = {node.metric.name for _, node in root.walk()}
    shown |= {part.name for _, node in root.walk() for part in node.metric.parts}
    warnings = tuple(each for each in now.answer.warnings if each.metric in shown)
    return Tree(root, period, before, currency, warnings)


@dataclass(frozen=True)
class _Figures:
    """The values that a tree shows; without a side it shows none."""

    now: Side | None = None
    then: Side | None = None
    one: int = 100
    targets: Mapping[str, float] = field(default_factory=dict)

    def shown(self, metric: Metric, side: Side | None) -> float | int | None:
        value = None if side is None else side.value(metric)
        if value is None:
            return None
        if metric.unit is Unit.MONEY:
            return value / self.one
        return int(value) if value == int(value) and not isinstance(metric, Ratio) else value

    def known(self, identity: Identity) -> bool:
        return self.now is not None and fits(identity, self.then or self.now, self.now)

    def effects(self, above: Metric, identity: Identity) -> list[float | None]:
        """Return what each part did to the change of the metric above it, money in major units."""
        if self.now is None or self.then is None or not self.known(identity):
            return [None] * len(identity.parts)
        if isinstance(identity, Balance):
            signs = [1] * len(identity.plus) + [-1] * len(identity.minus)
            moved = [(self.now.value(part) or 0) - (self.then.value(part) or 0) for part in identity.parts]
            found = [sign * each for sign, each in zip(signs, moved, strict=True)]
        else:
            found = factor_effects(identity, self.then, self.now)
        return [each / self.one if above.unit is Unit.MONEY else each for each in found]


def _grown(
    metric: Metric, figures: _Figures, operator: Operator = "", effect: float | None = None, above: tuple[str, ...] = ()
) -> Node:
    identity = _chosen(metric, figures, above)
    node = Node(
        metric=metric,
        operator=operator,
        value=figures.shown(metric, figures.now),
        before=figures.shown(metric, figures.then),
        effect=effect,
        target=figures.targets.get(metric.name),
    )
    if identity is None:
        return node
    children = tuple(
        _grown(part, figures, sign, moved, (*above, metric.name))
        for part, sign, moved in zip(
            identity.parts, _operators(identity), figures.effects(metric, identity), strict=True
        )
    )
    return replace(node, children=children)


def _chosen(metric: Metric, figures: _Figures, above: tuple[str, ...]) -> Identity | None:
    possible = _possible(metric, above)
    return next((each for each in possible if figures.known(each)), possible[0] if possible else None)


def _possible(metric: Metric, above: tuple[str, ...]) -> tuple[Identity, ...]:
    """Return the identities that take a metric apart without coming back to what stands above it."""
    # Inside a tree a ratio is a driver: its own two sides would only say again what stands above it.
    found = DEEPER.get(metric.name, ()) if above and isinstance(metric, Ratio) else identities_of(metric)
    path = {*above, metric.name}
    return tuple(each for each in found if not path & {part.name for part in each.parts})


def _reached(metric: Metric, above: tuple[str, ...] = ()) -> Iterator[Metric]:
    """Give every metric that any tree of `metric` may show."""
    yield metric
    for identity in _possible(metric, above):
        for part in identity.parts:
            yield from _reached(part, (*above, metric.name))


def _operators(identity: Identity) -> list[Operator]:
    more: Operator
    less: Operator
    if isinstance(identity, Balance):
        more, less, n_more = "+", "−", len(identity.plus)
    else:
        more, less, n_more = "×", "÷", len(identity.factors)
    return [more if place < n_more else less for place in range(len(identity.parts))]


def _ends(period: Period | None) -> dict[str, str] | None:
    return None if period is None else {"from": period.first.isoformat(), "to": period.last.isoformat()}
