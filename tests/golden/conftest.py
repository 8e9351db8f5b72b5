"""Real data that lies beside the project; a test whose data is absent is skipped and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SharedFile = Callable[[str], Path]


@pytest.fixture(scope="session")
def shared() -> SharedFile:
    """Return the path of a file of the shared data, or skip the test."""

    def path(name: str) -> Path:
        found = ROOT.parent / "shared" / name
        if not found.exists():
            pytest.skip(f"needs ../shared/{name}, which is not on this machine")
        return found

    return path


@pytest.fixture(scope="session")
def maps() -> Path:
    """Folder of the example maps."""
    return ROOT / "examples" / "maps"
