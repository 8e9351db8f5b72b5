"""``zhanggui demo``: a simulated shop, loaded like any other and opened in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.commands.simulate import days_told
from zhanggui.cli.opened import owned_ledger
from zhanggui.cli.report import print_report
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, progress_told, say, table_lines

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger
    from zhanggui.ledger.shop import Shop

DEFAULT_DIRECTORY = Path("demo-shop")
WORLD = "world"
NAME = "禾木集团（模拟）"
SHOWN = ("gmv_created", "gmv_paid", "refund_amount", "net_revenue", "orders_paid", "refund_rate")
_NOT_READ = ("unknown_format", "unreadable_file")
_EVENTS = "events"
"""Datasets of this kind are many rows that no page needs at once: they are loaded while the workbench is open."""

JsonObject = dict[str, Any]
"""A load report as JSON values."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--dir", "directory", type=click.Path(path_type=Path), metavar="DIR", help="Where to make the shop.")
@click.option("--days", type=int, default=180, show_default=True, metavar="N", help="Days of trade.")
@click.option(
    "--orders-per-day", type=int, default=250, show_default=True, metavar="N", help="Paid orders a day, on average."
)
@click.option("--no-serve", is_flag=True, help="Make and load the shop only.")
@json_option
def command(
    port: int | None,
    no_browser: bool,
    directory: Path | None,
    days: int,
    orders_per_day: int,
    no_serve: bool,
    as_json: bool,
) -> None:
    """Simulate a shop, load its files and open it in the browser; every page of it is marked as simulated.

    Seven stores on six platforms trade for half a year; what they export is loaded the ordinary way. What visitors did
    on the own site, a million events, is loaded once the workbench is open. Without --dir the shop goes to ./demo-shop,
    which is used again the next time.
    """
    shop, is_new = _shop_at(directory or DEFAULT_DIRECTORY)
    running = shop.running_server()
    if running is not None:
        note(f"The demo is open already: {running.url}")
        if not no_browser:
            click.launch(running.url)
        return
    report = _loaded(shop, days, orders_per_day) if is_new else None
    with owned_ledger(shop) as ledger:
        totals = _totals(ledger)
        events = list(_events_left(shop, ledger))
    if no_serve:
        # Nobody waits for a page.
        report = _with_events(shop, report, events)
    if as_json:
        print_json({"shop": str(shop.dir), "is_new": is_new, "load": report, "totals": totals})
    else:
        if report is not None:
            _print_load(shop, report)
        _print_totals(totals)
    if not no_serve:
        _load_later(shop, events)
        _serve(shop, port, no_browser=no_browser)


def _shop_at(directory: Path) -> tuple[Shop, bool]:
    """Return the demo shop in `directory` and whether it has still to be filled."""
    from zhanggui.app.workbench import IS_DEMO
    from zhanggui.ledger.shop import Shop, ShopExistsError
    from zhanggui.settings import SHOP_FILE

    if not (directory / SHOP_FILE).is_file():
        return Shop.create(directory, NAME), True
    shop = Shop.open(directory, chosen_by="--dir")
    is_demo = shop.state.get_setting(IS_DEMO)
    if is_demo is None:
        raise ShopExistsError(shop.dir)
    return shop, is_demo is not True


def _loaded(shop: Shop, days: int, orders_per_day: int) -> JsonObject:
    """Simulate the shop unless that was done, and load its files through the ordinary loader."""
    from zhanggui.app.work import LOAD, run_here
    from zhanggui.app.workbench import IS_DEMO

    shop.state.set_setting(IS_DEMO, False)
    folder = _world(shop, days, orders_per_day)
    entries: list[Any] = []
    listed = [entry for entry in _listed(folder) if not entry["dataset"].startswith(_EVENTS)]
    with owned_ledger(shop, is_loading=True) as ledger, progress_told() as tell:
        for store, map_file, paths in _loads(folder, listed):
            payload: JsonObject = {"paths": paths, "map": map_file, "store": store}
            report = run_here(shop, ledger, LOAD, payload, tell, derives=False)
            files = report["files"]
            assert isinstance(files, list)
            entries += files
    shop.state.set_setting(IS_DEMO, True)
    return {"files": entries}


def _listed(folder: Path) -> list[JsonObject]:
    files: list[JsonObject] = json.loads((folder / "LOADING.json").read_text(encoding="utf-8"))["files"]
    return files


def _events_left(shop: Shop, ledger: Ledger) -> Iterator[JsonObject]:
    """Yield a load for each store whose events are not all in the ledger."""
    batch = ledger.table("source_batch")
    loaded = ledger.query(batch.filter(batch.dataset == _EVENTS).select("file_name")).column("file_name").to_pylist()
    folder = shop.dir / WORLD
    listed = [entry for entry in _listed(folder) if entry["dataset"].startswith(_EVENTS)]
    left = [entry for entry in listed if Path(entry["path"]).name not in loaded]
    for store, map_file, paths in _loads(folder, left):
        yield {"paths": paths, "map": map_file, "store": store}


def _with_events(shop: Shop, report: JsonObject | None, loads: Sequence[JsonObject]) -> JsonObject | None:
    """Load events at once, and return the report with what became of them."""
    from zhanggui.app.work import LOAD, run_here

    for payload in loads:
        with owned_ledger(shop) as ledger, progress_told() as tell:
            done: JsonObject = run_here(shop, ledger, LOAD, payload, tell)
        report = {"files": [*(report["files"] if report else ()), *done["files"]]}
    return report


def _load_later(shop: Shop, loads: Sequence[JsonObject]) -> None:
    """Leave events to the worker of the workbench, unless an earlier opening has left them to it already."""
    from zhanggui.app.work import LOAD
    from zhanggui.ledger.jobs import JobQueue

    queue = JobQueue(shop.state)
    waiting = [job.payload for job in queue.list_jobs() if job.state == "queued"]
    loads = [payload for payload in loads if payload not in waiting]
    for payload in loads:
        queue.enqueue(LOAD, payload)
    if loads:
        note(
            "网站访客的行为数据正在后台导入，工作台里可看进度"
            if language() == "zh"
            else "What visitors did is being loaded in the background; the workbench shows how far it is."
        )


def _world(shop: Shop, days: int, orders_per_day: int) -> Path:
    from zhanggui.simulate import Options, simulate_shop

    folder = shop.dir / WORLD
    if not (folder / "LOADING.json").is_file():
        with days_told() as tell:
            simulate_shop(folder, Options(days=days, orders_per_day=orders_per_day), tell)
    return folder


def _loads(folder: Path, listed: Sequence[JsonObject]) -> Iterator[tuple[str | None, str | None, list[str]]]:
    """Yield store, map and files of each load, in the order of the list."""
    for (store, map_file), files in groupby(listed, key=lambda entry: (entry["store"], entry["map"])):
        paths = [str((folder / entry["path"]).absolute()) for entry in files]
        yield store or None, str((folder / map_file).absolute()) if map_file else None, paths


def _print_load(shop: Shop, report: JsonObject) -> None:
    """Print what became of each file; those of no known format lie ready for whoever maps them."""
    waiting = [entry for entry in report["files"] if (entry.get("error") or {}).get("code") in _NOT_READ]
    print_report({**report, "files": [entry for entry in report["files"] if entry not in waiting]}, language())
    say()
    if waiting:
        is_zh = language() == "zh"
        say(
            f"以下文件还不能自动识别，已放在 {shop.dir / WORLD}："
            if is_zh
            else f"Not read yet, ready in {shop.dir / WORLD}:"
        )
        for entry in waiting:
            say(f"  {entry['file']}")
        say()


def _totals(ledger: Ledger) -> JsonObject:
    from zhanggui.metrics import Question, answer

    return answer(ledger, Question(metrics=SHOWN)).to_json()


def _print_totals(totals: JsonObject) -> None:
    from zhanggui.metrics import CATALOGUE

    tongue = language()
    row = totals["rows"][0]
    rows = [[CATALOGUE[name].label.pick(tongue), figure(row[name], str(CATALOGUE[name].unit))] for name in SHOWN]
    for line in table_lines(["", totals["currency"] or ""], rows, right=[False, True]):
        say(line)


def _serve(shop: Shop, port: int | None, *, no_browser: bool) -> None:
    from zhanggui.app.server import serve

    def started(url: str) -> None:
        note(f"\nThe demo is open: {url}   (stop it with Ctrl-C)")
        if not no_browser:
            click.launch(url)

    serve(shop, host=None, port=port, on_start=started)
