"""实验效果 What a trial changed: each group held against its control, with an interval and a check of the lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from zhanggui.i18n import Text
from zhanggui.methods.trials import (
    MeanEffect,
    ShareEffect,
    groups_alike,
    mean_effect,
    share_effect,
    shares_as_planned,
)
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.customers.people import FEWEST_BUYERS
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.trials.groups import Bought, Outcome, Trial, outcome
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

DAYS = 30
CONFIDENCE = 0.95
DOUBTFUL = 0.001
"""A check of the lot that a kept lot fails less often than this speaks against the groups."""

_CONTROL_WORDS = ("对照", "空白", "不打扰", "不触达", "不发", "常规", "control", "holdout", "hold-out", "baseline")

Check = Literal["planned", "weeks", "followed"]
CHECKS: Mapping[Check, Text] = MappingProxyType(
    {
        "planned": Text("各组人数与计划的比例", "Sizes of the groups against the plan"),
        "weeks": Text("各组比例逐周不变", "Shares of the groups, week by week"),
        "followed": Text("各组看得到购买的比例相同", "Part of each group that can be followed"),
    }
)
"""What is checked of the lot."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One group beside the control; amounts in minor units per person.

    Attributes
    ----------
    share : ShareEffect
        Of people who paid.
    net, profit : MeanEffect
        Of net revenue and of contribution per person.
    complaints : ShareEffect or None
        Of delivered messages that were complained about; None where either group got fewer than 30.
    """

    share: ShareEffect
    net: MeanEffect
    profit: MeanEffect
    complaints: ShareEffect | None


@dataclass(frozen=True, slots=True)
class TrialEffect:
    """What a trial changed.

    Attributes
    ----------
    trial : Trial
        Which one.
    days : int
        For how many days each person was watched, the day of entry among them.
    outcome : Outcome
        What the groups bought.
    control : str or None
        The group that the others are held against; None where there is a single one.
    is_control_named : bool
        Whether its name, or whoever asks, says that it is the control.
    confidence : float
        Of each interval of an effect; higher where several groups are compared, so that all hold together.
    effects : dict of str to Effect
        By name of the group; without groups of fewer than 30 people.
    checks : dict of str to float
        By `CHECKS`, how often a kept lot looks like this or worse; without those that cannot be made.
    """

    trial: Trial
    days: int
    outcome: Outcome
    control: str | None
    is_control_named: bool
    confidence: float
    effects: dict[str, Effect]
    checks: dict[Check, float]

    @property
    def evidence(self) -> Literal["measured", "estimated", "attributed"]:
        """How sure the effects are: measured by a control, doubtful as the lot is, or no more than what came after."""
        if not self.effects:
            return "attributed"
        return "estimated" if self.is_doubtful else "measured"

    @property
    def is_doubtful(self) -> bool:
        """Whether a check speaks against the lot."""
        return any(value < DOUBTFUL for value in self.checks.values())


def effect(
    desk: Desk,
    view: View,
    trial: Trial,
    *,
    days: int = DAYS,
    control: str | None = None,
    planned: Mapping[str, float] | None = None,
) -> TrialEffect:
    """Return what a trial changed.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores whose orders count, and the last day.
    trial : Trial
        Which one.
    days : int
        For how many days each person is watched.
    control : str, optional
        The group to compare with; else the one whose name says so, else the first by name.
    planned : mapping of str to float, optional
        Planned parts of the groups, for the check of their sizes.

    Raises
    ------
    ThinDataError
        Nobody can be followed, no window is over, every group is small, or orders have several currencies.
    """
    found = outcome(desk, view, trial, days)
    _enough(trial, found, days)
    arms = tuple(found.groups)
    base, is_named = control_of(arms, control)
    large = [arm for arm in arms if found.groups[arm].n >= FEWEST_BUYERS]
    treated = [arm for arm in large if arm != base] if base in large else []
    # Bonferroni: all intervals hold together as often as a single one would.
    confidence = 1 - (1 - CONFIDENCE) / max(len(treated), 1)
    effects = (
        {} if base is None else {arm: _beside(found.groups[base], found.groups[arm], confidence) for arm in treated}
    )
    return TrialEffect(
        trial=trial,
        days=days,
        outcome=found,
        control=base,
        is_control_named=is_named,
        confidence=confidence,
        effects=effects,
        checks=_checks(found, planned),
    )  # fmt: skip


def control_of(arms: Sequence[str], asked: str | None = None) -> tuple[str | None, bool]:
    """Return the group that others are held against, and whether anything says that it is the control.

    Examples
    --------
    >>> control_of(("专属券", "不打扰")), control_of(("A", "B")), control_of(("coupon",))
    (('不打扰', True), ('A', False), (None, False))
    """
    if asked is not None:
        if asked not in arms:
            raise BadChoiceError(asked, where="control", allowed=arms)
        return asked, True
    if len(arms) < 2:
        return None, False
    named = [arm for arm in arms if any(word in arm.casefold() for word in _CONTROL_WORDS)]
    return (named[0], True) if len(named) == 1 else (min(arms), False)


def planned_parts(texts: Sequence[str]) -> dict[str, float]:
    """Read planned parts written as ``GROUP=NUMBER``.

    Examples
    --------
    >>> planned_parts(["不打扰=40", "专属券=60"])
    {'不打扰': 40.0, '专属券': 60.0}
    """
    found = {}
    for text in texts:
        arm, sign, number = text.rpartition("=")
        try:
            part = float(number) if sign else 0.0
        except ValueError:
            part = 0.0
        if not 0 < part < float("inf"):
            raise BadFilterError(text, why="is no group with a number above 0, such as control=50")
        found[arm] = part
    return found


def _enough(trial: Trial, found: Outcome, days: int) -> None:
    if not trial.n_people:
        raise ThinDataError(
            Text("这个实验分的是网站访客，不是人，看不到谁后来下了单。",
                 "This trial drew visitors of the site, not people: who of them ordered later is not known."),
            Text("访客的实验看流量漏斗。", "Look at the funnel for trials on visitors."),
        )  # fmt: skip
    if not any(group.n_followed for group in found.groups.values()):
        raise ThinDataError(
            Text("实验里的人没有一个能在订单里认出来。", "Nobody in this trial can be told apart in any order."),
            Text("请导入实验订单（做实验的系统导出的转化明细，各组都要有），或带会员编号的订单。",
                 "Load the orders of the trial (what the system that ran it lists, of every group), or orders with "
                 "member ids."),
        )  # fmt: skip
    if found.n_currencies > 1:
        raise ThinDataError(
            Text("这些订单有多种货币，没有汇率不能相加。", "These orders have several currencies, not to be added up."),
            Text(
                "请按货币筛选（--where currency=CNY）或选一家店铺。", "Choose one (--where currency=CNY), or one store."
            ),
        )
    if not any(group.n for group in found.groups.values()):
        raise ThinDataError(
            Text(f"还没有人满 {days} 天的观察期：最早 {trial.first} 进组，订单看到 {found.until or '—'}。",
                 f"Nobody has been watched for {days} days yet: the first entered on {trial.first}, and orders are "
                 f"known until {found.until or '-'}."),
            Text("请等观察期满，或选更短的天数。", "Wait until the time is over, or choose fewer days."),
        )  # fmt: skip
    if max(group.n for group in found.groups.values()) < FEWEST_BUYERS:
        raise ThinDataError(
            Text(f"每个组看得到的人都少于 {FEWEST_BUYERS} 位，占比只是偶然。",
                 f"Every group has fewer than {FEWEST_BUYERS} people who can be followed: shares are chance."),
            Text("请让更多人进组，或等更多人满期。", "Let more people in, or wait until more have had their time."),
        )  # fmt: skip


def _beside(control: Bought, treated: Bought, confidence: float) -> Effect:
    return Effect(
        share=share_effect((control.n_buyers, control.n), (treated.n_buyers, treated.n), confidence=confidence),
        net=mean_effect(control.net, treated.net, confidence=confidence),
        profit=mean_effect(control.profit, treated.profit, confidence=confidence),
        complaints=_complaints(control, treated, confidence),
    )


def _complaints(control: Bought, treated: Bought, confidence: float) -> ShareEffect | None:
    if min(control.n_delivered, treated.n_delivered) < FEWEST_BUYERS:
        return None
    counts = ((group.n_complaints, group.n_delivered) for group in (control, treated))
    return share_effect(*counts, confidence=confidence)


def _checks(found: Outcome, planned: Mapping[str, float] | None) -> dict[Check, float]:
    groups = found.groups
    checks: dict[Check, float | None] = {}
    if planned:
        unknown = [arm for arm in planned if arm not in groups]
        if unknown or len(planned) < len(groups):
            raise BadChoiceError(", ".join(unknown or planned), where="planned", allowed=[*groups])
        sizes = [groups[arm].n_assigned for arm in planned]
        checks["planned"] = shares_as_planned(sizes, [*planned.values()])
    checks["weeks"] = groups_alike(found.weeks)
    lost = [[group.n_assigned - group.n_followed for group in groups.values()]]
    if any(lost[0]):
        checks["followed"] = groups_alike([[group.n_followed for group in groups.values()], *lost])
    return {name: value for name, value in checks.items() if value is not None}
