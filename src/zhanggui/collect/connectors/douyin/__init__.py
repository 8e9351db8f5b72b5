"""Douyin shop (抖店): the orders and after-sale cases that its back office exports."""

from zhanggui.collect.connectors.douyin.formats import FORMATS

__all__ = ["FORMATS"]
