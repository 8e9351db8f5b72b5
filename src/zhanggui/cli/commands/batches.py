"""``zhanggui batches``: imported files, and moving one to another store."""

from __future__ import annotations

from pathlib import Path

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.report import CLASSES
from zhanggui.cli.terminal import json_option, note, print_json, progress_told, say, shop_option, table_lines


@click.group(name="batches")
def command() -> None:
    """List imported files; move one to another store."""


@command.command(name="list")
@shop_option
@json_option
def list_batches(shop: Path | None, as_json: bool) -> None:
    """List imported files with their ledger equation, newest first."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/batches")
    else:
        from zhanggui.understand.data.files import batch_list
        from zhanggui.understand.desk import Desk

        with owned_ledger(opened) as ledger:
            found = batch_list(Desk(opened, ledger)).model_dump(mode="json")
    if as_json:
        print_json({"batches": found["rows"]})
        return
    rows = [
        [str(row["id"]), row["file"], row["store"], *(f"{row[name]:,}" for name in ("received", *CLASSES))]
        for row in found["rows"]
    ]
    header = ["id", "file", "store", "received", *CLASSES]
    for line in table_lines(header, rows, right=[True, False, False, *[True] * 6]):
        say(line)


@command.command(name="move")
@click.argument("batch_id", type=int, metavar="ID")
@click.option("--store", required=True, metavar="NAME", help="The store it belongs to.")
@shop_option
@json_option
def move_to(shop: Path | None, as_json: bool, batch_id: int, store: str) -> None:
    """Move an import to another store; the totals of both stores follow."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    with progress_told() as tell:
        if server is not None:
            started = server.post(f"/api/v1/batches/{batch_id}/move", {"store": store})
            moved = server.finished_job(started["job_id"], tell)
        else:
            from zhanggui.app.work import MOVE, run_here

            with owned_ledger(opened) as ledger:
                moved = run_here(opened, ledger, MOVE, {"batch_id": batch_id, "store": store}, tell)
    if as_json:
        print_json(moved)
    else:
        say(f"file {batch_id} moved from {moved['from']} to {moved['to']}")
        note("the totals of both stores have followed")
