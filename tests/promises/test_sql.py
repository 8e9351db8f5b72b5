"""No statement is written as text outside the engine and the small state file."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

RUNS_TEXT = {"execute", "executemany", "executescript", "raw_sql", "sql"}
# The engine writes its own statements; jobs keep their state in SQLite.
MAY_RUN_TEXT = ("src/zhanggui/ledger/engine/", "src/zhanggui/ledger/jobs/")


def calls_with_text(checkout: Checkout, path: PurePosixPath) -> list[str]:
    return [
        f"{path}:{node.lineno} calls .{node.func.attr}("
        for node in ast.walk(checkout.tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RUNS_TEXT
    ]


def test_nothing_above_the_engine_runs_a_statement_as_text(checkout: Checkout) -> None:
    found = [
        line
        for path in checkout.under("src")
        if not str(path).startswith(MAY_RUN_TEXT)
        for line in calls_with_text(checkout, path)
    ]

    assert found == []


def test_nothing_above_the_engine_names_the_engine(checkout: Checkout) -> None:
    engine = "duck" + "db"
    allowed = ("src/zhanggui/ledger/engine/",)
    # The name of the file on disk is not the name of the engine.
    found = [
        f"{path}:{number}"
        for path in checkout.under("src")
        if not str(path).startswith(allowed)
        for number, line in enumerate(checkout.text(path).splitlines(), start=1)
        if engine in line.lower().replace(f"ledger.{engine}", "")
    ]

    assert found == []
