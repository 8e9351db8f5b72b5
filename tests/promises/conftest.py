"""The checkout that the promises are checked on."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
_MADE_BY_TOOLS = {".git", ".venv", "node_modules", "dist", "build", "web", "__pycache__"}


@dataclass(frozen=True)
class Checkout:
    """The project's own files: what git tracks, or what lies there when this is no git checkout."""

    root: Path
    trees: dict[PurePosixPath, ast.Module] = field(default_factory=dict)

    @cached_property
    def files(self) -> tuple[PurePosixPath, ...]:
        """Paths of all files, relative to the root."""
        git = shutil.which("git")
        if git is not None and (self.root / ".git").exists():
            command = [git, "-c", "core.quotepath=off", "ls-files", "-z"]
            listed = subprocess.run(command, cwd=self.root, capture_output=True, check=True).stdout.decode()
            found = [PurePosixPath(name) for name in listed.split("\0") if name]
        else:
            found = [PurePosixPath(path.relative_to(self.root).as_posix()) for path in self.root.rglob("*")]
        return tuple(
            sorted(path for path in found if not _MADE_BY_TOOLS & set(path.parts) and (self.root / path).is_file())
        )

    def under(self, *folders: str, suffix: str = ".py") -> list[PurePosixPath]:
        """Files with this suffix below one of the folders."""
        return [path for path in self.files if path.suffix == suffix and path.parts[0] in folders]

    def text(self, path: PurePosixPath | str) -> str:
        """Content of one file."""
        return (self.root / path).read_text(encoding="utf-8")

    def tree(self, path: PurePosixPath) -> ast.Module:
        """Syntax tree of one Python file, with each node's parent in its attribute `parent`."""
        if path not in self.trees:
            module = ast.parse(self.text(path), filename=str(path))
            for node in ast.walk(module):
                for child in ast.iter_child_nodes(node):
                    child.parent = node  # type: ignore[attr-defined]  # our own mark on the node
            self.trees[path] = module
        return self.trees[path]


@pytest.fixture(scope="session")
def checkout() -> Checkout:
    """Give the checkout that these tests lie in."""
    return Checkout(ROOT)
