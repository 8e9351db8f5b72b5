"""``zhanggui customers``: who the buyers are, where they stand, whether they come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.commands.audience import audience
from zhanggui.cli.commands.behaviour import COMMANDS as BEHAVIOUR
from zhanggui.cli.commands.customer_compared import COMMANDS as COMPARED
from zhanggui.cli.commands.customer_people import merges, people, person, portrait, undo_merge
from zhanggui.cli.commands.customer_trials import trials
from zhanggui.cli.commands.customer_value import churn, lifetime_value
from zhanggui.cli.commands.members import members
from zhanggui.cli.commands.tags import tags
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    note,
    percent,
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

_Command = TypeVar("_Command", bound=Callable[..., object])


@click.group(name="customers")
def command() -> None:
    """People: segments, lifecycle, repurchase, cohorts, value, churn."""


command.add_command(lifetime_value)
command.add_command(churn)
for _one in (people, person, merges, undo_merge, portrait):
    command.add_command(_one)
command.add_command(members)
command.add_command(audience)
command.add_command(tags)
command.add_command(trials)
for each in (*BEHAVIOUR, *COMPARED):
    command.add_command(each)


def _view_options(wrapped: _Command) -> _Command:
    """Give a command the options that say whose orders are looked at, and on which day."""
    for option in (
        json_option,
        shop_option,
        click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold."),
        click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times."),
        click.option("--platform", multiple=True, metavar="NAME", help="A platform; may be given several times."),
        click.option("--since", type=DAY, metavar="DATE", help="Count movements from this day on."),
        click.option("--as-of", type=DAY, metavar="DATE", help="The day looked at; the last with orders by default."),
    ):
        wrapped = option(wrapped)
    return wrapped


def _pairs(asked: Mapping[str, Any], **more: object) -> list[tuple[str, str]]:
    """Return what is looked at as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("platform", name) for name in asked["platform"]] + [("shop", name) for name in asked["store"]]
    pairs += [("where", text) for text in asked["where"]]
    given = {"from": asked["since"], "to": asked["as_of"], **more}
    for key, value in given.items():
        if isinstance(value, datetime):
            pairs.append((key, value.date().isoformat()))
        elif value is not None:
            pairs.append((key, str(value)))
    return pairs


def _asked(shop: Path | None, what: str, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    """Return an answer of this room, from the running server or from the shop itself."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.answers import ANSWERS

        return ANSWERS[what](desk, pairs).model_dump(mode="json")

    return asked(shop, lambda server: server.get(f"/api/v1/customers/{what}", pairs), here)


def _remarks(found: JsonObject) -> None:
    for text in found["warnings"]:
        note(f"note: {said(text)}")


@command.command("rfm")
@click.option("--money", type=click.Choice(["revenue", "profit"]), default="revenue", help="What M is.")
@click.option("--cuts", type=DAY, metavar="DATE", help="Take the cut points of this day, so that two days compare.")
@_view_options
def rfm(shop: Path | None, as_json: bool, money: str, cuts: datetime | None, **asked: Any) -> None:  # click's options
    """Sort customers into eight segments by recency, frequency and money."""
    found = _asked(shop, "rfm", _pairs(asked, by=money, cuts=cuts))
    if as_json:
        print_json(found)
        return
    header = [
        word("分层", "segment"), word("规则", "rule"), word("客户数", "customers"), word("净收入", "net revenue"),
        word("平均天数", "days since"), word("建议动作", "what to do"),
    ]  # fmt: skip
    rows = [
        [
            row["label_zh"] if language() == "zh" else row["label_en"],
            said(row["rule"]),
            figure(row["customers"], "count"),
            figure(row["net_revenue"], "money"),
            "-" if row["mean_days_since"] is None else f"{row['mean_days_since']:.0f}",
            said(row["action"]),
        ]
        for row in found["segments"]
    ]
    for line in table_lines(header, rows, right=[False, False, True, True, True, False]):
        say(line)
    _remarks(found)


@command.command("lifecycle")
@click.option("--churn-days", type=click.IntRange(1, 3650), metavar="N", help="Days without an order; else 90.")
@click.option("--new-days", type=click.IntRange(1, 3650), metavar="N", help="Days after registration; else 7.")
@click.option("--window", multiple=True, metavar="CATEGORY=N", help="Churn days of a category; several times.")
@click.option("--keep", is_flag=True, help="Let the shop and its pages go by these rules from now on.")
@_view_options
def lifecycle(
    shop: Path | None,
    as_json: bool,
    churn_days: int | None,
    new_days: int | None,
    window: tuple[str, ...],
    keep: bool,
    **asked: Any,
) -> None:  # click's options
    """Show where people stand, by visible rules, and how they moved."""
    pairs = [*_pairs(asked, churn_days=churn_days, new_days=new_days), *(("window", text) for text in window)]
    found = _asked(shop, "lifecycle", pairs)
    if keep:
        _keep_rules(shop, found)
    if as_json:
        print_json(found)
        return
    header = [
        word("阶段", "stage"), word("规则", "rule"), word("人数", "people"), found["since"],
        word("净收入", "net revenue"), word("建议动作", "what to do"),
    ]  # fmt: skip
    rows = [
        [
            row["label_zh"] if language() == "zh" else row["label_en"],
            said(row["rule"]),
            figure(row["people"], "count"),
            figure(row["before"], "count"),
            figure(row["net_revenue"], "money"),
            said(row["action"]),
        ]
        for row in found["stages"]
    ]
    for line in table_lines(header, rows, right=[False, False, True, True, True, False]):
        say(line)
    for name, zh, en in (
        ("churn_rate", "流失率", "left"),
        ("activation_rate", "激活率", "activated"),
        ("return_rate", "预警后下单（未经对照）", "came back (no control group)"),
    ):
        say(f"{word(zh, en)}: {percent(found[name])}")
    _remarks(found)


def _keep_rules(shop: Path | None, found: JsonObject) -> None:
    """Keep the rules of an answer, through the running server or in the shop itself."""
    windows = {row["category"]: row["days"] for row in found["windows"]}
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        body = {"churn_days": found["churn_days"], "new_days": found["new_days"], "windows": windows}
        server.post("/api/v1/customers/lifecycle-rules", body)
        return
    from zhanggui.understand.customers.lifecycle import Rules
    from zhanggui.understand.customers.rule_book import keep_rules
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        rules = Rules(found["churn_days"], found["new_days"], tuple(sorted(windows.items())))
        keep_rules(Desk(opened, ledger), rules)


@command.command("repurchase")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Horizon of the rate.")
@_view_options
def repurchase(shop: Path | None, as_json: bool, days: int, **asked: Any) -> None:  # click's options
    """Show who buys again, how soon, and who is due to reorder."""
    found = _asked(shop, "repurchase", _pairs(asked, days=days))
    if as_json:
        print_json(found)
        return
    n = f"{found['repeat_buyers']:,} ÷ {found['matured_buyers']:,}"
    say(f"{days} {word('天复购率', 'day repurchase')}: {percent(found['rate'])} ({n})")
    header = [
        word("首购月", "first month"),
        word("首购买家", "buyers"),
        word("复购买家", "again"),
        word("比率", "rate"),
    ]
    rows = [
        [row["month"], figure(row["buyers"], "count"), figure(row["repeat_buyers"], "count"), percent(row["rate"])]
        for row in found["cohorts"]
    ]
    for line in table_lines(header, rows, right=[False, True, True, True]):
        say(line)
    every = found["intervals"]
    say(
        word(
            f"间隔中位数 {every['median']} 天，九成不超过 {every['p90']} 天（{every['intervals']:,} 次）",
            f"half of {every['intervals']:,} intervals within {every['median']} days, 90% within {every['p90']}",
        )
    )
    header = [
        word("预计补货日", "due"),
        word("客户", "customer"),
        word("商品", "product"),
        word("间隔", "interval"),
    ]
    rows = [
        [row["due_day"], f"#{row['customer'][-10:]}", row["name"] or row["product_id"], str(row["interval_days"])]
        for row in found["due"][:_MOST_DUE]
    ]
    for line in table_lines(header, rows, right=[False, False, False, True]) if rows else ():
        say(line)
    _remarks(found)


_MOST_DUE = 20
_MOST_MONTHS = 13


@command.command("cohorts")
@click.option(
    "--by", type=click.Choice(["month", "channel", "product", "discount"]), default="month", help="What a cohort is."
)
@click.option("--cac", type=click.FloatRange(min=0), metavar="AMOUNT", help="What winning a buyer costs, for payback.")
@_view_options
def cohorts(shop: Path | None, as_json: bool, by: str, cac: float | None, **asked: Any) -> None:  # click's options
    """Show who stays month by month after the first purchase, and what they leave."""
    found = _asked(shop, "cohorts", _pairs(asked, by=by, cac=cac))
    if as_json:
        print_json(found)
        return
    n_months = min(max((len(row["retention"]) for row in found["cohorts"]), default=0), _MOST_MONTHS)
    header = ["", word("买家", "buyers"), *(f"+{step}" for step in range(n_months)), word("人均净收入", "net each"),
              word("人均利润", "profit each"), word("回本月", "paid back")]  # fmt: skip
    rows = []
    for row in found["cohorts"]:
        kept = [percent(value) for value in row["retention"][:n_months]]
        net, profit = ((row[name] or [None])[-1] for name in ("net_per_buyer", "profit_per_buyer"))
        month = row["payback_month"]
        rows.append(
            [said(row["name"]), figure(row["buyers"], "count"), *kept, *([""] * (n_months - len(kept))),
             figure(net, "money"), figure(profit, "money"), "-" if month is None else f"+{month}"]
        )  # fmt: skip
    for line in table_lines(header, rows, right=[False, *[True] * (len(header) - 1)]):
        say(line)
    _remarks(found)
