"""Arithmetic on columns of amounts: quantity × unit price, exactly, rounded half-up; and sums of two columns."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.values import EXACT_SCALE, Money

_SAFE = 4e18
_THOUSAND = 1000
_NUMBERS = ("values", "remainder")


def line_amounts(price: Money, quantity: Any) -> Money:
    """Return the amount of each line.

    Parameters
    ----------
    price : Money
        Unit prices; their rounding remainder takes part, so that the product is exact before it is rounded.
    quantity : pyarrow.Decimal128Array
        Three digits after the point.

    Examples
    --------
    >>> from zhanggui.collect.reading.values import parse_money, parse_quantity
    >>> price = parse_money(pa.array(["0.055", "6.95"]), 2, excess="round")
    >>> amounts = line_amounts(price, parse_quantity(pa.array(["3", "-12"])).values)
    >>> amounts.values.to_pylist(), str(amounts.exact_sum())
    ([17, -8340], '-83.2350000000')
    """
    thousandths = pc.multiply(quantity, pa.scalar(Decimal(_THOUSAND), pa.decimal128(4, 0))).cast(pa.int64())
    null = _is_null(thousandths) | _is_null(price.values)
    n = np.asarray(pc.fill_null(thousandths, 0).to_numpy(zero_copy_only=False), np.int64)
    minor = np.asarray(pc.fill_null(price.values, 0).to_numpy(zero_copy_only=False), np.int64)
    rest = np.asarray(pc.fill_null(price.remainder, 0).to_numpy(zero_copy_only=False), np.int64)
    is_exact_needed = (rest != 0) | (np.abs(minor.astype(float) * n.astype(float)) > _SAFE)
    product = np.where(is_exact_needed, 0, minor) * n
    size = np.abs(product)
    whole = np.sign(product) * ((size + _THOUSAND // 2) // _THOUSAND)
    scale = 10 ** (EXACT_SCALE - price.exponent)
    leftover = (product - whole * _THOUSAND) * (scale // _THOUSAND)
    for row in np.flatnonzero(is_exact_needed & ~null):
        exact = (Decimal(int(minor[row])) + Decimal(int(rest[row])) / scale) * Decimal(int(n[row])) / _THOUSAND
        rounded = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        whole[row] = int(rounded)
        leftover[row] = int((exact - rounded) * scale)
    return Money(
        values=pa.array(whole, pa.int64(), mask=null),
        problem=pa.nulls(len(null), pa.string()),
        remainder=pa.array(leftover, pa.int64(), mask=null),
        exponent=price.exponent,
    )


def added(left: Money, right: Money) -> Money:
    """Return the sum of two columns row by row; an empty cell beside an amount counts as nothing.

    Examples
    --------
    >>> from zhanggui.collect.reading.values import parse_money
    >>> goods, postage = parse_money(pa.array(["28.90", "5", ""]), 2), parse_money(pa.array(["1.10", "", ""]), 2)
    >>> added(goods, postage).values.to_pylist()
    [3000, 500, None]
    """
    is_empty = pc.and_(pc.is_null(left.values), pc.is_null(right.values))
    columns = {
        name: pc.if_else(
            is_empty,
            pa.scalar(None, pa.int64()),
            pc.add(pc.fill_null(getattr(left, name), 0), pc.fill_null(getattr(right, name), 0)),
        )
        for name in _NUMBERS
    }
    problem = pc.coalesce(left.problem, right.problem)
    return Money(columns["values"], problem, remainder=columns["remainder"], exponent=left.exponent)


def lessened(left: Money, right: Money) -> Money:
    """Return what is left of the first column after the size of the second: files write expenses with either sign.

    Examples
    --------
    >>> from zhanggui.collect.reading.values import parse_money
    >>> income, expense = parse_money(pa.array(["5", ""]), 2), parse_money(pa.array(["0", "-1.07"]), 2)
    >>> lessened(income, expense).values.to_pylist()
    [500, -107]
    """
    return added(left, negated(right, pc.greater(right.values, 0)))


def negated(money: Money, rows: Any) -> Money:
    """Return the amounts, those of `rows` with the other sign."""
    columns = {name: pc.if_else(rows, pc.negate(getattr(money, name)), getattr(money, name)) for name in _NUMBERS}
    return Money(columns["values"], money.problem, remainder=columns["remainder"], exponent=money.exponent)


def _is_null(column: Any) -> Any:
    return np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
