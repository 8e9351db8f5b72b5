"""``zhanggui traffic attribution``: of a shop's orders, of one order, or of a file of paths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, language, note, print_json, say, table_lines
from zhanggui.cli.traffic_asked import JsonObject, asked_of, pairs_of, remarks, text_of, view_options, word

if TYPE_CHECKING:
    from zhanggui.understand.traffic.attribution import ChannelCredits

_MOST_ROWS = 60


@click.command("attribution")
@click.option(
    "--paths",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Instead of the shop: a CSV with path (touches joined by ' > '), conversions, value, nulls.",
)
@click.option("--order", metavar="ID", help="Open one order: all touches before it.")
@click.option("--by", type=click.Choice(["channel", "campaign", "creative"]), help="What a touch point is.")
@click.option("--models", metavar="NAME,..", help="Models to run; those of the menu by default.")
@click.option("--model", metavar="NAME", help="Model of intervals, ROI and ranking; markov_1 by default.")
@click.option("--draws", type=click.IntRange(0, 2000), metavar="N", help="Bootstrap draws for 90 % intervals.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draws over a file of paths.")
@click.option("--look-back", type=click.IntRange(1, 365), metavar="DAYS", help="Older touches get nothing; else 30.")
@click.option("--direct", type=click.Choice(["skip", "keep"]), help="Direct visits beside others; skip by default.")
@click.option("--refunds", type=click.Choice(["deduct", "keep"]), help="Amounts after refunds, or as paid.")
@click.option("--half-life", type=click.FloatRange(1, 365), metavar="DAYS", help="Of time decay; else 7.")
@click.option("--keep", is_flag=True, help="Let the shop and its pages go by these rules from now on.")
@view_options
def attribution(
    paths: Path | None,
    order: str | None,
    models: str | None,
    draws: int | None,
    seed: int,
    shop: Path | None,
    as_json: bool,
    keep: bool,
    **asked: Any,
) -> None:  # click's options
    """Share orders among the channels that were touched before them."""
    if paths is not None:
        _of_file(paths, models, draws or 0, seed, as_json)
        return
    more = {key: asked[key] for key in ("by", "model", "look_back", "direct", "refunds", "half_life")}
    pairs = pairs_of(asked, models=models, draws=draws, **more)
    if order is not None:
        _of_order(shop, order, pairs, as_json)
        return
    from zhanggui.understand.traffic.attribution_answers import attribution_of_pairs

    found = asked_of(shop, "attribution", pairs, attribution_of_pairs)
    if keep:
        _keep(shop, found["settings"])
    if as_json:
        print_json(found)
    else:
        _print_shop(found)


def _of_file(paths: Path, models: str | None, draws: int, seed: int, as_json: bool) -> None:
    from zhanggui.understand.traffic.attribution import attribution_of_paths
    from zhanggui.understand.traffic.paths_file import read_paths

    found = attribution_of_paths(read_paths(paths), models=_models(models), n_draws=draws, seed=seed)
    if as_json:
        print_json(found.to_json())
    else:
        _print_paths(found)


def _models(text: str | None) -> tuple[str, ...]:
    from zhanggui.understand.traffic.attribution import OF_PATHS

    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip())) or OF_PATHS
    unknown = [name for name in names if name not in OF_PATHS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(OF_PATHS)}", param_hint="--models")
    return names


def _print_paths(found: ChannelCredits) -> None:
    from zhanggui.understand.traffic.attribution import CAVEAT, MODEL_NAMES, largest_first

    tongue = language()
    # Over all places the ordered value is the unordered one; its places are in the JSON answer.
    credits = {name: credit for name, credit in found.found.credits.items() if name != "shapley_ordered"}
    if not credits:
        credits = dict(found.found.credits)
    order = largest_first(next(iter(credits.values())))
    header = [word("渠道", "channel"), *(getattr(MODEL_NAMES[name], tongue) for name in credits)]
    rows = [[found.channels[each], *(f"{credit[each]:,.1f}" for credit in credits.values())] for each in order]
    total = [word("合计", "total"), *(f"{credit.sum():,.1f}" for credit in credits.values())]
    for line in table_lines(header, [*rows, total], right=[False, *(True for _ in credits)]):
        say(line)
    note(getattr(CAVEAT, tongue))


def _print_shop(found: JsonObject) -> None:
    from zhanggui.understand.traffic.attribution_desk import NODES

    header = [
        word("触点", "touch point"), word("归因订单", "orders"), "90%", word("各模型", "models"),
        word("收入", "revenue"), word("利润", "profit"), word("花费", "spend"), word("获客成本", "CAC"),
        word("申报", "claimed"), word("多报", "over-claim"), word("判断", "judgement"),
    ]  # fmt: skip
    rows = [
        [
            text_of(row["label"]),
            f"{row['orders']:,.1f}",
            "-" if row["low"] is None else f"{row['low']:,.0f}–{row['high']:,.0f}",
            f"{row['agreement_low']:,.0f}–{row['agreement_high']:,.0f}",
            figure(row["revenue"], "money"),
            figure(row["profit"], "money"),
            figure(row["spend"], "money"),
            figure(row["cac"], "money"),
            figure(row["claimed_orders"], "count"),
            "-" if row["over_claim"] is None else f"{row['over_claim']:.2f}×",
            NODES[row["node"]].pick(language()),
        ]
        for row in found["touch_points"][:_MOST_ROWS]
    ]
    for line in table_lines(header, rows, right=[False, *[True] * 9, False]):
        say(line)
    used = found["budget_utilisation"]
    say(
        f"{word('订单', 'orders')} {found['conversions']:,}; {word('未知', 'unknown')} {found['unknown']:,}; "
        f"{word('预算利用率', 'working budget')} {'-' if used is None else f'{used:.1%}'}; "
        f"{word('无效花费', 'wasted')} {figure(found['wasted'], 'money')}"
    )
    remarks(found)
    note(found["note_zh"] if language() == "zh" else found["note"])


def _keep(shop: Path | None, settings: JsonObject) -> None:
    """Keep the rules of an answer, through the running server or in the shop itself."""
    rules = {key: settings[key] for key in ("look_back_days", "direct", "refunds", "half_life_days")}
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post("/api/v1/traffic/attribution-rules", rules)
        return
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.traffic.attribution_rules import AttributionRules, keep_attribution_rules

    with owned_ledger(opened) as ledger:
        keep_attribution_rules(Desk(opened, ledger), AttributionRules(**rules))


def _of_order(shop: Path | None, order: str, pairs: list[tuple[str, str]], as_json: bool) -> None:
    from urllib.parse import quote

    from zhanggui.understand.traffic.attribution_answers import order_of_pairs

    path = f"attribution/orders/{quote(order, safe='')}"
    found = asked_of(shop, path, pairs, lambda desk, asked: order_of_pairs(desk, asked, order))
    if as_json:
        print_json(found)
        return
    header = [
        word("时间", "when"), word("渠道", "channel"), word("计划", "campaign"), word("创意", "creative"),
        word("天前", "days before"), word("线性", "linear"), word("不计的原因", "why not"),
    ]  # fmt: skip
    rows = [
        [
            row["at"],
            text_of(row["label"]),
            row["campaign"],
            row["creative"],
            f"{row['days_before']:.1f}",
            f"{row['credit']['linear']:.3f}" if row["credit"] else "-",
            text_of(row["why_not"]) if row["why_not"] else "",
        ]
        for row in found["touches"]
    ]
    for line in table_lines(header, rows, right=[False] * 4 + [True, True, False]):
        say(line)
    say(f"{found['order_id']}: {figure(found['revenue'], 'money')} {found['currency']}")
