"""Derived tables follow from what was imported, store by store, and a process that dies leaves none out of step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import ibis.expr.types as ir
import pytest
from tests.ledger.matching.books import Books, books_at

from zhanggui.ledger.derivations import DERIVATIONS, refresh_derived
from zhanggui.ledger.derived import Derivation, refresh
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.matching import SETTLEMENT_LINKS


class Watched:
    """The derivation of settlement links, noting for which stores it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []
        self.derivation = replace(SETTLEMENT_LINKS, make=self._make)

    def _make(self, tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
        self.asked.append(stores)
        return SETTLEMENT_LINKS.make(tx, ledger, stores)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with books_at(tmp_path) as found:
        found.order("A")
        found.entry("1", "100.00", order="A")
        found.load()
        yield found


def test_what_follows_is_made_once_and_not_again_while_nothing_is_imported(books: Books) -> None:
    watched = Watched()

    made = [refresh(books.till.ledger, (watched.derivation,)) for _ in range(3)]

    assert (made, watched.asked) == ([("settlement_link",), (), ()], [(1,)])
    assert books.till.column("settlement_link", "order_id") == ["A"]


def test_only_stores_whose_imports_changed_are_worked_on(books: Books) -> None:
    watched = Watched()
    refresh(books.till.ledger, (watched.derivation,))
    books.store = "乙店"
    books.entry("2", "5.00", order="B")
    books.load()

    refresh(books.till.ledger, (watched.derivation,))

    assert watched.asked == [(1,), (2,)]
    assert len(books.till.rows("settlement_link")) == 2


def test_an_import_of_the_company_concerns_every_store_and_one_that_is_not_read_none(books: Books) -> None:
    watched, other = Watched(), replace(SETTLEMENT_LINKS, reads=("stock_counts",), subject="other")
    known = ("甲店", "2026-10-01 09:00:00", "completed", "100.00")
    books.erp.append(("N1", 1, "A", None, None, *known))
    books.load()
    refresh(books.till.ledger, (watched.derivation, other))
    books.erp.append(("N2", 1, "B", None, None, *known))
    books.load()

    made = refresh(books.till.ledger, (watched.derivation, other))

    assert (made, watched.asked) == (("settlement_link",), [(1, 2), (1, 2)])


def test_other_rules_make_everything_anew_and_so_do_those_that_are_read(books: Books) -> None:
    first = replace(SETTLEMENT_LINKS, rules="a")
    second = Derivation("second", (), first.reads, "1", lambda tx, ledger, stores: {}, after=(first,))
    changed = replace(first, rules="b")
    refresh(books.till.ledger, (first, second))

    made = refresh(books.till.ledger, (changed, replace(second, after=(changed,))))

    assert made == ("settlement_link", "second")


def test_what_dies_before_its_end_leaves_the_rows_of_before_and_is_made_by_the_next(books: Books) -> None:
    refresh(books.till.ledger, (SETTLEMENT_LINKS,))
    books.entry("2", "5.00", order="A")
    books.load()

    def dies(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
        made = dict(SETTLEMENT_LINKS.make(tx, ledger, stores))
        del made["settlement_difference"]
        return made

    with suppress(KeyError):
        refresh(books.till.ledger, (replace(SETTLEMENT_LINKS, make=dies),))
    before = len(books.till.rows("settlement_link"))
    refresh(books.till.ledger, (SETTLEMENT_LINKS,))

    assert (before, len(books.till.rows("settlement_link"))) == (1, 2)


def test_every_derivation_comes_after_those_that_it_reads() -> None:
    for place, derivation in enumerate(DERIVATIONS):
        assert set(derivation.after) <= set(DERIVATIONS[:place]), derivation.subject


@pytest.mark.slow
def test_everything_that_is_derived_is_in_step_after_a_refresh(books: Books) -> None:
    refresh_derived(books.till.ledger)

    assert refresh(books.till.ledger, DERIVATIONS) == ()
    loaded = set(books.till.column("source_batch", "dataset"))
    followed = {one.subject for one in DERIVATIONS if loaded & set(one.only_with or one.reads)}
    assert set(books.till.column("derived_stamp", "subject")) == followed | {"identity"}


def test_nothing_is_made_of_a_store_without_a_file_to_follow_from(books: Books) -> None:
    watched = Watched()
    unfed = replace(watched.derivation, reads=("stock_counts",))

    assert (refresh(books.till.ledger, (unfed,)), watched.asked) == ((), [])
