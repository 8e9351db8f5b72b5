"""Taobao and Tmall: the seller centre's (千牛) own exports and the ledgers of its wallets."""

from zhanggui.collect.connectors.taobao.formats import FORMATS as ORDERS
from zhanggui.collect.connectors.taobao.ledgers import FORMATS as LEDGERS

FORMATS = (*ORDERS, *LEDGERS)

__all__ = ["FORMATS"]
