"""``zhanggui report``: the report of a day, a week or a month, as text, workbook and message; and when it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.commands.query import DAY
from zhanggui.cli.day_report import print_report
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, language, note, print_json, say, shop_option

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.overview.reports.report import Asked
    from zhanggui.understand.overview.reports.spec import Length

LENGTHS: tuple[Length, ...] = ("day", "week", "month")
_HELP = {
    "day": "Report a day against the same weekday a week before.",
    "week": "Report a week, from Monday, against the week before.",
    "month": "Report a month against the month before.",
}


@click.group(name="report")
def command() -> None:
    """Report a day, a week or a month; send it; have it told by itself."""


def _length(length: Length) -> None:
    """Add the command of one length."""

    @command.command(name=length, help=_HELP[length])
    @click.option("--date", "day", type=DAY, metavar="DATE", help="Any day of it; the last with data when absent.")
    @click.option("--store", "stores", multiple=True, metavar="NAME", help="A store; may be given several times.")
    @click.option("--to-file", type=click.Path(path_type=Path), metavar="X.xlsx", help="Write it as a workbook.")
    @click.option("--send", is_flag=True, help="Send it to the channels; one that has it already gets it not again.")
    @click.option("--channel", "channels", multiple=True, metavar="NAME", help="With --send: only these channels.")
    @shop_option
    @json_option
    def show(shop: Path | None, as_json: bool, **asked: Any) -> None:  # the values of click's options
        _show(shop, as_json, length, **asked)


for _each in LENGTHS:
    _length(_each)


def _show(
    shop: Path | None,
    as_json: bool,
    length: Length,
    *,
    day: datetime | None,
    stores: Sequence[str],
    to_file: Path | None,
    send: bool,
    channels: Sequence[str],
) -> None:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    wanted = day.date().isoformat() if day else None
    pairs = [*([("date", wanted)] if wanted else []), *(("store", name) for name in stores)]
    if server is not None:
        found = server.get(f"/api/v1/reports/{length}", pairs)
        if to_file is not None:
            to_file.write_bytes(server.download(f"/api/v1/reports/{length}.xlsx", [*pairs, ("lang", language())]))
        body = {"date": wanted, "stores": list(stores), "channels": list(channels)}
        sent = server.post(f"/api/v1/reports/{length}/send", body) if send else None
    else:
        found, sent = _here(opened, length, day, stores, to_file, channels if send else None)
    if as_json:
        print_json(found)
    else:
        print_report(found)
    if to_file is not None:
        note(f"已写入 {to_file}" if language() == "zh" else f"written: {to_file}")
    if sent is not None:
        _say_sent(sent["n_channels"])


def _here(
    shop: Shop,
    length: Length,
    day: datetime | None,
    stores: Sequence[str],
    to_file: Path | None,
    channels: Sequence[str] | None,
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Make the report in this process, write and send it as asked; return it, and what was sent."""
    from zhanggui.app.reporting import send_report
    from zhanggui.understand.overview.reports.report import report
    from zhanggui.understand.overview.reports.workbook import report_workbook

    def made(desk: Desk, asked: Asked) -> tuple[dict[str, Any], dict[str, Any] | None]:
        found = report(desk, asked)
        if to_file is not None:
            to_file.write_bytes(report_workbook(found, company=shop.name, language=language()))
        sent = None if channels is None else {"n_channels": send_report(desk, asked, channels)[1]}
        return found.model_dump(mode="json"), sent

    found: tuple[dict[str, Any], dict[str, Any] | None]
    found = _with_desk(shop, lambda desk: made(desk, _asked(desk, length, day, stores)))
    return found


def _asked(desk: Desk, length: Length, day: datetime | None, stores: Sequence[str]) -> Asked:
    from datetime import UTC

    from zhanggui.calendar import business_day
    from zhanggui.understand.overview.reports.report import asked_of, only_stores

    today = business_day(datetime.now(UTC), desk.shop.settings.shop.timezone)
    return asked_of(desk, length, day.date() if day else None, only_stores(desk, stores), today=today)


def _with_desk(shop: Shop, use: Callable[[Desk], Any]) -> Any:  # what `use` gives
    from zhanggui.understand.desk import Desk

    with owned_ledger(shop) as ledger:
        return use(Desk(shop, ledger))


def _say_sent(n_channels: int) -> None:
    is_zh = language() == "zh"
    if n_channels:
        note(f"已交给 {n_channels} 个通道" if is_zh else f"handed to {n_channels} channels")
    else:
        note(
            "没有通道，或通道都已收到过这份报告：zhanggui channels list"
            if is_zh
            else "there is no channel, or each has this report already: `zhanggui channels list`"
        )


@command.command(name="schedule")
@click.option("--on", "on", multiple=True, type=click.Choice(LENGTHS), help="Tell this report by itself.")
@click.option("--off", "off", multiple=True, type=click.Choice(LENGTHS), help="Tell it no more.")
@click.option("--at", metavar="HH:MM", help="Local time at which they are told; 09:00 at first.")
@click.option("--channel", "channels", multiple=True, metavar="NAME", help="Only these channels; given anew each time.")
@click.option("--all-channels", is_flag=True, help="All channels again.")
@shop_option
@json_option
def schedule(
    shop: Path | None,
    as_json: bool,
    on: tuple[Length, ...],
    off: tuple[Length, ...],
    at: str | None,
    channels: tuple[str, ...],
    all_channels: bool,
) -> None:
    """Show or set which reports are told by themselves while the workbench runs."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    now = server.get("/api/v1/reports/schedule") if server is not None else _plan_json(opened)
    if on or off or at or channels or all_channels:
        lengths = [length for length in LENGTHS if length not in off and (length in on or length in now["lengths"])]
        kept = [] if all_channels else list(channels or now["channels"])
        body = {"lengths": lengths, "at": at or now["at"], "channels": kept}
        now = server.post("/api/v1/reports/schedule", body) if server is not None else _set_here(opened, body)
    if as_json:
        print_json(now)
        return
    is_zh = language() == "zh"
    names = {"day": "日报", "week": "周报", "month": "月报"} if is_zh else {name: name for name in LENGTHS}
    told = "、".join(names[name] for name in now["lengths"]) or ("都没有打开" if is_zh else "none is on")
    to = "、".join(now["channels"]) or ("全部通道" if is_zh else "all channels")
    say(f"{now['at']}  {told}  →  {to}")


def _plan_json(shop: Shop) -> dict[str, Any]:
    from zhanggui.understand.overview.reports.plan import plan_of

    plan = plan_of(shop.state)
    return {"lengths": list(plan.lengths), "at": plan.at, "channels": list(plan.channels)}


def _set_here(shop: Shop, body: dict[str, Any]) -> dict[str, Any]:
    from datetime import UTC

    from zhanggui.collect.outbound import Channels
    from zhanggui.understand.overview.reports.plan import set_plan

    for name in body["channels"]:
        Channels.of(shop).open(name)
    now = datetime.now(UTC)
    set_plan(shop.state, lengths=tuple(body["lengths"]), at=body["at"], channels=tuple(body["channels"]), now=now)
    return _plan_json(shop)


@command.command(name="due")
@shop_option
@json_option
def due(shop: Path | None, as_json: bool) -> None:
    """Tell the reports that are due now, as from cron where no workbench runs; then `zhanggui channels send`."""
    opened = shop_at(shop)
    if opened.running_server() is not None:
        keys: list[str] = []
        note("工作台在运行，由它发送" if language() == "zh" else "the workbench runs and tells them by itself")
    else:
        from zhanggui.app.reporting import tell_reports

        keys = _with_desk(opened, tell_reports)
    if as_json:
        print_json({"told": keys})
        return
    for key in keys:
        say(key)
