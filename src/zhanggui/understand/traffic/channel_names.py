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
from zhanggui.ledger.sessions.rules import CHANNELS_FILE, UNKNOWN, ChannelRulesError
from zhanggui.metrics.value_names import CHANNEL_WORDS, OTHER_CHANNELS
from zhanggui.understand.desk import Desk

DIRECT = "direct"
MESSAGE = "message"

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
        self._labels = {**OTHER_CHANNELS, **{channel.name: channel.label for channel in rules.channels}}
        self._own = dict(own)

    def of_visit(self, word: str | None) -> str:
        """Return the channel of a visit, an advertising report or a declared source; the word itself if unknown."""
        if not word:
            return UNKNOWN
        last = word.rsplit(" > ", 1)[-1].strip()
        return self._own.get(last) or CHANNEL_WORDS.get(last) or last

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
