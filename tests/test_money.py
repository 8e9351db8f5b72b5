"""Exact money."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.money import (
    CURRENCY_EXPONENTS,
    LARGEST_MINOR,
    AmountOutOfRangeError,
    ExcessDigitsError,
    NothingToAllocateError,
    UnknownCurrencyError,
    allocate,
    currency_exponent,
    format_money,
    json_number,
    to_major,
    to_minor,
)

currencies = st.sampled_from(["CNY", "JPY", "KWD", "CLF"])
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("102.75", "CNY", 10275),
        ("102.7500000", "CNY", 10275),  # trailing zeros are no excess
        ("-0", "CNY", 0),
        ("1E+2", "CNY", 10000),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
    ],
)
def test_an_amount_becomes_the_minor_units_of_its_currency(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


def test_a_third_decimal_of_yuan_is_refused_with_the_amount() -> None:
    with pytest.raises(ExcessDigitsError, match=r"Amount 1\.005 has more than 2 decimals"):
        to_minor(Decimal("1.005"), "CNY")


@pytest.mark.parametrize(("amount", "minor"), [("0.005", 1), ("-0.005", -1), ("0.0049999", 0), ("2.675", 268)])
def test_half_a_fen_is_rounded_away_from_zero_where_rounding_is_allowed(amount: str, minor: int) -> None:
    assert to_minor(Decimal(amount), "CNY", excess="round_half_up") == minor


def test_more_digits_than_the_decimal_context_holds_are_still_seen() -> None:
    with pytest.raises(ExcessDigitsError):
        to_minor(Decimal("1." + "0" * 60 + "1"), "CNY")


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "92233720368547758.08"])
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    with pytest.raises(AmountOutOfRangeError):
        to_minor(Decimal(amount), "CNY")


def test_the_largest_amount_of_a_bigint_column_fits() -> None:
    assert to_minor(Decimal("92233720368547758.07"), "CNY") == LARGEST_MINOR


def test_a_vanishing_amount_rounds_to_nothing() -> None:
    assert to_minor(Decimal("1E-999999"), "CNY", excess="round_half_up") == 0


def test_an_unknown_currency_is_refused_everywhere() -> None:
    for ask in (lambda: currency_exponent("RMB"), lambda: to_major(1, "cny"), lambda: to_minor(Decimal(1), "")):
        with pytest.raises(UnknownCurrencyError):
            ask()


def test_every_currency_code_has_three_capitals() -> None:
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in CURRENCY_EXPONENTS)
    assert len(CURRENCY_EXPONENTS) > 160


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), currencies)
def test_minor_units_survive_the_way_to_major_units_and_back(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor


@given(st.integers(-(10**15), 10**15), currencies)
def test_a_json_number_reads_back_as_the_exact_amount(minor: int, currency: str) -> None:
    written = json.dumps(json_number(minor, currency))

    assert to_minor(json.loads(written, parse_float=Decimal, parse_int=Decimal), currency) == minor


@given(st.integers(-(10**12), 10**12), weights)
def test_the_parts_of_an_allocation_sum_to_the_total(total: int, shares: list[int]) -> None:
    assert sum(allocate(total, shares)) == total


@given(st.integers(-(10**12), 10**12), weights)
def test_no_part_is_off_its_exact_share_by_a_whole_unit(total: int, shares: list[int]) -> None:
    whole = sum(shares) or len(shares)
    exact = [Fraction(total * (share if sum(shares) else 1), whole) for share in shares]

    assert all(abs(part - share) < 1 for part, share in zip(allocate(total, shares), exact, strict=True))


@given(st.integers(0, 10**9), weights, st.integers(1, 1000))
def test_the_unit_of_the_weights_does_not_matter(total: int, shares: list[int], factor: int) -> None:
    scaled = [Decimal(share * factor) / 1000 for share in shares]

    assert allocate(total, scaled) == allocate(total, shares)


@given(st.integers(0, 10**9), weights)
def test_a_negative_total_is_the_mirror_of_the_positive_one(total: int, shares: list[int]) -> None:
    assert allocate(-total, shares) == [-part for part in allocate(total, shares)]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-1000, 1000), min_size=1, max_size=20))
def test_weights_of_both_signs_still_sum_to_the_total(total: int, shares: list[int]) -> None:
    assert sum(allocate(total, shares)) == total


def test_ties_go_to_the_earlier_line() -> None:
    # 100 / 3 = 33.33 each: one fen is left and the first line takes it.
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]


def test_the_largest_remainder_takes_the_fen_that_is_left() -> None:
    # 10 × 1/7 = 1.43, 10 × 6/7 = 8.57: floors 1 + 8, and .57 is the larger remainder.
    assert allocate(10, [1, 6]) == [1, 9]


def test_lines_without_weight_share_equally_by_position() -> None:
    assert allocate(-101, [0, 0]) == [-51, -50]


def test_a_discount_line_keeps_its_sign() -> None:
    # 80 over 100 and -20: 80 × 100/80 = 100, 80 × -20/80 = -20.
    assert allocate(80, [100, -20]) == [100, -20]


def test_nothing_over_nothing_is_nothing_and_something_is_refused() -> None:
    assert allocate(0, []) == []
    with pytest.raises(NothingToAllocateError, match="5 minor units"):
        allocate(5, [])


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (123456, "CNY", "zh", "¥1,234.56"),
        (-5, "CNY", "zh", "-¥0.05"),
        (-5, "CNY", "en", "-CNY 0.05"),
        (1000, "JPY", "zh", "JPY 1,000"),
        (1234567, "KWD", "en", "KWD 1,234.567"),
    ],
)
def test_money_is_written_with_all_its_digits(
    minor: int, currency: str, language: Literal["zh", "en"], shown: str
) -> None:
    assert format_money(minor, currency, language) == shown
