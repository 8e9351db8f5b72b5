"""What sent an event: kind of device, app or browser, the sender's network, and whether it is a machine."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.pages import Memo

_BOT = re.compile(
    r"bot\b|bot[/;_-]|spider|crawl|slurp|headless|phantomjs|puppeteer|playwright|selenium|scrapy|python-|curl/|wget/"
    r"|go-http-client|okhttp/|java/|libwww|httpclient|axios/|node-fetch|postmanruntime|monitor|pingdom|lighthouse"
    r"|facebookexternalhit|bingpreview|mediapartners|ahrefs|semrush|bytespider|yisouspider|sogou web|360spider",
    re.IGNORECASE,
)
_APPS: Sequence[tuple[str, str]] = (
    ("MicroMessenger", "wechat"),
    ("AlipayClient", "alipay"),
    ("aweme", "douyin"),
    ("Kwai", "kuaishou"),
    ("xhsdiscover", "xiaohongshu"),
    ("Weibo", "weibo"),
    ("DingTalk", "dingtalk"),
    ("QQ/", "qq"),
    ("Edg", "edge"),
    ("Firefox", "firefox"),
    ("OPR/", "opera"),
    ("Chrome", "chrome"),
    ("Safari", "safari"),
)
_TABLET = re.compile(r"ipad|tablet|(?=.*android)(?!.*mobile)", re.IGNORECASE)
_MOBILE = re.compile(r"mobile|iphone|android|phone|harmony", re.IGNORECASE)
_DESKTOP = re.compile(r"windows nt|macintosh|x11|cros ", re.IGNORECASE)

Agent = tuple[str, str | None, str | None]


def agent_of(text: str) -> Agent:
    """Return kind of device, app, and the mark of a machine.

    Examples
    --------
    >>> agent_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.60")
    ('mobile', 'wechat', None)
    >>> agent_of("python-requests/2.32.3")
    ('other', None, 'agent')
    """
    app = next((name for sign, name in _APPS if sign in text), None)
    kind = "other"
    for pattern, name in ((_TABLET, "tablet"), (_MOBILE, "mobile"), (_DESKTOP, "desktop")):
        if pattern.search(text):
            kind = name
            break
    return kind, app, "agent" if _BOT.search(text) else None


def network_of(text: str) -> str:
    """Return the network of an address: what is left when its owner can no longer be told; empty for none.

    Examples
    --------
    >>> network_of("203.0.113.77"), network_of("2001:db8:85a3:8d3:1319:8a2e:370:7348"), network_of("x")
    ('203.0.113.0', '2001:db8:85a3::', '')
    """
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    n_bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, n_bits), strict=False).network_address)


class Agents:
    """Reads columns of user agents and addresses; remembers what it has seen."""

    def __init__(self) -> None:
        self._agent = Memo(agent_of)
        self._network = Memo(network_of)

    def agents(self, column: Any) -> dict[str, Any]:
        """Return ``device``, ``app`` and ``bot_mark`` of each user agent; nothing where none is said."""
        encoded = pc.dictionary_encode(column)
        found = [self._agent(text) for text in encoded.dictionary.to_pylist()]
        names = ("device", "app", "bot_mark")
        return {
            name: pa.array([one[place] for one in found], pa.string()).take(encoded.indices)
            for place, name in enumerate(names)
        }

    def networks(self, column: Any) -> Any:
        """Return the network of each address."""
        encoded = pc.dictionary_encode(column)
        found = [self._network(text) or None for text in encoded.dictionary.to_pylist()]
        return pa.array(found, pa.string()).take(encoded.indices)
