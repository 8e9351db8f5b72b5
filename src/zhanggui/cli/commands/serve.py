"""``zhanggui serve``: the workbench in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.terminal import json_option, note, print_json, shop_option


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--host", help="Loopback address to listen on.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@shop_option
@json_option
def command(shop: Path | None, as_json: bool, port: int | None, host: str | None, no_browser: bool) -> None:
    """Open the workbench in the browser; it can be reached from this machine only."""
    opened = shop_at(shop)
    running = opened.running_server()
    if running is not None:
        if as_json:
            print_json({"url": running.url, "was_running": True})
        else:
            note(f"The workbench of {opened.name} is open already: {running.url}")
        if not no_browser:
            click.launch(running.url)
        return
    from zhanggui.app.server import serve

    def started(url: str) -> None:
        if as_json:
            print_json({"url": url, "was_running": False})
        else:
            note(f"The workbench of {opened.name} is open: {url}   (stop it with Ctrl-C)")
        if not no_browser:
            click.launch(url)

    with owned_ledger(opened):
        # A ledger that must be built from its source files first shows its progress here: the server has no terminal.
        pass
    serve(opened, host=host, port=port, on_start=started)
