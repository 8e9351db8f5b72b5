"""Stock as it went: the level of every SKU on every day, with what was sold of it."""

from zhanggui.ledger.stock.course import StockCourse, balances, place_levels, stock_course

__all__ = ["StockCourse", "balances", "place_levels", "stock_course"]
