"""One HTTPS request to a host that was judged: no redirect, a bounded answer, and an end to waiting."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from zhanggui.collect.outbound.addresses import Reachable
from zhanggui.collect.outbound.answers import Answer, Verdict
from zhanggui.collect.outbound.channel import NotConnectedError

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
MOST_ANSWER_BYTES = 1 << 16

_HEADERS = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Zhanggui", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Post:
    """A request, ready to be sent.

    Attributes
    ----------
    target : str
        Path and query.
    headers : mapping of str to str
        Beside those of every request.
    body : bytes
        The body, JSON.
    """

    target: str
    headers: Mapping[str, str]
    body: bytes


def connected(place: Reachable, *, has_tls: bool) -> socket.socket:
    """Return a connection to a judged address.

    Raises
    ------
    NotConnectedError
        There is none, or the other side cannot prove who it is.
    """
    host, port = place.endpoint.host, place.endpoint.port
    try:
        raw = socket.create_connection((place.address, port), timeout=CONNECT_SECONDS)
    except OSError as error:
        raise NotConnectedError(Verdict("later", "no_connection", _named(error))) from None
    if not has_tls:
        return raw
    return secured(raw, host)


def secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    """Return an open connection as TLS, its certificate held against the host's name.

    Raises
    ------
    NotConnectedError
        The certificate is not good for it, or there is no TLS.
    """
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raw.close()
        raise NotConnectedError(Verdict("later", "no_certificate", error.verify_message)) from None
    except OSError as error:
        raw.close()
        raise NotConnectedError(Verdict("later", "no_connection", _named(error))) from None


class HttpLine:
    """A connection over which one request goes.

    Parameters
    ----------
    place : Reachable
        Where to.
    post : Post
        What to send.
    judge : callable
        Says what an answer means.

    Raises
    ------
    NotConnectedError
        There is no connection.
    """

    def __init__(self, place: Reachable, post: Post, judge: Callable[[Answer], Verdict]) -> None:
        endpoint = place.endpoint
        self._post = post
        self._judge = judge
        self._socket = connected(place, has_tls=endpoint.is_encrypted)
        self._http = http.client.HTTPConnection(endpoint.host, endpoint.port)
        self._http.default_port = 443 if endpoint.is_encrypted else 80
        self._http.sock = self._socket

    def send(self) -> Verdict:
        """Send the request and judge its answer; without a whole answer nobody knows."""
        headers = {**_HEADERS, **self._post.headers}
        try:
            with ended_after(lambda: self._socket, WHOLE_SECONDS):
                self._http.request("POST", self._post.target, body=self._post.body, headers=headers)
                response = self._http.getresponse()
                content = response.read(MOST_ANSWER_BYTES)
                names = {name.lower(): value for name, value in response.getheaders()}
        except (OSError, http.client.HTTPException) as error:
            return Verdict("unsure", "no_answer", _named(error))
        return self._judge(Answer(response.status, names, content))

    def close(self) -> None:
        """Close the connection."""
        self._http.close()
        self._socket.close()


@contextmanager
def ended_after(connection: Callable[[], socket.socket], seconds: float) -> Iterator[None]:
    """Shut a connection when the block takes longer, however slowly the other side goes on talking."""
    connection().settimeout(seconds)

    def shut() -> None:
        with suppress(OSError):
            connection().shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, shut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _named(error: Exception) -> str:
    """Return an error without its words, in which an address may stand."""
    return type(error).__name__
