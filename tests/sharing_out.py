"""How tests are shared out over processes: a room at a time, the longest first.

The files of a room share what is dear to make, a lived world or the statements of a load; each process would make its
own. Rooms that take long start first, so that no process works alone at the end.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

_BY_FILE = ("tests/e2e/", "tests/soundness/")
"""Rooms whose files share little and take long."""
_SLOW = 20
"""So many ordinary tests take about as long as one that is marked slow."""


def unit_of(nodeid: str) -> str:
    """Return what a test is handed out with: its folder, or its file.

    Examples
    --------
    >>> unit_of("tests/simulate/plants/test_examples.py::test_one[a::b/c]")
    'tests/simulate/plants'
    >>> unit_of("tests/e2e/test_walks.py::test_one")
    'tests/e2e/test_walks.py'
    """
    file = nodeid.split("::", 1)[0]
    return file if file.startswith(_BY_FILE) else file.rpartition("/")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest units first; within each the random order stays."""
    length = Counter[str]()
    for item in items:
        length[unit_of(item.nodeid)] += _SLOW if item.get_closest_marker("slow") else 1
    items.sort(key=lambda item: (-length[unit_of(item.nodeid)], unit_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Hand out units, in the order above."""
    from xdist.scheduler import LoadFileScheduling

    class ByUnit(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False
    return ByUnit(config, log)
