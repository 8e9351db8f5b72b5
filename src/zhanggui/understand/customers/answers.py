"""The methods about people as plain answers, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.lifecycle_desk import LifecycleAnswer, lifecycle_answer
from zhanggui.understand.customers.rfm_desk import RfmAnswer, rfm_answer
from zhanggui.understand.customers.rule_book import rules_in
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, view_from_pairs


def rfm_of_pairs(desk: Desk, pairs: Pairs) -> RfmAnswer:
    """Return RFM; ``cuts=DATE`` takes the cut points of an earlier day."""
    return rfm_answer(desk, view_from_pairs(pairs), _day(pairs, "cuts"))


def lifecycle_of_pairs(desk: Desk, pairs: Pairs) -> LifecycleAnswer:
    """Return the lifecycle; ``churn_days``, ``new_days`` and ``window=CATEGORY=DAYS`` replace the shop's rules."""
    return lifecycle_answer(desk, view_from_pairs(pairs), rules_in(desk, pairs))


ANSWERS: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {"rfm": rfm_of_pairs, "lifecycle": lifecycle_of_pairs}
)
"""By the words of ``zhanggui customers``."""


def _day(pairs: Pairs, key: str) -> date | None:
    value = next((value for name, value in pairs if name == key and value), None)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise BadFilterError(f"{key}={value}", why="is no date; write it like 2026-09-30") from None
