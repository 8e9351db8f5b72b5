"""低于底价、优惠券将到期 What was sold for less than it costs, and coupons that end before they are used."""

from __future__ import annotations

import ibis

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import Evidence
from zhanggui.understand import wording
from zhanggui.understand.overview.patrol.model import (
    KINDS,
    MOST_ROWS,
    JsonRow,
    PatrolFinding,
    PatrolNeed,
    PatrolRow,
    Round,
    need,
    source_of,
    whole,
)
from zhanggui.understand.view import metric_href

PRICE_DAYS = 7
"""Days whose sales are held against the floor."""

COUPON_DAYS = 3
"""Coupons that end within so many days are told."""

MOST_GOODS = 200
_LOSS = Text("亏损", "lost")
_FACE = Text("未用面额", "face value unused")
_COSTS = Text("商品成本", "unit costs")
_COUPONS = Text("优惠券", "coupons issued")
_NO_FLOOR = Text(
    "需要底价表：已支持的文件都不带底价；这里以单位成本为底价",
    "needs floor prices: no supported file holds them; unit cost is taken as the floor",
)


def price_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return what was sold below its cost in the last days; gifts and what was given back in full are left out."""
    lines = round_.desk.ledger.table("line_profit")
    first, last = round_.open("first", round_.ago(PRICE_DAYS - 1)), round_.open("last", round_.day)
    in_days = lines.filter((lines.paid_date >= first) & (lines.paid_date <= last))
    goods = in_days.filter(
        (in_days.order_kind == "ordinary") & (in_days.line_kind == "product") & (in_days.quantity > 0)
    )
    needs = [PatrolNeed(kind="below_floor", label=KINDS["below_floor"], table="price_floor", text=_NO_FLOOR)]
    [known] = round_.asked(goods.aggregate(n=goods.count(), known=goods.count(where=goods.listed_cost_minor > 0)))
    if not whole(known["known"]):
        return [], [*needs, *([need("below_floor", "sku_cost", _COSTS)] if whole(known["n"]) else [])]
    is_given_back = (goods.paid_minor > 0) & (goods.refunded_minor >= goods.paid_minor)
    below = goods.filter(~is_given_back & (goods.listed_cost_minor > goods.receivable_minor))
    rows = below.select(
        "shop_id", "order_id", "product_id", "sku_id", "quantity", "receivable_minor", "listed_cost_minor", "currency",
        "batch_id", "row_no", loss=below.listed_cost_minor - below.receivable_minor,
    )  # fmt: skip
    round_.stands_on("line_profit")
    found = round_.asked(rows.order_by([ibis.desc("loss"), "shop_id", "order_id"]))
    by_sku: dict[tuple[int, str], list[JsonRow]] = {}
    for row in found:
        by_sku.setdefault((whole(row["shop_id"]), str(row["sku_id"] or row["product_id"] or "")), []).append(row)
    names = _names(round_)
    made = [_below(round_, key, held, names) for key, held in by_sku.items()]
    made.sort(key=lambda each: -(each.money or 0.0))
    return made[:MOST_GOODS], needs


def _names(round_: Round) -> dict[tuple[int, str], str]:
    table = round_.desk.ledger.table("product")
    rows = round_.asked(table.select("shop_id", "product_id", "title"))
    return {(whole(row["shop_id"]), str(row["product_id"])): str(row["title"]) for row in rows if row["title"]}


def _below(
    round_: Round, key: tuple[int, str], rows: list[JsonRow], names: dict[tuple[int, str], str]
) -> PatrolFinding:
    shop_id, sku = key
    first, currency = rows[0], str(rows[0]["currency"])
    units = sum(float(str(row["quantity"])) for row in rows)
    due, cost = (sum(whole(row[name]) for row in rows) for name in ("receivable_minor", "listed_cost_minor"))
    price, floor = (wording.money(major(round(each / units), currency) or 0.0, currency) for each in (due, cost))
    name = names.get((shop_id, str(first["product_id"])), sku)
    store = round_.stores[shop_id]
    return PatrolFinding(
        kind="below_floor",
        label=KINDS["below_floor"],
        store=store,
        subject=Text.same(name or "-"),
        text=Text(
            f"近 {PRICE_DAYS} 天 {units:,.0f} 件平均应收 {price.zh}，单位成本 {floor.zh}。",
            f"{units:,.0f} units in {PRICE_DAYS} days at {price.en} each on average; they cost {floor.en}.",
        ),
        money=major(sum(whole(row["loss"]) for row in rows), currency),
        money_label=_LOSS,
        currency=currency,
        n_rows=len(rows),
        rows=tuple(
            PatrolRow(
                text=Text(f"订单 {row['order_id']}", f"order {row['order_id']}"),
                money=major(row["loss"], currency),
                href=source_of(row),
            )
            for row in rows[:MOST_ROWS]
        ),
        href=metric_href("contribution_profit", sku=sku, shop=store) if first["sku_id"] else None,
    )


def coupon_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return the offers whose unused coupons end within the next days."""
    held = round_.n_rows("coupon_issue")
    if not any(shop_id in round_.stores for shop_id in held):
        return [], [need("coupons", "coupon_issue", _COUPONS)]
    lacking = [name for shop_id, name in round_.stores.items() if shop_id not in held]
    table = round_.desk.ledger.table("coupon_issue")
    day, until = round_.open("last", round_.day), round_.open("until", round_.ago(-COUPON_DAYS))
    ending = table.filter((table.expires_date > day) & (table.expires_date <= until) & table.used_at.isnull())
    rows = round_.asked(
        ending.select("shop_id", "offer_name", "coupon_id", "expires_date", "coupon_minor", "currency", "batch_id",
                      "row_no").order_by(["shop_id", "offer_name", "expires_date", "coupon_id"])
    )  # fmt: skip
    by_offer: dict[tuple[int, str, str], list[JsonRow]] = {}
    for row in rows:
        key = (whole(row["shop_id"]), str(row["offer_name"] or "-"), str(row["expires_date"]))
        by_offer.setdefault(key, []).append(row)
    round_.stands_on("coupon_issue")
    needs = [need("coupons", "coupon_issue", _COUPONS, lacking)] if lacking else []
    return [_ending(round_, key, held_) for key, held_ in by_offer.items()], needs


def _ending(round_: Round, key: tuple[int, str, str], rows: list[JsonRow]) -> PatrolFinding:
    shop_id, offer, until = key
    currency = str(rows[0]["currency"])
    known = [whole(row["coupon_minor"]) for row in rows if row["coupon_minor"] is not None]
    unpriced = "" if known else "；面额未知"
    evidence: Evidence = "counted"
    return PatrolFinding(
        kind="coupons",
        label=KINDS["coupons"],
        store=round_.stores[shop_id],
        subject=Text.same(offer),
        text=Text(
            f"{len(rows):,} 张未用，{until} 到期{unpriced}。",
            f"{len(rows):,} unused, ending {until}{'' if known else '; their value is not known'}.",
        ),
        money=major(sum(known), currency) if known else None,
        money_label=_FACE,
        currency=currency,
        evidence=evidence,
        n_rows=len(rows),
        rows=tuple(
            PatrolRow(
                text=Text(f"券 {row['coupon_id']}", f"coupon {row['coupon_id']}"),
                money=major(row["coupon_minor"], currency),
                href=source_of(row),
            )
            for row in rows[:MOST_ROWS]
        ),
    )
