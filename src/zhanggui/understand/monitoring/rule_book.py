"""The rules of a shop: those that come with the product, and its own, which may replace them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhanggui.ledger.jobs import AlertRules, StateStore
from zhanggui.metrics import Metric
from zhanggui.metrics.own import OwnMetricBook
from zhanggui.understand.monitoring.builtin import BUILT_IN, SOURCE_RULE
from zhanggui.understand.monitoring.rules import BadRuleError, Rule, UnknownRuleError, rule_from


@dataclass(frozen=True, slots=True)
class KeptRule:
    """One rule of a shop.

    Attributes
    ----------
    name : str
        Its name.
    rule : Rule or None
        The rule; None where it can be used no more, as after a metric was taken away.
    origin : {"built_in", "changed", "own"}
        As it came with the product, changed by the shop, or the shop's own.
    is_on : bool
        Whether it is watched.
    muted_until : float or None
        Until when it raises nothing; seconds since 1970.
    error : BadRuleError or None
        Why it cannot be used.
    """

    name: str
    rule: Rule | None
    origin: str
    is_on: bool
    muted_until: float | None = None
    error: BadRuleError | None = None

    def is_watched(self, now: float) -> bool:
        """Tell whether it is looked for at a moment."""
        return self.rule is not None and self.is_on and (self.muted_until is None or self.muted_until <= now)


class RuleBook:
    """The rules of one shop.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._kept = AlertRules(state)
        self._own = OwnMetricBook(state)

    def rules(self) -> tuple[KeptRule, ...]:
        """Return every rule, those of the product first."""
        own, switches, catalogue = self._kept.documents(), self._kept.switches(), self._own.catalogue()
        return tuple(
            _kept(name, own.get(name), catalogue, *switches.get(name, (True, None)))
            for name in dict.fromkeys((*BUILT_IN, *own))
        )

    def get(self, name: str) -> KeptRule:
        """Return one rule.

        Raises
        ------
        UnknownRuleError
            There is none.
        """
        for each in self.rules():
            if each.name == name:
                return each
        raise UnknownRuleError(name)

    def document(self, name: str) -> Mapping[str, Any]:
        """Return a rule that can be used as form and file have it.

        Raises
        ------
        UnknownRuleError, BadRuleError
            There is none, or it cannot be used.
        """
        found = self.get(name)
        if found.rule is None:
            raise found.error or UnknownRuleError(name)
        return found.rule.document()

    def watches_sources(self, now: float) -> bool:
        """Tell whether failing sources raise alerts."""
        is_on, muted_until = self._kept.switches().get(SOURCE_RULE, (True, None))
        return is_on and (muted_until is None or muted_until <= now)

    def save(self, documents: Sequence[Mapping[str, Any]], now: float) -> tuple[Rule, ...]:
        """Keep rules, each in place of the one of its name: all of them, or none.

        Raises
        ------
        BadRuleError
            Names the field that is wrong.
        """
        catalogue = self._own.catalogue()
        rules = tuple(rule_from(each, catalogue) for each in documents)
        for rule in rules:
            if rule.name == SOURCE_RULE:
                raise BadRuleError(rule.name, "name", "this name belongs to the watch over the sources")
        self._kept.save({rule.name: rule.document() for rule in rules}, now)
        return rules

    def switch(self, name: str, now: float, *, is_on: bool) -> None:
        """Switch a rule on or off.

        Raises
        ------
        UnknownRuleError
            There is none.
        """
        self._kept.switch(self._known(name), now, is_on=is_on)

    def mute(self, name: str, until: float | None, now: float) -> None:
        """Let a rule raise nothing until a moment; None ends that.

        Raises
        ------
        UnknownRuleError
            There is none.
        """
        self._kept.mute(self._known(name), until, now)

    def forget(self, name: str) -> None:
        """Forget a rule of the shop's own; one of the product is as it came again.

        Raises
        ------
        UnknownRuleError
            There is none.
        """
        self._kept.forget([self._known(name)])

    def _known(self, name: str) -> str:
        if name != SOURCE_RULE:
            self.get(name)
        return name


def _kept(
    name: str,
    document: Mapping[str, Any] | None,
    catalogue: Mapping[str, Metric],
    is_on: bool,
    muted_until: float | None,
) -> KeptRule:
    origin = "built_in" if document is None else "changed" if name in BUILT_IN else "own"
    if document is None:
        return KeptRule(name, BUILT_IN[name], origin, is_on, muted_until)
    try:
        rule = rule_from(document, catalogue)
    except BadRuleError as error:
        return KeptRule(name, None, origin, is_on=False, muted_until=muted_until, error=error)
    return KeptRule(name, rule, origin, is_on and rule.is_on, muted_until)
