"""``zhanggui alerts``: what was noticed, who looks after it, what came of it; the rules, and their test on history."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhanggui.cli.alert_report import print_alert, print_alerts, print_backtest, print_rules
from zhanggui.cli.commands.query import DAY
from zhanggui.cli.opened import catalogue_of, owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import json_option, note, print_json, progress_told, say, shop_option

if TYPE_CHECKING:
    from pydantic import BaseModel

    from zhanggui.ledger.jobs import AlertBook
    from zhanggui.ledger.shop import Shop

STATES = ("open", "acknowledged", "snoozed", "resolved")
OUTCOMES = ("fixed", "expected", "false_alarm", "no_action")
DAY_SECONDS = 86400

_Command = TypeVar("_Command", bound=Callable[..., object])


@click.group(name="alerts")
def command() -> None:
    """Say what is not as it should be; keep who looks after it and what came of it."""


def _note_option(command: _Command) -> _Command:
    return click.option("--note", "said", default="", metavar="TEXT", help="A word for the record.")(command)


@command.command(name="list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these; open and acknowledged.")
@click.option("--all", "is_all", is_flag=True, help="All states, and alerts that are told under another one.")
@shop_option
@json_option
def list_alerts(shop: Path | None, as_json: bool, states: tuple[str, ...], is_all: bool) -> None:
    """List the alerts that wait for somebody, most money at stake first."""
    opened = shop_at(shop)
    chosen = STATES if is_all else states
    server = server_of(opened.running_server())
    if server is not None:
        pairs = [("state", state) for state in chosen]
        found = server.get("/api/v1/alerts", [*pairs, ("grouped", "false" if is_all else "true")])
    else:
        from zhanggui.app.work import is_watch_due
        from zhanggui.understand.monitoring.answers import ACTIVE, alert_list

        if is_watch_due(opened):
            _watch_here(opened)
        found = alert_list(opened, chosen or ACTIVE, with_under=is_all).model_dump(mode="json")
    if as_json:
        print_json(found)
    else:
        print_alerts(found)


@command.command(name="show")
@click.argument("alert_id", type=int, metavar="ID")
@shop_option
@json_option
def show(shop: Path | None, as_json: bool, alert_id: int) -> None:
    """Tell one alert: its sentence, likely causes, doubts about its data, everything that happened to it."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get(f"/api/v1/alerts/{alert_id}")
    else:
        from zhanggui.understand.monitoring.answers import alert_page

        found = _json(alert_page(opened, alert_id))
    _told(found, as_json=as_json)


@command.command(name="ack")
@click.argument("alert_id", type=int, metavar="ID")
@_note_option
@shop_option
@json_option
def acknowledge(shop: Path | None, as_json: bool, alert_id: int, said: str) -> None:
    """Say that somebody looks after an alert."""
    found = _changed(
        shop, alert_id, "acknowledge", {"note": said}, lambda book, now: book.acknowledge(alert_id, now, said)
    )
    _told(found, as_json=as_json)


@command.command(name="snooze")
@click.argument("alert_id", type=int, metavar="ID")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="Open again after so many days.")
@_note_option
@shop_option
@json_option
def snooze(shop: Path | None, as_json: bool, alert_id: int, days: int, said: str) -> None:
    """Put an alert away for some days."""
    body = {"days": days, "note": said}
    found = _changed(
        shop,
        alert_id,
        "snooze",
        body,
        lambda book, now: book.snooze(alert_id, now + days * DAY_SECONDS, now, said),
    )
    _told(found, as_json=as_json)


@command.command(name="resolve")
@click.argument("alert_id", type=int, metavar="ID")
@click.option("--outcome", type=click.Choice(OUTCOMES), required=True, help="What came of it.")
@click.option("--note", "said", required=True, metavar="TEXT", help="What was done, or why nothing was.")
@shop_option
@json_option
def resolve(shop: Path | None, as_json: bool, alert_id: int, outcome: str, said: str) -> None:
    """Close an alert with what came of it."""
    body = {"outcome": outcome, "note": said}
    found = _changed(shop, alert_id, "resolve", body, lambda book, now: book.resolve(alert_id, outcome, said, now))
    _told(found, as_json=as_json)


@command.command(name="note")
@click.argument("alert_id", type=int, metavar="ID")
@click.argument("said", metavar="TEXT")
@shop_option
@json_option
def write_note(shop: Path | None, as_json: bool, alert_id: int, said: str) -> None:
    """Write a note to an alert."""
    found = _changed(shop, alert_id, "note", {"note": said}, lambda book, now: book.add_note(alert_id, said, now))
    _told(found, as_json=as_json)


@command.command(name="assign")
@click.argument("alert_id", type=int, metavar="ID")
@click.argument("owner")
@shop_option
@json_option
def assign(shop: Path | None, as_json: bool, alert_id: int, owner: str) -> None:
    """Give an alert to somebody."""
    found = _changed(shop, alert_id, "assign", {"owner": owner}, lambda book, now: book.assign(alert_id, owner, now))
    _told(found, as_json=as_json)


@command.command(name="rules")
@click.option("--on", "on", multiple=True, metavar="NAME", help="Switch a rule on.")
@click.option("--off", "off", multiple=True, metavar="NAME", help="Switch a rule off.")
@click.option("--forget", "forgotten", multiple=True, metavar="NAME", help="Forget an own rule, or changes to one.")
@click.option("--read", "file", type=click.Path(path_type=Path), metavar="FILE", help="Keep the rules of a TOML file.")
@click.option("--toml", "as_toml", is_flag=True, help="Print the rules as a TOML file that can be read back.")
@shop_option
@json_option
def rules(shop: Path | None, as_json: bool, as_toml: bool, file: Path | None, **switched: tuple[str, ...]) -> None:
    """List the rules; switch them, read them from a file, write them as one."""
    opened = shop_at(shop)
    if file is not None:
        _read_rules(opened, file)
    for name, is_on in [*((name, True) for name in switched["on"]), *((name, False) for name in switched["off"])]:
        _switch(opened, name, is_on=is_on)
    for name in switched["forgotten"]:
        _forget(opened, name)
    if as_toml:
        say(_toml(opened).rstrip("\n"))
        return
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/alerts/rules")
    else:
        from zhanggui.understand.monitoring.rule_answers import rule_list

        found = _json(rule_list(opened))
    if as_json:
        print_json({"rules": found["rules"]})
    else:
        print_rules(found["rules"])


@command.command(name="backtest")
@click.argument("name", required=False)
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="The only rule of a TOML file instead.")
@click.option("--from", "date_from", type=DAY, metavar="DATE", help="First day; that of the ledger by default.")
@click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last day.")
@shop_option
@json_option
def backtest(
    shop: Path | None, as_json: bool, name: str | None, file: Path | None, **days: Any
) -> None:  # the values of click's options
    """Say when a rule would have fired on the history of the ledger, and how often a week."""
    if (name is None) == (file is None):
        raise click.UsageError("Name a rule, or a file with one rule.")
    opened = shop_at(shop)
    document = None if file is None else _only_rule(opened, file)
    first, last = (None if days[key] is None else days[key].date() for key in ("date_from", "date_to"))
    server = server_of(opened.running_server())
    if server is not None:
        ends = {key: day and day.isoformat() for key, day in (("date_from", first), ("date_to", last))}
        found = server.post("/api/v1/alerts/backtest", {"name": name, "rule": document, **ends})
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.monitoring.rule_answers import tried_on_history
        from zhanggui.understand.monitoring.rule_book import RuleBook

        asked = document if document is not None else RuleBook(opened.state).document(str(name))
        with owned_ledger(opened) as ledger:
            found = _json(tried_on_history(Desk(opened, ledger), asked, first=first, last=last))
    if as_json:
        print_json(found)
    else:
        print_backtest(found)


@command.command(name="run")
@shop_option
@json_option
def run(shop: Path | None, as_json: bool) -> int:
    """Hold every rule against the last days now; exit 1 when alerts are open."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        with progress_told() as tell:
            found = server.finished_job(server.post("/api/v1/alerts/run", {})["job_id"], tell)
        waiting = server.get("/api/v1/alerts", [("state", "open")])
    else:
        from zhanggui.understand.monitoring.answers import alert_list

        found = _watch_here(opened)
        waiting = alert_list(opened, ("open",)).model_dump(mode="json")
    if as_json:
        print_json({**found, "open": waiting["n_open"]})
    else:
        note(f"{found['rules']} rules held against the days to {found['until']}: {len(found['raised'])} new alerts")
        for name, why in found["unusable"].items():
            note(f"rule {name} was left out: {why}")
        print_alerts(waiting)
    return 1 if waiting["n_open"] else 0


def _watch_here(opened: Shop) -> dict[str, Any]:
    from zhanggui.app.work import WATCH, forget_waiting_watch, run_here

    with owned_ledger(opened) as ledger, progress_told() as tell:
        forget_waiting_watch(opened)
        return dict(run_here(opened, ledger, WATCH, {}, tell))


def _changed(
    shop: Path | None,
    alert_id: int,
    what: str,
    body: Mapping[str, object],
    change: Callable[[AlertBook, float], object],
) -> dict[str, Any]:
    """Change an alert through the server that owns the shop, or in its state file, and return it."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.post(f"/api/v1/alerts/{alert_id}/{what}", body)
    from zhanggui.ledger.jobs import AlertBook
    from zhanggui.understand.monitoring.answers import alert_page

    change(AlertBook(opened.state), time.time())
    return _json(alert_page(opened, alert_id))


def _told(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        print_alert(found)


def _json(found: BaseModel) -> dict[str, Any]:
    return dict(found.model_dump(mode="json"))


def _read_rules(opened: Shop, file: Path) -> None:
    text = _text_of(file)
    server = server_of(opened.running_server())
    if server is not None:
        kept: Sequence[object] = server.post("/api/v1/alerts/rules/file", {"toml": text})["rules"]
    else:
        from zhanggui.understand.monitoring.rule_book import RuleBook
        from zhanggui.understand.monitoring.rules import rules_from_toml

        documents = [rule.document() for rule in rules_from_toml(text, catalogue_of(opened))]
        kept = RuleBook(opened.state).save(documents, time.time())
    note(f"{len(kept)} rules kept")


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint="FILE") from None


def _only_rule(opened: Shop, file: Path) -> dict[str, Any]:
    from zhanggui.understand.monitoring.rules import rules_from_toml

    found = rules_from_toml(_text_of(file), catalogue_of(opened))
    if len(found) != 1:
        raise click.UsageError(f"{file} holds {len(found)} rules; name one by itself to test it.")
    return found[0].document()


def _switch(opened: Shop, name: str, *, is_on: bool) -> None:
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/alerts/rules/{name}/switch", {"is_on": is_on})
    else:
        from zhanggui.understand.monitoring.rule_book import RuleBook

        RuleBook(opened.state).switch(name, time.time(), is_on=is_on)
    note(f"rule {name} is {'on' if is_on else 'off'}")


def _forget(opened: Shop, name: str) -> None:
    server = server_of(opened.running_server())
    if server is not None:
        server.post(f"/api/v1/alerts/rules/{name}/forget", {})
    else:
        from zhanggui.understand.monitoring.rule_book import RuleBook

        RuleBook(opened.state).forget(name)
    note(f"what the shop said of rule {name} is forgotten")


def _toml(opened: Shop) -> str:
    server = server_of(opened.running_server())
    if server is not None:
        return str(server.get("/api/v1/alerts/rules/file")["toml"])
    from zhanggui.understand.monitoring.rule_book import RuleBook
    from zhanggui.understand.monitoring.rules import rules_to_toml

    return rules_to_toml(each.rule for each in RuleBook(opened.state).rules() if each.rule is not None)
