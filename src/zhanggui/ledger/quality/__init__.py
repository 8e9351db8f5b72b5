"""Checks that prove the ledger keeps its promises."""

from zhanggui.ledger.quality.checks import Check, CheckResult, all_checks, run_checks

__all__ = ["Check", "CheckResult", "all_checks", "run_checks"]
