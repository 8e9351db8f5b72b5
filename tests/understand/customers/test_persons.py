"""One person in the Customers room: whose ids are tied, how the log reads, how a merge is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.crowd import crowd, desk_of, orders_of, paid, tables_of

from zhanggui.ledger.identity import refresh_identity
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.lifecycle import Rules, lifecycle
from zhanggui.understand.customers.merges import NoReasonError, UnknownMergeError, decide, merges_of_pairs
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.persons import UnknownPersonError, people_answer, person_named
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


def member(key: str, buyer: str | None, **more: object) -> Row:
    return {"shop_id": 1, "fact_key": key, "member_key": key, "buyer_key": buyer, "currency": "CNY",
            "batch_id": 1, "row_no": 1} | more  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give the crowd with two accounts of Anna, tied by a union id, and a member who is nobody's."""
    orders = [*orders_of(crowd()), paid("1-anna1", "2026-05-01", 10_00), paid("1-anna2", "2026-06-01", 20_00)]
    members = [
        member("anna", "1-anna1", union_key="u"), member("anne", "1-anna2", union_key="u"), member("lost", None),
    ]  # fmt: skip
    with desk_of(tmp_path / "shop", tables_of(orders, member=members)) as found:
        refresh_identity(found.ledger)
        yield found


def test_two_accounts_of_one_person_count_as_one_customer(desk: Desk) -> None:
    people = people_of(desk, View())

    # 36 of the crowd and Anna.
    assert people.n_buyers == 37
    anna = people.orders.filter(people.orders.buyer_key == "1-anna1")
    assert desk.ledger.query(anna.count()).column(0)[0].as_py() == 2


def test_undoing_a_merge_parts_the_person_and_restoring_joins_her_again(desk: Desk) -> None:
    union = merges_of_pairs(desk, [("rule", "union_id")]).merges[0].merge_id

    undone = decide(desk, union, "undo", "两个人")
    assert (undone.changed, undone.still_one, undone.merge.state) == (True, False, "undone")
    assert people_of(desk, View()).n_buyers == 38

    assert not decide(desk, union, "undo", "两个人").changed
    assert decide(desk, union, "restore", "还是一个人").still_one
    assert people_of(desk, View()).n_buyers == 37
    assert [each.action for each in merges_of_pairs(desk, []).decisions] == ["undo", "restore"]


def test_a_decision_needs_a_reason_and_a_merge(desk: Desk) -> None:
    union = merges_of_pairs(desk, []).merges[0].merge_id

    with pytest.raises(NoReasonError, match="No reason is given"):
        decide(desk, union, "undo", " ")
    with pytest.raises(UnknownMergeError, match="no merge 'nothing'"):
        decide(desk, "nothing", "undo", "two people")
    assert merges_of_pairs(desk, []).decisions == ()


def test_the_log_is_narrowed_by_person_rule_and_state(desk: Desk) -> None:
    assert {row.rule for row in merges_of_pairs(desk, [("person", "1-anna2")]).merges} == {"buyer_stated", "union_id"}
    assert merges_of_pairs(desk, [("state", "undone")]).n_merges == 0
    with pytest.raises(BadFilterError, match="is none of"):
        merges_of_pairs(desk, [("rule", "name")])


def test_any_id_of_a_person_names_her(desk: Desk) -> None:
    for given in ("1-anna1", "1-anna2", "1-anne", "#1-anna"):
        found = person_named(desk, given)
        assert (found.person_key, found.of("buyer")) == ("1-anna1", ("1-anna1", "1-anna2"))


def test_an_ending_that_several_share_names_nobody(desk: Desk) -> None:
    # Too few signs are taken as a whole id: once00 to once23 end alike.
    with pytest.raises(UnknownPersonError, match="is nobody's id"):
        person_named(desk, "ce0")


def test_a_member_without_evidence_is_said_and_in_no_stage(desk: Desk) -> None:
    found = people_answer(desk, View())

    assert [(each.kind, each.ids, each.tied) for each in found.ids] == [("member", 3, 2), ("contact", 0, 0)]
    assert found.persons_of_several_buyers == 1
    assert any("1 of 3 ids" in text.en for text in found.warnings)
    assert lifecycle(desk, View(), Rules()).n_unlinked == 1
