"""From a metric, a part of the shop and days to sightings: what is not where it should be.

Every function takes the days of a metric and a range of them, and judges each day by what came before it and by itself
alone: the same call serves this morning and a test on history.
"""

from zhanggui.understand.monitoring.detecting.bands import WIDTH, Side, out_of_band
from zhanggui.understand.monitoring.detecting.history import Histories, histories
from zhanggui.understand.monitoring.detecting.levels import SURE_DEVIATIONS, level_shifts
from zhanggui.understand.monitoring.detecting.period_end import ends_off_target
from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting
from zhanggui.understand.monitoring.detecting.silence import silent_days

__all__ = [
    "SURE_DEVIATIONS",
    "WIDTH",
    "Direction",
    "Histories",
    "Kind",
    "Side",
    "Sighting",
    "ends_off_target",
    "histories",
    "level_shifts",
    "out_of_band",
    "silent_days",
]
