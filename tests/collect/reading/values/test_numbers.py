from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.collect.reading.values import parse_decimal, parse_money, parse_quantity, parse_ratio

AMOUNT = st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False)


def written(number: Decimal, style: str) -> str:
    """Return a number in one of the ways that exports write it."""
    plain = f"{number:f}"
    if style == "grouped":
        return f"{number:,f}"
    if style == "currency":
        return f"￥{plain}元"
    if style == "wide":
        return plain.translate({ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789-"})
    if style == "bracketed":
        return f"({plain[1:]})" if plain.startswith("-") else plain
    return plain


@given(
    numbers=st.lists(
        st.tuples(AMOUNT, st.sampled_from(["plain", "grouped", "currency", "wide", "bracketed"])), max_size=30
    ),
    exponent=st.sampled_from([0, 2, 3]),
)
def test_rounded_amounts_and_remainders_equal_decimal_arithmetic(
    numbers: list[tuple[Decimal, str]], exponent: int
) -> None:
    money = parse_money(pa.array([written(n, s) for n, s in numbers], pa.string()), exponent, excess="round")

    unit = Decimal(1).scaleb(-exponent)
    expected = [int(n.quantize(unit, ROUND_HALF_UP).scaleb(exponent)) for n, _ in numbers]
    assert money.values.to_pylist() == expected
    assert money.exact_sum() == sum((n for n, _ in numbers), Decimal(0))
    assert not money.has_problems


@given(st.lists(AMOUNT, max_size=30))
def test_excess_digits_are_exactly_the_amounts_that_rounding_would_change(numbers: list[Decimal]) -> None:
    money = parse_money(pa.array([f"{n:f}" for n in numbers], pa.string()), 2)

    for n, minor, rule in zip(numbers, money.values.to_pylist(), money.problem.to_pylist(), strict=True):
        if n == n.quantize(Decimal("0.01")):
            assert (minor, rule) == (int(n * 100), None)
        else:
            assert (minor, rule) == (None, "excess_digits")


@given(st.text(st.sampled_from(list("0123456789.-")), max_size=22), st.sampled_from([0, 2, 3]))
def test_an_amount_is_the_same_alone_and_beside_one_that_is_written_otherwise(text: str, exponent: int) -> None:
    alone = parse_money(pa.array([text], pa.string()), exponent)
    beside = parse_money(pa.array([text, "￥1"], pa.string()), exponent)

    assert alone.values.to_pylist() == beside.values.to_pylist()[:1]
    assert alone.problem.to_pylist() == beside.problem.to_pylist()[:1]


@given(st.lists(st.text(st.sampled_from(list("0123456789.,-+()e ￥元%a－")), max_size=8), max_size=20))
def test_no_text_is_an_accident(texts: list[str]) -> None:
    money = parse_money(pa.array(texts, pa.string()), 2, excess="round")

    # Every cell is either empty, an amount, or a problem, and none is two of them.
    for minor, rule in zip(money.values.to_pylist(), money.problem.to_pylist(), strict=True):
        assert minor is None or rule is None


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("4,918.00", 491_800),
        ("¥11.19", 1_119),
        ("179.00元", 17_900),
        ("CNY 5", 500),
        ("(3.10)", -310),
        ("−5", -500),
        ("-¥5", -500),
        ("¥-5", -500),
        ("１２．５", 1_250),
        ("1.230", 123),
        (".5", 50),
        ("5.", 500),
        ('="7.00"', 700),
        ("\t8.00", 800),
        ("+5", 500),
        ("922337203.68", 92_233_720_368),
        ("99999999999999.99", 9_999_999_999_999_999),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, minor: int) -> None:
    money = parse_money(pa.array([text]), 2)

    assert money.values.to_pylist() == [minor]
    assert not money.has_problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("abc", "not_an_amount"),
        ("1.2.3", "not_an_amount"),
        ("1,23", "not_an_amount"),
        ("--5", "not_an_amount"),
        ("(-5)", "not_an_amount"),
        ("$5", "not_an_amount"),
        ("#REF!", "not_an_amount"),
        ("5 6", "not_an_amount"),
        ("1e5", "amount_scientific"),
        ("1.005", "excess_digits"),
        ("999999999999999999", "amount_too_large"),
        ("1" * 40, "amount_too_large"),
    ],
)
def test_what_is_no_amount_breaks_a_rule(text: str, rule: str) -> None:
    money = parse_money(pa.array([text, "1.00"]), 2)

    assert money.values.to_pylist() == [None, 100]
    assert money.problem.to_pylist() == [rule, None]


@pytest.mark.parametrize("text", ["", "-", "--", "null", "nan", "无", "None", "/"])
def test_words_for_empty_are_neither_amount_nor_problem(text: str) -> None:
    money = parse_money(pa.array([text]), 2)

    assert money.values.to_pylist() == money.problem.to_pylist() == [None]


def test_a_native_float_means_its_shortest_decimal() -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in binary: noise beyond the tenth digit is no excess.
    money = parse_money(pa.array([0.1, 0.1 + 0.2, 6.95, None, float("nan"), 1e-7, 1e10]), 2, excess="round")

    assert money.values.to_pylist() == [10, 30, 695, None, None, 0, 1_000_000_000_000]


def test_native_integers_and_decimals_are_exact() -> None:
    assert parse_money(pa.array([2**40, -1]), 2).values.to_pylist() == [100 * 2**40, -100]
    assert parse_money(pa.array([Decimal("1.25")]), 2).values.to_pylist() == [125]


def test_an_infinite_float_is_a_problem() -> None:
    assert parse_money(pa.array([float("inf")]), 2).problem.to_pylist() == ["not_an_amount"]


def test_a_comma_may_be_the_decimal_sign() -> None:
    money = parse_money(pa.array(["1.234,50", "3,5", "7", "1 000,00"]), 2, decimal=",")

    assert money.values.to_pylist() == [123_450, 350, 700, 100_000]


def test_the_sign_of_another_currency_is_accepted_for_that_currency_only() -> None:
    assert parse_money(pa.array(["$12.50"]), 2, currency="USD").values.to_pylist() == [1_250]
    assert parse_money(pa.array(["€3"]), 2, currency="USD").problem.to_pylist() == ["not_an_amount"]


def test_half_a_minor_unit_is_rounded_away_from_zero() -> None:
    money = parse_money(pa.array(["0.125", "-0.125", "0.1249"]), 2, excess="round")

    assert money.values.to_pylist() == [13, -13, 12]
    # 0.125 - 0.13 = -0.005 = -50,000,000 of 10**-10.
    assert money.remainder.to_pylist() == [-50_000_000, 50_000_000, 49_000_000]


def test_a_slice_of_a_column_is_read_from_its_own_start() -> None:
    column = pa.array(["1", "x", "2.50", "3"]).slice(2)

    assert parse_money(column, 2).values.to_pylist() == [250, 300]


def test_an_empty_column_gives_an_empty_column() -> None:
    money = parse_money(pa.array([], pa.string()), 2)

    assert money.values.to_pylist() == []
    assert money.exact_sum() == 0


def test_decimals_keep_ten_digits() -> None:
    assert parse_decimal(pa.array(["1.23456789014"])).values.to_pylist() == [Decimal("1.2345678901")]


def test_quantities_have_three_digits_and_may_name_their_unit() -> None:
    parsed = parse_quantity(pa.array(["2", "-1.5", "3件", "1,000", "x", "0.0001", "1e3", None, "9" * 17]))

    assert [None if q is None else str(q) for q in parsed.values.to_pylist()] == [
        *("2.000", "-1.500", "3.000", "1000.000"),
        *([None] * 5),
    ]
    assert parsed.problem.to_pylist()[4:] == [
        "not_a_number",
        "excess_digits",
        "not_a_number",
        None,
        "quantity_too_large",
    ]


def test_ratios_are_parts_of_one() -> None:
    parsed = parse_ratio(pa.array(["7.66%", "0.5", "-", "x", "１００％"]))

    assert parsed.values.to_pylist() == [0.0766, 0.5, None, None, 1.0]
    assert parsed.problem.to_pylist() == [None, None, None, "not_a_ratio", None]
