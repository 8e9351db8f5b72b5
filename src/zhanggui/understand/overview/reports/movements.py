"""What moved most in money, with its cause; and the alerts that wait."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import AlertBook
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked, Explanation, explain
from zhanggui.metrics.explaining.asked import CannotExplainError
from zhanggui.metrics.problems import QuestionError
from zhanggui.pagespec import Finding
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.overview.reports.figures import first_row, href_of
from zhanggui.understand.overview.reports.spec import MOVING, N_EXPLAINED, N_MOVEMENTS, YOUNG
from zhanggui.understand.view import View

MOST_ALERTS = 3


@dataclass(frozen=True, slots=True)
class _Move:
    metric: str
    change: float
    found: Explanation

    @property
    def rank(self) -> tuple[bool, float]:
        """What stands out comes before what is nothing out of the ordinary, then by money."""
        return self.found.within_noise is True, -abs(self.change)


def movements(desk: Desk, view: View, period: Period, before: Period, *, is_young: bool) -> tuple[Finding, ...]:
    """Return the amounts that moved most against the days before, those out of the ordinary first, with their causes.

    Parameters
    ----------
    desk, view : Desk, View
        The shop, and the days with their filters.
    period, before : Period
        The days, and those that they are held against.
    is_young : bool
        The days are younger than those before, so that what goes on changing after its day is not compared.
    """
    names = [name for name in MOVING if not (is_young and name in YOUNG)]
    now = first_row(desk.ask(view.question(*names)))
    then = first_row(desk.ask(view.within(before.first, before.last).question(*names)))
    changes = {
        name: abs(value - was)
        for name in names
        if (value := number(now, name)) is not None and (was := number(then, name)) is not None and value != was
    }
    largest = sorted(changes, key=lambda name: -changes[name])[:N_EXPLAINED]
    moves = [move for name in largest if (move := _move(desk, view, name, period, before)) is not None]
    moves.sort(key=lambda move: move.rank)
    return tuple(_told(move, view) for move in moves[:N_MOVEMENTS])


def _move(desk: Desk, view: View, name: str, period: Period, before: Period) -> _Move | None:
    asked = Asked(CATALOGUE[name], period, before, view.where).checked()

    def made() -> Explanation | None:
        try:
            return explain(desk.ledger, asked)
        except (CannotExplainError, QuestionError):
            return None

    for each in (period, before):
        desk.stands_on(view.within(each.first, each.last), *{leaf.table for leaf in asked.metric.leaves()})
    found = desk.kept(("explanation", asked), made)
    if found is None or not found.change:
        return None
    [change] = found.in_major_units([found.change])
    return None if change is None else _Move(name, float(change), found)


def _told(move: _Move, view: View) -> Finding:
    said = move.found.sentences
    return Finding(
        title=CATALOGUE[move.metric].label,
        text=Text(f"{said[0].zh}。", f"{said[0].en}."),
        cause=Text("。".join(each.zh for each in said[1:]) + "。", ". ".join(each.en for each in said[1:]) + ".")
        if said[1:]
        else None,
        money=round(move.change, 2),
        currency=move.found.currency,
        evidence=CATALOGUE[move.metric].evidence.value,
        href=href_of(move.metric, view),
    )


def waiting_alerts(desk: Desk) -> tuple[tuple[Finding, ...], int]:
    """Return the dearest alerts that wait for somebody, and how many wait; those told under another are left out."""
    found = [each for each in AlertBook(desk.shop.state).list_alerts(("open", "acknowledged")) if not each.cause_id]
    items = tuple(
        Finding(
            title=Text(**each.told["title"]),
            text=Text(**each.told["sentence"]),
            money=each.money,
            currency=each.told.get("currency"),
            href=f"/alerts/{each.alert_id}",
        )
        for each in found[:MOST_ALERTS]
    )
    return items, len(found)
