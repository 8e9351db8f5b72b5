"""Where pages get their numbers: the metrics room, with every answer kept until the ledger changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from zhanggui.calendar import Period
from zhanggui.metrics import Answer, Filter, Metric, Question, answer
from zhanggui.metrics.cards import metric_named
from zhanggui.metrics.days import KeptDays, is_worth_keeping
from zhanggui.metrics.freshness import period_of
from zhanggui.metrics.marks import failures, marks_on, sources_behind
from zhanggui.metrics.own import OwnMetricBook
from zhanggui.pagespec import TileAnswer
from zhanggui.understand.doubts import note
from zhanggui.understand.known_stores import refuse_unknown_stores
from zhanggui.understand.view import View

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger
    from zhanggui.ledger.shop import Shop

KEPT_ANSWERS = 512
COST_RATES = "cost_rates"

Row = Mapping[str, object]

_Made = TypeVar("_Made")


@dataclass(slots=True)
class _Slot:
    """One answer, made by whoever asks first while the others wait."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    made: object = None
    is_made: bool = False


class Desk:
    """A shop's ledger as pages read it; safe to share between threads.

    Parameters
    ----------
    shop : Shop
        The shop, for what the operator entered.
    ledger : Ledger
        Its open ledger.
    """

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop = shop
        self.ledger = ledger
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._guard = threading.Lock()
        self._kept_days = KeptDays(shop.dir, ledger)

    @property
    def own_metrics(self) -> OwnMetricBook:
        """The metrics that the shop defines itself."""
        return OwnMetricBook(self.shop.state)

    @property
    def catalogue(self) -> Mapping[str, Metric]:
        """Every metric that can be asked: the product's, then the shop's own."""
        return self.kept("catalogue", lambda: self.own_metrics.catalogue())

    def metric(self, name: str) -> Metric:
        """Return a metric by its name.

        Raises
        ------
        UnknownMetricError
            There is none.
        """
        return metric_named(name, self.catalogue)

    def ask(self, question: Question, *, as_defined: date | None = None) -> Answer:
        """Return the answer of the metrics room; the same question is computed once.

        Parameters
        ----------
        question : Question
            What is asked.
        as_defined : date, optional
            Take the shop's own metrics as they were defined at the end of this day.

        Raises
        ------
        BadChoiceError
            A filter names a store or platform that does not exist.
        """
        self.refuse_unknown_stores(question.where)
        if as_defined is None:
            key: Hashable = question
            catalogue = self.catalogue
        else:
            key = (question, as_defined)
            self.own_metrics.require(question.metrics, as_defined)
            catalogue = self.kept(("catalogue", as_defined), lambda: self.own_metrics.catalogue_on(as_defined))
        days = self._days() if as_defined is None else None
        return self._noted(
            self.kept(key, lambda: answer(self.ledger, question, catalogue=catalogue, keep=self.kept, days=days))
        )

    def refuse_unknown_stores(self, filters: Sequence[Filter]) -> None:
        """Refuse filters by a store or platform that does not exist.

        Raises
        ------
        BadChoiceError
            There is no such store or platform.
        """
        if filters:
            refuse_unknown_stores(self.shop.stores.list_stores(), filters)

    def _days(self) -> KeptDays | None:
        """Return where answers by day are kept across loads; None in a shop so small that asking again is quicker."""
        return self.kept("days", lambda: self._kept_days if is_worth_keeping(self.ledger) else None)

    def ask_with(self, catalogue: Mapping[str, Metric], question: Question) -> Answer:
        """Return the answer by other definitions than those that are kept; it is not kept either."""
        return self._noted(answer(self.ledger, question, catalogue=catalogue, keep=self.kept))

    def _noted(self, found: Answer) -> Answer:
        note(mark for marks in found.marks.values() for mark in marks)
        return found

    def stands_on(self, view: View, *tables: str) -> None:
        """Say that what is being made reads these ledger tables itself, so that their failed checks mark it too."""
        period = Period(view.date_from or date.min, view.date_to or date.max)
        note(marks_on(sources_behind(tables), failures(self.ledger, view.where, (period,))))

    def kept(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gave for `key`, making it unless it is kept from before the ledger last changed."""
        with self._guard:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            if len(self._slots) > KEPT_ANSWERS:
                self._slots.popitem(last=False)
        with slot.guard:
            if not slot.is_made:
                slot.made = make()
                slot.is_made = True
            return slot.made  # type: ignore[return-value]  # a key always stands for one kind of answer

    def changed(self) -> None:
        """Forget every answer: the ledger or what the operator entered has changed."""
        with self._guard:
            self._slots.clear()

    def span(self) -> Period | None:
        """Return the first and last business day with data (`period_of`), or None for an empty shop."""
        return self.kept("period", lambda: period_of(self.ledger))

    def cost_rates(self) -> dict[str, float]:
        """Return the share of revenue that the operator entered as cost, by category."""
        stored = self.shop.state.get_setting(COST_RATES)
        return {str(name): float(rate) for name, rate in stored.items()} if isinstance(stored, dict) else {}

    def set_cost_rates(self, rates: Mapping[str, float]) -> None:
        """Keep the entered cost of these categories beside those entered before."""
        with self.shop.state.transaction():
            self.shop.state.set_setting(COST_RATES, {**self.cost_rates(), **rates})
        self.changed()


TileData = Callable[[Desk, View], TileAnswer]
"""What answers a tile: a function of the shop and of what is looked at."""


def number(row: Row, name: str) -> float | None:
    """Return a value of an answer's row as a number, or None where it is not known."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def amount(row: Row, name: str) -> float:
    """Return a value of an answer's row as a number, 0 where there is none."""
    return number(row, name) or 0.0


def side(row: Row, which: Literal["compare", "change"]) -> Row:
    """Return the part of an answer's row that tells of the compared period; empty when there is none."""
    found = row.get(which)
    return found if isinstance(found, Mapping) else {}
