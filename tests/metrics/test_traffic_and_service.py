"""Visits, parcels, tickets, reviews and messages: figures worked by hand, and what is said when no file was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.metrics.ledgers import Row, arrow_rows, ledger_of, order, refund, store, stored_in

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Question, answer
from zhanggui.metrics.model import Lapse
from zhanggui.metrics.problems import CannotSplitError

MONDAY = datetime(2020, 2, 3, 8, tzinfo=UTC).replace(tzinfo=None)
"""As the ledger holds moments: UTC, without saying so."""


def visit(visitor: str, day: int, pages: int, minutes: float = 0, **said: object) -> Row:
    at = MONDAY + timedelta(days=day)
    return {
        "shop_id": 1,
        "session_id": hash((visitor, day, pages)) & 0x7FFFFFFF,
        "visitor_id": visitor,
        "started_at": at,
        "ended_at": at + timedelta(minutes=minutes),
        "session_date": at.date(),
        "channel": "search",
        "n_pages": pages,
        **said,
    }


def parcel(number: str, shipped: float | None, received: float | None, promised: float = 24, **said: object) -> Row:
    """Return a parcel promised, shipped and received so many hours after Monday, 08:00."""
    found: Row = {"shop_id": 1, "fact_key": number, "order_id": "o1", "tracking_no": number, "currency": "CNY"}
    for name, hours in (("promised", promised), ("shipped", shipped), ("received", received)):
        if hours is not None:
            at = MONDAY + timedelta(hours=hours)
            found |= {f"{name}_at": at, f"{name}_date": at.date()}
    return found | said


def fact(key: int, **said: object) -> Row:
    return {"shop_id": 1, "fact_key": str(key), "currency": "CNY", **said}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One store's visits, parcels, tickets, reviews and messages of the week of 3 February 2020."""
    first = date(2020, 2, 3)
    tickets = [
        fact(n, ticket_id=str(n), opened_at=MONDAY, opened_date=first, is_complaint=int(n == 1), topic="size",
             replied_at=None if wait is None else MONDAY + timedelta(minutes=wait))
        for n, wait in enumerate((1, 2, 3, 4, 30, None))
    ]  # fmt: skip
    reviews = [
        fact(n, review_id=str(n), reviewed_at=MONDAY, reviewed_date=first, stars=stars, product_id=product)
        for n, (stars, product) in enumerate(((5, "p1"), (4, "p1"), (3, "p1"), (1, "p2")))
    ]
    messages = [
        fact(0, message_id="0", planned_at=MONDAY, planned_date=first, is_holdout=1),
        *(
            fact(n, message_id=str(n), planned_at=MONDAY, planned_date=first, sent_at=MONDAY, campaign_name="新春",
                 clicked_at=MONDAY if n == 1 else None, is_unsubscribe=int(n == 2), is_complaint=0)
            for n in (1, 2, 3, 4)
        ),
    ]  # fmt: skip
    tables = {
        "store": [store(1, "旗舰店")],
        "order_header": [
            order("o1", "2020-02-03 08", 100_00, paid="2020-02-03 08", province="上海"),
            order("o2", "2020-02-03 09", 100_00, paid="2020-02-03 09", province="江苏"),
        ],
        "session": [
            visit("a", 0, 1, device="mobile"),  # a bounce
            visit("a", 1, 4, minutes=10, has_cart=True, has_order=True, device="mobile"),
            visit("b", 1, 3, minutes=4, has_cart=True, device="desktop"),
            visit("c", 2, 2, minutes=2, device="mobile"),
            visit("crawler", 1, 400, minutes=60, is_bot=True),
        ],
        "shipment": [
            parcel("t1", 10, 30),  # Monday 18:00 to Tuesday 14:00
            parcel("t2", 20, 20 + 36),  # Tuesday 04:00 to Wednesday 16:00: the next day
            parcel("t3", 30, 30 + 48, direction="outbound"),  # late, and two days on the way
            parcel("t4", None, None),  # never left
            parcel("t5", 10, 100, direction="inbound"),  # comes back from a buyer
        ],
        "service_ticket": tickets,
        "review": reviews,
        "message_send": messages,
    }
    with ledger_of(tmp_path_factory.mktemp("busy"), tables) as ledger:
        yield ledger


def values(ledger: Ledger, *names: str) -> dict[str, object]:
    (row,) = answer(ledger, Question(names)).rows
    return row


def test_visitors_come_twice_and_count_once_and_machines_never(busy: Ledger) -> None:
    assert values(busy, "visits", "visitors", "page_views", "bounces", "cart_visitors", "ordering_visitors") == {
        "visits": 4,
        "visitors": 3,
        "page_views": 10,
        "bounces": 1,
        "cart_visitors": 2,
        "ordering_visitors": 1,
    }  # M-TRAFFIC-03, M-TRAFFIC-04, M-TRAFFIC-05


def test_rates_of_visits_and_of_visitors_are_told_apart(busy: Ledger) -> None:
    assert values(
        busy, "bounce_rate", "pages_per_visitor", "add_to_cart_rate", "visitor_order_rate", "visit_order_rate",
        "cart_order_rate",
    ) == {
        "bounce_rate": 1 / 4,
        "pages_per_visitor": 10 / 3,
        "add_to_cart_rate": 2 / 3,
        "visitor_order_rate": 1 / 3,
        "visit_order_rate": 1 / 4,
        "cart_order_rate": 1 / 2,
    }  # fmt: skip  # M-CONV-01, M-CONV-02, M-CONV-03


def test_visitors_of_the_days_exceed_those_of_the_week(busy: Ledger) -> None:
    days = [row["visitors"] for row in answer(busy, Question(("visitors",), by=("day",))).rows]
    (week,) = answer(busy, Question(("visitors",), by=("week",))).rows

    assert (days, week["visitors"]) == ([1, 2, 1], 3)  # M-CUST-01


def test_visits_split_by_device(busy: Ledger) -> None:
    rows = answer(busy, Question(("visits", "visit_minutes_median"), by=("device",))).rows

    # Three mobile visits of 0, 10 and 2 minutes.
    assert [(row["device"], row["visits"], row["visit_minutes_median"]) for row in rows] == [
        ("mobile", 3, 2.0),
        ("desktop", 1, 4.0),
    ]


def test_parcels_are_late_by_their_promise_and_what_never_left_is_late_too(busy: Ledger) -> None:
    assert values(busy, "parcels_promised", "parcels_late", "late_shipping_rate", "next_day_rate") == {
        "parcels_promised": 4,
        "parcels_late": 2,
        "late_shipping_rate": 0.5,
        "next_day_rate": 2 / 3,
    }  # M-OPS-02, M-OPS-04


def test_a_lapse_is_interpolated_between_rows_and_leaves_out_what_has_not_happened(busy: Ledger) -> None:
    found = values(
        busy, "delivery_days_median", "delivery_days_p90", "first_reply_minutes_median", "first_reply_minutes_p90"
    )

    # Deliveries of 20, 36 and 48 hours; replies after 1, 2, 3, 4 and 30 minutes, and one ticket without.
    assert found["delivery_days_median"] == pytest.approx(36 / 24)
    assert found["delivery_days_p90"] == pytest.approx((36 + 0.8 * 12) / 24)
    assert found["first_reply_minutes_median"] == pytest.approx(3)
    assert found["first_reply_minutes_p90"] == pytest.approx(4 + 0.6 * 26)  # M-OPS-03


def test_parcels_and_tickets_reach_what_their_order_reaches(busy: Ledger) -> None:
    rows = answer(busy, Question(("parcels_promised",), by=("province",))).rows

    assert [(row["province"], row["parcels_promised"]) for row in rows] == [("上海", 4)]


def test_a_cell_in_which_nothing_happened_has_no_lapse(busy: Ledger) -> None:
    rows = answer(busy, Question(("orders_paid", "delivery_days_median"), by=("province",))).rows

    found = {row["province"]: row["delivery_days_median"] for row in rows}
    assert found["江苏"] is None
    assert found["上海"] == pytest.approx(1.5)


def test_a_lapse_of_orders_is_not_split_by_what_their_lines_are(busy: Ledger) -> None:
    with pytest.raises(CannotSplitError):
        answer(busy, Question(("hours_to_ship_median",), by=("category",)))


def test_refunds_that_state_no_type_are_no_returns_and_where_none_does_there_is_no_rate(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tables = {
        "store": [store(1, "旗舰店"), store(2, "二店")],
        "order_header": [
            order(f"o{n}", "2020-02-03 08", 100_00, paid="2020-02-03 08", shop_id=1 + n // 4) for n in range(8)
        ],
        "refund": [
            refund("r1", "o1", "2020-02-03 08", 30_00, refund_type="return_and_refund", status="succeeded"),
            refund("r2", "o2", "2020-02-03 08", 10_00, refund_type="refund_only", status="succeeded"),
            refund("r3", "o3", "2020-02-03 08", 20_00, status="succeeded"),
            refund("r4", "o5", "2020-02-03 08", 40_00, status="succeeded", shop_id=2),
        ],
    }
    with ledger_of(tmp_path_factory.mktemp("typed"), tables) as ledger:
        whole = answer(ledger, Question(("returns", "return_rate")))
        stores = answer(ledger, Question(("returns", "return_rate"), by=("shop",)))

    assert whole.rows == [{"returns": 1, "return_rate": 1 / 8}]
    assert {row["shop"]: (row["returns"], row["return_rate"]) for row in stores.rows} == {
        "旗舰店": (1, 1 / 4),
        "二店": (None, None),
    }
    # Two refunds of 60.00 in all state no type: M-GOODS-07.
    assert [(each.metric, each.money) for each in whole.warnings] == [("returns", 60), ("return_rate", 60)]
    assert {each.code for each in whole.warnings} == {"refund_type_unknown"}


def test_reviews_of_four_stars_are_positive(busy: Ledger) -> None:
    assert values(busy, "reviews", "positive_review_rate", "average_stars") == {
        "reviews": 4,
        "positive_review_rate": 0.5,
        "average_stars": 13 / 4,
    }  # M-GOODS-08, M-CUST-10


def test_people_held_out_were_sent_nothing(busy: Ledger) -> None:
    found = values(busy, "messages_sent", "message_click_rate", "unsubscribe_rate", "message_complaint_rate")

    assert found == {
        "messages_sent": 4,
        "message_click_rate": 0.25,
        "unsubscribe_rate": 0.25,
        "message_complaint_rate": 0.0,
    }  # M-CONV-19


def test_complaints_are_divided_by_orders(busy: Ledger) -> None:
    assert values(busy, "complaints", "complaint_rate") == {"complaints": 1, "complaint_rate": 0.5}  # M-CUST-09


def test_live_sessions_divide_orders_by_those_who_went_on_to_the_goods(busy: Ledger) -> None:
    told = fact(1, live_session_id="1", viewers=900, product_visitors=100, paid_orders=7, paid_minor=70_000)
    untold = fact(2, live_session_id="2", viewers=100, paid_orders=5, paid_minor=1_000)
    rows = [{**row, "started_at": MONDAY, "started_date": MONDAY.date()} for row in (told, untold)]
    with busy.transaction() as transaction:
        transaction.insert(stored_in("live_session").name, arrow_rows("live_session", rows))

    assert values(busy, "live_viewers", "live_product_visitors", "live_orders", "live_sales", "live_order_rate") == {
        "live_viewers": 1000,
        "live_product_visitors": 100,
        "live_orders": 7,
        "live_sales": 710.0,
        "live_order_rate": 0.07,
    }  # M-MKT-03


def test_what_no_file_was_loaded_for_is_unknown_and_names_the_file(busy: Ledger) -> None:
    found = answer(busy, Question(("coupons_issued", "product_visitors", "orders_paid")))

    assert found.rows == [{"coupons_issued": None, "product_visitors": None, "orders_paid": 2}]
    assert [(each.metric, each.text.en.split(":")[0]) for each in found.warnings if each.code == "needs_table"] == [
        ("coupons_issued", "needs coupons"),
        ("product_visitors", "needs shop_metrics"),
    ]


def test_the_same_question_is_answered_once_the_file_is_there(busy: Ledger) -> None:
    before = values(busy, "new_members")
    with busy.transaction() as transaction:
        member = fact(1, member_key="m", joined_at=MONDAY, joined_date=MONDAY.date())
        transaction.insert(stored_in("member").name, arrow_rows("member", [member]))

    assert (before, values(busy, "new_members")) == ({"new_members": None}, {"new_members": 1})


@pytest.mark.parametrize(
    "metric", [each for each in CATALOGUE.values() if isinstance(each, Lapse)], ids=lambda each: str(each.name)
)
def test_every_lapse_runs_between_moments_of_its_table(metric: Lapse, busy: Ledger) -> None:
    columns = busy.table(metric.table).schema()

    assert columns[metric.since].is_timestamp() or columns[metric.since].is_date()
    assert columns[metric.since].copy(nullable=True) == columns[metric.until].copy(nullable=True)
    assert columns[metric.date].is_date()
    assert 0 < metric.share < 1
