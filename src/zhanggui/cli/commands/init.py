"""``zhanggui init``: a new shop directory."""

from __future__ import annotations

from pathlib import Path

import click

from zhanggui.cli.terminal import json_option, print_json, say


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="Name of the company; the directory's name when absent.")
@json_option
def command(directory: Path, name: str | None, as_json: bool) -> None:
    """Make a new shop directory: one company with all its stores, and the key that only it holds."""
    from zhanggui.ledger.shop import Shop

    shop = Shop.create(directory, name)
    if as_json:
        print_json({"shop": str(shop.dir), "name": shop.name})
        return
    say(f"Shop {shop.name!r} made in {shop.dir}")
    say("  Keep a copy of shop.key: without it the stored files cannot be read.")
    say(f"  next: zhanggui load FILE... --shop {directory}")
