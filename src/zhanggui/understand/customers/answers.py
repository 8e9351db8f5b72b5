"""The methods about people as plain answers, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.behaviour_desk import (
    behaviour_of_pairs,
    clusters_of_pairs,
    contrasts_of_pairs,
    migration_of_pairs,
    send_hours_of_pairs,
)
from zhanggui.understand.customers.cohort_desk import CohortsAnswer, cohorts_answer
from zhanggui.understand.customers.compared_desk import order_repurchase_of_pairs, private_domain_of_pairs
from zhanggui.understand.customers.lifecycle_desk import LifecycleAnswer, lifecycle_answer
from zhanggui.understand.customers.repurchase import DAYS
from zhanggui.understand.customers.repurchase_desk import RepurchaseAnswer, repurchase_answer
from zhanggui.understand.customers.rfm_desk import RfmAnswer, rfm_answer
from zhanggui.understand.customers.rule_book import LONGEST_DAYS, rules_in
from zhanggui.understand.customers.trials.desk import TrialAnswer, TrialsAnswer, trial_answer, trials_answer
from zhanggui.understand.customers.trials.effect import DAYS as WATCHED_DAYS
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, day_in, last_in, view_from_pairs

MOST_MONEY = 1e9


def rfm_of_pairs(desk: Desk, pairs: Pairs) -> RfmAnswer:
    """Return RFM; ``cuts=DATE`` takes the cut points of an earlier day."""
    return rfm_answer(desk, view_from_pairs(pairs), day_in(pairs, "cuts"))


def lifecycle_of_pairs(desk: Desk, pairs: Pairs) -> LifecycleAnswer:
    """Return the lifecycle; ``churn_days``, ``new_days`` and ``window=CATEGORY=DAYS`` replace the shop's rules."""
    return lifecycle_answer(desk, view_from_pairs(pairs), rules_in(desk, pairs))


def repurchase_of_pairs(desk: Desk, pairs: Pairs) -> RepurchaseAnswer:
    """Return repurchase; ``days`` is the horizon, 30 by default."""
    return repurchase_answer(desk, view_from_pairs(pairs), _days(pairs) or DAYS)


def trials_of_pairs(desk: Desk, pairs: Pairs) -> TrialsAnswer:
    """Return every trial."""
    return trials_answer(desk)


def trial_of_pairs(desk: Desk, name: str, pairs: Pairs) -> TrialAnswer:
    """Return a trial; ``days`` people are watched, ``control`` group, ``planned=GROUP=PART`` of everybody."""
    planned = [value for key, value in pairs if key == "planned"]
    return trial_answer(
        desk, view_from_pairs(pairs), name, days=_days(pairs) or WATCHED_DAYS, control=last_in(pairs, "control"),
        planned=planned,
    )  # fmt: skip


def _days(pairs: Pairs) -> int | None:
    text = last_in(pairs, "days")
    if text is not None and (not text.isdecimal() or not 1 <= int(text) <= LONGEST_DAYS):
        raise BadFilterError(f"days={text}", why=f"is no number of days from 1 to {LONGEST_DAYS}")
    return int(text) if text else None


def cohorts_of_pairs(desk: Desk, pairs: Pairs) -> CohortsAnswer:
    """Return cohorts; ``by`` is one of month, channel, product, discount, ``cac`` the cost of winning a buyer."""
    text = last_in(pairs, "cac")
    try:
        cost = None if text is None else float(text)
    except ValueError:
        cost = -1.0
    if cost is not None and not 0 <= cost < MOST_MONEY:
        raise BadFilterError(f"cac={text}", why="is no amount")
    return cohorts_answer(desk, view_from_pairs(pairs), cost)


ANSWERS: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {
        "rfm": rfm_of_pairs,
        "lifecycle": lifecycle_of_pairs,
        "repurchase": repurchase_of_pairs,
        "cohorts": cohorts_of_pairs,
        "behaviour": behaviour_of_pairs,
        "send-hours": send_hours_of_pairs,
        "contrasts": contrasts_of_pairs,
        "migration": migration_of_pairs,
        "clusters": clusters_of_pairs,
        "trials": trials_of_pairs,
        "order-repurchase": order_repurchase_of_pairs,
        "private-domain": private_domain_of_pairs,
    }
)
"""By the words of ``zhanggui customers``."""
