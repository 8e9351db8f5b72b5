"""``zhanggui load``: export files into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.passwords import password_option, passwords_for
from zhanggui.cli.remote import Server, server_of
from zhanggui.cli.report import exit_code, print_report, store_choices
from zhanggui.cli.templates import give_template
from zhanggui.cli.terminal import Tell, is_terminal, json_option, language, note, print_json, progress_told, shop_option

MOMENT = click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"])
JsonObject = dict[str, Any]
"""A load report, or a job's payload."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE.toml", help="What the columns mean.")
@click.option("--store", metavar="NAME", help="The store that the files belong to.")
@click.option("--extracted-at", type=MOMENT, metavar="TIME", help="When the files were exported.")
@click.option("--dry-run", is_flag=True, help="Do all but write.")
@click.option("--template", metavar="NAME", help="Write a workbook to fill in instead; `list` lists them.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Where to write the template.")
@password_option
@shop_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    shop: Path | None,
    as_json: bool,
    paths: tuple[Path, ...],
    map_file: Path | None,
    store: str | None,
    extracted_at: datetime | None,
    dry_run: bool,
    template: str | None,
    out: Path | None,
    password_file: Path | None,
) -> None:
    """Recognise, check and import export files, folders of them, or ZIPs; or write a template to fill in.

    Exit code 0 when every row was taken, 1 when some were kept apart, 2 when a file could not be read.
    """
    if template is not None:
        give_template(template, out, paths, as_json=as_json)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.", context)
    opened = shop_at(shop)
    asked: JsonObject = {
        "paths": [str(path.absolute()) for path in paths],
        "map": str(map_file.absolute()) if map_file else None,
        "store": store,
        "extracted_at": _utc(extracted_at, opened.settings.shop.timezone),
        "dry_run": dry_run,
    }
    passwords = passwords_for(paths, password_file)
    with progress_told() as tell:
        report = loaded(opened, asked, tell, passwords)
    while not as_json and is_terminal() and (choices := store_choices(report)):
        files, names = choices
        note(f"Which store do these belong to: {', '.join(files)}")
        chosen = click.prompt("store", type=click.Choice(names), err=True)
        again = {**asked, "store": chosen, "paths": _paths_of(asked["paths"], files)}
        with progress_told() as tell:
            report = _replaced(report, loaded(opened, again, tell, passwords))
    if as_json:
        print_json(report)
    else:
        print_report(report, language())
        _save_maps(report)
    context.exit(exit_code(report))


def loaded(
    opened: Any,  # a Shop, imported when needed
    asked: JsonObject,
    tell: Tell,
    passwords: Sequence[str] = (),
) -> JsonObject:
    """Load files into an opened shop, through its server where one runs; return the report."""
    server = server_of(opened.running_server())
    if server is not None:
        return _through(server, {**asked, "passwords": list(passwords)}, tell)
    from zhanggui.app.work import LOAD, run_here

    with owned_ledger(opened, is_loading=True) as ledger:
        report: JsonObject = run_here(opened, ledger, LOAD, asked, tell, passwords=passwords)
    starved = [entry["file"] for entry in report["files"] if (entry.get("error") or {}).get("code") == "out_of_memory"]
    if not starved:
        return report
    # Most imports fit a small bound and spill the rest; the few that cannot are given what questions are given.
    with owned_ledger(opened) as ledger:
        again = {**asked, "paths": _paths_of(asked["paths"], starved)}
        return _replaced(report, run_here(opened, ledger, LOAD, again, tell, passwords=passwords))


def _through(server: Server, asked: JsonObject, tell: Tell) -> JsonObject:
    started = server.post("/api/v1/load/paths", asked)
    return server.finished_job(started["job_id"], tell)


def _utc(moment: datetime | None, zone: str) -> str | None:
    if moment is None:
        return None
    from datetime import UTC

    from zhanggui.calendar import time_zone

    aware = moment.replace(tzinfo=time_zone(zone))
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat()


def _paths_of(paths: Sequence[str], files: Sequence[str]) -> list[str]:
    """Return the paths whose report names one of `files`; all of them where a folder hides which."""
    found = [path for path in paths if Path(path).name in files]
    return found or list(paths)


def _replaced(before: JsonObject, after: JsonObject) -> JsonObject:
    """Return the report with the entries of files that were loaded again."""
    again = {entry["file"] for entry in after["files"]}
    return {**before, "files": [*(entry for entry in before["files"] if entry["file"] not in again), *after["files"]]}


def _save_maps(report: JsonObject) -> None:
    """Write the drafted map of each unknown file into the current directory, never over another file."""
    for entry in report["files"]:
        draft = entry.get("draft_map")
        if not draft:
            continue
        file, _, sheet = str(entry["file"]).rpartition("!") if "!" in entry["file"] else (entry["file"], "", "")
        path = Path(f"{' '.join(part for part in (Path(file).stem, sheet) if part)}.toml")
        if path.exists():
            note(f"a map for {entry['file']} was drafted, but {path} exists and was left as it is")
            continue
        path.write_text(draft, encoding="utf-8")
        note(f"a map as guessed was written: {path}   look: zhanggui map FILE   then: zhanggui load FILE --map {path}")
