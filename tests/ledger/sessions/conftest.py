"""Every test of visits has a ledger of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.empty_ledgers import put_empty_ledger
from tests.statements import shared_statements

from zhanggui.ledger.engine import Ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give an empty ledger."""
    put_empty_ledger(tmp_path)
    with open_ledger(tmp_path, threads=1, statements=shared_statements()) as opened:
        yield opened
