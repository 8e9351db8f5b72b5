"""What a report's figures lack: sources that do not reach its last day, failed checks, files never loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhanggui.i18n import Text
from zhanggui.ledger.quality.standing import TABLE_NAMES
from zhanggui.metrics import CATALOGUE, Answer
from zhanggui.metrics.absence import NEEDS_TABLE
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.overview.reports.spec import GROUPS
from zhanggui.understand.sourcing import standings
from zhanggui.understand.view import View

DAILY: dict[str, Text] = {
    "orders": Text("订单", "orders"),
    "ad_spend": Text("推广花费", "advertising"),
    "shop_metrics": Text("平台经营数据", "platform figures"),
    "settlements": Text("结算流水", "settlement ledger"),
    "events": Text("网站与应用的事件", "events of site and app"),
}
"""Kinds of files that a store which has them once has every day."""

MOST_CHECKS = 5


def missing(desk: Desk, view: View, last: date) -> tuple[Text, ...]:
    """Return what the figures of days up to `last` lack, in words; what is late first."""
    names = tuple(dict.fromkeys(name for group in GROUPS for name in group.metrics))
    found = desk.ask(view.question(*names))
    stores = {str(value) for each in view.where if each.dim == "shop" for value in each.values}
    return (*_late(found, stores, last), *_failed(desk, stores), *_never_loaded(found))


def _late(found: Answer, stores: set[str], last: date) -> Iterator[Text]:
    for each in found.freshness.sources:
        label = DAILY.get(each.dataset)
        if label is None or each.period_end is None or each.period_end >= last or (stores and each.shop not in stores):
            continue
        shop, until = each.shop or "-", each.period_end.isoformat()
        yield Text(f"{shop}：{label.zh}只到 {until}", f"{shop}: {label.en} reach {until} only")


def _failed(desk: Desk, stores: set[str]) -> Iterator[Text]:
    names = store_names(desk)
    failed = [each for each in standings(desk) if each.status == "failed"]
    mine = [each for each in failed if not stores or names.get(each.shop_id) in stores]
    for each in mine[:MOST_CHECKS]:
        shop, table = names.get(each.shop_id, f"#{each.shop_id}"), TABLE_NAMES.get(each.check.table)
        source = table or Text.same(each.check.table)
        yield Text(
            f"{shop}：{source.zh}没有通过检查“{each.check.label.zh}”（{each.n_findings:,} 处）",
            f"{shop}: {source.en} fail the check “{each.check.label.en}” ({each.n_findings:,} found)",
        )
    if len(mine) > MOST_CHECKS:
        more = len(mine) - MOST_CHECKS
        yield Text(f"另有 {more} 项检查没有通过，见“数据 › 质量”", f"{more} more checks fail, see Data › Quality")


def _never_loaded(found: Answer) -> Iterator[Text]:
    for each in found.warnings:
        if each.code == NEEDS_TABLE and each.metric in CATALOGUE:
            label = CATALOGUE[each.metric].label
            yield Text(f"{label.zh}：{each.text.zh}", f"{label.en}: {each.text.en}")
