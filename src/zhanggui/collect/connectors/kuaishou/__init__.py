"""Kuaishou shop (快手小店): the orders that its back office exports."""

from zhanggui.collect.connectors.kuaishou.formats import FORMATS

__all__ = ["FORMATS"]
