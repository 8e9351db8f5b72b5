"""Status words of Xiaohongshu files: the few that are attested."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType({"待配货": "paid", "已完成": "completed", "已取消": "closed"})

AFTER_SALE_WORDS: Mapping[str, str] = MappingProxyType({"无售后": "none"})
