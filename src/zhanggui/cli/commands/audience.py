"""``zhanggui customers audience``: who fulfils a condition, counted, kept, taken away."""

from __future__ import annotations

import json
import sys
import tomllib
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
    said,
    say,
    shop_option,
    table_lines,
    word,
)
from zhanggui.errors import ZhangguiError

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

JsonObject = dict[str, Any]
_PURPOSE = click.option(
    "--purpose",
    type=click.Choice(["marketing", "analysis"]),
    default="marketing",
    show_default=True,
    help="What for: marketing leaves out who has not consented, has unsubscribed, or has complained.",
)


class AudienceFileError(ZhangguiError):
    """A file that holds no audience."""

    code = "audience_file"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"The audience cannot be read: {why}.",
            where=path,
            next_step="write it as JSON or TOML, as docs/methods/customers/audiences.md shows",
        )


@click.group(name="audience")
def audience() -> None:
    """Audiences: conditions over people, counted, kept, exported."""


def _document(file: str) -> JsonObject:
    """Return the audience of a JSON or TOML file; ``-`` is the standard input."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AudienceFileError(file, str(error)) from None
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise AudienceFileError(file, f"neither JSON nor TOML: {error}") from None
    return dict(found)


@audience.command("list")
@shop_option
@json_option
def list_(shop: Path | None, as_json: bool) -> None:
    """List the saved audiences with their sizes."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers

        return answers.listed(desk).model_dump(mode="json")

    found = asked(shop, lambda server: server.get("/api/v1/customers/audiences"), here)
    if as_json:
        print_json(found)
        return
    header = [word("名称", "name"), word("叫法", "label"), word("版本", "version"), word("截至", "as of"),
              word("人数", "people")]  # fmt: skip
    rows = [
        [row["name"], row["label"], str(row["version"]), row["as_of"] or "-", figure(row["people"], "count")]
        for row in found["audiences"]
    ]
    for line in table_lines(header, rows, right=[False, False, True, False, True]):
        say(line)


def _print_preview(found: JsonObject) -> None:
    share = "" if found["share"] is None else f" ({found['share']:.1%})"
    among = figure(found["among"], "count")
    say(f"{word('人数', 'people')}: {figure(found['size'], 'count')} / {among}{share}, {found['as_of']}")
    say(f"{word('可触达', 'may be reached')} ({found['purpose']}): {figure(found['reachable'], 'count')}")
    rows = [[said(row["label"]), figure(row["people"], "count")] for row in found["withheld"]]
    rows += [
        [f"{place + 1}. {part['kind']}", figure(part["people"], "count")] for place, part in enumerate(found["parts"])
    ]
    for line in table_lines(["", word("人数", "people")], rows, right=[False, True]) if rows else ():
        say(line)
    for text in found["warnings"]:
        note(f"note: {said(text)}")


@audience.command("preview")
@click.argument("file", metavar="FILE")
@_PURPOSE
@shop_option
@json_option
def preview(shop: Path | None, as_json: bool, file: str, purpose: str) -> None:
    """Count the audience of a JSON or TOML FILE (- for standard input); nothing is kept."""
    document = _document(file)

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers
        from zhanggui.understand.customers.audiences.conditions import audience_of

        found = answers.preview(
            desk, audience_of(document), purpose="analysis" if purpose == "analysis" else "marketing"
        )
        return found.model_dump(mode="json")

    body = {"audience": document, "purpose": purpose}
    found = asked(shop, lambda server: server.post("/api/v1/customers/audience-preview", body), here)
    if as_json:
        print_json(found)
    else:
        _print_preview(found)


@audience.command("save")
@click.argument("file", metavar="FILE")
@shop_option
@json_option
def save(shop: Path | None, as_json: bool, file: str) -> None:
    """Keep the audience of a JSON or TOML FILE (- for standard input) and find who is in it."""
    document = _document(file)

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers, keeping
        from zhanggui.understand.customers.audiences.conditions import audience_of

        entered = audience_of(document)
        keeping.save(desk, entered)
        return answers.shown(desk, entered.name).model_dump(mode="json")

    found = asked(shop, lambda server: server.post("/api/v1/customers/audiences", {"audience": document}), here)
    if as_json:
        print_json(found)
    else:
        _print_preview(found["preview"])


@audience.command("show")
@click.argument("name")
@_PURPOSE
@shop_option
@json_option
def show(shop: Path | None, as_json: bool, name: str, purpose: str) -> None:
    """Bring an audience up to date and show its size, its changes and where it went."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers

        found = answers.shown(desk, name, "analysis" if purpose == "analysis" else "marketing")
        return found.model_dump(mode="json")

    query = [("purpose", purpose)]
    found = asked(shop, lambda server: server.get(f"/api/v1/customers/audiences/{name}", query), here)
    if as_json:
        print_json(found)
        return
    _print_preview(found["preview"])
    header = [word("截至", "as of"), word("版本", "version"), word("人数", "people"), word("进入", "joined"),
              word("离开", "left")]  # fmt: skip
    rows = [
        [row["as_of"], str(row["version"]), *(figure(row[key], "count") for key in ("people", "joined", "left"))]
        for row in found["changes"]
    ]
    for line in table_lines(header, rows, right=[False, True, True, True, True]):
        say(line)


@audience.command("export")
@click.argument("name")
@_PURPOSE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write the file here.")
@shop_option
@json_option
def export(shop: Path | None, as_json: bool, name: str, purpose: str, out: Path | None) -> None:
    """Write who of an audience may be reached as a file of tokens in exports/; the export is put on record."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import keeping

        found = keeping.export(
            desk, name, purpose="analysis" if purpose == "analysis" else "marketing", language=language(), by="terminal"
        )
        return {
            "file": found.path.name, "content": found.text, "people": found.n_people, "withheld": found.withheld,
            "warning": {"zh": found.warning.zh, "en": found.warning.en}, "use_id": found.use_id,
        }  # fmt: skip

    body = {"purpose": purpose, "language": language(), "by": "terminal"}
    found = asked(shop, lambda server: server.post(f"/api/v1/customers/audiences/{name}/export", body), here)
    content = found.pop("content")
    if out is not None:
        out.write_text(content, "utf-8-sig")
    if as_json:
        print_json(found)
        return
    say(f"exports/{found['file']}: {figure(found['people'], 'count')}")
    for reason, n_people in found["withheld"].items():
        note(f"{word('未包含', 'left out')} {reason}: {n_people:,}")
    note(said(found["warning"]))


@audience.command("remove")
@click.argument("name")
@shop_option
@json_option
def remove(shop: Path | None, as_json: bool, name: str) -> None:
    """Forget an audience; the record of its exports stays."""
    from zhanggui.ledger.jobs import AudienceBook

    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/customers/audiences/{name}/remove", {})
    else:
        AudienceBook(opened.state).remove(name)
    if as_json:
        print_json({"removed": name})
    else:
        note(f"{word('已删除人群', 'removed audience')} {name}")


@audience.command("overlap")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@shop_option
@json_option
def overlap(shop: Path | None, as_json: bool, names: tuple[str, ...]) -> None:
    """Show how many people saved audiences share."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers

        return answers.overlap(desk, names).model_dump(mode="json")

    body = {"names": list(names)}
    found = asked(shop, lambda server: server.post("/api/v1/customers/audience-overlap", body), here)
    if as_json:
        print_json(found)
        return
    for name, size in found["sizes"].items():
        say(f"{name}: {figure(size, 'count')}")
    header = ["", "", word("共同", "both"), word("占较小者", "of the smaller")]
    rows = [
        [row["a"], row["b"], figure(row["people"], "count"),
         "-" if row["of_smaller"] is None else f"{row['of_smaller']:.1%}"]
        for row in found["pairs"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False, True, True]) if rows else ():
        say(line)


@audience.command("choices")
@shop_option
@json_option
def choices(shop: Path | None, as_json: bool) -> None:
    """Show what conditions can name in this shop."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.audiences import answers

        return answers.choices(desk).model_dump(mode="json")

    found = asked(shop, lambda server: server.get("/api/v1/customers/audience-choices"), here)
    if as_json:
        print_json(found)
        return
    for kind, values in found.items():
        say(f"{kind}:")
        for each in values:
            say(f"  {each['value']}  {said(each['label'])}")


@audience.command("suppress")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reason", default="", help="Why, for the list.")
@click.option("--off", is_flag=True, help="Take them off the list instead.")
@shop_option
@json_option
def suppress(shop: Path | None, as_json: bool, file: Path, reason: str, off: bool) -> None:
    """Put the tokens of FILE, one a line, on the shop's own list of people never written to."""
    tokens = [line.strip() for line in file.read_text("utf-8-sig").splitlines() if line.strip()]

    def here(desk: Desk) -> JsonObject:
        from zhanggui.ledger.jobs import SuppressionList
        from zhanggui.understand.customers.audiences import keeping, reach

        held = SuppressionList(desk.shop.state)
        if off:
            held.remove(tokens)
        else:
            reach.suppress(desk, tokens, reason, keeping.now())
        return {"people": len(held.keys())}

    body = {"tokens": tokens, "reason": reason, "is_off": off}
    found = asked(shop, lambda server: server.post("/api/v1/customers/suppression", body), here)
    if as_json:
        print_json(found)
    else:
        note(f"{word('名单人数', 'on the list')}: {found['people']:,}")
