"""One customer: what the ledger holds, what it makes of it, and what of it may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, csv, layout, till_at
from tests.metrics.ledgers import Row, line, refund
from tests.understand.customers.crowd import crowd, desk_of, orders_of, paid, tables_of

from zhanggui.ledger.identity import refresh_identity
from zhanggui.ledger.jobs import DataUses
from zhanggui.understand.customers.merges import NoReasonError
from zhanggui.understand.customers.people import person_href
from zhanggui.understand.customers.person import person
from zhanggui.understand.customers.person_answers import person_answer
from zhanggui.understand.customers.person_desk import everybody, person_figures, person_orders, person_profile
from zhanggui.understand.customers.personal import SEE_PERSONAL, ClearViewRefusedError, Grant, personal_fields
from zhanggui.understand.customers.rfm_desk import rfm_customers
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


def seen(number: int, name: str, **more: object) -> Row:
    return {"shop_id": 1, "event_id": number, "event_date": date(2026, 5, number), "event_hour": 9, "clock": "stated",
            "source": "segment", "kind": "behaviour", "name": name, "user_key": "1-often", "batch_id": 1,
            "row_no": number} | more  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd and Often: bought tea on the first of February to May, looked at it twice, made it a favourite."""
    orders = [
        *orders_of(crowd()),
        *(paid("1-often", f"2026-0{month}-01", 100_00, province="江苏") for month in (2, 3, 4, 5)),
        paid("1-often", "2026-05-20", 80_00, refunded=80_00),
    ]
    events = [seen(1, "product_view"), seen(2, "product_view"), seen(3, "favourite")]
    items = [
        {"shop_id": 1, "event_id": n, "item_no": 0, "event_date": date(2026, 5, n), "name": name, "product_id": "tea",
         "currency": "CNY", "batch_id": 1, "row_no": n}
        for n, name in ((1, "product_view"), (2, "product_view"), (3, "favourite"))
    ]  # fmt: skip
    lines = [line("1-often-2026-05-01-0", 1, "tea", 3, 100_00, 100_00, batch_id=1)]
    member: Row = {"shop_id": 1, "fact_key": "m", "member_key": "m", "buyer_key": "1-often", "tier": "金会员",
                   "points_balance": 7, "has_consent": 0, "currency": "CNY", "batch_id": 1, "row_no": 1}  # fmt: skip
    review: Row = {"shop_id": 1, "fact_key": "r", "review_id": "r", "order_id": "1-often-2026-05-01-0", "stars": 4,
                   "currency": "CNY", "batch_id": 1, "row_no": 1}  # fmt: skip
    back = [refund("b", "1-often-2026-05-20-0", "2026-05-20", 80_00, buyer_key="1-often", batch_id=1)]
    tables = tables_of(
        orders, refund=back, event=events, event_item=items, order_line=lines, member=[member], review=[review]
    )
    with desk_of(tmp_path_factory.mktemp("person") / "shop", tables) as found:
        refresh_identity(found.ledger)
        yield found


def test_orders_goods_reviews_and_membership_stand_on_one_page(desk: Desk) -> None:
    found = person_answer(desk, "1-often")

    # Five paid orders, the last given back whole: it counts neither as a purchase nor as revenue.
    assert (found.orders_paid, found.net_revenue, found.last_day) == (5, 400.0, date(2026, 5, 1))
    assert [(row.product_id, row.views, row.favourites, row.bought) for row in found.goods] == [("tea", 2, 1, 3)]
    assert (found.tier, found.points, found.consent.en) == ("金会员", 7, "did not agree to marketing")
    assert [row.stars for row in found.reviews] == [4]
    assert [row.kind for row in found.ids] == ["buyer", "member"]


def test_the_next_order_follows_the_persons_own_rhythm(desk: Desk) -> None:
    due = person_answer(desk, "1-often").next_order

    # Intervals of 28, 31 and 30 days: the median after 1 May.
    assert due is not None
    assert (due.day, due.interval_days, due.is_own_rhythm) == (date(2026, 5, 31), 30, True)


def test_who_bought_seldom_is_due_by_the_rhythm_of_all(tmp_path: Path) -> None:
    orders = [*orders_of(crowd()), paid("1-once-more", "2026-06-01", 10_00)]
    with desk_of(tmp_path / "shop", tables_of(orders)) as small:
        due = person(small, "1-once-more").next_order

    assert due is not None
    assert not due.is_own
    assert due.n_own == 0


def test_reasons_name_segment_stage_and_rhythm(desk: Desk) -> None:
    found = person_answer(desk, "1-often")

    assert found.segment is not None
    assert found.stage == "retention"
    said = " ".join(text.en for text in found.reasons)
    assert f"R{found.segment.recency}" in said
    assert "median of 3 own intervals" in said
    assert "less than 90 days" in said


def test_lists_of_customers_lead_to_one(desk: Desk) -> None:
    everyone = everybody(desk, View())
    assert everyone.rows[0]["_href"] == person_href("often3") or str(everyone.rows[0]["_href"]).startswith(
        "/customers/"
    )
    segment = rfm_customers(desk, View(name="high_value"))
    assert all(str(row["_href"]).startswith("/customers/person/") for row in segment.rows)


def test_tiles_name_the_customer_or_say_that_there_is_none(desk: Desk) -> None:
    assert person_figures(desk, View(name="1-often")).items[0].value == 5
    orders = person_orders(desk, View(name="1-often"))
    assert orders.n_rows == 5
    missing = person_profile(desk, View(name="nobody-at-all"))
    assert missing.empty is not None
    assert "is nobody's id" in missing.empty.en


MEMBERS = [(str(900 + n), f"1380013800{n}", "是") for n in range(7)]
ORDERS = [(f"o{n}", "2026-06-01 10:00:00", "10.00", str(900 + n), f"1380013800{n}", "张三丰") for n in range(6)]
POINTS = [(f"p{n}", str(900 + n), "2026-06-02 10:00:00", "10", "earn", f"o{n}") for n in range(5)]


def _load(till: Till) -> None:
    orders = {"order_id": "order", "created_at": "paid", "paid_at": "paid", "order_amount": "amount",
              "paid_amount": "amount", "buyer_id": "member", "phone": "phone", "receiver_name": "name"}  # fmt: skip
    till.taken("orders.csv", csv(("order", "paid", "amount", "member", "phone", "name"), *ORDERS),
               layout=layout("orders", orders))  # fmt: skip
    till.taken("members.csv", csv(("id", "phone", "agrees"), *MEMBERS),
               layout=layout("members", {"member_id": "id", "phone": "phone", "has_consent": "agrees"}))  # fmt: skip
    points = {"points_entry_id": "id", "member_id": "member", "occurred_at": "at", "points": "n",
              "points_reason": "why", "order_id": "order"}  # fmt: skip
    till.taken("points.csv", csv(("id", "member", "at", "n", "why", "order"), *POINTS),
               layout=layout("points", points))  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Load seven members whose file names no buyer id, six orders and points for five of them, out of plain files."""
    with till_at(tmp_path_factory.mktemp("loaded")) as till:
        _load(till)
        till.shop.keep_in_step(till.ledger)
        yield Desk(till.shop, till.ledger)


@pytest.mark.slow
def test_members_without_a_buyer_id_are_tied_to_their_orders(loaded: Desk) -> None:
    identity = loaded.ledger.table("identity")
    rows = loaded.ledger.query(identity.filter(identity.id_kind == "member")).to_pylist()

    # Points prove five; the number of the other two is the same in both files of a store that numbers alike.
    assert len(rows) == 7
    bought = loaded.ledger.query(loaded.ledger.table("order_header").select("buyer_key")).column(0).to_pylist()
    assert len({row["person_key"] for row in rows} & set(bought)) == 6


@pytest.mark.slow
def test_personal_cells_are_masked_without_a_right(loaded: Desk) -> None:
    key = loaded.ledger.query(loaded.ledger.table("order_header").order_by("order_id").select("buyer_key")).column(0)
    found = person(loaded, str(key[0]))

    fields = {field.label: field.value for field in personal_fields(loaded, found.ids, found.facts)}
    assert fields["phone"] == "138****8000"
    assert fields["name"] == "张**"
    before = len(DataUses(loaded.shop.state).list_uses())
    with pytest.raises(ClearViewRefusedError, match="takes a right of an account"):
        personal_fields(loaded, found.ids, found.facts, Grant(reason="call back"))
    assert len(DataUses(loaded.shop.state).list_uses()) == before


@pytest.mark.slow
def test_a_clear_view_takes_a_right_and_a_reason_and_is_put_on_record(loaded: Desk) -> None:
    key = loaded.ledger.query(loaded.ledger.table("order_header").order_by("order_id").select("buyer_key")).column(0)
    found = person(loaded, str(key[0]))
    right = frozenset({SEE_PERSONAL})

    with pytest.raises(NoReasonError):
        personal_fields(loaded, found.ids, found.facts, Grant("anna", right, " "))
    fields = personal_fields(loaded, found.ids, found.facts, Grant("anna", right, "parcel came back"))

    assert {"13800138000", "张三丰"} <= {field.value for field in fields if not field.is_masked}
    [use] = DataUses(loaded.shop.state).list_uses()
    assert (use.what, use.about, use.purpose, use.n_people) == (
        "clear_view",
        found.ids.person_key,
        "parcel came back",
        1,
    )
