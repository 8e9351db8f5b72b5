"""The terms of each platform: who pays, how fast, what it takes, when it settles."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.simulate.options import Platform, Trade

HOUR = 3_600
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Terms:
    """How a platform deals with orders and money.

    Attributes
    ----------
    paid_share : float
        Part of the created orders that is paid.
    pay_within : int
        Seconds after which an unpaid order is closed.
    promise_hours : int
        承诺发货时间 after payment.
    penalty_bp, least_penalty_minor, most_penalty_minor : int
        What late shipping costs: part of the order in hundredths of a percent, within limits.
    confirm_days : int
        Days after receipt at which the order completes by itself.
    confirm_mean_days : float
        Mean of the days after which buyers confirm themselves.
    free_from_minor, postage_minor : int
        Orders of goods below the first pay the second for shipping.
    commission_bp : tuple of int
        Commission by trade, in hundredths of a percent.
    service_bp : int
        Technical service or payment fee.
    settle_days : int
        Days from completion to the booking; -1: one day after payment, whatever follows.
    platform_share : float
        Part of 跨店满减 that the platform bears.
    coupon_share, coupon_bp : float, int
        Part of the orders with a discount at the platform's cost, and how much it is.
    insures : tuple of Trade
        Trades for which the merchant pays 运费险.
    """

    paid_share: float
    pay_within: int
    promise_hours: int
    penalty_bp: int
    least_penalty_minor: int
    most_penalty_minor: int
    confirm_days: int
    confirm_mean_days: float
    free_from_minor: int
    postage_minor: int
    commission_bp: tuple[int, int, int, int]
    service_bp: int
    settle_days: int
    platform_share: float
    coupon_share: float
    coupon_bp: int
    insures: tuple[Trade, ...]


_SOFT = (Trade.BEAUTY, Trade.FASHION)

TERMS: dict[Platform, Terms] = {
    Platform.TAOBAO: Terms(
        0.86, DAY, 48, 500, 500, 3_000, 10, 5.5, 4_900, 800, (0, 0, 0, 0), 60, 0, 0.3, 0.12, 400, _SOFT
    ),
    Platform.TMALL: Terms(
        0.865, DAY, 48, 500, 500, 3_000, 10, 5.5, 4_900, 800, (400, 500, 250, 300), 60, 0, 0.3, 0.15, 500, _SOFT
    ),
    Platform.JD: Terms(
        0.88, DAY, 48, 1_000, 500, 10_000, 7, 4.0, 9_900, 600, (700, 800, 600, 700), 85, 1, 0.35, 0.2, 500, ()
    ),
    Platform.PINDUODUO: Terms(
        0.9, HOUR // 2, 48, 0, 300, 300, 10, 5.0, 0, 0, (0, 0, 0, 0), 60, 0, 0.5, 0.16, 900, ()
    ),
    Platform.DOUYIN: Terms(
        0.86, HOUR // 2, 48, 500, 300, 2_000, 10, 6.0, 0, 0, (450, 500, 300, 300), 0, 4, 0.3, 0.14, 600, _SOFT
    ),
    Platform.OWN_SITE: Terms(
        0.87, 2 * HOUR, 72, 0, 0, 0, 7, 3.5, 5_900, 800, (0, 0, 0, 0), 60, -1, 0.0, 0.0, 0, ()
    ),
}  # fmt: skip
"""Terms by platform: near the published ones of 2026, rounded."""
