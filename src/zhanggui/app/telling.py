"""Alerts on their way to people: what waits to be told goes into the outbox, for every channel that gets alerts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from zhanggui.collect.outbound import Channels, Fact, Message, Outbox
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import AlertBook
from zhanggui.ledger.jobs.queue import Clock, utc_now
from zhanggui.ledger.shop import Shop
from zhanggui.understand.monitoring import messages

MOST_SEPARATE = 5
"""More alerts than these at once are told in one message: a chat that is flooded is not read."""

GETS_ALERTS = "alerts"
NO = "no"

_SEVERITIES = {
    "critical": Text("紧急", "critical"),
    "warning": Text("注意", "warning"),
    "info": Text("提示", "info"),
}


def tell_alerts(shop: Shop, *, clock: Clock = utc_now) -> int:
    """Put what waits to be told into the outbox and return how many alerts that were.

    Alert and message are written in one transaction, so that an alert is told once whatever is killed when. Without a
    channel that gets alerts they wait.

    Parameters
    ----------
    shop : Shop
        The shop.
    clock : callable, optional
        Returns the current moment.
    """
    if not AlertBook(shop.state).waiting():
        return 0
    channels = Channels.of(shop, clock=clock)
    names = [record.name for record in channels.list_channels()]
    names = [name for name in names if channels.open(name).options.get(GETS_ALERTS) != NO]
    if not names:
        return 0
    outbox = Outbox.of(shop, clock=clock)
    server = shop.running_server()
    taken: list[messages.Message] = []
    with shop.state.transaction():
        messages.hand_over(shop, clock(), taken.append)
        for key, message in _written(taken, server.url.rstrip("/") if server else None):
            outbox.put(message, names, key)
    return len(taken)


def _written(taken: Sequence[messages.Message], url: str | None) -> Iterator[tuple[str, Message]]:
    """Yield key and message of each alert, or of all together where there are many."""
    if len(taken) <= MOST_SEPARATE:
        for alert in taken:
            yield alert.key, _one(alert, url)
        return
    keys = hashlib.sha256("\n".join(alert.key for alert in taken).encode()).hexdigest()[:16]
    title = Text(f"{len(taken)} 条新预警", f"{len(taken)} new alerts")
    lines = tuple(_titled(alert) for alert in sorted(taken, key=lambda alert: -(alert.money or 0.0)))
    yield f"alerts-{keys}", Message(title, lines=lines, link=f"{url}/alerts" if url else None)


def _one(alert: messages.Message, url: str | None) -> Message:
    facts = [Fact(Text("负责人", "Owner"), alert.owner)]
    if alert.money is not None:
        facts.insert(0, Fact(Text("影响金额", "At stake"), Text.same(_money(alert.money, alert.currency))))
    if alert.n_under:
        facts.append(Fact(Text("同一原因的其他预警", "Others of the same cause"), Text.same(str(alert.n_under))))
    link = f"{url}{alert.path}" if url else None
    return Message(_titled(alert), lines=(alert.text, *alert.lines), facts=tuple(facts), link=link)


def _titled(alert: messages.Message) -> Text:
    severity = _SEVERITIES[alert.severity]
    return Text(f"【{severity.zh}】{alert.title.zh}", f"[{severity.en}] {alert.title.en}")


def _money(amount: float, currency: str | None) -> str:
    return f"¥{amount:,.2f}" if currency in {None, "CNY"} else f"{currency} {amount:,.2f}"
