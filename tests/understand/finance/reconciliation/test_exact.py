"""P&L to settlement and named differences, to the fen, whatever a ledger holds."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from tests.ledger.matching.books import Books, books_at

from zhanggui.ledger.derivations import refresh_derived
from zhanggui.understand.finance.reconciliation import Reconciliation, reconcile

pytestmark = pytest.mark.slow

N_CASES = 10_000
_FEES = ("commission", "service_fee", "creator_commission", "insurance", "compensation")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """Ten thousand orders, each with a ledger that holds what it should, or something else."""
    rng = random.Random(20261122)
    with books_at(tmp_path_factory.mktemp("exact")) as found:
        for number in range(N_CASES):
            _case(found, rng, f"{number:05d}")
        found.reach()
        found.load()
        refresh_derived(found.till.ledger)
        yield found


@pytest.fixture(scope="module")
def found(books: Books) -> Reconciliation:
    return reconcile(books.till.ledger)


def _case(books: Books, rng: random.Random, order: str) -> None:
    paid, borne = rng.randint(1, 50_000), rng.choice((0, 0, rng.randint(1, 5_000)))
    day = f"2026-{rng.randint(7, 10):02d}-{rng.randint(1, 28):02d}"
    is_done = rng.random() < 0.9
    books.order(
        order,
        _yuan(paid),
        due=_yuan(paid + borne),
        status="completed" if is_done else "shipped",
        paid_at=f"{day} 10:00:00",
        completed_at=f"{day} 20:00:00" if is_done else None,
    )
    refunded = rng.choice((0, 0, 0, paid, rng.randint(1, paid)))
    if refunded:
        books.refund(f"R{order}", order, _yuan(refunded), at=f"{day} 22:00:00")
    lines = [("goods", paid), ("subsidy", borne), ("refund", -refunded), ("subsidy", -(borne * refunded // paid))]
    lines += [(fee, -rng.randint(1, 500)) for fee in _FEES if rng.random() < 0.4]
    for place, (category, amount) in enumerate(lines):
        chance = rng.random()
        times = 0 if chance < 0.05 else 2 if chance < 0.07 else 1
        off = rng.randint(-300, 300) if 0.07 < chance < 0.1 else 0
        for time in range(times if amount else 0):
            at = f"{day} 23:{rng.randint(0, 59):02d}:00"
            refund = f"R{order}" if category == "refund" and rng.random() < 0.5 else None
            named = order if rng.random() < 0.99 else f"Z{order}"
            books.entry(f"{order}-{place}-{time}", _yuan(amount + off), category, named, at=at, refund=refund)


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def fen(amount: float) -> int:
    return round(amount * 100)


def test_expected_is_what_is_due_less_fees_and_settled_is_expected_less_the_named_causes(
    found: Reconciliation,
) -> None:
    assert sum(month.n_orders for month in found.months) == N_CASES
    for month in found.months:
        due = fen(month.paid) + fen(month.borne) - fen(month.refunded) - fen(month.borne_back)
        expected = fen(month.due) + sum(map(fen, month.fees.values())) + fen(month.deposits) + fen(month.fee_gaps)
        causes = sum(fen(cause.amount) for cause in month.causes)
        assert (fen(month.due), fen(month.expected)) == (due, expected)
        assert fen(month.expected) - fen(month.settled) == causes == fen(month.difference)
        assert fen(month.in_transit) + fen(month.open_difference) + fen(month.explained) == causes


def test_the_p_and_l_of_every_order_is_what_was_settled_of_it_and_what_differs(books: Books) -> None:
    profit: dict[str, int] = defaultdict(int)
    for row in books.till.rows("line_profit"):
        fees = ("commission", "service_fee", "creator_commission", "insurance", "penalty", "ad_spend", "other_cost")
        profit[row["order_id"]] += row["receivable_minor"] - row["refunded_minor"] - row["borne_back_minor"]
        profit[row["order_id"]] -= sum(row[f"{name}_minor"] for name in fees)
    gaps: dict[str, int] = defaultdict(int)
    for row in books.till.rows("settlement_difference", "order_id", "cause", "amount_minor"):
        # A fee that is missing is missing on both sides.
        gaps[row["order_id"]] += 0 if row["cause"].startswith("fee_") else row["amount_minor"]
    settled = {row["order_id"]: row["booked_minor"] for row in books.till.rows("order_settlement")}

    assert len(settled) == len(profit) == N_CASES
    assert {order: settled[order] + gaps[order] for order in settled} == dict(profit)


def test_the_ledgers_months_hold_every_line_once(books: Books, found: Reconciliation) -> None:
    entries = books.till.rows("settlement_entry", "amount_minor")
    settled = sum(fen(month.settled) for month in found.months)

    assert sum(month.n_lines for month in found.ledgers) == len(entries)
    assert sum(fen(month.booked) for month in found.ledgers) == sum(row["amount_minor"] for row in entries)
    for month in found.ledgers:
        of_orders = fen(month.of_this_month) + fen(month.of_earlier_months) + fen(month.of_later_months)
        others = fen(month.unmatched) + sum(map(fen, month.of_no_order.values()))
        assert fen(month.booked) == of_orders + others
        settled -= of_orders
    assert settled == 0


def test_a_link_rate_counts_every_line_of_an_order(books: Books, found: Reconciliation) -> None:
    [rate] = [rate for rate in found.link_rates if rate.name == "settlement_to_order"]
    links = books.till.rows("settlement_link", "match_state")
    states = [row["match_state"] for row in links]

    assert (rate.n, rate.n_linked) == (len(states) - states.count("no_order"), states.count("linked"))
    assert rate.n - rate.n_linked == found.n_unmatched == states.count("unmatched")
    assert sum(rate.by_rule.values()) == rate.n_linked


def test_days_narrow_orders_by_payment_and_lines_by_booking(books: Books, found: Reconciliation) -> None:
    some = reconcile(books.till.ledger, date_from=date(2026, 8, 1), date_to=date(2026, 8, 31), n_listed=3)

    assert some.months == tuple(month for month in found.months if month.month == "2026-08")
    assert some.ledgers == tuple(month for month in found.ledgers if month.month == "2026-08")
    assert len(some.differences) == 3 < some.n_differences < found.n_differences


def test_lists_are_ordered_by_size(found: Reconciliation) -> None:
    sizes = [abs(row.amount) for row in found.differences]

    assert sizes == sorted(sizes, reverse=True)
    assert len(found.differences) == 100 < found.n_differences
