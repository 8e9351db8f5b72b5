"""One golden case of profit: a situation as files hold it, and every amount that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.collect.loading.shops import Row
from tests.ledger.profit.trade import Trade

Amounts = dict[str, int | None]
"""Minor units by column without its ending; None: unknown."""

NOT_OF_ONE_ORDER = frozenset({"expected_fees"})
"""Amounts that follow from what other orders of the store paid: only cases of a store of their own hold them."""


@dataclass(frozen=True, slots=True)
class Case:
    """A situation and what follows.

    Attributes
    ----------
    rule : str
        The rule that it shows (`PROFIT_RULES`).
    fact : str
        What happens, and what follows; the name of the test.
    write : callable
        Writes it down.
    lines : mapping
        Every amount of each line that is not zero, by the line's key.
    orders : mapping
        The same of orders without lines.
    entries : mapping
        Every amount that belongs to no line, by store and day: account, minor units, evidence; the smallest first.
    products : mapping
        Products that these amounts name, by store and day in the same order.
    told : mapping
        Further columns of lines, by the line's key.
    """

    rule: str
    fact: str
    write: Callable[[Trade], None]
    lines: Mapping[str, Amounts] = field(default_factory=dict)
    orders: Mapping[str, Amounts] = field(default_factory=dict)
    entries: Mapping[tuple[str, str], tuple[tuple[str, int, str], ...]] = field(default_factory=dict)
    products: Mapping[tuple[str, str], tuple[str | None, ...]] = field(default_factory=dict)
    told: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def amounts_of(line: Row, also: Amounts) -> dict[str, int | None]:
    """Return the amounts of a line that are not zero, by column without its ending."""
    found = {name.removesuffix("_minor"): value for name, value in line.items() if name.endswith("_minor")}
    return {
        name: value for name, value in found.items() if value != 0 and (name not in NOT_OF_ONE_ORDER or name in also)
    }
