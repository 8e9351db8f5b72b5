"""Pinduoduo (拼多多): orders, refunds, ledger and advertising of its merchant back office."""

from zhanggui.collect.connectors.pinduoduo.formats import FORMATS as ORDERS
from zhanggui.collect.connectors.pinduoduo.ledgers import FORMATS as LEDGERS
from zhanggui.collect.connectors.pinduoduo.reports import FORMATS as REPORTS

FORMATS = (*ORDERS, *LEDGERS, *REPORTS)

__all__ = ["FORMATS"]
