"""Files that wait for a map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhanggui.ledger.jobs import StateStore, UnknownWaitingFileError, WaitingFiles


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[WaitingFiles]:
    """Give the waiting files of a new state file."""
    state = StateStore(tmp_path / "state.sqlite")
    yield WaitingFiles(state)
    state.close()


def test_the_last_file_stands_first_and_the_same_file_waits_once(waiting: WaitingFiles) -> None:
    first, second, again = (
        waiting.add("1" * 64, "a.csv"),
        waiting.add("2" * 64, "b.csv"),
        waiting.add("1" * 64, "a.csv"),
    )

    assert again == first
    assert waiting.list_files() == [second, first]
    assert waiting.get(first.file_id).name == "a.csv"


def test_a_file_that_was_put_away_waits_no_longer(waiting: WaitingFiles) -> None:
    file = waiting.add("1" * 64, "a.csv")
    waiting.remove(file.file_id)

    assert waiting.list_files() == []
    with pytest.raises(UnknownWaitingFileError):
        waiting.get(file.file_id)
