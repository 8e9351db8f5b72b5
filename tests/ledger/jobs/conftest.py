from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhanggui.ledger.jobs import JobQueue, StateStore


class HandClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2020, 2, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[StateStore]:
    store = StateStore(tmp_path / "state.sqlite")
    yield store
    store.close()


@pytest.fixture
def queue(state: StateStore, clock: HandClock) -> JobQueue:
    return JobQueue(state, clock=clock, restartable={"load"})
