"""``zhanggui traffic links`` and ``zhanggui traffic calculate``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, print_json, say, shop_option, table_lines
from zhanggui.cli.traffic_asked import JsonObject, text_of, word

_CHANNELS = (
    "search_ads", "feed_ads", "display_ads", "live", "short_video", "notes", "official_account", "group_chat",
    "creator", "referral_program", "message",
)  # fmt: skip


@click.group("links")
def links() -> None:
    """Build tracking links and QR images, and count their clicks."""


@links.command("add")
@click.argument("target", metavar="URL")
@click.option("--channel", type=click.Choice(_CHANNELS), required=True, help="Channel that its visits count for.")
@click.option("--source", default="", metavar="NAME", help="Another utm_source than the channel's usual one.")
@click.option("--campaign", default="", metavar="NAME", help="Campaign.")
@click.option("--ad-group", default="", metavar="NAME", help="Ad group.")
@click.option("--creative", default="", metavar="NAME", help="Creative.")
@click.option("--note", default="", metavar="ID", help="Note.")
@click.option("--live", default="", metavar="ID", help="Live session.")
@click.option("--group", default="", metavar="CODE", help="Group code.")
@click.option("--click-id", default="", metavar="KIND", help="Click id that the ad platform puts in: clickid, gclid …")
@click.option("--code", default="", metavar="CODE", help="Short name; drawn by chance without.")
@click.option("--remark", default="", metavar="TEXT", help="For people.")
@shop_option
@json_option
def add(shop: Path | None, as_json: bool, **wanted: Any) -> None:  # click's options
    """Build a link to URL, tagged so that its visits are known by their channel."""
    found = _posted(shop, "links", wanted)
    if as_json:
        print_json(found)
        return
    say(found["address"])
    say(f"{word('短链接', 'short link')}: {found['short']}")


def _posted(shop: Path | None, path: str, wanted: JsonObject) -> JsonObject:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.post(f"/api/v1/traffic/{path}", wanted)
    from zhanggui.ledger.jobs.link_book import LinkBook
    from zhanggui.ledger.sessions import session_rules
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.traffic.link_answers import link_row
    from zhanggui.understand.traffic.links import LinkWish, add_link

    with owned_ledger(opened) as ledger:
        rules = session_rules(opened.settings, opened.dir)
        made = add_link(LinkBook(opened.state), rules, LinkWish(**wanted), time.time())
        return link_row(Desk(opened, ledger), made).model_dump(mode="json")


@links.command("list")
@shop_option
@json_option
def list_links(shop: Path | None, as_json: bool) -> None:
    """List all links with their clicks, newest first."""
    found = _listed(shop)
    if as_json:
        print_json(found)
        return
    header = [
        word("代码", "code"), word("渠道", "channel"), word("标签", "tags"), word("点击", "clicks"),
        word("机器", "bots"), word("地址", "address"),
    ]  # fmt: skip
    rows = [
        [
            row["code"],
            text_of(row["label"]),
            " ".join(row["tags"].values()),
            f"{row['clicks']:,}",
            f"{row['bots']:,}",
            row["address"],
        ]
        for row in found["links"]
    ]
    for line in table_lines(header, rows, right=[False, False, False, True, True, False]):
        say(line)


def _listed(shop: Path | None) -> JsonObject:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get("/api/v1/traffic/links")
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.traffic.link_answers import links_answer

    with owned_ledger(opened) as ledger:
        return links_answer(Desk(opened, ledger)).model_dump(mode="json")


@links.command("qr")
@click.argument("code")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="A .svg or .png file."
)
@click.option("--base", metavar="URL", help="Show the short link under this address instead of the tagged page.")
@shop_option
def qr(shop: Path | None, code: str, out: Path, base: str | None) -> None:
    """Write the QR image of a link."""
    from zhanggui.ledger.jobs.link_book import LinkBook
    from zhanggui.understand.traffic.links import SHORT_PATH, qr_png, qr_svg

    link = LinkBook(shop_at(shop).state).get(code)
    address = link.address if base is None else f"{base.rstrip('/')}{SHORT_PATH}{code}"
    if out.suffix.lower() not in (".svg", ".png"):
        raise click.BadParameter("name a .svg or a .png file", param_hint="--out")
    out.write_bytes(qr_png(address) if out.suffix.lower() == ".png" else qr_svg(address).encode())
    say(str(out))


@links.command("remove")
@click.argument("code")
@shop_option
def remove(shop: Path | None, code: str) -> None:
    """Let a link lead nowhere from now on; its clicks stay."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/traffic/links/{code}/remove", {})
    else:
        from zhanggui.ledger.jobs.link_book import LinkBook

        with opened.owner_lock():
            LinkBook(opened.state).remove(code, time.time())
    say(code)


@click.command("calculate")
@click.argument("formula", type=click.Choice(["roi", "health", "saving", "growth", "visitor"]))
@click.argument("numbers", nargs=-1, metavar="NAME=NUMBER...")
@shop_option
@json_option
def calculate(formula: str, numbers: tuple[str, ...], shop: Path | None, as_json: bool) -> None:
    """Work out a formula: `zhanggui traffic calculate saving old_cac=100 new_cac=70 new_users=10000`."""
    from zhanggui.understand.traffic.calculators import calculated_of_pairs

    # Every command takes a shop; a formula asks it nothing.
    del shop
    pairs = [(name.strip(), value.strip()) for name, _sign, value in (text.partition("=") for text in numbers)]
    found = calculated_of_pairs(formula, pairs).model_dump(mode="json")
    if as_json:
        print_json(found)
        return
    say(text_of(found["expression"]))
    for line in found["results"]:
        say(f"{text_of(line['label'])}: {text_of(line['text'])}")
    if found["light"]:
        say(f"{word('判断', 'light')}: {found['light']}")
    if found["note"]:
        say(text_of(found["note"]))
