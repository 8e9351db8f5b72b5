"""The command line run in this process, as a terminal without a person runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.sample_shop import write_sample_shop
from tests.serving import served_here

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

JsonValue = Any
"""Whatever a command prints with --json."""


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> JsonValue:
        """The one JSON value on stdout."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def zhanggui(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command."""

    def call(*words: str | Path) -> Outcome:
        capsys.readouterr()
        exit_code = run([str(word) for word in words])
        printed = capsys.readouterr()
        return Outcome(exit_code, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the export files of three days of trade, order reports first."""
    return list(write_sample_shop(tmp_path_factory.mktemp("exports"), days=3).exports)


@pytest.fixture
def shop_dir(tmp_path: Path) -> Path:
    """Make an empty shop."""
    directory = tmp_path / "shop"
    Shop.create(directory).close()
    return directory


@pytest.fixture
def served_shop(shop_dir: Path) -> Iterator[Path]:
    """Serve the shop in a thread of this process."""
    with served_here(shop_dir):
        yield shop_dir
