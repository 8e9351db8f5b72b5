"""The goods of the company: products, SKUs, suppliers, what goes together, what replaces what."""

from zhanggui.simulate.goods.families import COLOURS, FRESH_CATEGORIES, SIZES, STAGES
from zhanggui.simulate.goods.shelf import Pairs, Shelf, Supplier
from zhanggui.simulate.goods.stocking import shelf_of

__all__ = ["COLOURS", "FRESH_CATEGORIES", "SIZES", "STAGES", "Pairs", "Shelf", "Supplier", "shelf_of"]
