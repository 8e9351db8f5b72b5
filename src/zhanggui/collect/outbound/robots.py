"""What the robots of group chats share: one POST of JSON to an address that is itself the right to send."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from zhanggui.collect.outbound.addresses import AddressGuard, Endpoint, endpoint_of
from zhanggui.collect.outbound.answers import SENT, Answer, Verdict, by_status, scrubbed
from zhanggui.collect.outbound.channel import Channel
from zhanggui.collect.outbound.connection import HttpLine, Post
from zhanggui.collect.outbound.errors import BadAddressError
from zhanggui.collect.outbound.fitting import SHORTENED, Line, cut_to_bytes, numbered, pages
from zhanggui.collect.outbound.message import Written
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Delivery, JsonObject

MORE = Text("查看详情", "Open")
NO_PICTURE = Text("（图片请在页面中查看）", "(see the picture on the page)")
NO_FILE = Text("（附件 {name} 请在页面中下载）", "(download {name} from the page)")
MOST_TITLE_BYTES = 240

# Letters with a meaning in the Markdown of these platforms, and the full-width ones that only look like them: none of
# them documents a way to escape one. A line must not become a heading, a link, or a call to everybody in the chat.
_LOOK_ALIKES = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "＇", "~": "～", "#": "＃"})


def plain(text: str) -> str:
    """Return a text in which nothing is markup.

    Examples
    --------
    >>> plain("<@all> [点这里](http://x) SKU_01 -5%")
    '＜@all＞ ［点这里］(http://x) SKU_01 -5%'
    """
    escaped = text.translate(_LOOK_ALIKES)
    # At the start of a line these make lists and rules.
    return "－" + escaped[1:] if escaped.startswith(("- ", "---")) else escaped


def robot_endpoint(channel: Channel, path: str, query: str, expected: str) -> Endpoint:
    """Return where a robot listens.

    Parameters
    ----------
    channel : Channel
        The robot.
    path : str
        How the path of such an address begins.
    query : str
        The name in its query that has to have a value; empty where the end of the path says who it is.
    expected : str
        What such an address looks like.

    Raises
    ------
    BadAddressError
        It looks otherwise.
    """
    endpoint = endpoint_of(channel.address, schemes=("https", "http"), expected=expected)
    has_path = endpoint.target.startswith(path) and len(endpoint.target) > len(path)
    if not has_path or (query and f"{query}=" not in endpoint.target):
        raise BadAddressError("it is not the address of such a robot", expected=expected)
    return endpoint


def fitted(
    written: Written,
    body: Callable[[str, Sequence[Line]], JsonObject],
    n_bytes: Callable[[JsonObject], int],
    limit: int,
) -> list[JsonObject]:
    """Return the pages of a message as bodies that are within a platform's limit.

    Parameters
    ----------
    written : Written
        The message.
    body : callable
        Makes the body of a title and lines.
    n_bytes : callable
        Measures what the limit is of.
    limit : int
        In bytes.
    """
    title = cut_to_bytes(written.title, MOST_TITLE_BYTES)
    # The longest number that a page may get stands for its own while it is measured.
    longest = numbered(title, 9, 9)
    found = pages(
        written.lines,
        lambda lines: n_bytes(body(longest, lines)) <= limit,
        mark=SHORTENED.pick(written.language),
    )
    return [body(numbered(title, number, len(found)), lines) for number, lines in enumerate(found, start=1)]


def with_keyword(written: Written, channel: Channel) -> Written:
    """Return the message with the robot's keyword in its title, where it stands nowhere yet."""
    keyword = channel.options.get("keyword", "")
    if not keyword or keyword in written.title:
        return written
    return replace(written, title=f"{keyword} {written.title}")


def without_files(written: Written) -> Written:
    """Return a message without picture and file, for robots that take none, and with lines that name them."""
    lines = list(written.lines)
    if written.image is not None:
        lines.append(("", NO_PICTURE.pick(written.language)))
    if written.attachment is not None:
        lines.append(("", NO_FILE.pick(written.language).format(name=written.attachment.name)))
    return replace(written, lines=tuple(lines), image=None, attachment=None)


def size_of(body: JsonObject) -> int:
    """Return how many bytes a body has on the wire."""
    return len(as_bytes(body))


def as_bytes(body: JsonObject) -> bytes:
    """Return a body as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def robot_line(
    endpoint: Endpoint,
    target: str,
    body: JsonObject,
    guard: AddressGuard,
    judge: Callable[[Answer], Verdict],
) -> HttpLine:
    """Connect to a robot with a body ready to go."""
    return HttpLine(guard.check(endpoint), Post(target, {}, as_bytes(body)), judge)


def judged(
    answer: Answer,
    now: datetime,
    channel: Channel,
    code_of: Callable[[dict[str, Any]], int | None],
    verdict_of: Callable[[int, str], Verdict],
) -> Verdict:
    """Return what a robot's answer means: 200 says only that it was read; what it thinks stands in the body.

    Parameters
    ----------
    answer : Answer
        What came back.
    now : datetime
        The moment.
    channel : Channel
        The robot, whose secrets are kept out of what it said.
    code_of : callable
        Finds the code in the body; None where there is none.
    verdict_of : callable
        Says what a code other than 0 means, with its words.
    """
    by_its_status = by_status(answer, now)
    if by_its_status is not None:
        return by_its_status
    content = answer.json()
    code = code_of(content) if content is not None else None
    if content is None or code is None:
        return Verdict("unsure", "no_answer", "its answer is not understood")
    if code == 0:
        return SENT
    said = str(content.get("errmsg") or content.get("msg") or content.get("StatusMessage") or "")
    words = scrubbed(f"{code} {said}", (channel.address, channel.secret))
    return verdict_of(code, words)


def integer(value: object) -> int | None:
    """Return a code, or None of anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def delivery_body(delivery: Delivery) -> JsonObject:
    """Return a copy of what was put in, to be signed."""
    return dict(delivery.body)
