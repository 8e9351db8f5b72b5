"""``zhanggui explain``: why a metric moved, in money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.commands.query import DAY
from zhanggui.cli.opened import catalogue_of, owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, say, shop_option, table_lines

if TYPE_CHECKING:
    from zhanggui.metrics import Metric


@click.command()
@click.argument("metric")
@click.argument("against_to", required=False, metavar="[DATE]")
@click.option("--from", "date_from", type=DAY, required=True, metavar="DATE", help="First day of the period explained.")
@click.option("--to", "date_to", type=DAY, required=True, metavar="DATE", help="Its last day.")
@click.option("--against", required=True, metavar="FROM..TO", help="The period compared with; also as two dates.")
@click.option("--by", multiple=True, metavar="DIM,..", help="Dimensions to search; the usual ones by default.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters of both periods; all of them hold.")
@shop_option
@json_option
def command(shop: Path | None, as_json: bool, **asked: Any) -> None:  # the values of click's options
    """Say why METRIC moved: drivers that sum to the change, segments that carry it, noise, doubts about the data."""
    query = _as_query(asked)
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/explain", query)
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.overview.explanation import explained

        with owned_ledger(opened) as ledger:
            found = explained(Desk(opened, ledger), query).to_json()
    if as_json:
        print_json(found)
    else:
        _print(found, catalogue_of(opened))


def _as_query(asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is asked as the pairs of the HTTP API, so that both ways ask the same."""
    metric, against = asked["metric"], asked["against"]
    if asked["against_to"] is not None:
        # After `--against D D METRIC` the second day stands where the metric is expected.
        if _is_day(metric):
            metric, asked["against_to"] = asked["against_to"], metric
        against = f"{against}..{asked['against_to']}"
    pairs = [("metric", metric)]
    pairs += [(key, asked[name].date().isoformat()) for name, key in (("date_from", "from"), ("date_to", "to"))]
    pairs.append(("against", against))
    pairs += [(key, text) for key in ("by", "where") for text in asked[key]]
    return pairs


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def _print(found: dict[str, Any], catalogue: Mapping[str, Metric]) -> None:
    tongue = language()
    for warning in found["data_warnings"]:
        note(f"note: {warning['message_zh' if tongue == 'zh' else 'message']}")
    for sentence in found[f"sentences_{tongue}"]:
        say(sentence)
    unit = found["unit"]
    for title, rows in (("drivers", found["drivers"]), ("segments", found["segments"])):
        if not rows:
            continue
        say()
        header = [title, "amount", "share", "before", "after"]
        lines = [
            [
                row[f"label_{tongue}"],
                figure(row["amount"], unit),
                "-" if row["share"] is None else f"{row['share']:.1%}",
                *(
                    figure(row[key], unit if title == "segments" else _unit(row["name"], catalogue))
                    for key in ("before", "after")
                ),
            ]
            for row in rows
        ]
        for line in table_lines(header, lines, right=[False, True, True, True, True]):
            say(line)


def _unit(driver: str, catalogue: Mapping[str, Metric]) -> str | None:
    metric = catalogue.get(driver)
    return str(metric.unit) if metric is not None else "ratio"
