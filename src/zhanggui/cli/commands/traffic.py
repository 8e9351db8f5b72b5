"""``zhanggui traffic``: channels, and what they brought."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhanggui.cli.terminal import json_option, language, note, print_json, say, table_lines

if TYPE_CHECKING:
    from zhanggui.understand.traffic.attribution import ChannelCredits


@click.group("traffic")
def command() -> None:
    """Channels, paths and what they brought."""


@command.command("attribution")
@click.option(
    "--paths",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="CSV with the columns path (touches joined by ' > '), conversions, value, nulls.",
)
@click.option("--models", metavar="NAME,..", help="Models to run; all that paths can answer by default.")
@click.option("--draws", type=click.IntRange(min=0), default=0, metavar="N", help="Bootstrap draws for 90 % intervals.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draws.")
@json_option
def attribution(paths: Path, models: str | None, draws: int, seed: int, as_json: bool) -> None:
    """Share the conversions of journeys among the channels that were touched."""
    from zhanggui.understand.traffic.attribution import attribution_of_paths
    from zhanggui.understand.traffic.paths_file import read_paths

    chosen = _models(models)
    found = attribution_of_paths(read_paths(paths), models=chosen, n_draws=draws, seed=seed)
    if as_json:
        print_json(found.to_json())
    else:
        _print_table(found)


def _models(text: str | None) -> tuple[str, ...]:
    from zhanggui.understand.traffic.attribution import OF_PATHS

    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip())) or OF_PATHS
    unknown = [name for name in names if name not in OF_PATHS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(OF_PATHS)}", param_hint="--models")
    return names


def _print_table(found: ChannelCredits) -> None:
    from zhanggui.understand.traffic.attribution import CAVEAT, MODEL_NAMES, largest_first

    tongue = language()
    # Over all places the ordered value is the unordered one; its places are in the JSON answer.
    credits = {name: credit for name, credit in found.found.credits.items() if name != "shapley_ordered"}
    if not credits:
        credits = dict(found.found.credits)
    order = largest_first(next(iter(credits.values())))
    header = ["渠道" if tongue == "zh" else "channel", *(getattr(MODEL_NAMES[name], tongue) for name in credits)]
    rows = [[found.channels[each], *(f"{credit[each]:,.1f}" for credit in credits.values())] for each in order]
    total = ["合计" if tongue == "zh" else "total", *(f"{credit.sum():,.1f}" for credit in credits.values())]
    for line in table_lines(header, [*rows, total], right=[False, *(True for _ in credits)]):
        say(line)
    note(getattr(CAVEAT, tongue))
