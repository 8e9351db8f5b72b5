"""``zhanggui customers behaviour``, ``send-hours``, ``contrasts``, ``migration`` and ``clusters``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    print_json,
    remarks,
    say,
    shop_option,
    table_lines,
    word,
)

JsonObject = dict[str, Any]
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_STORE = click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times.")
_AS_OF = click.option("--as-of", type=_DAY, metavar="DATE", help="The day looked at; the last with orders by default.")


def _answer(
    shop: Path | None, command: str, store: Sequence[str], as_of: datetime | None, **more: object
) -> JsonObject:
    """Return an answer, from the running server or from the shop itself."""
    pairs = [("shop", name) for name in store]
    if as_of is not None:
        pairs.append(("to", as_of.date().isoformat()))
    pairs += [(key, str(value)) for key, value in more.items() if value is not None]
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get(f"/api/v1/customers/{command}", pairs)
    from zhanggui.understand.customers.answers import ANSWERS
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        return ANSWERS[command](Desk(opened, ledger), pairs).model_dump(mode="json")


@click.command("behaviour")
@click.option("--what", type=click.Choice(["orders", "visits"]), default="orders", show_default=True)
@click.option("--segment", metavar="NAME", help="Only buyers of this segment of RFM.")
@click.option("--category", metavar="NAME", help="Only orders with goods of this category.")
@_STORE
@_AS_OF
@shop_option
@json_option
def behaviour(
    shop: Path | None,
    as_json: bool,
    store: tuple[str, ...],
    as_of: datetime | None,
    what: str,
    segment: str | None,
    category: str | None,
) -> None:  # click's options
    """Show at which hours of which weekdays people buy or visit, and whose hours differ."""
    found = _answer(shop, "behaviour", store, as_of, what=what, segment=segment, category=category)
    if as_json:
        print_json(found)
        return
    peak = found["peak"]
    say(f"{word('高峰', 'peak')}: {peak['weekday'][language()]} {peak['hour']}:00 ({peak['share']:.1%})")
    header = [word("时", "hour"), *(word(zh, en) for zh, en in zip("一二三四五六日", _DAYS, strict=True))]
    rows = [[str(hour), *(figure(day[hour], "count") for day in found["counts"])] for hour in range(24)]
    for line in table_lines(header, rows, right=[True] * 8):
        say(line)
    header = ["", word("订单", "orders"), word("高峰时", "peak hour"), word("占比", "share"), word("指数", "index")]
    rows = [
        [("* " if row["differs"] else "  ") + row["label"][language()], figure(row["orders"], "count"),
         str(row["peak_hour"]), f"{row['share']:.1%}", "-" if row["index"] is None else f"{row['index']:.2f}"]
        for row in (*found["categories"], *found["segments"])
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, True, True, True, True]):
        say(line)
    remarks(found)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.command("send-hours")
@click.option("--customer", metavar="#END", help="One customer, by the end of the token.")
@_STORE
@_AS_OF
@shop_option
@json_option
def send_hours(
    shop: Path | None, as_json: bool, store: tuple[str, ...], as_of: datetime | None, customer: str | None
) -> None:
    """Show the best hour to write to each buyer, and what it rests on."""
    found = _answer(shop, "send-hours", store, as_of, customer=customer)
    if as_json:
        print_json(found)
        return
    if customer is None:
        for hour, n_people in found["by_hour"].items():
            say(f"{hour:>2}:00  {figure(n_people, 'count')}")
    for row in found["customers"][:20]:
        say(f"#{row['customer'][-10:]}  {row['hour']}:00  {row['reason'][language()]}")
    remarks(found)


@click.command("contrasts")
@_STORE
@_AS_OF
@shop_option
@json_option
def contrasts(shop: Path | None, as_json: bool, store: tuple[str, ...], as_of: datetime | None) -> None:
    """Show what later buyers did in their first week that others did not."""
    found = _answer(shop, "contrasts", store, as_of)
    if as_json:
        print_json(found)
        return
    header = [word("行为", "behaviour"), word("人数", "people"), word("做过的购买率", "bought, with"),
              word("没做的", "without"), word("倍数", "lift"), "95%", "q"]  # fmt: skip
    rows = [
        [f"{row['event']} ≥{row['at_least']}", figure(row["people"], "count"), f"{row['rate_with']:.1%}",
         f"{row['rate_without']:.1%}", f"{row['lift']:.2f}", f"{row['low']:.2f}-{row['high']:.2f}",
         f"{row['q_value']:.3g}"]
        for row in found["found"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, True, True, True, True, True, True]):
        say(line)
    remarks(found)


@click.command("migration")
@click.option("--steps", type=click.IntRange(1, 12), default=3, show_default=True, help="How many steps.")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="Days of a step.")
@_STORE
@_AS_OF
@shop_option
@json_option
def migration(
    shop: Path | None, as_json: bool, store: tuple[str, ...], as_of: datetime | None, steps: int, days: int
) -> None:
    """Show how customers moved between segments, step by step."""
    found = _answer(shop, "migration", store, as_of, steps=steps, days=days)
    if as_json:
        print_json(found)
        return
    header = [word("起", "from"), word("止", "to"), word("原分层", "before"), word("现分层", "after"),
              word("客户数", "customers")]  # fmt: skip
    rows = [
        [found["days"][row["step"]], found["days"][row["step"] + 1], row["before"], row["after"],
         figure(row["customers"], "count")]
        for row in found["flows"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False, False, False, True]):
        say(line)
    remarks(found)


@click.command("clusters")
@click.option("--k", type=click.IntRange(2, 8), help="How many; the best silhouette by default.")
@_STORE
@_AS_OF
@shop_option
@json_option
def clusters(shop: Path | None, as_json: bool, store: tuple[str, ...], as_of: datetime | None, k: int | None) -> None:
    """Cluster customers by recency, frequency and money; say how sure that is."""
    found = _answer(shop, "clusters", store, as_of, k=k)
    if as_json:
        print_json(found)
        return
    header = [word("客户数", "customers"), word("距上次天数", "days since"), word("频次", "frequency"),
              word("净收入", "net revenue")]  # fmt: skip
    rows = [
        [figure(row["customers"], "count"), f"{row['median_days_since']:.0f}", f"{row['median_frequency']:.1f}",
         figure(row["median_net_revenue"], "money")]
        for row in found["clusters"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[True] * 4):
        say(line)
    tried = ", ".join(f"{k}: {value:.3f}" for k, value in found["silhouettes"].items())
    say(f"{word('轮廓系数', 'silhouette')} {tried}")
    lowest = f"({word('最低', 'lowest')} {found['stability_lowest']:.2f})"
    say(f"{word('稳定性', 'stability')} {found['stability']:.2f} {lowest}")
    say(f"{word('与八个分层的一致', 'agreement with the segments')} {found['agreement_with_segments']:.2f}")
    if found["drift"] is not None:
        say(f"{word('90 天漂移', 'drift in 90 days')} {found['drift']:.3f}")
    remarks(found)


COMMANDS = (behaviour, send_hours, contrasts, migration, clusters)
