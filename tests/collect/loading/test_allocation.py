"""Money of an order on its lines: the ledger's statement against the reference in ``zhanggui.money``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statements import shared_statements

from zhanggui.collect.loading.allocation import allocated, with_shared_amounts
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.money import allocate


@dataclass(frozen=True, slots=True)
class Case:
    """An order: what was created and paid, and each line's amount and stated paid amount."""

    created: int
    paid: int | None
    lines: tuple[tuple[int | None, int | None], ...]


AMOUNTS = st.one_of(st.integers(-500, 5000), st.integers(0, 10**11))
PLAIN = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10**7)), st.none()), min_size=1, max_size=6)
STATED = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1, max_size=6)
ORDERS = st.builds(
    lambda created, paid, lines: Case(created, paid, tuple(lines)),
    AMOUNTS,
    st.one_of(st.none(), AMOUNTS),
    st.one_of(PLAIN, STATED),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("allocation"), threads=1, statements=shared_statements()) as opened:
        yield opened


def shares(ledger: Ledger, cases: Sequence[Case]) -> list[list[tuple[int, int | None]]]:
    """Return created and paid money of each line of each order, as the ledger shares it."""
    header_rows, line_rows = [], []
    for number, case in enumerate(cases):
        amounts = [amount for amount, _ in case.lines if amount is not None]
        stated = [paid for _, paid in case.lines if paid is not None]
        key = {"shop_id": 1, "order_id": str(number)}
        header_rows.append(
            {
                **key,
                "created_minor": case.created,
                "paid_minor": case.paid,
                "lines_minor": sum(amounts) if amounts else None,
                "lines_paid_minor": sum(stated) if stated else None,
                "n_lines": len(case.lines),
                "currency": "CNY",
            }
        )
        for place, (amount, paid) in enumerate(case.lines):
            line_rows.append(
                {
                    **key,
                    "line_key": f"{place:02}",
                    "line_kind": "product",
                    "line_amount_minor": amount,
                    "stated_paid_minor": paid,
                    "currency": None,
                }
            )
    with ledger.transaction() as tx:
        headers = tx.stage("headers_given", pa.Table.from_pylist(header_rows, schema=_HEADERS))
        lines = tx.stage("lines_given", pa.Table.from_pylist(line_rows, schema=_LINES))
        done = tx.query(allocated(lines, headers).order_by("line_key")).to_pylist()
    found: list[list[tuple[int, int | None]]] = [[] for _ in cases]
    for row in done:
        found[int(row["order_id"])].append((row["created_minor"], row["paid_minor"]))
    return found


_KEY = [("shop_id", pa.int32()), ("order_id", pa.string())]
_HEADERS = pa.schema(
    [*_KEY, *((name, pa.int64()) for name in ("created_minor", "paid_minor", "lines_minor", "lines_paid_minor")),
     ("currency", pa.string()), ("n_lines", pa.int32())]
)  # fmt: skip
_LINES = pa.schema(
    [*_KEY, ("line_key", pa.string()), ("line_kind", pa.string()), ("line_amount_minor", pa.int64()),
     ("stated_paid_minor", pa.int64()), ("currency", pa.string())]
)  # fmt: skip


def reference(total: int, weights: Sequence[int]) -> list[int]:
    """Share by the reference; lines whose weights come to nothing or less weigh the same."""
    return allocate(total, list(weights) if sum(weights) > 0 else [1] * len(weights))


@settings(max_examples=25)
@given(st.lists(ORDERS, min_size=1, max_size=20))
def test_lines_share_their_orders_money_by_largest_remainder(ledger: Ledger, cases: list[Case]) -> None:
    for case, found in zip(cases, shares(ledger, cases), strict=True):
        amounts = [amount or 0 for amount, _ in case.lines]
        stated = [paid if paid is not None else amount or 0 for amount, paid in case.lines]
        created, paid = [row[0] for row in found], [row[1] for row in found]

        assert sum(created) == case.created
        assert paid == [None] * len(paid) if case.paid is None else sum(part or 0 for part in paid) == case.paid
        if case.created >= 0:
            assert created == reference(case.created, amounts)
        if case.paid is not None and case.paid >= 0 and sum(amounts) > 0:
            assert paid == reference(case.paid, stated)


OWN = st.lists(st.tuples(st.integers(0, 9999), st.one_of(st.none(), st.integers(0, 9999))), min_size=1, max_size=5)
SHARED = st.tuples(OWN, st.one_of(st.none(), st.integers(0, 99999)))
"""Lines of an order with an amount and what they state of another one; and what the order states of it."""


@settings(max_examples=20)
@given(st.lists(SHARED, min_size=1, max_size=15))
def test_what_an_order_or_its_lines_state_adds_up_on_both(
    ledger: Ledger, orders: list[tuple[list[tuple[int, int | None]], int | None]]
) -> None:
    header_rows: list[dict[str, Any]] = []
    line_rows: list[dict[str, Any]] = []
    for number, (lines, of_order) in enumerate(orders):
        stated = [own for _, own in lines if own is not None]
        held = of_order if of_order is not None else (sum(stated) if stated else None)
        key = {"shop_id": 1, "order_id": str(number)}
        nothing = dict.fromkeys([*SHARED_AMOUNTS, *(f"stated_{name}" for name in SHARED_AMOUNTS)])
        header = {
            **key,
            **nothing,
            "n_lines": len(lines),
            "receivable_minor": held,
            "stated_receivable_minor": of_order,
        }
        header_rows.append(header)
        for place, (amount, own) in enumerate(lines):
            own_amounts = {f"stated_{name}": None for name in SHARED_AMOUNTS} | {"stated_receivable_minor": own}
            line_rows.append(
                {
                    **key,
                    "line_key": f"{place}",
                    "line_kind": "product",
                    "line_amount_minor": amount,
                    "is_single": len(lines) == 1,
                    **own_amounts,
                }
            )
    with ledger.transaction() as tx:
        given_headers = tx.stage("headers_given", pa.Table.from_pylist(header_rows, schema=_SHARED_HEADERS))
        given_lines = tx.stage("lines_given", pa.Table.from_pylist(line_rows, schema=_SHARED_LINES))
        done = tx.query(with_shared_amounts(tx, given_lines, given_headers).order_by("line_key")).to_pylist()

    for number, (lines, _) in enumerate(orders):
        total = header_rows[number]["receivable_minor"]
        found = [row["receivable_minor"] for row in done if row["order_id"] == str(number)]
        written = [own for _, own in lines]
        assert len(found) == len(lines)
        assert total is None or sum(amount or 0 for amount in found) == total
        # Lines that state nothing share what the order states, also where that is nothing.
        states = any(own is not None for own in written)
        if states and total == sum(own or 0 for own in written) and len(lines) > 1:
            assert found == written


_STATED = [(f"stated_{name}", pa.int64()) for name in SHARED_AMOUNTS]
_SHARED_HEADERS = pa.schema(
    [*_KEY, ("n_lines", pa.int32()), *((name, pa.int64()) for name in SHARED_AMOUNTS), *_STATED]
)
_SHARED_LINES = pa.schema(
    [*_KEY, ("line_key", pa.string()), ("line_kind", pa.string()), ("line_amount_minor", pa.int64()),
     ("is_single", pa.bool_()), *_STATED]
)  # fmt: skip


def test_an_order_of_one_hundred_cents_on_three_equal_lines_gives_the_first_one_more(ledger: Ledger) -> None:
    [found] = shares(ledger, [Case(100, 100, ((None, None),) * 3)])

    assert [created for created, _ in found] == [34, 33, 33]


def test_amounts_beyond_any_shop_keep_their_sum(ledger: Ledger) -> None:
    huge = 10**15
    [found] = shares(ledger, [Case(huge + 1, huge + 1, ((huge, None), (huge, None), (1, None)))])

    assert sum(created for created, _ in found) == huge + 1


def shared_by_kind(ledger: Ledger, lines: Sequence[tuple[str, int]], **of_order: int) -> list[dict[str, Any]]:
    """Return the lines of one order, given by kind and amount, with what each bears of the order's amounts."""
    key = {"shop_id": 1, "order_id": "1"}
    stated = {f"stated_{name}": of_order.get(name) for name in SHARED_AMOUNTS}
    header = {**key, "n_lines": len(lines), **{name: of_order.get(name) for name in SHARED_AMOUNTS}, **stated}
    rows = [
        {**key, "line_key": f"{place}", "line_kind": kind, "line_amount_minor": amount, "is_single": len(lines) == 1}
        for place, (kind, amount) in enumerate(lines)
    ]
    with ledger.transaction() as tx:
        headers = tx.stage("headers_given", pa.Table.from_pylist([header], schema=_SHARED_HEADERS))
        given_lines = tx.stage("lines_given", pa.Table.from_pylist(rows, schema=_SHARED_LINES))
        found: list[dict[str, Any]] = tx.query(
            with_shared_amounts(tx, given_lines, headers).order_by("line_key")
        ).to_pylist()
        return found


def test_a_discount_falls_on_the_lines_that_take_part_alone(ledger: Ledger) -> None:
    found = shared_by_kind(
        ledger,
        [("product", 10000), ("product", 20000), ("gift", 5000), ("shipping", 1000)],
        merchant_discount_minor=1000,
        shipping_minor=600,
        receivable_minor=35000,
    )

    # 10.00 by 100 : 200, neither gift nor postage bears any; 350.00 is due for all that has a price.
    assert [row["merchant_discount_minor"] for row in found] == [333, 667, 0, 0]
    assert [row["shipping_minor"] for row in found] == [200, 400, 0, 0]
    assert [row["receivable_minor"] for row in found] == [9722, 19445, 4861, 972]


def test_goods_without_prices_share_alike_and_their_gift_bears_nothing(ledger: Ledger) -> None:
    found = shared_by_kind(ledger, [("product", 0), ("gift", 0), ("product", 0)], merchant_discount_minor=101)

    assert [row["merchant_discount_minor"] for row in found] == [51, 0, 50]


def test_an_order_of_gifts_alone_shares_its_amounts_among_them(ledger: Ledger) -> None:
    found = shared_by_kind(ledger, [("gift", 0), ("gift", 0)], shipping_minor=600)

    assert [row["shipping_minor"] for row in found] == [300, 300]
