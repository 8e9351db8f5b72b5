"""People, persons, merges and portraits asked by the pairs of an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.understand.customers.merges import merges_of_pairs
from zhanggui.understand.customers.persons import PeopleAnswer, people_answer
from zhanggui.understand.customers.portrait_desk import DEFAULT_GROUP, PortraitAnswer, portrait_answer
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, view_from_pairs


def people_of_pairs(desk: Desk, pairs: Pairs) -> PeopleAnswer:
    """Return how far people can be told apart."""
    return people_answer(desk, view_from_pairs(pairs))


def portrait_of_pairs(desk: Desk, pairs: Pairs) -> PortraitAnswer:
    """Return the portrait of a group; every ``group=WHAT=VALUE`` holds, high-value customers without one."""
    group = [value for key, value in pairs if key == "group"] or [DEFAULT_GROUP]
    return portrait_answer(desk, view_from_pairs(pairs), group)


PEOPLE_ANSWERS: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {"people": people_of_pairs, "merges": merges_of_pairs, "portrait": portrait_of_pairs}
)
"""By the words of ``zhanggui customers``."""
