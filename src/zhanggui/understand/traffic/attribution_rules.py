"""By what rules journeys are cut and credited: recorded with every answer, and kept by the shop where it says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Literal, TypeVar

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs

Direct = Literal["skip", "keep"]
Refunds = Literal["deduct", "keep"]
Level = Literal["channel", "campaign", "creative"]
DIRECTS: tuple[Direct, ...] = ("skip", "keep")
REFUND_RULES: tuple[Refunds, ...] = ("deduct", "keep")
LEVELS: tuple[Level, ...] = ("channel", "campaign", "creative")

ATTRIBUTION_RULES = "attribution_rules"
LONGEST_DAYS = 365
_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class AttributionRules:
    """How journeys are cut and credited.

    Attributes
    ----------
    look_back_days : int
        Touches longer before the order get no credit.
    direct : {"skip", "keep"}
        Visits without any origin get credit only where nothing else was touched, or as every other touch.
    refunds : {"deduct", "keep"}
        Revenue and profit after refunds, orders given back whole left out; or as paid.
    half_life_days : float
        Age at which a touch counts half, for time decay.
    """

    look_back_days: int = 30
    direct: Direct = "skip"
    refunds: Refunds = "deduct"
    half_life_days: float = 7.0


def kept_attribution_rules(desk: Desk) -> AttributionRules:
    """Return the rules that the shop goes by."""
    stored = desk.shop.state.get_setting(ATTRIBUTION_RULES)
    return AttributionRules(**stored) if isinstance(stored, dict) else AttributionRules()


def keep_attribution_rules(desk: Desk, rules: AttributionRules) -> None:
    """Let the shop and its pages go by these rules from now on."""
    with desk.shop.state.transaction():
        desk.shop.state.set_setting(ATTRIBUTION_RULES, asdict(rules))
    desk.changed()


def attribution_rules_in(desk: Desk, pairs: Pairs) -> AttributionRules:
    """Return the shop's rules with what ``look_back``, ``direct``, ``refunds`` and ``half_life`` say instead.

    Raises
    ------
    BadFilterError
        A rule is none that there is.
    """
    rules = kept_attribution_rules(desk)
    for key, value in pairs:
        if key == "look_back":
            rules = replace(rules, look_back_days=int(_number(key, value)))
        elif key == "half_life":
            rules = replace(rules, half_life_days=_number(key, value))
        elif key == "direct":
            rules = replace(rules, direct=word_of(key, value, DIRECTS))
        elif key == "refunds":
            rules = replace(rules, refunds=word_of(key, value, REFUND_RULES))
    return rules


def word_of(key: str, value: str, words: tuple[_Word, ...]) -> _Word:
    """Return a word that is one of those there are.

    Raises
    ------
    BadFilterError
        It is none of them.
    """
    found = next((word for word in words if word == value), None)
    if found is None:
        raise BadFilterError(f"{key}={value}", why=f"is none of {', '.join(words)}")
    return found


def _number(key: str, value: str) -> float:
    try:
        days = float(value)
    except ValueError:
        days = 0.0
    if not 1 <= days <= LONGEST_DAYS:
        raise BadFilterError(f"{key}={value}", why=f"is no number of days from 1 to {LONGEST_DAYS}")
    return days
