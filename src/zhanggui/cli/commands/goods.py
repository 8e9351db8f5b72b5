"""What ``zhanggui products`` can be asked beside pairs: the matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, say, shop_option, table_lines

DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_ROWS = 20
JsonObject = dict[str, Any]
"""An answer as JSON values, as the routes under ``/api/v1/products`` declare it."""

_Command = TypeVar("_Command", bound=Callable[..., object])


def view_options(wrapped: _Command) -> _Command:
    """Give a command the options that say which goods, stores and days are looked at."""
    for option in (
        json_option,
        shop_option,
        click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold."),
        click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times."),
        click.option("--platform", multiple=True, metavar="NAME", help="A platform; may be given several times."),
        click.option("--from", "date_from", type=DAY, metavar="DATE", help="First business day."),
        click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last business day."),
    ):
        wrapped = option(wrapped)
    return wrapped


def pairs_of(asked: Mapping[str, Any], **more: object) -> list[tuple[str, str]]:
    """Return what is looked at as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("platform", name) for name in asked["platform"]] + [("shop", name) for name in asked["store"]]
    pairs += [("where", text) for text in asked["where"]]
    for key, value in {"from": asked["date_from"], "to": asked["date_to"], **more}.items():
        if isinstance(value, datetime):
            pairs.append((key, value.date().isoformat()))
        elif value is not None:
            pairs.append((key, str(value)))
    return pairs


def asked_of(shop: Path | None, what: str, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    """Return an answer, from the running server or from the shop itself."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get(f"/api/v1/products/{what}", pairs)
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.products.answers import ANSWERS

    with owned_ledger(opened) as ledger:
        return ANSWERS[what](Desk(opened, ledger), pairs).model_dump(mode="json")


def text_of(value: Mapping[str, str]) -> str:
    """Return a text in the language of the terminal."""
    return value[language()]


def word(zh: str, en: str) -> str:
    """Return one of two words, by the language of the terminal."""
    return zh if language() == "zh" else en


def percent(value: float | None) -> str:
    """Return a share as a percentage."""
    return "-" if value is None else f"{value:.1%}"


def units_of(value: float | None) -> str:
    """Return a number of pieces."""
    return "-" if value is None else f"{value:,.0f}"


def table(columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under names; the truth beside a name says whether its column holds numbers."""
    for line in table_lines([name for name, _ in columns], rows, right=[is_right for _, is_right in columns]):
        say(line)


def remarks(found: JsonObject) -> None:
    """Print what a reader must know."""
    for text in found["warnings"]:
        note(f"note: {text_of(text)}")


@click.command("matrix")
@click.option("--units-border", type=float, metavar="UNITS", help="Units from which a SKU sells well; else the median.")
@click.option("--profit-border", type=float, metavar="AMOUNT", help="Profit from which it earns well; else the median.")
@click.option("--keep", is_flag=True, help="Let the shop and its pages go by these borders from now on.")
@view_options
def matrix(
    shop: Path | None,
    as_json: bool,
    units_border: float | None,
    profit_border: float | None,
    keep: bool,
    **asked: Any,
) -> None:  # click's options
    """Put every SKU into one of four quadrants by units sold and contribution profit."""
    found = asked_of(shop, "matrix", pairs_of(asked, units_border=units_border, profit_border=profit_border))
    if keep:
        _keep_borders(shop, found)
    if as_json:
        print_json(found)
        return
    columns = [(word("象限", "quadrant"), False), ("SKU", True), (word("销量", "units"), True),
               (word("贡献利润", "contribution"), True), (word("建议动作", "what to do"), False)]  # fmt: skip
    table(
        columns,
        [
            [each[f"label_{language()}"], figure(each["skus"], "count"), units_of(each["units"]),
             figure(each["profit"], "money"), text_of(each["action"])]
            for each in found["quadrants"]
        ],
    )  # fmt: skip
    borders = found["borders"]
    who = {"median": word("中位数", "median"), "shop": word("本店设定", "set by the shop")}
    set_by = {name: who[border["set_by"]] for name, border in borders.items()}
    say(
        f"{word('分界', 'borders')}: {units_of(borders['units']['value'])} / "
        f"{figure(borders['profit']['value'], 'money')} ({set_by['units']}, {set_by['profit']})"
    )
    columns = [(word("建议", "advice"), False), (word("商品", "product"), False), (word("店铺", "store"), False),
               (word("贡献利润", "contribution"), True), (word("理由", "reasons"), False)]  # fmt: skip
    rows = [
        [text_of(each["advice_label"]), each["title"], each["store"], figure(each["profit"], "money"),
         "; ".join(map(text_of, each["reasons"]))]
        for each in found["selection"][:MOST_ROWS]
    ]  # fmt: skip
    table(columns, rows)
    remarks(found)


def _keep_borders(shop: Path | None, found: JsonObject) -> None:
    """Keep the borders of an answer that were set by hand, through the running server or in the shop itself."""
    set_ = {name: each["value"] for name, each in found["borders"].items() if each["set_by"] == "shop"}
    units, profit = set_.get("units"), set_.get("profit")
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post("/api/v1/products/matrix-borders", {"x": units, "y": profit})
        return
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.products.borders import Borders, keep_borders

    with owned_ledger(opened) as ledger:
        keep_borders(Desk(opened, ledger), Borders(units, profit))


@click.command("returns")
@click.option("--product", metavar="CODE", help="Keep one product, by the seller's code or its id; adds its batches.")
@view_options
def returns(shop: Path | None, as_json: bool, product: str | None, **asked: Any) -> None:  # click's options
    """Show what comes back of matured orders, what buyers say, and which products are ill."""
    found = asked_of(shop, "returns", pairs_of(asked, product=product))
    if as_json:
        print_json(found)
        return
    say(text_of(found["rule"]))
    label = f"label_{language()}"
    columns = [(word("商品", "product"), False), (word("编码", "code"), False), (word("发出", "delivered"), True),
               (word("退回", "returned"), True), (word("退货率", "rate"), True), (word("好评率", "positive"), True),
               (word("最多的说法", "most said"), False)]  # fmt: skip
    rows = [
        [each["title"], each["merchant_code"], units_of(each["delivered"]), units_of(each["returned"]),
         percent(each["return_rate"]), percent(each["good_share"]),
         f"{each['topics'][0][label]} {each['topics'][0]['n']}" if each["topics"] else "-"]
        for each in found["products"][:MOST_ROWS]
    ]  # fmt: skip
    table(columns, rows)
    for card in found["diagnoses"]:
        say()
        say(f"{text_of(card['text'])} {word('涉及', 'at stake')} {figure(card['money_at_stake'], 'money')}")
        for number, check in enumerate(card["checklist"], start=1):
            say(f"  {number}. {text_of(check)}")
    remarks(found)


@click.command("show")
@click.argument("product")
@view_options
def show(shop: Path | None, as_json: bool, product: str, **asked: Any) -> None:  # click's options
    """Show everything of one PRODUCT: an id of a store, or the seller's code."""
    found = asked_of(shop, "show", pairs_of(asked, product=product))
    if as_json:
        print_json(found)
        return
    say(f"{found['title']} ({found['merchant_code']}), {', '.join(found['stores'])}, "
        f"{found['date_from']} - {found['date_to']}")  # fmt: skip
    traffic, stock, ahead = found["traffic"], found["stock"], found["ahead"]
    back = found["returns"]["products"][0] if found["returns"] else {"return_rate": None, "good_share": None}
    cover = "-" if stock["days_of_cover"] is None else f"{stock['days_of_cover']:.0f}"
    lines = (
        (word("访客（平台）", "visitors, declared"), figure(traffic["visitors"], "count")),
        (word("支付转化率（平台）", "conversion, declared"), percent(traffic["conversion"])),
        (word("销量 / 净销量", "units / net"), f"{found['units']:,.0f} / {found['net_units']:,.0f}"),
        (word("净收入", "net revenue"), figure(found["net_revenue"], "money")),
        (word("贡献利润", "contribution"), figure(found["profit"], "money")),
        (word("在库 / 可售天数", "on hand / days of cover"), f"{units_of(stock['on_hand'])} / {cover}"),
        (word("退货率 / 好评率", "return rate / positive"),
         f"{percent(back['return_rate'])} / {percent(back['good_share'])}"),
        (word(f"未来 {ahead['weeks']} 周销量", f"units, next {ahead['weeks']} weeks"),
         text_of(ahead["reason"]) if ahead["reason"] else f"{ahead['low']:,.0f} - {ahead['high']:,.0f}"),
    )  # fmt: skip
    for name, value in lines:
        say(f"  {name}: {value}")
    for partner in found["partners"]:
        say(f"  {word('常一起买', 'bought together')}: {partner['title']} {percent(partner['confidence'])}")
    remarks(found)


@click.command("lifecycle")
@click.option(
    "--hit-share",
    type=float,
    metavar="SHARE",
    help="Share of a store's takings of 30 days that makes a hit; else 0.02.",
)
@view_options
def lifecycle(shop: Path | None, as_json: bool, hit_share: float | None, **asked: Any) -> None:  # click's options
    """Follow new products, hits, what moved and sold out, prices and carts."""
    found = asked_of(shop, "lifecycle", pairs_of(asked, hit_share=hit_share))
    if as_json:
        print_json(found)
        return
    moved, hits, test = found["moving"], found["hits"], found["back_test"]
    rate = "-" if moved is None else f"{percent(moved['rate'])} ({moved['sold']:,} ÷ {moved['on_sale']:,})"
    say(f"{word('动销率', 'sell-through of the range')}: {rate}")
    if hits is not None:
        say(f"{word('爆品占比', 'share of hits')}: {percent(hits['share_of_revenue'])} ({hits['products']})")
    if test is not None:
        say(
            word(
                f"爆款预测回测（{test['products']} 个新品，平均误差件数）：曲线 {test['curve']:.2f}，"
                f"同店均值 {test['store_mean']:.2f}，首周直线 {test['straight_line']:.2f}",
                f"back-test of {test['products']} new products, mean error in units: curve {test['curve']:.2f}, "
                f"mean of the store {test['store_mean']:.2f}, straight line {test['straight_line']:.2f}",
            )
        )
    columns = [(word("首次售出", "first sold"), False), (word("商品", "product"), False),
               (word("店铺", "store"), False),
               (word("首周", "week 1"), True), (word("至今", "so far"), True), (word("28 天预计", "28 days"), True),
               (word("成爆款", "hit"), True)]  # fmt: skip
    rows = [
        [each["first_sold"], each["title"], each["store"], f"{each['units_first_week']:,.0f}", f"{each['units']:,.0f}",
         "-" if each["expected"] is None else f"{each['low']:,.0f}-{each['high']:,.0f}", percent(each["hit_chance"])]
        for each in found["new_products"][:MOST_ROWS]
    ]  # fmt: skip
    table(columns, rows)
    remarks(found)


@click.command("companions")
@click.option("--by", type=click.Choice(["product", "category", "brand"]), default="product", help="What is paired.")
@view_options
def companions(shop: Path | None, as_json: bool, by: str, **asked: Any) -> None:  # click's options
    """List pairs that last, what to bundle at what price, and what to store together."""
    found = asked_of(shop, "companions", pairs_of(asked, by=by))
    if as_json:
        print_json(found)
        return
    columns = [(word("买了", "with"), False), (word("也买", "also"), False), (word("店铺", "store"), False),
               (word("置信度", "confidence"), True),
               (word("提升度", "lift"), True), (word("控制后", "controlled"), True), (word("稳定", "stable"), False),
               (word("多带利润", "profit"), True)]  # fmt: skip
    rows = [
        [each["a_name"], each["b_name"], each["store"] or "-", percent(each["confidence"]), f"{each['lift']:.2f}",
         f"{each['controlled_lift']:.2f}", word("是", "yes") if each["is_stable"] else "",
         figure(each["profit_weighted_lift"], "money")]
        for each in found["pairs"][:MOST_ROWS]
    ]  # fmt: skip
    table(columns, rows)
    for each in found["bundles"][:5]:
        at = figure(each["price"], "money")
        net = figure(each["net"], "money")
        of = f" ({each['store']})" if each["store"] else ""
        say(f"{word('套餐', 'bundle')}: {each['a_name']} + {each['b_name']}{of} {at}, {word('净增', 'net')} {net}")
    remarks(found)


GOODS_COMMANDS = (matrix, returns, lifecycle, companions, show)
"""What is added to ``zhanggui products``."""
