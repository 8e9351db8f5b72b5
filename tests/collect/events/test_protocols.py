"""What each library says of an event, under one set of names."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from tests.collect.events.made_bodies import (
    MOMENT,
    form_body,
    ga4,
    ga4_body,
    mapped,
    said,
    segment,
    segment_body,
    sensors,
    text,
)

from zhanggui.collect.events import PROTOCOLS, bodies_of, protocol_of
from zhanggui.ledger.schema.event_tables import EVENT_NAMES

AT = datetime(2026, 9, 1, 2, 40)  # noqa: DTZ001 - the ledger keeps UTC without a zone


def test_a_purchase_says_the_same_in_every_protocol() -> None:
    goods = {"product_id": "P1", "sku_id": "S1", "quantity": Decimal(2), "price": Decimal("49.5")}
    by_segment = segment(
        "Order Completed",
        userId="u1",
        properties={
            "order_id": "O1",
            "total": 99,
            "currency": "CNY",
            "products": [{"product_id": "P1", "sku": "S1", "price": 49.5, "quantity": 2}],
        },
    )
    by_sensors = sensors(
        "PayOrder",
        identities={"$identity_cookie_id": "visitor-1", "$identity_login_id": "u1"},
        properties={
            "order_id": "O1",
            "order_amount": 99,
            "currency": "CNY",
            "product_ids": ["P1"],
            "skus": ["S1"],
            "quantities": ["2"],
            "prices": ["49.50"],
        },
    )
    item = {"item_id": "S1", "item_group_id": "P1", "price": 49.5, "quantity": 2}
    by_ga4 = ga4("purchase", transaction_id="O1", value=99, currency="CNY", items=[item])

    found = [
        *mapped("segment", [segment_body(by_segment)]),
        *mapped("sensors", [text([by_sensors])]),
        *mapped("ga4", [ga4_body(by_ga4, client_id="visitor-1", user_id="u1")]),
    ]

    for row in found:
        names = ("name", "anon_id", "user_id", "order_id", "currency", "stated_at", "items")
        assert [row[name] for name in names] == ["purchase", "visitor-1", "u1", "O1", "CNY", AT, [goods]]
        assert row["value"] == 99
    assert [row["name_raw"] for row in found] == ["Order Completed", "PayOrder", "purchase"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_known_name_of_a_sender_has_a_canonical_name(protocol: str) -> None:
    assert set(PROTOCOLS[protocol].names.values()) <= set(EVENT_NAMES)


def test_a_name_that_nobody_knows_is_kept_as_it_was_sent() -> None:
    [row] = mapped("sensors", [text(sensors("看直播回放"))])

    assert (row["name"], row["name_raw"]) == ("other", "看直播回放")


@pytest.mark.parametrize(
    ("body", "name", "raw"),
    [
        ({"type": "page", "name": "Home"}, "page_view", "Home"),
        ({"type": "screen"}, "screen_view", "screen"),
        ({"type": "identify", "traits": {"email": "li@example.com"}}, "identify", "identify"),
        ({"type": "group", "groupId": "g"}, "profile_set", "group"),
        ({"type": "alias", "previousId": "x"}, "identify", "alias"),
    ],
)
def test_calls_of_segment_that_are_no_track_have_names_of_their_own(
    body: dict[str, object], name: str, raw: str
) -> None:
    about = {"anonymousId": "a", "messageId": "m", "timestamp": "2026-09-01T02:40:00Z"}

    [row] = mapped("segment", [segment_body({**about, **body})])

    assert (row["name"], row["name_raw"]) == (name, raw)


def test_a_single_call_to_segment_is_a_body_of_its_own() -> None:
    # /v1/track says no type, /v1/t says it.
    [bare, short] = mapped("segment", [text({k: v for k, v in segment().items() if k != "type"}), text(segment())])

    assert [bare["name"], short["name"]] == ["product_view", "product_view"]


def test_goods_among_the_properties_of_an_event_are_its_one_item() -> None:
    [row] = mapped("segment", [segment_body(segment(properties={"product_id": "P1", "price": "12.30"}))])

    assert said(row["items"][0]) == {"product_id": "P1", "price": Decimal("12.3")}


def test_lists_of_other_lengths_belong_to_no_goods() -> None:
    properties = {"product_ids": ["P1", "P2"], "prices": ["1", "2"], "quantities": ["3"]}

    [row] = mapped("sensors", [text(sensors("PayOrder", properties=properties))])

    assert [(one["product_id"], one["price"], one["quantity"]) for one in row["items"]] == [
        ("P1", 1, None),
        ("P2", 2, None),
    ]


def test_signing_up_names_the_device_of_before_and_the_account() -> None:
    event = sensors(
        "$SignUp", type="track_signup", distinct_id="u1", original_id="device-1", identities=None, properties=None
    )

    [row] = mapped("sensors", [text(event)])

    assert (row["name"], row["anon_id"], row["user_id"]) == ("identify", "device-1", "u1")


def test_a_distinct_id_is_an_account_only_where_the_event_says_so() -> None:
    device = sensors(distinct_id="d1", identities=None)
    account = sensors(distinct_id="u1", identities=None, properties={"$is_login_id": True})

    found = mapped("sensors", [text([device, account])])

    assert [(row["anon_id"], row["user_id"]) for row in found] == [("d1", None), (None, "u1")]


def test_profiles_and_goods_of_sensors_are_told_by_their_type() -> None:
    profile = sensors(type="profile_set_once", event=None, properties={"email": "li@example.com"})
    item = sensors(type="item_set", event=None)

    found = mapped("sensors", [text([profile, item])])

    assert [row["name"] for row in found] == ["profile_set", "item_set"]
    assert found[0]["email"] == "li@example.com"


def test_a_form_body_is_read_packed_and_unpacked() -> None:
    plain, packed = form_body([sensors()]), form_body([sensors()], is_packed=True)

    assert mapped("sensors", [plain]) == mapped("sensors", [packed]) == mapped("sensors", [text([sensors()])])


def test_the_query_string_of_an_image_request_is_a_body() -> None:
    address = f"https://c.example/sa.gif?project=default&{form_body(sensors())}"

    assert len(mapped("sensors", [address])) == 1


def test_events_of_ga4_take_the_time_of_their_body_where_they_have_none() -> None:
    rows = mapped("ga4", [ga4_body(ga4(at=None), ga4(at=(MOMENT + 1) * 1000), timestamp_micros=MOMENT * 1000)])

    assert [row["stated_at"].microsecond for row in rows] == [0, 1000]


def test_times_of_ga4_may_be_text_as_the_interface_for_large_numbers_writes_them() -> None:
    [row] = mapped("ga4", [ga4_body({"name": "search", "timestamp_micros": str(MOMENT * 1000), "params": {}})])

    assert row["stated_at"] == AT


def test_a_protocol_is_known_by_what_bodies_say() -> None:
    bodies = {
        "segment": [segment_body(segment()), text(segment())],
        "sensors": [text([sensors()]), text(sensors()), form_body(sensors())],
        "ga4": [ga4_body(ga4())],
    }
    for name, texts in bodies.items():
        for one in texts:
            found = protocol_of(bodies_of([one]))
            assert found is not None
            assert found.name == name


def test_a_line_of_orders_is_of_no_protocol() -> None:
    assert protocol_of(bodies_of([text({"order_id": "1", "total": 3})])) is None
