"""Every metric, as data: by chain of the business. A new metric is one entry and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.metrics.catalogue import (
    advertising,
    assortment,
    behaviour,
    buyers_over_time,
    campaigns,
    checkout,
    conversion,
    customers,
    drivers,
    finance,
    funnel,
    inventory,
    live,
    marketing,
    members,
    product_traffic,
    products,
    profit,
    profit_coverage,
    profit_entries,
    profit_lines,
    profit_rates,
    service,
    traffic,
)
from zhanggui.metrics.model import Metric

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for chain in (
            traffic,
            behaviour,
            product_traffic,
            conversion,
            funnel,
            checkout,
            drivers,
            finance,
            profit,
            profit_rates,
            profit_lines,
            profit_coverage,
            profit_entries,
            customers,
            buyers_over_time,
            members,
            advertising,
            marketing,
            campaigns,
            live,
            products,
            assortment,
            inventory,
            service,
        )
        for metric in vars(chain).values()
        if isinstance(metric, Metric) and metric.chain == chain.CHAIN
    }
)
"""All metrics by name, in the order in which the chains and their files list them."""

__all__ = ["CATALOGUE"]
