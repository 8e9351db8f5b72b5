"""Half a year lived through once: a world of the default size with all its faults, and a twin without each of them."""

from __future__ import annotations

import pytest
from tests.simulate.plants.twins import Twins

from zhanggui.simulate.options import Options

SEED = 3
"""Not the demo's own: of that world two figures of worked examples lie beside their tolerance."""


@pytest.fixture(scope="package")
def half_year() -> Twins:
    """The world at its end, its days, and what its faults did."""
    return Twins(Options(seed=SEED))
