"""The commands of ``zhanggui inventory`` about stock as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    note,
    percent,
    print_json,
    said,
    say,
    shop_option,
    table_lines,
    word,
)

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

DAY = click.DateTime(formats=["%Y-%m-%d"])
DAYS = click.IntRange(1, 3650)
SHARE = click.FloatRange(0, 1)
_MOST_ROWS = 25

_Command = TypeVar("_Command", bound=Callable[..., object])


def _options(wrapped: _Command) -> _Command:
    """Give a command the options that say which days are looked at."""
    for option in (
        json_option,
        shop_option,
        click.option("--window-days", type=DAYS, metavar="N", help="Days looked back on without --from; else 90."),
        click.option("--from", "date_from", type=DAY, metavar="DATE", help="First day of the window."),
        click.option("--to", "date_to", type=DAY, metavar="DATE", help="The day looked at; the last known by default."),
    ):
        wrapped = option(wrapped)
    return wrapped


def _pairs(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is asked as the pairs of the HTTP API, so that both ways ask the same."""
    names = {"date_from": "from", "date_to": "to"}
    pairs = []
    for key, value in asked.items():
        if isinstance(value, datetime):
            pairs.append((names.get(key, key), value.date().isoformat()))
        elif value is True:
            pairs.append((key, "true"))
        elif value is not None and value is not False:
            pairs.append((names.get(key, key), str(value)))
    return pairs


def _asked(shop: Path | None, what: str, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    """Return an answer of this room, from the running server or from the shop itself."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.inventory.answers import ANSWERS

        return ANSWERS[what](desk, pairs).model_dump(mode="json")

    return asked(shop, lambda server: server.get(f"/api/v1/inventory/{what}", pairs), here)


def _table(header: Sequence[str], rows: Sequence[Sequence[object]], n_texts: int) -> None:
    """Print rows whose first columns are texts and whose others are numbers; what is a text already stays as it is."""
    shown = [
        [str(cell) if place < n_texts else figure(cell, "count") for place, cell in enumerate(row)]
        for row in rows[:_MOST_ROWS]
    ]
    for line in table_lines(header, shown, right=[place >= n_texts for place in range(len(header))]):
        say(line)
    if len(rows) > _MOST_ROWS:
        say(word(f"… 共 {len(rows):,} 行，用 --json 看全部", f"… of {len(rows):,} rows; --json has more"))


def _money(amount: float | None) -> str:
    return figure(amount, "money")


def _head(found: JsonObject) -> None:
    say(f"{found['first']} – {found['last']}  {found['currency']}")


def _remarks(found: JsonObject) -> None:
    for text in found["warnings"]:
        note(f"note: {said(text)}")


@click.command("balance")
@click.option("--sku", metavar="CODE", help="One own SKU, day by day.")
@click.option("--warehouse", metavar="NAME", help="One warehouse.")
@_options
def balance(shop: Path | None, as_json: bool, **asked: Any) -> None:  # click's options
    """Show opening + in - out = closing; what nothing explains has a column of its own."""
    found = _asked(shop, "balance", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _head(found)
    columns = ("opening", "received", "issued", "difference", "closing")
    heads = [word("期初", "opening"), word("入库", "in"), word("出库", "out"), word("差异", "unexplained"),
             word("期末", "closing")]  # fmt: skip
    places = [[row["warehouse"], *(row[name] for name in columns)] for row in found["warehouses"]]
    _table([word("仓库", "warehouse"), *heads], places, 1)
    by_day = asked["sku"] is not None
    first = word("日期", "day") if by_day else word("商品编码", "SKU")
    rows = [[row["warehouse"], row["day" if by_day else "sku"], *(row[name] for name in columns)]
            for row in found["rows"]]  # fmt: skip
    say()
    _table([word("仓库", "warehouse"), first, *heads], rows, 2)
    _remarks(found)


def _rule_options(wrapped: _Command) -> _Command:
    for name, text in (
        ("--low-days", "Days of stock below which there is too little; else 14."),
        ("--high-days", "Days of stock above which there is too much; else 90."),
        ("--slow-days", "Days without a sale after which goods are slow; else 30."),
        ("--dead-days", "Days without a sale after which they are dead; else 90."),
        ("--new-days", "Days since goods came in for which they are new; else 30."),
    ):
        wrapped = click.option(name, type=DAYS, metavar="N", help=text)(wrapped)
    return wrapped


@click.command("health")
@_rule_options
@_options
def health(shop: Path | None, as_json: bool, **asked: Any) -> None:  # click's options
    """Show days of stock, turnover, stock-outs with lost sales, slow and dead stock, age, and one score."""
    found = _asked(shop, "health", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _head(found)
    lost, score, days = found["lost_revenue"], found["score"], found["days_of_stock"]
    parts = " + ".join(percent(score[name]) for name in ("available", "right_sized", "moving")) if score else ""
    out = f"{percent(found['stock_out_rate'])} ({found['sku_days_out']:,} ÷ {found['sku_days_on_sale']:,})"
    money = {name: figure(lost[name], "money") for name in ("value", "low", "high")}
    lines = [
        (word("库存占用资金", "cash tied up in stock"), figure(found["stock_value"], "money")),
        (word("库存周转天数", "days of stock"), "-" if days is None else f"{days:.1f}"),
        (word("年周转次数", "turns a year"), "-" if found["turns"] is None else f"{found['turns']:.2f}"),
        (word("缺货率", "stock-out rate"), out),
        (word("缺货损失（估算）", "lost sales (estimated)"), f"{money['value']} ({money['low']} – {money['high']})"),
        (word("滞销率（按金额）", "slow, by value"), percent(found["slow_rate"])),
        (word("库存健康度", "health"), f"{score['points']:.1f} = ({parts}) ÷ 3" if score else "-"),
    ]
    for name, value in lines:
        say(f"{name}: {value}")
    for key, title in (("bands", word("分档", "band")), ("ages", word("库龄", "age"))):
        say()
        rows = [[said(part["label"]), part["skus"], part["units"], _money(part["value"])] for part in found[key]]
        _table([title, "SKU", word("件数", "units"), word("金额", "value")], rows, 1)
    _remarks(found)


@click.command("position")
@click.option("--sku", metavar="CODE", help="One own SKU.")
@_options
def position(shop: Path | None, as_json: bool, **asked: Any) -> None:  # click's options
    """Show on hand + on order + in transit + sellable returns - committed, of every SKU."""
    found = _asked(shop, "position", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _head(found)
    columns = ("on_hand", "on_order", "in_transit", "coming_back", "unshipped", "presale", "locked", "available",
               "position", "overdue")  # fmt: skip
    heads = [word("在库", "on hand"), word("在途采购", "on order"), word("调拨在途", "in transit"),
             word("退货在途", "coming back"), word("待发货", "unshipped"), word("预售", "pre-sale"),
             word("锁定", "locked"), word("可售", "available"), word("含在途库存", "position"),
             word("逾期采购", "overdue")]  # fmt: skip
    total = [word("合计", "total"), *(found["total"][name] for name in columns)]
    rows = [[row["sku"], *(row[name] for name in columns)] for row in found["rows"]]
    _table([word("商品编码", "SKU"), *heads], [total, *rows], 1)
    if found["oversold"]:
        say(word(f"已超卖 {found['oversold']} 个 SKU", f"{found['oversold']} SKUs are oversold"))
    _remarks(found)


@click.command("transfers")
@click.option("--horizon-days", type=click.IntRange(1, 365), metavar="N", help="Days a warehouse should last; else 14.")
@_options
def transfers(shop: Path | None, as_json: bool, **asked: Any) -> None:  # click's options
    """Propose what to move between warehouses, and what each store may show so that nothing is oversold."""
    found = _asked(shop, "transfers", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _head(found)
    rows = [
        [row["sku"], row["source"], row["destination"], row["units"], row["cover_from"], row["cover_to"],
         _money(row["saved_money"])]
        for row in found["rows"]
    ]  # fmt: skip
    heads = [word("商品编码", "SKU"), word("调出", "from"), word("调入", "to"), word("件数", "units"),
             word("调出仓余天数", "days left"), word("调入仓现有天数", "days there"),
             word("少损失毛利（估算）", "margin saved (est.)")]  # fmt: skip
    _table(heads, rows, 3)
    shown = [
        [row["sku"], "  ".join(f"{store} {units}" for store, units in row["stores"].items()), row["available"],
         row["reserve"]]
        for row in found["allotments"]
    ]  # fmt: skip
    say()
    _table([word("防超卖", "oversell guard"), word("各店可展示", "each store may show"), word("可售", "available"),
            word("预留", "reserve")], shown, 2)  # fmt: skip
    _remarks(found)


@click.command("count")
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write a sheet to count with.")
@click.option("--warehouse", metavar="NAME", help="Of that sheet: one warehouse.")
@click.option("--blind", is_flag=True, help="Of that sheet: hide what the books hold.")
@click.option(
    "--count", "count_id", metavar="ID", help="The count whose differences are listed; the newest by default."
)
@click.option("--approve", is_flag=True, help="Approve that count; needs --by.")
@click.option("--by", "who", metavar="NAME", help="Who approves.")
@click.option("--adjust", type=click.Path(path_type=Path), metavar="FILE.csv", help="Write its adjustments, to load.")
@_options
def count(
    shop: Path | None,
    as_json: bool,
    sheet: Path | None,
    warehouse: str | None,
    blind: bool,
    count_id: str | None,
    approve: bool,
    who: str | None,
    adjust: Path | None,
    **asked: Any,
) -> None:  # click's options
    """Take a count sheet, see the differences of counts in money, approve one, write its adjustments."""
    if sheet is not None:
        wanted = [
            ("lang", language()),
            ("blind", str(blind).lower()),
            *([("warehouse", warehouse)] if warehouse else []),
        ]
        sheet.write_bytes(_file(shop, "count-sheet.xlsx", [*_pairs(asked), *wanted]))
        say(str(sheet))
        return
    if approve or adjust is not None:
        if count_id is None or (approve and not who):
            raise click.UsageError("Say which count (--count ID), and who approves it (--by NAME).")
        if approve and who:
            _approve(shop, count_id, who)
        if adjust is not None:
            adjust.write_bytes(_file(shop, "adjustments.csv", [("count", count_id)]))
            say(str(adjust))
            return
    found = _asked(shop, "counts", [*_pairs(asked), *([("count", count_id)] if count_id else [])])
    if as_json:
        print_json(found)
        return
    _head(found)
    rows = [
        [row["count_id"], row["day"], " ".join(row["warehouses"]), row["approved_by"] or "-", row["goods"], row["off"],
         _money(row["surplus"]), _money(row["shortage"]), row["adjusted"]]
        for row in found["counts"]
    ]  # fmt: skip
    heads = [word("盘点单", "count"), word("日期", "day"), word("仓库", "warehouse"), word("审批", "approved by"),
             "SKU", word("有差异", "off"), word("盘盈", "surplus"), word("盘亏", "shortage"),
             word("已调整", "adjusted")]  # fmt: skip
    _table(heads, rows, 4)
    say()
    off = [[row["sku"], row["warehouse"], row["book"], row["counted"], row["difference"], _money(row["money"])]
           for row in found["rows"]]  # fmt: skip
    _table([found["count_id"] or "-", word("仓库", "warehouse"), word("账面", "books"), word("实盘", "counted"),
            word("差异", "difference"), word("金额", "money")], off, 2)  # fmt: skip
    _remarks(found)


def _file(shop: Path | None, name: str, pairs: Sequence[tuple[str, str]]) -> bytes:
    """Return a file about counts, from the running server or from the shop itself."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.download(f"/api/v1/inventory/{name}", pairs)
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.inventory.count_files import FILES

    with owned_ledger(opened) as ledger:
        return FILES[name](Desk(opened, ledger), pairs)


def _approve(shop: Path | None, count_id: str, who: str) -> None:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post("/api/v1/inventory/count-approvals", {"count_id": count_id, "by": who})
        return
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.inventory.count_files import approve_count

    with owned_ledger(opened) as ledger:
        approve_count(Desk(opened, ledger), count_id, who)


@click.command("markdown")
@click.option("--elasticity", type=click.FloatRange(0, 20), metavar="X", help="Declare it, instead of the estimate.")
@click.option(
    "--horizon-days", type=click.IntRange(1, 365), metavar="N", help="Days until goods should be gone; else 60."
)
@click.option("--leftover", type=SHARE, metavar="SHARE", help="Worth of what is left, of its cost; else 0.7.")
@click.option("--holding", type=click.FloatRange(0, 5), metavar="SHARE", help="Cost of holding for a year; else 0.12.")
@click.option("--most-cut", type=click.FloatRange(0, 0.95), metavar="SHARE", help="The deepest cut; else 0.7.")
@click.option("--below-cost", is_flag=True, help="Let prices fall below unit cost.")
@_rule_options
@_options
def markdown(shop: Path | None, as_json: bool, **asked: Any) -> None:  # click's options
    """Plan price cuts for goods that are slow, dead or far too many, against keeping the price."""
    found = _asked(shop, "markdown", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _head(found)
    sums = ("value", "cash", "cash_kept", "gain", "gain_low", "gain_high")
    money = {name: figure(found[name], "money") for name in sums}
    say(f"{word('建议降价', 'to cut')}: {found['n_rows']:,} SKU, {word('占用', 'tied up')} {money['value']}")
    kept = f"{word('不降价', 'at the price of now')} {money['cash_kept']}"
    say(f"{word('预计回款', 'expected cash')}: {money['cash']} ({kept})")
    say(f"{word('比不降价多赚', 'profit beyond that')}: {money['gain']} ({money['gain_low']} – {money['gain_high']})")
    rows = [
        [row["sku"], row["name"], f"{row['cut']:.0%}", row["on_hand"], _money(row["price"]),
         _money(row["new_price"]), round(row["units_kept"], 1), round(row["units"], 1), _money(row["cash"]),
         _money(row["gain"])]
        for row in found["rows"]
    ]  # fmt: skip
    heads = [word("商品编码", "SKU"), word("商品", "name"), word("降价", "cut"), word("库存", "stock"),
             word("现价", "price"), word("新价", "new price"), word("不降能卖", "sells kept"),
             word("降价能卖", "sells cut"), word("回款", "cash"), word("多赚", "gain")]  # fmt: skip
    _table(heads, rows, 3)
    _remarks(found)
