"""``zhanggui customers members``: tiers, moves, benefits and points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.terminal import (
    figure,
    json_option,
    note,
    print_json,
    said,
    say,
    shop_option,
    table_lines,
    word,
)

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(name="members", invoke_without_command=True)
@click.option("--as-of", type=DAY, metavar="DATE", help="The day looked at; the last with orders by default.")
@click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times.")
@json_option
@shop_option
@click.pass_context
def members(
    context: click.Context, shop: Path | None, as_json: bool, as_of: datetime | None, store: tuple[str, ...]
) -> None:
    """Show tiers by their rules, what they are worth, who is due to move, and whether points balance."""
    if context.invoked_subcommand is not None:
        return
    pairs = [("shop", name) for name in store]
    pairs += [] if as_of is None else [("to", as_of.date().isoformat())]

    def here(desk: Desk) -> JsonObject:
        from zhanggui.act.members.answers import members_of_pairs

        return members_of_pairs(desk, pairs).model_dump(mode="json")

    found = asked(shop, lambda server: server.get("/api/v1/customers/members", pairs), here)
    if as_json:
        print_json(found)
        return
    _tiers(found)
    _moves(found)
    _benefits(found)
    _points(found["points"])
    for text in found["warnings"]:
        note(f"note: {said(text)}")


def _tiers(found: dict[str, Any]) -> None:
    header = [
        word("等级", "tier"), word("规则", "rule"), word("会员", "members"), word("窗口内购买", "bought"),
        word("活跃率", "active"), word("每位买家", "per buyer"), word("倍数", "times"),
        word("同等条件", "alike before"),
    ]  # fmt: skip
    rows = []
    for row in found["tiers"]:
        alike = row["matched"]
        shown = "-" if alike is None or alike["ratio"] is None else f"{alike['ratio']:.2f}"
        rows.append(
            [
                row["name"],
                said(row["rule"]),
                figure(row["members"], "count"),
                figure(row["buyers"], "count"),
                "-" if row["active_rate"] is None else f"{row['active_rate']:.1%}",
                figure(row["spending_per_buyer"], "money"),
                "-" if row["ratio"] is None else f"{row['ratio']:.2f}",
                shown,
            ]
        )
    for line in table_lines(header, rows, right=[False, False, *[True] * 6]):
        say(line)


def _moves(found: dict[str, Any]) -> None:
    say(
        word(
            f"该升级 {found['n_up']:,} 人，该降级 {found['n_down']:,} 人",
            f"{found['n_up']:,} to move up, {found['n_down']:,} to move down",
        )
    )
    for move in found["moves"][:20]:
        say(f"  {move['due']}  {move['member']}  {move['tier']} → {move['to']}")


def _benefits(found: dict[str, Any]) -> None:
    for row in found["benefits"]:
        remark = f"  ({said(row['note'])})" if row["note"] else ""
        say(f"{row['tier']} · {row['benefit']} ({said(row['when'])}): {row['members']:,}{remark}")


def _points(found: dict[str, Any]) -> None:
    if found["by_reason"]:
        stated, summed, n_off = (f"{found[key]:,}" for key in ("stated", "summed", "members_off"))
        say(
            word(
                f"积分：档案余额 {stated}，流水合计 {summed}，{n_off} 位不符",
                f"points: balances {stated}, entries {summed}, {n_off} members differ",
            )
        )
    if found["booked"]:
        say(word("掌柜记账：", "booked here: ") + f"{sum(found['booked'].values()):,}")


@members.command("rules")
@click.option("--set", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take these rules.")
@json_option
@shop_option
def rules(shop: Path | None, as_json: bool, source: Path | None) -> None:
    """Print the rules of tiers and points as a file, or take those of a file."""
    from zhanggui.act.members.rules import keep_rules, kept_rules, rules_from_toml, rules_to_toml

    opened = shop_at(shop)
    if source is not None:
        keep_rules(opened.state, rules_from_toml(source.read_text("utf-8-sig")))
    found = kept_rules(opened.state)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    say(rules_to_toml(found).rstrip())


@members.group("points")
def points() -> None:
    """Points that Zhanggui keeps: booked from orders, spent, given back, expired."""


@points.command("post")
@json_option
@shop_option
def points_post(shop: Path | None, as_json: bool) -> None:
    """Book the points of completed orders and refunds; doing it again adds only what is new."""
    from zhanggui.act.members.accrual import post
    from zhanggui.act.members.rules import kept_rules
    from zhanggui.act.members.standing import members_of
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.view import View

    opened = shop_at(shop)
    with owned_ledger(opened) as ledger:
        desk, kept = Desk(opened, ledger), kept_rules(opened.state)
        done = post(desk, members_of(desk, View(), kept), kept)
    if as_json:
        print_json({"entries": done.n_entries, "refused": list(done.refused)})
        return
    say(word(f"新增 {done.n_entries:,} 条流水", f"{done.n_entries:,} entries added"))
    if done.refused:
        note(f"{len(done.refused):,} events could not be booked, as {done.refused[0]}")


@contextmanager
def _booking(shop: Path | None) -> Iterator[Any]:
    from zhanggui.act.members.points import PointsBook

    yield PointsBook(shop_at(shop).state)


def _added(entries: Any, balance: int, *, as_json: bool) -> None:
    if as_json:
        moved = sum(entry.points for entry in entries)
        print_json({"points": moved, "waived": sum(entry.waived for entry in entries), "balance": balance})
        return
    say(word(f"余额 {balance:,}", f"balance {balance:,}"))


@points.command("add")
@click.argument("member")
@click.argument("reason", type=click.Choice(["earn", "redeem", "restore", "reverse", "adjust"]))
@click.argument("number", type=int)
@click.option("--about", default="", metavar="TEXT", help="The order, the redemption's id, or a remark.")
@click.option("--id", "event_id", required=True, metavar="ID", help="Names the event; the same id again books nothing.")
@click.option("--at", type=click.DateTime(), help="When it happened; now by default.")
@json_option
@shop_option
def points_add(
    shop: Path | None,
    as_json: bool,
    member: str,
    reason: Any,
    number: int,
    about: str,
    event_id: str,
    at: datetime | None,
) -> None:
    """Book one event of a MEMBER (the member's token)."""
    from zhanggui.act.members.account import Event
    from zhanggui.act.members.rules import kept_rules

    opened = shop_at(shop)
    with _booking(shop) as book:
        moment = (at or datetime.now()).replace(microsecond=0)  # noqa: DTZ005  # the shop's own clock, as in its files
        event = Event(event_id, moment, reason, number, about)
        entries = book.add(member, event, kept_rules(opened.state).points.life_days)
        _added(entries, book.account(member).balance, as_json=as_json)


@points.command("show")
@click.argument("member")
@json_option
@shop_option
def points_show(shop: Path | None, as_json: bool, member: str) -> None:
    """Show the account of a MEMBER."""
    with _booking(shop) as book:
        account = book.account(member)
    rows = [
        {
            "at": entry.event.at.isoformat(sep=" "),
            "reason": entry.event.reason,
            "points": entry.points,
            "waived": entry.waived,
            "about": entry.event.about,
            "expires": None if entry.expires is None else entry.expires.isoformat(),
        }
        for entry in account.entries
    ]
    if as_json:
        print_json({"member": member, "balance": account.balance, "entries": rows})
        return
    header = [word("时间", "at"), word("类型", "reason"), word("积分", "points"), word("说明", "about")]
    listed = [[str(row["at"]), str(row["reason"]), f"{row['points']:,}", str(row["about"])] for row in rows]
    for line in table_lines(header, listed, right=[False, False, True, False]) if rows else ():
        say(line)
    say(word(f"余额 {account.balance:,}", f"balance {account.balance:,}"))


@points.command("expire")
@click.option("--day", type=DAY, required=True, metavar="DATE", help="Close what is good for nothing on this day.")
@json_option
@shop_option
def points_expire(shop: Path | None, as_json: bool, day: datetime) -> None:
    """Let points lapse that are past their time; the same day again changes nothing."""
    with _booking(shop) as book:
        lapsed = book.expire(day.date())
    if as_json:
        print_json({"lapsed": lapsed})
        return
    say(word(f"过期 {lapsed:,} 分", f"{lapsed:,} points lapsed"))
