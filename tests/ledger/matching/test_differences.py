"""Why an order and the ledger differ, one situation per order; and what they come to together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.collect.loading.shops import Row
from tests.ledger.matching.books import Books, books_at

pytestmark = pytest.mark.slow

END = "2026-11-30 10:00:00"
"""The ledger reaches to here; Taobao settles within 3 days of completion, refunds within 3 of their success."""

Differences = dict[str, list[tuple[str, int]]]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    with books_at(tmp_path_factory.mktemp("differences")) as found:
        for write in (_sales, _refunds, _subsidies, _time):
            write(found)
        found.entry("end", "-0.01", "withdrawal", at=END)
        found.entry("beginning", "-0.01", "withdrawal", at="2026-10-03 10:00:00")
        found.load()
        found.store = "乙店"
        _fees(found)
        found.load()
        found.store = "丙店"
        _insurance(found)
        found.match()
        yield found


@pytest.fixture(scope="module")
def differences(books: Books) -> Differences:
    return books.differences()


def _sales(books: Books) -> None:
    books.order("ties")
    books.entry("1", "100.00", order="ties")
    books.order("nothing")
    books.order("goods")
    books.entry("2", "-1.00", "commission", "goods")
    books.order("twice")
    books.entry("3", "100.00", order="twice")
    books.entry("4", "100.00", order="twice")
    books.order("short")
    books.entry("5", "93.00", order="short")
    books.order("fen")
    books.entry("6", "99.99", order="fen")
    books.order("line")
    books.line("line", "L-1", "30.00")
    books.line("line", "L-2", "70.00")
    books.entry("7", "30.00", order="line", line="L-1")
    books.order("deposit", "0.00", status="closed", paid_at=None, completed_at=None)
    books.entry("8", "20.00", order="deposit")


def _refunds(books: Books) -> None:
    books.order("back before")
    books.refund("R1", "back before", "100.00", at="2026-10-05 10:00:00")
    books.order("netted")
    books.refund("R2", "netted", "40.00", at="2026-10-05 10:00:00")
    books.entry("11", "60.00", order="netted")
    books.order("back after")
    books.refund("R3", "back after", "40.00")
    books.entry("12", "100.00", order="back after")
    books.entry("13", "-40.00", "refund", "back after", refund="R3", at="2026-10-10 12:00:00")
    books.order("not booked")
    books.refund("R4", "not booked", "40.00")
    books.entry("14", "100.00", order="not booked")
    books.order("pending")
    books.refund("R5", "pending", "40.00", at="2026-11-29 10:00:00")
    books.entry("15", "100.00", order="pending")
    books.order("no case")
    books.entry("16", "100.00", order="no case")
    books.entry("17", "-15.00", "refund", "no case")


def _subsidies(books: Books) -> None:
    books.order("borne", "90.00", due="100.00")
    books.entry("21", "90.00", order="borne")
    books.entry("22", "10.00", "subsidy", "borne")
    books.order("joint", "90.00", due="100.00")
    books.entry("23", "100.00", order="joint")
    books.order("no subsidy", "90.00", due="100.00")
    books.entry("24", "90.00", order="no subsidy")
    # Half of what was paid goes back, and half of the ten with it.
    books.order("half back", "90.00", due="100.00")
    books.refund("R6", "half back", "45.00")
    books.entry("25", "90.00", order="half back")
    books.entry("26", "10.00", "subsidy", "half back")
    books.entry("27", "-45.00", "refund", "half back", refund="R6")
    books.entry("28", "-5.00", "subsidy", "half back", refund="R6", at="2026-10-10 12:00:00")
    books.order("kept", "90.00", due="100.00")
    books.refund("R7", "kept", "45.00")
    books.entry("29", "90.00", order="kept")
    books.entry("30", "10.00", "subsidy", "kept")
    books.entry("31", "-45.00", "refund", "kept", refund="R7")
    books.order("neither", "90.00", due="100.00")
    books.entry("32", "-1.00", "commission", "neither")


def _time(books: Books) -> None:
    books.order("not completed", completed_at=None, status="shipped")
    books.order("just completed", completed_at="2026-11-30 09:30:00")
    books.order("too early", paid_at="2026-09-01 10:00:00", completed_at="2026-09-08 10:00:00")
    books.order("part back, waiting", completed_at=None, status="shipped")
    books.refund("R8", "part back, waiting", "40.00")


def _fees(books: Books) -> None:
    # Of 30 orders that one part in a hundred is kept of, one bears no fee.
    for number in range(30):
        amount = f"{100 + number}.00"
        books.order(f"F{number}", amount)
        books.entry(f"F{number}", amount, order=f"F{number}")
        if number != 7:
            fee = f"-{100 + number}"
            books.entry(f"fee {number}", f"{fee[:2]}.{fee[2:]}", "service_fee", f"F{number}", scene="技术服务费")


def _insurance(books: Books) -> None:
    # Of 30 parcels each is insured but for one, whose order went back in whole before anything was settled.
    for number in range(30):
        sent = "2026-10-02 10:00:00"
        if number == 7:
            books.order("I7", status="refunded", completed_at=None, shipped_at=sent)
            books.refund("RI7", "I7", "100.00", at="2026-10-05 10:00:00")
            continue
        books.order(f"I{number}", shipped_at=sent)
        books.entry(f"I{number}", "100.00", order=f"I{number}")
        books.entry(f"insurance {number}", "-0.70", "insurance", f"I{number}", at=sent)
    books.order("I30", status="refunded", completed_at=None)
    books.refund("RI30", "I30", "100.00", at="2026-10-01 12:00:00")


def test_an_order_that_brought_what_it_should_differs_by_nothing(differences: Differences) -> None:
    for order in ("ties", "borne", "joint", "back after", "half back", "F3"):
        assert order not in differences, order


def test_an_order_that_is_due_and_not_booked_is_not_settled(differences: Differences) -> None:
    assert differences["nothing"] == [("not_settled", 10000)]


def test_a_fee_shows_that_the_order_was_settled_so_its_goods_money_is_missing(differences: Differences) -> None:
    assert differences["goods"][:1] == [("goods_missing", 10000)]


def test_goods_money_that_came_twice_is_told_as_that(differences: Differences) -> None:
    # 100 should have come, 200 came.
    assert differences["twice"] == [("booked_twice", -10000)]


def test_a_part_that_nothing_explains_is_unknown_and_one_fen_is_rounding(differences: Differences) -> None:
    assert differences["short"] == [("unknown", 700)]
    assert differences["fen"] == [("rounding", 1)]


def test_a_line_of_which_no_sale_came_while_another_did_is_missing(differences: Differences) -> None:
    assert differences["line"] == [("goods_missing", 7000)]


def test_money_of_an_order_that_was_never_paid_is_a_forfeited_deposit(differences: Differences) -> None:
    assert differences["deposit"] == [("forfeited_deposit", -2000)]


def test_what_went_back_before_settlement_never_reaches_the_ledger(differences: Differences) -> None:
    assert "back before" not in differences
    assert "netted" not in differences


def test_a_refund_that_the_ledger_lacks_and_one_without_a_case_are_told_apart(differences: Differences) -> None:
    # -40 should have come; -15 came that nobody asked for.
    assert differences["not booked"] == [("refund_not_booked", -4000)]
    assert differences["no case"] == [("refund_without_case", 1500)]


def test_a_refund_of_yesterday_is_in_transit(differences: Differences) -> None:
    assert differences["pending"] == [("refund_in_transit", -4000)]


def test_a_subsidy_that_did_not_come_and_one_that_was_not_taken_back_are_told(differences: Differences) -> None:
    assert differences["no subsidy"] == [("subsidy", 1000)]
    assert differences["kept"] == [("subsidy", -500)]


def test_of_a_sale_of_which_nothing_came_buyers_and_bearers_money_are_told_apart(differences: Differences) -> None:
    # 90 of the buyer, 10 of others, in a store whose ledger books the two by themselves.
    assert differences["neither"] == [("goods_missing", 9000), ("subsidy", 1000)]


def test_a_parcel_that_left_bears_its_fee_though_its_order_went_back(differences: Differences) -> None:
    assert differences["I7"] == [("fee_missing", -70)]
    # Nothing says that this one ever left.
    assert "I30" not in differences


def test_what_is_not_due_at_the_end_of_the_ledger_is_in_transit(differences: Differences) -> None:
    assert differences["not completed"] == [("in_transit", 10000)]
    # All others come at once, and an hour is granted.
    assert differences["just completed"] == [("in_transit", 10000)]
    # 100 less the 40 that went back.
    assert differences["part back, waiting"] == [("in_transit", 6000)]


def test_what_was_due_before_the_ledger_begins_is_not_covered(differences: Differences) -> None:
    assert differences["too early"] == [("not_covered", 10000)]


def test_a_fee_that_all_others_bear_is_missing_at_their_rate(differences: Differences) -> None:
    # One in a hundred of 107.00.
    assert differences["F7"] == [("fee_missing", -107)]


def test_differences_are_what_should_have_come_less_what_came(books: Books) -> None:
    gaps: dict[str, int] = {}
    for row in books.till.rows("settlement_difference", "order_id", "amount_minor"):
        gaps[row["order_id"]] = gaps.get(row["order_id"], 0) + row["amount_minor"]
    fees = {
        row["order_id"]: row["amount_minor"] for row in books.till.rows("settlement_difference", cause="fee_missing")
    }

    for row in books.till.rows("order_settlement"):
        should = row["receivable_minor"] - row["refunded_minor"] - row["borne_back_minor"]
        taken = row["booked_minor"] - _of_sale(row)
        expected = should + taken + fees.get(row["order_id"], 0)
        assert expected - row["booked_minor"] == gaps.get(row["order_id"], 0), row["order_id"]


def _of_sale(row: Row) -> int:
    return int(row["goods_minor"] + row["subsidy_minor"] + row["subsidy_back_minor"] + row["refund_minor"])


def test_matching_again_after_nothing_happened_changes_nothing(books: Books) -> None:
    tables = ("settlement_link", "order_settlement", "settlement_difference")
    before = {table: books.till.rows(table) for table in tables}

    books.till.ledger.table("store")
    books.match()

    assert {table: books.till.rows(table) for table in tables} == before
