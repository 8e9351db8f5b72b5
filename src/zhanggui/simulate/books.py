"""The true accounts of the world: what happened, per store, day, channel and SKU, as of any midnight."""

from __future__ import annotations

from zhanggui.simulate.records import DayRecords


class Books:
    """Sums of all that the days brought."""

    def add(self, records: DayRecords) -> None:
        """Enter a day."""
