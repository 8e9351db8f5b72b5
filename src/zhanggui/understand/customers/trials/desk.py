"""Trials as an answer for programs and as tiles: groups with their intervals, effects, checks of the lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.trials import Group, ShareEffect, wilson
from zhanggui.money import major
from zhanggui.understand.customers.people import FEWEST_BUYERS
from zhanggui.understand.customers.trials.effect import (
    CHECKS,
    CONFIDENCE,
    DAYS,
    DOUBTFUL,
    Effect,
    TrialEffect,
    effect,
    planned_parts,
)
from zhanggui.understand.customers.trials.groups import Bought, Trial, trial_named, trials
from zhanggui.understand.customers.trials.remarks import remarks
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


class TrialRow(BaseModel):
    """One trial that files tell of; `has_orders` says whether the orders of its people were listed."""

    id: str
    name: str
    groups: tuple[str, ...]
    people: int
    visitors: int
    first_entry: date
    last_entry: date
    has_orders: bool


class TrialsAnswer(BaseModel):
    """Every trial, as ``zhanggui customers trials --json`` prints them."""

    trials: tuple[TrialRow, ...]


class Estimate(BaseModel):
    """A figure with the bounds of its interval; null where too few people stand behind it."""

    value: float | None
    low: float | None
    high: float | None


class GroupRow(BaseModel):
    """One group: who was drawn into it, who can be followed, and what those bought whose time is over."""

    name: str
    is_control: bool
    assigned: int
    followed: int
    people: int
    buyers: int
    orders: int
    share: Estimate
    net_per_person: Estimate
    profit_per_person: Estimate
    delivered: int
    complaints: int


class EffectRow(BaseModel):
    """One group less the control: in points of share, as a relative change, and in money per person.

    `complaints` are of the delivered messages of the trial, null where fewer than 30 reached either group.
    `buyers_brought` and `profit_brought` are the differences times the people of the group: of whom and of what nothing
    would be there without the treatment. `is_clear` says whether the interval of the share leaves out 0.
    """

    group: str
    against: str
    share: Estimate
    share_change: Estimate
    net_per_person: Estimate
    profit_per_person: Estimate
    buyers_brought: Estimate
    profit_brought: Estimate
    complaints: Estimate
    complaints_change: Estimate
    is_clear: bool


class CheckRow(BaseModel):
    """One check of the lot: how often a lot that was kept looks like this, or worse."""

    name: str
    label: Text
    p_value: float
    is_doubtful: bool


class TrialAnswer(BaseModel):
    """What a trial changed, as ``zhanggui customers trials NAME --json`` prints it."""

    id: str
    name: str
    days: int
    first_entry: date
    last_entry: date
    orders_until: date | None
    currency: str
    control: str | None
    evidence: Literal["measured", "estimated", "attributed"]
    confidence: float
    people: int
    in_several_groups: int
    still_watched: int
    known_cost_share: float | None
    groups: tuple[GroupRow, ...]
    effects: tuple[EffectRow, ...]
    checks: tuple[CheckRow, ...]
    warnings: tuple[Text, ...]


def trials_answer(desk: Desk) -> TrialsAnswer:
    """Return every trial that files tell of."""
    return TrialsAnswer(trials=tuple(_trial_row(each) for each in trials(desk)))


def _trial_row(each: Trial) -> TrialRow:
    return TrialRow(
        id=each.id, name=each.name, groups=each.arms, people=each.n_people, visitors=each.n_visitors,
        first_entry=each.first, last_entry=each.last, has_orders=each.has_orders,
    )  # fmt: skip


def trial_answer(
    desk: Desk, view: View, name: str, *, days: int = DAYS, control: str | None = None, planned: Sequence[str] = ()
) -> TrialAnswer:
    """Return what one trial changed."""
    found = effect(desk, view, trial_named(desk, name), days=days, control=control, planned=planned_parts(planned))
    trial, groups = found.trial, found.outcome.groups
    return TrialAnswer(
        id=trial.id,
        name=trial.name,
        days=days,
        first_entry=trial.first,
        last_entry=trial.last,
        orders_until=found.outcome.until,
        currency=found.outcome.currency,
        control=found.control,
        evidence=found.evidence,
        confidence=found.confidence,
        people=trial.n_people,
        in_several_groups=found.outcome.n_in_several,
        still_watched=sum(group.n_followed - group.n for group in groups.values()),
        known_cost_share=found.outcome.known_share,
        groups=tuple(group_row(found, name, group) for name, group in groups.items()),
        effects=tuple(effect_row(found, name, each) for name, each in found.effects.items()),
        checks=tuple(
            CheckRow(name=name, label=CHECKS[name], p_value=value, is_doubtful=value < DOUBTFUL)
            for name, value in found.checks.items()
        ),
        warnings=remarks(found),
    )  # fmt: skip


def group_row(found: TrialEffect, name: str, group: Bought) -> GroupRow:
    """Return one group; of fewer than 30 people nothing is told but their number."""
    is_enough = group.n >= FEWEST_BUYERS
    share = _NOTHING
    if is_enough:
        low, high = wilson(group.n_buyers / group.n, group.n, CONFIDENCE)
        share = Estimate(value=group.n_buyers / group.n, low=float(low), high=float(high))
    code = found.outcome.currency
    return GroupRow(
        name=name,
        is_control=name == found.control,
        assigned=group.n_assigned,
        followed=group.n_followed,
        people=group.n,
        buyers=group.n_buyers,
        orders=group.n_orders,
        share=share,
        net_per_person=_mean(group.net, code) if is_enough else _NOTHING,
        profit_per_person=_mean(group.profit, code) if is_enough else _NOTHING,
        delivered=group.n_delivered,
        complaints=group.n_complaints,
    )


def effect_row(found: TrialEffect, name: str, each: Effect) -> EffectRow:
    """Return one group less the control."""
    code, n = found.outcome.currency, found.outcome.groups[name].n
    share, share_change = _differences(each.share)
    complaints, complaints_change = _differences(each.complaints)
    profit = _money(each.profit.difference, each.profit.low, each.profit.high, code)
    return EffectRow(
        group=name,
        against=str(found.control),
        share=share,
        share_change=share_change,
        net_per_person=_money(each.net.difference, each.net.low, each.net.high, code),
        profit_per_person=profit,
        buyers_brought=_times(share, n),
        profit_brought=_times(profit, n),
        complaints=complaints,
        complaints_change=complaints_change,
        is_clear=each.share.low > 0 or each.share.high < 0,
    )  # fmt: skip


_NOTHING = Estimate(value=None, low=None, high=None)


def _mean(group: Group, code: str) -> Estimate:
    return _money(group.mean, *group.bounds(CONFIDENCE), code)


def _money(value: float, low: float, high: float, code: str) -> Estimate:
    return Estimate(value=major(value, code), low=major(low, code), high=major(high, code))


def _differences(each: ShareEffect | None) -> tuple[Estimate, Estimate]:
    """Return a difference in points and as a relative change."""
    if each is None:
        return _NOTHING, _NOTHING
    points = Estimate(value=each.difference, low=each.low, high=each.high)
    return points, Estimate(value=each.ratio_change, low=each.ratio_low, high=each.ratio_high)


def _times(each: Estimate, n: int) -> Estimate:
    value, low, high = (None if part is None else part * n for part in (each.value, each.low, each.high))
    return Estimate(value=value, low=low, high=high)


WINDOWS: Mapping[str, Text] = {str(days): Text(f"{days} 天", f"{days} days") for days in (DAYS, 7, 14, 60, 90)}
"""Choices of the page; the first is the default."""


def trial_of_view(desk: Desk, view: View) -> TrialAnswer:
    """Return the trial that a page is about."""
    return trial_answer(desk, view, view.name, days=int(view.by) if view.by and view.by in WINDOWS else DAYS)
