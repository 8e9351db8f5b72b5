"""The demand forecast as an answer for programs and the terminal."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.forecast import QUANTILES, Accuracy
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_parts import CATEGORY_NAME, SKU_NAME, StockAnswer, plain, unheard
from zhanggui.understand.inventory.demand_past import WEEK
from zhanggui.understand.inventory.forecast import HORIZON_WEEKS, MODEL_NAMES, DemandForecast, Trial, forecast_of
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

MOST_ROWS = 200
DAYS = 28
LONGEST_DAYS = 90
KIN = Text("同类目同价带", "like its kin")


class AccuracyShown(BaseModel):
    """How far forecasts were from what came; `mase` below 1 beats "as last week" on its own past."""

    mase: float | None
    pinball: float | None
    bias: float | None
    wape: float | None
    coverage: float | None


class TrialRow(BaseModel):
    """A category on the last weeks, which no choice has seen; `category` null: all together."""

    category: str | None
    skus: int
    model: str
    model_name: Text
    forecast: AccuracyShown
    naive: AccuracyShown


class WeekRow(BaseModel):
    """One week of all SKUs together: what was sold, or what is expected."""

    first_day: date
    sold: float | None
    expected: float | None


class ForecastRow(BaseModel):
    """One SKU; quantiles are whole units that demand stays at or below in this share of futures."""

    sku: str
    name: str
    category: str
    model: str
    model_name: Text
    sold_28_days: float
    expected: float
    q50: float
    q80: float
    q90: float
    q95: float
    weeks: tuple[float, ...]


class ForecastAnswer(StockAnswer):
    """What will be asked for in the next `days`, the most first; `n_rows` in all."""

    days: int
    history_weeks: int
    expected: float
    tried_weeks: int
    trials: tuple[TrialRow, ...]
    course: tuple[WeekRow, ...]
    rows: tuple[ForecastRow, ...]
    n_rows: int


def days_in(pairs: Pairs) -> int:
    """Return how far ahead is asked: ``days``, 28 by default."""
    text = last_in(pairs, "days")
    if text is not None and (not text.isdecimal() or not 1 <= int(text) <= LONGEST_DAYS):
        raise BadFilterError(f"days={text}", why=f"is no number of days from 1 to {LONGEST_DAYS}")
    return int(text) if text else DAYS


def forecast_of_pairs(desk: Desk, pairs: Pairs) -> ForecastAnswer:
    """Return the forecast; ``days`` is how far ahead, ``to`` the last day known, ``sku`` and ``category`` narrow it."""
    view = view_from_pairs(pairs)
    desk.stands_on(view, "order_header", "order_line")
    found = forecast_of(desk, view)
    days, wanted = days_in(pairs), last_in(pairs, "sku")
    category = last_in(pairs, "category")
    demand = found.demand(days)
    order = [
        at
        for at in map(int, np.argsort(-demand.mean, kind="stable"))
        if wanted in (None, found.past.skus[at]) and category in (None, found.past.goods.categories[at])
    ]
    told = unheard((SKU_NAME, wanted, found.past.skus), (CATEGORY_NAME, category, found.past.goods.categories))
    return ForecastAnswer(
        first=found.past.first,
        last=found.past.last,
        currency=found.past.currency,
        evidence={"expected": "estimated", "sold": "counted", "trials": "counted"},
        warnings=(*told, *found.warnings),
        days=days,
        history_weeks=found.past.n_weeks,
        expected=round(float(demand.mean.sum()), 1),
        tried_weeks=HORIZON_WEEKS if found.trials else 0,
        trials=tuple(trial_row(found, each) for each in found.trials),
        course=course_of(found, days),
        rows=rows_of(found, days, order[:MOST_ROWS]),
        n_rows=len(order),
    )


def rows_of(found: DemandForecast, days: int, places: list[int]) -> tuple[ForecastRow, ...]:
    """Return some SKUs, in the order given."""
    at = np.array(places, np.int64)
    demand = found.demand(days)
    quantiles = {share: demand.quantile(share)[at] for share in QUANTILES}
    n_weeks = -(-days // WEEK)
    weeks = [found.demand(WEEK, after=WEEK * week).mean[at] for week in range(n_weeks)]
    recent = found.past.past.counts[:, -4:].sum(axis=1)
    rows = []
    for number, place in enumerate(places):
        model = found.model_of(place)
        rows.append(
            ForecastRow(
                sku=found.past.skus[place],
                name=found.past.goods.names[place],
                category=found.past.goods.categories[place],
                model=model,
                model_name=MODEL_NAMES.get(model, KIN),
                sold_28_days=float(recent[place]),
                expected=round(float(demand.mean[place]), 2),
                q50=float(quantiles[0.5][number]),
                q80=float(quantiles[0.8][number]),
                q90=float(quantiles[0.9][number]),
                q95=float(quantiles[0.95][number]),
                weeks=tuple(round(float(week[number]), 2) for week in weeks),
            )
        )
    return tuple(rows)


def course_of(found: DemandForecast, days: int) -> tuple[WeekRow, ...]:
    """Return all SKUs together, week by week: the past, then what is expected."""
    sold = found.past.past.counts.sum(axis=0)
    past = [
        WeekRow(first_day=found.past.first + timedelta(days=WEEK * week), sold=float(units), expected=None)
        for week, units in enumerate(sold.tolist())
    ]
    begin = found.past.last + timedelta(days=1)
    ahead = [
        WeekRow(
            first_day=begin + timedelta(days=WEEK * week),
            sold=None,
            expected=round(float(found.demand(WEEK, after=WEEK * week).mean.sum()), 1),
        )
        for week in range(-(-days // WEEK))
    ]
    return (*past, *ahead)


def trial_row(found: DemandForecast, trial: Trial) -> TrialRow:
    """Return a trial as numbers that JSON can hold."""
    groups = found.past.past.groups
    n_skus = len(groups) if trial.group is None else int((groups == found.past.groups.index(trial.group)).sum())
    return TrialRow(
        category=trial.group,
        skus=n_skus,
        model=trial.model,
        model_name=MODEL_NAMES.get(trial.model, Text("各类目各自选择", "as each category chose")),
        forecast=_shown(trial.found),
        naive=_shown(trial.naive),
    )


def _shown(of: Accuracy) -> AccuracyShown:
    return AccuracyShown(
        mase=plain(of.mase), pinball=plain(of.pinball), bias=plain(of.bias), wape=plain(of.wape),
        coverage=plain(of.coverage),
    )  # fmt: skip
