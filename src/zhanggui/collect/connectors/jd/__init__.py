"""JD (京东): the orders and after-sale services that its merchant back office exports."""

from zhanggui.collect.connectors.jd.formats import FORMATS

__all__ = ["FORMATS"]
