"""Buyers' ids and what ties them, written where a world has them, loaded and held against its people (X-22, X-24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from tests.collect.loading.shops import Till, till_at
from tests.simulate.exports.reports import Reports

from zhanggui.collect.mapping.map_file import read_map
from zhanggui.ledger.identity import refresh_identity
from zhanggui.simulate import Options, Platform
from zhanggui.simulate.exports.exports import Exports
from zhanggui.simulate.exports.writing import WrittenFile, midnight_after
from zhanggui.simulate.records import ORDERS, OrderKind
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.world import World
from zhanggui.understand.customers.coverage import shares
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.private_domain import private_domain
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

OPTIONS = Options(
    days=30, orders_per_day=160, seed=5, platforms=(Platform.TMALL, Platform.PINDUODUO), has_buyer_ids=True
)
UNTIL = midnight_after(OPTIONS.end)
READ = ("orders", "marked_orders", "wecom_contacts", "order_buyers", "member_ids")


@dataclass(frozen=True)
class Known:
    """A world, its files, a shop that read them, and who paid for what: store, person and order of each paid order."""

    world: World
    files: tuple[WrittenFile, ...]
    till: Till
    paid: dict[int, tuple[int, int, int]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder: Path = tmp_path_factory.mktemp("known")
    world = World(OPTIONS)
    exports = Exports(folder / "world", world)
    paid: dict[int, tuple[int, int, int]] = {}
    for _ in range(OPTIONS.days):
        records = world.step()
        exports.write(records)
        orders = records[ORDERS]
        is_paid = (orders["paid_at"] != NEVER) & (orders["kind"] == OrderKind.ORDINARY)
        for row in np.flatnonzero(is_paid).tolist():
            store, person, order, at = (int(orders[name][row]) for name in ("store", "person", "order", "paid_at"))
            paid[order] = (store, person, at)
    files = exports.close().files
    with till_at(folder) as till:
        read = [file for file in files if file.dataset in READ]
        for (store, map_file), group in groupby(read, key=lambda file: (file.store, file.map)):
            layout = read_map(map_file) if map_file else None
            loaded = till.load_all([file.path for file in group], store=store or None, layout=layout)
            for report in loaded.files:
                assert report.exit_code == 0, report.to_json()
        refresh_identity(till.ledger)
        yield Known(world, files, till, {order: one for order, one in paid.items() if one[2] < UNTIL})


def test_by_default_no_report_names_a_buyer(reports: Reports) -> None:
    assert not {file.dataset for file in reports.files} & {"order_buyers", "member_ids", "wecom_contacts"}


def test_every_order_of_a_platform_names_its_buyer(known: Known) -> None:
    desk = Desk(known.till.shop, known.till.ledger)

    assert {each.platform: each.share for each in shares(desk, View())} == {"taobao": 1.0, "pinduoduo": 1.0}


def test_one_person_is_who_agreed_and_else_each_stores_own(known: Known) -> None:
    desk = Desk(known.till.shop, known.till.ledger)
    agreed = known.world.people.has_consent
    people = {("person", person) if agreed[person] else (store, person) for store, person, _ in known.paid.values()}

    assert people_of(desk, View()).n_buyers == len(people)


def test_contacts_are_those_whom_the_world_knows(known: Known) -> None:
    desk = Desk(known.till.shop, known.till.ledger)
    found = private_domain(desk, View())
    at = known.world.people.wecom_at
    # Who withdrew his consent stays a contact, and is tied to no order.
    is_contact = (at != NEVER) & (at < UNTIL) & known.world.people.has_consent
    bought = {person for _, person, _ in known.paid.values()}
    own = {person for person in bought if is_contact[person]}

    assert found.contacts.n_buyers == len(own) > 30
    assert found.contacts.n_orders == sum(person in own for _, person, _ in known.paid.values())
    assert found.contacts.n_orders + found.others.n_orders == len(known.paid)
