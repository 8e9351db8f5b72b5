"""流失概率 Who is likely to stay away: 1 - P(at least one purchase within the horizon) (catalogue M-CUST-03, T-02).

The chance of being "alive" is no score of churn: BG/NBD calls every one-time buyer alive.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import tenths
from zhanggui.understand.customers.lifetime.answers import Decile, deciles, shown, warnings_of
from zhanggui.understand.customers.lifetime.purchases import REVENUE
from zhanggui.understand.customers.lifetime.valuation import Valuation

LIKELY = 0.5
"""From this chance of staying away on, a customer is listed."""

MOST_LISTED = 100


class AtRisk(BaseModel):
    """A returning customer who is likely to stay away, and why: silent for longer than usual."""

    customer: str
    churn_probability: float
    days_silent: int
    usual_gap_days: float
    last_purchase: date
    purchases: int
    revenue: float
    reason: Text


class ChurnAnswer(BaseModel):
    """Churn as ``zhanggui customers churn --json`` prints it.

    `deciles` are of the held-out time, the likeliest to stay away first: customers expected to stay away, and those who
    did. `top_decile_precision` is the share of the first that did.
    """

    chosen: str
    as_of: date
    horizon_days: int
    backtest_days: int
    customers: int
    expected_to_stay_away: float
    auc: float | None
    top_decile_precision: float | None
    stayed_away_share: float
    slope: float | None
    deciles: tuple[Decile, ...]
    at_risk: tuple[AtRisk, ...]
    n_at_risk: int
    evidence: Literal["estimated"] = "estimated"
    warnings: tuple[Text, ...]


def churn_answer(found: Valuation, *, likely: float = LIKELY, limit: int = MOST_LISTED) -> ChurnAnswer:
    """Return who is likely to stay away.

    Parameters
    ----------
    found : Valuation
        The customers and the chosen model.
    likely : float, default 0.5
        Chance from which customers who returned before, and are silent for longer than usual, are listed.
    limit : int, default 100
        How many are listed, those who brought most first.

    Returns
    -------
    ChurnAnswer
        Of all customers with a purchase, one-time buyers included.
    """
    tried, terms = found.back_test, found.terms
    assert terms.holdout_end is not None
    assert terms.calibration_end is not None
    then = 1 - tried.best.fit.model.p_purchase(tried.window.known, tried.window.length)
    held = tenths(then, (tried.window.later == 0).astype(np.float64))
    now = 1 - found.fit.model.p_purchase(found.now.known, found.horizon)
    rows, n_rows = _at_risk(found, now, likely, limit)
    return ChurnAnswer(
        chosen=tried.chosen,
        as_of=terms.holdout_end,
        horizon_days=terms.horizon_days,
        backtest_days=(terms.holdout_end - terms.calibration_end).days,
        customers=len(now),
        expected_to_stay_away=float(now.sum()),
        auc=tried.best.churn_auc,
        top_decile_precision=float(held.actual[0] / held.customers[0]),
        stayed_away_share=float((tried.window.later == 0).mean()),
        slope=held.slope,
        deciles=deciles(held),
        at_risk=rows,
        n_at_risk=n_rows,
        warnings=warnings_of(found),
    )


def _at_risk(found: Valuation, away: np.ndarray, likely: float, limit: int) -> tuple[tuple[AtRisk, ...], int]:
    now, unit = found.now, found.terms.unit_days
    repeats, last, watched = now.known.repeats, now.known.last_at, now.known.watched
    # Silent for longer than usual: somebody who bought last week is not to be won back yet.
    is_overdue = (watched - last) * repeats > last
    listed = np.flatnonzero((away >= likely) & (repeats > 0) & is_overdue)
    brought = now.total[REVENUE]
    listed = listed[np.lexsort((now.customer[listed], -brought[listed]))]
    rows = []
    for place in listed[:limit].tolist():
        silent = round(float(watched[place] - last[place]) * unit)
        gap = float(last[place] / repeats[place]) * unit
        day = int(now.first_day[place]) + round(float(last[place]) * unit)
        rows.append(
            AtRisk(
                customer=shown(found.purchases, int(now.customer[place])),
                churn_probability=float(away[place]),
                days_silent=silent,
                usual_gap_days=gap,
                last_purchase=date.min + timedelta(days=day - 1),
                purchases=int(repeats[place]) + 1,
                revenue=round(float(brought[place]), 2),
                reason=Text(
                    f"已 {silent} 天没买，平时平均隔 {gap:.0f} 天",
                    f"silent for {silent} days, usually back after {gap:.0f}",
                ),
            )
        )
    return tuple(rows), len(listed)
