"""What a method about goods says instead of a number."""

from __future__ import annotations

from zhanggui.understand.refusals import ThinLedgerError


class ThinGoodsError(ThinLedgerError):
    """The ledger tells too little about goods for a number."""

    code = "thin_goods"
    reads = "order lines, stock and reviews"
