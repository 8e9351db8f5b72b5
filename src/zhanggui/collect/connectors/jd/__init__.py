"""JD (京东): orders, after-sale services, settled bills, traffic and advertising of its merchant back office."""

from zhanggui.collect.connectors.jd.formats import FORMATS as ORDERS
from zhanggui.collect.connectors.jd.ledgers import FORMATS as LEDGERS
from zhanggui.collect.connectors.jd.reports import FORMATS as REPORTS

FORMATS = (*ORDERS, *LEDGERS, *REPORTS)

__all__ = ["FORMATS"]
