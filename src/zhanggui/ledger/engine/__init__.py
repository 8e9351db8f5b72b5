"""The analytical engine behind one narrow interface: transactions, Arrow in and out, Ibis expressions.

Nothing above this package names the engine, so that a cluster fits behind the same interface.
"""

from zhanggui.ledger.engine.built import built_once
from zhanggui.ledger.engine.ddl import arrow_schema, ibis_schema
from zhanggui.ledger.engine.ledger import LEDGER_FILE, Ledger, open_ledger, replace_ledger
from zhanggui.ledger.engine.prepared import Prepared, bound_value
from zhanggui.ledger.engine.problems import (
    LedgerBusyError,
    LedgerMemoryError,
    LedgerOutdatedError,
    LedgerTooNewError,
)
from zhanggui.ledger.engine.tables import declared_table, without_copies
from zhanggui.ledger.engine.touched import LedgerMark
from zhanggui.ledger.engine.transaction import Transaction

__all__ = [
    "LEDGER_FILE",
    "Ledger",
    "LedgerBusyError",
    "LedgerMark",
    "LedgerMemoryError",
    "LedgerOutdatedError",
    "LedgerTooNewError",
    "Prepared",
    "Transaction",
    "arrow_schema",
    "bound_value",
    "built_once",
    "declared_table",
    "ibis_schema",
    "open_ledger",
    "replace_ledger",
    "without_copies",
]
