"""The pages of the Finance room, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    COLUMNS,
    FindingsTile,
    KpisTile,
    LineTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    SentenceTile,
    TableTile,
)
from zhanggui.understand.desk import TileData
from zhanggui.understand.finance.ad_desk import ALL_LEVELS, KIND_NAMES, ad_desk, ad_scopes, losing_ads
from zhanggui.understand.finance.below_cost import below_cost_figures, below_cost_lines, below_cost_table
from zhanggui.understand.finance.cash import cash_course, cash_figures, cash_kinds, cash_lines, cash_wallets
from zhanggui.understand.finance.creator_desk import creator_figures, creator_table, session_table
from zhanggui.understand.finance.fee_desk import fee_figures, fee_table, odd_fee_table
from zhanggui.understand.finance.tie_desk import (
    cause_table,
    difference_table,
    link_table,
    month_table,
    stock_system_table,
    tie_figures,
    tie_sentence,
    unmatched_table,
    wallet_table,
)
from zhanggui.understand.finance.transit import transit_table

ROOM = "finance"
STORES = ("platform", "shop", "date")
"""Filters of pages whose rows know neither channel nor comparison."""


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


def _page(page: str, zh: str, en: str, *rows: Row, tab: Text | None = None, **more: object) -> PageSpec:
    """Return a page of the room; its address is its id, and it stands in the strip of the room."""
    title = Text(zh, en)
    path = f"/{ROOM}/{page.replace('_', '-')}"
    given = {"id": page, "path": path, "title": title, "tab": tab or title, "room": ROOM, "icon": ROOM, "rows": rows}
    return PageSpec.model_validate({"filters": STORES, **given, **more})


def _figures(page: str) -> Row:
    return Row(tiles=(KpisTile(id="figures", source=_source(page, "figures")),))


def _table(page: str, tile: str, zh: str, en: str, *, span: int = COLUMNS, help_: Text | None = None) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), span=span, source=_source(page, tile), help=help_)


def _alone(page: str, tile: str, zh: str, en: str, help_: Text | None = None) -> Row:
    return Row(tiles=(_table(page, tile, zh, en, help_=help_),))


CASH = _page(
    "cash",
    "资金",
    "Cash",
    _figures("cash"),
    Row(
        height="m",
        tiles=(LineTile(id="course", title=Text("每日进出", "In and out"), source=_source("cash", "course")),),
    ),
    Row(
        height="m",
        tiles=(
            _table("cash", "wallets", "各账户", "By wallet", span=14),
            _table("cash", "kinds", "各科目", "By kind", span=10),
        ),
    ),
    _alone(
        "cash",
        "transit",
        "在途：已付款未结算",
        "On its way: paid, not settled",
        Text(
            "到今天为止，不随所选日期变化；费用按本店已结算订单的费率估算。",
            "As of today, whatever the dates; fees at the rate of the store's own settled orders.",
        ),
    ),
    _alone("cash", "lines", "账单明细", "Ledger lines"),
)

RECONCILIATION = _page(
    "reconciliation",
    "对账",
    "Reconciliation",
    Row(tiles=(SentenceTile(id="sentence", source=_source("reconciliation", "sentence")),)),
    _figures("reconciliation"),
    _alone(
        "reconciliation",
        "months",
        "各店各月",
        "By store and month",
        Text(
            "按订单付款月。应收 − 退款 = 应收减退款；再扣费用 = 应结；应结 − 已结 = 各原因之和，分毫不差。",
            "By month of payment. Receivable less refunds is what is due; less fees, what is to be settled; that less "
            "what was settled is the sum of the causes, to the cent.",
        ),
    ),
    Row(
        height="m",
        tiles=(
            _table("reconciliation", "causes", "差异原因", "Causes", span=9),
            _table("reconciliation", "links", "关联率", "Link rates", span=15),
        ),
    ),
    _alone("reconciliation", "differences", "待查的订单", "Orders to look into"),
    _alone("reconciliation", "unmatched", "未匹配的账单行", "Ledger lines without an order"),
    Row(
        height="m",
        tiles=(
            _table("reconciliation", "wallets", "账户余额", "Balances of wallets", span=13),
            _table("reconciliation", "stock_system", "平台与 ERP", "Platform and stock system", span=11),
        ),
    ),
)

FEES = _page(
    "fees",
    "费用稽核",
    "Fee audit",
    _figures("fees"),
    _alone("fees", "odd", "收费不符的订单", "Deviating orders"),
    _alone("fees", "rates", "各类目费率", "Rates by category"),
)

BELOW_COST = _page(
    "below_cost",
    "低于成本",
    "Below cost",
    _figures("below_cost"),
    _alone("below_cost", "skus", "SKU", "SKUs"),
    _alone("below_cost", "lines", "订单明细", "Order lines"),
    filters=("platform", "shop", "channel", "date"),
)

_LEVELS = PageChoice(
    key="by",
    label=Text("层级", "Level"),
    options=(
        PageOption(value=ALL_LEVELS, label=Text("全部层级", "All levels")),
        *(PageOption(value=kind, label=label) for kind, label in KIND_NAMES.items()),
    ),
)
ADS = _page(
    "ads",
    "投放",
    "Ad desk",
    Row(
        height="m",
        tiles=(
            _table("ads", "scopes", "各报表", "By report", span=15),
            FindingsTile(
                id="losing",
                title=Text("亏得最多的投放", "Advertisements that lose most"),
                span=9,
                source=_source("ads", "losing"),
                help=Text(
                    "每个广告系统只看一个层级，同一笔花费不重复。",
                    "One level of each advertising system, so that no money stands there twice.",
                ),
            ),
        ),
    ),
    _alone("ads", "desk", "计划、商品、直播间", "Plans, products, live rooms"),
    choices=(_LEVELS,),
)

CREATORS = _page(
    "creators",
    "达人与直播",
    "Creators and live",
    _figures("creators"),
    _alone("creators", "creators", "达人", "Creators"),
    _alone("creators", "sessions", "直播场次", "Live sessions"),
    tab=Text("达人", "Creators"),
)

PAGES = (RECONCILIATION, CASH, FEES, BELOW_COST, ADS, CREATORS)

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "cash/figures": cash_figures,
        "cash/course": cash_course,
        "cash/wallets": cash_wallets,
        "cash/kinds": cash_kinds,
        "cash/transit": transit_table,
        "cash/lines": cash_lines,
        "reconciliation/sentence": tie_sentence,
        "reconciliation/figures": tie_figures,
        "reconciliation/months": month_table,
        "reconciliation/causes": cause_table,
        "reconciliation/links": link_table,
        "reconciliation/differences": difference_table,
        "reconciliation/unmatched": unmatched_table,
        "reconciliation/wallets": wallet_table,
        "reconciliation/stock_system": stock_system_table,
        "fees/figures": fee_figures,
        "fees/rates": fee_table,
        "fees/odd": odd_fee_table,
        "below_cost/figures": below_cost_figures,
        "below_cost/skus": below_cost_table,
        "below_cost/lines": below_cost_lines,
        "ads/desk": ad_desk,
        "ads/scopes": ad_scopes,
        "ads/losing": losing_ads,
        "creators/figures": creator_figures,
        "creators/creators": creator_table,
        "creators/sessions": session_table,
    }
)
"""Tile data by ``page/tile``."""
