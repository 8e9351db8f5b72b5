"""Does nothing: the shop runs by its own fixed rules."""

from __future__ import annotations

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.world import World


class Idle:
    """The policy that every other one is measured against."""

    def decide(self, world: World, yesterday: DayRecords | None) -> Actions:
        """Return no action."""
        return NOTHING
