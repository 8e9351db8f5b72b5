"""The profit page's server time against the sum of its queries written by hand."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_profit import fill_profit
from benchmarks.made_up_shop import fill_ledger
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.pages import TILES
from zhanggui.understand.view import View

N_ORDERS = 1_750_000
REPEATS = 3

_STATEMENT = """sum(receivable_minor), sum(refunded_minor), sum(refunded_before_shipping_minor),
sum(refunded_only_minor), sum(refunded_with_return_minor), sum(borne_back_minor), sum(goods_cost_minor),
sum(freight_minor), sum(return_freight_minor), sum(packaging_minor), sum(commission_minor), sum(service_fee_minor),
sum(creator_commission_minor), sum(insurance_minor), sum(penalty_minor), sum(ad_spend_minor), sum(tax_minor),
sum(other_cost_minor), sum(contribution_minor), sum(expected_fees_minor),
sum(receivable_minor) FILTER (NOT cost_known), sum(receivable_minor) FILTER (NOT is_settled),
sum(receivable_minor) FILTER (cost_known), sum(refunded_minor) FILTER (cost_known),
sum(borne_back_minor) FILTER (cost_known) FROM line_profit WHERE order_kind = 'ordinary'"""
_FIGURES = """sum(receivable_minor), sum(refunded_minor), sum(borne_back_minor), sum(goods_cost_minor),
sum(contribution_minor), sum(receivable_minor) FILTER (cost_known), sum(refunded_minor) FILTER (cost_known),
sum(borne_back_minor) FILTER (cost_known), sum(receivable_minor) FILTER (NOT cost_known)
FROM line_profit WHERE order_kind = 'ordinary'"""
_MARKED = "sum(contribution_minor) FROM line_profit WHERE order_kind <> 'ordinary'"
_ENTRIES = "account, sum(outlay_minor) FROM profit_entry"
# Each need of the tiles, asked once: the statement with its rates by month; the figures whole and by week, of which the
# course draws two.
BY_HAND = "; ".join(
    (
        f"SELECT date_trunc('month', paid_date) AS at, {_STATEMENT} GROUP BY ALL",
        f"SELECT date_trunc('month', day) AS at, {_ENTRIES} GROUP BY ALL",
        f"SELECT date_trunc('month', paid_date) AS at, {_MARKED} GROUP BY ALL",
        f"SELECT 1 AS at, {_FIGURES} GROUP BY ALL",
        f"SELECT 1 AS at, {_ENTRIES} GROUP BY ALL",
        f"SELECT date_trunc('week', paid_date) AS at, {_FIGURES} GROUP BY ALL",
        f"SELECT date_trunc('week', day) AS at, {_ENTRIES} GROUP BY ALL",
    )
)


def measure(folder: Path) -> Iterator[Figure]:
    """Open the profit page of a shop of five million order lines."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        fill_ledger(ledger, N_ORDERS)
        n_lines = fill_profit(ledger)
        ledger.checkpoint()
        ours, theirs = [], []
        for place in range(REPEATS + 1):
            spent = (_page(Desk(shop, ledger)), _statements(ledger))
            if place:
                ours.append(spent[0])
                theirs.append(spent[1])
        ratio = statistics.median(ours) / statistics.median(theirs)
        name = f"profit page of {n_lines / 1e6:.1f} million lines, all tiles, against its queries by hand"
        yield Figure(name, ratio, "×", 1.5)
    shop.close()


def _page(desk: Desk) -> float:
    with cpu_seconds() as timer:
        for name, tile in TILES.items():
            if name.startswith("pnl/"):
                tile(desk, View())
    return timer.seconds


def _statements(ledger: Ledger) -> float:
    with cpu_seconds() as timer:
        for statement in BY_HAND.split(";"):
            with ledger._reading() as cursor:
                cursor.execute(statement).to_arrow_table()
    return timer.seconds
