"""Attribution: a million paths by every model, beside ChannelAttribution; ten million in bounded memory.

ChannelAttribution is GPL and no dependency: it goes into an environment of its own inside the benchmark's folder. Where
it cannot be installed, the comparison is left out.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.peer import answer_of
from zhanggui.methods.attribution import Journeys, attribute
from zhanggui.understand.traffic.attribution import OF_PATHS
from zhanggui.understand.traffic.paths_file import read_paths

N_PATHS = 1_000_000
N_MANY = 10_000_000
N_CHANNELS = 12
BLOCK = 500_000
_PATIENCE_SECONDS = 900
_PEER = """
import json, os, sys
import pandas as pd
import ChannelAttribution as ca
start = sum(os.times()[:4])
rows = pd.read_csv(sys.argv[1])
begin = sum(os.times()[:4])
ca.heuristic_models(rows, "path", "conversions", var_value="value")
ca.markov_model(rows, "path", "conversions", var_value="value", var_null="nulls", order=1)
print(json.dumps([begin - start, sum(os.times()[:4]) - begin]))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Credit a million paths from their file, and ten million from memory-sized blocks."""
    path = folder / "paths.csv"
    _write(path)
    with cpu_seconds() as read:
        paths = read_paths(path)
    # The first call in a process loads the compiled passes; every later one, and each draw of a bootstrap, finds them.
    attribute(paths.blocks[:1], n_channels=len(paths.channels), models=OF_PATHS)
    with cpu_seconds() as credited:
        found = attribute(paths.blocks, n_channels=len(paths.channels), models=OF_PATHS)
    off = max(abs(float(credit.sum()) - found.conversions) for credit in found.credits.values())
    yield Figure("1M paths, every model: credits less conversions", off, "orders", 1e-9 * found.conversions)
    yield Figure("1M paths: read the file", read.seconds, "CPU s", 6.0)
    yield Figure("1M paths: all ten models", credited.seconds, "CPU s", 1.0)
    with cpu_seconds() as same:
        attribute(paths.blocks, n_channels=len(paths.channels), models=("first", "last", "linear", "markov_1"))
    peer = answer_of(folder, ("ChannelAttribution==2.2.5", "matplotlib"), _PEER, str(path))
    if peer is not None:
        peer_credited = peer[1]
        for name, ratio, bound in (
            ("heuristics and Markov of order 1", peer_credited / same.seconds, 20.0),
            ("its two, of all ten of ours", peer_credited / credited.seconds, 20.0),
            ("file and its two, of file and all ten", sum(peer) / (read.seconds + credited.seconds), 5.0),
        ):
            yield Figure(f"1M paths, ChannelAttribution ÷ ours: {name}", ratio, "×", bound, "at least")
    yield _peak()


def blocks(n: int, *, seed: int = 3) -> Iterator[Journeys]:
    """Give made-up journeys of 1 to 12 touches, 3.6 in the mean, one in ten with an order."""
    rng = np.random.default_rng(seed)
    for begin in range(0, n, BLOCK):
        size = min(BLOCK, n - begin)
        length = np.minimum(rng.geometric(0.28, size), 12)
        start = np.concatenate(([0], np.cumsum(length)))
        touch = rng.integers(0, N_CHANNELS, int(start[-1])).astype(np.int32)
        won = (rng.random(size) < 0.1).astype(float)
        yield Journeys(touch, start, won, won * rng.integers(50, 400, size), 1 - won)


def _write(path: Path) -> None:
    names = np.array([f"channel_{number}" for number in range(N_CHANNELS)], object)
    with path.open("w", encoding="utf-8") as file:
        file.write("path,conversions,value,nulls\n")
        for block in blocks(N_PATHS):
            words, start = names[block.touch].tolist(), block.start.tolist()
            rows = zip(start, start[1:], block.conversions, block.value, block.nulls, strict=False)
            file.writelines(f"{' > '.join(words[a:b])},{c:.0f},{v:.0f},{n:.0f}\n" for a, b, c, v, n in rows)


def _peak() -> Figure:
    """Return the largest memory of a process that credits ten million journeys."""
    words = [sys.executable, "-m", "benchmarks.bench_attribution"]
    ran = subprocess.run(words, check=True, capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
    return Figure("10M paths, every model: largest memory", float(ran.stdout), "GiB", 1.0)


def _ten_million() -> None:
    attribute(blocks(N_MANY), n_channels=N_CHANNELS, models=OF_PATHS)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


if __name__ == "__main__":
    _ten_million()
