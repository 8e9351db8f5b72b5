"""Settlement files of simulated worlds that lost one line in twenty, or hold it late: what is linked, and why not."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.collect.loading.shops import till_at
from tests.ledger.matching.spoiled_worlds import judged, spoiled_world
from tests.lengths import IS_LONG

from zhanggui.simulate import Options

pytestmark = pytest.mark.slow

N_WORLDS, DAYS, ORDERS_PER_DAY = (20, 45, 60) if IS_LONG else (1, 45, 30)
SEEDS = Random("worlds whose settlements are spoiled").sample(range(100_000), 20)
"""Drawn once; no rule was made while looking at these worlds."""


@pytest.mark.parametrize("seed", SEEDS[:N_WORLDS])
def test_settled_money_finds_its_order_and_what_is_missing_is_called_by_its_cause(seed: int, tmp_path: Path) -> None:
    options = Options(days=DAYS, orders_per_day=ORDERS_PER_DAY, seed=seed)
    with till_at(tmp_path) as till:
        world = spoiled_world(tmp_path / "world", till, options, seed=seed)
        found = judged(world)

    # One line in twenty, of thousands.
    assert found.n_spoiled > 100
    assert found.linked >= 0.995 * found.settled > 0
    assert found.unexplained <= 0.001 * found.settled
    assert found.n_named >= 0.95 * found.n_spoiled
    assert found.n_invented <= 0.01 * found.n_open
