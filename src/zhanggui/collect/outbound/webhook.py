"""A receiver of the shop's own: JSON, signed as Standard Webhooks says, under an id that never changes."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime

from zhanggui.collect.outbound.addresses import AddressGuard, Endpoint, endpoint_of
from zhanggui.collect.outbound.answers import SENT, Answer, Verdict, by_status
from zhanggui.collect.outbound.channel import Channel
from zhanggui.collect.outbound.connection import HttpLine, Post
from zhanggui.collect.outbound.errors import BadChannelError
from zhanggui.collect.outbound.fitting import SHORTENED, Line
from zhanggui.collect.outbound.message import Written, image_type
from zhanggui.collect.outbound.robots import as_bytes, fitted, size_of
from zhanggui.ledger.jobs import Delivery, JsonObject

TEXT_BYTES = 64 * 1024
"""Of everything but picture and file."""

EXPECTED = "https://erp.example.com/hooks/zhanggui"
FEWEST_KEY_BYTES = 16
SECRET_PREFIX = "whsec_"
STILL_AT_WORK = frozenset({409, 425})


class Webhook:
    """The form of a receiver of the shop's own."""

    def check(self, channel: Channel) -> None:
        """Refuse an address that is no web address, and a secret that can be guessed."""
        _endpoint(channel)
        if len(signing_key(channel.secret)) < FEWEST_KEY_BYTES:
            raise BadChannelError(
                f"The secret is too short: a signature needs at least {FEWEST_KEY_BYTES} bytes.",
                setting="the channel's secret",
                next_step="make one: `openssl rand -base64 32`, and give the receiver the same",
            )

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return the message as one JSON object, shortened where it is too long."""
        mark = ("", SHORTENED.pick(written.language))

        def body(title: str, lines: Sequence[Line]) -> JsonObject:
            return {
                "type": "message",
                "language": written.language,
                "title": title,
                "facts": [{"label": label, "value": text} for label, text in lines if label],
                "lines": [text for label, text in lines if not label],
                "link": written.link,
            }

        made = fitted(written, body, size_of, TEXT_BYTES)
        if len(made) > 1:
            # A receiver puts no pages together: the first one is the message.
            kept = fitted(written, body, size_of, TEXT_BYTES - len(mark[1].encode()) - 16)[0]
            made = [{**kept, "title": written.title, "lines": [*_lines(kept), mark[1]]}]
        if written.image is not None:
            kind = f"image/{image_type(written.image)}"
            made[0]["image"] = {"type": kind, "base64": base64.b64encode(written.image).decode()}
        if written.attachment is not None:
            content = base64.b64encode(written.attachment.content).decode()
            made[0]["attachment"] = {"name": written.attachment.name, "base64": content}
        return made

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> HttpLine:
        """Connect to the receiver, with a signature of this moment."""
        endpoint = _endpoint(channel)
        queued = datetime.fromtimestamp(delivery.queued_at, UTC).isoformat()
        body = as_bytes({"id": delivery.uid, "key": delivery.message_key, "queued_at": queued, **delivery.body})
        at = str(int(now.timestamp()))
        headers = {
            "webhook-id": delivery.uid,
            "webhook-timestamp": at,
            "webhook-signature": signature(delivery.uid, at, body, channel.secret),
        }
        return HttpLine(guard.check(endpoint), Post(endpoint.target, headers, body), lambda answer: judge(answer, now))


def _lines(body: JsonObject) -> list[object]:
    found = body["lines"]
    assert isinstance(found, list)
    return found


def _endpoint(channel: Channel) -> Endpoint:
    return endpoint_of(channel.address, schemes=("https", "http"), expected=EXPECTED)


def signing_key(secret: str) -> bytes:
    """Return the key of a secret: what ``whsec_`` and Base64 hold, else the letters themselves.

    Examples
    --------
    >>> signing_key("whsec_c2VjcmV0")
    b'secret'
    """
    if secret.startswith(SECRET_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
        except (binascii.Error, ValueError):
            return b""
    return secret.encode()


def signature(uid: str, timestamp_s: str, body: bytes, secret: str) -> str:
    """Return the header that proves who sent a body, and when.

    Examples
    --------
    >>> signature("msg_1", "1674087231", b"{}", "0123456789abcdef")
    'v1,...='
    """
    signed = hmac.digest(signing_key(secret), f"{uid}.{timestamp_s}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(signed).decode()


def judge(answer: Answer, now: datetime) -> Verdict:
    """Return what a receiver's answer means: any success is one; 409 and 425 say that it is still at work on it."""
    if answer.status in STILL_AT_WORK:
        return Verdict("later", "server_error", f"HTTP {answer.status}")
    return by_status(answer, now) or SENT
