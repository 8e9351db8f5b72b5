"""``zhanggui query``: metrics from the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.opened import catalogue_of, owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, say, shop_option, table_lines

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger
    from zhanggui.metrics import Metric

DAY = click.DateTime(formats=["%Y-%m-%d"])
Published = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("metrics", nargs=-1, required=True, metavar="METRIC...")
@click.option("--by", multiple=True, metavar="DIM,..", help="Dimensions to split by.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold.")
@click.option("--from", "date_from", type=DAY, metavar="DATE", help="First business day.")
@click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last business day.")
@click.option("--grain", type=click.Choice(["day", "week", "month", "quarter", "year"]), help="One row per step.")
@click.option("--compare", type=click.Choice(["previous", "year"]), help="Set another period beside.")
@click.option("--order-by", metavar="COLUMN", help="Sort; -COLUMN puts the largest first.")
@click.option("--as-defined", type=DAY, metavar="DATE", help="Own metrics as they were defined on this day.")
@click.option("--cluster", metavar="ADDRESS", help="Ask a cluster instead, as spark://127.0.0.1:7077.")
@click.option("--published", type=Published, metavar="DIR", help="The ledger that it reads: zhanggui cluster publish.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Rows to keep after sorting.")
@shop_option
@json_option
def command(
    shop: Path | None, as_json: bool, cluster: str | None, published: Path | None, **asked: Any
) -> None:  # the values of click's options
    """Ask metrics of the ledger; without --by exactly one row, without --from and --to all data."""
    if (cluster is None) != (published is None):
        raise click.UsageError("--cluster and --published go together")
    opened = shop_at(shop)
    server = server_of(opened.running_server()) if cluster is None else None
    query = _as_query(asked)
    if server is not None:
        found = server.get("/api/v1/query", query)
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.overview.own_metrics import answered

        with owned_ledger(opened) if cluster is None else _published(published, cluster) as ledger:
            found = answered(Desk(opened, ledger), query)
    if as_json:
        print_json(found)
    else:
        _print_table(found, catalogue_of(opened))


def _published(directory: Path | None, cluster: str) -> Ledger:
    from zhanggui.ledger.engine.cluster import open_published

    assert directory is not None
    return open_published(directory, cluster)


def _as_query(asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the question as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("metrics", _joined(asked["metrics"]))]
    if asked["by"]:
        pairs.append(("by", _joined(asked["by"])))
    pairs += [("where", text) for text in asked["where"]]
    for name, key in (("date_from", "from"), ("date_to", "to"), ("as_defined", "as_defined")):
        if asked[name] is not None:
            pairs.append((key, _day(asked[name]).isoformat()))
    pairs += [(key, str(asked[key])) for key in ("grain", "compare", "order_by", "limit") if asked[key] is not None]
    return pairs


def _joined(words: tuple[str, ...]) -> str:
    return ",".join(word for text in words for word in text.split(",") if word)


def _day(moment: datetime) -> date:
    return moment.date()


def _print_table(found: dict[str, Any], catalogue: Mapping[str, Metric]) -> None:
    rows = [_flat(row) for row in found["rows"]]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or [*found["by"], *found["metrics"]]
    texts = [[_cell(row, name, catalogue) for name in columns] for row in rows]
    is_number = [_unit(catalogue, name) is not None for name in columns]
    for line in table_lines(columns, texts, right=is_number):
        say(line)
    money = [found["currency"]] if found["currency"] else []
    note(", ".join([*money, f"data to {found['as_of']}"]) if found["as_of"] else "no data yet: zhanggui load FILE...")
    if "compare" in found:
        note(f"compared with {found['compare']['from']} to {found['compare']['to']}")
    key = "message_zh" if language() == "zh" else "message"
    for each in found.get("definitions", ()):
        note(f"{each['name']} version {each['version']}: {each['formula']}")
    # Metrics of one kind share what is to be said of them.
    for message in dict.fromkeys(warning[key] for warning in found["warnings"]):
        note(f"note: {message}")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with each metric's compared value and change right behind it."""
    if "compare" not in row:
        return dict(row)
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name not in ("compare", "change"):
            flat[name] = value
        if name in row["compare"]:
            flat |= {f"{name} before": row["compare"][name], f"{name} change": row["change"][name]}
    return flat


def _cell(row: Mapping[str, Any], column: str, catalogue: Mapping[str, Metric]) -> str:
    value, unit = row.get(column), _unit(catalogue, column)
    if column.endswith(" change") and value is not None:
        return f"{value:+.4f}" if unit == "ratio" else f"{value:+.1%}"
    return figure(value, unit)


def _unit(catalogue: Mapping[str, Metric], column: str) -> str | None:
    name = column.removesuffix(" before").removesuffix(" change")
    metric = catalogue.get(name) or catalogue.get(name.rsplit("_", 1)[0])
    return str(metric.unit) if metric is not None else None
