"""The event cache against the events of its ledger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.empty_ledgers import put_empty_ledger
from tests.ledger.sessions.made_events import SETTINGS, event, put
from tests.statements import shared_statements

from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.eventcache import CACHE_DIR, EventCache, delete_cache, open_cache
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.methods.kernels import first_out_of_order

DAY = 24 * 60


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    put_empty_ledger(tmp_path)
    with open_ledger(tmp_path, threads=1, statements=shared_statements()) as opened:
        yield opened


def load(ledger: Ledger, events: list[dict[str, Any]], batch_id: int = 1) -> None:
    put(ledger, events, batch_id=batch_id)
    refresh_sessions(ledger, session_rules(SETTINGS, None))


def told(cache: EventCache) -> list[tuple[object, ...]]:
    """Return what a cache holds, in words, in the order it holds it."""
    rows: list[tuple[object, ...]] = []
    for shop in cache.shops.values():
        for part in shop.parts:
            assert first_out_of_order(part.visitor, part.at) == -1
            columns = ("visitor", "name", "page", "channel", "device", "item", "order", "term")
            for row in range(part.at.size):
                words = tuple(shop.text(column, int(getattr(part, column)[row])) for column in columns)
                rows.append((int(part.at[row]), *words))
    return sorted(rows, key=str)


def some_events(seed: int, n: int, first_day: int, n_days: int) -> list[dict[str, Any]]:
    """Return events of a few visitors, many at the same moment."""
    draw = random.Random(seed)
    return [
        event(
            draw.randrange(first_day * DAY, (first_day + n_days) * DAY, 20),
            event_id=seed * 10_000 + number,
            anon_id=draw.choice("abcd"),
            name=draw.choice(["page_view", "add_to_cart", "search"]),
            page_path=draw.choice(["/", "/a", None]),
            search_term=draw.choice(["x", None]),
            row_hash=draw.randrange(1 << 40),
        )
        for number in range(n)
    ]


def test_what_is_kept_is_what_the_ledger_holds_without_machines(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [*some_events(1, 60, 0, 3), event(5, anon_id="robot", bot_mark="agent", event_id=7)])
    cache = open_cache(tmp_path, ledger)
    table = ledger.table("event")
    people = table.filter(table.anon_id != "robot")
    rows = ledger.query(people.select("event_at", "anon_id", "name", "page_path", "search_term")).to_pylist()
    wanted = sorted(
        (str(row["anon_id"]), str(row["name"]), str(row["page_path"]), str(row["search_term"])) for row in rows
    )
    assert sorted((str(row[1]), str(row[2]), str(row[3]), str(row[8])) for row in told(cache)) == wanted
    sessions = ledger.table("session")
    n_visits = ledger.query(sessions.filter(~sessions.is_bot).select("session_id")).num_rows
    assert sum(part.n_visits for part in cache.shops[1].parts) == n_visits


def test_one_more_day_makes_one_part_and_nothing_new_makes_none(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, some_events(1, 40, 0, 4))
    n_first = open_cache(tmp_path, ledger).n_made
    assert open_cache(tmp_path, ledger).n_made == 0
    load(ledger, some_events(2, 10, 5, 1), batch_id=2)
    assert (n_first, open_cache(tmp_path, ledger).n_made) == (4, 1)


@pytest.mark.parametrize("seed", range(2))
def test_brought_in_step_load_by_load_it_is_what_it_would_be_made_at_once(
    ledger: Ledger, tmp_path: Path, seed: int
) -> None:
    # Late events, a month that ends on the way, days in any order.
    loads = [some_events(10 * seed + n, 25, first, 6) for n, first in enumerate((3, 26, 0, 31))]
    grown: list[tuple[object, ...]] = []
    for number, events in enumerate(loads, 1):
        load(ledger, events, batch_id=number)
        grown = told(open_cache(tmp_path, ledger))
    assert delete_cache(tmp_path)
    assert not delete_cache(tmp_path)
    assert told(open_cache(tmp_path, ledger)) == grown


def test_a_month_that_is_over_becomes_one_part_with_its_visits_in_order(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, some_events(1, 80, 0, 20))
    by_days = told(open_cache(tmp_path, ledger))
    load(ledger, [event(40 * DAY, event_id=5)], batch_id=2)
    cache = open_cache(tmp_path, ledger)
    first = cache.shops[1].parts[0]
    assert cache.n_made == 2
    assert (np.diff(first.visit)[np.diff(first.visitor) == 0] >= 0).all()
    assert [row for row in told(cache) if row[0] != int(cache.shops[1].parts[-1].at[0])] == by_days


@pytest.mark.parametrize("harm", ["flip", "cut", "list", "texts"])
def test_what_is_damaged_is_made_anew(ledger: Ledger, tmp_path: Path, harm: str) -> None:
    load(ledger, some_events(1, 40, 0, 3))
    whole = told(open_cache(tmp_path, ledger))
    folder = tmp_path / CACHE_DIR
    column = next(folder.glob("*/page.npy"))
    if harm == "flip":
        content = bytearray(column.read_bytes())
        content[-1] ^= 1
        column.write_bytes(bytes(content))
    elif harm == "cut":
        column.write_bytes(column.read_bytes()[:-4])
    elif harm == "list":
        (folder / "cache.json").write_text("{", "utf-8")
    else:
        next(folder.glob("*visitor*.arrow")).unlink()
    again = open_cache(tmp_path, ledger)
    assert again.n_made >= 1
    assert told(again) == whole


def test_of_events_that_are_deleted_nothing_stays_behind(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [event(1, anon_id="gone"), event(2, anon_id="stays")])
    open_cache(tmp_path, ledger)
    with ledger.transaction() as tx:
        tx.delete("event", pa.table({"anon_id": ["gone"]}), on=("anon_id",))
    assert open_cache(tmp_path, ledger).shops[1].texts["visitor"].to_pylist() == ["stays"]
    assert not any(b"gone" in path.read_bytes() for path in (tmp_path / CACHE_DIR).rglob("*") if path.is_file())


def test_devices_of_one_account_are_one_person_and_a_shared_device_is_nobody_elses(
    ledger: Ledger, tmp_path: Path
) -> None:
    load(
        ledger,
        [
            event(1, anon_id="phone"),
            event(2, anon_id="phone", user_key="u"),
            event(3, anon_id="desk", user_key="u"),
            event(4, anon_id="shared", user_key="u"),
            event(5, anon_id="shared", user_key="w"),
            event(6, anon_id=None, user_key="u"),
        ],
    )
    shop = open_cache(tmp_path, ledger).shops[1]
    person = dict(zip(shop.texts["visitor"].to_pylist(), shop.person_of.tolist(), strict=True))
    assert person["phone"] == person["desk"] == person["u"]
    assert person["shared"] != person["u"]
    together = [
        (int(one), int(at)) for who, part in shop.by_person(shop.parts[0]) for one, at in zip(who, part.at, strict=True)
    ]
    own = [at for one, at in together if one == person["u"]]
    assert len(own) == 4
    assert own == sorted(own)


def test_days_are_cut_out_and_a_shop_without_events_has_no_part(ledger: Ledger, tmp_path: Path) -> None:
    assert open_cache(tmp_path, ledger).shops == {}
    load(ledger, some_events(1, 80, 0, 20))
    shop = open_cache(tmp_path, ledger).shops[1]
    some = list(shop.between(date(2026, 9, 3), date(2026, 9, 5)))
    days = {int(day) for part in some for day in part.day}
    assert days <= {(date(2026, 9, day) - date(1970, 1, 1)).days for day in (3, 4, 5)}
    assert shop.days() is not None
