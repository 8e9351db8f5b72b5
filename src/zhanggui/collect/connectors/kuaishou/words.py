"""Status words of Kuaishou files: the two that are attested."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType({"已发货": "shipped", "交易成功": "completed"})
