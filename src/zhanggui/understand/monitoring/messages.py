"""What is to be told to people: the alerts that wait for delivery, each handed over once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zhanggui.calendar import time_zone
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Alert, AlertBook
from zhanggui.ledger.shop import Shop
from zhanggui.understand.monitoring.rule_book import RuleBook

ALERT_PAGE = "/alerts/{alert_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One alert as it is told.

    Attributes
    ----------
    key : str
        What no two messages share; the same alert told again after it was put away has another one.
    alert_id : int
        Number of the alert.
    severity : {"info", "warning", "critical"}
        How grave it is.
    owner : Text
        Whose it is.
    title, text : Text
        What it is called, and the sentence with its numbers.
    lines : tuple of Text
        Likely causes, and what to look at first.
    money : float or None
        Money at stake, in major units of `currency`.
    currency : str or None
        Its currency.
    n_under : int
        Further alerts of the same cause, which are not told by themselves.
    path : str
        Where it opens in the workbench.
    """

    key: str
    alert_id: int
    severity: str
    owner: Text
    title: Text
    text: Text
    lines: tuple[Text, ...]
    money: float | None
    currency: str | None
    n_under: int
    path: str


def hand_over(shop: Shop, now: datetime, take: Callable[[Message], None]) -> int:
    """Hand every message that is due to `take`, each once; return how many.

    All of it is one transaction of ``state.sqlite``: what `take` writes there is kept together with the mark that the
    message was handed over, or neither is, whatever is killed when.

    Parameters
    ----------
    shop : Shop
        The shop.
    now : datetime
        The moment, aware. In the quiet hours of its rule an alert that is not critical waits.
    take : callable
        Takes a message, such as into a box of messages to send.
    """
    book, loud = AlertBook(shop.state), _loudness(shop, now)

    def offered(alert: Alert) -> bool:
        if not loud(alert):
            return False
        take(message_of(book, alert))
        return True

    return book.hand_over(offered, now.timestamp())


def messages_due(shop: Shop, now: datetime) -> tuple[Message, ...]:
    """Return the messages that :func:`hand_over` would hand over now, and leave them."""
    book, loud = AlertBook(shop.state), _loudness(shop, now)
    return tuple(message_of(book, alert) for alert in book.waiting() if loud(alert))


def message_of(book: AlertBook, alert: Alert) -> Message:
    """Return an alert as it is told."""
    told = alert.told
    n_before = sum(step.what == "handed" for step in book.steps(alert.alert_id))
    return Message(
        key=f"alert-{alert.alert_id}-{n_before + 1}",
        alert_id=alert.alert_id,
        severity=alert.severity,
        owner=Text.same(alert.owner) if alert.owner else Text(**told["owner"]),
        title=Text(**told["title"]),
        text=Text(**told["sentence"]),
        lines=tuple(Text(**each) for each in (*told["causes"], *told["checks"])),
        money=alert.money,
        currency=told["currency"],
        n_under=sum(each.cause_id == alert.alert_id for each in book.list_alerts(("open", "acknowledged", "snoozed"))),
        path=ALERT_PAGE.format(alert_id=alert.alert_id),
    )


def _loudness(shop: Shop, now: datetime) -> Callable[[Alert], bool]:
    local = now.astimezone(time_zone(shop.settings.shop.timezone))
    rules = {each.name: each.rule for each in RuleBook(shop.state).rules()}

    def is_loud(alert: Alert) -> bool:
        rule = rules.get(alert.rule)
        return rule is None or not rule.is_quiet(local)

    return is_loud
