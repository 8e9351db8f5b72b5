"""Every accounting identity holds to the fen, on a shop worked by hand and on an invented one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked
from zhanggui.metrics.explaining.drivers import inputs_of
from zhanggui.metrics.explaining.figures import Side, side_of
from zhanggui.metrics.identities import BESIDE, DEEPER, Identity, Product, identities_of
from zhanggui.metrics.model import Metric, Ratio

WITH_IDENTITIES = [metric for metric in CATALOGUE.values() if identities_of(metric)]


def exact(side: Side, metric: Metric) -> Fraction | None:
    """Return a value without rounding: ratios as fractions of whole units."""
    if isinstance(metric, Ratio):
        above, below = exact(side, metric.numerator), exact(side, metric.denominator)
        return None if above is None or not below else above / below
    value = side.value(metric)
    return None if value is None else Fraction(value)


def right_side(side: Side, identity: Identity) -> Fraction | None:
    """Return what the parts of an identity make, None where one of them is not defined."""
    values = {part.name: exact(side, part) for part in identity.parts}
    if any(value is None for value in values.values()):
        return None
    known = {name: value for name, value in values.items() if value is not None}
    if isinstance(identity, Product):
        made = Fraction(1)
        for part in identity.factors:
            made *= known[part.name]
        for part in identity.divisors:
            if known[part.name] == 0:
                return None
            made /= known[part.name]
        return made
    return sum((known[part.name] for part in identity.plus), Fraction(0)) - sum(
        (known[part.name] for part in identity.minus), Fraction(0)
    )


@pytest.mark.parametrize("metric", WITH_IDENTITIES, ids=lambda metric: metric.name)
def test_an_identity_holds_to_the_fen_in_every_period(shop: Ledger, metric: Metric) -> None:
    for first, last in ((1, 29), (1, 3), (4, 5)):
        asked = Asked(
            metric, Period(date(2020, 2, first), date(2020, 2, last)), Period(date(2020, 2, 1), date(2020, 2, 1))
        )
        side = side_of(shop, asked, asked.after, inputs_of(metric))
        left = exact(side, metric)
        for identity in identities_of(metric):
            right = right_side(side, identity)
            if left is not None and right is not None:
                assert left == right, identity


def test_the_identities_of_revenue_and_profit_are_tried_on_figures_that_are_not_zero(shop: Ledger) -> None:
    whole = Period(date(2020, 2, 1), date(2020, 3, 1))
    for name in ("gmv_paid", "orders_paid", "units_sold", "refund_amount", "order_contribution", "average_order_value"):
        metric = CATALOGUE[name]
        side = side_of(shop, Asked(metric, whole, whole), whole, inputs_of(metric))
        assert all(right_side(side, identity) for identity in identities_of(metric)), name


def test_every_name_that_identities_use_is_a_metric() -> None:
    assert set(DEEPER) <= set(CATALOGUE)
    assert {name for names in BESIDE.values() for name in names} <= set(CATALOGUE)
    own = {part.name for several in DEEPER.values() for each in several for part in each.parts} - set(CATALOGUE)
    assert all(name.endswith("_costed") for name in own)


def test_a_revenue_never_stands_alone() -> None:
    # M-FIN-08: beside every revenue at least one efficiency.
    for name in ("gmv_paid", "net_revenue"):
        assert any(CATALOGUE[other].unit == "ratio" for other in BESIDE[name])
