"""Invented ledgers: parts sum to the whole, nothing is counted twice, and a plain loop finds the same numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lengths import examples
from tests.metrics.ledgers import Row, ledger_of, line, order, refill, refund, store, unknown_payment
from tests.metrics.profits import profit_entries, profit_lines

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, DIMENSIONS, Question, answer
from zhanggui.metrics.cards import not_additive_over, rules_of
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.model import Sum
from zhanggui.money import allocate

FIRST = date(2020, 2, 20)
PLATFORMS = {1: "tmall", 2: "jd"}
Ledgers = tuple[list[Row], list[Row], list[Row]]
DETAILS = {name for name, metric in CATALOGUE.items() if rules_of(metric)} - {"ad_spend", "order_contribution"}
"""Steps of the profit statement, all made alike: one of lines and one of entries stand for all."""
HELD = {"order_header", "order_line", "refund", "line_profit", "profit_entry"}
"""Tables that the invented ledgers fill."""
REACHED = {name: possible_dimensions(tuple(metric.leaves())) for name, metric in CATALOGUE.items()}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with ledger_of(tmp_path_factory.mktemp("invented"), {}) as opened:
        yield opened


def day_text(offset: int, hour: int = 12) -> str:
    return f"{FIRST + timedelta(days=offset)} {hour:02}"


@st.composite
def ledgers(draw: st.DrawFn) -> Ledgers:
    """Orders, lines and refunds as loading leaves them: lines sum to their order, buyers belong to one store."""
    orders: list[Row] = []
    lines: list[Row] = []
    refunds: list[Row] = []
    for number in range(draw(st.integers(0, 12))):
        shop_id, created = draw(st.sampled_from([1, 2])), draw(st.integers(0, 30))
        amount, state = draw(st.integers(0, 5000)), draw(st.sampled_from(["paid", "paid", "unpaid", "unknown"]))
        buyer = draw(st.sampled_from(["a", "b", "c", None]))
        more: Row = {
            "shop_id": shop_id,
            "buyer_key": None if buyer is None else f"{shop_id}{buyer}",
            "province": draw(st.sampled_from(["上海", "江苏", None])),
        }
        order_id = f"o{number}"
        paid = created + draw(st.integers(0, 2))
        parts = allocate(amount, [1] * draw(st.integers(1, 3))) if draw(st.booleans()) else []
        if state == "paid":
            back = draw(st.sampled_from([0, 0, amount // 2, amount]))
            row = order(
                order_id, day_text(created), amount, paid=day_text(paid, draw(st.integers(0, 23))), refunded=back
            )
            if back:
                refunds.append(refund(f"r{number}", order_id, day_text(paid), back, shop_id=shop_id))
        elif state == "unpaid":
            row = order(order_id, day_text(created), amount)
        else:
            row = unknown_payment(order_id, day_text(created), amount)
        orders.append(row | more | {"n_lines": len(parts)})
        for place, part in enumerate(parts):
            held = {"paid": part, "unpaid": 0, "unknown": None}[state]
            product = draw(st.sampled_from(["p1", "p2", None]))
            quantity, kind = draw(st.integers(0, 3)), draw(st.sampled_from(["product", "product", "shipping"]))
            lines.append(line(order_id, place, product, quantity, part, held, shop_id=shop_id, line_kind=kind))
    for number in range(draw(st.integers(0, 2))):
        refunds.append(refund(f"x{number}", None, day_text(draw(st.integers(0, 30))), draw(st.integers(1, 900))))
    return orders, lines, refunds


def tables(rows: Ledgers) -> dict[str, list[Row]]:
    orders, lines, refunds = rows
    stores = [store(number, "店", platform) for number, platform in PLATFORMS.items()]
    made = list(profit_lines(orders, lines, {}, {"line_key": None}))
    entries = profit_entries(1, FIRST)
    found = {"store": stores, "order_header": orders, "order_line": lines, "refund": refunds}
    return {**found, "line_profit": made, "profit_entry": entries}


def number(value: object) -> float:
    return value if isinstance(value, int | float) else 0.0


def cents(value: object) -> int:
    return round(number(value) * 100)


def grouped(rows: Iterable[Row], key: Callable[[Row], object]) -> dict[object, list[Row]]:
    found: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def repeat_buyers(orders: list[Row]) -> int:
    kept = [
        row
        for row in orders
        if number(row["refunded_minor"]) < number(row["paid_minor"])
        or (row["paid_minor"] == 0 and row["refunded_minor"] == 0)
    ]
    by_buyer = grouped([row for row in kept if row["buyer_key"] is not None], lambda row: row["buyer_key"])
    return sum(len({row["paid_date"] for row in theirs}) >= 2 for theirs in by_buyer.values())


@settings(max_examples=examples(40))
@given(rows=ledgers(), one=st.integers(0, 32), other=st.integers(0, 32))
def test_a_plain_loop_finds_the_same_numbers(ledger: Ledger, rows: Ledgers, one: int, other: int) -> None:
    orders, lines, refunds = rows
    first, last = FIRST + timedelta(days=min(one, other)), FIRST + timedelta(days=max(one, other))
    paid = [row for row in orders if row["is_paid"]]
    ever: dict[object, date] = {}
    for row in paid:
        assert isinstance(row["paid_date"], date)
        ever[row["buyer_key"]] = min(ever.get(row["buyer_key"], row["paid_date"]), row["paid_date"])

    def within(row: Row, column: str) -> bool:
        day = row[column]
        return isinstance(day, date) and first <= day <= last

    expected: dict[object, dict[str, float]] = {}
    for shop_id, platform in PLATFORMS.items():
        here = [row for row in paid if row["shop_id"] == shop_id and within(row, "paid_date")]
        made = [row for row in orders if row["shop_id"] == shop_id and within(row, "created_date")]
        back = [row for row in refunds if row["shop_id"] == shop_id and within(row, "cohort_date")]
        sold = {row["order_id"] for row in here}
        expected[platform] = {
            "orders_created": len(made),
            "gmv_created": sum(number(row["created_minor"]) for row in made),
            "orders_paid": len(here),
            "gmv_paid": sum(number(row["paid_minor"]) for row in here),
            "refund_amount": sum(number(row["refunded_minor"]) for row in back),
            "buyers": len({row["buyer_key"] for row in here} - {None}),
            "new_buyers": len(
                {row["buyer_key"] for row in here if ever[row["buyer_key"]] == row["paid_date"]} - {None}
            ),
            "repeat_buyers": repeat_buyers(here),
            "units_sold": sum(
                number(row["quantity"]) for row in lines if row["order_id"] in sold and row["line_kind"] == "product"
            ),
        }
    names = tuple(expected["jd"])
    refill(ledger, tables(rows))
    found = answer(ledger, Question(names, by=("platform",), date_from=first, date_to=last))

    seen = {row["platform"]: row for row in found.rows}
    for shop, values in expected.items():
        for name, value in values.items():
            got = seen.get(shop, {}).get(name, 0)
            # Null says that nothing could be seen; the loop then finds nothing either.
            money = name.startswith("gmv") or name == "refund_amount"
            assert (cents(got) if money else number(got)) == value, (shop, name)


@settings(max_examples=examples(8))
@given(rows=ledgers())
def test_parts_sum_to_the_whole_over_every_additive_dimension(ledger: Ledger, rows: Ledgers) -> None:
    additive = tuple(
        name
        for name, metric in CATALOGUE.items()
        if metric.is_additive and name not in DETAILS and {leaf.table for leaf in metric.leaves()} <= HELD
    )
    refill(ledger, tables(rows))
    (whole,) = answer(ledger, Question(additive)).rows
    additive = tuple(name for name in additive if whole[name] is not None)
    for dimension in (*DIMENSIONS, "week"):
        names = tuple(name for name in additive if dimension in ("week", *REACHED[name]))
        if not names:
            continue
        parts = answer(ledger, Question(names, by=(dimension,))).rows
        for name in names:
            # A cell whose payments are all unknown has no net revenue, while the whole has one and a warning.
            is_known = all(part[name] is not None for part in parts) or isinstance(CATALOGUE[name], Sum)
            if is_known and dimension not in not_additive_over(CATALOGUE[name]):
                assert sum(cents(part[name]) for part in parts) == cents(whole[name]), (name, dimension)


@settings(max_examples=examples(15))
@given(rows=ledgers())
def test_more_dimensions_never_change_the_money(ledger: Ledger, rows: Ledgers) -> None:
    dimensions = ("product", "province", "hour", "shop", "category", "order_status")
    refill(ledger, tables(rows))
    found = [
        answer(ledger, Question(("gmv_paid", "refund_amount", "units_sold"), by=dimensions[:length], grain="day"))
        for length in range(len(dimensions) + 1)
    ]

    for name in ("gmv_paid", "refund_amount", "units_sold"):
        totals = [sum(cents(row[name]) for row in each.rows) for each in found]
        assert all(one == other for one, other in pairwise(totals)), name


@settings(max_examples=examples(15))
@given(rows=ledgers())
def test_ratios_are_their_parts_divided_in_every_cell(ledger: Ledger, rows: Ledgers) -> None:
    refill(ledger, tables(rows))
    question = Question(
        ("refund_rate", "average_order_value", "refund_amount", "gmv_paid", "orders_paid"),
        by=("province",),
        grain="week",
    )
    cells = answer(ledger, question).rows

    for cell in cells:
        paid, orders = cell["gmv_paid"], cell["orders_paid"]
        if paid is None or not orders:
            assert cell["average_order_value"] is None
        else:
            assert cell["average_order_value"] == cents(paid) / (number(orders) * 100)
        assert cell["refund_rate"] == (cents(cell["refund_amount"]) / cents(paid) if paid else None)
