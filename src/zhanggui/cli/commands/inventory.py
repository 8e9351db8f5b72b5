"""``zhanggui inventory``: what lies where, whether it is healthy, what to move, count, order and clear."""

from __future__ import annotations

import click

from zhanggui.cli.commands.inventory_orders import forecast, replenish
from zhanggui.cli.commands.inventory_stock import balance, count, health, markdown, position, transfers


@click.group("inventory")
def command() -> None:
    """Stock: balances, health, positions, transfers, counts, forecast, orders, markdowns."""


for each in (balance, health, position, transfers, count, forecast, replenish, markdown):
    command.add_command(each)
