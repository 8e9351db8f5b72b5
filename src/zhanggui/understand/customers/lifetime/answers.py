"""Lifetime value and churn as plain answers, for the terminal, for programs and for pages."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import Range, Tenths, Tried
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.lifetime.acquisition import Acquisition
from zhanggui.understand.customers.lifetime.purchases import PROFIT, REVENUE, Purchases
from zhanggui.understand.customers.lifetime.valuation import (
    HORIZON_DAYS,
    UNIT_DAYS,
    YEARLY_DISCOUNT,
    Money,
    Terms,
    TimeUnit,
    Valuation,
)
from zhanggui.understand.customers.people import customer_name
from zhanggui.understand.view import Pairs, day_in, last_in

CONFIDENCE = 0.9
LONGEST_DAYS = 3650


class Scores(BaseModel):
    """How a model forecast the held-out time; bias is (forecast - actual) / actual, as the model says, uncorrected."""

    mae: float
    bias: float | None
    auc: float | None
    churn_auc: float | None


class ModelAnswer(BaseModel):
    """One model: its parameters in the chosen unit of time, and how it did."""

    parameters: dict[str, float]
    standard_errors: dict[str, float]
    log_likelihood: float
    not_told: tuple[str, ...]
    backtest: Scores


class Bounds(BaseModel):
    """A forecast with its bounds of 90 %."""

    forecast: float
    low: float
    high: float


class Decile(BaseModel):
    """A tenth of the customers by forecast, the highest first: forecast and actual sums of the held-out time."""

    decile: int
    customers: int
    forecast: float
    actual: float


class Calibration(BaseModel):
    """Whether tenths got what was forecast; `slope` is that of actual on forecast, 1 is calibrated.

    `level` is by what earlier forecasts would have had to be multiplied, `bias_at_level` the bias had that been done.
    It is not applied: on the shop's own past a level carries over too rarely.
    """

    slope: float | None
    deciles: tuple[Decile, ...]
    level: float
    bias_at_level: float | None
    wrong_by: float


class CohortDrift(BaseModel):
    """Customers by month of first purchase: expected and actual purchases of the held-out time."""

    month: str
    customers: int
    expected: float
    actual: float
    z: float
    alarm: bool


class MoneyAnswer(BaseModel):
    """Revenue or profit: what customers brought, what they will bring, what that is worth today."""

    historic: float
    historic_per_customer: float
    within_horizon: Bounds
    discounted: Bounds
    discounted_per_customer: float
    value_model: str
    value_parameters: dict[str, float]
    known_share: float
    slope: float | None
    deciles: tuple[Decile, ...]


class Forecast(BaseModel):
    """What customers will do after the last day, by the chosen model fitted to all that is known."""

    as_of: date
    horizon_days: int
    confidence: float
    parameters: dict[str, float]
    purchases: Bounds


class LifetimeAnswer(BaseModel):
    """Lifetime value as ``zhanggui customers lifetime-value --json`` prints it."""

    chosen: str
    models: dict[str, ModelAnswer]
    refused: dict[str, str]
    calibration_end: date
    holdout_end: date
    time_unit: TimeUnit
    customers: int
    customers_calibrated: int
    customers_without_orders: int
    currency: str | None
    yearly_discount: float
    calibration: Calibration
    drift: tuple[CohortDrift, ...]
    forecast: Forecast
    revenue: MoneyAnswer | None
    profit: MoneyAnswer | None
    not_told: dict[str, Text]
    acquisition: Acquisition | None = None
    evidence: Literal["estimated"] = "estimated"
    warnings: tuple[Text, ...]


def terms_in(pairs: Pairs) -> Terms:
    """Read terms from a query string: ``calibration_end``, ``holdout_end``, ``time_unit``, ``horizon``, ``discount``.

    Raises
    ------
    BadFilterError
        A value cannot be understood.
    """
    unit = last_in(pairs, "time_unit") or "week"
    if unit not in UNIT_DAYS:
        raise BadFilterError(f"time_unit={unit}", why="is no unit of time; use day or week")
    return Terms(
        calibration_end=day_in(pairs, "calibration_end"),
        holdout_end=day_in(pairs, "holdout_end"),
        time_unit="day" if unit == "day" else "week",
        horizon_days=round(number_in(pairs, "horizon", HORIZON_DAYS, 1, LONGEST_DAYS)),
        yearly_discount=number_in(pairs, "discount", YEARLY_DISCOUNT, 0, 10),
    )


def lifetime_answer(found: Valuation, acquired: Acquisition | None = None) -> LifetimeAnswer:
    """Return a valuation as plain values."""
    tried, terms = found.back_test, found.terms
    assert terms.calibration_end is not None
    assert terms.holdout_end is not None
    bias = tried.best.score.bias
    n = len(found.now.known)
    money = {name: _money(each, n) for name, each in found.money.items()}
    return LifetimeAnswer(
        chosen=tried.chosen,
        models={name: _model(each) for name, each in tried.tried.items()},
        refused=dict(tried.refused),
        calibration_end=terms.calibration_end,
        holdout_end=terms.holdout_end,
        time_unit=terms.time_unit,
        customers=n,
        customers_calibrated=len(tried.window.known),
        customers_without_orders=found.purchases.n_without_orders,
        currency=found.purchases.currency,
        yearly_discount=terms.yearly_discount,
        calibration=Calibration(
            slope=found.purchase_tenths.slope,
            deciles=deciles(found.purchase_tenths),
            level=found.past.level,
            bias_at_level=None if bias is None else (1 + bias) * found.past.level - 1,
            wrong_by=found.wrong_by,
        ),
        drift=_drift(found),
        forecast=Forecast(
            as_of=terms.holdout_end,
            horizon_days=terms.horizon_days,
            confidence=CONFIDENCE,
            parameters=found.fit.parameters,
            purchases=_bounds(found.forecast),
        ),
        revenue=money.get(REVENUE),
        profit=money.get(PROFIT),
        not_told=dict(found.untold),
        acquisition=acquired,
        warnings=warnings_of(found),
    )


def warnings_of(found: Valuation) -> tuple[Text, ...]:
    """Return what a reader must know before believing the figures."""
    told = list(found.purchases.warnings)
    if n := found.purchases.n_without_orders:
        told.append(
            Text(f"另有 {n:,} 位客户还没有付款，没有历史，因此不给数字。",
                 f"{n:,} more customers have not bought yet: without a history they get no figure.")
        )  # fmt: skip
    if (came := float(found.back_test.window.later.sum())) < MANY_PURCHASES:
        told.append(
            Text(f"验证期只有 {came:.0f} 次购买，模型的比较多半是偶然。",
                 f"The held-out time saw {came:.0f} purchases only: how models compare is mostly chance.")
        )  # fmt: skip
    if found.drift.is_alarm.any():
        months = ", ".join(each.month for each in _drift(found) if each.alarm)
        told.append(
            Text(f"漂移警报：{months} 首购的客户与预期相差太大，模型对他们可能已不适用。",
                 f"Drift: customers of {months} left what was expected of them; the model may no longer fit them.")
        )  # fmt: skip
    if found.fit.at_bound:
        names = ", ".join(found.fit.at_bound)
        told.append(
            Text(f"数据定不出参数 {names}，预测仍可用，参数本身不可解读。",
                 f"The data cannot tell {names}: forecasts hold, the parameters themselves say nothing.")
        )  # fmt: skip
    return tuple(told)


MANY_PURCHASES = 100


def deciles(of: Tenths) -> tuple[Decile, ...]:
    """Return tenths as rows."""
    rows = zip(of.tenth.tolist(), of.customers.tolist(), of.forecast.tolist(), of.actual.tolist(), strict=True)
    return tuple(Decile(decile=place, customers=int(n), forecast=a, actual=b) for place, n, a, b in rows)


def shown(purchases: Purchases, number: int) -> str:
    """Return what a reader sees of a customer: the end of a token, or the id of a file of the reader's own."""
    key = str(purchases.customers[number].as_py())
    return key if purchases.is_of_file else customer_name(key)


def _model(tried: Tried) -> ModelAnswer:
    return ModelAnswer(
        parameters=tried.fit.parameters,
        standard_errors=tried.fit.standard_errors,
        log_likelihood=tried.fit.log_likelihood,
        not_told=tried.fit.at_bound,
        backtest=Scores(mae=tried.score.mae, bias=tried.score.bias, auc=tried.score.auc, churn_auc=tried.churn_auc),
    )


def _money(found: Money, n: int) -> MoneyAnswer:
    return MoneyAnswer(
        historic=round(found.historic, 2),
        historic_per_customer=found.historic / n,
        within_horizon=_bounds(found.forecast),
        discounted=_bounds(found.discounted),
        discounted_per_customer=found.discounted.middle / n,
        value_model=found.worth.name,
        value_parameters=found.worth.parameters,
        known_share=found.worth.known_share,
        slope=found.tenths.slope if found.tenths else None,
        deciles=deciles(found.tenths) if found.tenths else (),
    )


def _bounds(of: Range) -> Bounds:
    return Bounds(forecast=of.middle, low=of.low, high=of.high)


def _drift(found: Valuation) -> tuple[CohortDrift, ...]:
    of = found.drift
    return tuple(
        CohortDrift(
            month=f"{month // 12:04d}-{month % 12 + 1:02d}",
            customers=int(of.customers[place]),
            expected=float(of.expected[place]),
            actual=float(of.actual[place]),
            z=float(of.z[place]),
            alarm=bool(of.is_alarm[place]),
        )
        for place, month in enumerate(np.asarray(of.cohort).tolist())
    )


def number_in(pairs: Pairs, key: str, usual: float, least: float, most: float) -> float:
    """Return a number of a query string within its bounds, or `usual` where it is not given."""
    value = last_in(pairs, key)
    try:
        number = usual if value is None else float(value)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise BadFilterError(f"{key}={value}", why=f"is no number from {least:g} to {most:g}")
    return number
