"""When things happen: hours of the day, few observations each, borrowed strength from all."""

from zhanggui.methods.timing.hours import HOURS, BestHours, best_hours, hour_difference

__all__ = ["HOURS", "BestHours", "best_hours", "hour_difference"]
