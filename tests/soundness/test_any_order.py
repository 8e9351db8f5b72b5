"""The ledger is a function of the set of files: not of their order, nor of how often each was loaded."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.collect.loading.shops import till_at
from tests.lengths import IS_LONG
from tests.soundness.histories import KINDS, File, files_of, history, sequences

SHORT = ((31, 5, 6), (61, 5, 6))
"""Seed, orders and files of the two histories that the short form loads; the long form draws sixty more."""


def ledger_after(files: Sequence[File]) -> Mapping[str, Any]:
    """Load files into a new shop, hold it to its promises, and return its canonical tables."""
    with tempfile.TemporaryDirectory() as folder, till_at(Path(folder)) as till:
        for one in files:
            done = till.taken(one.name, one.data, layout=one.layout, store="甲店")
            assert done.received == sum(done.classes.values())
            assert done.exit_code == 0, [issue.to_json() for issue in done.issues]
        till.check()
        return till.contents()


@settings(max_examples=60, phases=tuple(Phase) if IS_LONG else (Phase.explicit,))
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(2, 5))
@example(*SHORT[0])
@example(*SHORT[1])
def test_files_in_any_order_and_again_give_one_ledger(seed: int, n_orders: int, n_files: int) -> None:
    rng = random.Random(seed)
    files = files_of(rng, history(rng, n_orders), n_files)

    first, *others = (ledger_after(sequence) for sequence in sequences(rng, files, 3 if IS_LONG else 2))

    for other in others:
        for table, rows in first.items():
            assert other[table] == rows, table


def test_the_short_form_loads_files_of_every_kind() -> None:
    names = set[str]()
    for seed, n_orders, n_files in SHORT:
        rng = random.Random(seed)
        names |= {one.name for one in files_of(rng, history(rng, n_orders), n_files)}

    assert [kind for kind in KINDS if not any(kind in name for name in names)] == []
