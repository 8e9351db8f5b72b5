"""Import of order files, against a bare ``read_csv`` of the engine into a table; and the memory that it takes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.order_files import write_seven_columns, write_sixty_one_columns
from zhanggui.collect.loading.load import LoadOptions, load_paths
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

REPEATS = 5
N_ROWS = 1_000_000
N_WIDE_ROWS = 300_000
GIGABYTE_ROWS = 15_000_000


def measure(folder: Path) -> Iterator[Figure]:
    """Measure both forms, and the memory of a file of one gigabyte when ``ZHANGGUI_LONG`` is set."""
    load_seconds(write_seven_columns(folder / "warm.csv", 1000), folder / "warm")
    yield from _form("7-column form", write_seven_columns(folder / "seven.csv", N_ROWS), N_ROWS, 100_000, 0.25)
    wide = write_sixty_one_columns(folder / "wide.csv", N_WIDE_ROWS)
    yield from _form("61-column form with tokens", wide, N_WIDE_ROWS, 12_000, 0.2)
    n_rows = GIGABYTE_ROWS if os.environ.get("ZHANGGUI_LONG") else GIGABYTE_ROWS // 10
    big = write_seven_columns(folder / "big.csv", n_rows)
    size = f"{big.stat().st_size / 1e9:.2f} GB"
    yield Figure(f"zhanggui load of {size}, peak resident memory", peak_mib([big], folder / "big-shop"), "MiB", 512)


def _form(name: str, path: Path, n_rows: int, rate: float, share: float) -> Iterator[Figure]:
    bare, ours = [], []
    for repeat in range(REPEATS):
        bare.append(_bare(path))
        ours.append(load_seconds(path, path.with_name(f"{path.stem}-{repeat}")))
    yield Figure(f"import of the {name}", n_rows / statistics.median(ours), "rows per core-second", rate, "at least")
    ratio = statistics.median(b / o for b, o in zip(bare, ours, strict=True))
    yield Figure(f"import of the {name}, bare read_csv into a table ÷ ours", ratio, "×", share, "at least")


def _bare(path: Path) -> float:
    target = path.with_suffix(".duckdb")
    with cpu_seconds() as timer, duckdb.connect(str(target)) as connection:
        connection.execute("CREATE TABLE bare AS SELECT * FROM read_csv(?)", [str(path)])
    target.unlink()
    return timer.seconds


def load_seconds(path: Path, folder: Path) -> float:
    """Return the CPU seconds of loading a file into a new shop in `folder`."""
    shop = Shop.create(folder)
    with open_ledger(folder, threads=1) as ledger:
        with cpu_seconds() as timer:
            report = load_paths(shop, ledger, [path], LoadOptions())
        if report.exit_code:
            raise RuntimeError(str(report.to_json()))
    return timer.seconds


def peak_mib(paths: Sequence[Path], folder: Path) -> float:
    """Return the peak resident memory of the command line loading files, as the system counts it."""
    program = str(Path(sys.executable).with_name("zhanggui"))
    subprocess.run([program, "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    command = [program, "load", *map(str, paths), "--shop", str(folder), "--json"]
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        while child.poll() is None:
            peak = max(peak, _high_water_mib(child.pid))
            time.sleep(0.05)
    if child.returncode:
        raise RuntimeError(f"zhanggui load ended with {child.returncode}")
    return peak


def _high_water_mib(pid: int) -> float:
    """Return the high-water mark of a process; unlike its final usage it knows nothing of the parent it came from."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) / 1024
