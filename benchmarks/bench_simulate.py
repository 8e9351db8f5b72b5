"""How fast and in how much memory a simulated shop is written, and whether its cost grows with its days."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure

ORDERS_PER_DAY = 500
SIZES = (60, 120, 240)
LONG = ("--days", "400", "--orders-per-day", "2600")
"""About a million orders and twenty million events."""

_RUN = """
import json, resource, sys, time
from pathlib import Path
from zhanggui.simulate import Options, simulate_shop
began = time.process_time()
written = simulate_shop(Path(sys.argv[1]), Options(days=int(sys.argv[2]), orders_per_day=int(sys.argv[3])))
rows = {}
for file in written.files:
    rows[file.dataset] = rows.get(file.dataset, 0) + file.n_rows
print(json.dumps({
    "seconds": time.process_time() - began,
    "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "events": sum(n for name, n in rows.items() if name.startswith("events")),
}))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Write three sizes of a world, and with ``ZHANGGUI_LONG=1`` one of a million orders."""
    found = {days: _written(folder, days, ORDERS_PER_DAY) for days in SIZES}
    small, large = found[SIZES[0]], found[SIZES[-1]]
    growth = (large["seconds"] / small["seconds"]) / (SIZES[-1] / SIZES[0])
    yield Figure(f"simulate: cost per day, {SIZES[-1]} days / {SIZES[0]} days", growth, "×", 1.3)
    rate = large["events"] / large["seconds"]
    yield Figure("simulate: own-site events, all files written", rate, "per processor s", 50_000, "at least")
    if os.environ.get("ZHANGGUI_LONG"):
        million = _written(folder, int(LONG[1]), int(LONG[3]))
        yield Figure("simulate: a million orders, memory", million["mebibytes"], "MiB", 2048)
        yield Figure("simulate: a million orders, events", million["events"], "events", 20_000_000, "at least")
        rate = million["events"] / million["seconds"]
        yield Figure("simulate: a million orders, event rate", rate, "per processor s", 50_000, "at least")


def _written(folder: Path, days: int, orders_per_day: int) -> dict[str, float]:
    """Write a world in a process of its own, whose memory is its own."""
    target = folder / f"{days}x{orders_per_day}"
    command = [sys.executable, "-c", _RUN, str(target), str(days), str(orders_per_day)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    shutil.rmtree(target)
    found: dict[str, float] = json.loads(answer.stdout)
    return found
