"""Who is who in a simulated world, held against the world's own people: every member, and every contact by phone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.lengths import IS_LONG

from zhanggui.cli.entry import run
from zhanggui.cli.opened import owned_ledger
from zhanggui.ledger.privacy.tokens import Tokenizer
from zhanggui.ledger.shop import Shop
from zhanggui.simulate import Options, World
from zhanggui.simulate.rows import NEVER

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_LONG, reason="a whole world takes minutes: ZHANGGUI_LONG=1"),
]


def loaded_world(folder: Path) -> tuple[World, Shop]:
    """Load a simulated shop, and make its world again: the same options give the same people."""
    options = Options(days=8, orders_per_day=120)
    size = ["--days", str(options.days), "--orders-per-day", str(options.orders_per_day)]
    assert run(["demo", *size, "--no-serve", "--dir", str(folder / "shop"), "--json"]) == 0
    world = World(options)
    for _ in range(options.days):
        world.step()
    return world, Shop.open(folder / "shop")


def test_members_are_their_own_buyers_and_contacts_those_who_have_their_phone(tmp_path: Path) -> None:
    world, shop = loaded_world(tmp_path)
    people = world.people
    members = np.flatnonzero(people.member_no != NEVER)
    tokens = Tokenizer(shop.key)
    numbers = [str(number) for number in people.member_no[members].tolist()]
    site = next(store.shop_id for store in shop.stores.list_stores() if store.platform == "own_site")
    as_member = [f"{site}-{token}" for token in tokens.tokens(numbers, "member").to_pylist()]
    as_buyer = [f"{site}-{token}" for token in tokens.tokens(numbers, "buyer").to_pylist()]
    nicknames = tokens.tokens(people.nicknames(np.arange(len(people))), "name").to_pylist()
    named: dict[str, set[int]] = {}
    for person, token in enumerate(nicknames):
        named.setdefault(token, set()).add(person)

    with owned_ledger(shop) as ledger:
        found = {
            (row["id_kind"], row["id_key"]): row["person_key"]
            for row in ledger.query(ledger.table("identity")).to_pylist()
        }
        listed = set(ledger.query(ledger.table("member").select("member_key")).column(0).to_pylist())

    # Every member whom a file lists is the buyer of the same number, and nobody else.
    known = [place for place, key in enumerate(as_member) if key.partition("-")[2] in listed]
    assert len(known) == len(listed) > 100
    assert all(found["member", as_member[place]] == as_buyer[place] for place in known)

    # A contact is tied by phone alone; the world knows whose contact it is.
    of_buyer = {as_buyer[place]: int(members[place]) for place in known}
    tied = {key: person for (kind, key), person in found.items() if kind == "contact"}
    right = sum(of_buyer.get(person, -1) in named[key.partition("@")[0]] for key, person in tied.items())
    assert len(tied) > 10
    assert right >= 0.95 * len(tied)
