"""Every test of a connector has a new shop to load into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, till_at

pytest.register_assert_rewrite("zhanggui.testing")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Give an empty shop, opened; afterwards its ledger must keep its own promises."""
    with till_at(tmp_path) as opened:
        yield opened
        opened.check()
