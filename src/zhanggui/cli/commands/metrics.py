"""``zhanggui metrics``: what can be asked, and what it means."""

from __future__ import annotations

import click

from zhanggui.cli.terminal import json_option, language, print_json, say, table_lines


@click.group(name="metrics")
def command() -> None:
    """List metrics, or show the definition of one."""


@command.command(name="list")
@json_option
def list_metrics(as_json: bool) -> None:
    """List every metric with its catalogue id, unit and, where nothing fills it yet, the table that it needs."""
    from zhanggui.metrics import CATALOGUE
    from zhanggui.metrics.cards import metric_entry, needs_of

    if as_json:
        print_json({"metrics": [metric_entry(metric) for metric in CATALOGUE.values()]})
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
        for metric in CATALOGUE.values()
    ]
    for line in table_lines(["metric", "label", "id", "chain", "unit", ""], rows, right=[False] * 6):
        say(line.rstrip())


@command.command(name="show")
@click.argument("name")
@json_option
def show_metric(name: str, as_json: bool) -> None:
    """Show what a metric means, how it is computed, and what it can be split by."""
    from zhanggui.metrics.cards import metric_card, metric_named, rules_of

    metric = metric_named(name)
    if as_json:
        print_json(metric_card(metric))
        return
    tongue = language()
    facts = metric_card(metric)
    say(f"{metric.name}: {metric.label.pick(tongue)}")
    say(f"  {metric.definition.pick(tongue)}")
    for key in ("formula", "unit", "good", "base", "dimensions", "evidence", "owner", "catalogue_ids", "version"):
        value = facts[key]
        if isinstance(value, dict):
            value = value[tongue]
        say(f"  {key + ':':<15}{', '.join(map(str, value)) if isinstance(value, list) else value}")
    for rule in rules_of(metric):
        say(f"  {rule.label.pick(tongue)}: {rule.text.pick(tongue)}")
