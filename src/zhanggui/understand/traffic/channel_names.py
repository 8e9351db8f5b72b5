"""One name for each channel, whatever the word: of visits, of order files, of advertising reports, of declared sources.

A shop adds words of its own under ``[words]`` in its ``channels.toml``; they come first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.sessions import SessionRules, session_rules
from zhanggui.ledger.sessions.rules import CHANNELS_FILE, ChannelRulesError
from zhanggui.understand.desk import Desk

UNKNOWN = "unknown"
DIRECT = "direct"
MESSAGE = "message"

LABELS: Mapping[str, Text] = MappingProxyType(
    {
        UNKNOWN: Text("未知", "Unknown"),
        MESSAGE: Text("短信邮件", "Messages"),
        "search_ads": Text("搜索广告", "Search ads"),
        "feed_ads": Text("信息流广告", "Feed ads"),
        "display_ads": Text("展示广告", "Display ads"),
        "recommendation": Text("平台推荐", "Recommendations"),
        "activity": Text("活动会场", "Promotion pages"),
        "shelf": Text("商品卡", "Product cards"),
    }
)
"""Names of channels that the rules of visits do not know."""

WORDS: Mapping[str, str] = MappingProxyType(
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

ORDER_WORDS: Mapping[str, str] = MappingProxyType({"referral": "referral_program"})
"""Words that order files use for something else than visits do: who was sent by a friend."""


class ChannelNames:
    """The channels of a shop by every word that stands for them.

    Parameters
    ----------
    rules : SessionRules
        How visits are named.
    own : mapping of str to str
        The shop's own words.
    """

    def __init__(self, rules: SessionRules, own: Mapping[str, str]) -> None:
        self._labels = {**LABELS, **{channel.name: channel.label for channel in rules.channels}}
        self._own = dict(own)

    def of_visit(self, word: str | None) -> str:
        """Return the channel of a visit, an advertising report or a declared source; the word itself if unknown."""
        if not word:
            return UNKNOWN
        last = word.rsplit(" > ", 1)[-1].strip()
        return self._own.get(last) or WORDS.get(last) or last

    def of_order(self, word: str | None) -> str:
        """Return the channel that an order file names."""
        return self._own.get(word or "") or ORDER_WORDS.get(word or "") or self.of_visit(word)

    def label(self, channel: str) -> Text:
        """Return what a person reads."""
        return self._labels.get(channel, Text.same(channel))


def channel_names(desk: Desk) -> ChannelNames:
    """Return the names of the shop's channels; read once until the ledger changes."""

    def read() -> ChannelNames:
        directory = desk.shop.dir
        rules = session_rules(desk.shop.settings, directory)
        return ChannelNames(rules, _own_words(directory / CHANNELS_FILE))

    return desk.kept("channel names", read)


def _own_words(file: Path) -> Mapping[str, str]:
    if not file.is_file():
        return {}
    words = tomllib.loads(file.read_bytes().decode("utf-8-sig", "replace")).get("words", {})
    if not isinstance(words, dict) or not all(isinstance(value, str) for value in words.values()):
        raise ChannelRulesError(str(file), "[words] holds one channel for each word.")
    return {str(word): value for word, value in words.items()}
