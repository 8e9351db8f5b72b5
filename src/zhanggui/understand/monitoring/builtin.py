"""The rules that come with the product: the core figures of a shop, watched before anybody has configured anything."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.understand.figures import CORE_FIGURES
from zhanggui.understand.monitoring.conditions import Band, Missing, Side
from zhanggui.understand.monitoring.rules import Rule

SOURCE_RULE = "failing_source"
"""Name of the rule that watches the sources themselves: it has no metric, and can be switched off like the others."""
SOURCE_TITLE = Text("数据来源未通过检查", "A source fails its checks")

_BESIDE = ("gmv_paid", "orders_paid", "add_to_cart_rate", "refund_rate")
_CRITICAL = frozenset({"gmv_paid", "visitors"})
_THIN = 500.0
"""Paid amount of an ordinary day, in yuan, below which a single order moves every figure."""


_WORSE: Mapping[str, Side] = MappingProxyType({"up": "down", "down": "up", "none": "both"})
"""The side on which a figure is worse than it should be, by the direction that is good."""


def _watched(name: str) -> Rule:
    metric = CATALOGUE[name]
    return Rule(
        name=f"core_{name}",
        metric=name,
        by="platform" if "platform" in possible_dimensions(tuple(metric.leaves())) else None,
        when=Band(side=_WORSE[metric.good]),
        min_base=_THIN,
        severity="critical" if name in _CRITICAL else "warning",
    )


def _is_computed(name: str) -> bool:
    return any(True for _ in CATALOGUE[name].leaves())


def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*filter(_is_computed, CORE_FIGURES.values()), *_BESIDE)))


_LATE = (
    Rule(name="late_orders", metric="orders_created", by="shop", when=Missing(), min_base=_THIN),
    Rule(name="late_visits", metric="visitors", by="platform", when=Missing()),
)
"""Data that should have come by now: what stands on it is told under it."""

BUILT_IN: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in (*map(_watched, _names()), *_LATE)})
"""Every rule that comes with the product, by name."""
