"""The product reads a simulated shop as it reads any other: all of it, and to the fen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
from tests.collect.loading.shops import Till, till_at
from tests.golden.people_by_hand import Raw, rfm_by_hand
from tests.simulate.raw_exports import Frame, orders_of, steps
from tests.simulate.some_exports import lived_and_written

from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping.map_file import read_map
from zhanggui.metrics import Filter, Question, answer
from zhanggui.metrics.question import Grain
from zhanggui.simulate import Options, Platform
from zhanggui.simulate.books import Basis, Item
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.writing import EPOCH, WrittenFile, midnight_after
from zhanggui.simulate.records import ORDERS, REFUNDS
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World
from zhanggui.understand.customers.lifecycle import Rules, lifecycle
from zhanggui.understand.customers.rfm import rfm
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

pytestmark = pytest.mark.slow

OPTIONS = Options(days=24, orders_per_day=40, seed=23)
WHOLE = "禾穗女装"
TOTALLED = frozenset({"orders", "items", "refunds"})
METRICS = ("gmv_created", "gmv_paid", "refund_amount", "orders_paid")


@dataclass(frozen=True)
class Loaded:
    """A world, its shop, and what became of each file."""

    world: World
    till: Till
    reports: tuple[FileReport, ...]
    files: tuple[tuple[str, str, Path], ...]
    days: tuple[DayRecords, ...]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    directory = tmp_path_factory.mktemp("loaded")
    world = World(OPTIONS)
    days, written = lived_and_written(directory / "world", world)
    files = tuple((file.store, str(file.dataset), file.path) for file in written)
    with till_at(directory) as till:
        yield Loaded(world, till, tuple(taken(till, written)), files, days)


def taken(till: Till, written: Sequence[WrittenFile]) -> Iterator[FileReport]:
    """Load what the totals come from, of one store everything; loading is what takes the time here."""
    files = [file for file in written if file.store == WHOLE or file.dataset in TOTALLED]
    for (store, map_file), group in groupby(files, key=lambda file: (file.store, file.map)):
        layout = read_map(map_file) if map_file else None
        report = till.load_all([file.path for file in group], store=store, layout=layout)
        yield from report.files


def test_every_row_of_every_stores_file_is_read_and_none_is_kept_aside(loaded: Loaded) -> None:
    refused = {report.file: str(report.error) for report in loaded.reports if report.error is not None}
    kept_aside = {
        report.file: report.issues
        for report in loaded.reports
        if report.classes["quarantined"] or report.classes["rejected"]
    }

    assert refused == {}
    assert kept_aside == {}
    loaded.till.check()


def test_the_ledger_holds_what_the_books_hold_to_the_fen(loaded: Loaded) -> None:
    question = Question(metrics=METRICS, by=("shop",), grain="month")
    rows = answer(loaded.till.ledger, question).table.to_pylist()

    found = {(row["shop"], f"{row['date']:%Y-%m-%d}"): [_fen(name, row[name]) for name in METRICS] for row in rows}
    assert found == told(loaded.world)


@pytest.fixture(scope="module")
def raw(loaded: Loaded) -> Frame:
    """The orders of four stores as pandas reads them from the files."""
    return orders_of(loaded.files)


@pytest.mark.parametrize("grain", ["day", "week", "month"])
@pytest.mark.parametrize("by", ["shop", "province"])
def test_figures_by_step_and_part_are_those_that_pandas_reads_from_the_files(
    loaded: Loaded, raw: Frame, grain: Grain, by: str
) -> None:
    stores = Filter("shop", tuple(sorted(set(raw["shop"]))))
    for metric, day, amount in (
        ("gmv_created", "created", "created_fen"),
        ("gmv_paid", "paid", "paid_fen"),
        ("orders_created", "created", None),
        ("orders_paid", "paid", None),
    ):
        dated = raw[raw[day].notna()].assign(step=lambda rows, day=day: steps(rows[day], grain))
        groups = dated.groupby(["step", by], dropna=False)
        wanted = (groups.size() if amount is None else groups[amount].sum()).to_dict()
        found = answer(loaded.till.ledger, Question((metric,), (by,), (stores,), grain=grain)).rows
        assert any(wanted.values())
        told = {(row["date"], row[by]): _fen(metric, row[metric]) for row in found}  # type: ignore[arg-type]  # a number
        assert {key: value for key, value in told.items() if value} == {
            key: value for key, value in wanted.items() if value
        }, metric


OWN_SITE = next(number for number, store in enumerate(STORES) if store.platform is Platform.OWN_SITE)


def bought(loaded: Loaded) -> Raw:
    """The paid orders of the own site, whose file alone names buyers, and their refunds, as the world has them."""
    as_of = midnight_after(OPTIONS.end)
    orders, refunds = (
        pd.DataFrame(dict(Rows.together(table, [day[table] for day in loaded.days]).columns))
        for table in (ORDERS, REFUNDS)
    )
    orders = orders[(orders["store"] == OWN_SITE) & (orders["paid_at"] != NEVER) & (orders["paid_at"] < as_of)]
    refunds = refunds[(refunds["refunded_at"] != NEVER) & (refunds["refunded_at"] < as_of)]
    orders = orders.rename(columns={"person": "customer", "due_minor": "minor"}).set_index("order")
    orders["day"] = pd.to_datetime(orders["paid_at"] // 86_400, unit="D")
    refunds = refunds[refunds["order"].isin(orders.index)].rename(columns={"refunded_minor": "minor"})
    orders["back"] = refunds.groupby("order")["minor"].sum()
    orders["is_kept"] = orders["back"].fillna(0) < orders["minor"]
    refunds = refunds.join(orders[["customer", "day"]], on="order")
    return Raw(orders, refunds[["customer", "day", "minor"]])


def test_segments_count_whom_the_worlds_own_orders_put_there(loaded: Loaded) -> None:
    found = rfm(Desk(loaded.till.shop, loaded.till.ledger), View())
    by_hand = rfm_by_hand(bought(loaded)).groupby("segment")["net"].agg(["count", "sum"])

    assert {code: (each.n_customers, each.net_minor) for code, each in found.segments.items()} == {
        int(code): (int(row["count"]), int(row["sum"])) for code, row in by_hand.iterrows()
    }


def test_stages_count_whom_the_worlds_own_orders_put_there(loaded: Loaded) -> None:
    found = lifecycle(Desk(loaded.till.shop, loaded.till.ledger), View(), Rules(churn_days=10))

    orders = bought(loaded).orders
    days = (orders["day"].max() - orders.groupby("customer")["day"].max()).dt.days
    assert (found.stages["retention"].n_people, found.stages["win_back"].n_people) == (
        int((days < 10).sum()),
        int((days >= 10).sum()),
    )


def told(world: World) -> dict[tuple[str, str], list[int]]:
    """The four metrics by store and month, as the world's books have them at the end."""
    as_of = midnight_after(OPTIONS.end)
    names = {store.number: store.name for store in world.stores}
    found: dict[tuple[str, str], list[int]] = {}
    items = (Item.GMV_PAID_MINOR, Item.REFUNDED_MINOR, Item.ORDERS_PAID)
    for basis in Basis:
        for account in world.books.totals(as_of, basis=basis, first_day_of=_month):
            if account.store not in names:
                continue
            key = (names[account.store], (EPOCH + timedelta(account.first_day)).isoformat())
            row = found.setdefault(key, [0, 0, 0, 0])
            if basis is Basis.MOMENT:
                row[0] += account.amounts.get(Item.GMV_REPORTED_MINOR, 0)
            else:
                row[1:] = [total + account.amounts.get(item, 0) for total, item in zip(row[1:], items, strict=True)]
    return {key: row for key, row in found.items() if any(row)}


def _month(day: int) -> int:
    return ((EPOCH + timedelta(day)).replace(day=1) - EPOCH).days


def _fen(metric: str, amount: Decimal | int | None) -> int:
    return round((amount or 0) * (1 if metric.startswith("orders") else 100))
