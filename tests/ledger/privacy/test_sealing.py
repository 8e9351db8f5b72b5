"""Sealed values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ledger.privacy import SealedValueDamagedError, Sealer, ShopKey

SEALER = Sealer(ShopKey(bytes(range(32))))


@given(st.binary(max_size=300), st.text(max_size=20))
def test_a_sealed_value_opens_in_its_place(value: bytes, place: str) -> None:
    place = place.encode(errors="ignore").decode()

    assert SEALER.unseal(SEALER.seal(value, place), place) == value


def test_text_comes_back_as_text() -> None:
    assert SEALER.unseal_text(SEALER.seal("张三 138", "cell"), "cell") == "张三 138"


def test_a_value_moved_to_another_place_stays_shut() -> None:
    with pytest.raises(SealedValueDamagedError, match="issue/2"):
        SEALER.unseal(SEALER.seal("x", "issue/1"), "issue/2")


def test_another_shops_key_opens_nothing() -> None:
    with pytest.raises(SealedValueDamagedError):
        Sealer(ShopKey(bytes(32))).unseal(SEALER.seal("x", "a"), "a")


@given(st.data())
def test_a_changed_bit_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(SEALER.seal("value", "a"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(SealedValueDamagedError):
        SEALER.unseal(bytes(sealed), "a")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(40)])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealedValueDamagedError):
        SEALER.unseal(sealed, "a")


def test_equal_values_do_not_look_equal() -> None:
    assert SEALER.seal("x", "a") != SEALER.seal("x", "a")
