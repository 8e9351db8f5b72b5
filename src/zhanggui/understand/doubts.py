"""Which checks the sources of a tile's numbers failed, said in the answer of the tile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from zhanggui.metrics import Answer
from zhanggui.metrics.marks import SourceMark
from zhanggui.pagespec import Doubt

QUALITY_PAGE = "/data/quality"

_NOTED: ContextVar[dict[str, Doubt] | None] = ContextVar("noted_doubts", default=None)


def doubt_of(mark: SourceMark) -> Doubt:
    """Return a failed check as tiles show it."""
    return Doubt(
        check=mark.check,
        label=mark.label,
        text=mark.text,
        next=mark.next_step,
        n=mark.n_findings,
        money=mark.money,
        currency=mark.currency,
        href=QUALITY_PAGE,
    )


def doubts_of(found: Answer, metrics: Sequence[str]) -> tuple[Doubt, ...]:
    """Return the failed checks behind these metrics of an answer, each once."""
    marks = {mark.check: mark for name in metrics for mark in found.marks.get(name, ())}
    return tuple(map(doubt_of, marks.values()))


def note(marks: Iterable[SourceMark]) -> None:
    """Remember failed checks behind what is being made, where somebody listens."""
    noted = _NOTED.get()
    if noted is not None:
        noted.update((mark.check, doubt_of(mark)) for mark in marks)


@contextmanager
def noting() -> Iterator[dict[str, Doubt]]:
    """Give a place in which the failed checks behind everything that is asked inside the block gather."""
    noted: dict[str, Doubt] = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)
