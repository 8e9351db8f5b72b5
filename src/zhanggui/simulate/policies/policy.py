"""What a policy is: something that looks at the shop in the morning and says what to do."""

from __future__ import annotations

from typing import Protocol

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.world import World


class Policy(Protocol):
    """Decides what to do before each day.

    A policy may keep what it has seen. It changes nothing in the world but through the actions that it returns.
    """

    def decide(self, world: World, yesterday: DayRecords | None) -> Actions:
        """Return what to do today.

        Parameters
        ----------
        world : World
            The company. All but the oracle read of it only what an operator sees: the calendar, the stores, the
            goods, the ad groups' names and budgets, the members.
        yesterday : DayRecords or None
            What the last day brought; None on the first.
        """
        ...
