"""Data quality: what the ledger promises of itself, and checks of what was loaded into it."""

from zhanggui.ledger.quality.catalogue import CHECKS
from zhanggui.ledger.quality.model import ASPECT_NAMES, Aspect, Check
from zhanggui.ledger.quality.promises import Promise, PromiseResult, all_promises, check_promises
from zhanggui.ledger.quality.running import check_all, check_due
from zhanggui.ledger.quality.standing import Finding, Standing, findings_of, standings_of

__all__ = [
    "ASPECT_NAMES",
    "CHECKS",
    "Aspect",
    "Check",
    "Finding",
    "Promise",
    "PromiseResult",
    "Standing",
    "all_promises",
    "check_all",
    "check_due",
    "check_promises",
    "findings_of",
    "standings_of",
]
