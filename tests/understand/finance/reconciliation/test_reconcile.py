"""What a reconciliation says of wallets, of the stock system, of rows with their age, and whether everything ties."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.matching.books import Books, books_at

from zhanggui.understand.finance.reconciliation import Reconciliation, reconcile
from zhanggui.understand.finance.reconciliation.stores import UnknownStoreNameError

pytestmark = pytest.mark.slow

AT = "2026-10-08 10:00:0"
"""All complete at ten; the last digit is the second."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    with books_at(tmp_path_factory.mktemp("reconcile")) as found:
        _wallet(found)
        found.load()
        found.store = "乙店"
        _newest_first(found)
        found.load()
        found.store = "丙店"
        _stock_system(found)
        found.load()
        found.store = "丁店"
        found.order("no ledger")
        found.match()
        yield found


@pytest.fixture(scope="module")
def found(books: Books) -> Reconciliation:
    return reconcile(books.till.ledger)


def _wallet(books: Books) -> None:
    books.order("A")
    books.order("X", "50.00")
    books.entry("1", "100.00", order="A", at=AT + "0", balance="100.00")
    # The fifty of X are in the balance, and not in the file.
    books.entry("2", "-0.50", "commission", "X", at=AT + "1", balance="149.50")
    books.entry("3", "-60.00", "withdrawal", at=AT + "2", balance="89.50")
    books.order("Y", "33.00")
    books.entry("4", "-0.33", "commission", "Y", at=AT + "3", balance="89.17")
    books.entry("5", "33.00", order="stranger", at=AT + "3", balance="122.17")
    books.entry("6", "-1.00", "withdrawal", at="2026-10-18 10:00:00", balance="121.17")


def _newest_first(books: Books) -> None:
    books.order("B1", "10.00")
    books.order("B2", "20.00")
    books.entry("23", "-5.00", "withdrawal", at="2026-10-09 10:00:00", balance="25.00")
    # Of one second: the file's own order tells which came first.
    books.entry("22", "20.00", order="B2", at=AT + "5", balance="30.00")
    books.entry("21", "10.00", order="B1", at=AT + "5", balance="10.00")


def _stock_system(books: Books) -> None:
    for order in ("C", "D", "E", "F", "G", "H"):
        books.order(order)
        books.entry(f"sale of {order}", "100.00", order=order)
    books.line("C", "C-1", "100.00")
    at = "2026-10-01 09:00:00"
    books.erp += [
        ("N1", 1, None, "C-1", None, "三号店", at, "completed", "100.00"),
        ("N2", 1, "D-1", None, "D", "三号店", at, "completed", "40.00"),
        ("N3", 1, "D-2", None, "D", "三号店", at, "completed", "60.00"),
        ("N4", 1, "E", None, None, "三号店", at, "completed", "90.00"),
        ("N5", 1, "F", None, None, "三号店", at, "completed", "200.00"),
        ("N5", 2, "G", None, None, "三号店", at, "completed", "200.00"),
        ("N6", 1, "only there", None, None, "三号店", at, "completed", "77.00"),
        ("N7", 1, "cancelled there", None, None, "三号店", at, "cancelled", "66.00"),
        ("N8", 1, "of another company", None, None, "九号店", at, "completed", "55.00"),
    ]


def test_a_balance_that_moves_by_more_than_its_line_shows_what_the_export_lost(found: Reconciliation) -> None:
    [wallet] = [one for one in found.wallets if one.store == "甲店"]

    # 0 + 133 in - 0.83 out - 61 drawn + 50 that no line says = 121.17.
    assert (wallet.opening, wallet.came_in, wallet.went_out, wallet.withdrawn) == (0.0, 133.0, -0.83, -61.0)
    assert (wallet.missing, wallet.closing, wallet.n_gaps, wallet.ties) == (50.0, 121.17, 1, False)
    assert [(gap.missing, gap.age_days) for gap in found.wallet_gaps] == [(50.0, 10)]


def test_a_difference_that_the_balance_accounts_for_was_lost_in_the_export(found: Reconciliation) -> None:
    rows = {row.order_id: row for row in found.differences if row.cause == "goods_missing"}

    assert {order: row.is_lost_in_export for order, row in rows.items()} == {"X": True, "Y": False}
    # Settled on the eighth, the ledger reaches to the eighteenth.
    assert (rows["X"].amount, rows["X"].since, rows["X"].age_days) == (50.0, "2026-10-08", 10)


def test_a_file_that_lists_the_newest_line_first_is_read_upwards(found: Reconciliation) -> None:
    [wallet] = [one for one in found.wallets if one.store == "乙店"]

    assert (wallet.opening, wallet.closing, wallet.n_gaps, wallet.ties) == (0.0, 25.0, 0, True)


def test_an_unmatched_line_has_its_age_and_the_order_that_it_may_be_of(found: Reconciliation) -> None:
    [line] = found.unmatched

    assert (line.store, line.order_id, line.amount, line.age_days) == ("甲店", "stranger", 33.0, 10)
    assert line.candidate_order_id == "Y"


def test_platform_and_stock_system_are_held_against_each_other_by_line_order_and_original_order(
    found: Reconciliation,
) -> None:
    [store] = found.stock_system
    rows = {row.order_id: (row.kind, row.platform_amount, row.erp_amount) for row in found.stock_system_rows}

    # H is not in the stock system; what it calls another store's is nobody's we know.
    assert rows == {
        "E": ("amount_differs", 100.0, 90.0),
        "H": ("missing_in_erp", 100.0, None),
        "only there": ("missing_on_platform", None, 77.0),
    }
    assert (store.store, store.n_orders, store.n_in_both, store.ties) == ("丙店", 6, 5, False)
    [rate] = [rate for rate in found.link_rates if rate.name == "erp_to_order"]
    assert (rate.n, rate.n_linked) == (7, 6)
    assert rate.by_rule == {"line_id": 1, "order_id": 3, "original_order_id": 2}


def test_a_store_without_a_ledger_is_named_and_not_reconciled(found: Reconciliation) -> None:
    assert [one.store for one in found.stores if not one.has_ledger] == ["丁店"]
    assert "丁店" not in {month.store for month in found.months}


def test_one_store_alone_ties_or_does_not_by_itself(books: Books) -> None:
    alone = reconcile(books.till.ledger, stores=("乙店",))

    assert (alone.ties, alone.problems) == (True, ())
    assert {month.store for month in alone.months} == {"乙店"}
    assert not reconcile(books.till.ledger, stores=("甲店",)).ties


def test_what_does_not_tie_is_said_in_sentences(found: Reconciliation) -> None:
    told = [problem.en for problem in found.problems]

    assert told == [
        "settled, but the goods money is missing: 2 orders, 83.00 CNY",
        "ledger lines without their order: 1",
        "places where a wallet's balance and its lines differ: 1",
        "orders on which platform and stock system differ: 3",
    ]


def test_a_store_that_nobody_knows_is_refused_with_those_that_are(books: Books) -> None:
    with pytest.raises(UnknownStoreNameError, match="甲店"):
        reconcile(books.till.ledger, stores=("戊店",))


def test_an_empty_shop_ties(tmp_path_factory: pytest.TempPathFactory) -> None:
    with books_at(tmp_path_factory.mktemp("empty")) as empty:
        found = reconcile(empty.till.ledger)

    assert (found.ties, found.months, found.link_rates) == (True, (), ())
