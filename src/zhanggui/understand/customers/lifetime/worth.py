"""What one purchase of a customer is worth, in revenue and in profit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import DrawnMean, GammaGamma, Window, fit_drawn_mean, fit_gamma_gamma
from zhanggui.methods.lifetime.histories import MIN_CUSTOMERS, Floats
from zhanggui.understand.customers.lifetime.purchases import KNOWN, PROFIT, REVENUE, Purchases

NOT_POSITIVE = Text(
    "这些客户的退款不少于支付，净收入不为正，因此不预测金额。",
    "Refunds are no less than what these customers paid: net revenue is not positive, so no money is forecast.",
)
COSTS_UNKNOWN = Text(
    "商品成本已知的购买太少，无法预测利润；请导入单位成本。",
    "The costs of too few purchases are known to forecast profit; load unit costs.",
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a purchase is worth.

    Attributes
    ----------
    measure : str
        ``revenue`` or ``profit``.
    model : GammaGamma or DrawnMean
        How a customer's own mean and that of all are weighed.
    per_purchase : array of float, shape (n_customers,)
        Of each customer, in major units.
    known_share : float
        Share of the purchases whose money is known.
    """

    measure: str
    model: GammaGamma | DrawnMean
    per_purchase: Floats
    known_share: float

    @property
    def name(self) -> str:
        """Name of the model."""
        return "gamma_gamma" if isinstance(self.model, GammaGamma) else "drawn_mean"

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters of the model by name."""
        names = ("p", "q", "gamma") if isinstance(self.model, GammaGamma) else ("mean", "within", "between")
        return {name: float(getattr(self.model, name)) for name in names}


def worth_of(purchases: Purchases, at: Window, measure: str, *, until: date | None) -> Worth | Text:
    """Return what a purchase of each customer is worth by what was known at a day, or why that cannot be told.

    Parameters
    ----------
    purchases : Purchases
        Who bought when, for how much.
    at : Window
        The customers of the day.
    measure : {"revenue", "profit"}
        Which money.
    until : date, optional
        The day.

    Returns
    -------
    Worth or Text
        Gamma-gamma on repeats where every customer's mean is above 0, as published; a mean drawn towards that of all
        otherwise, and always for profit, which may be negative.
    """
    if measure not in purchases.occasions.amounts or (measure == PROFIT and not purchases.has_profit):
        return COSTS_UNKNOWN
    if measure == REVENUE:
        if float(at.total[REVENUE].sum()) <= 0:
            return NOT_POSITIVE
        repeats, mean = at.known.repeats, at.mean_repeat[REVENUE]
        back = repeats > 0
        if back.sum() >= MIN_CUSTOMERS and (mean[back] > 0).all():
            model = fit_gamma_gamma(repeats[back], mean[back])
            return Worth(REVENUE, model, model.expected_value(repeats, mean), 1.0)
    return _drawn(purchases, at, measure, until)


def _drawn(purchases: Purchases, at: Window, measure: str, until: date | None) -> Worth | Text:
    bought = purchases.occasions
    rows = bought.day <= (until.toordinal() if until is not None else bought.last_day)
    n_rows = int(rows.sum())
    if measure == PROFIT:
        rows &= bought.amounts[KNOWN] > 0
    if rows.sum() < MIN_CUSTOMERS:
        return COSTS_UNKNOWN
    who, value = bought.customer[rows], bought.amounts[measure][rows]
    model = fit_drawn_mean(who, value)
    n = np.bincount(who, minlength=bought.n_customers)[at.customer].astype(np.float64)
    total = np.bincount(who, value, minlength=bought.n_customers)[at.customer]
    mean = np.divide(total, n, where=n > 0, out=np.zeros(len(n)))
    return Worth(measure, model, model.expected_value(n, mean), float(rows.sum()) / n_rows)
