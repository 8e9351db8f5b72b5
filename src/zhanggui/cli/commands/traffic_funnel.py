"""``zhanggui traffic funnel | paths | journey``: what visitors do between the click and the order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.terminal import figure, json_option, print_json, say, shop_option, table_lines
from zhanggui.cli.traffic_asked import JsonObject, asked_of, pairs_of, remarks, text_of, view_options, word

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.traffic.journey import JourneyAnswer
    from zhanggui.understand.view import Pairs

_MOST_ROWS = 25
_END = "·"


@click.command("funnel")
@click.option(
    "--steps",
    metavar="STEPS",
    help="stages (five stages, the default), pages (every page between), or steps joined by commas: visit, names of "
    "events joined by |, page:/address/*.",
)
@click.option("--per", type=click.Choice(["person", "visit"]), help="Who passes; person by default.")
@click.option("--window", type=click.IntRange(1, 366), metavar="DAYS", help="Longest time for a person; else 7.")
@click.option("--by", type=click.Choice(["channel", "device", "category"]), help="A funnel for each value as well.")
@click.option("--compare", type=click.Choice(["previous", "year"]), help="The same funnel of another period beside.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="channel, device or category; all of them hold.")
@view_options
def funnel(shop: Path | None, as_json: bool, where: tuple[str, ...], **asked: Any) -> None:  # click's options
    """Who gets how far, and what each leak costs."""
    from zhanggui.understand.traffic.funnel_answer import funnel_of_pairs

    more = {key: asked[key] for key in ("steps", "per", "window", "by", "compare")}
    pairs = [*pairs_of(asked, **more), *(("where", text) for text in where)]
    found = asked_of(shop, "funnel", pairs, funnel_of_pairs)
    if as_json:
        print_json(found)
        return
    _print_steps(found)
    _print_groups(found)
    carts = found["carts"]
    say(
        word(
            f"加购 {carts['people']:,} 人：当场买 {carts['bought_at_once']:,}，后来买 {carts['bought_later']:,}，"
            f"弃购 {carts['abandoned']:,}（{_percent(carts['rate'])}）",
            f"{carts['people']:,} people with a cart: {carts['bought_at_once']:,} bought at once, "
            f"{carts['bought_later']:,} later, {carts['abandoned']:,} abandoned it ({_percent(carts['rate'])})",
        )
    )
    remarks(found)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.2%}"


def _print_steps(found: JsonObject) -> None:
    header = [
        word("步骤", "step"), word("到达", "reached"), word("占首步", "of first"), word("占上步", "of previous"),
        word("对比期", "before"), word("中位分钟", "minutes"), word("流失利润（估计）", "profit lost (estimated)"), "",
    ]  # fmt: skip
    rows = [
        [
            text_of(row["label"]), figure(row["n"], "count"), _percent(row["of_first"]), _percent(row["of_previous"]),
            _percent(row["of_previous_before"]),
            "-" if row["median_minutes"] is None else f"{row['median_minutes']:.1f}",
            figure(row["profit_lost"], "money"),
            word("← 损失最大", "<- costs most") if row["step"] == found["worst_step"] else "",
        ]
        for row in found["steps"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, *[True] * 6, False]):
        say(line)


def _print_groups(found: JsonObject) -> None:
    if not found["groups"]:
        return
    labels = {row["step"]: text_of(row["label"]) for row in found["steps"]}
    header = [found["by"], *labels.values(), word("全程", "overall"), word("最弱", "weakest")]
    rows = [
        [
            row["value"] or word("未看到", "not shown"),
            *(figure(n, "count") for n in row["counts"]),
            _percent(row["overall"]),
            labels.get(row["worst_step"], "-"),
        ]
        for row in found["groups"][:_MOST_ROWS]
    ]
    for line in table_lines(header, rows, right=[False, *[True] * (len(labels) + 1), False]):
        say(line)


@click.command("paths")
@click.option("--node", metavar="NAME", help="Where ways lead from this place: product_view, cart_view, /story/* ...")
@click.option("--back", is_flag=True, help="Where visits came from before the place, instead.")
@click.option("--depth", type=click.IntRange(1, 8), metavar="N", help="So many steps; else 4.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="channel, device or category; all of them hold.")
@view_options
def paths(shop: Path | None, as_json: bool, back: bool, where: tuple[str, ...], **asked: Any) -> None:
    """Ways through the site: where visits go, where they end, what that costs."""
    from zhanggui.understand.traffic.paths_answer import paths_of_pairs

    more = {"node": asked["node"], "depth": asked["depth"], "direction": "back" if back else None}
    pairs = [*pairs_of(asked, **more), *(("where", text) for text in where)]
    found = asked_of(shop, "paths", pairs, paths_of_pairs)
    if as_json:
        print_json(found)
        return
    header = [
        word("位置", "place"), word("访问", "visits"), word("流失", "left"),
        word("流失利润（估计）", "profit lost (estimated)"), word("退出率", "exits"), word("进入", "entries"),
        word("停留秒", "seconds"), word("下单者", "buyers"), word("其他", "others"),
    ]  # fmt: skip
    rows = [
        [
            text_of(row["label"]), figure(row["visits"], "count"), figure(row["lost"], "count"),
            figure(row["profit_lost"], "money"), _percent(row["exit_share"]), figure(row["entries"], "count"),
            "-" if row["dwell_median_seconds"] is None else f"{row['dwell_median_seconds']:.0f}",
            _percent(row["buyers_share"]), _percent(row["others_share"]),
        ]
        for row in found["nodes"][:_MOST_ROWS]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, *[True] * 8]):
        say(line)
    _print_flow(found)
    remarks(found)


def _print_flow(found: JsonObject) -> None:
    header = [word("步", "step"), word("从", "from"), word("到", "to"), word("访问", "visits")]
    bands = sorted(found["flow"], key=lambda band: (band["step"], -band["n"]))[:_MOST_ROWS]
    rows = [
        [str(band["step"] + 1), band["source"], band["target"] or _END, figure(band["n"], "count")] for band in bands
    ]
    for line in table_lines(header, rows, right=[True, False, False, True]):
        say(line)


@click.command("journey")
@click.argument("order", metavar="ORDER")
@shop_option
@json_option
def journey(order: str, shop: Path | None, as_json: bool) -> None:
    """Open one ORDER: every visit of its buyer before it."""
    found = asked_of(shop, "journey", [("order", order)], _journey)
    if as_json:
        print_json(found)
        return
    header = [
        word("到访 (UTC)", "visit (UTC)"), word("渠道", "channel"), word("计划", "campaign"), word("进入", "entry"),
        word("离开", "exit"), word("页数", "pages"), "",
    ]  # fmt: skip
    rows = [
        [
            visit["started_at"][:19].replace("T", " "), text_of(visit["label"]), visit["campaign"] or "",
            visit["entry"] or "", visit["exit"] or "", figure(visit["pages"], "count"),
            word("下单", "ordered") if visit["is_ordering"] else word("加购", "cart") if visit["has_cart"] else "",
        ]
        for visit in found["visits"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False, False, False, False, True, False]):
        say(line)
    days = found["days_to_convert"]
    if days is not None:
        say(word(f"从第一次到访到下单 {days:.1f} 天", f"{days:.1f} days from the first visit to the order"))
    remarks(found)


def _journey(desk: Desk, pairs: Pairs) -> JourneyAnswer:
    from zhanggui.understand.traffic.journey import journey_of

    return journey_of(desk, dict(pairs)["order"])
