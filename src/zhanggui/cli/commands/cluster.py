"""``zhanggui cluster``: the second engine, for ledgers that outgrow one machine."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.terminal import json_option, note, print_json, say, shop_option


@click.group(name="cluster")
def command() -> None:
    """Ask the same metrics on an Apache Spark cluster; needs the extra zhanggui[cluster] and Java 17."""


@command.command("start")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@click.option("--cores", type=click.IntRange(1, 256), default=1, show_default=True, help="Processors of each.")
@click.option("--memory", default="2g", show_default=True, metavar="SIZE", help="Memory of each.")
@click.option("--port", type=click.IntRange(0, 65535), default=7077, show_default=True, help="0 takes a free one.")
@json_option
def start(as_json: bool, workers: int, cores: int, memory: str, port: int) -> None:
    """Run a cluster of several processes on this machine, on loopback only, until Ctrl-C."""
    from zhanggui.ledger.engine.nodes import running_cluster

    with (
        tempfile.TemporaryDirectory(prefix="zhanggui-cluster-") as folder,
        suppress(KeyboardInterrupt),
        running_cluster(Path(folder), workers=workers, cores=cores, memory=memory, port=port) as address,
    ):
        if as_json:
            print_json({"address": address, "workers": workers})
        else:
            note(f"The cluster answers at {address} with {workers} workers   (stop it with Ctrl-C)")
        while True:
            time.sleep(3_600)


@command.command("publish")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@json_option
@shop_option
def publish(shop: Path | None, as_json: bool, directory: Path) -> None:
    """Write the ledger as Parquet to DIR, for a cluster to read; it holds tokens, no plain personal data."""
    from zhanggui.ledger.engine.cluster import publish as written

    with owned_ledger(shop_at(shop)) as ledger:
        rows = written(ledger, directory)
    if as_json:
        print_json({"directory": str(directory), "tables": dict(rows)})
        return
    say(f"{len(rows)} tables, {sum(rows.values()):,} rows: {directory}")
