"""The methods about stock as plain answers, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_parts import SKU_NAME, WAREHOUSE_NAME, about, plain, unheard
from zhanggui.understand.inventory.answer_rows import (
    AllotmentRow,
    BalanceAnswer,
    BalanceLine,
    CountedRow,
    CountRow,
    CountsAnswer,
    ElasticityShown,
    MarkdownAnswer,
    MarkdownRow,
    Moved,
    PositionAnswer,
    PositionRow,
    TransferRow,
    TransfersAnswer,
    UntoldRow,
)
from zhanggui.understand.inventory.balance import (
    BalanceRow,
    day_balances,
    goods_balances,
    moved_by_reason,
    warehouse_balances,
)
from zhanggui.understand.inventory.book import StockBook, book_of, rules_in
from zhanggui.understand.inventory.counting import counted_goods, counts_of
from zhanggui.understand.inventory.health_answer import health_in, health_of_pairs
from zhanggui.understand.inventory.markdown import Plan, Terms, plan_of
from zhanggui.understand.inventory.position import Position, position_of
from zhanggui.understand.inventory.warehouses import HORIZON_DAYS, allotments_of, places_of, transfers_of
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

MOST_ROWS = 200


def balance_of_pairs(desk: Desk, pairs: Pairs) -> BalanceAnswer:
    """Return balances; ``sku`` and ``warehouse`` narrow them, and one SKU is told day by day."""
    view = view_from_pairs(pairs)
    book = book_of(desk, view, rules_in(pairs))
    sku, warehouse = last_in(pairs, "sku"), last_in(pairs, "warehouse")
    places = warehouse_balances(desk.ledger, book, sku=sku)
    places = tuple(each for each in places if warehouse in (None, each.warehouse))
    missed = [] if places else _missed(desk, book, sku, warehouse)
    if sku is None:
        rows, n_rows = goods_balances(desk.ledger, book, warehouse=warehouse, limit=MOST_ROWS, page=view.page)
    else:
        rows = day_balances(desk.ledger, book, sku, warehouse)
        n_rows = len(rows)
    reasons = moved_by_reason(desk.ledger, book) if sku is None and warehouse is None else {}
    return BalanceAnswer(
        **about(desk, book, *missed, *differences_told(book, places), evidence={"closing": "counted"}),
        warehouses=tuple(_line(book, row) for row in places),
        reasons=tuple(Moved(reason=name, received=came, issued=went) for name, (came, went) in reasons.items()),
        rows=tuple(_line(book, row) for row in rows),
        n_rows=n_rows,
        adds_up=all(row.is_whole for row in (*places, *rows)),
    )


def _missed(desk: Desk, book: StockBook, sku: str | None, warehouse: str | None) -> list[Text]:
    """Say why nothing is left: a name that stands nowhere, or goods that never lay in that warehouse."""
    every = [each.warehouse for each in warehouse_balances(desk.ledger, book)]
    told = unheard((SKU_NAME, sku, book.course.skus), (WAREHOUSE_NAME, warehouse, every))
    if told or sku is None or warehouse is None:
        return told
    return [
        Text(
            f"“{sku}”没有进过仓库“{warehouse}”，所以没有收发存。",
            f"{sku!r} never lay in the warehouse {warehouse!r}, so there is no balance.",
        )
    ]


def differences_told(book: StockBook, places: tuple[BalanceRow, ...]) -> list[Text]:
    """Say what no movement explains."""
    odd = [row for row in places if row.difference]
    if not odd:
        return []
    units, money = sum(row.difference for row in odd), book.major(sum(row.difference_minor for row in odd))
    return [
        Text(
            f"盘面与流水有出入，净差 {units:+,.0f} 件（按成本 {money:+,.2f} {book.currency}）：单列，未并入出入库。",
            f"Stated stock and movements differ by {units:+,.0f} units net ({money:+,.2f} {book.currency} at cost): a "
            "column of its own, in neither receipts nor issues.",
        )
    ]


def _line(book: StockBook, row: BalanceRow) -> BalanceLine:
    numbers = {name: round(getattr(row, name), 3) for name in _UNITS}
    return BalanceLine(
        warehouse=row.warehouse, sku=row.sku, day=row.day, difference_money=book.major(row.difference_minor), **numbers
    )


_UNITS = ("opening", "received", "issued", "difference", "closing", "counted")


def position_in(desk: Desk, view: View, pairs: Pairs = ()) -> tuple[StockBook, Position]:
    """Return book and position of the last known day: orders and purchases are known as they stand now."""
    book = book_of(desk, view.within(view.date_from, None), rules_in(pairs))
    return book, desk.kept(("stock_position", book.first, book.last), lambda: position_of(desk.ledger, book))


def position_of_pairs(desk: Desk, pairs: Pairs) -> PositionAnswer:
    """Return the position of every SKU on the last known day."""
    book, found = position_in(desk, view_from_pairs(pairs), pairs)
    order = np.lexsort((-found.on_hand, np.minimum(found.available, 0)))
    wanted = last_in(pairs, "sku")
    chosen = [at for at in map(int, order) if wanted in (None, book.course.skus[at])][:MOST_ROWS]
    return PositionAnswer(
        **about(
            desk,
            book,
            *unheard((SKU_NAME, wanted, book.course.skus)),
            *found.warnings,
            evidence={"on_hand": "counted", "coming_back": "estimated"},
        ),
        total=position_row(book, found, None),
        oversold=int((found.available < 0).sum()),
        sellable_share=plain(found.sellable_share),
        rows=tuple(position_row(book, found, at) for at in chosen),
    )


def position_row(book: StockBook, found: Position, at: int | None) -> PositionRow:
    """Return one SKU, or all together."""

    def value(name: str) -> float | None:
        column = getattr(found, name)
        return None if column is None else round(float(column.sum() if at is None else column[at]), 3)

    names = [name for name in PositionRow.model_fields if name not in ("sku", "name")]
    code, title = ("", "") if at is None else (book.course.skus[at], book.goods.names[at])
    return PositionRow.model_validate({"sku": code, "name": title, **{name: value(name) for name in names}})


def transfers_of_pairs(desk: Desk, pairs: Pairs) -> TransfersAnswer:
    """Return transfer proposals and what stores may show; ``horizon_days`` is how long a warehouse should last."""
    view, rules = view_from_pairs(pairs), rules_in(pairs)
    horizon = int(_number(pairs, "horizon_days", HORIZON_DAYS, 1, 365))
    book, position = position_in(desk, view, pairs)
    health = health_in(desk, view.within(view.date_from, None), rules)
    places = desk.kept(("stock_rates", book.first, book.last), lambda: places_of(desk.ledger, book))
    found = transfers_of(health, places, horizon_days=horizon)
    shown = desk.kept(("allotments", book.first, book.last), lambda: allotments_of(desk.ledger, book, position, health))
    stores = store_names(desk)
    told = Text(
        "调拨收益 = 目的仓期内少缺的件数 × 单件毛利，未扣调拨运费；假设目的仓缺货时别的仓不能代发。",
        "What a transfer saves is units the destination would lack times their margin, before freight, and as if no "
        "other warehouse could send in its place.",
    )
    saved = [each.saved_minor for each in found if each.saved_minor is not None]
    return TransfersAnswer(
        **about(desk, book, told, *position.warnings, evidence={"saved_money": "estimated", "allotments": "estimated"}),
        horizon_days=horizon,
        warehouses=places.names,
        saved_money=book.major(sum(saved)),
        rows=tuple(
            TransferRow(
                sku=each.sku, name=each.name, source=each.source, destination=each.destination, units=each.units,
                cover_from=plain(each.cover_from, 1), cover_to=plain(each.cover_to, 1),
                saved_units=round(each.saved_units, 2), saved_money=book.major(each.saved_minor),
            )
            for each in found[:MOST_ROWS]
        ),
        n_rows=len(found),
        allotments=tuple(
            AllotmentRow(
                sku=each.sku, name=each.name, available=each.available, reserve=each.reserve,
                stores={stores.get(store, f"#{store}"): units for store, units in each.by_store.items()},
            )
            for each in shown[:MOST_ROWS]
        ),
        n_allotments=len(shown),
    )  # fmt: skip


def counts_of_pairs(desk: Desk, pairs: Pairs) -> CountsAnswer:
    """Return stock counts; ``count`` names the one whose differences are listed."""
    book = book_of(desk, view_from_pairs(pairs), rules_in(pairs))
    counts = counts_of(desk, book)
    named = last_in(pairs, "count")
    asked = named or (counts[0].count_id if counts else None)
    rows = [] if asked is None else [row for row in counted_goods(desk.ledger, book, asked) if row.difference]
    none = Text(
        "还没有盘点单：先导出盘点表，盘完后导入。", "There are no stock counts: take a count sheet, count, and load it."
    )
    told = unheard((Text("盘点单号", "Stock count"), named, (each.count_id for each in counts)))
    return CountsAnswer(
        **about(desk, book, *(told if counts else (none,)), evidence={"difference": "counted"}),
        counts=tuple(
            CountRow(
                count_id=each.count_id, day=each.day, warehouses=each.warehouses, goods=each.n_goods, off=each.n_off,
                surplus=book.major(each.surplus_minor), shortage=book.major(each.shortage_minor),
                unpriced=each.n_unpriced, approved_by=each.approved_by, adjusted=each.n_adjusted,
            )
            for each in counts
        ),
        count_id=asked,
        rows=tuple(
            CountedRow(
                count_id=row.count_id, warehouse=row.warehouse, sku=row.sku, name=row.name, counted_at=row.counted_at,
                book=row.book, counted=row.counted, difference=row.difference, money=book.major(row.minor),
                is_adjusted=row.is_adjusted,
            )
            for row in rows
        ),
    )  # fmt: skip


def terms_in(pairs: Pairs) -> Terms:
    """Return the terms of a markdown plan that a query string names."""
    defaults = Terms()
    declared = last_in(pairs, "elasticity")
    return Terms(
        horizon_days=int(_number(pairs, "horizon_days", defaults.horizon_days, 1, 365)),
        leftover=_number(pairs, "leftover", defaults.leftover, 0, 1),
        holding=_number(pairs, "holding", defaults.holding, 0, 5),
        most_cut=_number(pairs, "most_cut", defaults.most_cut, 0, 0.95),
        is_below_cost=last_in(pairs, "below_cost") == "true",
        elasticity=None if declared is None else _number(pairs, "elasticity", 0, 0, 20),
    )


def _number(pairs: Pairs, key: str, default: float, least: float, most: float) -> float:
    text = last_in(pairs, key)
    try:
        value = default if text is None else float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise BadFilterError(f"{key}={text}", why=f"is no number from {least:g} to {most:g}")
    return value


def plan_in(desk: Desk, view: View, pairs: Pairs = ()) -> tuple[StockBook, Plan]:
    """Return the markdown plan of a view with its book; made once until the ledger changes."""
    health, terms = health_in(desk, view, rules_in(pairs)), terms_in(pairs)
    key = ("markdown", health.book.first, health.book.last, health.rules, terms)
    return health.book, desk.kept(key, lambda: plan_of(desk.ledger, health, terms))


def markdown_of_pairs(desk: Desk, pairs: Pairs) -> MarkdownAnswer:
    """Return the markdown plan; ``elasticity`` declares one, ``horizon_days``, ``leftover`` … are its terms."""
    book, plan = plan_in(desk, view_from_pairs(pairs), pairs)
    money = ("value", "price", "new_price", "cash_kept", "cash", "profit", "gain", "gain_low", "gain_high")

    def row(item: object) -> MarkdownRow:
        fields = asdict(item)  # type: ignore[call-overload]  # always a Markdown
        return MarkdownRow.model_validate({name: book.major(fields[name]) if name in money else
                                           round(fields[name], 3) if isinstance(fields[name], float) else fields[name]
                                           for name in MarkdownRow.model_fields})  # fmt: skip

    sums = {name: book.major(sum(getattr(item, name) for item in plan.items)) for name in _SUMS}
    return MarkdownAnswer(
        **about(desk, book, *plan_told(plan), evidence={"cash": "estimated", "gain": "estimated"}),
        elasticity=ElasticityShown.model_validate(asdict(plan.elasticity)),
        terms=asdict(plan.terms),
        fee_rate=plan.fee_rate,
        keep=plan.keep,
        unpriced=plan.unpriced,
        rows=tuple(map(row, plan.items[:MOST_ROWS])),
        n_rows=len(plan.items),
        untold=tuple(
            UntoldRow(sku=sku, name=name, on_hand=units, value=book.major(value))
            for sku, name, units, value in plan.untold[:MOST_ROWS]
        ),
        **sums,
    )


_SUMS = ("value", "cash", "cash_kept", "gain", "gain_low", "gain_high")


def plan_told(plan: Plan) -> list[Text]:
    """Say what a plan stands on, and what it leaves out."""
    e = plan.elasticity
    known = {
        "declared": Text("由运营声明", "declared by the operator"),
        "estimated": Text(
            f"由本店 {e.n_changes:,} 个店铺·SKU 的调价估计",
            f"estimated from {e.n_changes:,} SKUs whose price changed",
        ),
        "assumed": Text("本店调价太少，为假设值", "assumed: too few prices changed here"),
    }[e.source]
    told = [
        Text(
            f"价格弹性 {e.value:.2f}（{e.low:.2f}–{e.high:.2f}），{known.zh}；所有商品共用一个，个别商品可能不同。",
            f"Price elasticity {e.value:.2f} ({e.low:.2f} to {e.high:.2f}), {known.en}; one for all goods, of which "
            "any single one may differ.",
        )
    ]
    if plan.untold:
        n = len(plan.untold)
        told.append(
            Text(
                f"{n} 个 SKU 期内没有一件销售：降价能卖多少无从估计，未给方案，另列。",
                f"{n} SKUs sold nothing in the window: what a cut would sell cannot be told, so they are listed apart.",
            )
        )
    if plan.unpriced:
        told.append(
            Text(
                f"{plan.unpriced} 个 SKU 缺成本或成交价，未给方案。",
                f"{plan.unpriced} SKUs have no cost or no price, so no plan.",
            )
        )
    return told


ANSWERS: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {
        "balance": balance_of_pairs,
        "health": health_of_pairs,
        "position": position_of_pairs,
        "transfers": transfers_of_pairs,
        "counts": counts_of_pairs,
        "markdown": markdown_of_pairs,
    }
)
"""By the words of ``/api/v1/inventory``."""
