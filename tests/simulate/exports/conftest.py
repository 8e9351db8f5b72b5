"""Reports of the small world, written once."""

from __future__ import annotations

import pytest
from tests.simulate.conftest import Lived
from tests.simulate.exports.reports import Reports, written


@pytest.fixture(scope="session")
def reports(lived: Lived, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Reports as of the world's end; no file is spoilt on purpose."""
    return Reports(lived.world, written(lived, tmp_path_factory.mktemp("reports"), lived.as_of))
