"""By what rules events make up visits, and how a visit is named by where it came from: data that a shop may replace."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.settings import Settings

CHANNELS_FILE = "channels.toml"
UNKNOWN = "unknown"
_LINES = ("source", "medium", "click_id", "referrer")


class ChannelRulesError(ZhangguiError):
    """The list of channels cannot be used."""

    code = "channel_rules"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason, where=path, next_step="docs/connectors/events.md shows how channels are written")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the first events of a visit say about where it came from; empty where they say nothing.

    `referrer` is the host of the page before, of another site.
    """

    source: str
    medium: str
    click_id: str
    referrer: str


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """One way to recognise a channel: every line holds, each by one of its words."""

    words: Mapping[str, frozenset[str]]
    is_tagged: bool

    def fits(self, origin: Origin) -> bool:
        """Whether a visit came this way."""
        if self.is_tagged and not (origin.source or origin.medium):
            return False
        for line, words in self.words.items():
            said: str = getattr(origin, line).lower()
            is_there = said in words
            if line == "referrer" and not is_there:
                is_there = any(word and said.endswith(f".{word}") for word in words)
            if not is_there:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to a site, and how it is recognised."""

    name: str
    label: Text
    rules: tuple[ChannelRule, ...]


@dataclass(frozen=True, slots=True)
class SessionRules:
    """By what rules events make up visits.

    Attributes
    ----------
    idle_minutes : int
        A longer pause ends a visit.
    splits_at_midnight : bool
        A business day ends a visit.
    channels : tuple of Channel
        The first that fits names a visit.
    digest : str
        Of all of this: visits made by other rules are made anew.
    """

    idle_minutes: int
    splits_at_midnight: bool
    channels: tuple[Channel, ...]
    digest: str

    def channel_of(self, origin: Origin) -> str:
        """Return the name of the channel of a visit.

        Examples
        --------
        >>> rules = session_rules(Settings(), None)
        >>> rules.channel_of(Origin("", "", "", "www.baidu.com")), rules.channel_of(Origin("wecom", "", "", ""))
        ('search', 'group_chat')
        """
        found = (one.name for one in self.channels if any(rule.fits(origin) for rule in one.rules))
        return next(found, UNKNOWN)


def session_rules(settings: Settings, shop_dir: Path | None) -> SessionRules:
    """Return the rules of a shop: its settings, and its own list of channels where it has one.

    Raises
    ------
    ChannelRulesError
        The shop's list cannot be used.
    """
    own = shop_dir / CHANNELS_FILE if shop_dir is not None else None
    if own is not None and own.is_file():
        text, path = own.read_bytes().decode("utf-8-sig", "replace"), str(own)
    else:
        text, path = files(__package__ or "").joinpath(CHANNELS_FILE).read_text("utf-8"), CHANNELS_FILE
    visits = settings.sessions
    said = f"{visits.idle_minutes} {visits.splits_at_midnight} {text}"
    return SessionRules(
        visits.idle_minutes,
        visits.splits_at_midnight,
        _channels(text, path),
        hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def _channels(text: str, path: str) -> tuple[Channel, ...]:
    try:
        listed = tomllib.loads(text).get("channel", [])
    except tomllib.TOMLDecodeError as error:
        raise ChannelRulesError(path, f"The list of channels is no TOML: {error}") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ChannelRulesError(path, "Channels are written as [[channel]].")
    return tuple(_channel(one, path) for one in listed)


def _channel(said: Mapping[str, Any], path: str) -> Channel:
    name, rules = said.get("name"), said.get("rules", [])
    if not isinstance(name, str) or not name:
        raise ChannelRulesError(path, "A channel has no name.")
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise ChannelRulesError(path, f"Channel {name!r}: rules are a list of tables.")
    label = Text.of(str(said.get("zh", name)), str(said.get("en", name)))
    return Channel(name, label, tuple(_rule(rule, name, path) for rule in rules))


def _rule(said: Mapping[str, Any], name: str, path: str) -> ChannelRule:
    unknown = said.keys() - {*_LINES, "is_tagged"}
    if unknown:
        raise ChannelRulesError(path, f"Channel {name!r}: there is no line {sorted(unknown)[0]!r}.")
    words = {line: _words(said[line], name, path) for line in _LINES if line in said}
    return ChannelRule(words, bool(said.get("is_tagged", False)))


def _words(said: Any, name: str, path: str) -> frozenset[str]:
    if not isinstance(said, Sequence) or isinstance(said, str) or not all(isinstance(word, str) for word in said):
        raise ChannelRulesError(path, f"Channel {name!r}: a line is a list of words.")
    return frozenset(word.lower() for word in said)
