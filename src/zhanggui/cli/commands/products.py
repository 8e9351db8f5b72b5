"""``zhanggui products``: goods, and what to do with them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.commands.goods import GOODS_COMMANDS
from zhanggui.cli.commands.goods_meeting import meeting
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, language, note, print_json, say, shop_option, table_lines

DAY = click.DateTime(formats=["%Y-%m-%d"])
_MOST_ROWS = 40


@click.group("products")
def command() -> None:
    """Goods: what sells, with what, and for how much."""


for _each in (*GOODS_COMMANDS, meeting):
    command.add_command(_each)


@command.command("association")
@click.option(
    "--min-support", type=float, default=0.001, show_default=True, metavar="SHARE", help="Share of orders with both."
)
@click.option("--by", type=click.Choice(["product", "category", "brand"]), default="product", help="What is paired.")
@click.option("--without", multiple=True, metavar="CATEGORY,..", help="Categories to leave out, such as bags.")
@click.option("--from", "date_from", type=DAY, metavar="DATE", help="First business day of payment.")
@click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last business day of payment.")
@shop_option
@json_option
def association(
    shop: Path | None,
    as_json: bool,
    min_support: float,
    by: str,
    without: tuple[str, ...],
    date_from: datetime | None,
    date_to: datetime | None,
) -> None:
    """List products that orders hold together, with how sure that is."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    left_out = tuple(word.strip() for text in without for word in text.split(",") if word.strip())
    first, last = (None if day is None else day.date() for day in (date_from, date_to))
    if server is not None:
        days = [(key, day.isoformat()) for key, day in (("from", first), ("to", last)) if day is not None]
        asked = [("min_support", str(min_support)), ("by", by), *(("without", word) for word in left_out), *days]
        found = server.get("/api/v1/products/association", asked)
    else:
        from zhanggui.understand.products.association import association as pairs_of

        with owned_ledger(opened) as ledger:
            found = pairs_of(
                ledger, min_support=min_support, level=by, without=left_out, date_from=first, date_to=last
            ).to_json()
    if as_json:
        print_json(found)
    else:
        _print_table(found)


def _print_table(found: dict[str, Any]) -> None:
    is_chinese = language() == "zh"
    header = (
        ["商品 A", "商品 B", "店铺", "同单", "支持度", "A→B", "B→A", "提升度", "q"]
        if is_chinese
        else ["a", "b", "store", "orders", "support", "a→b", "b→a", "lift", "q"]
    )
    rows = [
        [
            pair["a_name"],
            pair["b_name"],
            pair["store"] or "-",
            f"{pair['count']:,}",
            f"{pair['support']:.2%}",
            f"{pair['confidence_ab']:.1%}",
            f"{pair['confidence_ba']:.1%}",
            f"{pair['lift']:.2f}",
            f"{pair['q_value']:.2g}",
        ]
        for pair in found["pairs"][:_MOST_ROWS]
    ]
    for line in table_lines(header, rows, right=[False, False, False, *(True for _ in range(6))]):
        say(line)
    n = len(found["pairs"])
    if is_chinese:
        note(f"{found['baskets']:,} 笔订单中有 {n:,} 对商品达到支持度；常一起买不等于互相带动。")
    else:
        note(f"{n:,} pairs reach the support in {found['baskets']:,} orders; bought together is not bought because of.")
