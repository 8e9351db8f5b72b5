"""Demand forecast of every SKU as a distribution (catalogue M-INV-08, C-INV-06, C-MON-11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.methods.forecast import (
    DEFAULT,
    Accuracy,
    Chosen,
    Demand,
    Model,
    Smoothed,
    choose,
    judge,
    known_now,
    reconciled,
    smooth,
    with_kin,
)
from zhanggui.money import json_number
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import Rules, book_of
from zhanggui.understand.inventory.demand_past import DemandPast, read_past, told_of_past
from zhanggui.understand.inventory.problems import NoStockError
from zhanggui.understand.view import View

HORIZON_WEEKS = 4
"""Weeks that models are tried on, three times over."""
FEWEST_TRIED = 5
"""Weeks that must lie before the first trial."""
_BANDS = 3

MODELS = (
    DEFAULT,
    Model("ewma_quick", alpha=0.2),
    Model("promotions", pattern="promotions"),
    Model("promotions_quick", alpha=0.2, pattern="promotions"),
    Model("seasonal", pattern="year"),
)
"""The default, then what takes its place where a category's own past says so; the last needs more than a year."""
MODEL_NAMES = {
    "ewma": Text("指数平滑", "smoothing"),
    "ewma_quick": Text("快速指数平滑", "quick smoothing"),
    "promotions": Text("指数平滑 + 大促", "smoothing, promotions"),
    "promotions_quick": Text("快速指数平滑 + 大促", "quick smoothing, promotions"),
    "seasonal": Text("指数平滑 + 大促 + 季节", "smoothing, promotions, season"),
}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trial:
    """How forecasts did on weeks that no choice has seen, beside "as last week".

    Attributes
    ----------
    group : str or None
        Category; None: all.
    model : str
        What its series take; empty for all.
    found, naive : Accuracy
        Of the forecast and of "as last week".
    """

    group: str | None
    model: str
    found: Accuracy
    naive: Accuracy


@dataclass(frozen=True, slots=True)
class DemandForecast:
    """What will be asked for.

    Attributes
    ----------
    past : DemandPast
        What it stands on.
    known : Smoothed
        Level of an ordinary week and spread of each SKU.
    chosen : Chosen
        The model of each.
    is_young : array of bool
        SKUs that lean on their category and price band.
    trials : tuple of Trial
        All first, then by category; empty where the past is too short to try.
    warnings : tuple of Text
        What is doubtful.
    """

    past: DemandPast
    known: Smoothed
    chosen: Chosen
    is_young: npt.NDArray[np.bool_]
    trials: tuple[Trial, ...]
    warnings: tuple[Text, ...]

    def demand(self, days: npt.ArrayLike, *, after: int = 0) -> Demand:
        """Return the demand of the next days, counted from the last known one, without the first `after`."""
        return self.known.demand(self.past.exposure(days, after=after))

    def model_of(self, place: int) -> str:
        """Return the name of the model of a SKU."""
        return "kin" if self.is_young[place] else self.chosen.models[int(self.chosen.model[place])].name


def forecast_of(desk: Desk, view: View) -> DemandForecast:
    """Return the forecast as of the last day of a view; worked out once until the ledger changes.

    Raises
    ------
    ThinPastError
        There are too few weeks of paid orders with SKUs.
    """
    return desk.kept(("demand_forecast", view.date_to), lambda: _read(desk, view))


def _read(desk: Desk, view: View) -> DemandForecast:
    try:
        book = book_of(desk, view.within(None, view.date_to), Rules())
    except NoStockError:
        return forecast(read_past(desk.ledger, view.date_to, None, _currency(desk)))
    return forecast(read_past(desk.ledger, view.date_to, book.course, book.currency))


def _currency(desk: Desk) -> str:
    orders = desk.ledger.table("order_header")
    counts = orders.group_by("currency").aggregate(n=orders.count())
    rows = desk.ledger.query(counts).to_pylist()
    return str(max(rows, key=lambda row: row["n"])["currency"]) if rows else "CNY"


def forecast(past: DemandPast) -> DemandForecast:
    """Return the forecast that follows from a past."""
    seen = past.past
    models = tuple(model for model in MODELS if model.pattern == "flat" or model.pattern in seen.patterns)
    room = past.n_weeks - FEWEST_TRIED
    n_trials = min(room // HORIZON_WEEKS, 3)
    warnings = list(told_of_past(past))
    if n_trials < 1:
        chosen = Chosen(models, np.zeros(len(seen), np.int64), np.zeros((len(past.groups), len(models))))
        trials: tuple[Trial, ...] = ()
        fewest = FEWEST_TRIED + HORIZON_WEEKS
        warnings.append(
            Text(
                f"历史不足 {fewest} 周，无法回测，准确度未知。",
                f"Less than {fewest} weeks of history: nothing can be tried on it, so the accuracy is not known.",
            )
        )
    else:
        origins = tuple(past.n_weeks - HORIZON_WEEKS * back for back in range(n_trials, 0, -1))
        chosen = choose(seen, models, origins=origins, horizon=HORIZON_WEEKS)
        trials = _trials(past, chosen, origins[-1])
    known = known_now(seen, chosen)
    known, is_young = with_kin(known, seen.open.sum(axis=1), _kinds(past))
    known = _agreed(past, known)
    return DemandForecast(past, known, chosen, is_young, trials, tuple(warnings))


def _trials(past: DemandPast, chosen: Chosen, origin: int) -> tuple[Trial, ...]:
    found, naive = judge(past.past, chosen, origin=origin, horizon=HORIZON_WEEKS)
    trials = [Trial(None, "", found, naive)]
    for number, name in enumerate(past.groups):
        some = np.flatnonzero(past.past.groups == number)
        if len(some):
            model = chosen.models[int(chosen.model[some[0]])].name
            part = judge(past.past.some(some), chosen.some(some), origin=origin, horizon=HORIZON_WEEKS)
            trials.append(Trial(name, model, *part))
    return tuple(trials)


def _kinds(past: DemandPast) -> npt.NDArray[np.int64]:
    """Return category and price band of each SKU as one number; goods without a price stand in the middle band."""
    band = np.ones(len(past.skus), np.int64)
    for number in range(len(past.groups)):
        some = np.flatnonzero((past.past.groups == number) & np.isfinite(past.goods.price))
        if len(some) >= 2 * _BANDS:
            rank = past.goods.price[some].argsort().argsort()
            band[some] = rank * _BANDS // len(some)
    return np.asarray(past.past.groups * _BANDS + band)


def _agreed(past: DemandPast, known: Smoothed) -> Smoothed:
    """Return levels whose sums by category agree with a forecast of the category itself."""
    seen = past.past
    n_groups = len(past.groups)
    weight = np.maximum(known.level, 1e-9)
    totals, opened = np.zeros((n_groups, past.n_weeks)), np.zeros((n_groups, past.n_weeks))
    for week in range(past.n_weeks):
        totals[:, week] = np.bincount(seen.groups, seen.counts[:, week], n_groups)
        opened[:, week] = np.bincount(seen.groups, weight * seen.open[:, week], n_groups)
    opened /= np.bincount(seen.groups, weight, n_groups)[:, None]
    season = seen.patterns.get("year", seen.patterns["promotions"])[:, : past.n_weeks]
    whole = smooth(totals, exposure=opened * season).demand(np.ones(n_groups))
    parts = known.demand(np.ones(len(seen)))
    agreed, _ = reconciled(parts, whole, seen.groups)
    return Smoothed(agreed.mean, known.spread)


def money(minor: float, currency: str) -> float:
    """Return minor units as major units."""
    return float(json_number(round(minor), currency))
