"""The purchase proposal as an answer for programs and the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_parts import CATEGORY_NAME, SKU_NAME, StockAnswer, about, plain, unheard
from zhanggui.understand.inventory.replenish import PROBLEMS, order_day
from zhanggui.understand.inventory.replenish_read import Plan, plan_of, terms_in
from zhanggui.understand.inventory.warned import CHANCE
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

MOST_ROWS = 500
_WHOLE = 100
_POINTS = 21
PROBLEM_NAMES = {
    "no_demand": Text("没有需求", "no demand"),
    "no_stock": Text("含在途库存未知", "position unknown"),
    "no_supplier": Text("没有供应商（无采购记录）", "no supplier: never on a purchase order"),
    "no_lead_time": Text("交期未知", "lead time unknown"),
    "no_cost": Text("缺单位成本", "unit cost missing"),
    "no_price": Text("期内没有成交价", "no price in the window"),
    "no_margin": Text("售价不高于成本", "price not above cost"),
}


class ProposalRow(BaseModel):
    """One SKU to order; units, and money in major units."""

    sku: str
    name: str
    category: str
    supplier: str
    position: float
    available: float
    weekly_demand: float
    lead_days: float
    fractile: float
    safety_stock: float
    reorder_point: float
    order_up_to: float
    wanted: float
    quantity: float
    case_units: float
    unit_cost: float
    cash: float
    expected_profit: float
    order_on: date | None
    expected_on: date | None
    stock_lasts_days: float | None
    empty_chance: float
    is_raised: bool
    is_cut: bool


class WarnedRow(BaseModel):
    """A SKU whose shelf is likely empty before an order placed today is there."""

    sku: str
    name: str
    available: float
    position: float
    stock_lasts_days: float | None
    lead_days: float
    empty_chance: float


class StressRow(BaseModel):
    """A SKU that the next promotion will find with too little."""

    sku: str
    name: str
    expected: float
    position: float
    empty_chance: float
    missing: float
    cash: float | None
    order_until: date
    can_help: bool


class StressShown(BaseModel):
    """The next big promotion, and the goods at risk, the dearest shortage first; `at_risk` in all."""

    name: Text
    first_day: date
    last_day: date
    days_ahead: int
    at_risk: int
    rows: tuple[StressRow, ...]


class SupplierRow(BaseModel):
    """What goes to one supplier."""

    supplier: str
    skus: int
    units: float
    cash: float
    lead_days: float | None
    lead_spread: float | None
    lead_source: str
    received_lines: int
    least_units: float
    is_held_back: bool


class CurvePoint(BaseModel):
    """What a budget would earn."""

    cash: float
    profit: float


class TunedRow(BaseModel):
    """What the replay of the past said of a category; `fractile` null: the formula stays."""

    category: str
    fractile: float | None
    gain: float
    standard_errors: float


class LeftOutRow(BaseModel):
    """Why nothing is proposed for a SKU."""

    sku: str
    name: str
    reason: str
    reason_text: Text


class Warned(BaseModel):
    """How often warnings were right on the shop's own past, given anew on `days` days."""

    days: int
    warned: int
    right: int
    empty: int
    precision: float | None
    recall: float | None


class ReplenishAnswer(StockAnswer):
    """What to order; `cash` is what it takes, `profit_bound` what no choice within the same cash could exceed."""

    review_days: int
    holding: float
    budget: float | None
    cash: float
    cash_wanted: float
    profit: float
    profit_bound: float
    units: float
    rows: tuple[ProposalRow, ...]
    n_rows: int
    suppliers: tuple[SupplierRow, ...]
    curve: tuple[CurvePoint, ...]
    tuned: tuple[TunedRow, ...]
    stress: StressShown | None
    warned: tuple[WarnedRow, ...]
    record: Warned
    left_out: tuple[LeftOutRow, ...]
    n_left_out: dict[str, int]


def plan_in(desk: Desk, pairs: Pairs) -> Plan:
    """Return the plan that a query string asks for; ``share=50`` is a budget of half the cash that all of it takes.

    Raises
    ------
    BadFilterError
        A share is no percentage from 1 to 100, or another term makes no sense.
    """
    view, terms, text = view_from_pairs(pairs), terms_in(pairs), last_in(pairs, "share")
    desk.stands_on(view, "order_header", "order_line", "purchase_order", "stock_movement")
    if text is not None and (not text.isdecimal() or not 1 <= int(text) <= _WHOLE):
        raise BadFilterError(f"share={text}", why="is no percentage from 1 to 100")
    share = int(text) if text else _WHOLE
    if share == _WHOLE or terms.budget is not None:
        return plan_of(desk, view, terms)
    whole = plan_of(desk, view, replace(terms, quantities=()))
    most = whole.book.major(whole.proposal.spending.cash) or 0.0
    return plan_of(desk, view, replace(terms, budget=round(most * share / _WHOLE, 2)))


def _unheard_terms(plan: Plan) -> list[Text]:
    """Say which terms are about goods or categories that stand nowhere."""
    goods = ((SKU_NAME, sku, plan.forecast.past.skus) for sku, _ in plan.terms.quantities)
    lives = ((CATEGORY_NAME, name, plan.forecast.past.goods.categories) for name, _ in plan.terms.shelf_life)
    return unheard(*goods, *lives)


def replenish_of_pairs(desk: Desk, pairs: Pairs) -> ReplenishAnswer:
    """Return the proposal; terms are ``review_days``, ``holding``, ``budget``, ``set=SKU=UNITS``."""
    plan = plan_in(desk, pairs)
    found, book = plan.proposal, plan.book
    wanted = np.flatnonzero(found.wanted > 0)
    order = wanted[np.lexsort((wanted, -found.spending.gain[wanted]))]
    cash_wanted = float((found.wanted * np.nan_to_num(plan.standing.unit_cost)).sum())
    shown = about(desk, book, evidence={"rows": "estimated", "record": "counted", "cash": "estimated"})
    shown["warnings"] = tuple(dict.fromkeys((*_unheard_terms(plan), *plan.warnings, *shown["warnings"])))
    return ReplenishAnswer(
        **shown,
        review_days=plan.terms.review_days,
        holding=plan.terms.holding,
        budget=plan.terms.budget,
        cash=money(plan, found.spending.cash),
        cash_wanted=money(plan, cash_wanted),
        profit=money(plan, found.spending.profit),
        profit_bound=money(plan, found.spending.bound),
        units=float(found.quantity.sum()),
        rows=tuple(proposal_row(plan, int(at)) for at in order[:MOST_ROWS]),
        n_rows=len(order),
        suppliers=suppliers_of_plan(plan),
        curve=curve_of(plan),
        tuned=tuple(
            TunedRow(
                category=plan.forecast.past.groups[group], fractile=each.fractile, gain=round(each.gain, 4),
                standard_errors=round(each.errors, 2),
            )
            for group, each in found.tuned.items()
        ),
        stress=stress_shown(plan),
        warned=warned_rows(plan),
        record=Warned(
            days=plan.record.n_days, warned=plan.record.warned, right=plan.record.right, empty=plan.record.empty,
            precision=plain(plan.record.precision), recall=plain(plan.record.recall),
        ),
        left_out=left_out_rows(plan),
        n_left_out={
            name: int((found.problem == number).sum())
            for number, name in enumerate(PROBLEMS)
            if (found.problem == number).any()
        },
    )  # fmt: skip


def money(plan: Plan, minor: float) -> float:
    """Return minor units as major units; 0 where there are none."""
    return plan.book.major(minor) or 0.0


def proposal_row(plan: Plan, at: int) -> ProposalRow:
    """Return one SKU of the proposal."""
    found, standing, past = plan.proposal, plan.standing, plan.forecast.past
    supplier = plan.suppliers[int(standing.supplier[at])] if standing.supplier[at] >= 0 else None
    due = order_day(found, at, past.last)
    lead = float(standing.lead_days[at])
    cost = float(standing.unit_cost[at])
    return ProposalRow(
        sku=past.skus[at],
        name=past.goods.names[at],
        category=past.goods.categories[at],
        supplier=supplier.name if supplier else "",
        position=round(float(standing.position[at]), 1),
        available=round(float(standing.available[at]), 1),
        weekly_demand=round(float(plan.forecast.known.level[at]), 2),
        lead_days=round(lead, 1),
        fractile=round(float(found.fractile[at]), 4),
        safety_stock=round(float(found.safety[at]), 1),
        reorder_point=float(found.reorder_point[at]),
        order_up_to=float(found.level[at]),
        wanted=float(found.wanted[at]),
        quantity=float(found.quantity[at]),
        case_units=supplier.case_units if supplier else 1.0,
        unit_cost=money(plan, cost),
        cash=money(plan, cost * float(found.quantity[at])),
        expected_profit=money(plan, float(found.spending.gain[at])),
        order_on=due,
        expected_on=None if due is None else due + timedelta(days=round(lead)),
        stock_lasts_days=plain(float(found.stock_lasts_days[at]), 1),
        empty_chance=round(float(found.risk[at]), 3),
        is_raised=bool(found.raised[at]),
        is_cut=bool(found.cut[at]),
    )


def suppliers_of_plan(plan: Plan) -> tuple[SupplierRow, ...]:
    """Return what goes to each supplier, the most cash first."""
    found, cost = plan.proposal, np.nan_to_num(plan.standing.unit_cost)
    rows = []
    for number, each in enumerate(plan.suppliers):
        own = plan.standing.supplier == number
        some = own & (found.quantity > 0)
        rows.append(
            SupplierRow(
                supplier=each.name,
                skus=int(some.sum()),
                units=float(found.quantity[some].sum()),
                cash=money(plan, float((found.quantity * cost)[some].sum())),
                lead_days=plain(each.lead_days, 1),
                lead_spread=plain(each.lead_spread, 1),
                lead_source=each.source,
                received_lines=each.n_received,
                least_units=each.least_units,
                is_held_back=bool((own & found.held_back).any()),
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.cash))


def curve_of(plan: Plan) -> tuple[CurvePoint, ...]:
    """Return what every budget would earn, at a few points."""
    spending = plan.proposal.spending
    if not len(spending.curve_cash):
        return ()
    at = np.unique(np.linspace(0, len(spending.curve_cash) - 1, _POINTS).round().astype(np.int64))
    return tuple(
        CurvePoint(cash=money(plan, float(spending.curve_cash[n])), profit=money(plan, float(spending.curve_profit[n])))
        for n in at
    )


def warned_rows(plan: Plan) -> tuple[WarnedRow, ...]:
    """Return SKUs warned of, the likeliest first."""
    found, standing, past = plan.proposal, plan.standing, plan.forecast.past
    some = np.flatnonzero((found.problem < 0) & (found.risk >= CHANCE))
    order = some[np.argsort(-found.risk[some], kind="stable")][:MOST_ROWS]
    return tuple(
        WarnedRow(
            sku=past.skus[at],
            name=past.goods.names[at],
            available=round(float(standing.available[at]), 1),
            position=round(float(standing.position[at]), 1),
            stock_lasts_days=plain(float(found.stock_lasts_days[at]), 1),
            lead_days=round(float(standing.lead_days[at]), 1),
            empty_chance=round(float(found.risk[at]), 3),
        )
        for at in order.tolist()
    )


def stress_shown(plan: Plan) -> StressShown | None:
    """Return the next big promotion with the goods at risk."""
    found, past = plan.stress, plan.forecast.past
    if found is None:
        return None
    rows = []
    for at in found.at_risk[:MOST_ROWS].tolist():
        cost = float(plan.standing.unit_cost[at])
        if found.order_until[at] <= 0:
            continue
        rows.append(
            StressRow(
                sku=past.skus[at],
                name=past.goods.names[at],
                expected=round(float(found.expected[at]), 1),
                position=round(float(plan.standing.position[at]), 1),
                empty_chance=round(float(found.risk[at]), 3),
                missing=float(found.missing[at]),
                cash=plan.book.major(cost * float(found.missing[at])),
                order_until=date.fromordinal(int(found.order_until[at])),
                can_help=bool(found.can_help[at]),
            )
        )
    return StressShown(
        name=Text(found.zh, found.en), first_day=found.first, last_day=found.last, days_ahead=found.days_ahead,
        at_risk=len(found.at_risk), rows=tuple(rows),
    )  # fmt: skip


def left_out_rows(plan: Plan) -> tuple[LeftOutRow, ...]:
    """Return what nothing is proposed for although something is asked for, and why."""
    found, past = plan.proposal, plan.forecast.past
    some = np.flatnonzero(found.problem > PROBLEMS.index("no_demand"))
    rows = []
    for at in some[np.argsort(-plan.forecast.known.level[some], kind="stable")][:MOST_ROWS].tolist():
        reason = PROBLEMS[int(found.problem[at])]
        rows.append(
            LeftOutRow(sku=past.skus[at], name=past.goods.names[at], reason=reason, reason_text=PROBLEM_NAMES[reason])
        )
    return tuple(rows)
