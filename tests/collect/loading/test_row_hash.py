"""Hashes of rows: the same for the same content, whatever its neighbours, and never another after an upgrade."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.collect.loading.row_hash import content_hash
from zhanggui.collect.loading.text_hash import text_hash

REFERENCE = [
    "77af285eeca5a420",
    "e396e9550f678af1",
    "6416af4dc8bbfed2",
    "697a1762b66a0a2a",
    "6d2923cc70e169da",
    "87b8ff3e6fb3176b",
]
ROWS = "301007d3876728b8790f32f0da7572eb72cdab57769a3a9bf350b89c61eaca86"
TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=30)


def test_the_hash_is_siphash_of_the_bytes() -> None:
    # Reference values of another implementation under the same key.
    texts = ["", "a", "1234567", "12345678", "123456789", "天猫订单"]

    assert [f"{value:016x}" for value in text_hash(pa.array(texts)).tolist()] == REFERENCE


@given(TEXTS)
def test_a_text_has_one_hash_whatever_stands_beside_it(texts: list[str | None]) -> None:
    together = text_hash(pa.array(texts, pa.string())).tolist()

    assert together == [int(text_hash(pa.array([text], pa.string()))[0]) for text in texts]


def test_long_texts_have_the_hash_that_they_have_beside_as_long_ones() -> None:
    texts = ["茶" * (number * 100) for number in range(40)]
    together = text_hash(pa.array(texts * 2, pa.string())).tolist()

    assert together == [int(text_hash(pa.array([text], pa.string()))[0]) for text in texts] * 2


@given(TEXTS, st.integers(0, 10))
def test_a_part_of_a_column_has_the_hashes_of_the_whole(texts: list[str | None], start: int) -> None:
    whole = pa.array(texts, pa.string())

    assert text_hash(whole.slice(start)).tolist() == text_hash(whole).tolist()[start:]


def test_many_texts_have_as_many_hashes() -> None:
    texts = [f"{number}-{'x' * (number % 37)}" for number in range(200_000)]

    assert len(np.unique(text_hash(pa.array(texts)))) == len(texts)


def test_a_null_differs_from_an_empty_text_and_from_nought() -> None:
    rows = {"a": pa.array(["", None]), "b": pa.array([0, None])}

    one, other = content_hash(rows, 2)
    assert one != other
    assert content_hash({"a": pa.array([None, "x"])}, 2)[0] == content_hash({"a": pa.array(["y", None])}, 2)[1]


def test_hashes_of_rows_stay_what_they_are() -> None:
    n = 5000
    rows = {
        "order_id": pa.array([str(10**17 + number) for number in range(n)]),
        "status": pa.array(["交易成功" if number % 3 else None for number in range(n)]),
        "paid_minor": pa.array(range(n), pa.int64()),
    }

    assert hashlib.sha256(content_hash(rows, n).tobytes()).hexdigest() == ROWS
