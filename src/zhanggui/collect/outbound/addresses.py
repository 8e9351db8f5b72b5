"""Where a channel may send to: public hosts by an encrypted way, and the hosts that the shop's settings trust.

A name is looked up once, every address found is judged, and the connection goes to one of these and no other: a name
that leads elsewhere a moment later gains nothing. This is done when a channel is kept and again at every sending.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from zhanggui.collect.outbound.errors import AddressForbiddenError, BadAddressError, HostUnknownError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
"""Takes a host and a port, returns its numeric addresses; raises OSError where there are none."""

HIDDEN = "••••"
SHOWN_CHARACTERS = 4

_MOST_CHARACTERS = 2000
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-_]*[A-Za-z0-9])?")
# Forms that hold an IPv4 address inside, or lead through a relay: NAT64, 6to4, Teredo; and the old site-local ones.
_WRAPPED = tuple(
    ipaddress.ip_network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "192.88.99.0/24", "::/96")
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One place to connect to.

    Attributes
    ----------
    scheme, host, port : str, str, int
        As the address says.
    target : str
        Path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is TLS from its first byte."""
        return self.scheme in {"https", "smtps"}


_PORTS = {"https": 443, "http": 80, "smtps": 465, "smtp": 587}


def endpoint_of(address: str, *, schemes: tuple[str, ...], expected: str) -> Endpoint:
    """Take an address apart.

    Parameters
    ----------
    address : str
        A URL.
    schemes : tuple of str
        Those that the kind of channel knows.
    expected : str
        What such an address looks like, for the error.

    Raises
    ------
    BadAddressError
        It is no such URL, or holds a user, or letters that no URL has.
    """

    def wrong(reason: str) -> BadAddressError:
        return BadAddressError(reason, expected=expected)

    if len(address) > _MOST_CHARACTERS or not address.isascii() or re.search(r"[\s\x00-\x20\x7f\\]", address):
        raise wrong("it holds letters that no web address has")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong("it is no web address") from None
    if parts.scheme not in schemes:
        raise wrong(f"it begins with {parts.scheme or 'nothing'!r} and not with {' or '.join(schemes)}")
    if "@" in parts.netloc:
        raise wrong("it holds a user or a password")
    host = (parts.hostname or "").rstrip(".").lower()
    if not (_HOST.fullmatch(host) or _as_ip(host)):
        raise wrong("it names no host")
    if port == 0:
        raise wrong("it names port 0")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, host, port or _PORTS[parts.scheme], target)


@dataclass(frozen=True, slots=True)
class Reachable:
    """An endpoint whose host has been looked up and judged.

    Attributes
    ----------
    endpoint : Endpoint
        The place.
    address : str
        The one numeric address to connect to.
    """

    endpoint: Endpoint
    address: str


def _looked_up(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class AddressGuard:
    """Says whether something may be sent to an endpoint.

    Parameters
    ----------
    trusted_hosts : str, default ""
        The setting ``outbound.trusted_hosts``.
    resolve : callable, optional
        Looks names up; the system's by default.
    """

    def __init__(self, trusted_hosts: str = "", *, resolve: Resolve = _looked_up) -> None:
        self._trusted = {host.strip().strip("[]").lower() for host in trusted_hosts.split(",")} - {""}
        self._resolve = resolve

    def trusts(self, host: str) -> bool:
        """Tell whether the settings name this host."""
        return host in self._trusted

    def check(self, endpoint: Endpoint) -> Reachable:
        """Look an endpoint up and judge it.

        Raises
        ------
        AddressForbiddenError
            It is not encrypted, or its host is no public one, or one of its addresses is not.
        HostUnknownError
            The host is not known.
        """
        is_trusted = self.trusts(endpoint.host)
        if endpoint.scheme == "http" and not is_trusted:
            raise AddressForbiddenError(endpoint.host, "the way there is not encrypted (http)")
        try:
            found = list(self._resolve(endpoint.host, endpoint.port))
        except (OSError, UnicodeError):
            raise HostUnknownError(endpoint.host) from None
        if not found:
            raise HostUnknownError(endpoint.host)
        if not is_trusted and not all(is_public(address) for address in found):
            raise AddressForbiddenError(endpoint.host, "it lies inside a private network")
        return Reachable(endpoint, found[0])


def is_public(address: str) -> bool:
    """Tell whether a numeric address is of the open internet.

    Examples
    --------
    >>> [is_public(a) for a in ("8.8.8.8", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    """
    ip = _as_ip(address)
    if ip is None:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip in network for network in _WRAPPED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _as_ip(text: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def shown_address(address: str, *, is_secret: bool) -> str:
    """Return an address without what is secret in it: values of its query, and the last part of its path.

    Examples
    --------
    >>> shown_address("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4", is_secret=True)
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=••••4bc4'
    """
    parts = urlsplit(address)
    query = "&".join(f"{name}={_hidden(value)}" for name, value in parse_qsl(parts.query, keep_blank_values=True))
    path = parts.path
    if is_secret and not query:
        start, _, end = path.rpartition("/")
        path = f"{start}/{_hidden(end)}" if end else path
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{query}" if query else "")


def _hidden(value: str) -> str:
    return HIDDEN + (value[-SHOWN_CHARACTERS:] if len(value) >= 4 * SHOWN_CHARACTERS else "")
