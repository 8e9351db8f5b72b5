"""Xiaohongshu (小红书): the orders that its merchant back office (千帆) exports."""

from zhanggui.collect.connectors.xiaohongshu.formats import FORMATS

__all__ = ["FORMATS"]
