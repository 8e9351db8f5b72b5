"""How long the command line takes to say what it can do."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, cpu_seconds

RUNS = 5


def measure(folder: Path) -> Iterator[Figure]:
    """Start `zhanggui --help` several times."""
    command = [str(Path(sys.executable).with_name("zhanggui")), "--help"]
    seconds = []
    for _ in range(RUNS):
        with cpu_seconds() as timer:
            subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        seconds.append(timer.seconds)
    yield Figure("zhanggui --help", statistics.median(seconds), "processor s", 0.3)
