"""From a metric, a part of the shop and days to sightings: what is not where it should be."""

from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting

__all__ = ["Direction", "Kind", "Sighting"]
