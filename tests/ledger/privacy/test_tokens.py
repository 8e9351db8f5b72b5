"""Keyed tokens."""

from __future__ import annotations

import hmac

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ledger.privacy import ShopKey, Tokenizer

KEY = ShopKey(bytes(range(32)))
TOKENIZER = Tokenizer(KEY)


def test_a_token_is_128_bits_of_hmac_sha256_under_the_key_of_its_domain() -> None:
    digest = hmac.digest(KEY.subkey("token", b"account"), b"li.lei", "sha256")

    assert TOKENIZER.token(" Li.Lei ", "account") == "h1:" + digest.hex()[:32]


@pytest.mark.parametrize(
    "spelling",
    [
        "13800138000",
        "+8613800138000",
        "86 138 0013 8000",
        "0086-138-0013-8000",
        "１３８００１３８０００",
        " (138)00138000",
    ],
)
def test_spellings_of_one_phone_number_give_one_token(spelling: str) -> None:
    assert TOKENIZER.token(spelling, "phone") == TOKENIZER.token("13800138000", "phone")


def test_other_countries_numbers_keep_their_country() -> None:
    assert TOKENIZER.token("+1 650 253 0000", "phone") == TOKENIZER.token("0016502530000", "phone")
    assert TOKENIZER.token("+1 650 253 0000", "phone") != TOKENIZER.token("6502530000", "phone")


def test_case_and_width_do_not_part_a_mail_address() -> None:
    assert TOKENIZER.token("Ｌi@Example.COM", "email") == TOKENIZER.token("li@example.com", "email")


def test_buyer_ids_that_differ_in_case_are_two_buyers() -> None:
    assert TOKENIZER.token("AAFx9", "buyer/1") != TOKENIZER.token("aafX9", "buyer/1")


@pytest.mark.parametrize(
    "cell",
    [None, "", "  ", "　", "138****8000", "张**", "张＊", "##ciphertext##", "$$cipher$$", "~AgAAAAB1~0~", "t**7"],
)
def test_an_empty_masked_or_encrypted_cell_has_no_token(cell: str | None) -> None:
    for domain in ("phone", "name", "buyer/1", "account"):
        assert TOKENIZER.token(cell, domain) is None


def test_one_value_in_two_domains_or_shops_has_different_tokens() -> None:
    tokens = {TOKENIZER.token("13800138000", domain) for domain in ("phone", "account", "buyer/1", "buyer/2")}
    tokens.add(Tokenizer(ShopKey(bytes(32))).token("13800138000", "phone"))

    assert len(tokens) == 5


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["a", None, "b", "a", "*"]),
        pa.chunked_array([["a", None], ["b"], [], ["a", "*"]]),
        pa.array(["a", None, "b", "a", "*"]).dictionary_encode(),
        pa.array(["a", None, "b", "a", "*"], pa.large_string()),
        pa.array(["x", "a", None, "b", "a", "*"]).slice(1),
        ["a", None, "b", "a", "*"],
    ],
)
def test_every_form_of_column_keeps_its_rows(column: pa.Array) -> None:
    a, b = TOKENIZER.token("a", "name"), TOKENIZER.token("b", "name")
    tokens = TOKENIZER.tokens(column, "name")

    assert tokens.type == pa.string()
    assert tokens.to_pylist() == [a, None, b, a, None]


def test_no_rows_give_no_tokens() -> None:
    assert TOKENIZER.tokens([], "phone").to_pylist() == []
    assert TOKENIZER.tokens(pa.chunked_array([], pa.string()), "phone").to_pylist() == []
    assert TOKENIZER.tokens(pa.nulls(2), "phone").to_pylist() == [None, None]


@given(st.lists(st.none() | st.text(max_size=12), max_size=30))
def test_a_column_gives_what_its_cells_give_one_by_one(cells: list[str | None]) -> None:
    cells = [cell if cell is None else cell.encode(errors="ignore").decode() for cell in cells]

    assert TOKENIZER.tokens(cells, "name").to_pylist() == [TOKENIZER.token(cell, "name") for cell in cells]
