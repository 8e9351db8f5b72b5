"""A shop without data, for what its state file alone decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhanggui.ledger.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give an empty shop."""
    found = Shop.create(tmp_path / "shop", "试店")
    yield found
    found.close()
