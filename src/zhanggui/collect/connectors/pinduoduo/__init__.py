"""Pinduoduo (拼多多): the orders and refunds that its merchant back office exports."""

from zhanggui.collect.connectors.pinduoduo.formats import FORMATS

__all__ = ["FORMATS"]
