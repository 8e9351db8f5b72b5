"""What exists on POSIX alone stands behind a branch for Windows."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline", "curses"}


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        return {node.module.split(".")[0]}
    return set()


def has_a_windows_branch(node: ast.AST) -> bool:
    """Whether the import stands under a test of the platform, or in a `try` that minds its absence."""
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, ast.If) and ("platform" in ast.dump(parent.test) or "os_name" in ast.dump(parent.test)):
            return True
        if isinstance(parent, ast.Try):
            caught = " ".join(ast.dump(handler.type) for handler in parent.handlers if handler.type is not None)
            if "ImportError" in caught or "ModuleNotFoundError" in caught:
                return True
        node = parent
    return False


def bare_imports(checkout: Checkout, path: PurePosixPath) -> list[str]:
    return [
        f"{path}:{getattr(node, 'lineno', 0)} imports {', '.join(sorted(imported(node) & POSIX_ONLY))}"
        for node in ast.walk(checkout.tree(path))
        if imported(node) & POSIX_ONLY and not has_a_windows_branch(node)
    ]


def test_nothing_imports_a_posix_module_without_a_windows_branch(checkout: Checkout) -> None:
    found = [line for path in checkout.under("src", "hatch_build.py") for line in bare_imports(checkout, path)]

    assert found == []


@pytest.mark.parametrize(
    ("code", "is_bare"),
    [
        ("import fcntl", True),
        ("from resource import getrusage", True),
        ("import sys\nif sys.platform != 'win32':\n    import fcntl", False),
        ("try:\n    import resource\nexcept ImportError:\n    resource = None", False),
        ("def size():\n    import resource", True),
    ],
)
def test_a_bare_posix_import_is_found_wherever_it_stands(checkout: Checkout, code: str, is_bare: bool) -> None:
    module = ast.parse(code)
    for node in ast.walk(module):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]  # as Checkout.tree does
    checkout.trees[PurePosixPath("sample.py")] = module

    assert bool(bare_imports(checkout, PurePosixPath("sample.py"))) is is_bare
