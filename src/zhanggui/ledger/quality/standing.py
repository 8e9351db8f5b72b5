"""How the checks stand: what they found last, in words, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import ibis
import ibis.expr.types as ir

from zhanggui.columns import FACTS
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality.catalogue import CHECKS
from zhanggui.ledger.quality.model import Check

PAST_DAYS = 30
"""Days of running that a history shows."""

TABLE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "order_header": Text("订单", "orders"),
        "order_line": Text("订单明细", "order lines"),
        "refund": Text("退款", "refunds"),
        "adjustment": Text("其他金额", "adjustments"),
        "product": Text("商品", "products"),
        "source_batch": Text("导入的文件", "loaded files"),
        "day_volume": Text("各来源", "all sources"),
        "event": Text("网站与应用的事件", "events of site and app"),
        "session": Text("网站访问", "visits to the site"),
        "settlement_link": Text("结算与订单的对应", "settlements matched to orders"),
        "line_profit": Text("订单明细利润", "profit of order lines"),
        "profit_entry": Text("不属于订单的收支", "amounts of no order"),
        "ad_result": Text("推广报表", "advertising reports"),
        "stock_balance": Text("库存收发存", "stock balance"),
        "stock_day": Text("每日库存", "stock day by day"),
        "stock_sale": Text("库存出库", "stock issued"),
        "stock_cover": Text("库存够卖天数", "how long stock lasts"),
        "stock_policy": Text("安全库存与缺货预警", "safety stock and warnings"),
        "receipt_batch": Text("到货批次", "batches received"),
        "product_class": Text("商品每日分类", "class of products by day"),
        "goods_day": Text("商品编码每日动销", "stock codes sold by day"),
        "purchase_day": Text("买家购买日", "days on which buyers bought"),
        "cohort": Text("首购买家的价值", "value of first buyers"),
        "cart": Text("购物车", "carts"),
        "journey": Text("下单前的访问", "journeys to orders"),
        "member_day": Text("会员每日购买", "members by day"),
        "member_count": Text("每日会员数", "number of members by day"),
        **{fact.table: Text(fact.label.zh, fact.label.en.lower()) for fact in FACTS.values()},
    }
)
"""What a shopkeeper calls the tables that numbers stand on."""
_SERIES: Mapping[str, Text] = MappingProxyType(
    {
        "hour": Text("分时段", "by hour"),
        "product": Text("商品", "products"),
        "search_word": Text("搜索词", "search words"),
        "source": Text("流量来源", "sources"),
        "shop": Text("店铺", "store"),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    check : Check
        The check that found it.
    shop_id : int
        The store.
    day, last_day : date or None
        Days that it is about; None for all.
    subject : str or None
        What it is about.
    n_rows : int
        Rows, or lacking rows.
    measured, expected : Decimal or None
        In the check's own unit.
    money_minor, currency : int, str or None
        Money at stake.
    """

    check: Check
    shop_id: int
    day: date | None
    last_day: date | None
    subject: str | None
    n_rows: int
    measured: Decimal | None
    expected: Decimal | None
    money_minor: int | None
    currency: str | None

    @property
    def text(self) -> Text:
        """The finding in words."""
        said, values = self.check.said, self._values()
        return Text(
            said.zh.format(**values, subject=self._subject("zh"), day=self._days("至")),
            said.en.format(**values, subject=self._subject("en"), day=self._days(" to ")),
        )

    def touches(self, first: date | None, last: date | None) -> bool:
        """Whether it is about a day of a period, whose ends may be open."""
        begins, ends = self.day, self.last_day or self.day
        return not ((first and ends and ends < first) or (last and begins and begins > last))

    def _values(self) -> dict[str, str]:
        shown = {"measured": self.measured, "expected": self.expected}
        return {"n": f"{self.n_rows:,}", **{name: _figure(value, self.check) for name, value in shown.items()}}

    def _subject(self, language: str) -> str:
        if not self.subject:
            return "-"
        words = [_SERIES.get(word) or TABLE_NAMES.get(word) or Text.same(word) for word in self.subject.split(", ")]
        joint = "、" if language == "zh" else ", "
        return joint.join(word.zh if language == "zh" else word.en for word in words)

    def _days(self, joint: str) -> str:
        ends = [f"{day:%Y-%m-%d}" for day in dict.fromkeys((self.day, self.last_day)) if day is not None]
        return joint.join(ends)


def _figure(value: Decimal | None, check: Check) -> str:
    if value is None:
        return "-"
    if check.measure == "share":
        return f"{value:.1%}"
    return f"{value:,.2f}" if check.measure == "money" else f"{value:,.0f}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one check of one store stands.

    Attributes
    ----------
    check : Check
        The check.
    shop_id : int
        The store.
    status : str
        ``ok``, ``warning`` or ``failed``.
    since : date
        First day of the present row of days on which it was run with this status.
    n_findings, n_rows : int
        What was found.
    money_minor, currency : int, str or None
        Money at stake.
    checked_at : datetime
        When it was looked at last, UTC.
    past : tuple of (date, str, int)
        Day, status and findings of the days on which it was run, oldest first.
    """

    check: Check
    shop_id: int
    status: str
    since: date
    n_findings: int
    n_rows: int
    money_minor: int | None
    currency: str | None
    checked_at: datetime
    past: tuple[tuple[date, str, int], ...]


def findings_of(ledger: Ledger) -> tuple[Finding, ...]:
    """Return what the checks found when they ran last, by check and store, newest day first."""
    return tuple(map(finding_of, ledger.query(findings_expression(ledger)).to_pylist()))


def findings_expression(ledger: Ledger, *, status: str | None = None) -> ir.Table:
    """Return the kept findings as an expression, those of one status where it is named."""
    held = ledger.table("quality_result")
    wanted = held if status is None else held.filter(held.status == status)
    return wanted.order_by(["check_name", "shop_id", "finding_no"])


def finding_of(row: Mapping[str, Any]) -> Finding:
    """Return a kept row as a finding."""
    names = ("shop_id", "day", "last_day", "subject", "n_rows", "measured", "expected", "money_minor", "currency")
    return Finding(CHECKS[row["check_name"]], **{name: row[name] for name in names})


def standings_of(ledger: Ledger) -> tuple[Standing, ...]:
    """Return how each check of each store stands, in the order of the catalogue."""
    held = ledger.table("quality_check")
    newest = held.checked_on.max().over(group_by=["check_name", "shop_id"])
    recent = held.mutate(newest=newest)
    recent = recent.filter(recent.checked_on > recent.newest - ibis.interval(days=PAST_DAYS))
    runs: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in ledger.query(recent.order_by("checked_on")).to_pylist():
        runs[row["check_name"], row["shop_id"]].append(row)
    order = {name: place for place, name in enumerate(CHECKS)}
    # A check that is no longer declared leaves its history behind.
    known = sorted((pair for pair in runs if pair[0] in order), key=lambda pair: (order[pair[0]], pair[1]))
    return tuple(_standing(runs[pair]) for pair in known)


def _standing(rows: list[dict[str, Any]]) -> Standing:
    last = rows[-1]
    since = last["checked_on"]
    for row in reversed(rows):
        if row["status"] != last["status"]:
            break
        since = row["checked_on"]
    return Standing(
        check=CHECKS[last["check_name"]],
        since=since,
        past=tuple((row["checked_on"], row["status"], row["n_findings"]) for row in rows),
        **{
            name: last[name]
            for name in ("shop_id", "status", "n_findings", "n_rows", "money_minor", "currency", "checked_at")
        },
    )
