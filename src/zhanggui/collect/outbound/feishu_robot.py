"""Feishu's custom robot 飞书自定义机器人: a card of at most 20 KB, signed in its body."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

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
    size_of,
    with_keyword,
    without_files,
)
from zhanggui.ledger.jobs import Delivery, JsonObject

BODY_BYTES = 20 * 1024 - 128
"""Less what the signature adds."""

EXPECTED = "https://open.feishu.cn/open-apis/bot/v2/hook/…"
TOO_OFTEN = 11232
BAD_OR_TOO_OFTEN = 9499
"""A bad request, or too many: only its words say which."""


class FeishuRobot:
    """The form of Feishu's custom robot."""

    def check(self, channel: Channel) -> None:
        """Refuse an address that is none of a robot."""
        robot_endpoint(channel, "/open-apis/bot/v2/hook/", "", EXPECTED)

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return cards; a robot takes no picture that was not uploaded by an app, and no files."""
        told = with_keyword(without_files(written), channel)

        def body(title: str, lines: Sequence[Line]) -> JsonObject:
            return {"msg_type": "interactive", "card": _card(told, title, lines)}

        return fitted(told, body, size_of, BODY_BYTES)

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> HttpLine:
        """Connect to the robot, with a signature of this moment."""
        endpoint = robot_endpoint(channel, "/open-apis/bot/v2/hook/", "", EXPECTED)
        body = delivery_body(delivery)
        if channel.secret:
            at = str(int(now.timestamp()))
            body = {"timestamp": at, "sign": signature(at, channel.secret), **body}

        def judge(answer: Answer) -> Verdict:
            return judged(answer, now, channel, _code, verdict_of)

        return robot_line(endpoint, endpoint.target, body, guard, judge)


def signature(timestamp_s: str, secret: str) -> str:
    """Return the signature of a moment; moment and secret are the key, and the message is empty.

    Examples
    --------
    >>> signature("1599360473", "demo")
    'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8='
    """
    return base64.b64encode(hmac.digest(f"{timestamp_s}\n{secret}".encode(), b"", "sha256")).decode()


def _card(written: Written, title: str, lines: Sequence[Line]) -> JsonObject:
    text = "\n".join(f"**{plain(label)}**：{plain(text)}" if label else plain(text) for label, text in lines)
    elements: list[JsonObject] = [{"tag": "markdown", "content": text}] if text else []
    if written.link:
        label = {"tag": "plain_text", "content": MORE.pick(written.language)}
        button = {"tag": "button", "text": label, "url": written.link, "type": "primary"}
        elements.append({"tag": "action", "actions": [button]})
    header = {"title": {"tag": "plain_text", "content": title}}
    return {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}


def _code(content: dict[str, Any]) -> int | None:
    """Return the code; the older answer names it otherwise."""
    found = integer(content.get("code"))
    return integer(content.get("StatusCode")) if found is None else found


def verdict_of(code: int, words: str) -> Verdict:
    """Return what one of the robot's error codes means."""
    if code == TOO_OFTEN or (code == BAD_OR_TOO_OFTEN and "too many" in words.lower()):
        return Verdict("later", "rate_limited", words, 60.0)
    return Verdict("refused", "refused", words)
