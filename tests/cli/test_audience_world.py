"""Audiences of a simulated shop, against people counted from the world's own files without any of our code."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.lengths import IS_LONG

from zhanggui.cli.entry import run

pytestmark = pytest.mark.skipif(not IS_LONG, reason="takes minutes: `ZHANGGUI_LONG=1 make test`")

OWN = "禾木商城"
Purchases = list[dict[str, str]]


def rows_of(pattern: str, folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a demo shop of 40 days."""
    shop = tmp_path_factory.mktemp("world") / "demo"
    with redirect_stdout(StringIO()):
        assert run(["demo", "--days", "40", "--orders-per-day", "100", "--no-serve", "--dir", str(shop), "--json"]) == 0
    return shop


def buyers_of(world: Path) -> dict[str, Purchases]:
    """Return the paid orders of each member number of the own shop, without those on the company's special list."""
    special = {value for row in rows_of("erp/特殊订单登记_*.csv", world) for value in row.values()}
    orders = {row["订单号"]: row for row in rows_of(f"{OWN}/{OWN}_订单_*.csv", world)}
    found: dict[str, Purchases] = {}
    for row in orders.values():
        if row["付款时间"] and row["会员编号"] and row["订单号"] not in special:
            found.setdefault(row["会员编号"], []).append(row)
    return found


def test_every_count_equals_that_of_the_worlds_own_files(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    world = shop / "world"
    buyers = buyers_of(world)
    as_of = max(date.fromisoformat(row["付款时间"][:10]) for rows in buyers.values() for row in rows)
    members: dict[str, list[dict[str, str]]] = {}
    for row in rows_of("crm/会员资料.csv", world):
        members.setdefault(row["手机号"], []).append(row)

    def age(row: dict[str, str]) -> int:
        return (as_of - date.fromisoformat(row["付款时间"][:10])).days

    def paid(rows: Purchases) -> float:
        return round(sum(float(row["实付金额"]) for row in rows), 2)

    def tiers(rows: Purchases) -> set[str]:
        return {member["会员等级"] for row in rows for member in members.get(row["手机号"], [])}

    cases: list[tuple[dict[str, object], Callable[[Purchases], bool]]] = [
        ({"kind": "metric", "metric": "orders_paid", "value": 2}, lambda rows: len(rows) >= 2),
        ({"kind": "metric", "metric": "gmv_paid", "value": 300}, lambda rows: paid(rows) >= 300),
        (
            {"kind": "metric", "metric": "gmv_paid", "value": 150, "last_days": 30},
            lambda rows: paid([row for row in rows if age(row) < 30]) >= 150,
        ),
        ({"kind": "days_since", "compare": ">=", "value": 20}, lambda rows: min(map(age, rows)) >= 20),
        (
            {"kind": "days_since", "moment": "first_order", "compare": "<", "value": 20},
            lambda rows: max(map(age, rows)) < 20,
        ),
        (
            {"kind": "province", "any_of": ["广东"]},
            lambda rows: max(rows, key=lambda row: row["付款时间"])["省份"].startswith("广东"),
        ),
        ({"kind": "member", "any_of": ["金会员", "黑卡"]}, lambda rows: bool(tiers(rows) & {"金会员", "黑卡"})),
    ]
    document = tmp_path / "audience.json"
    for condition, holds in cases:
        document.write_text(json.dumps({"name": "a", "condition": condition}), "utf-8")
        found = zhanggui("customers", "audience", "preview", document, "--json", "--shop", shop).json
        wanted = sum(holds(rows) for rows in buyers.values())

        assert (found["size"], found["among"]) == (wanted, len(buyers)), condition
        assert 0 < wanted < len(buyers), condition


def test_beauty_is_bought_late_and_food_at_noon(zhanggui: Run, shop: Path) -> None:
    """The two peaks that the sources name (M-TRAFFIC-10)."""
    found = zhanggui("customers", "behaviour", "--json", "--shop", shop).json
    peaks = {row["name"]: row["peak_hour"] for row in found["categories"] if row["differs"] and row["orders"] > 100}

    late = {peaks[name] for name in ("面膜", "面霜", "底妆", "身体护理") if name in peaks}
    noon = {peaks[name] for name in ("零食坚果", "水果", "粮油", "厨具") if name in peaks}
    assert late
    assert late <= {20, 21, 22, 23}
    assert noon
    assert noon <= {9, 10, 11, 12, 13}
