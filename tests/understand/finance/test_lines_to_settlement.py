"""Lines sum to orders, orders to stores, stores to the statement, the statement to the ledgers and named differences.

Exactly, on invented trade: a few hundred orders, with ``ZHANGGUI_LONG=1`` ten thousand.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from tests.collect.loading.shops import Row
from tests.ledger.profit.trade import trade_at
from tests.lengths import IS_LONG
from tests.understand.finance.invented import PLATFORMS, Invented, invent

from zhanggui.ledger.engine import Ledger
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.profit_statement import Statement, profit_statement
from zhanggui.understand.finance.reconciliation import reconcile
from zhanggui.understand.view import View

pytestmark = pytest.mark.slow

N_ORDERS = 10_000 if IS_LONG else 300
SEED = 20261122
CHARGES = (
    "freight", "return_freight", "packaging", "commission", "service_fee", "creator_commission", "insurance", "penalty",
    "ad_spend", "tax", "other_cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Invented orders, and the ledger and statement that follow from their files."""

    orders: list[Invented]
    lines: Mapping[str, list[Row]]
    ledger: Ledger
    statement: Statement

    def sums(self, column: str) -> dict[str, int]:
        """Return what the lines of each order sum to."""
        return {order: sum(line[f"{column}_minor"] or 0 for line in lines) for order, lines in self.lines.items()}

    def total(self, key: str) -> int:
        """Return a line of the statement over all months."""
        row = self.statement.row(key)
        return 0 if row is None else row.total or 0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with trade_at(tmp_path_factory.mktemp("invented")) as trade:
        orders = invent(trade, random.Random(SEED), N_ORDERS)
        trade.load()
        lines: dict[str, list[Row]] = defaultdict(list)
        for row in trade.till.rows("line_profit"):
            lines[row["order_id"]].append(row)
        desk = Desk(trade.till.shop, trade.till.ledger)
        yield World(orders, lines, trade.till.ledger, profit_statement(desk, View(), by="shop"))


def test_every_line_is_left_with_what_is_due_less_what_goes_back_and_what_it_costs(world: World) -> None:
    for lines in world.lines.values():
        for line in lines:
            net = line["receivable_minor"] - line["refunded_minor"] - line["borne_back_minor"]
            goods = line["goods_cost_minor"]
            left = 0 if line["order_kind"] != "ordinary" else None if goods is None else net - goods
            charges = sum(line[f"{name}_minor"] for name in CHARGES)
            assert line["contribution_minor"] == (None if goods is None or left is None else left - charges)
            assert (
                line["receivable_minor"]
                == line["list_minor"] - line["merchant_discount_minor"] - line["unknown_discount_minor"]
            )


def test_lines_sum_to_their_order_in_every_amount(world: World) -> None:
    expected = {
        "receivable": {order.order_id: order.paid + order.borne for order in world.orders},
        "paid": {order.order_id: order.paid for order in world.orders},
        "platform_discount": {order.order_id: order.borne for order in world.orders},
        "refunded": {order.order_id: order.refunded for order in world.orders},
        "borne_back": {order.order_id: order.borne_back for order in world.orders},
        **{name: {order.order_id: order.charges[name] for order in world.orders} for name in CHARGES},
    }

    for column, orders in expected.items():
        assert world.sums(column) == orders, column


def test_goods_cost_what_left_less_what_came_back_and_one_unknown_cost_is_no_profit_of_its_line(world: World) -> None:
    costed = {order.order_id: order for order in world.orders if order.is_costed}
    goods, left = world.sums("goods_cost"), world.sums("contribution")

    assert {name: goods[name] for name in costed} == {name: order.goods for name, order in costed.items()}
    assert {name: left[name] for name in costed} == {name: order.contribution for name, order in costed.items()}
    for order in world.orders:
        if order.has_left and not order.is_marked:
            sold = {line.line_id: line for line in order.lines}
            unknown = {line["line_key"] for line in world.lines[order.order_id] if not line["cost_known"]}
            assert unknown == {
                name
                for name, line in sold.items()
                if line.sku not in ("S1", "S2", "S3", "S4") and not line.is_called_off
            }


def test_orders_sum_to_stores_and_stores_to_the_statement(world: World) -> None:
    ordinary = [order for order in world.orders if not order.is_marked]
    amounts = {
        "receivable": [order.paid + order.borne for order in ordinary],
        "refunded": [-order.refunded for order in ordinary],
        "subsidy_back": [-order.borne_back for order in ordinary],
        "freight_out": [-order.charges["freight"] for order in ordinary],
        "commission_cost": [-order.charges["commission"] for order in ordinary],
    }
    left = {name: sum(line["contribution_minor"] or 0 for line in lines) for name, lines in world.lines.items()}

    for key, of_orders in amounts.items():
        assert world.total(key) == sum(of_orders), key
    assert world.total("contribution_profit") == sum(left[order.order_id] for order in ordinary)
    assert world.total("marked_order_cost") == sum(left[order.order_id] for order in world.orders if order.is_marked)
    assert {part.name.zh for part in world.statement.parts} == set(PLATFORMS)
    for row in world.statement.rows:
        of_parts = [next((each.total or 0 for each in part.rows if each.key == row.key), 0)
                    for part in world.statement.parts]  # fmt: skip
        assert sum(of_parts) == (row.total or 0), row.key


def test_the_statement_less_named_differences_is_what_was_settled(world: World) -> None:
    found = reconcile(world.ledger)
    marked = [order for order in world.orders if order.is_marked]
    # Marked orders are no income, and stay in reconciliation.
    due = world.total("net_receivable") + sum(
        order.paid + order.borne - order.refunded - order.borne_back for order in marked
    )
    fees = world.total("platform_fees") - sum(
        order.charges.total() - order.charges["freight"] - order.charges["packaging"] for order in marked
    )
    settled = sum(round(month.settled * 100) for month in found.months)
    causes = sum(round(cause.amount * 100) for month in found.months for cause in month.causes)
    gaps = sum(round(month.fee_gaps * 100) for month in found.months)

    assert sum(round(month.due * 100) for month in found.months) == due
    assert due + fees + gaps == settled + causes
