"""The command line answers before anything heavy is loaded."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest

HEAVY = {"ibis", "duckdb", "pyarrow", "pandas", "numpy", "fastapi", "starlette", "uvicorn", "cryptography", "pydantic"}

HELP = """
import sys
from zhanggui.cli import main
sys.argv = ["zhanggui", "--help"]
try:
    main()
except SystemExit:
    pass
"""

has_a_terminal = pytest.mark.skipif(importlib.util.find_spec("zhanggui.cli") is None, reason="no command line yet")


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after running `code`."""
    probe = (
        f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@has_a_terminal
def test_importing_the_command_line_loads_no_engine() -> None:
    assert modules_after("import zhanggui.cli") & HEAVY == set()


@has_a_terminal
def test_help_loads_no_engine() -> None:
    assert modules_after(HELP) & HEAVY == set()
