"""The event cache: events as whole numbers sorted by visitor and time, in memory-mapped files.

It follows from the ledger and holds nothing of its own: it is brought in step before it is read, and can be deleted at
any time.
"""

from zhanggui.ledger.eventcache.cache import CACHE_DIR, EventCache, Part, ShopEvents, delete_cache
from zhanggui.ledger.eventcache.upkeep import open_cache

__all__ = ["CACHE_DIR", "EventCache", "Part", "ShopEvents", "delete_cache", "open_cache"]
