"""``zhanggui map``: what the columns of an unknown file are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.commands.load import loaded
from zhanggui.cli.map_edits import edited
from zhanggui.cli.map_report import mapping_lines, preview_lines, saved_lines
from zhanggui.cli.opened import shop_at
from zhanggui.cli.passwords import password_option, passwords_for
from zhanggui.cli.report import exit_code, print_report
from zhanggui.cli.terminal import json_option, language, note, print_json, progress_told, rows_told, say, shop_option

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop
    from zhanggui.understand.data.mapper import MappedFile

JsonObject = dict[str, Any]
"""Content of a map, or an answer of the mapper."""


EDITS = ("columns", "added", "subtracted", "constants", "options", "words")
"""Options that change the map."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants done with a file."""

    path: Path
    start: str | None
    map_file: Path | None
    table: str | None
    edits: dict[str, Sequence[str]]
    n_rows: int
    name: str | None
    out: Path | None
    store: str | None
    is_saved: bool
    is_loaded: bool
    as_json: bool
    passwords: tuple[str, ...]


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@click.option("--table", metavar="TABLE", help="Table that the file fills; else guessed.")
@click.option("--from", "start", metavar="START", help="Start from: guess, format:ID or map:NAME.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE.toml", help="Start from a map file.")
@click.option("--set", "columns", multiple=True, metavar='NAME="COLUMN"', help="Which column carries a name.")
@click.option("--add", "added", multiple=True, metavar='NAME="COLUMN"', help="A column added to an amount.")
@click.option("--subtract", "subtracted", multiple=True, metavar='NAME="COLUMN"', help="A column taken from one.")
@click.option("--constant", "constants", multiple=True, metavar="NAME=VALUE", help="platform, shop, currency …")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="sheet, encoding, date_format …")
@click.option("--word", "words", multiple=True, metavar="WORD=MEANING", help="What a word means; or COLUMN:WORD=…")
@click.option("--rows", "n_rows", type=click.IntRange(0, 1000), default=5, show_default=True, help="Rows to show.")
@click.option("--save", "is_saved", is_flag=True, help="Keep the map for files with this header.")
@click.option("--name", metavar="NAME", help="Name of the saved map; the file's name by default.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.toml", help="Write the map to a file.")
@click.option("--load", "is_loaded", is_flag=True, help="Load the file with the map.")
@click.option("--store", metavar="NAME", help="The store that the file belongs to.")
@click.option("--list", "is_list", is_flag=True, help="List the saved maps.")
@click.option("--show", metavar="NAME", help="Print a saved map as TOML.")
@click.option("--rename", nargs=2, metavar="OLD NEW", help="Give a saved map another name.")
@click.option("--delete", metavar="NAME", help="Forget a saved map; what it loaded stays.")
@click.option("--undo", is_flag=True, help="Take the last change of saved maps back.")
@password_option
@shop_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    shop: Path | None,
    as_json: bool,
    file: Path | None,
    is_list: bool,
    show: str | None,
    rename: tuple[str, str] | None,
    delete: str | None,
    undo: bool,
    password_file: Path | None,
    **said: Any,  # the other options, which are the fields of Asked and the edits
) -> None:
    """Guess what the columns of a file are, preview what the map makes of it, and keep or load it.

    Nothing is loaded without --load. Without a shop the guess and the preview work all the same. Exit code 0 when every
    row would be taken, 1 when some would not, 2 when the file or the map cannot be used.
    """
    if file is None:
        _manage(shop, is_list=is_list, show=show, rename=rename, delete=delete, undo=undo, as_json=as_json)
        return
    edits: dict[str, Sequence[str]] = {name: said.pop(name) for name in EDITS}
    passwords = passwords_for([file], password_file)
    asked = Asked(path=file, edits=edits, as_json=as_json, passwords=passwords, **said)
    context.exit(_mapped(asked, shop))


def _manage(
    directory: Path | None,
    *,
    is_list: bool,
    show: str | None,
    rename: tuple[str, str] | None,
    delete: str | None,
    undo: bool,
    as_json: bool,
) -> None:
    """Change the saved maps, and list them."""
    wanted = [is_list, show is not None, bool(rename), delete is not None, undo]
    if sum(wanted) != 1:
        raise click.UsageError("name a FILE, or one of --list, --show, --rename, --delete, --undo")
    from zhanggui.understand.data.mapper import map_view, saved_maps

    with closing(shop_at(directory)) as opened:
        if show is not None:
            found = map_view(opened.maps.get(show)).model_dump(mode="json")
            print_json(found) if as_json else say(found["toml"].rstrip())
            return
        if rename:
            opened.maps.rename(*rename)
        elif delete is not None:
            opened.maps.delete(delete)
        elif undo:
            opened.maps.undo()
        answer = saved_maps(opened).model_dump(mode="json")
    if as_json:
        print_json(answer)
        return
    for line in saved_lines(answer["maps"], language()):
        say(line)
    if not answer["maps"]:
        note("no map has been saved yet: `zhanggui map FILE --save`")


def _mapped(asked: Asked, directory: Path | None) -> int:
    """Guess, preview, and do with the map what is wanted; return the exit code."""
    from zhanggui.collect.loading.load import FileMissingError

    if not asked.path.is_file():
        raise FileMissingError(asked.path)
    needs_shop = asked.is_saved or asked.is_loaded or directory is not None or _starts_from_map(asked)
    opened = _shop(directory, is_needed=needs_shop)
    with closing(opened) if opened is not None else nullcontext():
        mapping, document, preview = _looked(asked, opened)
        answer: JsonObject = {"mapping": mapping, "document": document, "preview": preview}
        if not asked.as_json:
            _print(asked, mapping, document, preview)
        if asked.out is not None:
            _write(asked.out, preview["toml"])
        if preview["problem"] or ((asked.is_saved or asked.is_loaded) and preview["missing"]):
            code = 2
        else:
            code = 1 if preview["missing"] or preview["faults"] else 0
            if opened is not None:
                saved = _saved(asked, opened, document) if asked.is_saved else None
                report = _loaded(asked, opened, document) if asked.is_loaded else None
                answer |= {"saved": saved, "load": report}
                code = exit_code(report) if report is not None else code
    if asked.as_json:
        print_json(answer)
    return code


def _starts_from_map(asked: Asked) -> bool:
    return (asked.start or "").startswith("map:")


def _shop(directory: Path | None, *, is_needed: bool) -> Shop | None:
    """Return the shop, or None where there is none and none is needed."""
    from zhanggui.ledger.shop import ShopMissingError

    try:
        return shop_at(directory)
    except ShopMissingError:
        if is_needed:
            raise
        return None


def _looked(asked: Asked, shop: Shop | None) -> tuple[JsonObject, JsonObject, JsonObject]:
    """Return what the file seems to be, the map with all changes, and what it makes of the file."""
    from zhanggui.i18n import Text
    from zhanggui.settings import Settings
    from zhanggui.understand.data.mapper import Reading, mapping_of, opened_path, tried

    settings = shop.settings if shop is not None else Settings()
    first = _first_reading(asked)
    with opened_path(asked.path, Reading.of(first), settings, shop, asked.passwords) as file:
        mapping = mapping_of(file, start=asked.start, table=asked.table)
        document = first if asked.map_file is not None else edited(dict(mapping.document), **asked.edits)
    label = Text.of(f"正在查看 {asked.path.name}", f"looking at {asked.path.name}")
    look = opened_path(asked.path, Reading.of(document), settings, shop, asked.passwords)
    with look as file, rows_told() as tell:
        preview = tried(file, document, is_whole=True, n_shown=asked.n_rows, on_rows=lambda n_rows: tell(label, n_rows))
    return mapping.model_dump(mode="json"), document, preview.model_dump(mode="json")


def _first_reading(asked: Asked) -> JsonObject:
    """Return the map file with all changes; without one, what the options say about reading the file."""
    from zhanggui.collect.mapping import read_map

    started = {} if asked.map_file is None else dict(read_map(asked.map_file).document or {})
    return edited(started, **asked.edits)


def _print(asked: Asked, mapping: JsonObject, document: JsonObject, preview: JsonObject) -> None:
    tongue = language()
    for line in mapping_lines(mapping, document, tongue):
        say(line)
    say()
    for line in preview_lines(preview, tongue):
        say(line)
    if mapping["saved_as"] and asked.map_file is None:
        note(f"files with this header load by themselves, with the saved map {mapping['saved_as']!r}")
    elif not asked.is_saved:
        note(f"next: zhanggui map {asked.path} --save --load; a map file: --out {asked.path.stem}.toml")


def _write(path: Path, toml: str) -> None:
    if path.exists():
        raise click.BadParameter(f"{path} exists and was left as it is", param_hint="--out")
    path.write_text(toml, encoding="utf-8")
    note(f"written: {path}")


def _file_of(asked: Asked, shop: Shop, document: JsonObject) -> Any:  # a context of MappedFile
    from zhanggui.understand.data.mapper import Reading, opened_path

    return opened_path(asked.path, Reading.of(document), shop.settings, shop, asked.passwords)


def _saved(asked: Asked, shop: Shop, document: JsonObject) -> JsonObject:
    from zhanggui.understand.data.mapper import map_view, save_map

    file: MappedFile
    with _file_of(asked, shop, document) as file:
        saved = save_map(shop, file, document, asked.name or asked.path.stem)
    if not asked.as_json:
        note(f"saved as {saved.name!r}: files with this header load by themselves from now on")
    return map_view(saved).model_dump(mode="json")


def _loaded(asked: Asked, shop: Shop, document: JsonObject) -> JsonObject:
    with tempfile.TemporaryDirectory(prefix="zhanggui-map-") as room:
        paths: JsonObject = {"paths": [str(asked.path.absolute())], "map": None, "store": asked.store}
        if not asked.is_saved:
            from zhanggui.collect.mapping.document import toml_of

            path = Path(room) / "map.toml"
            path.write_text(toml_of({"name": asked.name or asked.path.stem, **document}), encoding="utf-8")
            paths["map"] = str(path)
        with progress_told() as tell:
            report = loaded(shop, json.loads(json.dumps(paths)), tell, asked.passwords)
    if not asked.as_json:
        print_report(report, language())
    return report
