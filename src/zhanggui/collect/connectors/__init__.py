"""One folder per platform; each lists the formats that it recognises."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from zhanggui.collect.mapping.layout import Layout

ENTRY_POINT_GROUP = "zhanggui.connectors"


@cache
def known_formats() -> tuple[Layout, ...]:
    """Return every installed format, ours and strangers'.

    Those whose files carry a mark come first, then platforms' exports, the most demanding of each first.
    """
    formats: list[Layout] = []
    for point in entry_points(group=ENTRY_POINT_GROUP):
        formats.extend(point.load())
    return tuple(sorted(formats, key=_turn))


def _turn(layout: Layout) -> tuple[bool, bool, int, str]:
    return (not layout.mark, not layout.is_platform, -len(layout.required), layout.format_id)
