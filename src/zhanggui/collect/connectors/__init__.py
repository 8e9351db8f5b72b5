"""One folder per platform; each lists the formats that it recognises."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from zhanggui.collect.mapping.layout import Layout

ENTRY_POINT_GROUP = "zhanggui.connectors"


@cache
def known_formats() -> tuple[Layout, ...]:
    """Return every installed format, ours and strangers', most demanding first."""
    formats: list[Layout] = []
    for point in entry_points(group=ENTRY_POINT_GROUP):
        formats.extend(point.load())
    return tuple(sorted(formats, key=lambda layout: (-len(layout.required), layout.format_id)))
