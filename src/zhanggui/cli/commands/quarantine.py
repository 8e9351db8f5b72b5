"""``zhanggui quarantine``: rows kept apart, and their replay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.report import exit_code, print_report
from zhanggui.cli.terminal import json_option, language, note, print_json, progress_told, say, shop_option, table_lines

JsonObject = dict[str, Any]
"""A fix, or a page of the quarantine, as JSON values."""


@click.group(name="quarantine")
def command() -> None:
    """List rows kept apart; replay them after a fix."""


@command.command(name="list")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@shop_option
@json_option
@click.pass_context
def list_rows(context: click.Context, shop: Path | None, as_json: bool, page: int) -> None:
    """List rows kept apart with the reason; exit code 1 when there are any."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/quarantine", [("page", str(page))])
    else:
        from zhanggui.understand.data.quarantine import quarantine_list
        from zhanggui.understand.desk import Desk

        with owned_ledger(opened) as ledger:
            found = quarantine_list(Desk(opened, ledger), page).model_dump(mode="json")
    if as_json:
        print_json(found)
    else:
        _print_rows(found)
    context.exit(1 if found["n_rows"] else 0)


def _print_rows(found: JsonObject) -> None:
    tongue = language()
    rows = [
        [row["id"], row["file"], str(row["row"]), row["column"] or "", row["value"] or "", row["reason"][tongue]]
        for row in found["rows"]
    ]
    for line in table_lines(
        ["id", "file", "row", "column", "value", "reason"], rows, right=[False, False, True] + [False] * 3
    ):
        say(line)
    if found["pages"] > 1:
        note(f"page {found['page']} of {found['pages']}, {found['n_rows']:,} rows in all")


@command.command(name="replay")
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--set", "cells", multiple=True, metavar="HEADER=VALUE", help="New value of a cell, for every ID.")
@click.option(
    "--fixes", type=click.File(encoding="utf-8"), metavar="FILE.json", help='[{"id", "values": {header: value}}]'
)
@shop_option
@json_option
@click.pass_context
def replay(
    context: click.Context, shop: Path | None, as_json: bool, ids: Sequence[str], cells: Sequence[str], fixes: Any
) -> None:
    """Load rows kept apart again, with corrected cells.

    Exit code 0 when every row was taken, 1 when some are still apart.
    """
    asked = _fixes(ids, cells, fixes)
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    with progress_told() as tell:
        if server is not None:
            started = server.post("/api/v1/quarantine/replay", {"fixes": asked})
            report = server.finished_job(started["job_id"], tell)
        else:
            from zhanggui.app.work import REPLAY, run_here

            with owned_ledger(opened) as ledger:
                report = run_here(opened, ledger, REPLAY, {"fixes": asked}, tell)
    if as_json:
        print_json(report)
    else:
        print_report(report, language())
    context.exit(exit_code(report))


def _fixes(ids: Sequence[str], cells: Sequence[str], fixes: Any) -> list[JsonObject]:
    values: dict[str, str] = {}
    for cell in cells:
        header, is_set, value = cell.partition("=")
        if not is_set:
            raise click.BadParameter(f"{cell!r} is not HEADER=VALUE", param_hint="--set")
        values[header] = value
    asked = [{"id": issue, "values": values} for issue in ids]
    if fixes is not None:
        try:
            asked += [{"id": str(each["id"]), "values": dict(each["values"])} for each in json.load(fixes)]
        except (ValueError, KeyError, TypeError):
            raise click.BadParameter("it is no list of {id, values}", param_hint="--fixes") from None
    if not asked:
        raise click.UsageError("name at least one ID; `zhanggui quarantine list` shows them")
    return asked
