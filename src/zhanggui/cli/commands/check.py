"""``zhanggui check``: whether what was loaded can be trusted, and proof that the ledger keeps its promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import Server, server_of
from zhanggui.cli.terminal import json_option, language, note, print_json, progress_told, rows_told, say, shop_option

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop

JsonObject = dict[str, Any]
"""An answer as JSON values."""


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the ledger again from the source files first.")
@shop_option
@json_option
@click.pass_context
def command(context: click.Context, shop: Path | None, as_json: bool, rebuild: bool) -> None:
    """Check what was loaded, and prove that the ledger adds up.

    Data quality: days, columns and lines that are missing, rows that stand twice, values that cannot be, sources that
    fall behind, links that lead nowhere, totals and stock that do not agree. Promises: keys are unique, words known,
    references whole, sums exact. Exit code 0 when nothing fails (a warning is no failure), 1 otherwise.
    """
    opened = shop_at(shop)
    is_whole = _rebuilt(opened) if rebuild else True
    server = server_of(opened.running_server())
    quality, promises = _asked(server) if server is not None else _checked(opened)
    broken = [each for each in promises if each["n_violations"]]
    if as_json:
        counts = {name: quality[name] for name in ("n_failed", "n_warning", "n_ok")}
        found = {"checks": quality["checks"], **counts, "promises": promises, "n_broken": len(broken)}
        print_json(found)
    else:
        _print(quality, promises, broken)
    context.exit(1 if broken or quality["n_failed"] or not is_whole else 0)


def _checked(shop: Shop) -> tuple[JsonObject, list[JsonObject]]:
    from zhanggui.ledger.quality import check_all
    from zhanggui.understand.data.promises import checked
    from zhanggui.understand.data.quality import quality_panel
    from zhanggui.understand.desk import Desk

    with owned_ledger(shop) as ledger:
        check_all(ledger)
        shop.check_history.keep(ledger)
        quality = quality_panel(Desk(shop, ledger)).model_dump(mode="json")
        return quality, [each.model_dump(mode="json") for each in checked(ledger).checks]


def _asked(server: Server) -> tuple[JsonObject, list[JsonObject]]:
    """Let the running server check, and return what it found."""
    with progress_told() as tell:
        server.finished_job(server.post("/api/v1/quality/run", {})["job_id"], tell)
    return server.get("/api/v1/quality"), server.get("/api/v1/checks")["checks"]


def _print(quality: JsonObject, promises: list[JsonObject], broken: list[JsonObject]) -> None:
    tongue = language()
    is_zh = tongue == "zh"
    for check in quality["checks"]:
        if check["status"] != "ok":
            for line in _lines(check, tongue):
                say(line)
    for each in broken:
        say(f"{'不成立' if is_zh else 'broken'}: {each['name']}: {each['text'][tongue]} ({each['n_violations']:,})")
        for example in each["examples"]:
            say(f"  {example}")
    failed, warned, n_checks = quality["n_failed"], quality["n_warning"], len(quality["checks"])
    kept = len(promises) - len(broken)
    say(
        f"{n_checks} 项检查：{failed} 项未通过，{warned} 项提醒；账本的 {len(promises)} 条承诺中 {kept} 条成立"
        if is_zh
        else f"{n_checks} checks: {failed} failed, {warned} with a warning; {kept} of {len(promises)} promises hold"
    )


def _lines(check: JsonObject, tongue: str) -> Iterator[str]:
    """Yield what a check found: a headline, a line per store, what to do."""
    is_zh = tongue == "zh"
    word = {"failed": "未通过" if is_zh else "failed", "warning": "提醒" if is_zh else "warning"}[check["status"]]
    money = "" if check["money"] is None else f"  {check['currency']} {check['money']:,.2f}"
    yield f"{word}: {check['label'][tongue]} ({check['name']}){money}"
    for store in check["stores"]:
        shown = store["findings"][:3]
        rest = store["n_findings"] - len(shown)
        for found in shown:
            yield f"  {store['store']}: {found['text'][tongue]}"
        if rest:
            yield f"  {store['store']}: {f'另有 {rest:,} 处' if is_zh else f'{rest:,} more'}"
    yield f"  {'下一步' if is_zh else 'next'}: {check['next'][tongue]}"


def _rebuilt(shop: Shop) -> bool:
    """Build the ledger again, and return whether every import was read."""
    from zhanggui.collect.loading.rebuild import build_ledger

    with shop.owner_lock(), rows_told() as tell:
        done = build_ledger(shop, tell=tell)
    for one in done.unread:
        note(one.text.pick(language()))
    note(f"the ledger was built again; imports read: {done.n_imports:,}")
    return not done.unread
