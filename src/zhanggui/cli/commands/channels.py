"""``zhanggui channels``: where messages go out to, and what became of them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.opened import shop_at
from zhanggui.cli.secrets_given import given_address, given_secret
from zhanggui.cli.terminal import json_option, language, note, print_json, say, shop_option, table_lines

if TYPE_CHECKING:
    from zhanggui.collect.outbound import Outbox
    from zhanggui.ledger.jobs import ChannelRecord, Delivery
    from zhanggui.ledger.shop import Shop

TEST_SECONDS = 30.0
POLL_SECONDS = 0.2
STATES = ("waiting", "sending", "sent", "unknown", "refused")


@click.group(name="channels")
def command() -> None:
    """Send messages to chat robots, mail and receivers of your own."""


@command.command(name="add")
@click.argument("name")
@click.option("--kind", required=True, help="wecom_robot, dingtalk_robot, feishu_robot, email or webhook.")
@click.option("--address", help="Of e-mail alone: its server, such as smtps://smtp.example.com:465.")
@click.option(
    "--address-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Holds the web address; else $ZHANGGUI_CHANNEL_ADDRESS. A terminal asks for it.",
)
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Holds the signing secret or password; else $ZHANGGUI_CHANNEL_SECRET. A terminal asks for it.",
)
@click.option("--keyword", default="", help="The word that a robot's safety rule asks for in each message.")
@click.option("--sender", default="", metavar="ADDRESS", help="Of e-mail: who it is from.")
@click.option("--to", "recipients", multiple=True, metavar="ADDRESS", help="Of e-mail: who gets it; may be repeated.")
@click.option("--user", default="", help="Of e-mail: name of the login; the sender when absent.")
@click.option("--alerts/--no-alerts", "gets_alerts", default=True, help="Whether it is told of alerts; it is.")
@click.option("--per-minute", type=int, help="Messages in a minute; the platform's own limit when absent.")
@click.option("--quiet", metavar="HH:MM-HH:MM", help="Send nothing between these times; it waits until their end.")
@click.option("--language", "tongue", type=click.Choice(["zh", "en"]), help="Language of what is sent.")
@shop_option
@json_option
def add(
    name: str,
    kind: str,
    address: str | None,
    address_file: Path | None,
    secret_file: Path | None,
    quiet: str | None,
    recipients: Sequence[str],
    shop: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Add a channel; its address and secret are sealed under the shop's key.

    Neither stands on the command line, where other programs and the shell's history would see it.
    """
    from zhanggui.collect.outbound import Channels, kind_named

    opened = shop_at(shop)
    facts = kind_named(kind)
    tongue = language()
    where = given_address(address, address_file, is_secret=facts.is_address_secret, tongue=tongue)
    secret = given_secret(secret_file, facts.secret, tongue=tongue)
    options = {
        "keyword": given["keyword"],
        "sender": given["sender"],
        "recipients": ",".join(recipients),
        "user": given["user"],
        "alerts": "" if given["gets_alerts"] else "no",
    }
    record = Channels.of(opened).add(
        name,
        kind,
        where,
        secret=secret,
        options=options,
        per_minute=given["per_minute"],
        quiet=_span(quiet),
        tz=opened.settings.shop.timezone,
        language=given["tongue"] or opened.settings.shop.language,
    )
    if as_json:
        print_json(_channel_json(record))
        return
    is_zh = tongue == "zh"
    say(f"已添加消息渠道 {name}：{record.shown_address}" if is_zh else f"Channel {name} added: {record.shown_address}")
    say(f"  {'下一步' if is_zh else 'next'}: zhanggui channels test {name}")


def _span(quiet: str | None) -> tuple[str, str] | None:
    if quiet is None:
        return None
    start, _, end = quiet.partition("-")
    return start.strip(), end.strip()


@command.command(name="list")
@shop_option
@json_option
def list_channels(shop: Path | None, as_json: bool) -> None:
    """List the channels; what is secret is not shown."""
    from zhanggui.collect.outbound import KINDS, Channels

    records = Channels.of(shop_at(shop)).list_channels()
    if as_json:
        print_json({"channels": [_channel_json(record) for record in records]})
        return
    tongue = language()
    zh, en = (
        ["名称", "类型", "地址", "每分钟", "免打扰", "语言"],
        ["name", "kind", "address", "a minute", "quiet", "language"],
    )
    rows = [
        [
            record.name,
            KINDS[record.kind].label.pick(tongue),
            record.shown_address,
            str(record.per_minute),
            f"{record.quiet_from}-{record.quiet_until} {record.tz}" if record.quiet_from else "-",
            record.language,
        ]
        for record in records
    ]
    _print_table(zh if tongue == "zh" else en, rows)


@command.command(name="test")
@click.argument("name")
@shop_option
@json_option
@click.pass_context
def test(context: click.Context, shop: Path | None, as_json: bool, name: str) -> None:
    """Send a short message to a channel and say what became of it; exit code 1 when it is not sent."""
    from zhanggui.collect.outbound import Message, Outbox
    from zhanggui.i18n import Text

    opened = shop_at(shop)
    outbox = Outbox.of(opened)
    message = Message(
        Text("掌柜测试消息", "A test by Zhanggui"),
        lines=(Text("收到这条消息，说明渠道可用。", "If you can read this, the channel works."),),
    )
    key = f"test:{uuid.uuid4().hex}"
    outbox.put(message, [name], key)
    _send_or_wait(opened, outbox, key)
    [delivery] = outbox.of_message(key)
    if as_json:
        print_json(_message_json(delivery))
    else:
        say(_told(delivery))
    context.exit(0 if delivery.state == "sent" else 1)


def _send_or_wait(shop: Shop, outbox: Outbox, key: str) -> None:
    """Send what is due here, or wait until the server that does so has come to this message."""
    from zhanggui.collect.outbound import Courier

    courier = Courier.of(shop)
    deadline = time.monotonic() + TEST_SECONDS
    while True:
        courier.run_due()
        [delivery] = outbox.of_message(key)
        is_untried = delivery.state == "sending" or (delivery.state == "waiting" and not delivery.reason)
        if not is_untried or time.monotonic() > deadline:
            return
        time.sleep(POLL_SECONDS)


@command.command(name="remove")
@click.argument("name")
@shop_option
@json_option
def remove(shop: Path | None, as_json: bool, name: str) -> None:
    """Forget a channel and its secret; what waits for it is not sent."""
    from zhanggui.collect.outbound import Channels

    n_left = Channels.of(shop_at(shop)).remove(name)
    if as_json:
        print_json({"removed": name, "not_sent": n_left})
        return
    if language() == "zh":
        say(f"已删除消息渠道 {name}；{n_left} 条等待中的消息不再发送")
    else:
        say(f"Channel {name} removed; {n_left} waiting messages will not be sent")


@command.command(name="messages")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Only these; may be repeated.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@shop_option
@json_option
@click.pass_context
def messages(context: click.Context, shop: Path | None, as_json: bool, states: Any, limit: int) -> None:
    """List what went out or waits, newest first.

    Exit code 1 when a message was not sent, or nobody knows whether it arrived.
    """
    from zhanggui.collect.outbound import Outbox

    outbox = Outbox.of(shop_at(shop))
    found = outbox.list_deliveries(states, limit=limit)
    counts = outbox.n_by_state()
    if as_json:
        print_json({"messages": [_message_json(delivery) for delivery in found], "counts": counts})
    else:
        _print_messages(found)
        if counts.get("unknown") or counts.get("refused"):
            note(_HINT[language()])
    context.exit(1 if counts.get("unknown") or counts.get("refused") else 0)


_HINT = {
    "zh": "未送达或送达不明的消息可以重新发送：zhanggui channels resend ID（送达不明的可能因此收到两次）",
    "en": "Send one again with `zhanggui channels resend ID`; one of which nobody knows may then be there twice.",
}


@command.command(name="resend")
@click.argument("ids", nargs=-1, type=int, required=True, metavar="ID...")
@shop_option
@json_option
def resend(shop: Path | None, as_json: bool, ids: Sequence[int]) -> None:
    """Send messages again that were not sent, or of which nobody knows whether they arrived."""
    from zhanggui.collect.outbound import Outbox

    opened = shop_at(shop)
    outbox = Outbox.of(opened)
    with opened.state.transaction():
        for number in ids:
            outbox.resend(number)
    if as_json:
        print_json({"waiting": list(ids)})
        return
    say(f"{len(ids)} 条消息已重新排队" if language() == "zh" else f"{len(ids)} messages wait to be sent again")


@command.command(name="send")
@shop_option
@json_option
@click.pass_context
def send(context: click.Context, shop: Path | None, as_json: bool) -> None:
    """Send what is due now; the workbench's server does so by itself.

    Exit code 1 when a message was not sent, or nobody knows whether it arrived.
    """
    from zhanggui.app.telling import tell_alerts
    from zhanggui.collect.outbound import Courier, Outbox

    opened = shop_at(shop)
    n_attempts = Courier.of(opened, gather=partial(tell_alerts, opened)).run_due()
    counts = Outbox.of(opened).n_by_state()
    if as_json:
        print_json({"attempts": n_attempts, "counts": counts})
    else:
        from zhanggui.collect.outbound import STATES as WORDS

        tongue = language()
        say(f"{n_attempts} 次发送" if tongue == "zh" else f"{n_attempts} attempts")
        for state, n_messages in counts.items():
            say(f"  {WORDS[state].pick(tongue)}: {n_messages}")
    context.exit(1 if counts.get("unknown") or counts.get("refused") else 0)


def _channel_json(record: ChannelRecord) -> dict[str, object]:
    return {
        "name": record.name,
        "kind": record.kind,
        "address": record.shown_address,
        "per_minute": record.per_minute,
        "quiet": f"{record.quiet_from}-{record.quiet_until}" if record.quiet_from else None,
        "tz": record.tz,
        "language": record.language,
    }


def _message_json(delivery: Delivery) -> dict[str, object]:
    return {
        "id": delivery.delivery_id,
        "key": delivery.message_key,
        "channel": delivery.channel,
        "title": delivery.title,
        "part": delivery.part,
        "parts": delivery.n_parts,
        "state": delivery.state,
        "reason": delivery.reason or None,
        "detail": delivery.detail or None,
        "queued_at": _moment(delivery.queued_at),
        "due_at": _moment(delivery.due_at) if delivery.state == "waiting" else None,
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _told(delivery: Delivery) -> str:
    """Return what became of a message, in one line."""
    from zhanggui.collect.outbound import REASONS, STATES

    tongue = language()
    words = [STATES[delivery.state].pick(tongue)]
    if delivery.reason:
        words.append(REASONS[delivery.reason].pick(tongue) if delivery.reason in REASONS else delivery.reason)
    if delivery.detail:
        words.append(delivery.detail)
    return ("：" if tongue == "zh" else ": ").join(words)


def _print_messages(found: Iterable[Delivery]) -> None:
    zh, en = ["ID", "时间", "渠道", "标题", "状态"], ["id", "put in", "channel", "title", "state"]
    rows = []
    for delivery in found:
        part = f" ({delivery.part}/{delivery.n_parts})" if delivery.n_parts > 1 else ""
        at = datetime.fromtimestamp(delivery.queued_at).astimezone().strftime("%m-%d %H:%M")
        rows.append([str(delivery.delivery_id), at, delivery.channel, delivery.title + part, _told(delivery)])
    _print_table(zh if language() == "zh" else en, rows)


def _print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for line in table_lines(header, rows, right=[False] * len(header)):
        say(line)
