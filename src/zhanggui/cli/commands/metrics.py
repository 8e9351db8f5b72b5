"""``zhanggui metrics``: what can be asked, and what it means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.commands.own_metrics import define, history, remove
from zhanggui.cli.commands.query import DAY
from zhanggui.cli.opened import catalogue_of, owned_ledger, shop_at, shop_if_any
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    note,
    print_json,
    say,
    shop_option,
    table_lines,
)

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop


@click.group(name="metrics")
def command() -> None:
    """List metrics, show the definition of one or what it is made of, define your own."""


@command.command(name="list")
@shop_option
@json_option
def list_metrics(shop: Path | None, as_json: bool) -> None:
    """List every metric with its catalogue id, unit and, where nothing fills it yet, the table that it needs.

    Inside a shop, its own metrics stand last.
    """
    from zhanggui.metrics.cards import metric_entry, needs_of

    catalogue = catalogue_of(shop_if_any(shop))
    if as_json:
        print_json({"metrics": [metric_entry(metric) for metric in catalogue.values()]})
        return
    rows = [
        [
            metric.name,
            metric.label.pick(language()),
            metric.catalogue_ids[0],
            str(metric.chain),
            str(metric.unit),
            ", ".join(f"needs {table}" for table in needs_of(metric)),
        ]
        for metric in catalogue.values()
    ]
    for line in table_lines(["metric", "label", "id", "chain", "unit", ""], rows, right=[False] * 6):
        say(line.rstrip())


@command.command(name="show")
@click.argument("name")
@shop_option
@json_option
def show_metric(shop: Path | None, name: str, as_json: bool) -> None:
    """Show what a metric means, how it is computed, and what it can be split by."""
    from zhanggui.metrics.cards import metric_card, metric_named, rules_of

    metric = metric_named(name, catalogue_of(shop_if_any(shop)))
    if as_json:
        print_json(metric_card(metric))
        return
    tongue = language()
    facts = metric_card(metric)
    say(f"{metric.name}: {metric.label.pick(tongue)}")
    say(f"  {metric.definition.pick(tongue)}")
    for key in (
        "formula",
        "unit",
        "good",
        "base",
        "dimensions",
        "evidence",
        "owner",
        "catalogue_ids",
        "version",
        "needs",
    ):
        value = facts[key]
        if isinstance(value, dict):
            value = value[tongue]
        if value == []:
            continue
        say(f"  {key + ':':<15}{', '.join(map(str, value)) if isinstance(value, list) else value}")
    for rule in rules_of(metric):
        say(f"  {rule.label.pick(tongue)}: {rule.text.pick(tongue)}")


@command.command(name="formulas")
@json_option
def formulas(as_json: bool) -> None:
    """Show the formulas of the source documents, their figures, and which metrics answer them."""
    from zhanggui.metrics.formulas import FORMULAS

    if as_json:
        print_json({"formulas": [each.to_json() for each in FORMULAS]})
        return
    for each in FORMULAS:
        say(f"{each.catalogue_id}: {each.text}")
        for one in each.figures:
            say(f"  {one.said} → {one.value:,.6g}")
        if each.metrics:
            say(f"  {', '.join(each.metrics)}")
        say(f"  {each.note.pick(language())}")


@command.command(name="tree")
@click.argument("name", required=False)
@click.option("--from", "date_from", type=DAY, metavar="DATE", help="First day of the figures.")
@click.option("--to", "date_to", type=DAY, metavar="DATE", help="Their last day.")
@click.option("--compare", type=click.Choice(["previous", "year"]), help="The period before, or a year earlier.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold.")
@shop_option
@json_option
def tree(shop: Path | None, as_json: bool, **asked: Any) -> None:  # the values of click's options
    """Show what NAME is made of, down to what can be turned; sales and profit where no name is given.

    Outside a shop it shows definitions alone, inside one the figures too.
    """
    from zhanggui.ledger.shop import ShopMissingError

    query = [(key, value) for key, value in (("metric", asked["name"]), ("compare", asked["compare"])) if value]
    query += [(key, asked[f"date_{key}"].date().isoformat()) for key in ("from", "to") if asked[f"date_{key}"]]
    query += [("where", text) for text in asked["where"]]
    try:
        opened = shop_at(shop)
    except ShopMissingError:
        if shop is not None or [key for key, _ in query if key != "metric"]:
            raise
        found = _defined(asked["name"])
    else:
        found = _figured(opened, query)
    if as_json:
        print_json(found)
        return
    key = "message_zh" if language() == "zh" else "message"
    for text in dict.fromkeys(each[key] for one in found["trees"] for each in one["warnings"]):
        note(f"note: {text}")
    for one in found["trees"]:
        _print_tree(one)


def _defined(name: str | None) -> dict[str, Any]:
    from zhanggui.metrics.cards import metric_named
    from zhanggui.metrics.identities import ROOTS
    from zhanggui.metrics.tree import definition_tree

    return {"trees": [definition_tree(metric_named(each)).to_json() for each in ([name] if name else ROOTS)]}


def _figured(shop: Shop, query: list[tuple[str, str]]) -> dict[str, Any]:
    server = server_of(shop.running_server())
    if server is not None:
        return server.get("/api/v1/metrics/tree", query)
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.trees import trees

    with owned_ledger(shop) as ledger:
        return trees(Desk(shop, ledger), query)


def _print_tree(found: dict[str, Any]) -> None:
    rows: list[list[str]] = []
    has_figures = found["period"] is not None
    _add_lines(rows, found["tree"], 0)
    header = ["metric", "value", "change", "target", "owner"]
    if not has_figures:
        rows, header = [[row[0], row[-1]] for row in rows], ["metric", "owner"]
    else:
        say(f"{found['period']['from']} – {found['period']['to']}")
    for line in table_lines(header, rows, right=[False, *[True] * (len(header) - 2), False]):
        say(line.rstrip())
    say()


def _add_lines(rows: list[list[str]], node: dict[str, Any], depth: int) -> None:
    tongue = language()
    change = "" if node["change"] is None else f"{node['change']:+.1%}"
    operator = f"{node['operator']} " if node["operator"] else ""
    rows.append(
        [
            f"{'  ' * depth}{operator}{node[f'label_{tongue}']}",
            _shown(node["value"], node["unit"]),
            change,
            "" if node["target"] is None else _shown(node["target"], node["unit"]),
            node[f"owner_{tongue}"],
        ]
    )
    for child in node["children"]:
        _add_lines(rows, child, depth + 1)


def _shown(value: Any, unit: str) -> str:
    # What one buyer or order brings is a count with decimals; two tell enough here.
    return figure(round(value, 2) if unit == "count" and isinstance(value, float) else value, unit)


for own in (define, remove, history):
    command.add_command(own)
