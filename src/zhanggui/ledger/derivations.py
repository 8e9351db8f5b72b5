"""Every derived table of the ledger, in the order in which they read each other."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from zhanggui.ledger.cohorts import COHORTS
from zhanggui.ledger.derived import Derivation, refresh
from zhanggui.ledger.engine import Ledger, LedgerMemoryError
from zhanggui.ledger.goods import GOODS, HITS
from zhanggui.ledger.identity import refresh_identity
from zhanggui.ledger.matching import SETTLEMENT_LINKS
from zhanggui.ledger.membership import MEMBERSHIP
from zhanggui.ledger.profit import PROFIT
from zhanggui.ledger.purchases import PURCHASES
from zhanggui.ledger.quality import check_due
from zhanggui.ledger.quality.patterns import DAY_VOLUMES
from zhanggui.ledger.sessions import SessionRules, refresh_sessions
from zhanggui.ledger.sessions.following import FOLLOWING
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.ledger.stock.policy import STOCK_COVERS, STOCK_POLICIES

DERIVATIONS: tuple[Derivation, ...] = (
    SETTLEMENT_LINKS,
    PROFIT,
    DAY_VOLUMES,
    STOCK_BALANCES,
    STOCK_DAYS,
    STOCK_COVERS,
    STOCK_POLICIES,
    HITS,
    GOODS,
    PURCHASES,
    COHORTS,
    FOLLOWING,
    MEMBERSHIP,
)


def refresh_following(ledger: Ledger) -> bool:
    """Make what follows from visits follow from them as they are now; return whether any did not."""
    return bool(refresh(ledger, (FOLLOWING,)))


def refresh_derived(
    ledger: Ledger, sessions: SessionRules | None = None, *, undone_merges: Collection[str] = ()
) -> None:
    """Make the derived tables follow from the ledger as it stands: after an import, a move, a replay; after opening.

    Visits are made by the rules of the shop; without them they stay as they are. Who is who follows from the files and
    from the merges that the operator has undone.

    Checks of data quality whose files changed run after that.

    An import may be given too little memory for this: it stays done, and whoever opens the ledger next refreshes.
    """
    with suppress(LedgerMemoryError):
        if sessions is not None:
            refresh_sessions(ledger, sessions)
        refresh_identity(ledger, undone_merges)
        refresh(ledger, DERIVATIONS)
        check_due(ledger)
