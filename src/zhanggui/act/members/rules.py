"""The rules of membership: what tiers ask and give, how points are earned (SEG-10, C-LIFE-02, C-LIFE-03)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhanggui.act.members.account import LIFE_DAYS
from zhanggui.act.members.problems import BadRulesError
from zhanggui.ledger.jobs.state import StateStore

MEMBER_RULES = "member_rules"
YEAR_DAYS = 365
_Name = Annotated[str, Field(min_length=1, max_length=40)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Benefit(_Model):
    """Something that members of a tier get.

    Attributes
    ----------
    name : str
        What it is, as members read it.
    on_birthday : bool
        Due in the month of birth, once a year; otherwise due once, when the tier is reached.
    cost : decimal
        What it costs the shop each time, in major units.
    """

    name: _Name
    on_birthday: bool = False
    cost: Annotated[Decimal, Field(ge=0, le=1_000_000)] = Decimal(0)


class Tier(_Model):
    """One tier.

    Attributes
    ----------
    name : str
        As the member files name it.
    least_orders : int
        Received orders in the window that it asks.
    least_spent : decimal
        Net spending in the window that it asks, in major units.
    group : str
        Group chat that its members are led to (T-12).
    benefits : tuple of Benefit
        What it gives.
    """

    name: _Name
    least_orders: Annotated[int, Field(ge=0, le=1_000)] = 0
    least_spent: Annotated[Decimal, Field(ge=0, le=1_000_000_000)] = Decimal(0)
    group: Annotated[str, Field(max_length=40)] = ""
    benefits: Annotated[tuple[Benefit, ...], Field(max_length=20)] = ()


class PointsRules(_Model):
    """How points are earned and for how long they are good.

    Attributes
    ----------
    per_yuan : int
        Points for every whole yuan that an order keeps.
    life_days : int
        Days that they are good for.
    """

    per_yuan: Annotated[int, Field(ge=1, le=1_000)] = 1
    life_days: Annotated[int, Field(ge=1, le=3_650)] = LIFE_DAYS


class MemberRules(_Model):
    """How membership works.

    Attributes
    ----------
    window_days : int
        Days of spending that a tier looks at; also for how long a tier is kept once it is reached.
    active_days : int
        A member who ordered in so many days is active (M-CUST-02).
    tiers : tuple of Tier
        The lowest first. The lowest asks nothing; each asks no less than the one below it.
    points : PointsRules
        Of the points that Zhanggui keeps.
    """

    window_days: Annotated[int, Field(ge=1, le=3_650)] = YEAR_DAYS
    active_days: Annotated[int, Field(ge=1, le=3_650)] = 90
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=12)]
    points: PointsRules = PointsRules()

    @model_validator(mode="after")
    def _is_a_ladder(self) -> MemberRules:
        names = [tier.name for tier in self.tiers]
        if len(set(names)) < len(names):
            raise ValueError("two tiers have one name")
        if self.tiers[0].least_orders or self.tiers[0].least_spent:
            raise ValueError("the lowest tier, which comes first, asks nothing")
        for lower, upper in zip(self.tiers, self.tiers[1:], strict=False):
            if upper.least_orders < lower.least_orders or upper.least_spent < lower.least_spent:
                raise ValueError(f"{upper.name} comes after {lower.name} and asks less")
        return self

    def tier_at(self, orders: int, spent: Decimal) -> int:
        """Return the place of the highest tier whose conditions are met.

        Examples
        --------
        >>> [USUAL.tier_at(1, Decimal(9000)), USUAL.tier_at(2, Decimal(100)), USUAL.tier_at(2, Decimal(6000))]
        [0, 1, 2]
        """
        met = (orders >= tier.least_orders and spent >= tier.least_spent for tier in self.tiers)
        return max(place for place, is_met in enumerate(met) if is_met)


USUAL = MemberRules(
    tiers=(
        Tier(name="普通", group="福利群"),
        Tier(
            name="金会员",
            least_orders=2,
            group="VIP群",
            benefits=(Benefit(name="生日礼包", on_birthday=True, cost=Decimal(30)),),
        ),
        Tier(
            name="黑卡",
            least_orders=2,
            least_spent=Decimal(6000),
            group="VIP群",
            benefits=(
                Benefit(name="生日礼包", on_birthday=True, cost=Decimal(80)),
                Benefit(name="一对一导购"),
                Benefit(name="次日达", cost=Decimal(8)),
            ),
        ),
    )
)
"""What a shop starts from: ordinary, gold and black card as the trade's examples have them."""


def rules_from_toml(text: str) -> MemberRules:
    r"""Read rules from a file.

    Raises
    ------
    BadRulesError
        Names the field that is wrong.

    Examples
    --------
    >>> found = rules_from_toml('[[tiers]]\nname = "普通"\n[[tiers]]\nname = "金"\nleast_spent = 500')
    >>> found.tiers[1].least_spent
    Decimal('500')
    """
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadRulesError("the file", f"it is no TOML: {error}") from None
    return rules_from(document)


def rules_from(document: Mapping[str, Any]) -> MemberRules:
    """Read rules from a form or a file.

    Raises
    ------
    BadRulesError
        Names the field that is wrong.
    """
    try:
        return MemberRules.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "tiers"
        raise BadRulesError(field, first["msg"].removeprefix("Value error, ")) from None


def rules_to_toml(rules: MemberRules) -> str:
    """Write rules as a file that :func:`rules_from_toml` reads back.

    Examples
    --------
    >>> rules_from_toml(rules_to_toml(USUAL)) == USUAL
    True
    """
    lines = [f"window_days = {rules.window_days}", f"active_days = {rules.active_days}", "", "[points]"]
    lines += [f"per_yuan = {rules.points.per_yuan}", f"life_days = {rules.points.life_days}"]
    for tier in rules.tiers:
        lines += ["", "[[tiers]]", f"name = {_quoted(tier.name)}", f"least_orders = {tier.least_orders}"]
        lines += [f"least_spent = {tier.least_spent}", f"group = {_quoted(tier.group)}"]
        for benefit in tier.benefits:
            lines += ["", "[[tiers.benefits]]", f"name = {_quoted(benefit.name)}"]
            lines += [f"on_birthday = {str(benefit.on_birthday).lower()}", f"cost = {benefit.cost}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in escaped) + '"'


def kept_rules(state: StateStore) -> MemberRules:
    """Return the rules that a shop goes by; the usual ones unless it has entered others."""
    stored = state.get_setting(MEMBER_RULES)
    return USUAL if stored is None else MemberRules.model_validate(stored)


def keep_rules(state: StateStore, rules: MemberRules) -> None:
    """Let the shop go by these rules from now on."""
    with state.transaction():
        state.set_setting(MEMBER_RULES, rules.model_dump(mode="json"))
