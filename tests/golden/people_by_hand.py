"""RFM, repurchase and cohorts computed with pandas from plain orders, sharing no code with ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

LevelsOf = dict[str, npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Raw:
    """Orders and refunds of customers with an id: ``customer``, ``day``, ``minor``; orders also ``is_kept``."""

    orders: pd.DataFrame
    refunds: pd.DataFrame

    @property
    def days(self) -> pd.DataFrame:
        """Different days on which each customer bought what was not given back whole."""
        kept = self.orders[self.orders["is_kept"]]
        return kept[["customer", "day"]].drop_duplicates().sort_values(["customer", "day"])


def read_raw(file: Path) -> Raw:
    """Return the invoices (orders) of Online Retail II, and the lines of its cancelled invoices (refunds)."""
    rows = pd.read_parquet(file)
    rows = rows[rows["Customer ID"].notna()]
    exact = rows["Quantity"] * (rows["Price"] * 1000).round().astype("int64")
    # Half a penny goes up, away from zero.
    rows = rows.assign(minor=np.sign(exact) * ((exact.abs() + 5) // 10), day=rows["InvoiceDate"].astype(str).str[:10])
    rows = rows.rename(columns={"Customer ID": "customer"})
    rows["day"] = pd.to_datetime(rows["day"])
    is_refund, is_debt = rows["Invoice"].str.startswith("C"), rows["Invoice"].str.startswith("A")
    orders = (
        rows[~is_refund & ~is_debt]
        .groupby("Invoice")
        .agg(customer=("customer", "max"), day=("day", "min"), minor=("minor", "sum"))
    )
    refunds = rows[is_refund].assign(minor=-rows["minor"])
    # An order of less than nothing is no purchase.
    orders["is_kept"] = orders["minor"] >= 0
    return Raw(orders.reset_index(), refunds[["customer", "day", "minor"]])


def rfm_by_hand(raw: Raw) -> pd.DataFrame:
    """Return one row per customer: ``last``, ``frequency``, ``net``, ``r``, ``f``, ``m``, ``segment``."""
    as_of = raw.orders["day"].max()
    found = raw.days.groupby("customer")["day"].agg(last="max", frequency="nunique")
    found["net"] = raw.orders.groupby("customer")["minor"].sum()
    found["net"] -= raw.refunds.groupby("customer")["minor"].sum().reindex(found.index).fillna(0).astype("int64")
    measures = {"r": -(as_of - found["last"]).dt.days, "f": found["frequency"], "m": found["net"]}
    for name, values in measures.items():
        ordered = np.sort(values.to_numpy())
        n = len(ordered)
        cuts = [ordered[-(-share * n // 5) - 1] for share in (1, 2, 3, 4)]
        found[name] = 1 + sum((values > cut).astype("int64") for cut in cuts)
    is_often = found["f"] >= 4
    is_large = found["m"] >= np.where(is_often, 4, 3)
    found["segment"] = 4 * (found["r"] >= 4) + 2 * is_often + 1 * is_large
    return found


def again_by_month(raw: Raw, days: int) -> dict[str, tuple[int, int | None]]:
    """Return the buyers of each first month, and those who bought again within `days`; None while that is open."""
    as_of = raw.orders["day"].max()
    waited = _first_and_wait(raw)
    found: dict[str, tuple[int, int | None]] = {}
    for month, buyers in waited.groupby(waited["first"].dt.to_period("M")):
        is_open = month.end_time.normalize() + pd.Timedelta(days=days) > as_of
        found[str(month)] = (len(buyers), None if is_open else int((buyers["wait"] <= days).sum()))
    return found


def again_of_matured(raw: Raw, days: int) -> tuple[int, int]:
    """Return the buyers whose first day lies `days` back or more, and those of them who bought again within `days`."""
    waited = _first_and_wait(raw)
    matured = waited[(raw.orders["day"].max() - waited["first"]).dt.days >= days]
    return len(matured), int((matured["wait"] <= days).sum())


def _first_and_wait(raw: Raw) -> pd.DataFrame:
    days = raw.days
    gap = days.groupby("customer")["day"].diff().dt.days
    place = days.groupby("customer").cumcount()
    first = days[place == 0].set_index("customer")["day"]
    wait = pd.Series(gap[place == 1].to_numpy(), index=days[place == 1]["customer"])
    return pd.DataFrame({"first": first, "wait": wait.reindex(first.index)})


def gaps_by_hand(raw: Raw) -> npt.NDArray[np.float64]:
    """Return the days between each two successive purchases, sorted."""
    found: npt.NDArray[np.float64] = np.sort(raw.days.groupby("customer")["day"].diff().dt.days.dropna().to_numpy())
    return found


def retention_by_hand(raw: Raw) -> dict[str, list[int]]:
    """Return, by first month, how many of its buyers bought in each month after it that is over."""
    days = raw.days.assign(month=raw.days["day"].dt.to_period("M"))
    days["first"] = days.groupby("customer")["month"].transform("min")
    last = (raw.orders["day"].max() + pd.Timedelta(days=1)).to_period("M") - 1
    table = days.groupby(["first", "month"])["customer"].nunique()
    found = {}
    for first in sorted(days["first"].unique()):
        months = pd.period_range(first, last, freq="M")
        found[str(first)] = [int(table.get((first, month), 0)) for month in months]
    return found


def net_by_hand(raw: Raw) -> dict[str, list[int]]:
    """Return, by first month, the net revenue of its buyers up to each month after it that is over, added up."""
    first = raw.days.groupby("customer")["day"].min().dt.to_period("M").rename("first")
    moved = pd.concat([raw.orders[["customer", "day", "minor"]], raw.refunds.assign(minor=-raw.refunds["minor"])])
    moved = moved.join(first, on="customer", how="inner")
    moved["month"] = np.maximum(moved["day"].dt.to_period("M"), moved["first"])
    last = (raw.orders["day"].max() + pd.Timedelta(days=1)).to_period("M") - 1
    found = {}
    for each, rows in moved.groupby("first"):
        months = pd.period_range(each, last, freq="M")
        sums = rows.groupby("month")["minor"].sum().reindex(months).fillna(0).cumsum()
        found[str(each)] = [int(value) for value in sums]
    return found
