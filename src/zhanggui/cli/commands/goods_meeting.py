"""``zhanggui products meeting``: lists frozen for a meeting, what was decided, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from zhanggui.cli.commands.goods import DAY, JsonObject, pairs_of, table, text_of, units_of, view_options, word
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, print_json, say, shop_option

_Command = TypeVar("_Command", bound=Callable[..., object])


@click.group("meeting")
def meeting() -> None:
    """Freeze a list for a meeting, write down decisions, read them back with the result."""


def _options(wrapped: _Command) -> _Command:
    return json_option(shop_option(wrapped))


@meeting.command("freeze")
@click.argument("name")
@view_options
def freeze(shop: Path | None, as_json: bool, name: str, **asked: Any) -> None:  # click's options
    """Freeze the list of what to add, push, mend and drop under NAME."""
    found = _done(shop, "meetings", {"name": name, "view": pairs_of(asked)})
    if as_json:
        print_json(found)
    else:
        n = len(found["items"])
        say(f"#{found['meeting_id']} {found['name']} {found['frozen_on']}: {n} SKU")


@meeting.command("list")
@_options
def list_(shop: Path | None, as_json: bool) -> None:
    """List the meetings, the newest first."""
    found = _told(shop, "meetings")
    if as_json:
        print_json(found)
        return
    columns = [
        ("#", True),
        (word("名称", "name"), False),
        (word("冻结", "frozen"), False),
        (word("决定", "decided"), True),
    ]
    rows = [
        [str(each["meeting_id"]), each["name"], each["frozen_on"],
         str(sum(item["decision"] is not None for item in each["items"]))]
        for each in found["meetings"]
    ]  # fmt: skip
    table(columns, rows)


@meeting.command("show")
@click.argument("meeting_id", type=int)
@_options
def show(shop: Path | None, as_json: bool, meeting_id: int) -> None:
    """Read a meeting back with what came of its decisions."""
    found = _told(shop, f"meetings/{meeting_id}")
    if as_json:
        print_json(found)
        return
    columns = [(word("商品", "product"), False), (word("决定", "decision"), False), (word("负责人", "owner"), False),
               (word("期限", "due"), False), (word("日销前", "then"), True), (word("日销后", "since"), True),
               (word("日利润后", "profit"), True)]  # fmt: skip
    rows = [
        [each["title"], each["decision"], each["owner"] or "-", each["due"] or "-",
         f"{each['units_a_day_before']:.1f}", units_of(each["units_a_day_since"]),
         figure(each["profit_a_day_since"], "money")]
        for each in found["results"]
    ]  # fmt: skip
    table(columns, rows)
    for text in found["warnings"]:
        say(text_of(text))


@meeting.command("decide")
@click.argument("meeting_id", type=int)
@click.argument("sku")
@click.argument("decision")
@click.option("--store", required=True, metavar="NAME", help="Store of the SKU.")
@click.option("--owner", metavar="NAME", help="Who does it.")
@click.option("--due", type=DAY, metavar="DATE", help="Until when.")
@_options
def decide(
    shop: Path | None,
    as_json: bool,
    meeting_id: int,
    sku: str,
    decision: str,
    store: str,
    owner: str | None,
    due: datetime | None,
) -> None:
    """Write down the DECISION about one SKU of a meeting."""
    body = {
        "store": store, "sku_id": sku, "decision": decision, "owner": owner,
        "due": None if due is None else due.date().isoformat(),
    }  # fmt: skip
    found = _done(shop, f"meetings/{meeting_id}/decisions", body)
    if as_json:
        print_json(found)
    else:
        say(f"#{meeting_id} {sku}: {decision}")


def _told(shop: Path | None, what: str) -> JsonObject:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get(f"/api/v1/products/{what}", [])
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.products.meeting_answers import told

    with owned_ledger(opened) as ledger:
        return told(Desk(opened, ledger), what.split("/")).model_dump(mode="json")


def _done(shop: Path | None, what: str, body: JsonObject) -> JsonObject:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.post(f"/api/v1/products/{what}", body)
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.products.meeting_answers import done

    with owned_ledger(opened) as ledger:
        return done(Desk(opened, ledger), what.split("/"), body).model_dump(mode="json")
