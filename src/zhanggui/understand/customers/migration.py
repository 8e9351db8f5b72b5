"""分层迁移 How customers moved between segments over several steps, under cut points frozen at the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.people import enough, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.rfm import cuts_of, scored, snapshot
from zhanggui.understand.customers.segments import BY_CODE
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

STEPS, STEP_DAYS = 3, 30
MOST_STEPS, LONGEST_STEP = 12, 366
NOBODY_YET = "not_yet"
GONE = "gone"
"""Who was a customer and is none any more: gave every order back since."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Customers that stood in one segment on one day and in another on the next; names of segments."""

    step: int
    before: str
    after: str
    n_customers: int


@dataclass(frozen=True, slots=True)
class Migration:
    """Flows from day to day.

    Attributes
    ----------
    days : tuple of date
        The days looked at, one more than there are steps.
    flows : tuple of Flow
        Each step's add up to the customers of its later day and those gone.
    """

    days: tuple[date, ...]
    flows: tuple[Flow, ...]

    def stood(self, place: int) -> dict[str, int]:
        """Return how many stood in each segment on a day, with those who were to come in the step after it."""
        found: dict[str, int] = {}
        for flow in self.flows:
            if flow.step == place - 1:
                found[flow.after] = found.get(flow.after, 0) + flow.n_customers
            # Who stands at the first day, or comes only after this one, is known from the step that begins here.
            elif flow.step == place and (place == 0 or flow.before == NOBODY_YET):
                found[flow.before] = found.get(flow.before, 0) + flow.n_customers
        return found


def migrations(desk: Desk, view: View, *, n_steps: int = STEPS, step_days: int = STEP_DAYS) -> Migration:
    """Return how customers moved between segments, step by step up to the last day.

    Parameters
    ----------
    desk, view : Desk, View
        The shop, and whose orders up to which day.
    n_steps, step_days : int
        How many steps, and how many days each takes.

    Raises
    ------
    BadFilterError
        More than 12 steps, or steps longer than a year.
    ThinDataError
        Nobody was a customer on the first day.
    """
    if not 1 <= n_steps <= MOST_STEPS or not 1 <= step_days <= LONGEST_STEP:
        raise BadFilterError(f"steps={n_steps}, days={step_days}", why="is out of range")
    key = ("migrations", view.where, view.date_to, n_steps, step_days)
    return desk.kept(key, lambda: _migrations(desk, view, n_steps, step_days))


def _migrations(desk: Desk, view: View, n_steps: int, step_days: int) -> Migration:
    people = people_of(desk, view)
    enough(people)
    days = tuple(people.as_of - timedelta(days=step_days * back) for back in range(n_steps, -1, -1))
    if days[0] < people.first:
        raise ThinDataError(
            Text(f"{days[0]} 之前还没有可识别的买家。", f"No buyer is known on {days[0]}."),
            Text("请减少步数或缩短每步的天数。", "Ask for fewer or shorter steps."),
        )
    cuts = cuts_of(desk, snapshot(desk, people, days[0]))
    tables = [scored(snapshot(desk, people, day), cuts).select("buyer_key", "segment") for day in days]
    flows = []
    for step, (then, now) in enumerate(pairwise(tables)):
        before = then.rename(key_before="buyer_key", was="segment")
        both = now.outer_join(before, now.buyer_key == before.key_before)
        asked = both.group_by(["was", "segment"]).aggregate(n=both.count())
        flows += [
            Flow(
                step,
                NOBODY_YET if row["was"] is None else BY_CODE[row["was"]].name,
                GONE if row["segment"] is None else BY_CODE[row["segment"]].name,
                row["n"],
            )
            for row in desk.ledger.query(asked).to_pylist()
        ]
    return Migration(
        days, tuple(sorted(flows, key=lambda each: (each.step, -each.n_customers, each.before, each.after)))
    )
