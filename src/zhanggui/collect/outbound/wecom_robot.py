"""WeCom's group robot 企微群机器人: Markdown of at most 4,096 bytes, pictures, no signature."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime

from zhanggui.collect.outbound.addresses import AddressGuard
from zhanggui.collect.outbound.answers import Answer, Verdict
from zhanggui.collect.outbound.channel import Channel
from zhanggui.collect.outbound.connection import HttpLine
from zhanggui.collect.outbound.fitting import Line
from zhanggui.collect.outbound.message import Written
from zhanggui.collect.outbound.robots import (
    MORE,
    delivery_body,
    fitted,
    integer,
    judged,
    plain,
    robot_endpoint,
    robot_line,
)
from zhanggui.ledger.jobs import Delivery, JsonObject

MARKDOWN_BYTES = 4096
EXPECTED = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"

TOO_OFTEN = frozenset({45009, 45033})
"""More calls than allowed: in a minute, or at once."""

BUSY = -1


class WecomRobot:
    """The form of WeCom's group robot."""

    def check(self, channel: Channel) -> None:
        """Refuse an address that is none of a robot."""
        robot_endpoint(channel, "/cgi-bin/webhook/send", "key", EXPECTED)

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return Markdown pages, and the picture as a message of its own."""

        def body(title: str, lines: Sequence[Line]) -> JsonObject:
            return {"msgtype": "markdown", "markdown": {"content": _markdown(written, title, lines)}}

        made = fitted(written, body, _content_bytes, MARKDOWN_BYTES)
        if written.image is not None:
            made.append(_picture(written.image))
        return made

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> HttpLine:
        """Connect to the robot."""
        endpoint = robot_endpoint(channel, "/cgi-bin/webhook/send", "key", EXPECTED)

        def judge(answer: Answer) -> Verdict:
            return judged(answer, now, channel, lambda content: integer(content.get("errcode")), verdict_of)

        return robot_line(endpoint, endpoint.target, delivery_body(delivery), guard, judge)


def _markdown(written: Written, title: str, lines: Sequence[Line]) -> str:
    parts = [f"### {plain(title)}"]
    parts += [f"> **{plain(label)}**：{plain(text)}" if label else plain(text) for label, text in lines]
    if written.link:
        parts.append(f"[{MORE.pick(written.language)}]({written.link})")
    return "\n".join(parts)


def _content_bytes(body: JsonObject) -> int:
    content = body["markdown"]
    assert isinstance(content, dict)
    return len(str(content["content"]).encode())


def _picture(image: bytes) -> JsonObject:
    # The platform asks for the MD5 to check the transfer; it protects nothing.
    digest = hashlib.md5(image, usedforsecurity=False).hexdigest()
    return {"msgtype": "image", "image": {"base64": base64.b64encode(image).decode(), "md5": digest}}


def verdict_of(code: int, words: str) -> Verdict:
    """Return what one of the robot's error codes means."""
    if code in TOO_OFTEN:
        return Verdict("later", "rate_limited", words, 60.0)
    if code == BUSY:
        return Verdict("later", "server_error", words)
    return Verdict("refused", "refused", words)
