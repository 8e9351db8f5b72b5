"""What the platforms' ledgers have booked: of each line its parts, of each order their sums."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import ORDER

_OF_PART: Mapping[str, str] = MappingProxyType(
    {
        "platform_subsidy_minor": "subsidy",
        "creator_subsidy_minor": "subsidy",
        "payment_subsidy_minor": "subsidy",
        "refunded_minor": "refund",
        "commission_minor": "commission",
        "service_fee_minor": "service_fee",
        "creator_commission_minor": "creator_commission",
        "channel_fee_minor": "creator_commission",
        "promotion_fee_minor": "ad_fee",
    }
)
"""Parts that mean the same in every line that states them."""

_OF_SALE: Mapping[str, str] = MappingProxyType(
    {"goods_minor": "goods", "shipping_minor": "goods", "other_fee_minor": "other"}
)
"""Parts that mean this in the settlement of a sale; elsewhere they repeat the line's own amount."""

PARTS = (*_OF_PART, *_OF_SALE)
FEES = ("commission", "service_fee", "creator_commission", "insurance", "compensation", "freight", "ad_fee", "other")
"""What a platform keeps or charges, by kind; taken as it is booked."""

COMPONENTS = ("goods", "subsidy", "refund", *FEES, "deposit")
"""What a line of a ledger may be made of; its parts sum to its amount."""

SETTLING = ("goods", "subsidy", "refund", "commission", "service_fee", "creator_commission")
"""Components that are booked when an order is settled or after, so that one of them shows that it was."""

SUMS = ("goods", "subsidy", "subsidy_back", "refund", *FEES, "deposit")
"""What is summed of an order; what bearers take back stands apart from what they gave."""


def with_parts(lines: ir.Table) -> ir.Table:
    """Return the ledger lines with a column for each of their components."""
    zero = ibis.literal(0, "int64")
    is_sale = lines.category.isnull() | (lines.category == "goods") | (lines.category == "unknown")
    found: dict[str, ir.Value] = dict.fromkeys(COMPONENTS, zero)
    stated: ir.Value = zero
    for parts, counts in ((_OF_PART, ibis.literal(True)), (_OF_SALE, is_sale)):
        for part, component in parts.items():
            amount = counts.ifelse(ibis.coalesce(lines[part], 0), 0)
            found[component] = found[component] + amount
            stated = stated + amount
    rest = lines.amount_minor - stated
    # A chain of comparisons: a list of twelve words is joined like a table, once for each component.
    own = {name: (lines.category == name).fill_null(False) for name in COMPONENTS if name != "other"}
    own["other"] = ~reduce(lambda left, right: left | right, own.values())
    made = {name: (found[name] + own[name].ifelse(rest, 0)).cast("int64") for name in COMPONENTS}
    return lines.mutate(**made).drop(*PARTS)


def sums_by_order(lines: ir.Table) -> ir.Table:
    """Return what was booked of each order that lines were matched with, `SUMS` with ``_minor``.

    ``settled_at`` is when the platform first booked its sale or what follows one, null while it has not.
    """
    linked = lines.filter(lines.order_id.notnull())
    settles = reduce(lambda left, right: left | right, (linked[name] != 0 for name in SETTLING))
    plain = {f"{name}_minor": linked[name].sum().cast("int64") for name in SUMS if not name.startswith("subsidy")}
    return linked.group_by(list(ORDER)).aggregate(
        **plain,
        subsidy_minor=ibis.greatest(linked.subsidy, 0).sum().cast("int64"),
        subsidy_back_minor=ibis.least(linked.subsidy, 0).sum().cast("int64"),
        booked_minor=linked.amount_minor.sum().cast("int64"),
        n_lines_booked=linked.count(),
        settled_at=linked.booked_at.min(where=settles),
        account=linked.account.min(),
        booked_date=linked.booked_date.min(),
    )
