"""CDNOW's purchases of 1997 and 1998, from the package that its readers have used; nothing of it is kept here."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from zhanggui.methods.lifetime import Occasions, occasions

CALIBRATION_END, HOLDOUT_END = date(1997, 9, 30), date(1998, 6, 30)


def sample_file() -> Path:
    """Return the file of the sample of a tenth; skip without the package."""
    package = find_spec("lifetimes")
    if package is None or package.origin is None:
        pytest.skip("needs the package lifetimes, which carries CDNOW's purchases")
    return Path(package.origin).parent / "datasets" / "CDNOW_sample.txt"


def purchases() -> list[tuple[str, date, str]]:
    """Return customer, day and dollars of each purchase of the sample."""
    found = []
    for line in sample_file().read_text().splitlines():
        _, customer, day, _, dollars = line.split()
        found.append((customer, date(int(day[:4]), int(day[4:6]), int(day[6:])), dollars))
    return found


def bought() -> Occasions:
    """Return the sample as occasions."""
    rows = purchases()
    number = {customer: place for place, customer in enumerate(dict.fromkeys(row[0] for row in rows))}
    return occasions(
        [number[row[0]] for row in rows],
        [row[1].toordinal() for row in rows],
        {"revenue": [float(row[2]) for row in rows]},
    )
