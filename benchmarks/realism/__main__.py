"""Measure and write docs/concepts/realism.md and its pictures: ``python -m benchmarks.realism [--data FOLDER]``.

Where a data set is not at hand, the tables of the others are printed and nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.realism.money import money
from benchmarks.realism.page import page, tables
from benchmarks.realism.plots import draw_all
from benchmarks.realism.sources import complete_journey, online_retail, simulated, tmall
from benchmarks.realism.tables import table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "concepts" / "realism.md"
PICTURES = ROOT / "docs" / "images" / "realism"


def main(arguments: list[str]) -> int:
    """Measure, write or print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make realism", description="Compare the simulated world with real data.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data sets")
    data = parser.parse_args(arguments).data
    sales = {"Online Retail II": online_retail(data), "The Complete Journey": complete_journey()}
    month = tmall(data)
    absent = [name for name, found in {**sales, "Tmall, February 2020": month}.items() if found is None]
    world, lived = simulated()
    bought = {"simulated": world.sales} | {name: found for name, found in sales.items() if found is not None}
    ordered = {"simulated": world.ordering, "simulated, Tmall stores": world.tmall}
    ordered |= {"Tmall, February 2020": month} if month is not None else {}
    found = tables(bought, {**ordered, "simulated, fashion": world.fashion}, ordered, world.sessions)
    found["money"] = table(*money(lived))
    if absent:
        print("\n".join(found.values()))
        print(f"nothing written: not at hand: {', '.join(absent)} (looked in {data})", file=sys.stderr)
        return 0
    PAGE.write_text(page(found), encoding="utf-8", newline="\n")
    draw_all(PICTURES, bought, ordered)
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
