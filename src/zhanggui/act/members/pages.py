"""The page of membership, and the data behind its tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.act.members.answers import MembersAnswer, TierRow, members_answer
from zhanggui.i18n import Text
from zhanggui.pagespec import (
    AllClear,
    BarTile,
    ChartData,
    ColumnSpec,
    KpiItem,
    KpisData,
    KpisTile,
    PageSpec,
    Row,
    Series,
    TableData,
    TableTile,
)
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View

_SOURCE = "/api/v1/tiles/members"
POINT_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "earn": Text("获得", "earned"),
        "redeem": Text("兑换", "redeemed"),
        "restore": Text("退还兑换", "given back"),
        "reverse": Text("退款扣回", "taken back with refunds"),
        "expire": Text("过期", "expired"),
        "adjust": Text("调整与期初", "adjusted, opening"),
    }
)

MEMBERS = PageSpec(
    id="members",
    path="/customers/members",
    title=Text("会员", "Members"),
    tab=Text("会员", "Members"),
    room="customers",
    icon="customers",
    filters=("platform", "shop", "date"),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=f"{_SOURCE}/figures"),)),
        Row(
            tiles=(
                TableTile(
                    id="tiers",
                    title=Text("会员等级", "Tiers"),
                    source=f"{_SOURCE}/tiers",
                    help=Text(
                        "等级按消费获得，高等级消费更高是规则使然；「同等条件对比」"
                        "只比较之前买得一样多的会员在之后 90 天的消费。",
                        "A tier is reached by spending, so its members spend more by rule; 'alike before' compares "
                        "what members who had bought alike spent in the 90 days after.",
                    ),
                ),
            )
        ),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="spending", title=Text("每位消费会员的年消费额", "Yearly spending per buying member"), span=10,
                    source=f"{_SOURCE}/spending",
                ),
                TableTile(id="points", title=Text("积分对账", "Points ledger"), span=14, source=f"{_SOURCE}/points"),
            ),
        ),
        Row(
            height="m",
            tiles=(
                TableTile(id="moves", title=Text("该升降级的会员", "Moves due"), span=14, source=f"{_SOURCE}/moves"),
                TableTile(id="benefits", title=Text("本月应兑现的权益", "Benefits due this month"), span=10,
                          source=f"{_SOURCE}/benefits"),
            ),
        ),
    ),
)  # fmt: skip


def _figures(desk: Desk, view: View) -> KpisData:
    found = members_answer(desk, view)
    upper = [tier for tier in found.tiers[1:] if tier.ratio is not None]
    top = max(upper, key=lambda tier: tier.members, default=None)
    figures: list[tuple[str, Text, str, float | None]] = [
        ("members", Text("会员", "Members"), "count", found.members),
        ("members_active", Text("会员活跃率", "Active members"), "ratio", found.active_rate),
        ("members_up", Text("该升级", "To move up"), "count", found.n_up),
        ("points_owed", Text("未兑积分", "Points outstanding"), "count", found.points.stated),
    ]
    if top is not None:
        label = Text(f"{top.name}年消费额，普通会员的倍数", f"{top.name}: spending, times the lowest tier")
        figures.append(("member_ratio", label, "count", round(top.ratio or 0.0, 2)))
    return KpisData(
        items=tuple(
            KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value})
            for name, label, unit, value in figures
        ),
        currency=found.currency,
        warnings=found.warnings,
    )


def _tiers(desk: Desk, view: View) -> TableData:
    found = members_answer(desk, view)
    columns = (
        ColumnSpec(key="tier", label=Text("等级", "Tier")),
        ColumnSpec(key="rule", label=Text("规则", "Rule")),
        ColumnSpec(key="members", label=Text("会员", "Members"), unit="count"),
        ColumnSpec(key="buyers", label=Text("窗口内购买", "Bought"), unit="count"),
        ColumnSpec(key="active_rate", label=Text("活跃率", "Active"), unit="ratio"),
        ColumnSpec(key="net", label=Text("净消费", "Net spending"), unit="money"),
        ColumnSpec(key="per_buyer", label=Text("每位买家", "Per buyer"), unit="money"),
        ColumnSpec(key="ratio", label=Text("倍数", "Times lowest")),
        ColumnSpec(key="alike", label=Text("同等条件对比", "Alike before")),
        ColumnSpec(key="group", label=Text("社群", "Group")),
        ColumnSpec(key="benefits", label=Text("权益", "Benefits")),
    )
    rows = tuple(
        {
            "tier": row.name,
            "rule": row.rule,
            "members": row.members,
            "buyers": row.buyers,
            "active_rate": row.active_rate,
            "net": row.net_revenue,
            "per_buyer": row.spending_per_buyer,
            "ratio": ratio_said(row),
            "alike": alike_said(row, is_lowest=nth == 0),
            "group": row.group,
            "benefits": "、".join(row.benefits),
        }
        for nth, row in enumerate(found.tiers)
    )
    said = Text(
        f"{found.since} 至 {found.as_of} 的净消费（已扣退款）；活跃 = 近期有有效订单。",
        f"Net spending from {found.since} to {found.as_of}, refunds off; active: an order kept lately.",
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=found.currency, partial=said)


def ratio_said(row: TierRow) -> str:
    """Return the plain ratio and the like-for-like one, as far as there are any."""
    if row.ratio is None:
        return "—"
    return f"{row.ratio:.2f}×" + ("" if row.like_for_like is None else f" ({row.like_for_like:.2f}×)")


def alike_said(row: TierRow, *, is_lowest: bool) -> Text:
    """Return the matched comparison as words, or why there is none."""
    if is_lowest:
        return Text("—", "—")
    found = row.matched
    if found is None:
        return Text("历史不足", "history too short")
    if found.ratio is None or found.low is None or found.high is None:
        return Text(
            f"没有可比的人（{found.matched}/{found.members}）", f"nobody alike ({found.matched} of {found.members})"
        )
    interval = f"{found.ratio:.2f}× [{found.low:.2f}, {found.high:.2f}]"
    return Text(f"{interval}，{found.matched} 人", f"{interval}, {found.matched} matched")


def _spending(desk: Desk, view: View) -> ChartData:
    found = members_answer(desk, view)
    tiers = [tier for tier in found.tiers if tier.buyers]
    if not tiers:
        return no_chart(Text("会员在窗口内没有订单。", "Members bought nothing in the window."))
    return ChartData(
        unit="money",
        x=tuple(Text(tier.name, tier.name) for tier in tiers),
        x_kind="category",
        series=(Series(name=Text("每位买家", "Per buyer"), values=tuple(tier.spending_per_buyer for tier in tiers)),),
        currency=found.currency,
    )


def _points(desk: Desk, view: View) -> TableData:
    found = members_answer(desk, view).points
    if not found.by_reason and not found.booked:
        return no_table(
            Text("还没有积分流水：导入积分明细，或启用积分规则。", "No points yet: load a points ledger, or start one.")
        )
    columns = (
        ColumnSpec(key="reason", label=Text("类型", "Reason")),
        ColumnSpec(key="points", label=Text("导入的流水", "Loaded ledger"), unit="count"),
        ColumnSpec(key="booked", label=Text("掌柜记的账", "Kept by Zhanggui"), unit="count"),
    )
    rows = tuple(
        {"reason": label, "points": found.by_reason.get(word), "booked": found.booked.get(word)}
        for word, label in POINT_WORDS.items()
        if word in found.by_reason or word in found.booked
    )
    n = f"{found.members_off:,}"
    said = Text(
        f"会员档案的余额合计 {found.stated:,}，流水合计 {found.summed:,}；{n} 位会员两者不符，"
        f"{found.members_below_zero:,} 位曾为负。",
        f"Balances in the member list {found.stated:,}, entries {found.summed:,}; they differ for {n} members and were "
        f"below nothing for {found.members_below_zero:,}.",
    )
    total = {"points": found.summed, "booked": sum(found.booked.values()) if found.booked else None}
    return TableData(columns=columns, rows=rows, n_rows=len(rows), total=total, partial=said)


def _moves(desk: Desk, view: View) -> TableData:
    found = members_answer(desk, view)
    columns = (
        ColumnSpec(key="member", label=Text("会员", "Member")),
        ColumnSpec(key="tier", label=Text("现等级", "Tier")),
        ColumnSpec(key="to", label=Text("应为", "To")),
        ColumnSpec(key="orders", label=Text("有效订单", "Orders kept"), unit="count"),
        ColumnSpec(key="spent", label=Text("净消费", "Net spending"), unit="money"),
        ColumnSpec(key="due", label=Text("日期", "Due"), unit="date"),
    )
    rows = tuple({**move.model_dump(mode="json")} for move in found.moves)
    n_all = found.n_up + found.n_down
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=n_all,
        currency=found.currency,
        partial=Text(f"升级 {found.n_up:,}，降级 {found.n_down:,}", f"{found.n_up:,} up, {found.n_down:,} down"),
        empty=None if rows else AllClear("没有该升降级的会员。", "Nobody is due to move."),
    )


def _benefits(desk: Desk, view: View) -> TableData:
    found = members_answer(desk, view)
    columns = (
        ColumnSpec(key="tier", label=Text("等级", "Tier")),
        ColumnSpec(key="benefit", label=Text("权益", "Benefit")),
        ColumnSpec(key="when", label=Text("条件", "When")),
        ColumnSpec(key="members", label=Text("人数", "Members"), unit="count"),
        ColumnSpec(key="cost", label=Text("预计成本", "Cost"), unit="money"),
        ColumnSpec(key="note", label=Text("说明", "Note")),
    )
    rows = tuple({**row.model_dump(), "when": row.when, "note": row.note} for row in found.benefits)
    empty = None if rows else Text("没有等级带有权益。", "No tier has benefits.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=found.currency, empty=empty)


PAGES = (MEMBERS,)
TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "members/figures": said_instead(_figures, no_figures),
        "members/tiers": said_instead(_tiers, no_table),
        "members/spending": said_instead(_spending, no_chart),
        "members/points": said_instead(_points, no_table),
        "members/moves": said_instead(_moves, no_table),
        "members/benefits": said_instead(_benefits, no_table),
    }
)
"""Tile data by ``page/tile``."""


def heading(found: MembersAnswer) -> Text:
    """Return the answer in one sentence."""
    rate = "—" if found.active_rate is None else f"{found.active_rate:.1%}"
    return Text(
        f"{found.members:,} 位会员，活跃 {rate}，{found.n_up:,} 位该升级。",
        f"{found.members:,} members, {rate} active, {found.n_up:,} to move up.",
    )
