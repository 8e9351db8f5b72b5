"""客户价值 What customers brought so far and will bring, by the model that forecast this shop's own past best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import (
    BackTest,
    Drift,
    Fit,
    PastForecasts,
    Range,
    Tenths,
    Window,
    back_test,
    drift,
    fit,
    forecast_range,
    past_forecasts,
    tenths,
    window,
)
from zhanggui.methods.lifetime.forecast import discounted_purchases
from zhanggui.methods.lifetime.histories import MIN_CUSTOMERS, Floats
from zhanggui.methods.lifetime.occasions import Ints
from zhanggui.understand.customers.lifetime.purchases import PROFIT, REVENUE, Purchases
from zhanggui.understand.customers.lifetime.worth import Worth, worth_of
from zhanggui.understand.customers.problems import ThinDataError

TimeUnit = Literal["day", "week"]
UNIT_DAYS: Mapping[TimeUnit, int] = {"day": 1, "week": 7}
HORIZON_DAYS = 90
YEARLY_DISCOUNT = 0.1
_HELD_OUT_DAYS = 90
_HELD_OUT_SHARE = 1 / 3
_SEED = 20_200_101


@dataclass(frozen=True, slots=True)
class Terms:
    """By what customers are valued.

    Attributes
    ----------
    calibration_end, holdout_end : date, optional
        Last day that models are fitted to, and last day that they are held against. Without them the last 90 days, or
        the last third of a shorter history, are held out.
    time_unit : {"day", "week"}
        Unit of the models' times.
    horizon_days : int
        How far ahead is forecast.
    yearly_discount : float
        What a year of waiting takes off, as an interest rate.
    """

    calibration_end: date | None = None
    holdout_end: date | None = None
    time_unit: TimeUnit = "week"
    horizon_days: int = HORIZON_DAYS
    yearly_discount: float = YEARLY_DISCOUNT

    @property
    def unit_days(self) -> int:
        """Days of one unit of time."""
        return UNIT_DAYS[self.time_unit]


@dataclass(frozen=True, slots=True)
class Money:
    """One kind of money, so far and to come.

    Attributes
    ----------
    worth : Worth
        What a purchase of each customer is worth.
    historic : float
        What the customers brought so far.
    forecast, discounted : Range
        What they will bring within the horizon, and its worth today.
    per_customer : array of float
        Forecast of each, discounted.
    tenths : Tenths or None
        What tenths of the customers were forecast to bring in the held-out time, and brought.
    """

    worth: Worth
    historic: float
    forecast: Range
    discounted: Range
    per_customer: Floats
    tenths: Tenths | None


@dataclass(frozen=True, slots=True)
class Valuation:
    """Customers valued.

    Attributes
    ----------
    purchases : Purchases
        What was known.
    terms : Terms
        By what, with its days filled in.
    back_test : BackTest
        The models on the shop's past.
    past : PastForecasts
        What the chosen model would have forecast before the held-out time, and what came.
    purchase_tenths : Tenths
        Purchases forecast and made in the held-out time.
    drift : Drift
        By month of the first purchase; `drift.cohort` counts months from year 0.
    now : Window
        The customers as they stand.
    fit : Fit
        The chosen model, fitted to all that is known.
    wrong_by : float
        By what share the model was wrong before, the held-out time included.
    expected : array of float
        Purchases of each within the horizon.
    forecast : Range
        Of all.
    money : mapping of str to Money
        ``revenue`` and ``profit``, as far as they can be told.
    untold : mapping of str to Text
        Why a kind of money cannot.
    """

    purchases: Purchases
    terms: Terms
    back_test: BackTest
    past: PastForecasts
    purchase_tenths: Tenths
    drift: Drift
    now: Window
    fit: Fit
    wrong_by: float
    expected: Floats
    forecast: Range
    money: Mapping[str, Money]
    untold: Mapping[str, Text]

    @property
    def horizon(self) -> float:
        """How far ahead is forecast, in the unit of the models."""
        return self.terms.horizon_days / self.terms.unit_days


def valuation(purchases: Purchases, terms: Terms) -> Valuation:
    """Return what customers were and will be worth.

    Parameters
    ----------
    purchases : Purchases
        Who bought when.
    terms : Terms
        By what they are valued.

    Returns
    -------
    Valuation
        With the models' scores on the held-out time.

    Raises
    ------
    ThinDataError
        The data is too thin for a model, or the days asked for do not fit it.
    """
    terms = _filled_in(purchases, terms)
    assert terms.calibration_end is not None
    assert terms.holdout_end is not None
    end, until, unit = terms.calibration_end.toordinal(), terms.holdout_end.toordinal(), terms.unit_days
    bought = purchases.occasions
    tried = back_test(bought, end=end, until=until, unit_days=unit)
    past = past_forecasts(bought, end=end, model=tried.chosen, unit_days=unit)
    wrong_by = past.and_also(float(tried.best.expected.sum()), float(tried.window.later.sum())).spread()
    now = window(bought, end=until, unit_days=unit)
    fitted = fit(now.known, model=tried.chosen)
    horizon = terms.horizon_days / unit
    rng = np.random.default_rng(_SEED)
    ones = np.ones(len(now.known))
    found = Valuation(
        purchases=purchases,
        terms=terms,
        back_test=tried,
        past=past,
        purchase_tenths=tenths(tried.best.expected, tried.window.later),
        drift=drift(tried, _months(tried.window.first_day)),
        now=now,
        fit=fitted,
        wrong_by=wrong_by,
        expected=fitted.model.expected_purchases(now.known, horizon),
        forecast=forecast_range(fitted, now.known, ones, horizon=horizon, rng=rng, wrong_by=wrong_by),
        money={},
        untold={},
    )
    return _with_money(found)


def _with_money(found: Valuation) -> Valuation:
    money, untold = {}, {}
    for measure in (REVENUE, PROFIT):
        worth = worth_of(found.purchases, found.now, measure, until=found.terms.holdout_end)
        if isinstance(worth, Text):
            untold[measure] = worth
        else:
            money[measure] = _money(found, worth)
    return Valuation(
        **{name: getattr(found, name) for name in found.__slots__ if name not in {"money", "untold"}},
        money=money,
        untold=untold,
    )


def _money(found: Valuation, worth: Worth) -> Money:
    tried, terms = found.back_test, found.terms
    rng = np.random.default_rng(_SEED)
    of_today = discounted_purchases(
        found.fit.model, found.now.known, horizon=found.horizon, unit_days=terms.unit_days,
        yearly_discount=terms.yearly_discount,
    )  # fmt: skip
    forecast = forecast_range(
        found.fit, found.now.known, worth.per_purchase, horizon=found.horizon, rng=rng, wrong_by=found.wrong_by
    )
    today = float(of_today @ worth.per_purchase)
    share = today / forecast.middle if forecast.middle else 1.0
    then = worth_of(found.purchases, tried.window, worth.measure, until=terms.calibration_end)
    held = None
    if isinstance(then, Worth):
        promised = tried.best.expected * then.per_purchase
        held = tenths(promised, tried.window.later_total[worth.measure])
    return Money(
        worth=worth,
        historic=float(found.now.total[worth.measure].sum()),
        forecast=forecast,
        discounted=Range(today, *sorted((forecast.low * share, forecast.high * share))),
        per_customer=of_today * worth.per_purchase,
        tenths=held,
    )


def _months(day: Ints) -> Ints:
    since = np.asarray(day - date(1970, 1, 1).toordinal(), "datetime64[D]").astype("datetime64[M]")
    return np.asarray(since.astype(np.int64) + 1970 * 12)


def _filled_in(purchases: Purchases, terms: Terms) -> Terms:
    """Return the terms with both days, or refuse days that no model can be held against."""
    bought = purchases.occasions
    if not len(bought.day):
        raise ThinDataError(
            Text("没有一笔未全额退款的付款。", "No payment was kept: every order was given back whole."),
            Text("请导入更多订单。", "Load more orders."),
        )
    first = date.fromordinal(bought.first_day)
    until = terms.holdout_end or purchases.last_day
    if until > purchases.known_until:
        raise ThinDataError(
            Text(f"{until} 还没有到：数据只到 {purchases.known_until}。",
                 f"{until} is not reached: data ends on {purchases.known_until}."),
            Text("请选更早的日期。", "Choose an earlier day."),
        )  # fmt: skip
    held = min(_HELD_OUT_DAYS, round((until - first).days * _HELD_OUT_SHARE))
    end = terms.calibration_end or until - timedelta(days=held)
    if not first < end < until:
        raise ThinDataError(
            Text(f"拟合截止日 {end} 必须在首个付款日 {first} 之后、验证截止日 {until} 之前。",
                 f"The calibration must end after the first payment, {first}, and before {until}; {end} does not."),
            Text("请选其他日期，或导入更长时间的订单。", "Choose other days, or load orders of a longer time."),
        )  # fmt: skip
    _check_enough(window(bought, end=end.toordinal()), end)
    return Terms(end, until, terms.time_unit, terms.horizon_days, terms.yearly_discount)


def _check_enough(seen: Window, end: date) -> None:
    n, n_back = len(seen.known), int((seen.known.repeats > 0).sum())
    if n < MIN_CUSTOMERS:
        raise ThinDataError(
            Text(f"到 {end} 只有 {n} 位客户买过，少于 {MIN_CUSTOMERS} 位，无法拟合模型。",
                 f"Only {n} customers had bought by {end}; a model takes {MIN_CUSTOMERS}."),
            Text("请选更晚的拟合截止日，或导入更长时间的订单。", "End the calibration later, or load more history."),
        )  # fmt: skip
    if not n_back:
        raise ThinDataError(
            Text(f"到 {end} 的 {n:,} 位客户都只在一天买过，多久再买无从谈起。",
                 f"All {n:,} customers had bought on one day only by {end}: nothing tells how often they return."),
            Text("请核对买家标识是否其实是订单号，或导入更长时间的订单。",
                 "Check that the buyer id is not an order number, or load orders of a longer time."),
        )  # fmt: skip
