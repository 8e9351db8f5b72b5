"""Files of request bodies in the ledger: one class per event, whatever the order of loading."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.collect.events.made_bodies import (
    Event,
    form_body,
    ga4,
    ga4_body,
    segment,
    segment_body,
    sensors,
    text,
)
from tests.collect.loading.event_files import aside, issues_of, lines, names, told
from tests.collect.loading.shops import Till, classes, rules, till_at
from tests.lengths import examples

from zhanggui.collect.loading.corrections import UnknownHeaderError, move_batch, replay_rows
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.collect.loading.rebuild import build_ledger
from zhanggui.collect.loading.source_rows import read_source_row
from zhanggui.ledger.engine import open_ledger


def test_each_event_of_a_body_is_a_row(till: Till) -> None:
    found = till.taken("a.jsonl", lines(segment_body(segment(id="1"), segment(id="2")), segment_body(segment(id="3"))))

    assert classes(found) == (3, 0, 0, 0, 0)
    places = [(row["row_no"], row["line_no"], row["place"]) for row in till.rows("event", "row_no", "line_no", "place")]
    assert sorted(places) == [(1, 1, 0), (2, 1, 1), (3, 2, 0)]


@pytest.mark.parametrize(
    ("format_id", "body"),
    [
        ("events.segment", segment_body(segment())),
        ("events.sensors", form_body([sensors()], is_packed=True)),
        ("events.ga4", ga4_body(ga4())),
    ],
)
def test_a_file_is_known_by_what_its_bodies_say_whatever_its_name(till: Till, format_id: str, body: str) -> None:
    plain = till.taken("orders.csv", lines(body))
    packed = till.taken("x", gzip.compress(lines(body).encode()))

    assert (plain.format, packed.format) == (format_id, format_id)
    assert (classes(plain), classes(packed)) == ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0))


def test_a_document_over_several_lines_is_one_body(till: Till) -> None:
    found = till.taken("body.json", '{\n "client_id": "1.2",\n "events": [\n' + text(ga4()) + "\n]}\n")

    assert (found.format, classes(found)) == ("events.ga4", (1, 0, 0, 0, 0))


def test_a_file_that_comes_again_says_nothing_new(till: Till) -> None:
    data = lines(segment_body(segment(id="1"), segment(id="2")), segment_body(segment(id="1")))

    first, second = till.taken("a.jsonl", data), till.taken("b.jsonl", data)

    assert (classes(first), classes(second)) == ((2, 1, 0, 0, 0), (0, 3, 0, 0, 0))


def test_a_second_sending_of_an_event_is_a_duplicate(till: Till) -> None:
    till.taken("a.jsonl", lines(segment_body(segment(), sentAt="2026-09-01T02:40:01Z")))
    again = till.taken("b.jsonl", lines(segment_body(segment(), sentAt="2026-09-01T02:45:00Z", ip="203.0.113.9")))

    assert classes(again) == (0, 1, 0, 0, 0)


def test_of_two_events_with_one_id_the_first_counts_and_the_other_is_kept_aside(till: Till) -> None:
    first = segment_body(segment("Product Viewed", timestamp="2026-09-01T02:00:00Z"))
    later = segment_body(segment("Order Completed", timestamp="2026-09-01T03:00:00Z"))

    till.taken("a.jsonl", lines(first))
    found = till.taken("b.jsonl", lines(later))

    assert (classes(found), rules(found)) == ((0, 0, 0, 1, 0), {"message_id_reused"})
    assert names(till) == ["Product Viewed"]


def test_an_event_that_counts_after_all_takes_the_place_of_another_with_its_id(till: Till) -> None:
    first = segment_body(segment("Product Viewed", timestamp="2026-09-01T02:00:00Z"))
    later = segment_body(segment("Order Completed", timestamp="2026-09-01T03:00:00Z"))

    held = till.taken("a.jsonl", lines(later))
    found = till.taken("b.jsonl", lines(first))

    assert classes(found) == (1, 0, 0, 0, 0)
    assert (names(till), aside(till)) == (["Product Viewed"], {("message_id_reused", None)})
    [batch] = till.rows("source_batch", "accepted", "quarantined", batch_id=held.batch_id)
    assert batch == {"accepted": 0, "quarantined": 1}


def test_events_without_an_id_are_told_apart_by_all_they_say(till: Till) -> None:
    body = text([sensors(track_id=None), sensors("Search", track_id=None), sensors(track_id=None)])

    assert classes(till.taken("a.jsonl", lines(body))) == (2, 1, 0, 0, 0)


def test_equal_events_at_two_places_of_a_ga4_body_are_two(till: Till) -> None:
    body = ga4_body(ga4("scroll"), ga4("scroll"))

    assert classes(till.taken("a.jsonl", lines(body, body))) == (2, 2, 0, 0, 0)


def test_ids_of_two_protocols_do_not_meet(till: Till) -> None:
    till.taken("a.jsonl", lines(segment_body(segment(id="x"))))

    assert classes(till.taken("b.jsonl", lines(ga4_body(ga4())))) == (1, 0, 0, 0, 0)


def test_a_line_of_another_protocol_is_kept_aside(till: Till) -> None:
    found = till.taken("a.jsonl", lines(*[segment_body(segment(id=str(n))) for n in range(3)], ga4_body(ga4())))

    assert (classes(found), rules(found)) == ((3, 0, 0, 1, 0), {"not_a_body"})


def test_what_is_wrong_with_one_event_leaves_its_neighbours_alone(till: Till) -> None:
    good, bad = segment(id="1"), segment(id="2", properties={"total": "many"})

    # A number is no event, as the type of `segment_body` says too.
    body = segment_body(good, bad, 5, segment(id="3"))  # type: ignore[arg-type]
    found = till.taken("a.jsonl", lines(body))

    assert classes(found) == (2, 0, 0, 2, 0)
    assert aside(till) == {("not_an_amount", "properties.total"), ("not_an_event", None)}


def test_a_trial_writes_nothing(till: Till) -> None:
    found = till.taken("a.jsonl", lines(segment_body(segment())), is_dry_run=True)

    assert (classes(found), found.batch_id) == ((1, 0, 0, 0, 0), None)
    assert till.rows("event") == till.rows("source_batch") == []


def test_events_belong_to_the_store_that_is_said_or_the_only_one(till: Till) -> None:
    said = till.taken("a.jsonl", lines(segment_body(segment())), store="商城")
    known = till.taken("b.jsonl", lines(segment_body(segment(id="2"))))

    assert (said.store, known.store) == ("商城", "商城")


def test_several_files_of_which_one_is_damaged_are_loaded_but_for_that(till: Till) -> None:
    packed = gzip.compress(lines(*(segment_body(segment(id=str(n))) for n in range(5_000))).encode())
    paths = [
        till.write("1.jsonl", lines(segment_body(segment(id="a")))),
        till.write("2.jsonl.gz", packed[:-40]),
        till.write("3.jsonl", lines(segment_body(segment(id="b")))),
    ]

    report = till.load_all(paths)

    assert [entry.error is None for entry in report.files] == [True, False, True]
    assert len(till.rows("event")) == 2


def test_a_source_row_shows_the_event_with_personal_fields_masked(till: Till) -> None:
    event = segment(userId="li.lei", traits={"email": "li@example.com"}, context={"ip": "203.0.113.77"})
    loaded = till.taken("a.jsonl", lines("", segment_body(segment(id="0"), event)))

    cells = {cell.header: cell.value for cell in read_source_row(till.shop, loaded.batch_id or 0, 2).cells}

    assert (cells["line_no"], cells["place"], cells["messageId"]) == ("2", "1", "m1")
    assert (cells["userId"], cells["traits.email"], cells["context.ip"]) == ("l***i", "l***@example.com", "203.0.113.0")


def test_a_corrected_field_brings_an_event_in(till: Till) -> None:
    till.taken("a.jsonl", lines(segment_body(segment(id="1"), segment(id="2", properties={"total": "9,90"}))))
    [issue] = issues_of(till, "not_an_amount")

    [found] = replay_rows(till.shop, till.ledger, {issue: {"properties.total": "9.90"}}).files

    assert classes(found) == (1, 0, 0, 0, 0)
    assert till.column("event", "value_minor") == [990, None]
    assert issues_of(till, "not_an_amount") == []
    again = till.taken("b.jsonl", lines(segment_body(segment(id="2", properties={"total": "9,90"}))))
    assert classes(again) == (0, 1, 0, 0, 0)


def test_a_mended_body_brings_in_all_its_events(till: Till) -> None:
    whole = segment_body(segment(id="1"), segment(id="2"))
    till.taken("a.jsonl", lines(segment_body(segment(id="0")), whole[:-1]))
    [issue] = issues_of(till, "bad_json")

    [found] = replay_rows(till.shop, till.ledger, {issue: {"body": whole}}).files

    assert (classes(found), aside(till)) == ((2, 0, 0, 0, 0), set())


def test_a_correction_of_a_field_that_is_not_there_is_refused(till: Till) -> None:
    till.taken("a.jsonl", lines(segment_body(segment(timestamp="soon"))))
    [issue] = issues_of(till, "not_a_date")

    with pytest.raises(UnknownHeaderError, match="no column 'time'"):
        replay_rows(till.shop, till.ledger, {issue: {"time": "2026-09-01"}})


def test_names_that_a_shop_gives_its_events_stand_before_our_own(till: Till) -> None:
    (till.shop.dir / "event_names.toml").write_text('[sensors]\n"看商品" = "product_view"\n', encoding="utf-8")

    till.taken("a.jsonl", lines(text(sensors("看商品"))))

    assert till.column("event", "name") == ["product_view"]


def test_a_name_that_does_not_exist_is_refused_with_the_place(till: Till) -> None:
    (till.shop.dir / "event_names.toml").write_text('[sensors]\nX = "product_vew"\n', encoding="utf-8")

    found = till.load("a.jsonl", lines(text(sensors())))

    assert found.error is not None
    assert found.error.code == "event_names"
    assert "event_names.toml" in found.error.where


def moved_shop(directory: Path) -> dict[str, Any]:
    """Return what a shop says after events were loaded, replaced, put right and moved."""
    with till_at(directory) as till:
        till.taken(
            "a.jsonl", lines(segment_body(segment(timestamp="2026-09-01T03:00:00Z"), segment(id="2"))), store="甲"
        )
        till.taken("b.jsonl", lines(segment_body(segment("Search", timestamp="2026-09-01T02:00:00Z"))), store="甲")
        till.taken("c.jsonl", lines(text([sensors(time="x"), sensors("Search", track_id=2)])), store="甲")
        last = till.taken("d.jsonl", lines(ga4_body(ga4())), store="甲")
        [issue] = issues_of(till, "not_a_count")
        replay_rows(till.shop, till.ledger, {issue: {"time": "1788230400000"}})
        move_batch(till.shop, till.ledger, last.batch_id or 0, "乙")
        till.check()
        return {"told": told(till), "records": till.rows("raw_record"), "batches": till.rows("source_batch")}


def test_a_ledger_of_events_that_is_built_again_says_the_same(tmp_path: Path) -> None:
    said = moved_shop(tmp_path)
    with till_at(tmp_path) as till:
        till.ledger.close()
        build_ledger(till.shop)
        open_shop_ledger(till.shop, memory_limit="1GB", threads=1).close()
        with open_ledger(till.shop.dir) as ledger:
            again = Till(till.shop, ledger, till.desk)
            assert told(again) == said["told"]
            assert again.rows("raw_record") == said["records"]
            assert again.rows("source_batch") == said["batches"]


SENT = st.builds(
    lambda at, name, id_, visitor: segment(
        name, id=id_, anonymousId=visitor, timestamp=f"2026-09-0{at // 24 + 1}T{at % 24:02d}:00:00Z"
    ),
    st.integers(0, 60),
    st.sampled_from(["Product Viewed", "Order Completed", "Cart Viewed"]),
    st.sampled_from("abcdef"),
    st.sampled_from("xyz"),
)


@pytest.mark.slow
@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SENT, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_any_order_repeats_and_cuts_of_the_same_events_give_the_same_tables(
    till: Till, events: list[Event], luck: random.Random
) -> None:
    # Stores do not know each other's events, so that one shop will do for all.
    number = len(till.shop.stores.list_stores())
    till.taken(f"{number}.jsonl", lines(*(segment_body(event) for event in events)), store=f"whole {number}")
    shuffled = [*events, *luck.choices(events, k=3)]
    luck.shuffle(shuffled)
    while shuffled:
        part = [shuffled.pop() for _ in range(min(luck.randint(1, 5), len(shuffled)))]
        cut = luck.randint(0, len(part))
        bodies = [segment_body(*some) for some in (part[:cut], part[cut:]) if some]
        till.taken(f"{number}-{len(shuffled)}.jsonl", lines(*bodies), store=f"parts {number}")
        if luck.random() < 0.3:
            told(till)

    whole, parts = (told(till, of_store=f"{how} {number}") for how in ("whole", "parts"))
    assert parts == whole
