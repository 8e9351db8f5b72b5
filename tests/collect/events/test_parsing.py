"""Bodies read in bulk and one by one come to the same, however a file is cut into parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.collect.events.made_bodies import ga4, ga4_body, mapped, segment, segment_body, sensors, text

from zhanggui.collect.events import PROTOCOLS, Parsed, Parser, bodies_of, parsing, read_bodies

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([-(2**70), 10**20, 1e20, 10**40]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "12.30", "1e2", "x", "\u0000", "订单", " 5 ", "0x1F", "9" * 30]),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["a", "url"]), st.integers(0, 3), max_size=1),
)
FIELDS = ("messageId", "anonymousId", "timestamp", "event", "type", "properties", "context")
INSIDE = ("order_id", "price", "quantity", "total", "products", "product_id", "currency", "query")

ODD = ("{}", '{"batch": 3}', "{", '{"batch": [1, null]}', '{"batch":[],"batch":[]}', "5", '{"a":NaN}')
LINES = (segment_body(segment()), "", text(segment(id="二")), "\ufeff", "x", "[1]")

segment_events = st.builds(
    lambda outer, inner: {**segment(), **outer, **({"properties": inner} if "properties" not in outer else {})},
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=2),
    st.dictionaries(st.sampled_from(INSIDE), VALUES, max_size=3),
)
bodies = st.lists(
    st.one_of(
        st.builds(lambda events: segment_body(*events), st.lists(segment_events, max_size=4)),
        segment_events.map(text),
        st.sampled_from(
            ["{}", '{"batch": 3}', "{", '{"batch": [1, null]}', '{"batch":[],"batch":[]}', "5", '{"a":NaN}']
        ),
    ),
    min_size=1,
    max_size=30,
)


class Careful(Parser):
    """Reads every body by itself."""

    def _together(self, texts: Any) -> Parsed | None:
        return None


class Counting(Parser):
    """Counts the bodies that it has to read by themselves."""

    n_alone = 0

    def _one_by_one(self, texts: Sequence[str]) -> Parsed:
        self.n_alone += len(texts)
        return super()._one_by_one(texts)


Read = tuple[list[Any], list[Any], list[Any], list[int]]


def read(texts: list[str], parser: Parser | None = None) -> Read:
    """Return the good events, where they stand, what is wrong with the others, and how many each body has."""
    parser = parser or Parser(PROTOCOLS["segment"].envelope)
    events, places, misfits, counts = [], [], [], []
    for start, part in parser.parsed(bodies_of(texts)) if texts else ():
        events += part.events.to_pylist()
        places += [(start + int(body), int(place)) for body, place in zip(part.body_of, part.place, strict=True)]
        misfits += [(start + one.body, one.place, one.rule, one.path) for one in part.misfits]
        counts += part.n_events.tolist()
    return events, places, misfits, counts


@given(bodies)
def test_reading_in_bulk_and_one_by_one_say_the_same(texts: list[str]) -> None:
    assert read(texts) == read(texts, Careful(PROTOCOLS["segment"].envelope))


@given(bodies, st.data())
def test_no_body_is_read_differently_for_the_company_it_is_in(texts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(texts)))
    whole = read(texts)
    first, second = (
        read(texts[:cut]) if cut else ([], [], [], []),
        read(texts[cut:]) if cut < len(texts) else ([], [], [], []),
    )

    assert whole[0] == [*first[0], *second[0]]
    assert [one[2:] for one in whole[2]] == [one[2:] for one in (*first[2], *second[2])]
    assert whole[3] == [*first[3], *second[3]]


@given(
    st.lists(st.sampled_from([segment_body(segment()), "", text(segment(id="二")), "\ufeff", "x", "[1]"]), max_size=20)
)
def test_how_many_bytes_are_read_at_a_time_changes_nothing(lines: list[str]) -> None:
    data = "\r\n".join(lines).encode()

    def lines_read(block: int) -> list[tuple[int, str]]:
        found = []
        for part in read_bodies(lambda: BytesIO(data), block_bytes=block):
            found += list(zip(part.line_no.tolist(), [one.strip() for one in part.texts.to_pylist()], strict=True))
        return found

    assert lines_read(7) == lines_read(1 << 20)


def test_ids_that_are_numbers_throughout_are_read_in_bulk_after_the_first() -> None:
    texts = [segment_body(segment(id=number, properties={"order_id": number})) for number in range(2_000)]
    parser = Counting(PROTOCOLS["segment"].envelope)

    events, *_ = read(texts, parser)

    assert [event["properties"]["order_id"] for event in events] == [str(number) for number in range(2_000)]
    assert parser.n_alone <= parsing.FEW_BODIES


def test_numbers_that_are_text_throughout_are_read_in_bulk_after_the_first() -> None:
    event = ga4()
    texts = [ga4_body({**event, "timestamp_micros": f"{1_788_230_400_000_000 + n}"}, user_id=n) for n in range(300)]

    rows = mapped("ga4", texts)

    assert [row["user_id"] for row in rows] == [str(n) for n in range(300)]
    assert rows[299]["stated_at"].microsecond == 299


def test_an_event_deep_within_unread_fields_is_read_alone_as_in_company() -> None:
    deep = '{"batch":[' + text(segment())[:-1] + ',"x":' + "[" * 50_000 + "]" * 50_000 + "}]}"

    alone, beside_a_broken_one = read([deep]), read([deep, "{"])

    assert alone[0] == beside_a_broken_one[0] != []


def test_a_field_that_is_said_twice_keeps_its_event_aside_and_no_other() -> None:
    twice = text(segment())[:-1] + ',"anonymousId":"other"}'

    events, _, misfits, counts = read([f'{{"batch":[{twice},{text(segment(id="m2"))}]}}'])

    assert [one["messageId"] for one in events] == ["m2"]
    assert misfits == [(0, 0, "repeated_field", "anonymousId")]
    assert counts == [2]


def test_amounts_are_exact_whatever_digits_they_have() -> None:
    amounts = ["0.1", "179.00000000000003", "98.10", "1e2", "-0.005"]
    texts = [segment_body(segment(id=str(n), properties={"total": json.loads(a)})) for n, a in enumerate(amounts)]

    found = [row["value"] for row in mapped("segment", texts)]

    assert [format(value.normalize(), "f") for value in found] == ["0.1", "179.00000000000003", "98.1", "100", "-0.005"]


def test_a_body_may_not_hold_more_events_than_any_library_sends() -> None:
    body = text({"data_list": [sensors(track_id=n) for n in range(10_001)]})

    events, _, misfits, counts = read([body], Parser(PROTOCOLS["sensors"].envelope))

    assert (events, misfits, counts) == ([], [(0, 0, "too_many_events", "data_list")], [1])
