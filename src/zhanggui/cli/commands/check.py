"""``zhanggui check``: proof that the ledger keeps its promises."""

from __future__ import annotations

from pathlib import Path

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, language, print_json, say, shop_option


@click.command()
@shop_option
@json_option
@click.pass_context
def command(context: click.Context, shop: Path | None, as_json: bool) -> None:
    """Prove that keys are unique, words known, references whole, and that every total adds up.

    Exit code 0 when every promise holds, 1 when one is broken.
    """
    opened = shop_at(shop)
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
