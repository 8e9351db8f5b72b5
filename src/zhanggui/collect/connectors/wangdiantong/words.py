"""Status words of Wangdiantong files: the one that is attested."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType({"已完成": "completed"})
