"""The series that lie beside the project, with their labelled windows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "nab"


@dataclass(frozen=True, slots=True)
class Series:
    """One series of the benchmark.

    Attributes
    ----------
    name : str
        Folder and file.
    seconds : array of float, shape (n_rows,)
        Time of each row since the first.
    values : array of float, shape (n_rows,)
        What was measured.
    windows : tuple of pairs of int
        First and last row of each labelled window.
    """

    name: str
    seconds: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]
    windows: tuple[tuple[int, int], ...]


def corpus(folder: Path = FOLDER) -> Iterator[Series]:
    """Give every series that `windows.json` names, in order of names."""
    labelled = json.loads((folder / "windows.json").read_text())
    for name in sorted(labelled):
        with (folder / name).open(newline="") as file:
            rows = [(datetime.fromisoformat(row["timestamp"]), float(row["value"])) for row in csv.DictReader(file)]
        places = {moment: place for place, (moment, _) in enumerate(rows)}
        windows = tuple(
            (places[datetime.fromisoformat(left)], places[datetime.fromisoformat(right)])
            for left, right in labelled[name]
        )
        seconds = np.array([(moment - rows[0][0]).total_seconds() for moment, _ in rows])
        yield Series(name, seconds, np.array([value for _, value in rows]), windows)
