"""``zhanggui reconcile``: whether orders, settlement ledgers, wallets and the stock system tie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, say, shop_option, table_lines

DAY = click.DateTime(formats=["%Y-%m-%d"])
JsonObject = dict[str, Any]
"""A reconciliation as JSON values; ``docs/how_to/reconcile.md`` describes it."""

_MOST_ROWS = 20


@click.command()
@click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times. All by default.")
@click.option("--from", "date_from", type=DAY, metavar="DATE", help="First business day.")
@click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last business day.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, metavar="N", help="Rows of each list."
)
@shop_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    shop: Path | None,
    as_json: bool,
    store: tuple[str, ...],
    date_from: datetime | None,
    date_to: datetime | None,
    limit: int,
) -> None:
    """Hold orders, refunds, settlement ledgers, wallets and the stock system against each other.

    Days are those of payment where orders are meant, of booking where ledger lines are. Exit code 0 when everything
    ties, 1 when something does not; money that is not due yet ties.
    """
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    first, last = (None if day is None else day.date() for day in (date_from, date_to))
    if server is not None:
        days = [(key, day.isoformat()) for key, day in (("from", first), ("to", last)) if day is not None]
        found = server.get("/api/v1/reconcile", [*(("store", name) for name in store), *days, ("limit", str(limit))])
    else:
        from zhanggui.understand.finance.reconciliation import reconcile

        with owned_ledger(opened) as ledger:
            done = reconcile(ledger, stores=store, date_from=first, date_to=last, n_listed=limit)
        found = done.model_dump(mode="json")
    if as_json:
        print_json(found)
    else:
        _print(found)
    context.exit(0 if found["ties"] else 1)


def _print(found: JsonObject) -> None:
    tongue = language()
    is_zh = tongue == "zh"
    if not found["months"]:
        note("还没有可对的账：先导入订单和账单。" if is_zh else "Nothing to reconcile yet: load orders and a ledger.")
        return
    _print_months(found, is_zh)
    _print_causes(found, tongue, is_zh)
    _print_rates(found, tongue, is_zh)
    _print_list(found, "unmatched", is_zh, ("账单行找不到订单", "Ledger lines without their order"), _UNMATCHED)
    _print_list(found, "differences", is_zh, ("需要核对的订单", "Orders to look into"), _DIFFERENCES)
    _print_list(found, "wallet_gaps", is_zh, ("余额与流水不符", "Balance and lines differ"), _GAPS)
    _print_list(found, "stock_system_rows", is_zh, ("平台与 ERP 不一致", "Platform and stock system"), _ERP)
    without = [one["store"] for one in found["stores"] if not one["has_ledger"]]
    if without:
        note(("没有账单，未对账：" if is_zh else "No ledger loaded, not reconciled: ") + ", ".join(without))
    say()
    if found["ties"]:
        say(
            "全部对平；未到结算日的在途款不算差异。"
            if is_zh
            else "Everything ties; money not due yet is no difference."
        )
    for problem in found["problems"]:
        say(("对不上：" if is_zh else "does not tie: ") + problem[tongue])


def _print_months(found: JsonObject, is_zh: bool) -> None:
    names = (
        ("店铺", "store"), ("月份", "month"), ("订单", "orders"), ("应收净额", "due"), ("费用", "fees"),
        ("应结", "expected"), ("已结", "settled"), ("在途", "in transit"), ("待核对", "to look into"),
        ("已说明", "explained"), ("", ""),
    )  # fmt: skip
    rows = []
    for row in found["months"]:
        fees = sum(row["fees"].values()) + row["deposits"] + row["fee_gaps"]
        parts = ("expected", "settled", "in_transit", "open_difference", "explained")
        amounts = (row["due"], fees, *(row[name] for name in parts))
        verdict = ("平" if is_zh else "ties") if row["ties"] else ("不平" if is_zh else "differs")
        shown = [figure(amount, "money") for amount in amounts]
        rows.append([row["store"], row["month"], figure(row["n_orders"], "count"), *shown, verdict])
    header = [name[0 if is_zh else 1] for name in names]
    for line in table_lines(header, rows, right=[False, False, *[True] * 8, False]):
        say(line)


def _print_causes(found: JsonObject, tongue: str, is_zh: bool) -> None:
    sums: dict[str, list[Any]] = {}
    for month in found["months"]:
        for cause in month["causes"]:
            held = sums.setdefault(cause["cause"], [cause["label"][tongue], 0, 0.0])
            held[1] += cause["n_orders"]
            held[2] += cause["amount"]
    if not sums:
        return
    say()
    rows = [[label, figure(n, "count"), figure(round(amount, 2), "money")] for label, n, amount in sums.values()]
    header = ["差异原因", "订单", "金额"] if is_zh else ["cause of the difference", "orders", "amount"]
    for line in table_lines(header, rows, right=[False, True, True]):
        say(line)


def _print_rates(found: JsonObject, tongue: str, is_zh: bool) -> None:
    say()
    rows = [
        [
            row["label"][tongue],
            row["store"],
            f"{row['n_linked']:,}/{row['n']:,}",
            _percent(row["rate"]),
            _percent(row["money_rate"]),
        ]
        for row in found["link_rates"]
    ]
    header = ["匹配率", "店铺", "条数", "按条数", "按金额"] if is_zh else ["matched", "store", "n", "of n", "of money"]
    for line in table_lines(header, rows, right=[False, False, True, True, True]):
        say(line)


def _percent(rate: float | None) -> str:
    # Never rounded up to a whole: 99.996 % of the money is not all of it.
    return "-" if rate is None else f"{int(rate * 10_000) / 100:.2f}%"


Cell = Callable[[JsonObject, str], str]
_Column = tuple[tuple[str, str], bool, Cell]


def _text(key: str) -> Cell:
    return lambda row, tongue: str(row[key]) if row[key] is not None else "-"


def _label(row: JsonObject, tongue: str) -> str:
    return str(row["label"][tongue]) + (f" ({row['detail']})" if row.get("detail") else "")


def _money(key: str) -> Cell:
    return lambda row, tongue: figure(row[key], "money")


_STORE: _Column = (("店铺", "store"), False, _text("store"))
_UNMATCHED: tuple[_Column, ...] = (
    _STORE,
    (("入账日", "booked"), False, _text("booked")),
    (("账龄（天）", "age (days)"), True, _text("age_days")),
    (("金额", "amount"), True, _money("amount")),
    (("科目", "category"), False, _label),
    (("账单中的订单号", "order it names"), False, _text("order_id")),
    (("可能的订单", "likely order"), False, _text("candidate_order_id")),
)
_DIFFERENCES: tuple[_Column, ...] = (
    _STORE,
    (("订单", "order"), False, _text("order_id")),
    (("原因", "cause"), False, _label),
    (("差额", "difference"), True, _money("amount")),
    (("起于", "since"), False, _text("since")),
    (("账龄（天）", "age (days)"), True, _text("age_days")),
)
_GAPS: tuple[_Column, ...] = (
    _STORE,
    (("账户", "account"), False, _text("account")),
    (("不晚于", "by"), False, _text("before")),
    (("缺", "missing"), True, _money("missing")),
    (("账龄（天）", "age (days)"), True, _text("age_days")),
)
_ERP: tuple[_Column, ...] = (
    _STORE,
    (("订单", "order"), False, _text("order_id")),
    (("情况", "what"), False, _label),
    (("平台金额", "platform"), True, _money("platform_amount")),
    (("ERP 金额", "stock system"), True, _money("erp_amount")),
    (("下单日", "ordered"), False, _text("ordered")),
)


def _print_list(found: JsonObject, name: str, is_zh: bool, title: tuple[str, str], columns: Sequence[_Column]) -> None:
    rows = found[name][:_MOST_ROWS]
    if not rows:
        return
    n_rows = found.get(f"n_{name}", len(found[name]))
    tongue = language()
    say()
    say(f"{title[0 if is_zh else 1]}: {n_rows:,}")
    header = [names[0 if is_zh else 1] for names, _, _ in columns]
    cells = [[cell(row, tongue) for _, _, cell in columns] for row in rows]
    for line in table_lines(header, cells, right=[is_right for _, is_right, _ in columns]):
        say("  " + line)
    if n_rows > len(rows):
        note("  全部用 --json 输出" if is_zh else "  all of them: --json")
