"""A small world lived through once: fifty days that end after 11.11, with pre-sale, promotion and every store."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options
from zhanggui.simulate.rows import Rows, Table
from zhanggui.simulate.world import World


@dataclass(frozen=True)
class Lived:
    """A world at its end, and all that its days brought."""

    world: World
    days: tuple[DayRecords, ...]

    def all(self, table: Table) -> Rows:
        return Rows.together(table, [records[table] for records in self.days])

    @property
    def as_of(self) -> int:
        """The midnight after the last day."""
        return self.days[-1].midnight + 86_400


@pytest.fixture(scope="session")
def lived() -> Lived:
    world = World(Options(days=50, orders_per_day=80, seed=11))
    return Lived(world, tuple(world.step() for _ in range(50)))
