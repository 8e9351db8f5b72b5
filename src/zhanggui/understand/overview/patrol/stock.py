"""热卖断货、热卖停售 What sells well and has no stock, and what has stock and sells no more."""

from __future__ import annotations

from datetime import date

from zhanggui.i18n import Text
from zhanggui.metrics.question import Filter
from zhanggui.money import major
from zhanggui.pagespec import Finding
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.patrol.model import (
    KINDS,
    MOST_ROWS,
    PatrolFinding,
    PatrolNeed,
    PatrolRow,
    Round,
    need,
    source_of,
)
from zhanggui.understand.overview.patrol.shelf import WINDOW_DAYS, Shelf, Sold, shelf_of
from zhanggui.understand.view import metric_href

OLDEST_COUNT_DAYS = 8
"""Stock counted longer ago than a week says nothing of today."""

LEAST_LINES, LEAST_EXPECTED = 15, 8.0
"""A product with so many order lines in the window that should have had so many more since its last sale, and had none,
is not out of luck: by chance that happens once in three thousand."""

_PER_DAY = Text("每天少卖（估算）", "lost a day (estimated)")
_MISSED = Text("已少卖（估算）", "missed so far (estimated)")
_STOCK = Text("库存快照", "stock on hand")
_NO_STATUS = Text(
    "需要商品上下架状态：已支持的文件都不带上下架；这里改查有货却停售的热卖商品",
    "needs the shelf status of goods: no supported file tells it; goods in stock that stopped selling are listed "
    "instead",
)


def stock_outs(desk: Desk, where: tuple[Filter, ...], day: date) -> tuple[Finding, ...]:
    """Return what sells well and is out of stock as findings of a report, dearest first."""
    found, _ = stock_findings(Round.of(desk, where, day))
    short = [each for each in found if each.kind == "out_of_stock"]
    return tuple(
        Finding(
            title=each.subject,
            text=Text(f"{each.store}：{each.text.zh}", f"{each.store}: {each.text.en}"),
            money=each.money,
            currency=each.currency,
            evidence=each.evidence,
            href=each.href,
        )
        for each in sorted(short, key=lambda each: -(each.money or 0.0))
    )


def stock_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return what the round finds of stock, and what it needs to look."""
    shelf = round_.desk.kept(("shelf", round_.day, tuple(round_.stores)), lambda: shelf_of(round_))
    round_.stands_on("order_line", "stock_snapshot")
    needs = [
        PatrolNeed(kind="stopped_selling", label=KINDS["stopped_selling"], table="product_status", text=_NO_STATUS)
    ]
    if shelf.counted_on is None:
        return [], [*needs, need("out_of_stock", "stock_snapshot", _STOCK)]
    if (round_.day - shelf.counted_on).days > OLDEST_COUNT_DAYS:
        last = shelf.counted_on
        text = Text(f"需要新的库存快照：最近一次是 {last}", f"needs a newer stock snapshot: the last is of {last}")
        old = PatrolNeed(kind="out_of_stock", label=KINDS["out_of_stock"], table="stock_snapshot", text=text)
        return [], [*needs, old]
    found = [
        _out(each, shelf, min(sellable))
        for each in shelf.skus
        # A set of several goods is out of stock when one of them is.
        if (sellable := shelf.sellable(each.own_skus)) and min(sellable) <= 0
    ]
    for each in shelf.products:
        in_stock = sum(max(free, 0.0) for free in shelf.sellable(each.own_skus))
        expected = _expected(each, shelf, round_.day)
        if expected is not None and in_stock > 0 and not _ran_out(each, shelf):
            found.append(_stopped(each, shelf, round_.day, in_stock, expected))
    return found, needs


def _ran_out(sold: Sold, shelf: Shelf) -> bool:
    """Tell whether nothing of a product was in stock at a count since its last sale."""
    days = {day for name in sold.own_skus for day in shelf.free.get(name, {}) if day >= sold.last_day}
    return any(sum(max(shelf.free.get(name, {}).get(day, 0.0), 0.0) for name in sold.own_skus) <= 0 for day in days)


def _expected(sold: Sold, shelf: Shelf, day: date) -> float | None:
    """Return how many lines should have been sold since the last sale, or None where none may come by chance.

    The share that the product had of the store's lines until its last sale is taken of what the store has sold since,
    so that the quiet days after a promotion do not look like a fault of the product.
    """
    of_store = shelf.n_lines.get(sold.shop_id, {})
    until = sum(n for each, n in of_store.items() if each <= sold.last_day)
    since = sum(n for each, n in of_store.items() if sold.last_day < each <= day)
    expected = sold.n_lines / until * since if until else 0.0
    return expected if sold.n_lines >= LEAST_LINES and expected >= LEAST_EXPECTED else None


def _out(sold: Sold, shelf: Shelf, sellable: float) -> PatrolFinding:
    money = major(round(sold.paid_minor / WINDOW_DAYS), sold.currency)
    said = wording.money(money or 0.0, sold.currency)
    return _finding(
        sold,
        shelf,
        "out_of_stock",
        Text(
            f"可售 {sellable:,.0f} 件（{shelf.counted_on} 盘面）；近 {WINDOW_DAYS} 天卖 {sold.units:,.0f} 件，"
            f"每天约 {said.zh}。",
            f"{sellable:,.0f} to sell (stock of {shelf.counted_on}); {sold.units:,.0f} units in {WINDOW_DAYS} days, "
            f"about {said.en} a day.",
        ),
        money,
    )


def _stopped(sold: Sold, shelf: Shelf, day: date, in_stock: float, expected: float) -> PatrolFinding:
    n_days = (day - sold.last_day).days
    return _finding(
        sold,
        shelf,
        "stopped_selling",
        Text(
            f"{shelf.counted_on} 盘面有货 {in_stock:,.0f} 件，{n_days} 天没有卖出，按此前占比应有约 {expected:,.0f} "
            "单：查是否下架、链接失效、被限流，或盘面之后断货。",
            f"{in_stock:,.0f} in stock on {shelf.counted_on} and none sold for {n_days} days, where some "
            f"{expected:,.0f} orders were to be expected: look whether it is off the shelf, its link broken, its "
            "traffic cut, or its stock gone since.",
        ),
        major(round(sold.paid_minor / sold.n_lines * expected), sold.currency),
    )


def _finding(sold: Sold, shelf: Shelf, kind: str, text: Text, money: float | None) -> PatrolFinding:
    rows = [row for name in sold.own_skus for row in shelf.rows.get(name, ())]
    is_out = kind == "out_of_stock"
    shown = []
    for row in rows[:MOST_ROWS]:
        free = float(str(row["on_hand"])) - float(str(row["committed"] or 0))
        place = f"{row['warehouse'] or '-'} {row['internal_sku']}"
        told = Text(f"{place} 可售 {free:,.0f}", f"{place}: {free:,.0f} to sell")
        shown.append(PatrolRow(text=told, href=source_of(row)))
    filters = {"sku" if is_out else "product": sold.key, "shop": sold.store}
    return PatrolFinding(
        kind=kind,
        label=KINDS[kind],
        store=sold.store,
        subject=Text.same(sold.name),
        text=text,
        money=money,
        money_label=_PER_DAY if is_out else _MISSED,
        currency=sold.currency,
        evidence="estimated",
        n_rows=len(rows),
        rows=tuple(shown),
        href=metric_href("gmv_paid", **filters),
    )
