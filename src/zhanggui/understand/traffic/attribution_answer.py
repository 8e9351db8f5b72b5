"""Attribution of the shop as an answer for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution import CAVEAT
from zhanggui.understand.traffic.attribution_rules import AttributionRules, Level
from zhanggui.understand.traffic.channel_names import ChannelNames, channel_names
from zhanggui.understand.traffic.measured import Measured
from zhanggui.understand.traffic.outlays import Key
from zhanggui.understand.traffic.shop_attribution import MAIN, ShopAttribution, TouchPoint, shop_attribution
from zhanggui.understand.view import View

DRAWS = 100


class MeasuredRow(BaseModel):
    """What a control group says a channel caused: orders with an interval of 90 %."""

    orders: float
    low: float
    high: float
    sent: int
    held: int
    campaigns: int


class PointRow(BaseModel):
    """One touch point; amounts in major units, ROI as (brought − spent) ÷ spent.

    `over_claim` is what the platform claims per order that the shop saw come by it (`seen_orders`: as the order file
    says, else by the last touch). `measured` and `roi_incremental` are null where no control group exists.
    """

    name: str
    label: Text
    channel: str
    campaign: str
    creative: str
    touches: int
    journeys: int
    orders: float
    low: float | None
    high: float | None
    agreement_low: float
    agreement_high: float
    revenue: float
    profit: float
    spend: float
    profit_after_spend: float
    new_buyers: int
    cac: float | None
    cycle_days: float | None
    claimed_orders: int | None
    claimed_gmv: float | None
    seen_orders: float
    over_claim: float | None
    measured: MeasuredRow | None
    roi_attributed: float | None
    roi_profit: float | None
    roi_incremental: float | None
    removal_effect: float | None
    node: Literal["golden", "noise", "ordinary", "unknown"]
    works: bool
    wasted: float


class AttributionSettings(BaseModel):
    """By what the journeys were cut and credited."""

    look_back_days: int
    direct: str
    refunds: str
    half_life_days: float
    level: str
    main_model: str
    draws: int


class ShopAttributionAnswer(BaseModel):
    """What each touch point gets of the shop's orders, by every model; the credits of each model sum to the orders."""

    conversions: int
    unknown: int
    nulls: int
    value: float
    profit: float
    profit_known: float
    currency: str
    models: dict[str, dict[str, float]]
    values: dict[str, dict[str, float]]
    profits: dict[str, dict[str, float]]
    removal_effects: dict[str, dict[str, float]]
    touch_points: tuple[PointRow, ...]
    spend: float
    budget_utilisation: float | None
    wasted: float
    settings: AttributionSettings
    stores: tuple[str, ...]
    orders_elsewhere: int
    evidence: Literal["attributed"] = "attributed"
    note: str = CAVEAT.en
    note_zh: str = CAVEAT.zh
    warnings: tuple[Text, ...]


def attribution_answer(
    desk: Desk,
    view: View,
    rules: AttributionRules,
    *,
    level: Level = "channel",
    models: Sequence[str] = (),
    main: str = MAIN,
    n_draws: int = DRAWS,
) -> ShopAttributionAnswer:
    """Return attribution as ``zhanggui traffic attribution --shop … --json`` prints it."""
    found = shop_attribution(desk, view, rules, level=level, models=models, main=main, n_draws=n_draws)
    code = found.found.currency
    rows = point_rows(desk, found)

    def maps(of: Callable[[TouchPoint], Mapping[str, float]], scale: float) -> dict[str, dict[str, float]]:
        return {name: {key_name(p.key): of(p)[name] * scale for p in found.points} for name in found.models}

    unit = major(100, code) or 1.0
    return ShopAttributionAnswer(
        conversions=found.orders,
        unknown=found.n_unknown,
        nulls=found.nulls,
        value=major(found.revenue, code) or 0.0,
        profit=major(found.profit, code) or 0.0,
        profit_known=found.profit_known,
        currency=code,
        models=maps(lambda point: point.orders, 1.0),
        values=maps(lambda point: point.revenue, unit / 100),
        profits=maps(lambda point: point.profit, unit / 100),
        removal_effects={
            name: {key_name(key): effect for key, effect in effects.items()}
            for name, effects in found.removal_effects.items()
        },
        touch_points=rows,
        spend=major(found.spend_minor, code) or 0.0,
        budget_utilisation=found.utilisation,
        wasted=sum(row.wasted for row in rows),
        settings=AttributionSettings(
            look_back_days=rules.look_back_days,
            direct=rules.direct,
            refunds=rules.refunds,
            half_life_days=rules.half_life_days,
            level=level,
            main_model=main,
            draws=n_draws,
        ),
        stores=tuple(found.found.stores.values()),
        orders_elsewhere=found.found.n_elsewhere,
        warnings=warnings_of(found),
    )


def key_name(key: Key) -> str:
    """Return the name of a touch point in an answer.

    Examples
    --------
    >>> key_name(("search_ads", "品牌词", "")), key_name(("direct",))
    ('search_ads / 品牌词', 'direct')
    """
    return " / ".join(part for part in key if part)


def point_rows(desk: Desk, found: ShopAttribution) -> tuple[PointRow, ...]:
    """Return the touch points with everything that is said of each."""
    names = channel_names(desk)
    return tuple(_point_row(found, point, names) for point in found.points)


def _point_row(found: ShopAttribution, point: TouchPoint, names: ChannelNames) -> PointRow:
    code, main = found.found.currency, found.main
    spend, claimed = point.outlay.spend_minor, point.outlay.claimed_orders
    revenue, profit = point.revenue[main], point.profit[main]
    channel, campaign, creative = (*point.key, "", "")[:3]
    seen = found.seen_orders(point)
    rest = " › ".join(part for part in (campaign, creative) if part)
    label = names.label(channel)
    low, high = point.band
    measured = point.measured
    each = revenue / point.orders[main] if point.orders[main] else 0.0
    return PointRow(
        name=key_name(point.key),
        label=Text(f"{label.zh} › {rest}", f"{label.en} › {rest}") if rest else label,
        channel=channel,
        campaign=campaign,
        creative=creative,
        touches=point.touches,
        journeys=point.journeys,
        orders=point.orders[main],
        low=point.low,
        high=point.high,
        agreement_low=low,
        agreement_high=high,
        revenue=major(revenue, code) or 0.0,
        profit=major(profit, code) or 0.0,
        spend=major(spend, code) or 0.0,
        profit_after_spend=major(profit - spend, code) or 0.0,
        new_buyers=point.new_buyers,
        cac=major(spend / point.new_buyers, code) if spend and point.new_buyers else None,
        cycle_days=point.cycle_days,
        claimed_orders=claimed,
        claimed_gmv=major(point.outlay.claimed_minor, code),
        seen_orders=seen,
        over_claim=claimed / seen if claimed is not None and seen else None,
        measured=_measured_row(measured),
        roi_attributed=_roi(revenue, spend),
        roi_profit=_roi(profit, spend),
        roi_incremental=_roi(measured.orders * each, spend) if measured else None,
        removal_effect=point.removal_effect,
        node=point.node,
        works=found.works(point),
        wasted=major(point.wasted_minor, code) or 0.0,
    )


def _measured_row(measured: Measured | None) -> MeasuredRow | None:
    if measured is None:
        return None
    return MeasuredRow(
        orders=measured.orders,
        low=measured.low,
        high=measured.high,
        sent=measured.n_sent,
        held=measured.n_held,
        campaigns=measured.n_campaigns,
    )


def _roi(brought: float, spend: int) -> float | None:
    return (brought - spend) / spend if spend else None


def warnings_of(found: ShopAttribution) -> tuple[Text, ...]:
    """Return what an answer leaves out or cannot know."""
    said = []
    if found.n_unknown:
        said.append(
            Text(
                f"{found.n_unknown:,} 个订单接不上任何访问，归入“未知”，不分给任何渠道。",
                f"{found.n_unknown:,} orders meet no visit; they stay unknown and are given to no channel.",
            )
        )
    if found.found.n_elsewhere:
        said.append(
            Text(
                f"另有 {found.found.n_elsewhere:,} 个订单属于没有访问数据的店铺，不在其中：平台不导出买家路径。",
                f"{found.found.n_elsewhere:,} more orders are of stores without visits and not in it: platforms export "
                "no journeys.",
            )
        )
    if found.profit_known < 1:
        known = wording.percent(found.profit_known)
        said.append(
            Text(
                f"只有 {known.zh} 的订单知道成本，其余按利润 0 计。",
                f"Costs are known of {known.en} of the orders; the others count as no profit.",
            )
        )
    return tuple(said)
