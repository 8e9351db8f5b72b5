"""Bodies of Segment, 神策 and GA4 as their collectors take them."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.events import EventsWriter, ga4, segment, sensors
from zhanggui.simulate.exports.events.columns import bodies, by_distinct, joined, only_where, texts, utc_of
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import EVENTS, LINES, ORDERS, Sdk, Step
from zhanggui.simulate.rows import NEVER, Rows

if TYPE_CHECKING:
    from tests.simulate.conftest import Lived

OWN = 6
FIRST, LAST = 30, 41
"""Days written: the end of October and 11.11, so that a month ends and orders paid late are among them."""
SHANGHAI_MS = 8 * 3_600_000


@dataclass(frozen=True)
class Files:
    """Some days as written, and the events that they hold."""

    files: dict[str, WrittenFile]
    events: Rows

    def bodies(self, library: str) -> Iterator[Any]:
        for name in sorted(self.files):
            if name.startswith(library):
                for line in gzip.decompress(self.files[name].path.read_bytes()).decode().splitlines():
                    yield json.loads(line)

    def of(self, sdk: Sdk) -> Rows:
        return self.events.where(self.events["sdk"] == sdk)


@pytest.fixture(scope="module")
def files(lived: Lived, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("events")
    writer = EventsWriter(folder, lived.world, View(lived.world.start, lived.days[LAST].midnight + 86_400))
    for records in lived.days[: LAST + 1]:
        # Lines of orders paid later are needed from the days before.
        writer.write(records if records.day >= FIRST else _without_events(records))
    written = {file.path.name: file for file in writer.close()}
    return Files(written, Rows.together(EVENTS, [day[EVENTS] for day in lived.days[FIRST : LAST + 1]]))


def _without_events(records: DayRecords) -> DayRecords:
    bare = DayRecords(records.day, records.midnight)
    bare.put(records[ORDERS])
    bare.put(records[LINES])
    return bare


def counted(rows: Rows, names: dict[Step, str]) -> Counter[str]:
    return Counter(names[Step(step)] for step in rows["step"].tolist() if Step(step) in names)


def test_there_is_one_file_per_library_and_month_and_each_says_how_many_events(files: Files) -> None:
    assert sorted(files.files) == [
        f"{name}_{month}.jsonl.gz" for name in ("ga4", "segment", "sensors") for month in ("2026-10", "2026-11")
    ]
    assert sum(file.n_rows for file in files.files.values()) == len(files.events)


def test_files_carry_no_time_and_no_name(files: Files) -> None:
    # RFC 1952: flags 0, time 0.
    for file in files.files.values():
        assert file.path.read_bytes()[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def test_segment_bodies_are_batches_of_valid_messages(files: Files) -> None:
    n, seen = 0, set()
    for body in files.bodies("segment"):
        assert set(body) == {"batch", "sentAt", "writeKey"}
        assert 1 <= len(body["batch"]) <= 50
        assert len(json.dumps(body).encode()) < 500_000
        for message in body["batch"]:
            n += 1
            seen.add(message["messageId"])
            assert message["type"] in ("track", "page", "identify")
            assert ("event" in message) == (message["type"] == "track")
            assert ("userId" in message) or message["type"] != "identify"
            assert re.fullmatch(r"[0-9a-f]{16}", message["anonymousId"])
            assert message["timestamp"] <= body["sentAt"]
            assert message["context"]["page"]["url"].startswith("https://mall.hemu.example/")
    assert n == len(files.of(Sdk.SEGMENT)) == len(seen)


def test_segment_moments_are_those_of_the_world_in_utc(files: Files) -> None:
    found = sorted(message["timestamp"] for body in files.bodies("segment") for message in body["batch"])
    expected = np.sort(files.of(Sdk.SEGMENT)["at_ms"]) - SHANGHAI_MS

    assert [round(datetime.fromisoformat(text).timestamp() * 1000) for text in found] == expected.tolist()


def test_segment_orders_have_their_lines_and_amounts(files: Files, lived: Lived) -> None:
    rows = files.of(Sdk.SEGMENT)
    rows = rows.where(rows["step"] == Step.PURCHASE)
    ids = Ids(Platform.OWN_SITE, lived.world.start).orders(rows["order"])
    due = dict(zip(ids, (rows["price_minor"] / 100).tolist(), strict=True))
    told = {
        message["properties"]["order_id"]: message
        for body in files.bodies("segment")
        for message in body["batch"]
        if message.get("event") == "Order Completed"
    }

    assert set(told) == set(due)
    for order, message in told.items():
        properties = message["properties"]
        assert properties["total"] == properties["revenue"] == due[order]
        assert properties["currency"] == "CNY"
        assert properties["products"]
        assert all(product["quantity"] >= 1 and product["price"] > 0 for product in properties["products"])
        assert "userId" in message


def test_tags_of_a_link_say_which_ad_group_and_creative_brought_the_visit(files: Files, lived: Lived) -> None:
    groups = {group.name: group.number for group in lived.world.scene.ad_groups if group.store == OWN}
    creatives = {creative.name: creative for creative in lived.world.scene.creatives}
    n = 0
    for body in files.bodies("segment"):
        for message in body["batch"]:
            campaign = message["context"].get("campaign")
            if campaign and campaign["medium"] in ("cpc", "feed", "cpm"):
                n += 1
                tags = parse_qs(urlsplit(message["context"]["page"]["url"]).query)
                assert tags["utm_campaign"] == [campaign["name"]]
                assert tags["utm_content"] == [campaign["content"]]
                assert creatives[campaign["content"]].ad_group == groups[campaign["name"]]
    rows = files.of(Sdk.SEGMENT)
    tagged = rows["session"][rows["ad_group"] != NEVER]
    assert n == len(np.unique(tagged))


def test_sensors_bodies_are_arrays_of_one_device(files: Files) -> None:
    n, seen = 0, set()
    for body in files.bodies("sensors"):
        assert isinstance(body, list)
        assert 1 <= len(body) <= 50
        assert len({event["identities"]["$identity_cookie_id"] for event in body}) == 1
        for event in body:
            n += 1
            seen.add((event["distinct_id"], event["time"], event["event"], event["_track_id"]))
            assert event["type"] in ("track", "track_signup")
            assert re.fullmatch(r"[a-zA-Z_$][a-zA-Z\d_$]{0,99}", event["event"])
            assert event["_flush_time"] >= event["time"]
            assert event["lib"]["$lib"] == event["properties"]["$lib"] == "js"
            is_member = "$identity_login_id" in event["identities"]
            assert event["properties"].get("$is_login_id", False) == is_member
            assert (
                event["distinct_id"]
                == event["identities"]["$identity_login_id" if is_member else "$identity_cookie_id"]
            )
            assert (event["type"] == "track_signup") == ("original_id" in event)
            for value in event["properties"].values():
                assert not isinstance(value, dict)
                assert not isinstance(value, list) or all(isinstance(one, str) for one in value)
    assert n == len(files.of(Sdk.SENSORS)) == len(seen)


def test_sensors_moments_are_milliseconds_of_utc(files: Files) -> None:
    found = sorted(event["time"] for body in files.bodies("sensors") for event in body)

    assert found == (np.sort(files.of(Sdk.SENSORS)["at_ms"]) - SHANGHAI_MS).tolist()


def test_ga4_bodies_keep_the_limits_of_the_protocol(files: Files) -> None:
    n = 0
    for body in files.bodies("ga4"):
        assert set(body) <= {"client_id", "user_id", "timestamp_micros", "events"}
        assert re.fullmatch(r"\d+\.\d+", body["client_id"])
        assert 1 <= len(body["events"]) <= 25
        assert len(json.dumps(body).encode()) < 130_000
        assert body["timestamp_micros"] == body["events"][0]["timestamp_micros"]
        for event in body["events"]:
            n += 1
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", event["name"])
            assert len(event["params"]) <= 25
            assert event["params"]["engagement_time_msec"] > 0
            assert event["params"]["session_id"].isdigit()
            texts_of = [value for name, value in event["params"].items() if isinstance(value, str)]
            assert all(len(value) <= 100 for value in texts_of if not value.startswith("https://"))
    assert n == len(files.of(Sdk.GA4))


def test_ga4_purchases_name_their_transaction_and_items(files: Files, lived: Lived) -> None:
    rows = files.of(Sdk.GA4)
    rows = rows.where(rows["step"] == Step.PURCHASE)
    ids = Ids(Platform.OWN_SITE, lived.world.start).orders(rows["order"])
    found = [event for body in files.bodies("ga4") for event in body["events"] if event["name"] == "purchase"]

    assert sorted(event["params"]["transaction_id"] for event in found) == sorted(ids)
    for event in found:
        assert event["params"]["currency"] == "CNY"
        assert event["params"]["value"] > 0
        assert [item["index"] for item in event["params"]["items"]] == list(range(len(event["params"]["items"])))
        assert all({"item_id", "item_name", "price", "quantity"} <= set(item) for item in event["params"]["items"])


def test_every_library_tells_the_same_steps(files: Files) -> None:
    told = Counter(
        message["event"] for body in files.bodies("segment") for message in body["batch"] if message["type"] == "track"
    )
    assert told == counted(files.of(Sdk.SEGMENT), segment.NAMES)
    told = Counter(event["event"] for body in files.bodies("sensors") for event in body)
    assert told == counted(files.of(Sdk.SENSORS), sensors.NAMES)
    told = Counter(event["name"] for body in files.bodies("ga4") for event in body["events"])
    assert told == counted(files.of(Sdk.GA4), ga4.NAMES)


def test_events_after_the_moment_of_the_export_are_not_told(lived: Lived, tmp_path: Path) -> None:
    noon = lived.days[0].midnight + 12 * 3_600
    writer = EventsWriter(tmp_path, lived.world, View(lived.world.start, noon))
    writer.write(lived.days[0])

    events = lived.days[0][EVENTS]
    assert sum(file.n_rows for file in writer.close()) == (events["at_ms"] < noon * 1000).sum()


def test_moments_turn_into_utc_over_midnight() -> None:
    # 2026-09-01 07:59:59.999 in Shanghai is the evening before in UTC; a millisecond later the day begins.
    at = int(datetime.fromisoformat("2026-09-01T07:59:59.999+00:00").timestamp() * 1000)

    assert utc_of(np.array([at, at + 1])).to_pylist() == ["2026-08-31T23:59:59.999Z", "2026-09-01T00:00:00.000Z"]


def test_bodies_join_events_between_their_own_heads() -> None:
    events = joined("<", texts(["甲", "b", "c"]), ">")

    found = bodies(events, np.array([0, 2]), texts(["1[", "2["]), "]")
    assert bytes(found).decode() == "1[<甲>,<b>]\n2[<c>]\n"


def test_texts_are_made_once_for_each_combination() -> None:
    asked: list[tuple[int, int]] = []

    def text(a: int, b: int) -> str:
        asked.append((a, b))
        return f"{a}/{b}"

    found = by_distinct((np.array([2, 1, 2]), np.array([5, 5, 5])), text)
    assert found.to_pylist() == ["2/5", "1/5", "2/5"]
    assert sorted(asked) == [(1, 5), (2, 5)]


def test_text_is_left_out_where_it_is_not_shown() -> None:
    assert only_where(np.array([True, False]), texts(["x", "y"])).to_pylist() == ["x", ""]
