"""One measured figure and the bound that it must keep."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, against what it should be.

    Attributes
    ----------
    name : str
        What was measured, in words.
    value : float
        The figure.
    unit : str
        Its unit; ``×`` for a ratio of two measurements of one run.
    bound : float
        What it must keep.
    side : {"at most", "at least"}
        On which side of the bound it has to be.
    """

    name: str
    value: float
    unit: str
    bound: float
    side: Literal["at most", "at least"] = "at most"

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.value <= self.bound if self.side == "at most" else self.value >= self.bound

    def line(self) -> str:
        """Return the figure as one line of the report."""
        mark = "ok  " if self.holds else "MISS"
        return f"{mark} {self.name}: {self.value:,.3g} {self.unit} ({self.side} {self.bound:,.3g})"


class CpuTimer:
    """Processor seconds of this process and its ended children."""

    seconds: float = 0.0


@contextmanager
def cpu_seconds() -> Iterator[CpuTimer]:
    """Measure the processor time of a block, that of subprocesses included."""
    timer = CpuTimer()
    before = sum(os.times()[:4])
    yield timer
    timer.seconds = sum(os.times()[:4]) - before


def peak_child_mib() -> float:
    """Return the largest resident memory of any ended child so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def peak_own_gib() -> float:
    """Return the largest resident memory of this process so far, in GiB; what it measured before counts too."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
