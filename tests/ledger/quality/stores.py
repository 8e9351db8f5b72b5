"""Stores for the checks of data quality: one that a check fails and one that it passes, differing by that alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.metrics.ledgers import Row, batch, store, stored_in

from zhanggui.ledger.quality.sources import datasets_of

FIRST = date(2026, 4, 6)
"""A Monday; neither it nor the six weeks after it lie in a promotion of the trade."""
N_DAYS = 43
MIDDLE = FIRST + timedelta(days=20)
LOADED = datetime.fromisoformat("2026-05-20T09:00:00+08:00")

Tables = Mapping[str, Sequence[Row]]
"""Rows by table; ``_file`` numbers the file of a row where a table has several."""
Written = Callable[[bool], Tables]


@dataclass(frozen=True, slots=True)
class Case:
    """What a check is tried on.

    Attributes
    ----------
    check : str
        Its name.
    written : callable
        Gives the rows of a store, broken or sound.
    money : int or None
        Money at stake in the broken one, in minor units.
    n_findings : int
        What it finds there.
    """

    check: str
    written: Written
    money: int | None = None
    n_findings: int = 1


CASES: dict[str, Case] = {}


def case(check: str, *, money: int | None = None, n_findings: int = 1) -> Callable[[Written], Written]:
    """Keep a function as the case of a check."""

    def kept(written: Written) -> Written:
        CASES[check] = Case(check, written, money, n_findings)
        return written

    return kept


def ledger_rows(cases: Sequence[tuple[int, Tables]]) -> Tables:
    """Return the rows of a ledger in which each numbered store holds the rows of one case, with its files."""
    whole: dict[str, list[Row]] = {"store": [], "source_batch": []}
    for shop_id, tables in cases:
        whole["store"].append(store(shop_id, f"店{shop_id}"))
        facts = {table: rows for table, rows in tables.items() if table != "source_batch"}
        stated = {str(row["dataset"]): row for row in tables.get("source_batch", ())}
        wanted = [(datasets_of(table)[0], _file(row)) for table, rows in facts.items() for row in rows]
        files: dict[tuple[str, int], int] = {}
        for dataset, number in dict.fromkeys([*wanted, *((dataset, 0) for dataset in stated)]):
            files[dataset, number] = 1000 * shop_id + len(files)
            plain = batch(files[dataset, number], shop_id, LOADED, dataset)
            plain |= {"period_end": None, "file_name": f"{dataset}-{number}", "currency": "CNY"}
            whole["source_batch"].append(plain | stated.get(dataset, {}))
        for table, rows in facts.items():
            written = [_stored(table, place, row, shop_id, files) for place, row in enumerate(rows)]
            whole.setdefault(table, []).extend(written)
    return whole


def _file(row: Row) -> int:
    number = row.get("_file", 0)
    assert isinstance(number, int)
    return number


def _stored(table: str, place: int, row: Row, shop_id: int, files: Mapping[tuple[str, int], int]) -> Row:
    """Return a row with its store, its file, and an id of its own where it has none."""
    filled: Row = {"shop_id": shop_id, "currency": "CNY", "row_no": place + 2}
    filled["batch_id"] = files[datasets_of(table)[0], _file(row)]
    for key in stored_in(table).key:
        if key in {"fact_key", "line_key", "refund_id", "order_id"}:
            filled[key] = f"{table}-{place}"
        elif key in {"event_id", "session_id"}:
            filled[key] = 10_000 * shop_id + place
    columns = {column.name for column in stored_in(table).columns}
    return {name: value for name, value in {**filled, **row}.items() if name in columns}


def days(*, without: Sequence[date] = ()) -> Iterator[date]:
    """Yield the days of a store's history, some left out."""
    for place in range(N_DAYS):
        day = FIRST + timedelta(days=place)
        if day not in without:
            yield day


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour))


def order(day: date, name: str | None = None, **more: object) -> Row:
    """Return a paid order of 100.00."""
    row: Row = {"created_date": day, "created_hour": 10, "created_at": at(day), "paid_date": day, "is_paid": True}
    row |= {"created_minor": 10_000, "paid_minor": 10_000, "refunded_minor": 0, "n_lines": 1, "status": "completed"}
    return row | ({} if name is None else {"order_id": name}) | more


def orders(n_a_day: int = 15, *, without: Sequence[date] = ()) -> list[Row]:
    """Return so many orders on every day."""
    return [order(day) for day in days(without=without) for _ in range(n_a_day)]


def named(day_column: str, broken: bool, **more: object) -> list[Row]:
    """Return rows that name `known_orders`, twenty a day; on the middle day five name orders that nobody holds."""
    return [
        {"order_id": f"X{place}" if broken and day == MIDDLE and place < 5 else f"K{place}", day_column: day} | more
        for day in days()
        for place in range(20)
    ]


def known_orders() -> list[Row]:
    """Return the orders that `named` rows name, long before them."""
    early = FIRST - timedelta(days=100)
    return [order(early, f"K{place}") for place in range(20)]


def gap(broken: bool) -> list[date]:
    return [MIDDLE] if broken else []


def every_day(n: int, broken: bool, *, n_then: int = 0, **row: object) -> list[Row]:
    """Return so many rows a day, fewer on the middle day of what is broken."""
    day_column = str(row.pop("on"))
    return [{day_column: day} | row for day in days() for _ in range(n_then if broken and day == MIDDLE else n)]


def moves(n: int, broken: bool, *, n_then: int = 0) -> list[Row]:
    return every_day(n, broken, n_then=n_then, on="occurred_date", warehouse="主仓", internal_sku="S", quantity=1)


def move(day: date, quantity: int, **more: object) -> Row:
    row: Row = {"occurred_date": day, "occurred_at": at(day), "warehouse": "主仓", "internal_sku": "S"}
    return row | {"quantity": quantity} | more


def cost(sku: str, minor: int) -> list[Row]:
    return [{"internal_sku": sku, "valid_from": FIRST, "unit_cost_minor": minor}]
