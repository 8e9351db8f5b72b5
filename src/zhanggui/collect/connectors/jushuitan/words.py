"""Status words of Jushuitan files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType({"已发货": "shipped", "取消": "cancelled", "已取消": "cancelled"})
"""Shops differ in how they write one word: 取消 and 已取消 are the same."""
