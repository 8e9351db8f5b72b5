"""What is bought together: pairs with support, rules with confidence and lift, and how likely chance made them."""

from zhanggui.methods.association.pairs import Baskets, Pairs, pairs_above
from zhanggui.methods.association.significance import false_discovery_rates

__all__ = ["Baskets", "Pairs", "false_discovery_rates", "pairs_above"]
