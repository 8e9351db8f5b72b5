"""Runs questions against a ledger, keeping each compiled statement for the next question of the same shape."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

import pyarrow as pa

from zhanggui.ledger.engine import Ledger, Prepared
from zhanggui.metrics.compiler.scan import Scan, ScanExpression, scan_expression

_KEPT_STATEMENTS = 1024


class Statements:
    """The compiled statements of one engine: tables are declared alike in all its ledgers."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Prepared] = OrderedDict()
        self._guard = threading.Lock()

    def prepared(self, ledger: Ledger, shape: Hashable, expression: Callable[[], ScanExpression]) -> Prepared:
        """Return the statement of a shape, compiled on first sight."""
        with self._guard:
            found = self._kept.get(shape)
            if found is not None:
                self._kept.move_to_end(shape)
                return found
        fresh = expression()
        found = ledger.prepare(fresh.table, fresh.params)
        with self._guard:
            self._kept[shape] = found
            if len(self._kept) > _KEPT_STATEMENTS:
                self._kept.popitem(last=False)
        return found


_STATEMENTS: dict[type[Ledger], Statements] = {}


def statements_of(ledger: Ledger) -> Statements:
    """Return the statements of the engine of a ledger."""
    return _STATEMENTS.setdefault(type(ledger), Statements())


def prepare_scan(ledger: Ledger, scan: Scan) -> Prepared:
    """Return the compiled statement of a scan."""
    return statements_of(ledger).prepared(ledger, scan, lambda: scan_expression(ledger.table, scan))


def run_scan(ledger: Ledger, scan: Scan, values: Mapping[str, object]) -> pa.Table:
    """Return the cells of a scan for these values of its parameters."""
    return ledger.run(prepare_scan(ledger, scan), values)


def run_fixed(ledger: Ledger, name: str, expression: Callable[[], ScanExpression]) -> pa.Table:
    """Return the answer to an expression without parameters that is asked again and again."""
    return ledger.run(statements_of(ledger).prepared(ledger, name, expression), {})
