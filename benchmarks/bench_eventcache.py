"""Ordered questions over sorted, mapped events, beside a plain scan of them, SQL and chDB; and the cache's upkeep.

The cost of sorting is told apart: it is paid once for each event. The figures of a part of the events are those of the
event cache: whole months, of which a kernel reads one after the other.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from numba import njit

from benchmarks.figure import Figure, cpu_seconds, peak_own_gib
from benchmarks.peer import answer_of
from zhanggui.ledger.engine import Ledger, arrow_schema, open_ledger
from zhanggui.ledger.eventcache import delete_cache, open_cache
from zhanggui.ledger.schema.event_tables import EVENT
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.methods.kernels import OrderedFunnel, Retention, touches_before, ways_through
from zhanggui.settings import Settings

FEW, MANY = 20_000_000, 70_000_000
PART = 10_000_000
PEOPLE_EACH = 35
"""Events of a person, on average; so that people fit into 21 bits."""
REPEATS = 5
_DAY = 86_400_000_000
_MONTH = 30 * _DAY
_IDLE = 1_800_000_000
_SHARES = (0.55, 0.25, 0.12, 0.05, 0.03)
"""View, other, cart, order, pay."""
_BITS = np.array([1, 0, 2, 4, 8], np.uint16)
_DAYS, _EVENTS_A_DAY = 20, 100_000

FUNNEL_BY_HAND = """
WITH a AS (SELECT who, pos, moment AS start FROM e WHERE what = 0),
b AS (SELECT e.who, e.pos, a.start FROM (SELECT * FROM e WHERE what = 2) e ASOF JOIN a
      ON e.who = a.who AND e.pos > a.pos WHERE e.moment - a.start <= 86400000000),
c AS (SELECT e.who, e.pos, b.start FROM (SELECT * FROM e WHERE what = 3) e ASOF JOIN b
      ON e.who = b.who AND e.pos > b.pos WHERE e.moment - b.start <= 86400000000),
d AS (SELECT e.who, e.pos, c.start FROM (SELECT * FROM e WHERE what = 4) e ASOF JOIN c
      ON e.who = c.who AND e.pos > c.pos WHERE e.moment - c.start <= 86400000000)
SELECT (SELECT count(DISTINCT who) FROM a), (SELECT count(DISTINCT who) FROM b),
  (SELECT count(DISTINCT who) FROM c), (SELECT count(DISTINCT who) FROM d)
"""
STEPS_BY_HAND = """
SELECT what, after, count(*) FROM (
  SELECT what, lead(what) OVER (PARTITION BY who, visit ORDER BY pos) AS after FROM e
) GROUP BY ALL
"""
TOUCHES_BY_HAND = """
SELECT count(*) FROM orders o JOIN touches t
ON t.who = o.who AND t.moment BETWEEN o.moment - 2592000000000 AND o.moment
"""

RETENTION_BY_HAND = """
WITH f AS (SELECT who, min(day) AS day FROM e GROUP BY who)
SELECT f.day, s.day - f.day, count(*) FROM (SELECT DISTINCT who, day FROM e) s JOIN f USING (who) GROUP BY ALL
"""
_CHDB = """
import json, os, statistics, sys
from chdb import session
s = session.Session(sys.argv[2])
def cpu():
    return sum(os.times()[:4])
def asked(text):
    s.query(text)
    times = []
    for _ in range(3):
        begin = cpu()
        found = s.query(text, "JSONCompact")
        times.append(cpu() - begin)
    return statistics.median(times), json.loads(found.bytes())["data"]
s.query("CREATE DATABASE z")
s.query("CREATE TABLE z.e (who Int32, moment UInt64, what Int16, day Int32) "
        "ENGINE = MergeTree ORDER BY (who, moment)")
begin = cpu()
s.query(f"INSERT INTO z.e SELECT who, moment, what, day FROM file('{sys.argv[1]}', Parquet)")
s.query("OPTIMIZE TABLE z.e FINAL")
load = cpu() - begin
funnel, levels = asked("SELECT level, count() FROM (SELECT who, windowFunnel(86400000000)"
                       "(moment, what = 0, what = 2, what = 3, what = 4) AS level "
                       "FROM z.e GROUP BY who) GROUP BY level")
kept, _ = asked("SELECT f.day, s.day - f.day, count() FROM (SELECT DISTINCT who, day FROM z.e) s JOIN "
                "(SELECT who, min(day) AS day FROM z.e GROUP BY who) f ON s.who = f.who GROUP BY 1, 2")
print(json.dumps({"load": load, "funnel": funnel, "levels": levels, "retention": kept}))
"""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """A month of events, sorted by who and when, as files that are mapped."""

    who: npt.NDArray[np.int32]
    at: Ints
    what: npt.NDArray[np.int16]
    visit: npt.NDArray[np.int32]
    n_visits: int


def measure(folder: Path) -> Iterator[Figure]:
    """Walk through many events, then through few beside SQL, then bring a ledger's cache in step by one day."""
    parts = [_part(folder, number) for number in range(MANY // PART)]
    few = parts[: FEW // PART]
    for name, walk in (("funnel", _funnel), ("transitions", _transitions)):
        seconds = _seconds(lambda walk=walk: walk(few))  # type: ignore[misc]  # bound now, called now
        scan = _seconds(lambda: [_scan(part.who, part.at, part.what) for part in few])
        yield Figure(f"{name} of {FEW:,} events, of a plain scan", seconds / scan, "×", 3.0)
        many = _seconds(lambda walk=walk: walk(parts))  # type: ignore[misc]  # bound now, called now
        yield Figure(f"{name} of {MANY:,} events, each, of {FEW:,}", many / seconds * FEW / MANY, "×", 1.3)
    # Before SQL comes in: what the kernels and making the events needed.
    yield Figure(f"memory with {MANY:,} events mapped", peak_own_gib(), "GiB", 2.0)
    yield from _beside_sql(few, folder)
    yield from _upkeep(folder / "shop")


def _part(folder: Path, number: int) -> Part:
    rng = np.random.default_rng(number)
    n_people = MANY // PEOPLE_EACH
    keys = rng.integers(0, n_people, PART) << 42 | rng.integers(0, _MONTH, PART)
    keys.sort()
    who, at = (keys >> 42).astype(np.int32), (keys & ((1 << 42) - 1)) + number * _MONTH
    begins = np.ones(PART, bool)
    begins[1:] = (who[1:] != who[:-1]) | (np.diff(at) > _IDLE)
    what = np.searchsorted(np.cumsum(_SHARES)[:-1], rng.random(PART)).astype(np.int16)
    columns = {"who": who, "at": at, "what": what, "visit": (np.cumsum(begins) - 1).astype(np.int32)}
    for name, values in columns.items():
        np.save(folder / f"{number}-{name}.npy", values)
    mapped = {name: np.load(folder / f"{number}-{name}.npy", mmap_mode="r").view(np.ndarray) for name in columns}
    return Part(**mapped, n_visits=int(begins.sum()))


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the middle one of some runs, after one that compiles and fills the page cache."""
    work()
    times = []
    for _ in range(REPEATS):
        # Finer than the clock that counts subprocesses too: a scan takes hundredths of a second.
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


@njit(cache=True)
def _scan(who: npt.NDArray[np.int32], at: Ints, what: npt.NDArray[np.int16]) -> int:
    total = 0
    for i in range(who.size):
        total += who[i] ^ at[i] ^ what[i]
    return total


def _funnel(parts: list[Part]) -> list[int]:
    funnel = OrderedFunnel(MANY // PEOPLE_EACH, 4, window=_DAY)
    for part in parts:
        funnel.read(part.who, part.at, _BITS[part.what])
    return [int(n) for n in funnel.result().counts()]


def _transitions(parts: list[Part]) -> Ints:
    total = None
    for part in parts:
        is_buyer = np.zeros(part.n_visits, bool)
        ways = ways_through(part.visit, part.at, part.what, is_buyer, n_places=len(_SHARES), unit=1_000_000, cap=600)
        total = ways if total is None else total + ways
    assert total is not None
    steps: Ints = total.edges.sum(axis=0)
    return steps


def _retention(parts: list[Part], days: list[npt.NDArray[np.int32]]) -> Ints:
    retention = Retention(MANY // PEOPLE_EACH, int(days[-1].max()) + 1)
    for part, day in zip(parts, days, strict=True):
        retention.read(part.who, day)
    return retention.result()


def _beside_sql(parts: list[Part], folder: Path) -> Iterator[Figure]:
    """Ask DuckDB and chDB the same questions, of tables sorted by who and when."""
    days = [(part.at // _DAY).astype(np.int32) for part in parts]
    columns = {
        "day": np.concatenate(days),
        "who": np.concatenate([part.who for part in parts]),
        "moment": np.concatenate([part.at for part in parts]),
        "what": np.concatenate([part.what for part in parts]),
        "visit": np.concatenate([part.visit.astype(np.int64) + (n << 32) for n, part in enumerate(parts)]),
    }
    order = np.argsort(columns["who"], kind="stable")
    columns = {name: values[order] for name, values in columns.items()}
    begins = np.ones(order.size, bool)
    begins[1:] = columns["visit"][1:] != columns["visit"][:-1]
    touches = (columns["who"][begins], columns["moment"][begins])
    paid = columns["what"] == 4
    orders = (columns["who"][paid], columns["moment"][paid])
    with duckdb.connect() as connection:
        arrow = pa.table({"pos": np.arange(order.size), **columns})
        connection.register("arrow", arrow)
        connection.execute("CREATE TABLE e AS SELECT * FROM arrow")
        for name, (who, moment) in {"touches": touches, "orders": orders}.items():
            connection.register(f"of_{name}", pa.table({"who": who, "moment": moment}))
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM of_{name}")  # noqa: S608  # names of our own
        ours = _funnel(parts)
        row = connection.execute(FUNNEL_BY_HAND).fetchone()
        assert row is not None
        assert list(row) == ours, (row, ours)

        def sql(text: str) -> float:
            with cpu_seconds() as timer:
                connection.execute(text).fetchall()
            return timer.seconds

        for name, text, walk in (
            ("funnel", FUNNEL_BY_HAND, lambda: _funnel(parts)),
            ("transitions", STEPS_BY_HAND, lambda: _transitions(parts)),
            ("journeys", TOUCHES_BY_HAND, lambda: touches_before(*touches, *orders, lookback=_MONTH)),
        ):
            yield Figure(f"{name} of {FEW:,} events, SQL", sql(text) / _seconds(walk), "×", 5.0, "at least")
        first, end = touches_before(*touches, *orders, lookback=_MONTH)
        count = connection.execute(TOUCHES_BY_HAND).fetchone()
        assert count is not None
        assert count[0] == int((end - first).sum())
        kept = _retention(parts, days)
        found = connection.execute(RETENTION_BY_HAND).fetchall()
        assert sorted(found) == [(int(a), int(b), int(kept[a, b])) for a, b in np.argwhere(kept)]
        engines = {"DuckDB": sql(RETENTION_BY_HAND)}
    pq.write_table(arrow, folder / "events.parquet")
    yield from _beside_chdb(parts, folder, engines, ours)
    yield Figure(
        f"retention of {FEW:,} events, of the faster engine",
        _seconds(lambda: _retention(parts, days)) / min(engines.values()), "×", 1.2,
    )  # fmt: skip


def _beside_chdb(parts: list[Part], folder: Path, engines: dict[str, float], counts: list[int]) -> Iterator[Figure]:
    """Ask chDB's own funnel function of a table in the order that suits it; note its retention among the engines."""
    said = answer_of(folder, ("chdb",), _CHDB, str(folder / "events.parquet"), str(folder / "clickhouse"))
    if said is None:
        return
    levels = {int(level): int(n) for level, n in said["levels"]}
    assert [sum(n for level, n in levels.items() if level >= step) for step in range(1, 5)] == counts, levels
    yield Figure(f"loading {FEW:,} events in order, chDB", said["load"], "CPU s", 120.0)
    name = f"funnel of {FEW:,} events, chDB's windowFunnel"
    yield Figure(name, said["funnel"] / _seconds(lambda: _funnel(parts)), "×", 10.0, "at least")
    engines["chDB"] = said["retention"]


def _upkeep(directory: Path) -> Iterator[Figure]:
    """Yield what one more day costs, of a day's share of making all days."""
    directory.mkdir()
    rules = session_rules(Settings(), None)
    with open_ledger(directory, memory_limit="2GB") as ledger:
        for day in range(_DAYS):
            _load(ledger, day)
        refresh_sessions(ledger, rules)
        open_cache(directory, ledger)
        with cpu_seconds() as nothing_new:
            open_cache(directory, ledger)
        delete_cache(directory)
        with cpu_seconds() as whole:
            open_cache(directory, ledger)
        _load(ledger, _DAYS)
        refresh_sessions(ledger, rules)
        with cpu_seconds() as one_day:
            found = open_cache(directory, ledger)
        assert found.n_made == 1
    share = whole.seconds / _DAYS
    grown = max(one_day.seconds - nothing_new.seconds, 0.0)
    yield Figure(f"one more day of {_EVENTS_A_DAY:,} events, of a day's share", grown / share, "×", 2.0)
    yield Figure(f"opening a cache of {_DAYS * _EVENTS_A_DAY:,} events with all checks", nothing_new.seconds, "s", 5.0)


def _load(ledger: Ledger, day: int) -> None:
    rng = np.random.default_rng(1000 + day)
    start = datetime(2026, 9, 1 + day, tzinfo=UTC).replace(tzinfo=None)
    n = _EVENTS_A_DAY
    names = np.array(["product_view", "page_view", "add_to_cart", "order_created", "purchase"])
    hours = np.sort(rng.integers(0, 86_400, n))
    same = {"shop_id": 1, "clock": "stated", "source": "segment", "kind": "behaviour", "page_host": "s", "n_items": 0,
            "batch_id": day + 1, "line_no": 1, "place": 0, "event_date": start.date()}  # fmt: skip
    columns = {name: pa.repeat(pa.scalar(value), n) for name, value in same.items()} | {
        "event_id": pa.array(rng.integers(0, 2**62, n).astype(np.uint64)),
        "row_hash": pa.array(rng.integers(0, 2**62, n).astype(np.uint64)),
        "event_at": pa.array(np.datetime64(start, "us") + hours.astype("timedelta64[s]").astype("timedelta64[us]")),
        "event_hour": pa.array((hours // 3600).astype(np.int32)),
        "name": pa.array(names[np.searchsorted(np.cumsum(_SHARES)[:-1], rng.random(n))]),
        "anon_id": pa.array([f"h1:{who:032x}" for who in rng.integers(0, 100_000, n).tolist()]),
        "page_path": pa.array([f"/item/{page}" for page in rng.integers(0, 500, n).tolist()]),
        "row_no": pa.array(np.arange(n)),
    }
    schema = pa.schema([field for field in arrow_schema(EVENT) if field.name in columns])
    rows = pa.table([columns[field.name].cast(field.type) for field in schema], schema=schema)
    counts = ("accepted", "duplicate", "superseded", "quarantined", "rejected", "received", "non_data")
    batch = {
        "batch_id": day + 1, "shop_id": 1, "platform": "own_site", "dataset": "events", "format_id": "events.segment",
        "file_name": "a", "sha256": str(timedelta(days=day)), "header_signature": "", **dict.fromkeys(counts, 0),
    }  # fmt: skip
    with ledger.transaction() as tx:
        tx.insert("event", rows)
        tx.insert("source_batch", pa.Table.from_pylist([batch]))
