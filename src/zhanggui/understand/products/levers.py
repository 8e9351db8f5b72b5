"""销售火爆但利润偏低 Hot but poor: what each such SKU could gain by price, cost, advertising, returns (C-GOODS-09)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.classing import BOTTOM_RIGHT
from zhanggui.understand.products.matrix import Matrix

PRICE_STEP, COST_STEP = 0.03, 0.05
"""What is asked of price and of purchase: steps that a buyer hardly sees and a supplier may grant."""

LABELS = {
    "price": Text("提价 3%", "Price up 3%"),
    "cost": Text("采购价降 5%", "Cost down 5%"),
    "ads": Text("推广费降到商品平均", "Advertising to the usual share"),
    "returns": Text("退货降到商品平均", "Returns to the usual rate"),
}


@dataclass(frozen=True, slots=True)
class Poor:
    """One hot but poor SKU: its place in the matrix, and what each lever would bring over the same days.

    Attributes
    ----------
    place : int
        Row of the matrix.
    gains : dict of str to float
        Minor units by lever, each by itself; all else unchanged, price change without loss of sales.
    """

    place: int
    gains: dict[str, float]

    @property
    def best(self) -> str:
        """The lever that brings most."""
        return max(self.gains, key=lambda name: self.gains[name])


def hot_but_poor(found: Matrix) -> tuple[Poor, ...]:
    """Return the traffic builders, the one with the most to gain first.

    Notes
    -----
    Gains are arithmetic on what happened, not a promise: a higher price may sell less (the page of a product says how
    much, where its price has moved often enough). The usual share of advertising and the usual return rate are those
    of all goods looked at. Returned lines cost what their contribution would have been at the usual margin.
    """
    sales = found.sales
    net, cost = sales.of("net").astype(float), sales.of("goods_cost").astype(float)
    ads, due = -sales.ads, sales.of("receivable").astype(float)
    n_lines, returned = sales.of("n_lines").astype(float), sales.of("returned").astype(float)
    usual_ads = ads.sum() / due.sum() if due.sum() > 0 else 0.0
    usual_returns = returned.sum() / n_lines.sum()
    rows = []
    for place in np.flatnonzero(found.quadrant == BOTTOM_RIGHT).tolist():
        margin = max((net[place] - cost[place]) / net[place], 0.0) if net[place] > 0 else 0.0
        fewer = max(returned[place] - usual_returns * n_lines[place], 0.0)
        gains = {
            "price": PRICE_STEP * max(net[place], 0.0),
            "cost": COST_STEP * cost[place],
            "ads": max(ads[place] - usual_ads * due[place], 0.0),
            "returns": fewer * due[place] / n_lines[place] * margin,
        }
        rows.append(Poor(place, gains))
    return tuple(sorted(rows, key=lambda row: -row.gains[row.best]))
