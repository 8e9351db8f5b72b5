"""``zhanggui check``: proof that the ledger keeps its promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, language, note, print_json, rows_told, say, shop_option

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the ledger again from the source files first.")
@shop_option
@json_option
@click.pass_context
def command(context: click.Context, shop: Path | None, as_json: bool, rebuild: bool) -> None:
    """Prove that keys are unique, words known, references whole, and that every total adds up.

    Exit code 0 when every promise holds, 1 when one is broken.
    """
    opened = shop_at(shop)
    if rebuild:
        _rebuild(opened)
    server = server_of(opened.running_server())
    if server is not None:
        checks = server.get("/api/v1/checks")["checks"]
    else:
        from zhanggui.understand.data.promises import checked

        with owned_ledger(opened) as ledger:
            checks = [each.model_dump(mode="json") for each in checked(ledger).checks]
    broken = [each for each in checks if each["n_violations"]]
    if as_json:
        print_json({"checks": checks, "n_broken": len(broken)})
    else:
        for each in broken:
            say(f"broken: {each['name']}: {each['text'][language()]} ({each['n_violations']:,} rows)")
            for example in each["examples"]:
                say(f"  {example}")
        say(f"{len(checks) - len(broken)} of {len(checks)} promises hold")
    context.exit(1 if broken else 0)


def _rebuild(shop: Shop) -> None:
    from zhanggui.collect.loading.rebuild import build_ledger

    with shop.owner_lock(), rows_told() as tell:
        n_imports = build_ledger(shop, tell=tell)
    note(f"the ledger was built again; imports read: {n_imports:,}")
