"""The pictures: small SVG files whose bytes repeat, with colours that read on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.realism.measures import gaps, hour_shares, hours_of_the_week
from benchmarks.realism.sources import Floats, Ordering, Sales

_INK = "#7d8590"
_COLOURS = ("#d9622b", "#2f81d6", "#2ea37a")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_POINTS = 80


def draw_all(folder: Path, sales: dict[str, Sales], ordering: dict[str, Ordering]) -> None:
    """Write the pictures; the first of each is the simulated side."""
    folder.mkdir(parents=True, exist_ok=True)
    with _picture(folder / "order_values.svg", 1) as (axes,):
        for name, colour, one in _coloured(sales):
            relative = one.amount / np.median(one.amount)
            axes.plot(*_distribution(relative[relative > 0]), color=colour, label=name)
        axes.set(xscale="log", xlim=(0.05, 20), xlabel="order value, median = 1", ylabel="share of orders up to it")
    with _picture(folder / "gaps.svg", 1) as (axes,):
        for name, colour, one in _coloured(sales):
            axes.plot(*_distribution(gaps(one).astype(np.float64)), color=colour, label=name)
        axes.set(xscale="log", xlabel="days to the same customer's next purchase", ylabel="share of gaps up to it")
    with _picture(folder / "goods.svg", 1) as (axes,):
        for name, colour, one in _coloured(sales):
            rank = np.unique(np.geomspace(1, one.sold.size, _POINTS).astype(int))
            axes.plot(rank, one.sold[rank - 1] / one.sold.sum(), color=colour, label=name)
        axes.set(xscale="log", yscale="log", xlabel="rank of the good", ylabel="its share of all pieces sold")
    with _picture(folder / "hours.svg", 1) as (axes,):
        for (name, orders), colour in zip(ordering.items(), _COLOURS, strict=False):
            axes.plot(np.arange(24), 100 * hour_shares(orders), color=colour, label=name)
        axes.set(xlabel="hour of the day", ylabel="% of orders created", xticks=range(0, 24, 3), ylim=(0, None))
    with _picture(folder / "hours_of_the_week.svg", len(ordering)) as all_axes:
        for (name, orders), axes in zip(ordering.items(), all_axes, strict=True):
            axes.pcolormesh(100 * hours_of_the_week(orders), cmap="cividis", vmin=0, vmax=11, shading="flat")
            axes.set(title=name, xlabel="hour of the day", xticks=range(0, 25, 6))
            axes.set_yticks(np.arange(7) + 0.5, _WEEKDAYS)
            axes.invert_yaxis()


def _coloured(sales: dict[str, Sales]) -> Iterator[tuple[str, str, Sales]]:
    for (name, one), colour in zip(sales.items(), _COLOURS, strict=False):
        yield name, colour, one


def _distribution(values: Floats) -> tuple[Floats, Floats]:
    """Return points of the distribution function, few enough for a small file."""
    share = np.linspace(0.005, 0.995, _POINTS)
    return np.quantile(values, share), share


@contextmanager
def _picture(file: Path, n_axes: int) -> Iterator[list[Axes]]:
    with mpl.rc_context():
        mpl.rc("svg", hashsalt="zhanggui", fonttype="none")
        mpl.rc("font", family="sans-serif", size=9)
        mpl.rc("axes", edgecolor=_INK, labelcolor=_INK)
        mpl.rc("text", color=_INK)
        mpl.rc("xtick", color=_INK)
        mpl.rc("ytick", color=_INK)
        figure = Figure(figsize=(6.4, 3.4) if n_axes == 1 else (3.4 * n_axes, 2.4), layout="constrained")
        all_axes = [figure.add_subplot(1, n_axes, place + 1) for place in range(n_axes)]
        yield all_axes
        for axes in all_axes:
            axes.spines[["top", "right"]].set_visible(False)
            if n_axes == 1:
                axes.legend(frameon=False, labelcolor=_INK)
        figure.savefig(file, transparent=True, metadata={"Date": None, "Creator": None})
    # One end of line at the end, none of the blanks before it.
    lines = [line.rstrip() for line in file.read_text(encoding="utf-8").splitlines()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
