"""What may be put right afterwards, and what may be thrown away and made again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.collect.loading.forms import ITEMS, form, item, order, report
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.loading.corrections import UnknownHeaderError, UnknownIssueError, move_batch, replay_rows
from zhanggui.collect.loading.load import load_paths
from zhanggui.collect.loading.manifests import ManifestStore
from zhanggui.collect.loading.source_rows import SourceRowMissingError


def totals(till: Till) -> dict[str, tuple[int, int]]:
    """Return created and refunded money by store."""
    names = {store.shop_id: store.name for store in till.shop.stores.list_stores()}
    found: dict[str, tuple[int, int]] = {}
    for row in till.rows("order_header"):
        created, refunded = found.get(names[row["shop_id"]], (0, 0))
        found[names[row["shop_id"]]] = (created + row["created_minor"], refunded + row["refunded_minor"])
    return found


def open_issues(till: Till) -> list[str]:
    return till.column("data_issue", "issue_id", severity="quarantined", status="open")


def test_a_moved_batch_takes_its_orders_lines_and_refunds_along(till: Till) -> None:
    till.taken("a.csv", report(order("1", amount="10.00")), store="甲店")
    moved = till.taken("b.csv", report(order("2", amount="20.00", 退款金额="5.00")), store="甲店")
    till.taken("c.csv", form(ITEMS, [item("2")]), store="甲店")
    before = totals(till)

    answer = move_batch(till.shop, till.ledger, moved.batch_id or 0, "乙店")

    assert before == {"甲店": (3000, 500)}
    assert answer == {"batch_id": moved.batch_id, "from": "甲店", "to": "乙店"}
    # The line of order 2 stays with the store of its own file.
    assert totals(till)["乙店"] == (2000, 500)
    assert till.column("refund", "shop_id") == [2]
    assert till.column("source_batch", "shop_id") == [1, 1, 2]


def test_a_batch_moved_there_and_back_leaves_the_ledger_as_it_was(till: Till) -> None:
    moved = till.taken("a.csv", report(order("1"), order("2")), store="甲店")
    till.taken("b.csv", report(order("1", 退款金额="1.00")), store="甲店")
    before = till.contents()

    move_batch(till.shop, till.ledger, moved.batch_id or 0, "乙店")
    move_batch(till.shop, till.ledger, moved.batch_id or 0, "甲店")

    assert till.contents() == before


def test_a_batch_that_does_not_exist_cannot_be_moved(till: Till) -> None:
    with pytest.raises(SourceRowMissingError):
        move_batch(till.shop, till.ledger, 99, "乙店")


def test_a_corrected_row_is_loaded_and_leaves_the_quarantine(till: Till) -> None:
    till.taken("a.csv", report(order("1"), order("2", 总金额="abc")))
    [issue] = open_issues(till)

    done = replay_rows(till.shop, till.ledger, {issue: {"总金额": "55.00"}})

    assert classes(done.files[0]) == (1, 0, 0, 0, 0)
    assert till.order("2")["created_minor"] == 5500
    assert open_issues(till) == []
    with pytest.raises(UnknownIssueError):
        replay_rows(till.shop, till.ledger, {issue: {}})


def test_a_row_corrected_wrongly_stays_in_quarantine(till: Till) -> None:
    till.taken("a.csv", report(order("2", 总金额="abc")))
    [issue] = open_issues(till)

    done = replay_rows(till.shop, till.ledger, {issue: {"总金额": "xyz"}})

    assert classes(done.files[0]) == (0, 0, 0, 1, 0)
    assert issue in open_issues(till)
    assert till.rows("order_header") == []


def test_a_correction_of_a_column_that_the_file_lacks_is_refused(till: Till) -> None:
    till.taken("a.csv", report(order("2", 总金额="abc")))

    with pytest.raises(UnknownHeaderError, match="总额"):
        replay_rows(till.shop, till.ledger, {open_issues(till)[0]: {"总额": "1"}})


def test_the_same_faulty_row_again_is_one_issue(till: Till) -> None:
    for name in ("a.csv", "b.csv"):
        assert classes(till.taken(name, report(order("2", 总金额="abc")))) == (0, 0, 0, 1, 0)

    assert len(open_issues(till)) == 1


def test_a_file_again_after_its_faulty_row_was_put_right_says_nothing_new(till: Till) -> None:
    file = report(order("1"), order("2", 总金额="abc"), order("3", 总金额="x"))
    till.taken("a.csv", file)
    [first, _] = sorted(open_issues(till), key=lambda issue: till.column("data_issue", "row_no", issue_id=issue))
    replay_rows(till.shop, till.ledger, {first: {"总金额": "55.00"}})
    before = till.contents()

    again = till.taken("b.csv", file)

    assert classes(again) == (0, 2, 0, 1, 0)
    assert [issue.rows for issue in again.issues if issue.severity == "quarantined"] == [(4,)]
    assert till.contents() == before
    assert len(open_issues(till)) == 1


def test_a_dry_run_reports_as_a_load_would_and_writes_nothing(till: Till) -> None:
    till.taken("a.csv", report(order("1")), store="甲店")
    file = report(order("1"), order("2"), order("3", 总金额="abc"))
    before = (till.contents(), till.rows("source_batch"), sorted(till.shop.raw.directory.iterdir()))

    tried = till.taken("b.csv", file, is_dry_run=True, store="乙店")

    after = (till.contents(), till.rows("source_batch"), sorted(till.shop.raw.directory.iterdir()))
    assert after == before
    assert [store.name for store in till.shop.stores.list_stores()] == ["甲店"]
    assert (tried.store, tried.batch_id) == ("乙店", None)
    assert classes(tried) == classes(till.taken("b.csv", file, store="乙店")) == (2, 0, 0, 1, 0)


def test_a_refused_file_leaves_nothing_behind(till: Till) -> None:
    before = sorted(till.shop.raw.directory.iterdir())

    assert till.load("a.csv", b"a,b\n1,2\n").exit_code == 2
    assert till.load("b.csv", b"").exit_code == 2

    assert sorted(till.shop.raw.directory.iterdir()) == before


def test_an_import_that_was_cut_off_before_its_commit_is_forgotten(till: Till) -> None:
    till.taken("a.csv", report(order("1")))
    manifests = ManifestStore(till.shop.raw.directory)
    manifests.prepare(replace(manifests.get(1), batch_id=2))

    again = till.taken("b.csv", report(order("2")))

    assert again.batch_id == 2
    assert [manifest.file_name for manifest in manifests.all()] == ["a.csv", "b.csv"]


def test_an_import_that_was_cut_off_after_its_commit_is_finished(till: Till) -> None:
    till.taken("a.csv", report(order("1")))
    raw = till.shop.raw.directory
    (raw / "batch-000001.json").rename(raw / "batch-000001.pending.json")

    again = till.taken("a.csv", report(order("1")))

    assert (again.batch_id, classes(again)) == (2, (0, 1, 0, 0, 0))
    assert len(ManifestStore(raw).all()) == 2


def test_one_bad_file_of_several_stops_none_of_the_others(till: Till) -> None:
    paths = [till.write("a.csv", report(order("1"))), till.write("b.csv", b""), till.write("c.csv", report(order("2")))]

    done = load_paths(till.shop, till.ledger, [*paths, till.desk / "missing.csv"], till.options)

    assert [file.exit_code for file in done.files] == [0, 2, 0, 2]
    assert done.exit_code == 2
    assert till.column("order_header", "order_id") == ["1", "2"]
