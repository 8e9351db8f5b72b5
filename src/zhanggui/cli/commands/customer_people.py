"""``zhanggui customers person|people|merges|undo-merge|portrait``: one person, and groups of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
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
    from zhanggui.i18n import Text
    from zhanggui.understand.desk import Desk


_MOST_LINES = 15
_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _asked(shop: Path | None, what: str, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    """Return an answer of this room, from the running server or from the shop itself."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.people_asking import PEOPLE_ANSWERS as ANSWERS

        return ANSWERS[what](desk, pairs).model_dump(mode="json")

    return asked(shop, lambda server: server.get(f"/api/v1/customers/{what}", pairs), here)


def _notes(found: JsonObject) -> None:
    for text in found["warnings"]:
        note(f"note: {said(text)}")


def _named(names: Mapping[str, Text], code: str) -> str:
    """Return what a code is called; itself where it has no name."""
    name = names.get(code)
    return code if name is None else word(name.zh, name.en)


def _table(header: list[str], rows: list[list[str]], right: list[bool]) -> None:
    for line in table_lines(header, rows, right=right):
        say(line)


@click.command("people")
@json_option
@shop_option
def people(shop: Path | None, as_json: bool) -> None:
    """Show how far people can be told apart, platform by platform, and which file would help."""
    found = _asked(shop, "people", [])
    if as_json:
        print_json(found)
        return
    from zhanggui.metrics.value_names import PLATFORM_NAMES

    header = [word("平台", "platform"), word("支付订单", "paid orders"), word("可识别率", "identified"),
              word("平台声明老客", "returning, declared"), word("导入什么可以提高", "raised by")]  # fmt: skip
    rows = [
        [
            _named(PLATFORM_NAMES, row["platform"]), figure(row["orders"], "count"), percent(row["share"]),
            percent(row["declared_returning_share"]), said(row["raised_by"]) if row["raised_by"] else "-",
        ]
        for row in found["platforms"]
    ]  # fmt: skip
    if rows:
        _table(header, rows, [False, True, True, True, False])
    header = [word("编号", "ids"), word("个数", "number"), word("已连到买家", "tied to a buyer")]
    rows = [[said(row["label"]), figure(row["ids"], "count"), figure(row["tied"], "count")] for row in found["ids"]]
    _table(header, rows, [False, True, True])
    header = [word("证据", "evidence"), word("状态", "state"), word("条数", "number")]
    rows = [
        [said(row["rule_label"]), said(row["state_label"]), figure(row["links"], "count")] for row in found["evidence"]
    ]
    if rows:
        _table(header, rows, [False, False, True])
    _notes(found)


@click.command("person")
@click.argument("id", metavar="ID")
@json_option
@shop_option
def person(shop: Path | None, as_json: bool, id: str) -> None:  # click names it
    """Show one customer by a token or its ending; personal fields are masked."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get(f"/api/v1/customers/person/{quote(id.lstrip('#'), safe='')}", [])
    else:
        from zhanggui.understand.customers.person_answers import person_answer
        from zhanggui.understand.desk import Desk

        with owned_ledger(opened) as ledger:
            found = person_answer(Desk(opened, ledger), id).model_dump(mode="json")
    if as_json:
        print_json(found)
        return
    _say_person(found)


def _say_person(found: JsonObject) -> None:
    segment, expected, due = found["segment"], found["expected"], found["next_order"]
    say(f"{found['customer']}  {word('付款订单', 'paid orders')} {found['orders_paid']}  "
        f"{word('净收入', 'net revenue')} {figure(found['net_revenue'], 'money')}")  # fmt: skip
    say(f"{word('分层', 'segment')}: {said(segment['label']) if segment else '-'}  "
        f"{word('阶段', 'stage')}: {said(found['stage_label']) if found['stage_label'] else '-'}  "
        f"{word('等级', 'tier')}: {found['tier'] or '-'}  {said(found['consent'])}")  # fmt: skip
    if expected:
        say(f"{word('预计', 'expected')} ({expected['horizon_days']} {word('天', 'days')}): "
            f"{expected['purchases']:.1f} {word('次购买', 'purchases')}, {word('不再购买', 'stays away')} "
            f"{percent(expected['churn_probability'])}")  # fmt: skip
    if due:
        say(f"{word('预计下次购买', 'next order due')}: {due['day']}")
    for text in found["reasons"]:
        say(f"- {said(text)}")
    for field in found["personal"]:
        say(f"{field['label']}: {field['value']} ({word('脱敏', 'masked')})")
    header = [word("下单日", "ordered"), word("订单", "order"), word("店铺", "store"), word("状态", "status"),
              word("实付", "paid"), word("退款", "refunded")]  # fmt: skip
    rows = [
        [row["created_on"] or "-", row["order_id"], row["store"],
         said(row["status_label"]) if row["status_label"] else "-", figure(row["paid"], "money"),
         figure(row["refunded"], "money")]
        for row in found["orders"][:_MOST_LINES]
    ]  # fmt: skip
    if rows:
        _table(header, rows, [False, False, False, False, True, True])
    _notes(found)


@click.command("merges")
@click.option("--person", "who", metavar="ID", help="Only what is about this person.")
@click.option("--rule", metavar="RULE", help="buyer_stated, points_order, same_number, union_id or phone.")
@click.option("--state", metavar="STATE", help="used, undone, ambiguous, no_consent or unproven.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of the log.")
@json_option
@shop_option
def merges(shop: Path | None, as_json: bool, who: str | None, rule: str | None, state: str | None, page: int) -> None:
    """Show what ties ids to one person: the log of merges, and what was undone."""
    given = {"person": who, "rule": rule, "state": state, "page": str(page)}
    found = _asked(shop, "merges", [(key, value) for key, value in given.items() if value is not None])
    if as_json:
        print_json(found)
        return
    from zhanggui.understand.customers.persons import KIND_LABELS

    header = [word("合并", "merge"), word("一方", "one"), word("另一方", "other"), word("依据", "by"),
              word("状态", "state"), word("把握", "sure")]  # fmt: skip
    rows = [
        [row["merge_id"], f"{_named(KIND_LABELS, row['left_kind'])} #{row['left'][-10:]}",
         f"{_named(KIND_LABELS, row['right_kind'])} #{row['right'][-10:]}",
         said(row["rule_label"]), said(row["state_label"]), percent(row["confidence"])]
        for row in found["merges"]
    ]  # fmt: skip
    if rows:
        _table(header, rows, [False, False, False, False, False, True])
    say(word(f"共 {found['n_merges']:,} 条", f"{found['n_merges']:,} in all"))
    for row in found["decisions"]:
        at = datetime.fromisoformat(row["decided_at"]).strftime("%Y-%m-%d %H:%M")
        done = word("撤销", "undone") if row["action"] == "undo" else word("恢复", "restored")
        by = word("店主", "owner") if row["decided_by"] == "owner" else row["decided_by"]
        say(f"{at} UTC  {done} {row['merge_id']}: {row['reason']} ({by})")


@click.command("undo-merge")
@click.argument("merge_id")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the decision.")
@click.option("--restore", is_flag=True, help="Let a merge that was undone hold again.")
@json_option
@shop_option
def undo_merge(shop: Path | None, as_json: bool, merge_id: str, reason: str, restore: bool) -> None:
    """Undo a merge: the ids are two people again, unless something else ties them, which is named."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        way = "restore" if restore else "undo"
        found = server.post(f"/api/v1/customers/merges/{quote(merge_id, safe='')}/{way}", {"reason": reason})
    else:
        from zhanggui.understand.customers.merges import decide
        from zhanggui.understand.desk import Desk

        with owned_ledger(opened) as ledger:
            action = "restore" if restore else "undo"
            found = decide(Desk(opened, ledger), merge_id, action, reason).model_dump(mode="json")  # type: ignore[arg-type]  # one of the two words
    if as_json:
        print_json(found)
        return
    if not found["changed"]:
        say(word("本来就是这样，没有改变。", "It stood like this already; nothing changed."))
    if found["still_one"]:
        say(word("现在是同一个人。", "They are one person now."))
        ties = ", ".join(found["still_tied_by"])
        say(word(f"采用中的合并：{ties}", f"merges in use: {ties}"))
    else:
        say(word("现在是两个人。", "They are two people now."))


@click.command("portrait")
@click.option("--group", multiple=True, metavar="WHAT=VALUE", help="segment=, stage=, audience=, tier= ...; all hold.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold.")
@click.option("--as-of", type=_DAY, metavar="DATE", help="The day looked at; the last with orders by default.")
@json_option
@shop_option
def portrait(
    shop: Path | None, as_json: bool, group: tuple[str, ...], where: tuple[str, ...], as_of: datetime | None
) -> None:
    """Show what sets a group of customers apart from all of them."""
    pairs = [*(("group", each) for each in group), *(("where", each) for each in where)]
    if as_of is not None:
        pairs.append(("to", as_of.date().isoformat()))
    found = _asked(shop, "portrait", pairs)
    if as_json:
        print_json(found)
        return
    say(f"{said(found['label'])}: {found['customers']:,} / {found['among']:,} ({percent(found['share'])})")
    for row in found["figures"]:
        own, every = (figure(round(row[name], 2), row["unit"]) for name in ("of_group", "of_all"))
        say(f"{said(row['label'])}: {own} ({word('全部', 'all')} {every})")
    header = [word("方面", "about"), word("特点", "trait"), word("这群人", "group"), word("全部", "all"),
              word("倍数", "lift"), word("95% 区间", "95 %"), "q"]  # fmt: skip
    rows = [
        [said(row["about_label"]), said(row["value_label"]), percent(row["share_in_group"]),
         percent(row["share_in_all"]), f"{row['lift']:.2f}", f"{row['lift_low']:.2f}-{row['lift_high']:.2f}",
         f"{row['q_value']:.2g}"]
        for row in found["traits"] if row["is_distinct"]
    ][:_MOST_LINES]  # fmt: skip
    if rows:
        _table(header, rows, [False, False, True, True, True, True, True])
    else:
        say(word("没有哪个特点与全部客户明显不同。", "No trait sets this group apart beyond chance."))
    _notes(found)
