"""Which order, line and refund each line of a settlement ledger belongs to."""

from zhanggui.ledger.matching.links import SETTLEMENT_LINKS

__all__ = ["SETTLEMENT_LINKS"]
