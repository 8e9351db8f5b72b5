"""Which order, line and refund a line of a settlement ledger belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.collect.loading.shops import Row
from tests.ledger.matching.books import Books, books_at

pytestmark = pytest.mark.slow

LATER = "2026-11-20 10:00:00"


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Row]]:
    """The match of every line of three stores, each line named for what it shows."""
    with books_at(tmp_path_factory.mktemp("links")) as books:
        _keys(books)
        _amounts(books)
        _lags(books)
        books.load()
        _prompt_store(books)
        books.load()
        _payment_channel(books)
        books.match()
        yield books.links()


def _keys(books: Books) -> None:
    books.order("A")
    books.line("A", "A-1", "40.00", product="P1")
    books.line("A", "A-2", "60.00", product="P2")
    books.order("B")
    books.line("B", "B-1", "40.00", product="P1")
    books.line("B", "B-2", "60.00", product="P1")
    books.refund("R", "A", "7.00")
    books.erp.append(("N1", 1, "A-split", None, "A", "甲店", "2026-10-01 09:00:00", "completed", "100.00"))
    books.entry("order", "100.00", order="A")
    books.entry("sub-order", "60.00", order="A", line="A-2")
    books.entry("sub-order alone", "40.00", line="A-1")
    books.entry("sub-order of another", "40.00", order="A", line="B-1")
    books.entry("refund", "-7.00", "refund", "A", refund="R")
    books.entry("refund alone", "-7.00", "refund", refund="R")
    books.entry("refund of another", "-7.00", "refund", "B", refund="R")
    books.entry("product", "60.00", order="A", product="P2")
    books.entry("product twice", "60.00", order="B", product="P1")
    books.entry("sub-order as order", "60.00", order="A-2")
    books.entry("split order", "60.00", order="A-split")
    books.entry("order of the stock system", "40.00", order="N1")
    books.entry("stranger", "12.34", order="Z")
    books.entry("withdrawal", "-50.00", "withdrawal")
    books.entry("fee of no order", "-5.00", "service_fee")


def _amounts(books: Books) -> None:
    books.order("C", "12.34")
    books.entry("amount", "12.34", at="2026-10-09 10:00:00")
    books.order("D", "23.45")
    books.order("E", "23.45")
    books.entry("amount of two", "23.45")
    # Taobao settles within 3 days of completion; this comes after 23.
    books.order("F", "34.56")
    books.entry("amount too late", "34.56", at="2026-10-31 10:00:00")
    books.order("G", "45.67")
    books.refund("RG", "G", "5.67", at="2026-10-10 10:00:00")
    books.entry("sale of G", "45.67", order="G")
    books.entry("amount of a refund", "-5.67", "refund", at="2026-10-11 10:00:00")


def _lags(books: Books) -> None:
    # Completed on the 8th at ten, or at another time.
    books.order("L", completed_at=LATER)
    books.entry("two days", "100.00", order="L", at="2026-11-22 11:00:00")
    books.refund("RL", "L", "40.00", at="2026-11-25 10:00:00")
    books.entry("refund after a day", "-40.00", "refund", "L", refund="RL", at="2026-11-26 09:00:00")
    books.order("M", completed_at=LATER)
    books.entry("beyond the cycle", "-3.00", "creator_commission", "M", at="2026-11-26 11:00:00")


def _prompt_store(books: Books) -> None:
    books.store = "乙店"
    for number in range(40):
        books.order(f"Y{number}")
        books.entry(f"prompt {number}", "100.00", order=f"Y{number}")
    books.order("Y")
    books.entry("after two days", "100.00", order="Y", at="2026-10-10 10:00:00")
    books.entry("order of another store", "100.00", order="A")
    # No report says when parcels left: insurance comes a day after payment, once after nine.
    for number in range(30):
        books.entry(f"insured {number}", "-0.70", "insurance", f"Y{number}", at="2026-10-02 10:00:00")
    books.entry("insured at last", "-0.70", "insurance", "Y30", at="2026-10-10 10:00:00")


def _payment_channel(books: Books) -> None:
    books.platform, books.store = "own_site", "官网"
    books.order("W", completed_at=None, status="paid")
    books.entry("next day", "100.00", order="W", at="2026-10-02 10:00:00")


def found(links: dict[str, Row], name: str) -> tuple[object, ...]:
    row = links[name]
    return row["order_id"], row["line_key"], row["refund_id"], row["match_rule"]


def test_a_line_goes_to_the_order_that_it_names(links: dict[str, Row]) -> None:
    assert found(links, "order") == ("A", None, None, "order_id")
    assert (links["order"]["match_state"], links["order"]["matched"]) == ("linked", True)


def test_a_line_goes_to_the_sub_order_that_it_names(links: dict[str, Row]) -> None:
    assert found(links, "sub-order") == ("A", "A-2", None, "line_id")
    assert found(links, "sub-order alone") == ("A", "A-1", None, "line_id")


def test_a_line_goes_to_the_refund_that_it_names(links: dict[str, Row]) -> None:
    assert found(links, "refund") == ("A", None, "R", "refund_id")
    assert found(links, "refund alone") == ("A", None, "R", "refund_id")


def test_an_id_that_belongs_to_another_order_than_the_line_names_is_no_key(links: dict[str, Row]) -> None:
    assert found(links, "sub-order of another") == ("A", None, None, "order_id")
    assert found(links, "refund of another") == ("B", None, None, "order_id")


def test_a_product_tells_the_line_where_the_order_has_it_once(links: dict[str, Row]) -> None:
    assert found(links, "product") == ("A", "A-2", None, "product_id")
    assert found(links, "product twice") == ("B", None, None, "order_id")


def test_a_sub_order_id_in_the_place_of_the_orders_still_finds_it(links: dict[str, Row]) -> None:
    assert found(links, "sub-order as order") == ("A", "A-2", None, "order_is_line")


def test_an_id_of_the_stock_system_finds_the_platforms_order(links: dict[str, Row]) -> None:
    assert found(links, "split order") == ("A", None, None, "merchant_order")
    assert found(links, "order of the stock system") == ("A", None, None, "merchant_order")


def test_a_line_that_names_nothing_goes_to_the_only_open_order_of_its_amount(links: dict[str, Row]) -> None:
    assert found(links, "amount") == ("C", None, None, "amount_time")
    assert found(links, "amount of a refund") == ("G", None, "RG", "amount_time")


def test_an_amount_that_fits_two_orders_or_comes_after_the_cycle_fits_none(links: dict[str, Row]) -> None:
    for name in ("amount of two", "amount too late"):
        assert (found(links, name), links[name]["match_state"]) == ((None, None, None, None), "unmatched"), name


def test_a_line_of_an_order_that_no_report_holds_is_given_to_no_other(links: dict[str, Row]) -> None:
    # An order of this very amount is there.
    assert (found(links, "stranger"), links["stranger"]["match_state"]) == ((None, None, None, None), "unmatched")
    assert links["order of another store"]["match_state"] == "unmatched"


def test_what_is_of_no_order_by_its_kind_needs_none(links: dict[str, Row]) -> None:
    states = {name: links[name]["match_state"] for name in ("withdrawal", "fee of no order")}

    assert states == {"withdrawal": "no_order", "fee of no order": "no_order"}
    assert links["withdrawal"]["lag_days"] is None


def test_the_lag_counts_from_completion_and_of_a_refund_from_its_success(links: dict[str, Row]) -> None:
    # 20th to 22nd and an hour; 25th to 26th less an hour.
    assert (links["two days"]["lag_days"], links["refund after a day"]["lag_days"]) == (2, 0)
    # A payment channel counts from payment.
    assert links["next day"]["lag_days"] == 1


def test_a_line_beyond_the_declared_cycle_is_late(links: dict[str, Row]) -> None:
    # Taobao takes 3 days at most; this came after 6 and an hour: 3 whole days beyond, the fourth begun.
    assert (links["beyond the cycle"]["late_days"], links["refund after a day"]["late_days"]) == (4, None)


def test_insurance_is_late_by_the_days_that_the_store_itself_takes_from_payment(links: dict[str, Row]) -> None:
    # All others come a day after payment, an hour is granted: 9 days less 1 and an hour is the eighth begun.
    assert (links["insured at last"]["lag_days"], links["insured at last"]["late_days"]) == (9, 8)
    assert links["insured 3"]["late_days"] is None


def test_a_store_whose_ledger_is_prompt_is_held_to_that(links: dict[str, Row]) -> None:
    # All others come at once: two days are late, though the platform may take three. An hour is granted.
    assert (links["after two days"]["late_days"], links["prompt 7"]["late_days"]) == (2, None)
