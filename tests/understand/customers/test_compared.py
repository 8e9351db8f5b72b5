"""Orders that were followed, and contacts beside other buyers, over a crowd counted by hand (X-22, X-24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.audiences.people_with_everything import goods_of
from tests.understand.customers.crowd import LAST, crowd, desk_of, orders_of, paid, tables_of

from zhanggui.metrics import Filter
from zhanggui.understand.customers.answers import ANSWERS
from zhanggui.understand.customers.order_repurchase import order_repurchase
from zhanggui.understand.customers.private_domain import private_domain
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

N_CONTACTS = 30
CONTACTS = [f"once{n:02d}" for n in range(N_CONTACTS - 4)] + [f"often{n}" for n in range(4)]


def bought() -> dict[str, list[tuple[str, int]]]:
    """Return the crowd with 40 more buyers who came once in March."""
    more = {f"more{n:02d}": [(f"2026-03-{1 + n % 28:02d}", 20_00 + n)] for n in range(40)}
    return {**crowd(), "once24": [("2026-02-03", 5_00)], "once25": [("2026-02-04", 6_00)], **more}


def orders() -> list[Row]:
    """Return their orders, one of them split in two on its day, and one given back whole."""
    split = paid("twice0", "2026-04-01", 1_00, 9)
    back = paid("more00", "2026-03-20", 9_00, 9)
    back["refunded_minor"] = back["paid_minor"]
    return [*orders_of(bought()), split, back]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    held = orders()
    tied: list[Row] = [
        {"id_kind": kind, "id_key": key, "person_key": buyer, "confidence": Decimal(1)}
        for buyer in CONTACTS
        for kind, key in (("buyer", buyer), ("contact", f"wm-{buyer}"))
    ]
    # Somebody whom an employee knows and who never bought.
    tied.append({"id_kind": "contact", "id_key": "wm-stranger", "person_key": "wm-stranger", "confidence": Decimal(1)})
    tables = tables_of(held, identity=tied, order_line=goods_of(held))
    with desk_of(tmp_path_factory.mktemp("compared") / "shop", tables) as found:
        yield found


def by_hand(days: int, first: date, last: date) -> tuple[int, int]:
    """Return orders of these days, and those that a later day of the same buyer followed in time."""
    kept: list[tuple[str, date]] = []
    for row in orders():
        day = row["paid_date"]
        assert isinstance(day, date)
        if row["refunded_minor"] != row["paid_minor"]:
            kept.append((str(row["buyer_key"]), day))
    n = n_followed = 0
    for buyer, day in kept:
        if first <= day <= min(last, LAST - timedelta(days=days)):
            n += 1
            n_followed += any(who == buyer and day < then <= day + timedelta(days=days) for who, then in kept)
    return n, n_followed


@pytest.mark.parametrize("days", [35, 60])
def test_orders_are_followed_as_counted_by_hand(desk: Desk, days: int) -> None:
    found = order_repurchase(desk, View(), days=days)

    assert (found.n_orders, found.n_followed) == by_hand(days, date(2026, 1, 1), LAST)
    assert found.low < found.rate < found.high


def test_the_days_choose_the_orders_and_not_what_follows(desk: Desk) -> None:
    view = View(date_from=date(2026, 4, 1), date_to=date(2026, 4, 30))
    # 8 who came twice, one of them with an order split in two, and 4 regulars: fewer than 30.
    assert by_hand(35, date(2026, 4, 1), date(2026, 4, 30)) == (13, 11)
    with pytest.raises(ThinDataError, match="Only 13 orders"):
        order_repurchase(desk, view, days=35)
    view = View(date_from=date(2026, 3, 1), date_to=date(2026, 4, 30))
    found = order_repurchase(desk, view, days=35)

    assert (found.first, found.last) == (date(2026, 3, 1), date(2026, 4, 30))
    assert (found.n_orders, found.n_followed) == by_hand(35, date(2026, 3, 1), date(2026, 4, 30))


def test_a_category_and_a_store_choose_the_orders(desk: Desk) -> None:
    whole = order_repurchase(desk, View(), days=20)
    # Shirts are what the 8 bought twice, once in an order split in two.
    with pytest.raises(ThinDataError, match="Only 17 orders"):
        order_repurchase(desk, View(), days=20, categories=["衬衫"])
    assert order_repurchase(desk, View(), days=20, categories=["茶"]).n_orders == whole.n_orders - 17
    with pytest.raises(ThinDataError, match="Only 0 orders"):
        order_repurchase(desk, View(where=(Filter("platform", ("jd",)),)), days=20)


def test_contacts_are_held_against_all_other_buyers(desk: Desk) -> None:
    paid_by: dict[str, int] = {}
    for row in orders():
        buyer = str(row["buyer_key"])
        paid_by[buyer] = paid_by.get(buyer, 0) + int(str(row["paid_minor"]))
    own = [minor for buyer, minor in paid_by.items() if buyer in CONTACTS]
    other = [minor for buyer, minor in paid_by.items() if buyer not in CONTACTS]

    found = private_domain(desk, View())

    assert (found.contacts.n_buyers, found.others.n_buyers) == (N_CONTACTS, len(other)) == (30, 48)
    assert (found.contacts.paid_minor, found.others.paid_minor) == (sum(own), sum(other))
    # What was given back whole was paid, and is not net.
    assert found.others.paid_minor - found.others.net_minor == 9_00
    assert found.ratio == pytest.approx(mean(own) / mean(other))
    assert found.low < found.ratio < found.high


def test_too_few_on_either_side_are_refused(desk: Desk) -> None:
    with pytest.raises(ThinDataError, match="4 buyers who are contacts"):
        private_domain(desk, View(), days=60)
    with pytest.raises(ThinDataError, match="0 buyers who are contacts"):
        private_domain(desk, View(), categories=["none"])


def test_both_answer_as_programs_ask(desk: Desk) -> None:
    answered = ANSWERS["order-repurchase"](desk, [("days", "20")]).model_dump(mode="json")
    assert (answered["orders"], answered["days"], answered["evidence"]) == (
        by_hand(20, date(2026, 1, 1), LAST)[0],
        20,
        "counted",
    )
    answered = ANSWERS["private-domain"](desk, [("days", "365")]).model_dump(mode="json")
    side = answered["contacts"]
    assert (side["buyers"], side["paid_each"]) == (30, round(side["paid"] / 30, 2))
    assert "control" in answered["warnings"][0]["en"]
