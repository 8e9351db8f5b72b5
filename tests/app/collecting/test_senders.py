"""Libraries as their vendors publish them, and the forms that browsers send, into a running collector."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from segment.analytics.client import Client  # type: ignore[import-untyped]  # its vendor ships no types
from sensorsanalytics import (  # type: ignore[import-untyped]  # its vendor ships no types
    BatchConsumer,
    DefaultConsumer,
    SensorsAnalytics,
)
from tests.app.collecting.collectors import Collector, collecting, projected, track

from zhanggui.collect.events.decoding import crc
from zhanggui.ledger.engine import open_ledger

PHONE, MAIL, ACCOUNT = "13800138000", "canary@example.com", "canary-account-7"


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    with collecting(tmp_path / "shop") as running:
        yield running


def names(events: list[dict[str, object]]) -> Counter[object]:
    return Counter(event["name_raw"] for event in events)


@pytest.mark.parametrize("packs", [True, False])
def test_the_python_library_of_segment_sends_and_every_event_arrives(collector: Collector, packs: bool) -> None:
    faults: list[object] = []
    client = Client(
        collector.key, host=collector.url, gzip=packs, timeout=10, on_error=lambda error, items: faults.append(error)
    )
    for number in range(130):
        client.track(f"u{number % 7}", "Order Completed", {"order_id": str(number), "revenue": 12.5})
    client.identify("u1", {"email": MAIL})
    client.page("u1", name="home", properties={"url": "https://shop.example/?utm_source=wx"})
    client.flush()
    client.join()

    done, events = projected(collector.shop)

    assert faults == []
    assert names(events) == {"Order Completed": 130, "identify": 1, "home": 1}
    assert done.classes["accepted"] == 132
    # What a server forwards says nothing of the visitor's own browser in its head.
    assert {event["bot_mark"] for event in events} == {None}


def test_the_python_library_of_sensors_sends_one_by_one_and_in_packed_batches(collector: Collector) -> None:
    url = f"{collector.url}/sa?project=default&token={collector.key}"
    for consumer in (DefaultConsumer(url), BatchConsumer(url)):
        library = SensorsAnalytics(consumer)
        for number in range(60):
            library.track(f"device-{number}", "ViewProduct", {"product_id": f"p{number}", "price": 3.5})
        library.track_signup(ACCOUNT, "device-1")
        library.profile_set(ACCOUNT, {"phone": PHONE}, is_login_id=True)
        library.flush()
        library.close()

    _, events = projected(collector.shop)

    assert names(events) == {"ViewProduct": 120, "$SignUp": 2, ":profile": 2}
    # Whoever signs up under an account is the buyer of that account.
    assert len({event["user_key"] for event in events if event["name_raw"] == "$SignUp"}) == 1
    assert all(event["anon_id"] for event in events if event["name_raw"] == "$SignUp")


def test_browser_forms_of_sensors_are_answered_as_the_library_wants_them(collector: Collector) -> None:
    def event(number: int) -> dict[str, object]:
        return {
            "distinct_id": "d1",
            "type": "track",
            "event": "$pageview",
            "time": 1_788_230_400_000 + number,
            "_track_id": number,
            "_flush_time": 1_788_230_400_500 + number,
            "properties": {"$url": "https://shop.example/a"},
        }

    def form(value: object) -> str:
        return base64.b64encode(json.dumps(value).encode()).decode()

    one = form(event(1))
    image = f"/sa.gif?token={collector.key}&data={quote(one)}&ext={quote(f'crc={crc(one)}')}"
    packed = base64.b64encode(gzip.compress(json.dumps([event(3), event(4)]).encode())).decode()
    path = f"/sa?token={collector.key}"

    status, headers, body = collector.ask("GET", image, Origin="https://shop.example")
    assert (status, headers["content-type"], body[:3]) == (200, "image/gif", b"GIF")
    assert headers["access-control-allow-origin"] == "*"
    assert collector.ask("POST", path, f"data={quote(form(event(2)))}".encode())[0] == 200
    assert collector.ask("POST", path, urlencode({"data_list": packed, "gzip": "1"}).encode())[0] == 200
    assert collector.ask("GET", image.replace("crc%3D", "crc%3D1"))[0] == 400

    _, events = projected(collector.shop)

    assert names(events) == {"$pageview": 4}


def test_a_measurement_protocol_body_is_taken_and_its_test_address_keeps_nothing(collector: Collector) -> None:
    body = {"client_id": "1.2", "user_id": ACCOUNT, "events": [{"name": "add_to_cart", "params": {"value": 3}}]}
    query = f"?measurement_id=G-1&api_secret={collector.key}"

    assert collector.post(f"/mp/collect{query}", body) == 204
    assert collector.post(f"/debug/mp/collect{query}", body) == 200
    assert collector.post("/mp/collect?api_secret=zgw_other", body) == 401

    _, events = projected(collector.shop)

    assert names(events) == {"add_to_cart": 1}


def test_our_own_format_carries_everything_that_an_event_may_say(collector: Collector) -> None:
    item = {"product_id": "p1", "sku_id": "s1", "quantity": 2, "price": 10.25}
    event = {"name": "purchase", "id": "e1", "order_id": "O1", "value": 20.5, "currency": "CNY", "items": [item]}
    body = {"visitor": "v1", "customer": ACCOUNT, "sent_at": 1_788_230_401_000, "events": [event]}
    event["at"] = 1_788_230_400_000

    assert collector.post(f"/collect?key={collector.key}", body, Origin="https://shop.example") == 200

    _, [held] = projected(collector.shop)

    assert (held["name"], held["order_id"], held["value_minor"], held["n_items"]) == ("purchase", "O1", 2050, 1)
    # Sent a second after it happened: it happened a second before it was received.
    assert (held["received_at"] - held["event_at"]).total_seconds() == 1
    assert (held["clock"], held["ip_prefix"]) == ("corrected", "127.0.0.0")


def test_the_browser_library_of_segment_gets_its_settings(collector: Collector) -> None:
    status, _, body = collector.ask("GET", f"/v1/projects/{collector.key}/settings")

    assert status == 200
    assert json.loads(body)["integrations"]["Segment.io"]["apiHost"] == f"127.0.0.1:{collector.port}/v1"
    assert collector.post("/v1/t", track(1, writeKey=collector.key)) == 200
    assert collector.post("/v1/b", {"batch": [track(2)], "writeKey": collector.key}) == 200
    assert collector.ask("OPTIONS", "/v1/t", Origin="https://shop.example")[0] == 204


def test_the_snippet_is_small_and_any_site_may_load_it(collector: Collector) -> None:
    status, headers, body = collector.ask("GET", "/zg.js")

    assert (status, headers["access-control-allow-origin"]) == (200, "*")
    assert len(body) < 3_000


def test_nothing_that_names_a_person_is_on_disk(collector: Collector) -> None:
    traits = {"email": MAIL, "phone": PHONE, "name": "x", "address": "canary street", "lastName": "canary-name"}
    event = track(1, userId=ACCOUNT, anonymousId="canary-device", traits=traits, context={"ip": "203.0.113.77"})
    assert collector.post("/v1/identify", event, Authorization=_basic(collector.key)) == 200

    projected(collector.shop)

    plain = [MAIL, PHONE, ACCOUNT, "canary-device", "canary street", "canary-name", "203.0.113.77", collector.key]
    for path in collector.shop.dir.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert [word for word in plain if word.encode() in data] == [], path


def test_what_was_taken_in_is_the_same_person_as_in_a_file(collector: Collector) -> None:
    from zhanggui.collect.loading.load import LoadOptions, load_paths

    sent = track("sent", userId=ACCOUNT, anonymousId="device-9")
    assert collector.post("/v1/track", sent, Authorization=_basic(collector.key)) == 200
    file = collector.shop.dir / "tmp" / "events.jsonl"
    file.write_text(json.dumps(track("filed", userId=ACCOUNT, anonymousId="device-9")) + "\n")
    projected(collector.shop)

    with open_ledger(collector.shop.dir, statements=collector.shop.statements) as ledger:
        load_paths(collector.shop, ledger, [file], LoadOptions(store="商城"))
        events = ledger.query(ledger.table("event")).to_pylist()

    assert len(events) == 2
    assert len({(event["anon_id"], event["user_key"]) for event in events}) == 1


def _basic(key: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()
