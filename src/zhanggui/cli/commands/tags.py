"""``zhanggui customers tags``: interests and preferences of people."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.asked import asked
from zhanggui.cli.opened import shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    note,
    print_json,
    remarks,
    say,
    shop_option,
    table_lines,
    word,
)
from zhanggui.errors import ZhangguiError

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

JsonObject = dict[str, Any]


class TagFileError(ZhangguiError):
    """A file of tags that cannot be read."""

    code = "tag_file"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The file cannot be read: {why}.",
            where=str(path),
            next_step="name a TOML file with one [[tag]] per rule, as docs/methods/customers/tags.md shows",
        )


@click.group(name="tags")
def tags() -> None:
    """Tags: who is interested in what, by rules; and what people prefer."""


@tags.command("list")
@shop_option
@json_option
def list_(shop: Path | None, as_json: bool) -> None:
    """List the tags with rule, source, size and expiry."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.tags import answers

        return answers.tag_list(desk).model_dump(mode="json")

    found = asked(shop, lambda server: server.get("/api/v1/customers/tags"), here)
    if as_json:
        print_json(found)
        return
    header = [word("名称", "name"), word("标签", "tag"), word("人数", "people"), word("来源", "source"),
              word("规则", "rule")]  # fmt: skip
    rows = [
        [row["name"], row["label"][language()], figure(row["people"], "count"), "+".join(row["source"]),
         row["rule"][language()]]
        for row in found["tags"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False, True, False, False]):
        say(line)
    remarks(found)


@tags.command("define")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@shop_option
@json_option
def define(shop: Path | None, as_json: bool, file: Path) -> None:
    """Keep the tags of a TOML FILE from now on, all of them or none."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TagFileError(file, str(error)) from None
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        kept = server.post("/api/v1/customers/tags-file", {"toml": text})["kept"]
    else:
        from zhanggui.understand.customers.tags.rules import keep_rules, rules_in_toml

        kept = list(keep_rules(opened, rules_in_toml(text), time.time()))
    if as_json:
        print_json({"kept": kept})
    else:
        note(f"{word('已保存标签', 'tags kept')}: {', '.join(kept)}")


@tags.command("file")
@shop_option
def file_(shop: Path | None) -> None:
    """Print the tags as the TOML file that `define` reads back."""
    from zhanggui.understand.customers.tags.rules import as_toml, known_rules

    opened = shop_at(shop)
    say(as_toml(known_rules(opened).values()))


@tags.command("show")
@click.argument("name")
@shop_option
@json_option
def show(shop: Path | None, as_json: bool, name: str) -> None:
    """Show who carries a tag most strongly, and what speaks for it."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.tags import answers

        return answers.show_tag(desk, name).model_dump(mode="json")

    found = asked(shop, lambda server: server.get(f"/api/v1/customers/tags/{name}"), here)
    if as_json:
        print_json(found)
        return
    say(f"{found['rule'][language()]}: {figure(found['people'], 'count')} ({found['as_of']})")
    header = [word("客户", "customer"), word("分值", "score"), word("次数", "acts"), word("最近", "last")]
    rows = [
        [f"#{row['customer'][-10:]}", f"{row['score']:.2f}", str(row["acts"]), row["last_day"]]
        for row in found["strongest"]
    ]
    for line in table_lines(header, rows, right=[False, True, True, False]):
        say(line)
    remarks(found)


@tags.command("build")
@shop_option
@json_option
def build(shop: Path | None, as_json: bool) -> None:
    """Find who carries each tag now, and note how many; the running workbench does it every day."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.tags import answers

        return answers.build(desk).model_dump(mode="json")

    found = asked(shop, lambda server: server.post("/api/v1/customers/tags-build", {}), here)
    if as_json:
        print_json(found)
        return
    for name, n_people in found["sizes"].items():
        say(f"{name}: {figure(n_people, 'count')} ({found['as_of']})")


@tags.command("remove")
@click.argument("name")
@shop_option
@json_option
def remove(shop: Path | None, as_json: bool, name: str) -> None:
    """Forget a tag and its sizes."""
    from zhanggui.ledger.jobs import TagBook

    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/customers/tags/{name}/remove", {})
    else:
        TagBook(opened.state).remove(name)
    if as_json:
        print_json({"removed": name})
    else:
        note(f"{word('已删除标签', 'removed tag')} {name}")


@tags.command("preferences")
@click.option("--what", type=click.Choice(["size", "category"]), default="size", show_default=True)
@shop_option
@json_option
def preferences(shop: Path | None, as_json: bool, what: str) -> None:
    """Show which size or category people prefer, with the purchases that say so."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.tags import answers

        return answers.preferences(desk, "category" if what == "category" else "size").model_dump(mode="json")

    found = asked(shop, lambda server: server.get("/api/v1/customers/preferences", [("what", what)]), here)
    if as_json:
        print_json(found)
        return
    for row in found["values"]:
        say(f"{row['value']}: {figure(row['people'], 'count')}")
    say(found["rule"][language()])
    for row in found["examples"]:
        say(f"#{row['customer'][-10:]}  {row['reason'][language()]}")
    remarks(found)
