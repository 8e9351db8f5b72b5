"""买家与未买者的对照 What later buyers did that others did not (catalogue SEG-14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from zhanggui.i18n import Text
from zhanggui.methods.association.significance import false_discovery_rates
from zhanggui.understand.customers.people import FEWEST_BUYERS, in_stores, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

LANDMARK_DAYS = 7
HORIZON_DAYS = 30
THRESHOLDS = (1, 2, 3, 5, 8)
NOT_BEHAVIOUR = (
    "add_to_cart", "remove_from_cart", "cart_view", "begin_checkout", "checkout_step", "add_payment_info",
    "order_created", "order_item", "purchase", "purchase_item", "order_cancelled", "refund", "review", "other",
)  # fmt: skip
"""Events that are steps of buying itself, or follow it: that buyers take them says nothing."""

_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One behaviour, and how much oftener those who showed it bought.

    Attributes
    ----------
    event, at_least : str, int
        The behaviour: so many events of this name within the first days.
    n_with, n_without : int
        Accounts that showed it, and that did not.
    rate_with, rate_without : float
        Shares of them that bought within the horizon.
    lift, low, high : float
        Ratio of the two rates and its 95% interval.
    q_value : float
        Share of false findings among all that are as clear.
    """

    event: str
    at_least: int
    n_with: int
    n_without: int
    rate_with: float
    rate_without: float
    lift: float
    low: float
    high: float
    q_value: float


@dataclass(frozen=True, slots=True)
class Contrasts:
    """What buyers did that others did not, of accounts that were followed long enough."""

    as_of: date
    n_accounts: int
    n_buyers: int
    found: tuple[Contrast, ...]


def contrasts(desk: Desk, view: View) -> Contrasts:
    """Return the behaviours of the first week that set later buyers apart, the clearest first; one per event.

    Raises
    ------
    ThinDataError
        Fewer than 30 accounts that bought later, or that did not.

    Notes
    -----
    A landmark design, so that nothing after a purchase counts as its sign: an account is looked at for its first 7
    days; who bought within them is left out, as is who was not followed for 30 days more; then it is asked who bought
    in those 30 days. An association, not a cause.
    """
    return desk.kept(("contrasts", view.where, view.date_to), lambda: _contrasts(desk, view))


def _contrasts(desk: Desk, view: View) -> Contrasts:
    people = people_of(desk, view)
    events = _events_named(desk, view, people.as_of)
    first = events.group_by("person").aggregate(first_day=events.day.min())
    bought = people.orders.group_by("buyer_key").aggregate(bought_day=people.orders.paid_date.min())
    rows = first.left_join(bought, first.person == bought.buyer_key)
    age = ibis.literal(people.as_of).delta(rows.first_day, unit="day")
    days = rows.bought_day.delta(rows.first_day, unit="day")
    rows = rows.filter(age >= LANDMARK_DAYS + HORIZON_DAYS, rows.bought_day.isnull() | (days >= LANDMARK_DAYS))
    has_bought = (days < LANDMARK_DAYS + HORIZON_DAYS).fill_null(False)
    rows = rows.select("person", "first_day", has_bought=has_bought)
    shown = events.inner_join(rows, "person")
    shown = shown.filter(shown.day.delta(shown.first_day, unit="day") < LANDMARK_DAYS)
    names = [name for name in _names(desk, events) if name not in NOT_BEHAVIOUR]
    counts = shown.group_by(["person", "has_bought"]).aggregate(
        **{f"n_{place}": shown.count(where=shown.name == name) for place, name in enumerate(names)}
    )
    table = desk.ledger.query(counts)
    outcome = np.asarray(table.column("has_bought").to_numpy(zero_copy_only=False), dtype=bool)
    if min(outcome.sum(), (~outcome).sum()) < FEWEST_BUYERS or not names:
        raise ThinDataError(
            Text(
                f"跟踪满 {LANDMARK_DAYS + HORIZON_DAYS} 天的账号里，之后购买的只有 {int(outcome.sum())} 个，无法对照。",
                f"Of the accounts followed for {LANDMARK_DAYS + HORIZON_DAYS} days, {int(outcome.sum())} bought later: "
                "too few to contrast.",
            ),
            Text("请接入更长时间的行为数据。", "Collect events for longer."),
        )
    shown_counts = {name: np.asarray(table.column(f"n_{place}").to_numpy()) for place, name in enumerate(names)}
    return Contrasts(people.as_of, len(outcome), int(outcome.sum()), contrasted(shown_counts, outcome))


def _events_named(desk: Desk, view: View, as_of: date) -> ir.Table:
    stores = [each for each in view.where if each.dim in ("platform", "shop")]
    events = in_stores(desk, desk.ledger.table("event"), stores)
    events = events.filter(
        events.kind == "behaviour", events.bot_mark.isnull(), events.user_key.notnull(), events.event_date <= as_of
    )
    return by_person(desk, events.select("name", person="user_key", day="event_date"), "person")


def _names(desk: Desk, events: ir.Table) -> list[str]:
    return sorted(desk.ledger.query(events.select("name").distinct()).column("name").to_pylist())


def contrasted(counts: Mapping[str, _Counts], outcome: npt.NDArray[np.bool_]) -> tuple[Contrast, ...]:
    """Return for each behaviour the threshold that sets buyers apart most clearly.

    Parameters
    ----------
    counts : mapping of str to array of int, shape (n,)
        How often each account did it.
    outcome : array of bool, shape (n,)
        Whether the account bought later.
    """
    tried: list[tuple[float, Contrast]] = []
    for name, column in counts.items():
        for at_least in THRESHOLDS:
            found = _compared(name, at_least, column >= at_least, outcome)
            if found is not None:
                tried.append(found)
    if not tried:
        return ()
    # All thresholds that were tried belong to the family, not only the best of each.
    q_values = false_discovery_rates(np.array([p for p, _ in tried]))
    best: dict[str, tuple[float, Contrast, float]] = {}
    for (p_value, each), q_value in zip(tried, q_values.tolist(), strict=True):
        if each.event not in best or p_value < best[each.event][0]:
            best[each.event] = (p_value, each, q_value)
    ordered = sorted(best.values(), key=lambda each: (each[2], -each[1].lift, each[1].event))
    return tuple(replace(one, q_value=q_value) for _, one, q_value in ordered)


def _compared(
    name: str, at_least: int, has_it: npt.NDArray[np.bool_], outcome: npt.NDArray[np.bool_]
) -> tuple[float, Contrast] | None:
    """Return a two-proportion test and the ratio of rates with Katz's interval; None where either side is too small."""
    n_with, n_without = int(has_it.sum()), int((~has_it).sum())
    a, b = int(outcome[has_it].sum()), int(outcome[~has_it].sum())
    if min(n_with, n_without) < FEWEST_BUYERS or min(a, b) == 0:
        return None
    one, other = a / n_with, b / n_without
    both = (a + b) / (n_with + n_without)
    spread = float(np.sqrt(both * (1 - both) * (1 / n_with + 1 / n_without)))
    p_value = float(2 * norm.sf(abs(one - other) / spread)) if spread > 0 else 1.0
    wide = 1.959964 * float(np.sqrt(1 / a - 1 / n_with + 1 / b - 1 / n_without))
    lift = one / other
    low, high = lift * float(np.exp(-wide)), lift * float(np.exp(wide))
    return p_value, Contrast(name, at_least, n_with, n_without, one, other, lift, low, high, 1.0)
