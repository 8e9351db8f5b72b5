"""Channel quality as an answer for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_rules import word_of
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.channel_parts import PARTS, CubeRow, PartRow, cube, part_rows
from zhanggui.understand.traffic.channels import ADS, FEWEST_VISITORS, HEALTHY, Channel, Channels, channels, share
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

Light = Literal["green", "amber", "red", "unknown"]
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
BYS = ("channel", *PARTS, "cube")


class ChannelRow(BaseModel):
    """One channel of one store; amounts in major units.

    `evidence` is declared where the platform says so itself: its visitors are the sum of days and its orders are
    buyers. `value_per_visitor` is paid per visitor, `profit_per_visitor` what is left after advertising. `light` is
    green where the LTV so far exceeds three times the CAC.
    """

    store: str
    channel: str
    label: Text
    evidence: Literal["counted", "declared"]
    visitors: int | None
    visits: int | None
    orders: int | None
    buyers: int | None
    conversion: float | None
    paid: float
    order_value: float | None
    refund_rate: float | None
    net_revenue: float | None
    margin: float | None
    profit_before_spend: float | None
    spend: float
    profit: float | None
    new_buyers: int | None
    repeat_rate: float | None
    ltv: float | None
    cac: float | None
    ltv_per_cac: float | None
    payback_days: float | None
    value_per_visitor: float | None
    profit_per_visitor: float | None
    light: Light
    quadrant: Corner | None


class ClaimRow(BaseModel):
    """Orders that ad platforms claim in a store, beside those seen to come by ads; null where nothing sees them."""

    store: str
    claimed: int
    seen: int | None
    over_claim: float | None
    evidence: Literal["counted", "declared"]


class ChannelsAnswer(BaseModel):
    """Channels of the shop, what stands below them where asked, and the borders of the quadrants."""

    by: str
    currency: str
    channels: tuple[ChannelRow, ...] = ()
    parts: tuple[PartRow, ...] = ()
    cube: tuple[CubeRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    conversion_border: float | None
    margin_border: float | None
    healthy: float
    warnings: tuple[Text, ...]


def channels_of_pairs(desk: Desk, pairs: Pairs) -> ChannelsAnswer:
    """Return channel quality; ``by`` is channel, campaign, creative, note, live or cube, ``healthy`` another bound."""
    view = replace(view_from_pairs(pairs), by=None)
    by = word_of("by", last_in(pairs, "by") or "channel", BYS)
    found = channels(desk, view)
    x, y = borders(found.rows)
    return ChannelsAnswer(
        by=by,
        currency=found.currency,
        channels=channel_rows(desk, found) if by == "channel" else (),
        parts=part_rows(desk, view, by, found.currency) if by in PARTS else (),
        cube=cube(desk, view, found.currency) if by == "cube" else (),
        claims=claim_rows(found) if by == "channel" else (),
        conversion_border=x,
        margin_border=y,
        healthy=HEALTHY,
        warnings=said_of(found),
    )


def light(ratio: float | None, healthy: float = HEALTHY) -> Light:
    """Return the light of LTV : CAC.

    Examples
    --------
    >>> [light(each) for each in (3.1, 2.9, 0.8, None)]
    ['green', 'amber', 'red', 'unknown']
    """
    if ratio is None:
        return "unknown"
    if ratio > healthy:
        return "green"
    return "amber" if ratio > 1 else "red"


def borders(rows: Sequence[Channel]) -> tuple[float | None, float | None]:
    """Return the middle conversion and the middle margin of the channels that have both."""
    known = [row for row in rows if is_placed(row)]
    if not known:
        return None, None
    return median(row.conversion or 0.0 for row in known), median(row.margin or 0.0 for row in known)


def is_placed(row: Channel) -> bool:
    """Whether a channel has a conversion and a margin, of enough visitors."""
    return row.conversion is not None and row.margin is not None and (row.visitors or 0) >= FEWEST_VISITORS


def corner(row: Channel, x: float | None, y: float | None) -> Corner | None:
    """Return the quadrant of a channel; on a border counts as above it."""
    if x is None or y is None or not is_placed(row):
        return None
    up, right = (row.margin or 0.0) >= y, (row.conversion or 0.0) >= x
    if up:
        return "top_right" if right else "top_left"
    return "bottom_right" if right else "bottom_left"


def channel_rows(desk: Desk, found: Channels) -> tuple[ChannelRow, ...]:
    """Return the channels with every figure of each."""
    names, code = channel_names(desk), found.currency
    x, y = borders(found.rows)
    return tuple(
        ChannelRow(
            store=found.stores[row.shop_id],
            channel=row.channel,
            label=names.label(row.channel),
            evidence=row.basis,
            visitors=row.visitors,
            visits=row.visits,
            orders=row.orders,
            buyers=row.buyers,
            conversion=row.conversion,
            paid=major(row.paid_minor, code) or 0.0,
            order_value=major(row.order_value_minor, code),
            refund_rate=share(row.refunded_minor, row.paid_minor),
            net_revenue=major(row.net_minor, code),
            margin=row.margin,
            profit_before_spend=major(row.left_minor, code),
            spend=major(row.spend_minor, code) or 0.0,
            profit=major(row.profit_minor, code),
            new_buyers=row.new_buyers,
            repeat_rate=share(row.repeat_buyers, row.new_buyers),
            ltv=major(row.ltv_minor, code),
            cac=major(row.cac_minor, code),
            ltv_per_cac=row.ltv_per_cac,
            payback_days=row.payback_days,
            value_per_visitor=major(share(row.paid_minor, row.visitors), code),
            profit_per_visitor=major(share(row.profit_minor, row.visitors), code),
            light=light(row.ltv_per_cac),
            quadrant=corner(row, x, y),
        )
        for row in found.rows
    )


def claim_rows(found: Channels) -> tuple[ClaimRow, ...]:
    """Return by store what its advertising reports claim and what was seen to come by advertisements."""
    rows = []
    for shop, claimed in sorted(found.claimed.items()):
        ads = [row for row in found.rows if row.shop_id == shop and row.channel in ADS]
        seen = [row.orders if row.basis == "counted" else row.buyers for row in ads]
        total = sum(each for each in seen if each is not None) if any(each is not None for each in seen) else None
        evidence = ads[0].basis if ads else "declared"
        store = found.stores.get(shop, f"#{shop}")
        rows.append(
            ClaimRow(store=store, claimed=claimed, seen=total, over_claim=share(claimed, total), evidence=evidence)
        )
    return tuple(rows)


def said_of(found: Channels) -> tuple[Text, ...]:
    """Return what the channels leave out."""
    said = []
    if any(row.basis == "declared" for row in found.rows):
        said.append(
            Text(
                "申报的渠道：访客是各日之和，成交是平台口径的支付买家，没有利润。",
                "Declared channels: visitors are the sum of days, sales are buyers as the platform counts; no profit.",
            )
        )
    if found.silent:
        stores = "、".join(found.silent)
        said.append(
            Text(
                f"{stores}：没有文件说明订单从哪个渠道来，只显示花费。",
                f"{', '.join(found.silent)}: no file names the channel of orders, so only spend is shown.",
            )
        )
    said.append(
        Text(
            "LTV 是新买家至今留下的贡献利润，历史越短越低；获客成本把该渠道全部花费算到新买家头上。",
            "LTV is what new buyers have left so far, low while history is short; CAC lays all spend of the channel on "
            "new buyers.",
        )
    )
    return tuple(said)
