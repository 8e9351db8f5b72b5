"""投放 The ad desk: declared ROI beside break-even ROI, and what is spent below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import AllClear, ColumnSpec, Finding, FindingsData, KpisData, TableData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import figures
from zhanggui.understand.finance.placements import Placement, State, one_level, placements, ratio, scope_name
from zhanggui.understand.finance.scope import JsonRow, only_currency
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View, metric_href

MOST_FINDINGS = 5
ALL_LEVELS = "all"
KIND_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "plan": Text("计划", "Plan"),
        "product": Text("商品", "Product"),
        "live": Text("直播间", "Live room"),
        "creative": Text("创意", "Creative"),
        "store": Text("全店", "Store"),
    }
)
"""Levels of advertising, as the page offers them."""

STATE_NAMES: Mapping[State, Text] = MappingProxyType(
    {"above": Text("高于保本", "above"), "below": Text("低于保本", "below"), "unknown": Text("未知", "unknown")}
)
_TONES: Mapping[State, str] = MappingProxyType({"above": "good", "below": "bad", "unknown": "unknown"})

NO_REPORT = Text(
    "还没有推广报表。导入万相台、千川、京准通或拼多多推广报表后，这里逐计划、逐商品比较 ROI 与保本线。",
    "There is no advertising report yet. Load one of Alimama, Qianchuan, JD or Pinduoduo to set the ROI of each plan "
    "beside the one at which it breaks even.",
)
NOT_ADDED = Text(
    "同一笔花费会出现在多种报表里（计划、商品、创意）。口径不同的行不能相加，因此没有合计。",
    "The same money stands in several reports (by plan, product, creative). Rows of different scope are not added, so "
    "there is no total.",
)
BREAK_EVEN = Text(
    "保本 ROI = 1 ÷ 广告前贡献利润率；利润率已扣退款、商品成本、运费与平台费用，除以买家实付。",
    "Break-even ROI = 1 ÷ contribution margin before advertising; the margin is after refunds, goods, freight, fees, "
    "of what buyers paid.",
)
AFTER_ADS = Text(
    "申报成交 × 广告前利润率 − 花费。平台把这些成交都归给了广告，所以这是上限。",
    "Claimed sales × margin before advertising − spend. The platform credits all of them to the advertisement, so it "
    "is an upper bound.",
)
_COLUMNS = (
    ColumnSpec(key="name", label=Text("对象", "Object")),
    ColumnSpec(key="scope", label=Text("报表", "Report")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="spend", label=Text("花费", "Spend"), unit="money"),
    ColumnSpec(key="roi", label=Text("总成交 ROI", "ROI"), unit="count", evidence="declared"),
    ColumnSpec(key="net_roi", label=Text("净成交 ROI", "Net ROI"), unit="count", evidence="declared"),
    ColumnSpec(
        key="break_even", label=Text("保本 ROI", "Break-even"), unit="count", evidence="estimated", help=BREAK_EVEN
    ),
    ColumnSpec(key="state", label=Text("状态", "State"), unit="status"),
    ColumnSpec(
        key="profit",
        label=Text("投放后贡献利润", "Contribution after ads"),
        unit="money",
        evidence="estimated",
        help=AFTER_ADS,
    ),
    ColumnSpec(key="gmv", label=Text("总成交", "Claimed sales"), unit="money", evidence="declared"),
    ColumnSpec(key="clicks", label=Text("点击", "Clicks"), unit="count"),
    ColumnSpec(key="cpc", label=Text("点击单价", "Cost per click"), unit="money"),
    ColumnSpec(key="basis", label=Text("依据", "Basis")),
)


HEADLINE = ("ad_spend", "ad_cost_rate", "break_even_roi", "break_even_roi_net", "contribution_margin")
"""Figures of the page, as the profit statement counts advertising: one report of each system, store and day."""


def ad_figures(desk: Desk, view: View) -> KpisData:
    """Return what advertising cost, what it takes of net revenue, and the ROI at which it breaks even."""
    return figures(desk, view, HEADLINE)


def ad_desk(desk: Desk, view: View) -> TableData:
    """Return spend, declared ROI, break-even ROI and state of each plan, product and live room."""
    level = view.by or ALL_LEVELS
    rows = [each for each in placements(desk, view) if level in (ALL_LEVELS, each.kind)]
    stores = store_names(desk)
    currency = _currency(rows)
    is_one_scope = len({each.scope for each in rows}) == 1
    shown = tuple(_row(each, stores) for each in rows)
    return TableData(
        columns=_COLUMNS,
        rows=shown,
        total=_total(rows, currency) if is_one_scope and currency else None,
        n_rows=len(shown),
        currency=currency,
        partial=NOT_ADDED if shown and not is_one_scope else None,
        empty=None if shown else NO_REPORT,
    )


def _currency(rows: Sequence[Placement]) -> str | None:
    return only_currency([{"currency": each.currency} for each in rows])


def _row(each: Placement, stores: Mapping[int, str]) -> JsonRow:
    break_even = None if each.margin is None else each.margin.break_even
    return {
        "name": each.name or stores.get(each.shop_id, ""),
        "scope": scope_name(each.scope),
        "store": stores.get(each.shop_id, ""),
        "spend": major(each.spend_minor, each.currency),
        "roi": _rounded(each.roi),
        "net_roi": _rounded(each.net_roi),
        "break_even": _rounded(break_even),
        "state": STATE_NAMES[each.state],
        "profit": major(each.profit_minor, each.currency),
        "gmv": major(each.gmv_minor, each.currency),
        "clicks": each.clicks,
        "cpc": major(round(each.spend_minor / each.clicks), each.currency) if each.clicks else None,
        "basis": each.basis,
        "_tone": _TONES[each.state],
        "_href": _href(each, stores),
    }


def _href(each: Placement, stores: Mapping[int, str]) -> str | None:
    if not each.product_id:
        return None
    return metric_href("gmv_paid", product=each.product_id, shop=stores.get(each.shop_id, f"#{each.shop_id}"))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _total(rows: Sequence[Placement], currency: str) -> JsonRow:
    spend, clicks = sum(each.spend_minor for each in rows), sum(each.clicks for each in rows)
    gmv = sum(each.gmv_minor or 0 for each in rows)
    return {
        "spend": major(spend, currency),
        "gmv": major(gmv, currency),
        "clicks": clicks,
        "roi": _rounded(ratio(gmv, spend)),
        "cpc": major(round(spend / clicks), currency) if clicks else None,
    }


_SCOPE_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="scope", label=Text("报表", "Report")),
    ColumnSpec(key="n", label=Text("对象数", "Objects"), unit="count"),
    ColumnSpec(key="spend", label=Text("花费", "Spend"), unit="money"),
    ColumnSpec(key="gmv", label=Text("总成交", "Claimed sales"), unit="money", evidence="declared"),
    ColumnSpec(key="roi", label=Text("总成交 ROI", "ROI"), unit="count", evidence="declared"),
    ColumnSpec(key="below", label=Text("低于保本的花费", "Spent below break-even"), unit="money", evidence="estimated"),
)


def ad_scopes(desk: Desk, view: View) -> TableData:
    """Return each report of each store by itself: what it says was spent and claimed, never added to another's."""
    rows = placements(desk, view)
    groups: dict[tuple[int, str], list[Placement]] = {}
    for each in rows:
        groups.setdefault((each.shop_id, each.scope), []).append(each)
    stores = store_names(desk)
    shown = tuple(_scope_row(groups[key], stores) for key in sorted(groups))
    return TableData(
        columns=_SCOPE_COLUMNS,
        rows=shown,
        n_rows=len(shown),
        currency=_currency(rows),
        empty=None if shown else NO_REPORT,
    )


def _scope_row(rows: Sequence[Placement], stores: Mapping[int, str]) -> JsonRow:
    first = rows[0]
    spend, gmv = sum(each.spend_minor for each in rows), sum(each.gmv_minor or 0 for each in rows)
    below = sum(each.spend_minor for each in rows if each.state == "below")
    return {
        "store": stores.get(first.shop_id, ""),
        "scope": scope_name(first.scope),
        "n": len(rows),
        "spend": major(spend, first.currency),
        "gmv": major(gmv, first.currency),
        "roi": _rounded(ratio(gmv, spend)),
        "below": major(below, first.currency),
    }


def losing_ads(desk: Desk, view: View) -> FindingsData:
    """Return the advertisements that lose most, each with its money; one level of each system, so nothing twice."""
    losing = [each for each in one_level(placements(desk, view)) if each.state == "below"]
    losing.sort(key=lambda each: each.profit_minor or 0)
    stores = store_names(desk)
    nothing = AllClear("没有低于保本线的投放。", "No advertisement lies below its break-even.")
    items = tuple(_loss(each, stores) for each in losing[:MOST_FINDINGS])
    return FindingsData(items=items, empty=None if items else nothing)


def _loss(each: Placement, stores: Mapping[int, str]) -> Finding:
    spend = wording.money(major(each.spend_minor, each.currency) or 0.0, each.currency)
    line = None if each.margin is None else each.margin.break_even
    roi = "-" if each.roi is None else f"{each.roi:.2f}"
    needed = Text("无论多少都不保本", "out of reach") if line is None else Text.same(f"{line:.2f}")
    scope = scope_name(each.scope)
    return Finding(
        title=Text.same(each.name or stores.get(each.shop_id, "")),
        text=Text(
            f"{scope.zh}：花费 {spend.zh}，申报 ROI {roi}，保本 ROI {needed.zh}。",
            f"{scope.en}: {spend.en} spent, declared ROI {roi}, break-even ROI {needed.en}.",
        ),
        money=major(each.profit_minor, each.currency),
        currency=each.currency,
        evidence="estimated",
        href=_href(each, stores),
    )
