"""``zhanggui traffic channels``: who comes by each channel, what they leave, what winning them costs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from zhanggui.cli.terminal import figure, print_json, say, table_lines
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
        _print_parts(found["parts"] or found["cube"])
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


_COLUMNS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "product_name": ("商品", "product", "text"),
        "customer": ("买家", "buyers", "customer"),
        "shown": ("曝光/观看", "shown", "count"),
        "clicks": ("点击", "clicks", "count"),
        "visitors": ("访客", "visitors", "count"),
        "orders": ("订单", "orders", "count"),
        "units": ("件数", "units", "count"),
        "new_buyers": ("新买家", "new buyers", "count"),
        "revenue": ("成交", "revenue", "money"),
        "profit": ("利润", "profit", "money"),
        "spend": ("花费", "spend", "money"),
        "cost_per_click": ("点击单价", "CPC", "money"),
        "conversion": ("转化率", "conversion", "share"),
        "order_value": ("笔单价", "AOV", "money"),
        "value_per_visitor": ("每访客", "per visitor", "money"),
        "cac": ("获客成本", "CAC", "money"),
        "profit_after_spend": ("投放后利润", "profit after ads", "money"),
        "claimed_orders": ("申报订单", "claimed", "count"),
    }
)
"""What is printed of the levels below channels, in this order: heading in both languages, and what it is."""


def _print_parts(rows: list[JsonObject]) -> None:
    kept = rows[:_MOST_ROWS]
    keys = [key for key in _COLUMNS if any(row.get(key) is not None for row in kept)]
    header = [word("名称", "name"), *(word(*_COLUMNS[key][:2]) for key in keys)]
    body = [[text_of(row["label"]), *(_shown(row[key], _COLUMNS[key][2]) for key in keys)] for row in kept]
    for line in table_lines(header, body, right=[False, *(_COLUMNS[key][2] not in _WORDS for key in keys)]):
        say(line)


_WORDS = ("text", "customer")


def _shown(value: Any, kind: str) -> str:
    if kind == "customer":
        from zhanggui.understand.traffic.channel_parts import CUSTOMERS

        return text_of(CUSTOMERS[value].to_json())
    return _percent(value) if kind == "share" else figure(value, None if kind == "text" else kind)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
