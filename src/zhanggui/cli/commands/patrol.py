"""``zhanggui patrol``: the round of the stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from zhanggui.cli.commands.query import DAY
from zhanggui.cli.day_report import print_patrol
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, print_json, shop_option


@click.command(name="patrol")
@click.option("--date", "day", type=DAY, metavar="DATE", help="As of the end of this day; the last with data.")
@click.option("--store", "stores", multiple=True, metavar="NAME", help="A store; may be given several times.")
@shop_option
@json_option
def command(shop: Path | None, as_json: bool, day: datetime | None, stores: Sequence[str]) -> None:
    """List what needs doing in each store, most money first, and what cannot be looked at for want of data."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        pairs = [("store", name) for name in stores]
        found = server.get("/api/v1/patrol", [*pairs, *([("date", day.date().isoformat())] if day else [])])
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.overview.patrol.patrol import patrol
        from zhanggui.understand.overview.reports.report import only_stores

        with owned_ledger(opened) as ledger:
            desk = Desk(opened, ledger)
            made = patrol(desk, day.date() if day else None, only_stores(desk, stores))
        found = made.model_dump(mode="json")
    if as_json:
        print_json(found)
    else:
        print_patrol(found)
