"""Import of request bodies and their visits, against a bare ``json.loads`` of the same lines; and its memory."""

from __future__ import annotations

import gzip
import json
import os
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bench_import import peak_mib
from benchmarks.figure import Figure, cpu_seconds
from zhanggui.collect.loading.load import LoadOptions, load_paths
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.ledger.shop import Shop
from zhanggui.simulate import Options, simulate_shop

REPEATS = 3
LOADING_MEMORY = "96MB"
STORE = "商城"


def measure(folder: Path) -> Iterator[Figure]:
    """Measure the events of a third of the demo's days, of all of them when ``ZHANGGUI_LONG`` is set."""
    days = 180 if os.environ.get("ZHANGGUI_LONG") else 60
    simulate_shop(folder / "world", Options(days=days, orders_per_day=250))
    paths = sorted((folder / "world" / "events").glob("*.jsonl.gz"))
    bare, ours, again = [], [], []
    n_events = 0
    for repeat in range(REPEATS):
        bare.append(_bare(paths))
        first, second, n_events = _load(paths, folder / f"shop-{repeat}")
        ours.append(first)
        again.append(second)
    rate = n_events / statistics.median(ours)
    yield Figure(f"import of {n_events:,} events with their visits", rate, "events per core-second", 49_000, "at least")
    ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
    yield Figure("import of events ÷ bare json.loads of the same lines", ratio, "×", 4.5)
    yield Figure(
        "the same events again ÷ their first import", statistics.median(again) / statistics.median(ours), "×", 1.2
    )
    yield Figure("zhanggui load of events, peak resident memory", peak_mib(paths, folder / "memory"), "MiB", 512)


def _bare(paths: Sequence[Path]) -> float:
    with cpu_seconds() as timer:
        for path in paths:
            with gzip.open(path) as lines:
                for line in lines:
                    json.loads(line)
    return timer.seconds


def _load(paths: Sequence[Path], folder: Path) -> tuple[float, float, int]:
    """Return the seconds of a first and of a second import, and the number of events."""
    shop = Shop.create(folder)
    rules = session_rules(shop.settings, shop.dir)
    seconds, n_events = [], 0
    with open_ledger(folder, memory_limit=LOADING_MEMORY, threads=1) as ledger:
        for _ in range(2):
            with cpu_seconds() as timer:
                report = load_paths(shop, ledger, paths, LoadOptions(store=STORE))
                refresh_sessions(ledger, rules)
            if report.exit_code:
                raise RuntimeError(str(report.to_json()))
            seconds.append(timer.seconds)
            n_events = sum(file.received for file in report.files)
    return seconds[0], seconds[1], n_events
