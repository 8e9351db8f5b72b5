"""A layout: which canonical input name each column of a file feeds, and how to read it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    required : tuple of str
        Headers (normalised) that must all be present: the signature.
    constants : mapping of str to str
        Canonical input name to a value that holds for every row.
    status_words : mapping of str to str
        Status word of the file to canonical status. ``closed`` stands for closed_refunded or
        closed_unpaid, as the row has a paid time or not.
    is_platform : bool
        A platform's own export: its blanks are facts, its line lists are complete.
    certainty : str
        How well the format is known, for its docs page.
    document : mapping or None
        The content of the user's map that it was made from.
    """

    format_id: str
    title_zh: str
    title_en: str
    dataset: InputTable
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    platform: str | None = None
    constants: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    status_words: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    classings: tuple[Classing, ...] = ()
    options: Options = field(default_factory=Options)
    is_platform: bool = True
    certainty: str = "declared by the user"
    document: Mapping[str, Any] | None = None

    def bound(self, header: Sequence[str]) -> Mapping[str, str]:
        """Return canonical name to the header of this file that carries it."""
        present = {normalise_name(name): name for name in reversed(header)}
        found = {}
        for name, candidates in self.columns.items():
            for candidate in candidates:
                if normalise_name(candidate) in present:
                    found[name] = present[normalise_name(candidate)]
                    break
        return MappingProxyType(found)

    def fits(self, header: Collection[str]) -> bool:
        """Whether every required header is there."""
        present = {normalise_name(name) for name in header}
        return bool(self.required) and present.issuperset(self.required)

    def score(self, header: Collection[str]) -> float:
        """Return the share of required headers that are there, 0 to 1."""
        present = {normalise_name(name) for name in header}
        return sum(name in present for name in self.required) / max(len(self.required), 1)

    def layout_id(self, bound: Collection[str]) -> str:
        """Return the identity under which observations of these columns are kept."""
        names = " ".join(sorted({*bound, *self.constants}))
        digest = hashlib.sha256(f"{self.dataset} {names}".encode()).hexdigest()[:12]
        return f"{self.format_id}:{digest}"

    def with_options(self, options: Options) -> Layout:
        """Return the same layout read another way."""
        return replace(self, options=options)
