"""Who bought under two ids is one person of an audience, however he is asked for (F-11, SEG-19)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.audiences.people_with_everything import event, everything, of, sent
from tests.understand.customers.crowd import desk_of

from zhanggui.ledger.jobs import SuppressionList
from zhanggui.understand.customers.audiences.answers import preview
from zhanggui.understand.customers.audiences.keeping import compile_audience
from zhanggui.understand.desk import Desk

FOUR_ORDERS = {"kind": "metric", "metric": "orders_paid", "value": 4}


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The crowd, in which twice6 and twice7 are one person who bought four times."""
    tied: list[Row] = [
        {"id_kind": "buyer", "id_key": key, "person_key": "twice6", "confidence": Decimal(1)}
        for key in ("twice6", "twice7")
    ]
    held = everything()
    events = [*held["event"], *(event(90 + n, "twice7", "search", "2026-06-20") for n in range(2))]
    messages = [*held["message_send"], sent("twice7", unsubscribed=1)]
    tables = {**held, "identity": tied, "event": events, "message_send": messages}
    with desk_of(tmp_path_factory.mktemp("one") / "shop", tables) as found:
        yield found


def members(desk: Desk, *conditions: object) -> set[str]:
    audience = compile_audience(desk, of(*conditions))
    return set(desk.ledger.query(audience.members).column(0).to_pylist())


def test_orders_of_both_ids_are_added_up(desk: Desk) -> None:
    found = preview(desk, of(FOUR_ORDERS))

    # 36 ids, two of which are one; the four regulars and the one who came twice under each.
    assert (found.among, found.size) == (35, 5)
    assert members(desk, FOUR_ORDERS) == {"often0", "often1", "often2", "often3", "twice6"}
    assert members(desk, FOUR_ORDERS, {"kind": "bought", "what": "category", "any_of": ["衬衫"]}) == {"twice6"}


def test_acts_and_refusals_of_either_id_are_the_persons(desk: Desk) -> None:
    assert members(desk, {"kind": "did", "any_of": ["search"], "at_least": 2}) == {"twice6"}
    found = preview(desk, of({"kind": "did", "any_of": ["search"], "at_least": 2}))
    assert {row.reason: row.people for row in found.withheld} == {"unsubscribed": 1}

    SuppressionList(desk.shop.state).add(["twice7"], "asked", 0.0)
    found = preview(desk, of({"kind": "did", "any_of": ["search"], "at_least": 2}))
    assert {row.reason: row.people for row in found.withheld} == {"listed": 1}
