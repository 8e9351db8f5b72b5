"""达人合作台账: what each session and each creator brought, cost and left, with what came back of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, KpiItem, KpisData, TableData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.creators import Creator, creators_of, stores_in_view, within
from zhanggui.understand.finance.live_orders import TERMS, stores_with_creators
from zhanggui.understand.finance.scope import JsonRow, only_currency
from zhanggui.understand.finance.sessions import Session, sessions_of
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

NO_SESSIONS = Text(
    "还没有达人或直播数据。用模板“直播场次”“达人合作”导入后，这里逐场、逐人看净成交与利润。",
    "There is nothing about creators or live sessions yet. Load the templates live_sessions and creator_contracts to "
    "see net sales and profit by session and creator.",
)
BY_ORDERS = Text("按订单中的达人与渠道核算", "from the orders that name the creator or the live channel")
BY_RATES = Text(
    "订单不写达人：成交为申报，退款与利润按本店比率估算",
    "orders name no creator: sales as declared, refunds and profit at the store's own rates",
)
RIPE_ONLY = Text("只含已到期的成交，减到期前的退款", "of sales whose term has passed, less refunds until then")
NOT_ENDED = Text("未到期的净额留空：还没过 7 天或 15 天。", "Net sales stay empty until 7 or 15 days have passed.")


def _money(key: str, zh: str, en: str, **more: object) -> ColumnSpec:
    return ColumnSpec.model_validate({"key": key, "label": Text(zh, en), "unit": "money", **more})


_SALES = (
    _money("declared", "申报成交", "Declared", evidence="declared"),
    _money("gmv", "成交", "Sales"),
    *(_money(f"net_{days}", f"T+{days} 净额", f"Net T+{days}", help=RIPE_ONLY) for days in TERMS),
    ColumnSpec(key="return_rate", label=Text("退货率", "Returned"), unit="ratio"),
)
_COSTS = (
    _money("commission", "达人佣金", "Commission", help=Text("扣除冲回后的净额", "reversals deducted")),
    _money("slot", "坑位费", "Slot fee"),
    _money("push", "投流", "Pushes"),
)
_PROFIT = _money(
    "profit", "利润", "Profit", help=Text("贡献利润减坑位费与投流", "contribution less slot fee and pushes")
)
_SESSION_COLUMNS = (
    ColumnSpec(key="day", label=Text("日期", "Day"), unit="date"),
    ColumnSpec(key="creator", label=Text("达人", "Creator")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="viewers", label=Text("观看", "Viewers"), unit="count", evidence="declared"),
    *_SALES,
    _PROFIT,
    *_COSTS,
    ColumnSpec(key="samples", label=Text("寄样", "Samples"), unit="count"),
    ColumnSpec(key="basis", label=Text("依据", "Basis")),
)


def session_table(desk: Desk, view: View) -> TableData:
    """Return every session with its sales, its net sales at T+7 and T+15, its costs and its profit."""
    rows = [each for each in sessions_of(desk, view) if each.gmv_minor or each.slot_minor or each.declared_minor]
    stores = store_names(desk)
    currency = _currency(rows)
    total = _session_total(rows, currency) if currency else None
    shown = tuple(_session_row(each, stores) for each in rows)
    return TableData(
        columns=_SESSION_COLUMNS,
        rows=shown,
        total=total,
        n_rows=len(shown),
        currency=currency,
        partial=NOT_ENDED if shown else None,
        empty=None if shown else NO_SESSIONS,
    )


def _currency(rows: Iterable[Session]) -> str | None:
    return only_currency([{"currency": each.currency} for each in rows])


def _session_row(each: Session, stores: Mapping[int, str]) -> JsonRow:
    code = each.currency
    return {
        "day": each.day.isoformat(),
        "creator": each.creator_name,
        "store": stores.get(each.shop_id, ""),
        "viewers": each.viewers,
        "declared": major(each.declared_minor, code),
        "gmv": major(each.gmv_minor, code),
        **{f"net_{days}": major(each.net_minor[days], code) for days in TERMS},
        "return_rate": each.return_rate,
        "commission": major(each.commission_minor, code),
        "slot": major(each.slot_minor, code),
        "push": major(each.push_minor, code),
        "samples": each.samples_sent,
        "profit": major(each.profit_minor, code),
        "basis": BY_RATES if each.is_estimated else BY_ORDERS,
        "_href": f"/source/{each.batch_id}/{each.row_no}",
    }


def _session_total(rows: Sequence[Session], currency: str) -> JsonRow:
    sums = {
        "declared": sum(each.declared_minor or 0 for each in rows),
        "gmv": sum(each.gmv_minor or 0 for each in rows),
        "commission": sum(each.commission_minor for each in rows),
        "slot": sum(each.slot_minor for each in rows),
        "push": sum(each.push_minor for each in rows),
        "profit": sum(each.profit_minor or 0 for each in rows),
    }
    return {name: major(value, currency) for name, value in sums.items()}


_CREATOR_COLUMNS = (
    ColumnSpec(key="creator", label=Text("达人", "Creator")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="n_sessions", label=Text("场次", "Sessions"), unit="count"),
    *_SALES,
    _PROFIT,
    *_COSTS,
    ColumnSpec(key="samples", label=Text("寄样", "Samples sent"), unit="count"),
    ColumnSpec(key="samples_back", label=Text("退样", "Samples back"), unit="count"),
    _money("sample", "样品成本", "Cost of samples"),
    ColumnSpec(key="basis", label=Text("依据", "Basis")),
)


def creator_table(desk: Desk, view: View) -> TableData:
    """Return every creator with sessions, sales, net sales, costs and profit; orders outside sessions included."""
    rows = creators_of(desk, view)
    stores = store_names(desk)
    currency = only_currency([{"currency": each.currency} for each in rows])
    shown = tuple(_creator_row(each, stores) for each in rows)
    return TableData(
        columns=_CREATOR_COLUMNS,
        rows=shown,
        total=_creator_total(rows, currency) if currency else None,
        n_rows=len(shown),
        currency=currency,
        warnings=_unassigned(desk, view),
        empty=None if shown else NO_SESSIONS,
    )


def _creator_row(each: Creator, stores: Mapping[int, str]) -> JsonRow:
    code = each.currency
    return {
        "creator": each.name,
        "store": stores.get(each.shop_id, ""),
        "n_sessions": each.n_sessions,
        "declared": major(each.declared_minor, code),
        "gmv": major(each.gmv_minor, code),
        **{f"net_{days}": major(each.net_minor[days], code) if each.ripe_minor[days] else None for days in TERMS},
        "return_rate": each.return_rate,
        "commission": major(each.commission_minor, code),
        "slot": major(each.slot_minor, code),
        "push": major(each.push_minor, code),
        "samples": each.samples_sent,
        "samples_back": each.samples_back,
        "sample": major(each.sample_minor, code),
        "profit": major(each.profit_minor, code),
        "basis": BY_RATES if each.is_estimated else BY_ORDERS,
    }


def _creator_total(rows: Sequence[Creator], currency: str) -> JsonRow:
    sums = {
        "declared": sum(each.declared_minor for each in rows),
        "gmv": sum(each.gmv_minor for each in rows),
        **{f"net_{days}": sum(each.net_minor[days] for each in rows) for days in TERMS},
        "commission": sum(each.commission_minor for each in rows),
        "slot": sum(each.slot_minor for each in rows),
        "push": sum(each.push_minor for each in rows),
        "sample": sum(each.sample_minor for each in rows),
        "profit": sum(each.profit_minor or 0 for each in rows),
    }
    return {name: major(value, currency) for name, value in sums.items()}


def _unassigned(desk: Desk, view: View) -> tuple[Text, ...]:
    """Return how much creators' commission no order assigns to a creator."""
    lines = desk.ledger.table("line_profit")
    silent = [shop for shop in stores_in_view(desk, view) if shop not in stores_with_creators(desk)]
    rows = within(lines.filter(lines.shop_id.isin(silent)), "paid_date", view)
    found = desk.ledger.query(rows.aggregate(minor=rows.creator_commission_minor.sum(), code=rows.currency.max()))
    row = found.to_pylist()[0]
    if not row["minor"]:
        return ()
    said = wording.money(major(row["minor"], row["code"]) or 0.0, row["code"])
    return (
        Text(
            f"另有达人佣金 {said.zh}：订单和账单都不写达人，归不到人。",
            f"Besides, {said.en} of creators' commission names no creator in orders or ledger.",
        ),
    )


def creator_figures(desk: Desk, view: View) -> KpisData:
    """Return sales and matured net sales of all creators, what they cost and what was left."""
    rows = creators_of(desk, view)
    currency = only_currency([{"currency": each.currency} for each in rows])
    if currency is None:
        return KpisData(items=(), empty=NO_SESSIONS)
    total = _creator_total(rows, currency)
    ripe, net = (sum(getattr(each, name)[TERMS[-1]] for each in rows) for name in ("ripe_minor", "net_minor"))
    evidence = "estimated" if any(each.is_estimated for each in rows) else "counted"
    figures = (
        ("creator_gmv", Text("达人与直播成交", "Sales by creators and live"), "money", total["gmv"], "up"),
        ("creator_net", Text(f"T+{TERMS[-1]} 净额（已到期）", f"Net at T+{TERMS[-1]} (matured)"), "money",
         major(net, currency) if ripe else None, "up"),
        ("creator_returns", Text("已到期成交的退货率", "Returned of matured sales"), "ratio",
         1 - net / ripe if ripe else None, "down"),
        ("creator_costs", Text("坑位费 + 投流 + 佣金", "Slots, pushes, commission"), "money",
         round(sum(float(str(total[name] or 0)) for name in ("slot", "push", "commission")), 2), "down"),
        ("creator_profit", Text("利润", "Profit"), "money", total["profit"], "up"),
    )  # fmt: skip
    items = tuple(
        KpiItem.model_validate(
            {"metric": name, "label": label, "unit": unit, "value": value, "good": good, "evidence": evidence}
        )
        for name, label, unit, value, good in figures
    )
    return KpisData(items=items, currency=currency)
