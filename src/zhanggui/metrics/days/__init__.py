"""What questions by day have found, kept on disk, so that a load makes only the days anew that it touched."""

from zhanggui.metrics.days.kept import DAYS_DIR, KeptDays, is_worth_keeping

__all__ = ["DAYS_DIR", "KeptDays", "is_worth_keeping"]
