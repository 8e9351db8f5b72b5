"""What a recognised format is called."""

from __future__ import annotations

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.events.protocols import FORMAT_PREFIX, protocol_by_format
from zhanggui.i18n import Text

MAP_PREFIX = "map:"


def format_label(format_id: str) -> Text:
    """Return the name of a format; a user's map is named as such.

    Examples
    --------
    >>> format_label("map:online_retail_ii").zh
    '按映射 online_retail_ii 读取'
    """
    if format_id.startswith(MAP_PREFIX):
        name = format_id.removeprefix(MAP_PREFIX)
        return Text(f"按映射 {name} 读取", f"read by the map {name}")
    if format_id.startswith(FORMAT_PREFIX):
        protocol = protocol_by_format(format_id)
        return Text(protocol.title_zh, protocol.title_en)
    for layout in known_formats():
        if layout.format_id == format_id:
            return Text(layout.title_zh, layout.title_en)
    return Text.same(format_id or "-")
