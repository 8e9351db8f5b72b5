"""``zhanggui traffic channels``: who comes by each channel, what they leave, what winning them costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zhanggui.cli.terminal import figure, language, print_json, say, table_lines
from zhanggui.cli.traffic_asked import JsonObject, asked_of, pairs_of, remarks, text_of, view_options, word

_MOST_ROWS = 60


@click.command("channels")
@click.option(
    "--by", type=click.Choice(["channel", "campaign", "creative", "note", "live", "cube"]), default="channel",
    show_default=True, help="The level; cube is channel × product × buyer.",
)  # fmt: skip
@view_options
def channels(shop: Path | None, as_json: bool, by: str, **asked: Any) -> None:  # click's options
    """Compare channels by conversion, margin, refunds, repeat buyers, CAC, LTV and payback."""
    from zhanggui.understand.traffic.channel_answer import channels_of_pairs

    found = asked_of(shop, "channels", pairs_of(asked, by=by), channels_of_pairs)
    if as_json:
        print_json(found)
        return
    if by == "channel":
        _print_channels(found)
    else:
        _print_parts(found["parts"] or found["cube"], by)
    remarks(found)


def _print_channels(found: JsonObject) -> None:
    header = [
        word("渠道", "channel"), word("店铺", "store"), word("访客", "visitors"), word("订单", "orders"),
        word("转化率", "conversion"), word("笔单价", "AOV"), word("利润率", "margin"), word("获客成本", "CAC"), "LTV",
        word("每访客", "per visitor"), word("花费", "spend"), word("投放后利润", "profit"),
    ]  # fmt: skip
    rows = [
        [
            text_of(row["label"]),
            row["store"],
            figure(row["visitors"], "count"),
            figure(row["buyers"] if row["orders"] is None else row["orders"], "count"),
            _percent(row["conversion"]),
            figure(row["order_value"], "money"),
            _percent(row["margin"]),
            figure(row["cac"], "money"),
            figure(row["ltv"], "money"),
            figure(row["value_per_visitor"], "money"),
            figure(row["spend"], "money"),
            figure(row["profit"], "money"),
        ]
        for row in found["channels"]
    ]
    for line in table_lines(header, rows, right=[False, False, *[True] * 10]):
        say(line)
    for row in found["claims"]:
        ratio = "-" if row["over_claim"] is None else f"{row['over_claim']:.2f}×"
        seen = figure(row["seen"], "count")
        say(f"{row['store']}: {word('申报', 'claimed')} {row['claimed']:,}, {word('可见', 'seen')} {seen}, {ratio}")


def _print_parts(rows: list[JsonObject], by: str) -> None:
    """Print the columns of the page's table that hold anything."""
    from zhanggui.understand.traffic.channel_desk import CUBE_COLUMNS, PART_COLUMNS

    kept = rows[:_MOST_ROWS]
    columns = [
        column
        for column in (CUBE_COLUMNS if by == "cube" else PART_COLUMNS)
        if any(row[column.key] is not None for row in kept)
    ]
    header = [column.label.pick(language()) for column in columns]
    body = [[_shown(row, column.key, column.unit) for column in columns] for row in kept]
    for line in table_lines(header, body, right=[column.unit is not None for column in columns]):
        say(line)


def _shown(row: JsonObject, key: str, unit: str | None) -> str:
    if key == "customer":
        from zhanggui.understand.traffic.channel_parts import CUSTOMERS

        return CUSTOMERS[row[key]].pick(language())
    if key == "label":
        return text_of(row[key])
    return _percent(row[key]) if unit == "ratio" else figure(row[key], unit)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
