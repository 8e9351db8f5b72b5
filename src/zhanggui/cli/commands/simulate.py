"""``zhanggui simulate``: a made-up shop whose truth is known, written as the platforms' own export files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhanggui.cli.terminal import Tell, json_option, language, print_json, progress_told, say, table_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhanggui.simulate import Written

TRADES = ("beauty", "fashion", "baby", "home")
PLATFORMS = ("taobao", "tmall", "jd", "pinduoduo", "douyin", "own_site")
"""Named here so that help loads no world; a test holds them to the world's own."""


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--days", type=int, default=180, show_default=True, metavar="N", help="Days of trade.")
@click.option(
    "--orders-per-day", type=int, default=250, show_default=True, metavar="N", help="Paid orders a day, on average."
)
@click.option(
    "--end", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE", help="The last day; 2026-11-15 when absent."
)
@click.option("--seed", type=int, default=7, show_default=True, metavar="N", help="Which world.")
@click.option("--trade", "trades", type=click.Choice(TRADES), multiple=True, help="Only this trade; may be repeated.")
@click.option(
    "--platform", "platforms", type=click.Choice(PLATFORMS), multiple=True, help="Only this platform; may be repeated."
)
@click.option("--daily", "is_daily", is_flag=True, help="A folder per date, with what is exported the morning after.")
@click.option(
    "--buyer-ids",
    "has_buyer_ids",
    is_flag=True,
    help="Write the ids that open APIs give buyers too, and what ties them where they agreed.",
)
@json_option
def command(
    directory: Path,
    days: int,
    orders_per_day: int,
    end: datetime | None,
    seed: int,
    trades: tuple[str, ...],
    platforms: tuple[str, ...],
    is_daily: bool,
    has_buyer_ids: bool,
    as_json: bool,
) -> None:
    """Write the export files of a made-up shop into DIR, with truth.json: all that was planted in it.

    The same options and seed always write the same bytes. Nothing in the files is of a real person or shop.
    """
    from zhanggui.simulate import DEFAULT_END, Options, Platform, Trade, simulate_shop

    asked = Options(
        days=days,
        orders_per_day=orders_per_day,
        seed=seed,
        end=end.date() if end else DEFAULT_END,
        trades=tuple(Trade(name) for name in trades) or tuple(Trade),
        platforms=tuple(Platform(name) for name in platforms) or tuple(Platform),
        has_buyer_ids=has_buyer_ids,
    )
    with days_told() as tell:
        written = simulate_shop(directory, asked, tell, is_daily=is_daily)
    if as_json:
        print_json(written.to_json())
        return
    _print_written(written, f"{directory}/DATE" if is_daily else f"{directory}")


@contextmanager
def days_told() -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many days of the world are written."""
    with progress_told() as tell:

        def told(done: int, total: int) -> None:
            _tell_days(tell, done, total)

        yield told


def _tell_days(tell: Tell, done: int, total: int) -> None:
    tell({"done": done, "unit": f"/ {total}", "label": {"zh": "模拟天数", "en": "simulated days"}})


def _print_written(written: Written, place: str) -> None:
    is_zh = language() == "zh"
    kinds: dict[tuple[str, str], list[int]] = {}
    for file in written.files:
        count = kinds.setdefault((file.store, file.dataset), [0, 0])
        count[0] += 1
        count[1] += file.n_rows
    header = ["店铺", "内容", "文件", "行"] if is_zh else ["store", "content", "files", "rows"]
    rows = [[store or "-", dataset, f"{n:,}", f"{n_rows:,}"] for (store, dataset), (n, n_rows) in kinds.items()]
    for line in table_lines(header, rows, right=[False, False, True, True]):
        say(line)
    say()
    say(f"truth: {written.folder / 'truth.json'}")
    say(
        f"order: {written.folder / 'LOADING.json'}"
        + ("（每个文件的店铺与映射）" if is_zh else "   (store and map of each file)")
    )
    say(f"next:  zhanggui init SHOP && zhanggui load {place}/STORE --store STORE --shop SHOP")
