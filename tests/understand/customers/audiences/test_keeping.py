"""Audiences that are kept: consent and suppression, what changed, and the file that leaves the shop."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date

import pytest
from tests.metrics.ledgers import arrow_rows, batch, stored_in
from tests.understand.customers.audiences.people_with_everything import everything, of
from tests.understand.customers.crowd import LOADED, desk_of, paid

from zhanggui.ledger.jobs import AudienceBook, DataUses, SuppressionList, UnknownAudienceError
from zhanggui.understand.customers.audiences import keeping
from zhanggui.understand.customers.audiences.answers import listed, preview, shown
from zhanggui.understand.customers.audiences.keeping import export, file_text, refresh, save
from zhanggui.understand.customers.audiences.reach import MOST_LISTED, SuppressionFullError, suppress
from zhanggui.understand.desk import Desk

AGAIN = {"kind": "metric", "metric": "orders_paid", "compare": ">=", "value": 2}


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(tmp_path_factory.mktemp("kept") / "shop", everything()) as found:
        yield found


def test_each_withheld_person_counts_once_by_the_first_reason(desk: Desk) -> None:
    suppress(desk, ["often0"], "asked by phone", 0.0)
    found = preview(desk, of(AGAIN))

    # often0 is listed. twice2 complained and unsubscribed, twice3 unsubscribed; twice1 refuses in one of two files;
    # nobody asked twice5 to twice7. There remain often1 to often3, twice0 and twice4.
    assert {row.reason: row.people for row in found.withheld} == {
        "listed": 1, "complained": 1, "unsubscribed": 1, "refused": 1, "unknown": 3,
    }  # fmt: skip
    assert (found.size, found.reachable) == (12, 5)
    assert preview(desk, of(AGAIN), purpose="analysis").reachable == 11


def test_without_any_record_nobody_may_be_reached_and_that_is_said(desk: Desk) -> None:
    tables = everything()
    with desk.ledger.transaction() as transaction:
        members = stored_in("member")
        transaction.delete(members.name, desk.ledger.table(members.name), on=members.key)
    desk.changed()

    found = preview(desk, of({"kind": "province", "any_of": ["浙江"]}, AGAIN))
    assert found.reachable == 0
    # twice2 and twice3 have left by themselves; of the others nothing is known.
    assert {row.reason: row.people for row in found.withheld} == {"complained": 1, "unsubscribed": 1, "unknown": 6}
    once = preview(desk, of({"kind": "bought", "any_of": ["茶"]}, {"kind": "not", "of": AGAIN}))
    assert any("营销同意记录" in text.zh for text in once.warnings)
    assert len(tables["member"]) == 10


def test_only_what_changed_is_asked_again_and_written(desk: Desk) -> None:
    save(desk, of(AGAIN, name="again"), at=1.0)
    assert refresh(desk, "again") is None

    with desk.ledger.transaction() as transaction:
        transaction.insert("source_batch", arrow_rows("source_batch", [batch(2, 1, LOADED)]))
        # Somebody comes back, and somebody comes for the first time.
        new = [paid("once00", "2026-06-29", 5_00), paid("stranger", "2026-06-29", 5_00)]
        transaction.insert(stored_in("order_header").name, arrow_rows("order_header", new))
    desk.changed()
    change = refresh(desk, "again", at=2.0)

    assert change is not None
    assert (change.n_members, change.n_joined, change.n_left, change.version) == (13, 1, 0, 1)
    assert AudienceBook(desk.shop.state).members("again")["once00"] == "2026-06-30"


def test_another_condition_is_the_next_version_and_the_same_is_none(desk: Desk) -> None:
    assert save(desk, of(AGAIN, name="again"), at=1.0).version == 1
    assert save(desk, of(AGAIN, name="again"), at=2.0).version == 1
    later = save(desk, of(AGAIN, {"kind": "member"}, name="again"), at=3.0)

    assert (later.version, later.n_members) == (2, 9)
    found = shown(desk, "again")
    assert [(row.people, row.joined, row.left) for row in found.changes] == [(9, 0, 3), (12, 12, 0)]
    assert found.audience.as_of == date(2026, 6, 30)


def test_an_audience_that_cannot_be_computed_is_not_kept(desk: Desk) -> None:
    with pytest.raises(UnknownAudienceError):
        save(desk, of({"kind": "audience", "name": "nowhere"}, name="bad"))
    assert listed(desk).audiences == ()


def test_a_file_names_who_may_be_reached_and_is_put_on_record(desk: Desk) -> None:
    save(desk, of(AGAIN, name="again"), at=1.0)
    found = export(desk, "again", purpose="marketing", language="zh", by="terminal", at=86_400.0)

    assert found.path.read_text("utf-8-sig") == found.text
    assert stat.S_IMODE(found.path.stat().st_mode) == 0o600
    head, columns, *rows = found.text.splitlines()
    assert "仅限用于营销触达" in head
    assert columns == "token,joined_on"
    assert [row.split(",")[0] for row in rows] == ["often0", "often1", "often2", "often3", "twice0", "twice4"]
    [use] = DataUses(desk.shop.state).list_uses("again")
    assert (use.n_people, use.purpose, use.what) == (6, "marketing", "audience_export")
    assert use.detail == {
        "file": found.path.name, "as_of": "2026-06-30", "by": "terminal",
        "withheld": {"complained": 1, "unsubscribed": 1, "refused": 1, "unknown": 3},
    }  # fmt: skip


def test_the_record_outlives_the_audience(desk: Desk) -> None:
    save(desk, of(AGAIN, name="again"), at=1.0)
    export(desk, "again", purpose="analysis", language="en", by="workbench", at=2.0)
    AudienceBook(desk.shop.state).remove("again")

    assert len(DataUses(desk.shop.state).list_uses("again")) == 1
    assert AudienceBook(desk.shop.state).members("again") == {}
    with pytest.raises(UnknownAudienceError):
        shown(desk, "again")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_is_a_formula(start: str) -> None:
    assert keeping.safe_cell(f"{start}1").startswith("'")
    assert f"'{start}1" in file_text([(f"{start}1", "")], "w")


def test_who_is_taken_off_the_list_may_be_reached_again(desk: Desk) -> None:
    suppress(desk, ["often0", "often1"], "", 0.0)
    SuppressionList(desk.shop.state).remove(["often0"])

    assert SuppressionList(desk.shop.state).keys() == ["often1"]
    with pytest.raises(SuppressionFullError):
        suppress(desk, [f"x{n}" for n in range(MOST_LISTED)], "", 0.0)
