"""``zhanggui metrics define``, ``remove`` and ``history``: the shop's own metrics, every version of them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from zhanggui.cli.opened import shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, note, print_json, say, shop_option


@click.command(name="define")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@shop_option
@json_option
def define(shop: Path | None, as_json: bool, file: Path | None) -> None:
    """Keep the metrics of a TOML FILE from now on, all of them or none; by default metrics.toml of the shop."""
    from zhanggui.ledger.shop import METRICS_FILE
    from zhanggui.understand.overview.own_metrics import define_file

    opened = shop_at(shop)
    text = _text_of(file or opened.dir / METRICS_FILE)
    server = server_of(opened.running_server())
    if server is not None:
        kept = server.post("/api/v1/metrics/own/file", {"toml": text})["kept"]
    else:
        kept = list(define_file(opened, text, time.time()))
    if as_json:
        print_json({"kept": kept})
    else:
        note(f"{len(kept)} metrics kept: {', '.join(kept)}")


@click.command(name="remove")
@click.argument("name")
@shop_option
@json_option
def remove(shop: Path | None, as_json: bool, name: str) -> None:
    """Take one of the shop's own metrics away from now on; its history stays."""
    from zhanggui.understand.overview import own_metrics

    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/metrics/own/{name}/remove", {})
    else:
        own_metrics.remove(opened, name, time.time())
    if as_json:
        print_json({"removed": name})
    else:
        note(f"metric {name} is taken away; `zhanggui metrics history {name}` still shows what it was")


@click.command(name="history")
@click.argument("name")
@shop_option
@json_option
def history(shop: Path | None, as_json: bool, name: str) -> None:
    """Show every definition that a metric had, and from when it was current."""
    from zhanggui.understand.overview import own_metrics

    found = own_metrics.history(shop_at(shop), name).model_dump(mode="json")
    if as_json:
        print_json(found)
        return
    for each in found["versions"]:
        say(f"version {each['version']}  {each['since'] or 'as it comes with this program'}  {_said(each, found)}")


def _said(version: dict[str, Any], found: dict[str, Any]) -> str:
    if found["origin"] == "built_in":
        return ""
    document = version["document"]
    if document is None:
        return "taken away"
    return ", ".join(f"{key}={value}" for key, value in document.items() if key != "name")


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint="FILE") from None
