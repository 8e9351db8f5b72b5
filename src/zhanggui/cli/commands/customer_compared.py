"""``zhanggui customers order-repurchase`` and ``private-domain``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.terminal import figure, json_option, print_json, remarks, say, shop_option, table_lines, word

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_STORE = click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times.")
_WHERE = click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold.")
_CATEGORY = click.option(
    "--category", multiple=True, metavar="NAME", help="Only orders with goods of this category; may be repeated."
)


def _answer(
    shop: Path | None,
    what: str,
    store: Sequence[str],
    where: Sequence[str],
    category: Sequence[str],
    days: int,
    span: tuple[datetime | None, datetime | None],
) -> JsonObject:
    pairs = [("shop", name) for name in store] + [("where", text) for text in where]
    pairs += [("category", name) for name in category] + [("days", str(days))]
    pairs += [(key, day.date().isoformat()) for key, day in zip(("from", "to"), span, strict=True) if day is not None]

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.answers import ANSWERS

        return ANSWERS[what](desk, pairs).model_dump(mode="json")

    return asked(shop, lambda server: server.get(f"/api/v1/customers/{what}", pairs), here)


@click.command("order-repurchase")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="Within so many days.")
@click.option("--from", "first", type=_DAY, metavar="DATE", help="First day of payment of the orders followed up.")
@click.option("--to", "last", type=_DAY, metavar="DATE", help="Last one; the last that has had its days by default.")
@_CATEGORY
@_WHERE
@_STORE
@shop_option
@json_option
def order_repurchase(
    shop: Path | None,
    as_json: bool,
    store: tuple[str, ...],
    where: tuple[str, ...],
    category: tuple[str, ...],
    days: int,
    first: datetime | None,
    last: datetime | None,
) -> None:  # click's options
    """Show the part of orders that the same person followed by another (订单复购率).

    Filters choose the orders that are followed up; what follows counts wherever it was bought and whatever it was.
    """
    found = _answer(shop, "order-repurchase", store, where, category, days, (first, last))
    if as_json:
        print_json(found)
        return
    say(f"{found['date_from']} – {found['date_to']}")
    say(
        word(
            f"{days} 天订单复购率：{found['orders']:,} 个订单中有 {found['followed']:,} 个之后再次购买，"
            f"{found['rate']:.1%}（95% 区间 {found['low']:.1%} – {found['high']:.1%}）",
            f"{found['followed']:,} of {found['orders']:,} orders were followed within {days} days: "
            f"{found['rate']:.1%} (95% bounds {found['low']:.1%} – {found['high']:.1%})",
        )
    )
    remarks(found)


@click.command("private-domain")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Days of orders read.")
@click.option("--as-of", type=_DAY, metavar="DATE", help="The day looked at; the last with orders by default.")
@_CATEGORY
@_WHERE
@_STORE
@shop_option
@json_option
def private_domain(
    shop: Path | None,
    as_json: bool,
    store: tuple[str, ...],
    where: tuple[str, ...],
    category: tuple[str, ...],
    days: int,
    as_of: datetime | None,
) -> None:  # click's options
    """Show what buyers who are WeCom contacts spend beside all others."""
    found = _answer(shop, "private-domain", store, where, category, days, (None, as_of))
    if as_json:
        print_json(found)
        return
    header = [
        "",
        word("买家", "buyers"),
        word("订单", "orders"),
        word("人均付款", "paid each"),
        word("人均净额", "net each"),
    ]
    rows = [
        [
            label,
            figure(found[side]["buyers"], "count"),
            figure(found[side]["orders"], "count"),
            figure(found[side]["paid_each"], "money"),
            figure(found[side]["net_each"], "money"),
        ]
        for side, label in (("contacts", word("企微好友", "contacts")), ("others", word("其他买家", "others")))
    ]
    for line in table_lines(header, rows, right=[False, True, True, True, True]):
        say(line)
    say(
        word(
            f"近 {days} 天人均付款之比 {found['ratio']:.2f}（95% 区间 {found['low']:.2f} – {found['high']:.2f}）",
            f"paid each, last {days} days: {found['ratio']:.2f} times (95% bounds {found['low']:.2f} – "
            f"{found['high']:.2f})",
        )
    )
    remarks(found)


COMMANDS = (order_repurchase, private_domain)
