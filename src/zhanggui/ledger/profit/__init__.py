"""Profit: what every order line earned, and what belongs to no line (``docs/concepts/profit.md``)."""

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.matching import SETTLEMENT_LINKS
from zhanggui.ledger.profit.period_costs import costs_of_all_stores
from zhanggui.ledger.profit.projection import project_profit
from zhanggui.ledger.profit.rules import PROFIT_RULES, RULES_VERSION, ProfitRule

PROFIT = Derivation(
    subject="profit",
    tables=("line_profit", "profit_entry", "ad_result"),
    reads=(
        "orders",
        "order_lines",
        "marked_orders",
        "refunds",
        "products",
        "settlements",
        "sku_costs",
        "sku_map",
        "shipments",
        "erp_orders",
        "stock_movements",
        "ad_spend",
        "live_sessions",
        "creator_contracts",
        "content_posts",
        "costs",
    ),
    rules=RULES_VERSION,
    make=project_profit,
    after=(SETTLEMENT_LINKS,),
    binds_stores=costs_of_all_stores,
)
"""How profit follows from the ledger."""

__all__ = ["PROFIT", "PROFIT_RULES", "ProfitRule"]
