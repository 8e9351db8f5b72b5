"""Import of workbooks, against the bare reading of their cells by the same library."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.bench_import import load_seconds, peak_mib
from benchmarks.figure import Figure, cpu_seconds
from benchmarks.order_files import write_workbook

REPEATS = 3
N_ROWS = 40_000


def measure(folder: Path) -> Iterator[Figure]:
    """Measure the 61-column report as a workbook, with tokens, and the memory that the command line takes for it."""
    load_seconds(write_workbook(folder / "warm.xlsx", 500), folder / "warm")
    path = write_workbook(folder / "orders.xlsx", N_ROWS)
    bare, ours = [], []
    for repeat in range(REPEATS):
        bare.append(_bare(path))
        ours.append(load_seconds(path, folder / f"shop-{repeat}"))
    rate = N_ROWS / statistics.median(ours)
    yield Figure("import of a 61-column workbook with tokens", rate, "rows per core-second", 5_000, "at least")
    ratio = statistics.median(b / o for b, o in zip(bare, ours, strict=True))
    yield Figure("import of a 61-column workbook, bare reading of its cells ÷ ours", ratio, "×", 0.5, "at least")
    peak = peak_mib([path], folder / "peak")
    yield Figure(f"zhanggui load of a workbook of {N_ROWS:,} rows, peak resident memory", peak, "MiB", 512)


def _bare(path: Path) -> float:
    with cpu_seconds() as timer:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    if len(rows) != N_ROWS + 1:
        raise RuntimeError(f"{len(rows)} rows were read")
    return timer.seconds
