"""The funnel as an answer for programs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.carts import Carts, carts_of
from zhanggui.understand.traffic.declared import DeclaredRow, declared_rows
from zhanggui.understand.traffic.funnel import (
    LONGEST_WINDOW_DAYS,
    PERS,
    WINDOW_DAYS,
    Asked,
    FunnelFound,
    funnel_of,
    people_lost,
)
from zhanggui.understand.traffic.scene import DIMS, Dim, silent_said
from zhanggui.understand.traffic.steps import steps_in
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs


class StepRow(BaseModel):
    """One step. Profit is what those lost before it would have left if they had gone on like the others."""

    step: str
    label: Text
    n: int
    of_first: float | None
    of_previous: float | None
    before: int | None
    of_previous_before: float | None
    median_minutes: float | None
    p90_minutes: float | None
    lost: int
    profit_lost: float | None
    profit_lost_low: float | None
    profit_lost_high: float | None


class GroupFunnel(BaseModel):
    """The funnel of one value of a dimension; null: of those that show none."""

    value: str | None
    counts: tuple[int, ...]
    rates: tuple[float | None, ...]
    overall: float | None
    worst_step: str | None


class CartRow(BaseModel):
    """What became of the last cart of everybody who filled one; what is bought later is not abandoned."""

    people: int
    bought_at_once: int
    bought_later: int
    abandoned: int
    rate: float | None


class LostPerson(BaseModel):
    """Somebody who left, by pseudonym."""

    person: str
    last_seen: datetime


class LeakRow(BaseModel):
    """A step by what leaving before it costs, and who left."""

    step: str
    label: Text
    lost: int
    profit_lost: float | None
    people: tuple[LostPerson, ...]


class FunnelAnswer(BaseModel):
    """Who got how far, what each leak costs, and what platforms declare where there are no journeys."""

    per: Literal["person", "visit"]
    window_days: int | None
    date_from: date
    date_to: date
    compared_from: date | None
    compared_to: date | None
    steps: tuple[StepRow, ...]
    overall: float | None
    worst_step: str | None
    leaks: tuple[LeakRow, ...]
    by: str | None
    groups: tuple[GroupFunnel, ...]
    carts: CartRow
    declared: tuple[DeclaredRow, ...]
    profit_per_order: float | None
    currency: str | None
    evidence: Literal["estimated"] = "estimated"
    warnings: tuple[Text, ...]


def asked_in(pairs: Pairs) -> tuple[Asked, Dim | None]:
    """Read which funnel is asked for: ``steps``, ``per``, ``window`` in days, ``by``.

    Raises
    ------
    BadChoiceError, BadFilterError
        A word or number that cannot be.
    """
    per = next((word for word in PERS if word == (last_in(pairs, "per") or PERS[0])), None)
    if per is None:
        raise BadChoiceError(last_in(pairs, "per"), where="per", allowed=PERS)
    by = last_in(pairs, "by")
    dim = next((word for word in DIMS if word == by), None)
    if by is not None and dim is None:
        raise BadChoiceError(by, where="by", allowed=DIMS)
    text = last_in(pairs, "window") or str(WINDOW_DAYS)
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_WINDOW_DAYS:
        raise BadFilterError(f"window={text}", why=f"is no number of days from 1 to {LONGEST_WINDOW_DAYS}")
    return Asked(steps_in(last_in(pairs, "steps")), per, int(text)), dim


def funnel_of_pairs(desk: Desk, pairs: Pairs) -> FunnelAnswer:
    """Return a funnel as ``zhanggui traffic funnel --json`` prints it."""
    asked, by = asked_in(pairs)
    kept = [pair for pair in pairs if pair[0] != "by"]
    return funnel_answer(desk, view_from_pairs(kept), asked, by)


def funnel_answer(desk: Desk, view: View, asked: Asked, by: Dim | None) -> FunnelAnswer:
    """Return a funnel with its leaks and the people behind them, its groups, its carts and what is declared."""
    found = funnel_of(desk, view, asked, by)
    counts = [passage.n for passage in found.passages]
    worst = found.worst
    return FunnelAnswer(
        per=asked.per,
        window_days=asked.window_days if asked.per == "person" else None,
        date_from=found.scene.first,
        date_to=found.scene.last,
        compared_from=found.before_period.first if found.before_period else None,
        compared_to=found.before_period.last if found.before_period else None,
        steps=step_rows(found),
        overall=counts[-1] / counts[0] if counts[0] else None,
        worst_step=None if worst is None else asked.steps[worst].key,
        leaks=tuple(_leaks(desk, view, found)),
        by=by,
        groups=tuple(_group(found, row.value, row.counts, row.worst) for row in found.groups),
        carts=cart_row(carts_of(desk, view)),
        declared=declared_rows(desk, view),
        profit_per_order=found.worth.profit,
        currency=found.worth.currency,
        warnings=said_of(found),
    )


def step_rows(found: FunnelFound) -> tuple[StepRow, ...]:
    """Return the steps, each beside the compared period."""
    rows = []
    for place, passage in enumerate(found.passages):
        old = None if found.before is None else found.before[place]
        older = found.before[place - 1] if found.before and place else 0
        lost = passage.profit_lost
        rows.append(
            StepRow(
                step=passage.step.key, label=passage.step.label, n=passage.n, of_first=passage.of_first,
                of_previous=passage.of_previous, before=old,
                of_previous_before=old / older if old is not None and older else None,
                median_minutes=passage.median_minutes, p90_minutes=passage.p90_minutes, lost=passage.lost,
                profit_lost=lost[0] if lost else None, profit_lost_low=lost[1] if lost else None,
                profit_lost_high=lost[2] if lost else None,
            )
        )  # fmt: skip
    return tuple(rows)


def _leaks(desk: Desk, view: View, found: FunnelFound) -> list[LeakRow]:
    """Return the steps that anybody left before, the costliest first: the one with the lowest rate."""
    places = [place for place, passage in enumerate(found.passages) if place and passage.lost]
    places.sort(key=lambda place: found.passages[place].of_previous or 0.0)
    rows = []
    for place in places:
        passage = found.passages[place]
        people = people_lost(desk, view, found.asked, place) if found.asked.per == "person" else ()
        rows.append(
            LeakRow(
                step=passage.step.key,
                label=passage.step.label,
                lost=passage.lost,
                profit_lost=passage.profit_lost[0] if passage.profit_lost else None,
                people=tuple(LostPerson(person=one.visitor, last_seen=moment(one.last_at)) for one in people),
            )
        )
    return rows


def moment(at: int) -> datetime:
    """Return microseconds of UTC as a time."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)


def _group(found: FunnelFound, value: str | None, counts: tuple[int, ...], worst: int | None) -> GroupFunnel:
    rates = (n / before if before else None for before, n in pairwise(counts))
    return GroupFunnel(
        value=value,
        counts=counts,
        rates=tuple(rates),
        overall=counts[-1] / counts[0] if counts[0] else None,
        worst_step=None if worst is None else found.asked.steps[worst].key,
    )


def cart_row(carts: Carts) -> CartRow:
    """Return what became of carts."""
    return CartRow(
        people=carts.n,
        bought_at_once=carts.bought_at_once,
        bought_later=carts.bought_later,
        abandoned=carts.abandoned,
        rate=carts.rate,
    )


def said_of(found: FunnelFound) -> tuple[Text, ...]:
    """Return what a reader of a funnel has to know."""
    said = [*silent_said(found.scene)]
    if found.is_young:
        days = found.asked.window_days
        said.append(
            Text(
                f"事件到 {found.scene.until} 为止，最后 {days} 天进入的人还可能继续，后面几步偏低。",
                f"Events reach to {found.scene.until}: who came in the last {days} days may still go on, so that later "
                "steps are too low.",
            )
        )
    if found.worth.profit is None:
        said.append(
            Text(
                "订单的利润未知，流失没有定价；请补成本。", "The profit of orders is not known, so leaks have no price."
            )
        )
    elif found.worth.profit <= 0:
        said.append(
            Text(
                "每单平均是亏的：漏掉的人多买只会多亏，先看利润再补漏斗。",
                "The average order loses money: more of them would lose more, so look at profit before mending leaks.",
            )
        )
    return tuple(said)
