"""The pages of the Finance room, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    COLUMNS,
    BarTile,
    BudgetTile,
    FindingsTile,
    KpisTile,
    LineTile,
    PageChoice,
    PageExport,
    PageOption,
    PageSpec,
    Row,
    SentenceTile,
    StatementTile,
    TableTile,
    TileAnswer,
    WaterfallTile,
)
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.finance.ad_desk import ALL_LEVELS, KIND_NAMES, ad_desk, ad_figures, ad_scopes, losing_ads
from zhanggui.understand.finance.below_cost import below_cost_figures, below_cost_lines, below_cost_table
from zhanggui.understand.finance.bridge import bridge, cost_course, cost_shares, paid_and_borne
from zhanggui.understand.finance.budgets import budget, budget_alarms
from zhanggui.understand.finance.cash import cash_course, cash_figures, cash_kinds, cash_lines, cash_wallets
from zhanggui.understand.finance.creator_desk import creator_figures, creator_table, session_table
from zhanggui.understand.finance.fee_desk import fee_figures, fee_table, odd_fee_table
from zhanggui.understand.finance.profit_by import CHOICES, profit_course, profit_table
from zhanggui.understand.finance.profit_desk import profit_figures, profit_sentence, statement_tile
from zhanggui.understand.finance.profit_statement import COMPLETION, SPLITS
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
from zhanggui.understand.view import View

ROOM = "finance"
STORES = ("platform", "shop", "date")
"""Filters of pages whose rows know neither channel nor comparison."""

WITH_CHANNEL = ("platform", "shop", "channel", "date")


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


_BASIS = PageChoice(
    key="basis",
    label=Text("退款口径", "Refunds by"),
    options=(
        PageOption(value="payment", label=Text("付款口径", "Day of payment")),
        PageOption(value=COMPLETION, label=Text("退款完成口径", "Day of success")),
    ),
)
_SPLIT = PageChoice(
    key="by",
    label=Text("拆分", "Split by"),
    options=(
        PageOption(value="none", label=Text("不拆分", "Nothing")),
        *(PageOption(value=name, label=CHOICES[name]) for name in SPLITS),
    ),
)
PNL = _page(
    "pnl",
    "利润表",
    "Profit and loss",
    Row(tiles=(SentenceTile(id="sentence", source=_source("pnl", "sentence")),)),
    _figures("pnl"),
    Row(
        tiles=(
            StatementTile(
                id="statement",
                title=Text("月度利润表", "Statement by month"),
                source=_source("pnl", "statement"),
                help=Text(
                    "从商家应收算起，记在付款日。负数为支出。点任何一个数，看它的定义、明细和源文件的行。",
                    "From what the merchant is due, on the day of payment. Below zero: taken from profit. Any number "
                    "opens to its definition, its rows and their source files.",
                ),
            ),
        )
    ),
    Row(
        height="m",
        tiles=(
            LineTile(
                id="course",
                title=Text("每日贡献利润与净收入", "Contribution and net revenue by day"),
                source=_source("pnl", "course"),
            ),
        ),
    ),
    path=f"/{ROOM}",
    strips={"cockpit": Text("财务", "Finance")},
    filters=WITH_CHANNEL,
    choices=(_SPLIT, _BASIS),
    exports=(PageExport(id="xlsx", label=Text("导出利润表", "Export to Excel"), source="/api/v1/finance/pnl.xlsx"),),
)

BRIDGE = _page(
    "bridge",
    "利润桥",
    "Bridge",
    Row(
        tiles=(
            WaterfallTile(
                id="bridge",
                title=Text("从标价到贡献利润", "From list price to contribution"),
                span=15,
                source=_source("bridge", "bridge"),
            ),
            WaterfallTile(
                id="receivable",
                title=Text("应收从哪里来", "Who pays the receivable"),
                span=9,
                source=_source("bridge", "receivable"),
            ),
        )
    ),
    Row(
        height="m",
        tiles=(
            BarTile(
                id="costs",
                title=Text("每月净收入花在哪里", "Where net revenue goes by month"),
                span=12,
                source=_source("bridge", "costs"),
            ),
            StatementTile(
                id="shares",
                title=Text("每元净收入的成本结构", "Costs of each yuan of net revenue"),
                span=12,
                source=_source("bridge", "shares"),
            ),
        ),
    ),
    filters=WITH_CHANNEL,
    choices=(_BASIS,),
)

PROFIT_BY = _page(
    "profit_by",
    "利润结构",
    "Profit by",
    _alone("profit_by", "table", "谁赚的钱", "Who and what earned it"),
    filters=WITH_CHANNEL,
    choices=(
        PageChoice(
            key="by",
            label=Text("按", "By"),
            options=tuple(PageOption(value=name, label=label) for name, label in CHOICES.items()),
        ),
    ),
)

BUDGET = _page(
    "budget",
    "预算",
    "Budget",
    Row(
        tiles=(
            BudgetTile(
                id="budget", title=Text("目标与实际", "Target and actual"), span=16, source=_source("budget", "budget")
            ),
            FindingsTile(id="alarms", title=Text("偏离目标", "Off target"), span=8, source=_source("budget", "alarms")),
        )
    ),
    filters=("shop",),
)

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
    _alone("below_cost", "skus", "单品（SKU）", "SKUs"),
    _alone("below_cost", "lines", "订单明细", "Order lines"),
    filters=WITH_CHANNEL,
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
    _figures("ads"),
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

PAGES = (PNL, BRIDGE, PROFIT_BY, BUDGET, CASH, RECONCILIATION, FEES, BELOW_COST, ADS, CREATORS)
"""In the order of the strip."""


def _standing_on(tile: TileData, *tables: str) -> TileData:
    """Return a tile that says which ledger tables it reads itself, so that their failed checks mark it."""

    def made(desk: Desk, view: View) -> TileAnswer:
        desk.stands_on(view, *tables)
        return tile(desk, view)

    return made


TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "pnl/sentence": profit_sentence,
        "pnl/figures": profit_figures,
        "pnl/statement": statement_tile,
        "pnl/course": profit_course,
        "bridge/bridge": bridge,
        "bridge/receivable": paid_and_borne,
        "bridge/costs": cost_course,
        "bridge/shares": cost_shares,
        "profit_by/table": profit_table,
        "budget/budget": budget,
        "budget/alarms": budget_alarms,
        "cash/figures": _standing_on(cash_figures, "settlement_entry"),
        "cash/course": _standing_on(cash_course, "settlement_entry"),
        "cash/wallets": _standing_on(cash_wallets, "settlement_entry"),
        "cash/kinds": _standing_on(cash_kinds, "settlement_entry"),
        "cash/transit": _standing_on(transit_table, "settlement_entry"),
        "cash/lines": _standing_on(cash_lines, "settlement_entry"),
        "reconciliation/sentence": _standing_on(tie_sentence, "settlement_entry", "order_header", "refund"),
        "reconciliation/figures": _standing_on(tie_figures, "settlement_entry", "order_header", "refund"),
        "reconciliation/months": _standing_on(month_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/causes": _standing_on(cause_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/links": _standing_on(link_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/differences": _standing_on(difference_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/unmatched": _standing_on(unmatched_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/wallets": _standing_on(wallet_table, "settlement_entry", "order_header", "refund"),
        "reconciliation/stock_system": _standing_on(stock_system_table, "settlement_entry", "order_header", "refund"),
        "fees/figures": _standing_on(fee_figures, "line_profit"),
        "fees/rates": _standing_on(fee_table, "line_profit"),
        "fees/odd": _standing_on(odd_fee_table, "line_profit"),
        "below_cost/figures": _standing_on(below_cost_figures, "line_profit"),
        "below_cost/skus": _standing_on(below_cost_table, "line_profit"),
        "below_cost/lines": _standing_on(below_cost_lines, "line_profit"),
        "ads/figures": ad_figures,
        "ads/desk": _standing_on(ad_desk, "ad_spend", "line_profit"),
        "ads/scopes": _standing_on(ad_scopes, "ad_spend", "line_profit"),
        "ads/losing": _standing_on(losing_ads, "ad_spend", "line_profit"),
        "creators/figures": _standing_on(creator_figures, "live_session", "line_profit"),
        "creators/creators": _standing_on(creator_table, "live_session", "line_profit"),
        "creators/sessions": _standing_on(session_table, "live_session", "line_profit"),
    }
)
"""Tile data by ``page/tile``."""
