"""Sizes and names that keep the house livable."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

MOST_LINES = 600
MANY_LINES = 400
# Files over 400 lines, with their length. An entry may be lowered or removed, never raised.
LONG_FILES: dict[str, int] = {}

MOST_FUNCTION_LINES = 50
# Functions over 50 lines without their docstring. An entry may be lowered or removed, never raised.
LONG_FUNCTIONS: dict[str, int] = {}

SAY_NOTHING = {"utils", "util", "common", "core", "helpers", "helper", "base", "misc", "shared", "stuff"}
BESIDE_THE_ROOMS = {"promises", "e2e", "wheel", "soundness", "golden", "parity", "sample_shop"}


def is_source(path: PurePosixPath) -> bool:
    return path.suffix in {".py", ".ts", ".tsx", ".css", ".js", ".mjs"} and ".gen." not in path.name


def test_no_source_file_is_over_600_lines(checkout: Checkout) -> None:
    lengths = {str(path): len(checkout.text(path).splitlines()) for path in checkout.files if is_source(path)}

    assert {path: n for path, n in lengths.items() if n > MOST_LINES} == {}
    assert {path: n for path, n in lengths.items() if n > LONG_FILES.get(path, MANY_LINES)} == {}


def test_the_list_of_long_files_holds_no_file_that_has_shrunk(checkout: Checkout) -> None:
    lengths = {path: len(checkout.text(path).splitlines()) for path in LONG_FILES if (checkout.root / path).is_file()}

    assert lengths == LONG_FILES
    assert all(n > MANY_LINES for n in lengths.values())


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the signature to the end, apart from the docstring."""
    first = node.body[0]
    has_docstring = ast.get_docstring(node, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def test_no_function_is_over_50_lines(checkout: Checkout) -> None:
    lengths = {
        f"{path}::{node.name}": function_lines(node)
        for path in checkout.under("src", "hatch_build.py")
        for node in ast.walk(checkout.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: n for name, n in lengths.items() if n > LONG_FUNCTIONS.get(name, MOST_FUNCTION_LINES)} == {}
    assert all(lengths.get(name) == n and n > MOST_FUNCTION_LINES for name, n in LONG_FUNCTIONS.items())


def test_every_name_says_what_it_holds(checkout: Checkout) -> None:
    silent = [
        str(path)
        for path in checkout.files
        if {part.split(".")[0].lower().lstrip("_") for part in path.parts} & SAY_NOTHING
    ]

    assert silent == []


def test_every_test_folder_is_named_after_a_room(checkout: Checkout) -> None:
    rooms = {path.parts[2].removesuffix(".py") for path in checkout.under("src") if len(path.parts) > 2}
    folders = {path.parts[1] for path in checkout.under("tests") if len(path.parts) > 2}

    assert folders - rooms == folders & BESIDE_THE_ROOMS


def test_every_python_file_of_the_product_says_what_it_is_for(checkout: Checkout) -> None:
    silent = [str(path) for path in checkout.under("src") if ast.get_docstring(checkout.tree(path)) is None]

    assert silent == []
