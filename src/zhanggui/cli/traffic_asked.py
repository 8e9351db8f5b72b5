"""What the commands under ``zhanggui traffic`` share: options, and asking the shop or its running server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, language, note, shop_option

if TYPE_CHECKING:
    from pydantic import BaseModel

    from zhanggui.understand.desk import Desk

DAY = click.DateTime(formats=["%Y-%m-%d"])
JsonObject = dict[str, Any]
"""An answer as JSON values, as the routes under ``/api/v1/traffic`` declare it."""

Pairs = Sequence[tuple[str, str]]
_Command = TypeVar("_Command", bound=Callable[..., object])


def view_options(wrapped: _Command) -> _Command:
    """Give a command the options that say which stores and days are looked at."""
    for option in (
        json_option,
        shop_option,
        click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times."),
        click.option("--platform", multiple=True, metavar="NAME", help="A platform; may be given several times."),
        click.option("--to", type=DAY, metavar="DATE", help="Last day; the last in the ledger by default."),
        click.option("--from", "from_", type=DAY, metavar="DATE", help="First day; the first by default."),
    ):
        wrapped = option(wrapped)
    return wrapped


def pairs_of(asked: Mapping[str, Any], **more: object) -> list[tuple[str, str]]:
    """Return what is looked at as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("platform", name) for name in asked["platform"]] + [("shop", name) for name in asked["store"]]
    given = {"from": asked["from_"], "to": asked["to"], **more}
    for key, value in given.items():
        if isinstance(value, datetime):
            pairs.append((key, value.date().isoformat()))
        elif value is not None:
            pairs.append((key, str(value)))
    return pairs


def asked_of(shop: Path | None, path: str, pairs: Pairs, answer: Callable[[Desk, Pairs], BaseModel]) -> JsonObject:
    """Return an answer, from the running server or from the shop itself."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get(f"/api/v1/traffic/{path}", pairs)
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        return answer(Desk(opened, ledger), pairs).model_dump(mode="json")


def word(zh: str, en: str) -> str:
    """Return the word of the terminal's language."""
    return zh if language() == "zh" else en


def text_of(value: Mapping[str, str]) -> str:
    """Return an answer's text in the terminal's language."""
    return value[language()]


def remarks(found: JsonObject) -> None:
    """Say on standard error what an answer warns of."""
    for text in found["warnings"]:
        note(f"note: {text_of(text)}")
