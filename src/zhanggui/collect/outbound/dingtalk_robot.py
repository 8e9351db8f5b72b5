"""DingTalk's custom robot 钉钉自定义机器人: Markdown, a signature or a keyword, ten minutes' pause after too much."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote_plus

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

BODY_BYTES = 15_000
EXPECTED = "https://oapi.dingtalk.com/robot/send?access_token=…"
TOO_OFTEN = frozenset({130101, 410100})
BLOCKED_SECONDS = 600.0
BUSY = -1


class DingtalkRobot:
    """The form of DingTalk's custom robot."""

    def check(self, channel: Channel) -> None:
        """Refuse an address that is none of a robot."""
        robot_endpoint(channel, "/robot/send", "access_token", EXPECTED)

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return Markdown pages; a robot takes pictures by their public address alone, and no files."""
        told = with_keyword(without_files(written), channel)

        def body(title: str, lines: Sequence[Line]) -> JsonObject:
            return {"msgtype": "markdown", "markdown": {"title": plain(title), "text": _markdown(told, title, lines)}}

        return fitted(told, body, size_of, BODY_BYTES)

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> HttpLine:
        """Connect to the robot, with a signature of this moment."""
        endpoint = robot_endpoint(channel, "/robot/send", "access_token", EXPECTED)
        target = endpoint.target
        if channel.secret:
            at = str(int(now.timestamp() * 1000))
            target += f"&timestamp={at}&sign={quote_plus(signature(at, channel.secret))}"

        def judge(answer: Answer) -> Verdict:
            return judged(answer, now, channel, lambda content: integer(content.get("errcode")), verdict_of)

        return robot_line(endpoint, target, delivery_body(delivery), guard, judge)


def signature(timestamp_ms: str, secret: str) -> str:
    """Return the signature of a moment; the secret is the key.

    Examples
    --------
    >>> signature("1577262236757", "this is secret")
    'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM='
    """
    return base64.b64encode(hmac.digest(secret.encode(), f"{timestamp_ms}\n{secret}".encode(), "sha256")).decode()


def _markdown(written: Written, title: str, lines: Sequence[Line]) -> str:
    parts = [f"### {plain(title)}"]
    parts += [f"**{plain(label)}**：{plain(text)}" if label else plain(text) for label, text in lines]
    if written.link:
        parts.append(f"[{MORE.pick(written.language)}]({written.link})")
    # A single line end is not shown as one.
    return "\n\n".join(parts)


def verdict_of(code: int, words: str) -> Verdict:
    """Return what one of the robot's error codes means."""
    if code in TOO_OFTEN:
        return Verdict("later", "rate_limited", words, BLOCKED_SECONDS)
    if code == BUSY:
        return Verdict("later", "server_error", words)
    return Verdict("refused", "refused", words)
