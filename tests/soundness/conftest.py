"""The books that every test of soundness asks: one small invented company, loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.metrics.ledgers import ledger_of
from tests.soundness.books import Tables, books

from zhanggui.ledger.engine import Ledger


@pytest.fixture(scope="session")
def rows() -> Tables:
    """The rows of the company, as a person could count them."""
    return books()


@pytest.fixture(scope="session")
def ledger(rows: Tables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The same rows as a ledger."""
    with ledger_of(tmp_path_factory.mktemp("books"), rows) as opened:
        yield opened
