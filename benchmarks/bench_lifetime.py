"""Models of buying: BG/NBD beside the package `lifetimes` where it is there; a million customers from their orders."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.figure import Figure, cpu_seconds, peak_own_gib
from benchmarks.made_up_shop import typed_rows
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.methods.lifetime import BgNbd, Histories, fit, histories, occasions, window

TRUE = BgNbd(0.8, 60.0, 0.9, 2.5)
N_SIDE_BY_SIDE = 100_000
N_FROM_ORDERS = 1_000_000
N_DAYS = 364
MOST_GIB = 4.0
_TIMES = 3


def measure(folder: Path) -> Iterator[Figure]:
    """Fit 100,000 customers beside `lifetimes`, and a million from their orders beside the bare GROUP BY."""
    yield from _beside_lifetimes(made_up_histories(N_SIDE_BY_SIDE))
    yield from _from_orders(folder)


def made_up_histories(n: int, *, seed: int = 7) -> Histories:
    """Return histories in whole days of customers who buy as BG/NBD says."""
    customer, day, watched = _bought(n, seed)
    seen = window(occasions(customer, day), end=int(day.max()))
    first = N_DAYS - watched[seen.customer]
    return histories(seen.known.repeats, seen.known.last_at, N_DAYS - first)


def _bought(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    watched = rng.integers(91, N_DAYS, n)
    rate, leaves = rng.gamma(TRUE.r, 1 / TRUE.alpha, n), rng.beta(TRUE.a, TRUE.b, n)
    now, active = np.zeros(n), np.arange(n)
    who, when = [active], [N_DAYS - watched]
    while len(active):
        now[active] += rng.exponential(size=len(active)) / np.maximum(rate[active], 1e-300)
        active = active[now[active] <= watched[active]]
        who.append(active)
        when.append(N_DAYS - watched[active] + np.ceil(now[active]).astype(np.int64))
        active = active[rng.random(len(active)) >= leaves[active]]
    customer, day = np.concatenate(who), np.concatenate(when)
    is_inside = day <= N_DAYS
    return customer[is_inside], day[is_inside], watched


def _beside_lifetimes(known: Histories) -> Iterator[Figure]:
    own = min(_seconds(lambda: fit(known)) for _ in range(_TIMES))
    yield Figure("BG/NBD of 100,000 customers, processor time", own, "s", 1.0)
    if importlib.util.find_spec("lifetimes") is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter = importlib.import_module("lifetimes").BetaGeoFitter
        other = fitter()
        theirs = min(_seconds(lambda: other.fit(known.repeats, known.last_at, known.watched)) for _ in range(_TIMES))
    for name, value in fit(known).parameters.items():
        assert abs(other.params_[name] / value - 1) < 0.02, (name, value, other.params_[name])
    yield Figure("BG/NBD of 100,000 customers, lifetimes ÷ ours", theirs / own, "×", 15.0, "at least")


def _seconds(work: Callable[[], object]) -> float:
    with cpu_seconds() as timer:
        work()
    return timer.seconds


def _from_orders(folder: Path) -> Iterator[Figure]:
    customer, day, _ = _bought(N_FROM_ORDERS, 9)
    n = len(customer)
    amount = np.random.default_rng(1).integers(1_000, 30_000, n)
    columns = {
        "shop_id": np.ones(n, "int32"),
        "order_id": np.arange(n).astype(str),
        "buyer_key": np.char.add("1-h1:", np.char.zfill(customer.astype(str), 20)),
        "paid_date": (np.datetime64("2026-01-01") + day).astype("datetime64[D]"),
        "is_paid": np.ones(n, bool),
        "paid_minor": amount,
        "currency": np.full(n, "CNY"),
        "order_kind": np.full(n, "ordinary"),
    }
    stored = ALL_TABLES[TABLES["order_header"].view_of or "order_header"]
    with open_ledger(folder) as ledger:
        with ledger.transaction() as transaction:
            transaction.insert(stored.name, typed_rows(stored, columns))
        ledger.checkpoint()
        rows = ledger.table("order_header")
        days = rows.group_by(["buyer_key", "paid_date"]).aggregate(net=rows.paid_minor.sum())
        ledger.query(days)
        with cpu_seconds() as bare:
            ledger.query(days)
        with cpu_seconds() as whole:
            found = ledger.query(days)
            coded = found.column("buyer_key").combine_chunks().dictionary_encode()
            ordinal = found.column("paid_date").combine_chunks().cast(pa.int32()).to_numpy()
            net = found.column("net").cast(pa.float64()).to_numpy()
            bought = occasions(coded.indices.to_numpy(), ordinal, {"revenue": net})
            seen = window(bought, end=bought.last_day)
            fit(seen.known).model.expected_purchases(seen.known, 90.0)
    yield Figure("a million customers from orders to BG/NBD ÷ bare GROUP BY", whole.seconds / bare.seconds, "×", 3.0)
    yield Figure("largest memory until then", peak_own_gib(), "GiB", MOST_GIB)
