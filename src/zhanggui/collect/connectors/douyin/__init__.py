"""Douyin shop (抖店): orders, after-sale cases and ledger of its back office."""

from zhanggui.collect.connectors.douyin.formats import FORMATS as ORDERS
from zhanggui.collect.connectors.douyin.ledgers import FORMATS as LEDGERS

FORMATS = (*ORDERS, *LEDGERS)

__all__ = ["FORMATS"]
