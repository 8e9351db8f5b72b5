"""Every derived table of the ledger, in the order in which they read each other."""

from __future__ import annotations

from contextlib import suppress

from zhanggui.ledger.derived import Derivation, refresh
from zhanggui.ledger.engine import Ledger, LedgerMemoryError
from zhanggui.ledger.matching import SETTLEMENT_LINKS
from zhanggui.ledger.profit import PROFIT

DERIVATIONS: tuple[Derivation, ...] = (SETTLEMENT_LINKS, PROFIT)


def refresh_derived(ledger: Ledger) -> None:
    """Make the derived tables follow from the ledger as it stands: after an import, a move, a replay; after opening.

    An import may be given too little memory for this: it stays done, and whoever opens the ledger next refreshes.
    """
    with suppress(LedgerMemoryError):
        refresh(ledger, DERIVATIONS)
