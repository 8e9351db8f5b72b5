"""What people call values that files and visits name by codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.sessions.rules import session_rules
from zhanggui.settings import Settings

PLATFORM_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "taobao": Text("淘宝", "Taobao"),
        "tmall": Text("天猫", "Tmall"),
        "jd": Text("京东", "JD"),
        "pinduoduo": Text("拼多多", "Pinduoduo"),
        "douyin": Text("抖店", "Douyin"),
        "kuaishou": Text("快手", "Kuaishou"),
        "xiaohongshu": Text("小红书", "Xiaohongshu"),
        "weixin_store": Text("微信小店", "Weixin store"),
        "own_site": Text("自有网站", "own site"),
        "other": Text("其他", "other"),
    }
)

CHANNEL_NAMES: Mapping[str, Text] = MappingProxyType(
    {channel.name: channel.label for channel in session_rules(Settings(), None).channels}
    # Visits come by a link of another site; an order file means who was sent by a friend.
    | {"referral": Text("引荐", "Referral")}
    # Words of a site's own order export.
    | {
        "wecom_group": Text("企微社群", "WeCom group"),
        "hard_ads": Text("硬广", "Display ads"),
        "xiaohongshu": Text("小红书", "Xiaohongshu"),
        "forum": Text("论坛", "Forum"),
    }
)
"""What the channels that the product knows are called; order files have words of their own beside them."""

BUYER_KIND_NAMES: Mapping[str, Text] = MappingProxyType(
    {"new": Text("新客（首购日）", "New (first paid day)"), "returning": Text("老客", "Returning")}
)
