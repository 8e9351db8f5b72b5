"""What people call values that files and visits name by codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.sessions.rules import UNKNOWN, session_rules
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

OTHER_CHANNELS: Mapping[str, Text] = MappingProxyType(
    {
        UNKNOWN: Text("未知", "Unknown"),
        "message": Text("短信邮件", "Messages"),
        "search_ads": Text("搜索广告", "Search ads"),
        "feed_ads": Text("信息流广告", "Feed ads"),
        "display_ads": Text("展示广告", "Display ads"),
        "recommendation": Text("平台推荐", "Recommendations"),
        "activity": Text("活动会场", "Promotion pages"),
        "shelf": Text("商品卡", "Product cards"),
    }
)
"""Names of channels that the rules of visits do not know."""

CHANNEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "直通车": "search_ads",
        "关键词推广": "search_ads",
        "京东快车": "search_ads",
        "引力魔方": "feed_ads",
        "人群推广": "feed_ads",
        "千川": "feed_ads",
        "硬广": "display_ads",
        "hard_ads": "display_ads",
        "直播": "live",
        "短视频": "short_video",
        "小红书笔记": "notes",
        "小红书": "notes",
        "xiaohongshu": "notes",
        "公众号": "official_account",
        "企微社群": "group_chat",
        "wecom_group": "group_chat",
        "达人推荐": "creator",
        "达人": "creator",
        "好友裂变": "referral_program",
        "论坛": "referral",
        "forum": "referral",
        "手淘搜索": "search",
        "手淘推荐": "recommendation",
        "我的淘宝": "direct",
        "活动会场": "activity",
        "商品卡": "shelf",
    }
)
"""Channels by the words of files."""

_CHANNELS = {**OTHER_CHANNELS, **{channel.name: channel.label for channel in session_rules(Settings(), None).channels}}

CHANNEL_NAMES: Mapping[str, Text] = MappingProxyType(
    _CHANNELS
    # Words that a person reads stay as the file has them; codes are called as their channel is.
    | {word: _CHANNELS[channel] for word, channel in CHANNEL_WORDS.items() if word.isascii()}
    # Visits come by a link of another site; an order file means who was sent by a friend.
    | {"referral": Text("引荐", "Referral")}
)
"""What the channels that the product knows are called, and the codes that files have for them."""

DEVICE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "mobile": Text("手机", "Phone"),
        "tablet": Text("平板", "Tablet"),
        "desktop": Text("电脑", "Computer"),
        "other": Text("其他", "Other"),
    }
)

BUYER_KIND_NAMES: Mapping[str, Text] = MappingProxyType(
    {"new": Text("新客（首购日）", "New (first paid day)"), "returning": Text("老客", "Returning")}
)
