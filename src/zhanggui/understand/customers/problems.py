"""What a method about people says instead of a number."""

from __future__ import annotations

from zhanggui.understand.refusals import ThinLedgerError


class ThinDataError(ThinLedgerError):
    """The ledger tells too little about people for a number."""

    code = "thin_data"
    reads = "paid orders with a stable buyer id"
