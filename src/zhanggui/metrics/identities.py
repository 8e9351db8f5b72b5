"""Accounting identities: what a metric is made of, as data; they split a change into its drivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from zhanggui.metrics.catalogue import (
    CATALOGUE,
    conversion,
    customers,
    drivers,
    finance,
    funnel,
    products,
    profit_coverage,
    traffic,
)
from zhanggui.metrics.catalogue import profit_lines as lines
from zhanggui.metrics.model import Difference, Metric, Ratio, Sum, Total


@dataclass(frozen=True, slots=True)
class Product:
    """The metric is the product of `factors`, divided by `divisors`."""

    factors: tuple[Metric, ...]
    divisors: tuple[Metric, ...] = ()

    @property
    def parts(self) -> tuple[Metric, ...]:
        """All metrics that it names."""
        return (*self.factors, *self.divisors)


@dataclass(frozen=True, slots=True)
class Balance:
    """The metric is the sum of `plus` less the sum of `minus`."""

    plus: tuple[Metric, ...]
    minus: tuple[Metric, ...] = ()

    @property
    def parts(self) -> tuple[Metric, ...]:
        """All metrics that it names."""
        return (*self.plus, *self.minus)


Identity = Product | Balance


def _of_known_cost(line: Sum) -> Sum:
    """Return a cost of order lines over those whose goods have a known cost: the others have no profit."""
    return replace(
        line,
        name=f"{line.name}_costed",
        label_zh=f"{line.label_zh}（成本已知）",
        label_en=f"{line.label_en} (of known cost)",
        where=(*line.where, lines.COST_KNOWN),
        formula=f"{line.formula} where cost_known",
    )


def costed_of(name: str) -> str:
    """Return the metric that a part of an identity belongs to: itself, or that of which it is the costed part.

    Examples
    --------
    >>> costed_of("freight_out_costed"), costed_of("receivable_costed")
    ('freight_out', 'receivable_costed')
    """
    return name if name in CATALOGUE else name.removesuffix("_costed")


ORDER_COSTS = tuple(
    map(
        _of_known_cost,
        (
            lines.goods_cost,
            lines.freight_out,
            lines.freight_back,
            lines.packaging_cost,
            lines.commission_cost,
            lines.service_fee_cost,
            lines.creator_commission_cost,
            lines.insurance_cost,
            lines.penalty_cost,
            lines.order_promotion_cost,
            lines.order_tax,
            lines.other_order_cost,
        ),
    )
)
"""Every cost of an order line, over the lines that have a profit at all."""

DEEPER: Mapping[str, tuple[Identity, ...]] = MappingProxyType(
    {
        finance.gmv_paid.name: (
            Product(
                (
                    traffic.visitors,
                    funnel.payment_conversion,
                    drivers.orders_per_buyer,
                    conversion.average_order_value,
                )
            ),
            Product((customers.buyers, drivers.orders_per_buyer, conversion.average_order_value)),
            Product((conversion.orders_paid, conversion.average_order_value)),
        ),
        finance.gmv_created.name: (Product((conversion.orders_created, drivers.average_created_value)),),
        customers.buyers.name: (Product((traffic.visitors, funnel.payment_conversion)),),
        funnel.payment_conversion.name: (
            Product((traffic.add_to_cart_rate, traffic.cart_order_rate, drivers.buyers_per_orderer)),
        ),
        funnel.orders_created_paid.name: (Product((conversion.orders_created, funnel.order_payment_rate)),),
        conversion.orders_paid.name: (Product((customers.buyers, drivers.orders_per_buyer)),),
        conversion.orders_refunded.name: (Product((conversion.orders_paid, drivers.refunded_order_share)),),
        conversion.average_order_value.name: (Product((drivers.units_per_order, drivers.average_unit_price)),),
        products.units_sold.name: (Product((conversion.orders_paid, drivers.units_per_order)),),
        finance.refund_amount.name: (
            Product((conversion.orders_paid, conversion.average_order_value, finance.refund_rate)),
        ),
        traffic.page_views.name: (Product((traffic.visitors, traffic.pages_per_visitor)),),
        traffic.cart_visitors.name: (Product((traffic.visitors, traffic.add_to_cart_rate)),),
        traffic.ordering_visitors.name: (
            Product((traffic.visitors, traffic.add_to_cart_rate, traffic.cart_order_rate)),
            Product((traffic.visitors, traffic.visitor_order_rate)),
        ),
        traffic.visits_with_order.name: (Product((traffic.visits, traffic.visit_order_rate)),),
        lines.order_contribution.name: (
            Balance(
                (profit_coverage.receivable_costed,),
                (profit_coverage.refunded_costed, profit_coverage.subsidy_back_costed, *ORDER_COSTS),
            ),
        ),
    }
)
"""What a definition does not say itself, the deepest first."""

ROOTS = (finance.gmv_paid.name, "operating_profit")
"""The metrics whose trees show the whole business: what is sold, and what is left of it."""

BESIDE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gmv_paid": ("refund_rate", "contribution_profit"),
        "gmv_created": ("gmv_paid", "refund_rate"),
        "net_revenue": ("refund_rate", "contribution_profit"),
        "orders_paid": ("gmv_paid", "refund_rate"),
        "orders_created": ("orders_paid", "gmv_paid"),
        "units_sold": ("gmv_paid", "refund_rate"),
        "average_order_value": ("orders_paid", "refund_rate"),
        "refund_amount": ("refund_rate", "gmv_paid"),
        "refund_rate": ("gmv_paid", "net_revenue"),
        "contribution_profit": ("net_revenue", "refund_rate"),
        "buyers": ("gmv_paid", "average_buyer_value"),
        "visitors": ("visits", "visitor_order_rate"),
        "visits": ("visitors", "visit_order_rate"),
        "payment_conversion": ("visitors", "average_buyer_value"),
        "value_per_visitor": ("visitors", "refund_rate"),
        "blended_return": ("break_even_roi", "contribution_profit"),
        "marketing_roi": ("marketing_roi_profit", "contribution_profit"),
    }
)
"""Metrics to look at before judging by one alone (T-22); a revenue never stands without an efficiency."""


def identities_of(metric: Metric) -> tuple[Identity, ...]:
    """Return what a metric is made of, the deepest identity first; empty for what only rows tell.

    Examples
    --------
    >>> [part.name for part in identities_of(CATALOGUE["gmv_paid"])[0].parts]
    ['visitors', 'payment_conversion', 'orders_per_buyer', 'average_order_value']
    >>> [part.name for part in identities_of(CATALOGUE["refund_rate"])[0].parts]
    ['refund_amount', 'gmv_paid']
    """
    own: tuple[Identity, ...]
    match metric:
        case Ratio():
            own = (Product((metric.numerator,), (metric.denominator,)),)
        case Difference():
            own = (Balance((metric.minuend,), (metric.subtrahend,)),)
        case Total():
            own = (Balance(metric.addends),)
        case _:
            own = ()
    return (*DEEPER.get(metric.name, ()), *own)


def beside(metric: Metric) -> tuple[Metric, ...]:
    """Return the metrics that are shown beside a change of `metric`."""
    return tuple(CATALOGUE[name] for name in BESIDE.get(metric.name, ()) if name in CATALOGUE)
