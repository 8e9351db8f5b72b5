"""The purchase proposal of a shop: stock, costs, suppliers and terms brought together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.money import currency_exponent
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import Rules, StockBook, book_of
from zhanggui.understand.inventory.forecast import DemandForecast, forecast_of
from zhanggui.understand.inventory.lead_times import SupplierTerms, supplier_terms, suppliers_of, weekly_loss
from zhanggui.understand.inventory.position import Position, position_of
from zhanggui.understand.inventory.replenish import HOLDING, REVIEW_DAYS, Proposal, Standing, Terms, propose
from zhanggui.understand.inventory.stress import Stress, stress_of
from zhanggui.understand.inventory.warned import Record, record_of
from zhanggui.understand.view import Pairs, View, last_in

_MOST_DAYS = 3_650
_MOST_UNITS = 1_000_000_000

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plan:
    """A purchase proposal with all that it stands on.

    Attributes
    ----------
    book : StockBook
        Stock.
    forecast : DemandForecast
        Demand; its SKUs are the order of everything below.
    standing : Standing
        Positions, costs, lead times.
    position : Position
        Of the SKUs of the book.
    suppliers : tuple of SupplierTerms
        By their numbers.
    terms : Terms
        What the shop decides.
    proposal : Proposal
        What to order.
    stress : Stress or None
        What the next big promotion will find; None: none is near.
    record : Record
        How often warnings were right.
    warnings : tuple of Text
        What is doubtful.
    """

    book: StockBook
    forecast: DemandForecast
    standing: Standing
    position: Position
    suppliers: tuple[SupplierTerms, ...]
    terms: Terms
    proposal: Proposal
    stress: Stress | None
    record: Record
    warnings: tuple[Text, ...]


def terms_in(pairs: Pairs) -> Terms:
    """Return the terms of a query string: ``review_days``, ``holding``, ``budget``, ``lead_days`` and more.

    ``shelf_life=CATEGORY=DAYS`` and ``set=SKU=UNITS`` may stand several times.


    Raises
    ------
    BadFilterError
        One of them is no number that makes sense.
    """
    life = _whole_numbers(pairs, "shelf_life", "CATEGORY=DAYS", 1, _MOST_DAYS)
    units = _whole_numbers(pairs, "set", "SKU=UNITS", 0, _MOST_UNITS)
    budget, lead = last_in(pairs, "budget"), last_in(pairs, "lead_days")
    return Terms(
        review_days=int(_number(pairs, "review_days", REVIEW_DAYS, 1, 90)),
        holding=_number(pairs, "holding", HOLDING, 0, 10),
        budget=None if budget is None else _number(pairs, "budget", 0, 0, 1e12),
        shelf_life=tuple(sorted(life)),
        lead_days=None if lead is None else _number(pairs, "lead_days", 0, 1, 365),
        quantities=tuple(sorted((name, float(n)) for name, n in units)),
    )


def _whole_numbers(pairs: Pairs, key: str, form: str, least: int, most: int) -> list[tuple[str, int]]:
    """Return what was given as NAME=NUMBER, several times; the last of a name holds."""
    found: dict[str, int] = {}
    for given, text in pairs:
        if given != key:
            continue
        name, _, number = text.rpartition("=")
        if not name or not number.isdecimal() or not least <= int(number) <= most:
            raise BadFilterError(f"{key}={text}", why=f"is no {form}")
        found[name] = int(number)
    return list(found.items())


def _number(pairs: Pairs, key: str, default: float, least: float, most: float) -> float:
    text = last_in(pairs, key)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise BadFilterError(f"{key}={text}", why=f"is no number from {least:g} to {most:g}")
    return value


def plan_of(desk: Desk, view: View, terms: Terms) -> Plan:
    """Return the purchase proposal as of the last known day; worked out once until the ledger changes.

    Raises
    ------
    NoStockError
        Nothing is known of stock, or too little of demand.
    """
    return desk.kept(("purchase_plan", terms), lambda: _read(desk, view.within(None, None), terms))


def _read(desk: Desk, view: View, terms: Terms) -> Plan:
    book = book_of(desk, view, Rules())
    forecast = forecast_of(desk, view)
    position = desk.kept(("stock_position", book.first, book.last), lambda: position_of(desk.ledger, book))
    by_name = supplier_terms(desk.ledger, book.last)
    suppliers = tuple(by_name.values())
    standing, told = _standing(desk, book, forecast, position, suppliers, terms)
    minor = float("inf") if terms.budget is None else terms.budget * 10 ** currency_exponent(book.currency)
    proposal = propose(forecast, standing, suppliers, terms, budget_minor=minor)
    return Plan(
        book, forecast, standing, position, suppliers, terms, proposal,
        stress_of(forecast, standing, proposal),
        record_of(desk.ledger, forecast, book.course, standing.lead_days, standing.stays),
        (*book.warnings, *position.warnings, *forecast.warnings, *told),
    )  # fmt: skip


def _standing(
    desk: Desk, book: StockBook, forecast: DemandForecast, position: Position, suppliers: tuple[SupplierTerms, ...],
    terms: Terms,
) -> tuple[Standing, list[Text]]:  # fmt: skip
    past = forecast.past
    place = {name: n for n, name in enumerate(past.skus)}
    rows = np.array([place[name] for name in book.course.skus], np.int64)

    def spread_out(values: Floats, missing: float) -> Floats:
        every = np.full(len(past.skus), missing)
        every[rows] = values
        return every

    told: list[Text] = []
    counted = position.position
    if counted is None and terms.lead_days is not None:
        counted = position.on_hand + position.in_transit + position.coming_back - position.committed
        told.append(
            Text(
                "没有采购单而交期由您声明：在途采购按 0 计，若有未到货的采购请先导入。",
                "There are no purchase orders and the lead time is yours: nothing is taken as on order; load purchase "
                "orders if some are open.",
            )
        )
    number = {each.name: n for n, each in enumerate(suppliers)}
    names = suppliers_of(desk.ledger, past.skus, book.last)
    supplier = np.array([number.get(name, -1) if name else -1 for name in names], np.int64)
    lead, spread = (
        np.array([np.nan if value is None else value for value in values] or [np.nan])[supplier]
        for values in ([each.lead_days for each in suppliers], [each.lead_spread for each in suppliers])
    )
    lead, spread = np.where(supplier < 0, np.nan, lead), np.where(supplier < 0, np.nan, spread)
    if terms.lead_days is not None:
        spread = np.where(np.isfinite(lead), spread, 0.25 * terms.lead_days)
        lead = np.where(np.isfinite(lead), lead, terms.lead_days)
    mean_stock = spread_out(_mean_stock(book), 0.0)
    return Standing(
        position=spread_out(counted, 0.0) if counted is not None else np.full(len(past.skus), np.nan),
        available=spread_out(position.available, 0.0),
        unit_cost=past.goods.unit_cost,
        margin=past.goods.margin,
        lead_days=lead,
        lead_spread=spread,
        supplier=supplier,
        loss=weekly_loss(desk.ledger, book.first, book.last, mean_stock, past.past.groups, past.skus),
        stays=_stays(book, past.past.groups, spread_out),
    ), told


def _stays(book: StockBook, groups: npt.NDArray[np.int64], spread_out: Callable[[Floats, float], Floats]) -> Floats:
    """Return the share of units ordered in the window that left for good, by category; 1 where movements do not say."""
    if book.demand_source != "movements":
        return np.ones(len(groups))
    held = book.course
    recent = held.day >= book.first.toordinal()
    gone = held.by_sku(np.where(recent, held.sold - held.returned, 0.0))
    left, ordered = (np.bincount(groups, spread_out(values, 0.0)) for values in (gone, book.goods.ordered))
    return np.asarray(np.where(ordered > 0, np.clip(left / np.maximum(ordered, 1.0), 0.3, 1.0), 1.0)[groups])


def _mean_stock(book: StockBook) -> Floats:
    held: Any = book.course.held_days(book.first)
    return np.asarray(book.course.by_sku(book.course.level * held) / book.n_days)
