"""From a restriction, as a person writes it, to a condition of the rows that a metric counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.metrics.compiler.needs import holder_of, tables_of
from zhanggui.metrics.dimensions import DIMENSIONS, PARENT, path_of
from zhanggui.metrics.model import AnyOf, Condition, Filters, Leaf, Test
from zhanggui.metrics.own.definition import Restriction, Word
from zhanggui.metrics.reach import ByDate, Own
from zhanggui.money import currency_exponent

MINOR = "_minor"
_WHOLE = frozenset({ColumnType.INTEGER, ColumnType.BIGINT, ColumnType.QUANTITY})
_TYPES = frozenset({*_WHOLE, ColumnType.TEXT, ColumnType.BOOLEAN})
_TRUTHS: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
)
OF_STORES: Mapping[str, Callable[[StoreRecord, str], bool]] = MappingProxyType(
    {"platform": lambda store, word: store.platform == word, "shop": lambda store, word: store.answers_to(word)}
)
"""Dimensions that a row has through its store alone, and when a store has a value."""
_OF_THE_FILE = frozenset({"batch_id", "row_no", "fact_key", "line_key", "shop_id", "status_rank", "time_precision"})
"""Columns that say where a row was read and how it is kept; no metric means them."""


class UnfitError(Exception):
    """A restriction does not fit; `field` is the part of it that is wrong."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Place:
    """A column that a metric can be restricted by.

    Attributes
    ----------
    name : str
        As it is written in a restriction.
    column : Column
        The column of the ledger.
    """

    name: str
    column: Column

    @property
    def is_money(self) -> bool:
        """Whether its values are written in major units."""
        return self.column.name.endswith(MINOR)


def places_of(leaf: Leaf) -> dict[str, Place]:
    """Return what the rows of a leaf can be restricted by, but for platform and store: dimensions, then columns."""
    found: dict[str, Place] = {}
    for name, dimension in DIMENSIONS.items():
        held = path_of(dimension, tables_of((leaf.table,)))
        if name in OF_STORES or held is None:
            continue
        table, path = held
        column = (
            path.columns.get(leaf.date) if isinstance(path, ByDate) else path.column if isinstance(path, Own) else None
        )
        if column is not None and holder_of(leaf.table, column) == table:
            found[name] = Place(name, ALL_TABLES[table].column(column))
    for table in (leaf.table, *([PARENT[leaf.table]] if leaf.table in PARENT else [])):
        for each in ALL_TABLES[table].columns:
            name = each.name.removesuffix(MINOR)
            is_fit = each.type in _TYPES and each.personal is PersonalClass.NONE
            if is_fit and name not in DIMENSIONS and name not in _OF_THE_FILE:
                found.setdefault(name, Place(name, each))
    return found


def filters_of(restriction: Restriction, leaf: Leaf, stores: Sequence[StoreRecord]) -> Filters:
    """Return a restriction as conditions of the rows of a leaf; all of them hold.

    Raises
    ------
    UnfitError
        The rows do not hold what it names, or a value is of another kind.
    """
    is_none_of = restriction.operator == "!="
    if restriction.field in OF_STORES:
        tests = tuple(_of_stores(restriction, stores))
    else:
        place = places_of(leaf).get(restriction.field)
        if place is None:
            raise UnfitError("field", _not_held(restriction.field, leaf))
        _check_operator(restriction, place.column)
        values = [_typed(place, word, stores) for word in restriction.values]
        tests = tuple(Condition(place.column.name, restriction.operator, value) for value in values)
    return tests if is_none_of or len(tests) == 1 else (AnyOf(tests),)


def _of_stores(restriction: Restriction, stores: Sequence[StoreRecord]) -> Iterator[Test]:
    """Yield conditions by the numbers of stores, which every row holds."""
    if restriction.operator not in ("=", "!="):
        raise UnfitError("is", f"{restriction.field} is a name, which is compared by = or !=")
    has = OF_STORES[restriction.field]
    for word in restriction.values:
        numbers = [store.shop_id for store in stores if has(store, str(word))]
        real = [store for store in stores if store.platform != COMPANY]
        known = sorted({store.platform if restriction.field == "platform" else store.name for store in real})
        if not numbers:
            raise UnfitError(
                "value", f"no store has {restriction.field} {word!r}; known are: {', '.join(known) or 'none'}"
            )
        yield from (Condition("shop_id", restriction.operator, number) for number in numbers)


def _not_held(field: str, leaf: Leaf) -> str:
    known = ", ".join((*OF_STORES, *places_of(leaf)))
    return f"{leaf.name} counts rows of {leaf.table}, which do not hold {field!r}; they hold: {known}"


def _check_operator(restriction: Restriction, column: Column) -> None:
    if restriction.operator in ("=", "!="):
        return
    if column.type not in _WHOLE:
        raise UnfitError("is", f"{restriction.field} is no number, so it is compared by = or !=")
    if len(restriction.values) > 1:
        raise UnfitError("value", f"{restriction.operator} compares with one value")


def _typed(place: Place, word: Word, stores: Sequence[StoreRecord]) -> bool | int | str:
    """Return a value as the ledger holds it."""
    column = place.column
    if column.type is ColumnType.BOOLEAN:
        found = word if isinstance(word, bool) else _TRUTHS.get(str(word).strip().lower())
        if found is None:
            raise UnfitError("value", f"{place.name} is true or false, not {word!r}")
        return found
    if column.type is ColumnType.TEXT:
        text = str(word)
        if column.allowed and text not in column.allowed:
            raise UnfitError("value", f"{place.name} is never {text!r}; it is one of: {', '.join(column.allowed)}")
        return text
    try:
        exact = Decimal(str(word).strip()) * (_minor_per_major(stores) if place.is_money else 1)
    except InvalidOperation:
        raise UnfitError("value", f"{place.name} is a number, not {word!r}") from None
    if isinstance(word, bool) or not exact.is_finite() or exact != exact.to_integral_value() or abs(exact) >= 2**53:
        raise UnfitError("value", f"{place.name} takes whole numbers, not {word!r}" if not place.is_money else
                         f"{place.name} is an amount of money, not {word!r}")  # fmt: skip
    return int(exact)


def _minor_per_major(stores: Sequence[StoreRecord]) -> int:
    exponents = {currency_exponent(store.currency) for store in stores}
    if len(exponents) > 1:
        raise UnfitError("field", "the stores keep currencies of different units, so an amount is no one number")
    return int(10 ** (exponents.pop() if exponents else 2))
