"""Every check of data quality, as data: one file per side of quality."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.ledger.quality.catalogue import completeness, links, prices, reconciliation, uniqueness, validity, volume
from zhanggui.ledger.quality.model import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.name: check
        for module in (completeness, uniqueness, validity, prices, volume, links, reconciliation)
        for check in module.CHECKS
    }
)
"""Checks by name, in the order of docs and panel."""
