"""What goes together: pairs in baskets, traits of a group against all, and how likely chance made them."""

from zhanggui.methods.association.contrast import Contrast, contrast
from zhanggui.methods.association.pairs import Baskets, Pairs, pairs_above
from zhanggui.methods.association.significance import false_discovery_rates

__all__ = ["Baskets", "Contrast", "Pairs", "contrast", "false_discovery_rates", "pairs_above"]
