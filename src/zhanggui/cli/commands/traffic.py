"""``zhanggui traffic``: channels, and what they brought."""

from __future__ import annotations

import click

from zhanggui.cli.commands.traffic_attribution import attribution
from zhanggui.cli.commands.traffic_channels import channels
from zhanggui.cli.commands.traffic_funnel import funnel, journey, paths
from zhanggui.cli.commands.traffic_links import calculate, links


@click.group("traffic")
def command() -> None:
    """Channels, paths and what they brought."""


command.add_command(attribution)
command.add_command(channels)
command.add_command(funnel)
command.add_command(paths)
command.add_command(journey)
command.add_command(links)
command.add_command(calculate)
