"""Goods as they sold: which products were hits on which day, what the seller's own codes are, which of them moved."""

from zhanggui.ledger.goods.codes import GOODS
from zhanggui.ledger.goods.hits import HIT_DAYS, HIT_PERCENT, HITS
from zhanggui.ledger.goods.moving import gift_codes, listed_codes, net_sales

__all__ = ["GOODS", "HITS", "HIT_DAYS", "HIT_PERCENT", "gift_codes", "listed_codes", "net_sales"]
