"""Reports on their way to people: page, chat message and workbook say the same, and a report is told once."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.collect.outbound import Attachment, Channels, Fact, Message, Outbox
from zhanggui.i18n import Language, Text
from zhanggui.ledger.jobs import JobQueue, Scheduler
from zhanggui.ledger.jobs.queue import Clock, utc_now
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.reports.answer import Report
from zhanggui.understand.overview.reports.plan import Due, due_reports, mark_told, plan_of, told
from zhanggui.understand.overview.reports.report import Asked, report
from zhanggui.understand.overview.reports.told import Telling, telling
from zhanggui.understand.overview.reports.workbook import report_workbook, workbook_name

REPORT = "report"
"""Kind of the work that tells the reports that are due, and name of its schedule."""

CATCH_UP = "report_again"
CATCH_UP_SECONDS = 3600
"""What could not be told at its time, as no channel was there or the work failed, is tried again so often."""


def keep_schedule(shop: Shop, queue: JobQueue) -> None:
    """Let the scheduler come at the time of the reports each day, and now and then, while any of them is on."""
    plan, scheduler = plan_of(shop.state), Scheduler(queue)
    if plan.since:
        scheduler.daily(REPORT, REPORT, plan.at, tz=shop.settings.shop.timezone)
        scheduler.every(CATCH_UP, REPORT, CATCH_UP_SECONDS)
    else:
        scheduler.remove(REPORT)
        scheduler.remove(CATCH_UP)


def tell_reports(desk: Desk, *, clock: Clock = utc_now) -> list[str]:
    """Put the reports that are due into the outbox and return their keys.

    Report and mark are written in one transaction, so that a report is told once whatever is killed when. Without a
    channel they wait, and then the last one of each length is told, marked late.

    Parameters
    ----------
    desk : Desk
        The shop.
    clock : callable, optional
        Returns the current moment.
    """
    shop = desk.shop
    plan = plan_of(shop.state)
    channels = _channels(shop, plan.channels)
    if not channels:
        return []
    keys = []
    for due in due_reports(plan, told(shop.state), clock(), shop.settings.shop.timezone):
        found = report(desk, Asked(due.length, due.period.last))
        said = telling(found, remark=_remark(due), is_late=due.is_late)
        messages = _messages(shop, found, said, [language for _, language in channels])
        with shop.state.transaction():
            # What another process told since is told.
            if due.period.first == told(shop.state).get(due.length):
                continue
            for name, language in channels:
                Outbox.of(shop, clock=clock).put(messages[language], [name], said.key)
            mark_told(shop.state, due)
        keys.append(said.key)
    return keys


def send_report(desk: Desk, asked: Asked, channels: Sequence[str] = (), *, clock: Clock = utc_now) -> tuple[str, int]:
    """Put one report into the outbox because a person asked; return its key and how many channels had it not before.

    Parameters
    ----------
    desk, asked : Desk, Asked
        The shop, and which report.
    channels : sequence of str
        Names of channels; all of them when empty.
    clock : callable, optional
        Returns the current moment.

    Raises
    ------
    UnknownChannelError
        There is no such channel.
    """
    found = report(desk, asked)
    said = telling(found)
    wanted = _channels(desk.shop, tuple(channels))
    messages = _messages(desk.shop, found, said, [language for _, language in wanted])
    outbox = Outbox.of(desk.shop, clock=clock)
    return said.key, sum(outbox.put(messages[language], [name], said.key) for name, language in wanted)


def _channels(shop: Shop, wanted: tuple[str, ...]) -> list[tuple[str, Language]]:
    """Return the channels told, each with its language; of those chosen once, the ones that are still there."""
    channels = Channels.of(shop)
    known = [record.name for record in channels.list_channels()]
    names = [name for name in known if not wanted or name in wanted]
    return [(name, channels.open(name).language) for name in names]


def _messages(shop: Shop, found: Report, said: Telling, languages: Sequence[Language]) -> dict[Language, Message]:
    """Return the message in each language: the words are in both, the workbook is in one."""
    server = shop.running_server()
    link = f"{server.url.rstrip('/')}{said.path}" if server else None
    facts = tuple(Fact(label, value) for label, value in said.facts)
    made: dict[Language, Message] = {}
    for language in dict.fromkeys(languages):
        content = report_workbook(found, company=shop.name, language=language)
        attachment = Attachment(workbook_name(found, language), content)
        made[language] = Message(said.title, lines=said.lines, facts=facts, link=link, attachment=attachment)
    return made


def _remark(due: Due) -> Text | None:
    """Return that a report comes late, and how many before it were missed."""
    when = f"{due.due_at:%Y-%m-%d %H:%M}"
    zh, en = [], []
    if due.is_late:
        zh.append(f"应于 {when} 发送，当时没有运行或没有通道。")
        en.append(f"This report was due at {when}, when nothing ran or no channel was there.")
    if due.n_missed:
        zh.append(f"之前还有 {due.n_missed} 份没有发送，可在“日报”页查看。")
        en.append(f"{due.n_missed} before it were not told; they can be read on the page of reports.")
    return Text("".join(zh), " ".join(en)) if zh else None
