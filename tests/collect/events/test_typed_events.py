"""What the ledger holds of an event: times set right, addresses without what is personal, people as tokens."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.collect.events.made_bodies import (
    KEY,
    MOMENT,
    faults,
    ga4,
    ga4_body,
    segment,
    segment_body,
    sensors,
    text,
    typed,
)

from zhanggui.ledger.privacy import Tokenizer

AT = datetime(2026, 9, 1, 2, 40)  # noqa: DTZ001 - the ledger keeps UTC without a zone


def test_a_clock_that_is_wrong_is_set_right_by_when_the_body_was_sent_and_received() -> None:
    # By its clock it happened at 02:40:00 and was sent at 02:40:01; it came at 03:00:01.5: it happened at 03:00:00.5.
    [row] = typed("segment", [segment_body(segment(), received_at="2026-09-01T03:00:01.5Z")])

    assert row["event_at"] == datetime(2026, 9, 1, 3, 0, 0, 500_000)  # noqa: DTZ001 - as above
    assert (row["clock"], row["stated_at"]) == ("corrected", AT)


def test_a_browser_of_sensors_is_set_right_by_its_flush() -> None:
    event = sensors(_flush_time=MOMENT + 300)
    [row] = typed("sensors", [text({"data_list": [event], "received_at": "2026-09-01T02:40:10.300Z"})])

    assert row["event_at"] == datetime(2026, 9, 1, 2, 40, 10)  # noqa: DTZ001 - as above


def test_without_a_time_of_receipt_the_senders_clock_stands() -> None:
    [row] = typed("segment", [segment_body(segment())])

    assert (row["event_at"], row["clock"], row["stated_at"]) == (AT, "stated", None)


def test_a_time_that_segment_has_set_right_already_is_not_set_right_again() -> None:
    event = segment(originalTimestamp="2026-09-01T01:00:00Z", receivedAt="2026-09-01T02:40:02Z")

    [row] = typed("segment", [segment_body(event)])

    assert row["event_at"] == AT


@pytest.mark.parametrize("at", [None, 1_000_000, 4_200_000_000_000_000, (MOMENT + 3 * 86_400_000) * 1000])
def test_a_time_that_cannot_be_gives_way_to_that_of_receipt(at: int | None) -> None:
    [row] = typed("ga4", [ga4_body(ga4(at=at), received_at="2026-09-01T02:40:00Z")])

    assert (row["event_at"], row["clock"]) == (AT, "received")


def test_the_day_is_the_stores_own() -> None:
    late = segment(timestamp="2026-08-31T16:30:00Z")

    [here], [there] = typed("segment", [segment_body(late)]), typed("segment", [segment_body(late)], timezone="UTC")

    assert (here["event_date"], here["event_hour"]) == (date(2026, 9, 1), 0)
    assert (there["event_date"], there["event_hour"]) == (date(2026, 8, 31), 16)


def test_people_and_devices_are_tokens_and_an_account_is_the_buyer_of_its_orders() -> None:
    event = segment(type="identify", userId="u1", traits={"email": "Li@Example.com ", "phone": "+86 13800138000"})
    tokens = Tokenizer(KEY)

    [row] = typed("segment", [segment_body(event, ip="203.0.113.77")])

    assert row["user_key"] == f"7-{tokens.token('u1', 'buyer')}"
    assert row["anon_id"] == tokens.token("visitor-1", "device")
    assert row["email_token"] == tokens.token("li@example.com", "email")
    assert row["phone_token"] == tokens.token("13800138000", "phone")
    assert row["ip_prefix"] == "203.0.113.0"


def test_no_personal_value_is_left_in_the_clear() -> None:
    event = segment(
        userId="13800138000",
        traits={"email": "li@example.com", "phone": "13800138000"},
        context={
            "ip": "203.0.113.77",
            "page": {
                "url": "https://s.example/u/li@example.com?phone=13800138000&q=13800138000&token=abcdef&c=1",
                "referrer": "https://s.example/order/13800138000?mail=li@example.com",
            },
        },
        properties={"query": "13800138000"},
    )

    [row] = typed("segment", [segment_body(event)])

    everything = repr({name: value for name, value in row.items() if name != "message_id"})
    for secret in ("13800138000", "li@example.com", "203.0.113.77", "abcdef"):
        assert secret not in everything
    assert row["page_query"] == "c=1"


def test_the_tags_of_one_campaign_stand_together() -> None:
    page = {"url": "https://s.example/?utm_source=xhs&utm_content=n1&gclid=1"}
    by_address = segment(context={"page": page})
    by_context = segment(context={"page": page, "campaign": {"source": "baidu", "medium": "cpc"}})

    [address], [context] = typed("segment", [segment_body(by_address)]), typed("segment", [segment_body(by_context)])

    assert (address["utm_source"], address["utm_medium"], address["utm_content"]) == ("xhs", None, "n1")
    assert (context["utm_source"], context["utm_medium"], context["utm_content"]) == ("baidu", "cpc", None)
    assert (address["click_id_kind"], address["click_id"]) == ("gclid", "1")


def test_what_sensors_knows_of_the_last_campaign_stands_behind_what_the_address_says() -> None:
    latest = {"$latest_utm_source": "old", "$latest_utm_medium": "cpc"}
    landing = sensors(properties={**latest, "$url": "https://s.example/?utm_source=new"})
    later = sensors(properties={**latest, "$url": "https://s.example/p"}, track_id=2)

    rows = typed("sensors", [text([landing, later])])

    assert [(row["utm_source"], row["utm_medium"]) for row in rows] == [("new", None), ("old", "cpc")]


def test_money_is_whole_minor_units_rounded_half_up() -> None:
    rows = typed(
        "segment",
        [
            segment_body(segment(id="1", properties={"total": 1.005, "currency": "CNY"})),
            segment_body(segment(id="2", properties={"total": "179.00000000000003"})),
            segment_body(segment(id="3", properties={"total": 1500, "currency": "jpy"})),
            segment_body(segment(id="4", properties={"total": -0.5})),
        ],
    )

    found = [(row["value_minor"], row["currency"]) for row in rows]
    assert found == [(101, "CNY"), (17_900, "CNY"), (1_500, "JPY"), (-50, "CNY")]


def test_units_keep_three_digits() -> None:
    event = segment(properties={"product_id": "P", "quantity": 1.2345, "price": 3})

    [row] = typed("segment", [segment_body(event)])

    assert (row["n_items"], row["items"][0]["quantity"], row["items"][0]["price_minor"]) == (1, Decimal("1.235"), 300)


def test_machines_are_marked_by_what_they_call_themselves() -> None:
    names = (
        "Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0",
        "python-requests/2.32",
        "Mozilla/5.0 HeadlessChrome/1",
    )
    texts = [segment_body(segment(id=name, context={"userAgent": name})) for name in names]

    rows = typed("segment", texts)

    assert [(row["bot_mark"], row["device"], row["app"]) for row in rows] == [
        (None, "mobile", "wechat"),
        ("agent", "other", None),
        ("agent", "other", "chrome"),
    ]


def test_an_event_of_nobody_and_one_at_no_time_are_kept_aside() -> None:
    assert faults("segment", [segment_body(segment(anonymousId="", userId=None))]) == [("missing_visitor", "anon_id")]
    assert faults("ga4", [ga4_body(ga4(at=None))]) == [("missing_event_time", "event_at")]
    assert faults("segment", [segment_body(segment(timestamp="soon"))]) == [("not_a_date", "event_at")]
