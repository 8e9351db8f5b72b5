"""``zhanggui demo``: a made-up shop, loaded like any other and opened in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.opened import owned_ledger
from zhanggui.cli.report import print_report
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, progress_told, say, table_lines

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger
    from zhanggui.ledger.shop import Shop

DEFAULT_DIRECTORY = Path("demo-shop")
SAMPLE_FOLDER = "sample-files"
NAME = "青禾茶事（演示）"
SHOWN = ("gmv_created", "gmv_paid", "refund_amount", "net_revenue", "orders_paid", "refund_rate")

JsonObject = dict[str, Any]
"""A load report as JSON values."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--dir", "directory", type=click.Path(path_type=Path), metavar="DIR", help="Where to make the shop.")
@click.option("--no-serve", is_flag=True, help="Make and load the shop only.")
@json_option
def command(port: int | None, no_browser: bool, directory: Path | None, no_serve: bool, as_json: bool) -> None:
    """Load a made-up shop and open it in the browser; every page of it is marked as a demo.

    Two months of two tea stores are written as platform exports and loaded the ordinary way. Without --dir they
    go to ./demo-shop, which is used again the next time.
    """
    shop, is_new = _shop_at(directory or DEFAULT_DIRECTORY)
    running = shop.running_server()
    if running is not None:
        note(f"The demo is open already: {running.url}")
        if not no_browser:
            click.launch(running.url)
        return
    with owned_ledger(shop) as ledger:
        report = _loaded(shop, ledger) if is_new else None
        totals = _totals(ledger)
    if as_json:
        print_json({"shop": str(shop.dir), "is_new": is_new, "load": report, "totals": totals})
    else:
        if report is not None:
            print_report(report, language())
            say()
        _print_totals(totals)
    if not no_serve:
        _serve(shop, port, no_browser=no_browser)


def _shop_at(directory: Path) -> tuple[Shop, bool]:
    """Return the demo shop in `directory` and whether it was made just now."""
    from zhanggui.app.workbench import IS_DEMO
    from zhanggui.ledger.shop import Shop, ShopExistsError
    from zhanggui.settings import SHOP_FILE

    if not (directory / SHOP_FILE).is_file():
        return Shop.create(directory, NAME), True
    shop = Shop.open(directory, chosen_by="--dir")
    if shop.state.get_setting(IS_DEMO) is not True:
        raise ShopExistsError(shop.dir)
    return shop, not (shop.dir / SAMPLE_FOLDER).is_dir()


def _loaded(shop: Shop, ledger: Ledger) -> JsonObject:
    """Write the sample files beside the shop and load them through the ordinary loader."""
    from zhanggui.app.work import LOAD, run_here
    from zhanggui.app.workbench import IS_DEMO
    from zhanggui.simulate import write_sample_shop

    shop.state.set_setting(IS_DEMO, True)
    sample = write_sample_shop(shop.dir / SAMPLE_FOLDER)
    loads = [(list(sample.exports), None), *(([path], map_file) for path, map_file in sample.products)]
    entries: list[Any] = []
    for paths, map_file in loads:
        payload: JsonObject = {"paths": [str(path) for path in paths], "map": str(map_file) if map_file else None}
        with progress_told() as tell:
            report = run_here(shop, ledger, LOAD, payload, tell)
        files = report["files"]
        assert isinstance(files, list)
        entries += files
    return {"files": entries}


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
