"""Forecast and purchase proposal of 100,000 SKUs with a year of weekly demand."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from zhanggui.methods.forecast import Past
from zhanggui.understand.inventory.demand_past import WEEK, DemandPast, seasons_of
from zhanggui.understand.inventory.forecast import forecast
from zhanggui.understand.inventory.goods import Goods
from zhanggui.understand.inventory.lead_times import SupplierTerms
from zhanggui.understand.inventory.replenish import Standing, Terms, propose

N_SKUS, N_WEEKS, N_CATEGORIES, N_SUPPLIERS = 100_000, 53, 40, 200
LAST = date(2026, 9, 30)
MOST_CPU_SECONDS, MOST_GIB = 60.0, 4.0


def made_up(rng: np.random.Generator) -> tuple[DemandPast, Standing, tuple[SupplierTerms, ...]]:
    """Return demand of which most SKUs sell a few a week and few sell many, with stock of about a month."""
    rate = rng.lognormal(0.5, 1.2, N_SKUS)
    counts = rng.negative_binomial(2.0, 2.0 / (2.0 + rate[:, None]), (N_SKUS, N_WEEKS)).astype(np.float64)
    is_open = np.where(rng.random((N_SKUS, N_WEEKS)) < 0.03, 0.0, 1.0)
    counts *= is_open
    group = rng.integers(0, N_CATEGORIES, N_SKUS)
    first = LAST - timedelta(days=N_WEEKS * WEEK - 1)
    by_week = np.stack([np.bincount(group, counts[:, week], N_CATEGORIES) for week in range(N_WEEKS)], axis=1)
    promotions, ahead, patterns = seasons_of(np.repeat(by_week / WEEK, WEEK, axis=1), first, LAST)
    skus = tuple(f"S{number:06d}" for number in range(N_SKUS))
    cost = rng.uniform(5_00, 200_00, N_SKUS)
    names = tuple(f"C{number:02d}" for number in range(N_CATEGORIES))
    goods = Goods(skus, tuple(names[at] for at in group), cost, cost * 1.6, counts.sum(axis=1), cost, {}, 0)
    past = DemandPast(
        first, LAST, "CNY", skus, goods, names, Past(counts, is_open, group, patterns), ahead, promotions, True
    )
    suppliers = tuple(SupplierTerms(f"V{n}", 14.0, 4.0, "measured", 50, 20.0, 6.0) for n in range(N_SUPPLIERS))
    position = np.rint(rate * rng.uniform(0, 8, N_SKUS))
    standing = Standing(
        position, position, cost, goods.margin, np.full(N_SKUS, 14.0), np.full(N_SKUS, 4.0),
        rng.integers(0, N_SUPPLIERS, N_SKUS), np.full(N_SKUS, 0.005), np.full(N_SKUS, 0.95),
    )  # fmt: skip
    return past, standing, suppliers


def measure(_folder: Path) -> Iterator[Figure]:
    """Measure CPU time and memory."""
    past, standing, suppliers = made_up(np.random.default_rng(8))
    with cpu_seconds() as timer:
        found = propose(forecast(past), standing, suppliers, Terms(), budget_minor=1e9)
    assert found.spending.profit <= found.spending.bound
    yield Figure("forecast and purchase proposal, 100,000 SKUs", timer.seconds, "CPU s", MOST_CPU_SECONDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Figure("the same, memory at its peak", peak, "GiB", MOST_GIB)
