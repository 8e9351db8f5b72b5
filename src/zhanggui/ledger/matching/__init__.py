"""What each line of a settlement ledger belongs to; what orders should bring and brought, and why these differ."""

from zhanggui.ledger.matching.projection import SETTLEMENT_LINKS

__all__ = ["SETTLEMENT_LINKS"]
