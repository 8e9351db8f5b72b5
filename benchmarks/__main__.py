"""Run every ``bench_*.py`` beside this file: ``python -m benchmarks [--only WORD] [--json]``.

Each has a function ``measure(folder)`` that yields :class:`~benchmarks.figure.Figure`; `folder` is empty and its own.
The exit code is 1 when a figure misses its bound.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.figure import Figure


def main(arguments: list[str]) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure against bounds.")
    parser.add_argument("--only", default="", help="run the benchmarks whose name holds this word")
    parser.add_argument("--json", action="store_true", help="print one JSON value")
    chosen = parser.parse_args(arguments)
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py") if chosen.only in path.stem)
    if not names:
        print(f"no benchmark is called like {chosen.only!r}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="zhanggui-bench-") as folder:
            for figure in importlib.import_module(f"benchmarks.{name}").measure(Path(folder)):
                figures.append(figure)
                print(figure.line(), file=sys.stderr if chosen.json else sys.stdout, flush=True)
    if chosen.json:
        print(json.dumps([{**dataclasses.asdict(figure), "holds": figure.holds} for figure in figures], indent=2))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
