"""A layout: which canonical input name each column of a file feeds, and how to read it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal

from zhanggui.collect.reading import normalise_name
from zhanggui.columns import InputTable

_NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RowTest:
    """A condition on one source column: the text equals, starts with, or is one of some words."""

    column: str
    starts_with: str | None = None
    is_one_of: tuple[str, ...] = ()
    matches: str | None = None
    is_zero: bool = False
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class Classing:
    """Rows that pass every test are of this kind (a line kind, or an adjustment kind); the first match wins."""

    kind: str
    tests: tuple[RowTest, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read. Every field has the meaning and default of a map's ``[options]``."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    date_format: str | None = None
    timezone: str | None = None
    decimal: str = "."
    negative_quantity: Literal["refund", "keep"] = "keep"
    refund_when: RowTest | None = None
    orders_complete: bool = False
    paid: Literal["all"] | None = None
    paid_is_net_of_refunds: bool = False
    rounds_excess_digits: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A format of files, built in or made by a user's map.

    Attributes
    ----------
    format_id : str
        ``taobao.orders`` or ``map:NAME``.
    dataset : str
        Which input table it fills.
    platform : str or None
        Platform of built-in formats; a map may name one as a constant.
    columns : mapping of str to tuple of str
        Canonical input name to the headers that may carry it, best first.
    added : mapping of str to tuple of str
        Canonical input name of an amount to further headers whose amounts are added to it, where the file has them.
    subtracted : mapping of str to tuple of str
        Canonical input name of an amount to further headers whose amounts are taken from it, where the file has them.
    negative_when : mapping of str to RowTest
        Canonical input name of an amount to the rows in which it counts against the merchant.
    extracted : mapping of str to tuple of (str, str)
        Canonical input name of a text to headers, each with the pattern whose group ``v`` is it there; the first found.
    joined : mapping of str to tuple of str
        Canonical input name of a text to the headers whose texts make it, joined by " > " where they say something;
        a constant of that name comes first.
    required : tuple of str
        Headers (normalised) that must all be present: the signature.
    foreign : tuple of str
        Headers that a file of this format never has: with any of them it is another, wider one.
    mark : str
        One of the required headers that no other format's files have; a file that has it is of this format, whatever
        other formats find in it. Empty for files that are not our own.
    constants : mapping of str to str
        Canonical input name to a value that holds for every row.
    words : mapping of str to mapping of str to str
        Canonical input name of a column of words to what each word of the file means.
    status_words : mapping of str to str
        Status word of the file to canonical status. ``closed`` stands for closed_refunded or
        closed_unpaid, as the row has a paid time or not.
    refund_words : mapping of str to str
        After-sale word of an order file to refund status, ``none`` where there is no case. An unknown order status
        that ends in one of them after a comma is split there.
    unpaid_reasons : tuple of str
        Close reasons with which a closed order was never paid, whatever its paid time says.
    states_of_lines : bool
        State, close reason and times of a row are its line's; the order's follow from those of all its lines.
    estimates_refunds : bool
        An order file that says that money went back but not how much: the whole paid amount counts as refunded,
        marked as estimated, until a refund file holds the case.
    is_platform : bool
        A platform's own export: its blanks are facts, its line lists are complete.
    certainty : str
        How well the format is known, for its docs page.
    amounts : str
        What its amounts mean, for its docs page.
    document : mapping or None
        The content of the user's map that it was made from.
    """

    format_id: str
    title_zh: str
    title_en: str
    dataset: InputTable
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    mark: str = ""
    platform: str | None = None
    added: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    subtracted: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    negative_when: Mapping[str, RowTest] = field(default_factory=lambda: MappingProxyType({}))
    extracted: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=lambda: MappingProxyType({}))
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    status_words: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    refund_words: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    unpaid_reasons: tuple[str, ...] = ()
    states_of_lines: bool = False
    estimates_refunds: bool = False
    classings: tuple[Classing, ...] = ()
    options: Options = field(default_factory=Options)
    is_platform: bool = True
    certainty: str = "declared by the user"
    amounts: str = ""
    document: Mapping[str, Any] | None = None

    def bound(self, header: Sequence[str]) -> Mapping[str, str]:
        """Return canonical name to the header of this file that carries it."""
        present = {_known(name): name for name in reversed(header)}
        found = {}
        for name, candidates in self.columns.items():
            for candidate in candidates:
                if _known(candidate) in present:
                    found[name] = present[_known(candidate)]
                    break
        return MappingProxyType(found)

    def bound_additions(self, name: str, header: Sequence[str]) -> tuple[str, ...]:
        """Return the headers of this file whose amounts are added to the one that carries `name`."""
        return _present(self.added.get(name, ()), header)

    def bound_subtractions(self, name: str, header: Sequence[str]) -> tuple[str, ...]:
        """Return the headers of this file whose amounts are taken from the one that carries `name`."""
        return _present(self.subtracted.get(name, ()), header)

    def bound_joined(self, name: str, header: Sequence[str]) -> tuple[str, ...]:
        """Return the headers of this file whose texts make up `name`."""
        return _present(self.joined.get(name, ()), header)

    def bound_extractions(self, name: str, header: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return the headers of this file in which `name` is found, each with its pattern."""
        found = []
        for candidate, pattern in self.extracted.get(name, ()):
            found += [(present, pattern) for present in _present((candidate,), header)]
        return tuple(found)

    def missing(self, present: Set[str]) -> tuple[str, ...]:
        """Return the required headers that are not there; `present` comes from `comparable`."""
        return tuple(name for name, plain in _signature(self.required) if plain not in present)

    def fits(self, present: Set[str]) -> bool:
        """Whether every required header is there, and none of another format; `present` comes from `comparable`."""
        return bool(self.required) and self.score(present) == 1

    def score(self, present: Set[str]) -> float:
        """Return the share of required headers that are there, 0 to 1; `present` comes from `comparable`."""
        if any(plain in present for _, plain in _signature(self.foreign)):
            return 0.0
        return sum(plain in present for _, plain in _signature(self.required)) / max(len(self.required), 1)

    def layout_id(self, bound: Collection[str]) -> str:
        """Return the identity under which observations of these columns are kept."""
        names = " ".join(sorted({*bound, *self.constants}))
        digest = hashlib.sha256(f"{self.dataset} {names}".encode()).hexdigest()[:12]
        return f"{self.format_id}:{digest}"

    def with_options(self, options: Options) -> Layout:
        """Return the same layout read another way."""
        return replace(self, options=options)


def carried_by(**names: str | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return canonical names with the headers that carry them, one or several, as :class:`Layout` holds them.

    Examples
    --------
    >>> dict(carried_by(order_id="订单号", paid_at=("支付时间", "付款时间")))
    {'order_id': ('订单号',), 'paid_at': ('支付时间', '付款时间')}
    """
    return MappingProxyType({key: (value,) if isinstance(value, str) else value for key, value in names.items()})


_GIFT = r"^[\s【\[(（]*赠品|[【\[(（]赠品[】\])）]|赠品$"


def gift_lines(amount: str, title: str) -> tuple[Classing, ...]:
    """Return what makes a line a gift: it costs nothing, and its title says 赠品.

    Parameters
    ----------
    amount : str
        Header of the line's price or amount.
    title : str
        Header of its title.
    """
    return (Classing("gift", (RowTest(amount, is_zero=True), RowTest(title, matches=_GIFT))),)


def header_named(name: str, header: Collection[str]) -> str | None:
    """Return a column as a header writes it; None where it has none.

    Examples
    --------
    >>> header_named("动账方向", ["动帐方向 ", "金额"])
    '动帐方向 '
    """
    return next(iter(_present((name,), list(header))), None)


def _present(candidates: Sequence[str], header: Sequence[str]) -> tuple[str, ...]:
    """Return those of the candidates that a header has, as it writes them."""
    present = {_known(name): name for name in reversed(header)}
    wanted = (_known(candidate) for candidate in candidates)
    return tuple(present[candidate] for candidate in wanted if candidate in present)


def comparable(header: Collection[str]) -> frozenset[str]:
    """Return the names of a header in the form in which they are compared.

    Examples
    --------
    >>> comparable(["商品 ID", "动帐流水号"]) == comparable(["商品id", "动账流水号 "])
    True
    """
    return frozenset(map(_compared, header))


def _compared(name: str) -> str:
    """Leave out blanks and line ends, fold case, and 帐 into 账: platforms write names in either way."""
    return normalise_name(name).replace(" ", "").replace("帐", "账").casefold()


_known = lru_cache(maxsize=1 << 14)(_compared)
"""For the names of headers, which are few and come again with every column; cells of other rows are not kept."""


def names_of_format(names: Collection[str]) -> frozenset[str]:
    """Return the names that a format asks for in the form of `comparable`; they are remembered."""
    return frozenset(map(_known, names))


@cache
def _signature(required: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _compared(name)) for name in required)
