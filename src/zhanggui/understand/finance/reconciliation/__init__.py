"""对账 Reconciliation: orders, refunds, settlement ledgers, wallets and the stock system, held against each other."""

from zhanggui.understand.finance.reconciliation.reconcile import reconcile
from zhanggui.understand.finance.reconciliation.report import Reconciliation

__all__ = ["Reconciliation", "reconcile"]
