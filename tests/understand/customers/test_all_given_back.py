"""A shop whose every order was given back whole: each method says so, without a number (bad input)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.understand.customers.crowd import crowd, desk_of, orders_of, tables_of

from zhanggui.understand.customers.answers import ANSWERS
from zhanggui.understand.customers.lifetime.asking import OF_SHOP
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk

REFUSED = "Only 0 buyers have an order that was not given back whole; below 30, shares are chance."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd, every order of which was refunded, and by more than was paid."""
    orders = [{**order, "refunded_minor": 200_00} for order in orders_of(crowd())]
    with desk_of(tmp_path_factory.mktemp("back") / "shop", tables_of(orders)) as made:
        yield made


@pytest.mark.parametrize(
    "answer",
    [
        *(pytest.param(ANSWERS[name], id=name) for name in ("rfm", "repurchase", "clusters")),
        *(pytest.param(answer, id=name) for name, answer in OF_SHOP.items()),
    ],
)
def test_it_is_said_that_nothing_was_kept(desk: Desk, answer: Callable[[Desk, list[tuple[str, str]]], Any]) -> None:
    with pytest.raises(ThinDataError) as refusal:
        answer(desk, [])

    assert refusal.value.said.en.startswith(REFUSED)
