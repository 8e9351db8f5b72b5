"""Which fields of a request body are read, and as what: data, from which both ways of parsing are made."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from typing import Any, TypeAlias

import pyarrow as pa

AMOUNT = pa.decimal128(38, 18)
"""Wide enough for any amount, with the digits that binary fractions leave behind."""
WIDE_AMOUNT = pa.decimal256(76, 18)
"""What amounts are parsed as: a number that a narrow type cannot hold would come out of it as another number."""
_EXACT = Context(prec=60)
_SCALE = Decimal(1).scaleb(-18)
_MOST = Decimal(10) ** 20
_LARGEST_WHOLE = 2**63
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


class Leaf(Enum):
    """What a field holds. A needed one of another type keeps its event aside; any other then counts as absent."""

    ID = ("text", True)
    TEXT = ("text", False)
    WHOLE = ("whole", True)
    AMOUNT = ("amount", True)
    TRUTH = ("truth", False)

    @property
    def kind(self) -> str:
        """``text``, ``whole``, ``amount`` or ``truth``."""
        return self.value[0]

    @property
    def is_needed(self) -> bool:
        """Whether a value of another type is a fault."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of objects, or of single values."""

    item: Shape


Shape: TypeAlias = "Leaf | ListOf | Mapping[str, Shape]"


class WrongTypeError(ValueError):
    """A field holds another type than its protocol gives it."""

    def __init__(self, path: str, rule: str, value: object) -> None:
        super().__init__(path)
        self.path = path
        self.rule = rule
        self.value = value


def arrow_type(shape: Shape, swapped: Collection[str] = (), path: str = "", amount: Any = AMOUNT) -> Any:
    """Return the Arrow type of a shape.

    Parameters
    ----------
    shape : Shape
    swapped : collection of str
        Paths of ids that this file writes as whole numbers, and of whole numbers that it writes as text.
    path : str
        Where the shape stands.
    amount : pyarrow.DataType
        Type of amounts.

    Examples
    --------
    >>> arrow_type({"a": Leaf.ID, "b": ListOf(Leaf.WHOLE)}, {".a"})
    StructType(struct<a: int64, b: list<item: int64>>)
    """
    match shape:
        case ListOf(item):
            return pa.list_(arrow_type(item, swapped, f"{path}[]", amount))
        case Leaf():
            is_text = (shape.kind == "text") != (path in swapped)
            types = {"amount": amount, "truth": pa.bool_()}
            return types.get(shape.kind, pa.string() if is_text else pa.int64())
    return pa.struct([(name, arrow_type(part, swapped, f"{path}.{name}", amount)) for name, part in shape.items()])


def coerced(value: Any, shape: Shape, path: str = "") -> Any:
    """Return a parsed JSON value as its shape wants it.

    Raises
    ------
    WrongTypeError
        A needed field is of another type.

    Examples
    --------
    >>> coerced({"id": 7, "n": "12", "more": []}, {"id": Leaf.ID, "n": Leaf.WHOLE})
    {'id': '7', 'n': 12}
    """
    if value is None:
        return None
    match shape:
        case ListOf(item):
            if not isinstance(value, list):
                raise WrongTypeError(path, "wrong_type", value)
            return [coerced(one, item, f"{path}[{place}]") for place, one in enumerate(value)]
        case Leaf():
            return _leaf(value, shape, path)
    if not isinstance(value, dict):
        raise WrongTypeError(path, "wrong_type", value)
    again = getattr(value, "again", ())
    found = {}
    for name, part in shape.items():
        if name in again:
            raise WrongTypeError(f"{path}.{name}", "repeated_field", value[name])
        found[name] = coerced(value.get(name), part, f"{path}.{name}")
    return found


def _leaf(value: Any, leaf: Leaf, path: str) -> Any:
    try:
        return _READ[leaf.kind](value)
    except (ValueError, KeyError, TypeError):
        if not leaf.is_needed:
            return None
        rule = {"whole": "not_a_count", "amount": "not_an_amount"}.get(leaf.kind, "wrong_type")
        raise WrongTypeError(path, rule, value) from None


def _text(value: Any) -> str:
    if isinstance(value, str):
        value.encode()
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) else _plain(value)
    raise TypeError


def _plain(value: Decimal) -> str:
    """Return a number as an id would be written: 12.0 and 1.2e1 are 12."""
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise ValueError
    return f"{value.to_integral_value():f}" if value == value.to_integral_value() else f"{value:f}"


def _whole(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value() or abs(number) > _LARGEST_WHOLE:
        raise ValueError
    return int(number)


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, str) and not value.strip():
        return None
    number = _number(value)
    if abs(number) >= _MOST:
        raise ValueError
    return number.quantize(_SCALE, context=_EXACT) if number else Decimal(0)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise TypeError
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        raise ValueError
    number = Decimal(value.strip() if isinstance(value, str) else value)
    if not number.is_finite():
        raise ValueError
    return number


def _truth(value: Any) -> bool:
    words = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}
    found: bool = words[value.lower() if isinstance(value, str) else value]
    return found


_READ = {"text": _text, "whole": _whole, "amount": _amount, "truth": _truth}
