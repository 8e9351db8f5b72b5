"""``zhanggui collect``: take events in, as a process of its own; its keys, its tracking plan, its log."""

from __future__ import annotations

from pathlib import Path

import click

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.terminal import json_option, language, note, print_json, say, shop_option, table_lines

PORT = 8790


@click.group("collect", invoke_without_command=True)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--behind-proxy", is_flag=True, help="Take the sender's address from X-Forwarded-For, its last one.")
@shop_option
@json_option
@click.pass_context
def command(context: click.Context, shop: Path | None, as_json: bool, port: int, host: str, behind_proxy: bool) -> None:
    """Take events in from sites and apps, each answered once it is on disk.

    Speaks Segment, 神策, the GA4 Measurement Protocol and a format of our own. It owns nothing but its log: the
    workbench, or the next command, brings what it took in into the ledger.
    """
    if context.invoked_subcommand is not None:
        return
    from zhanggui.app.collecting import run_collector
    from zhanggui.app.server import listening
    from zhanggui.collect.events.intake import tracking_plan
    from zhanggui.collect.events.keys import WriteKeys

    opened = shop_at(shop)
    tracking_plan(opened.dir)
    if not any(key.is_open for key in WriteKeys(opened.dir).all()):
        note("没有写入密钥：" if language() == "zh" else "there is no write key yet:")
        note("  zhanggui collect keys add --name site")
    with listening(host, port, may_move=False) as listener:
        url = f"http://{host}:{listener.getsockname()[1]}"

        def started() -> None:
            if as_json:
                print_json({"url": url})
            else:
                note(f"taking events in at {url}   (stop it with Ctrl-C)")

        run_collector(opened, listener, trusts_proxy=behind_proxy, on_start=started)


@command.group("keys")
def keys() -> None:
    """Keys that can add events and do nothing else."""


@keys.command("add")
@click.option("--name", required=True, help="What the key is for, such as the site's name.")
@click.option("--store", metavar="NAME", help="Store that the events belong to; the company's own by default.")
@click.option("--rate", type=click.IntRange(1, 1_000_000), default=100_000, show_default=True, help="Events a second.")
@shop_option
@json_option
def add_key(shop: Path | None, as_json: bool, name: str, store: str | None, rate: int) -> None:
    """Make a key; it is shown once, and only its digest is kept."""
    from zhanggui.collect.events.keys import WriteKeys

    opened = shop_at(shop)
    key, secret = WriteKeys(opened.dir).add(name, store=store or opened.name, per_second=rate)
    if as_json:
        print_json({"id": key.key_id, "name": key.name, "store": key.store, "key": secret})
        return
    say(secret)
    note(f"{key.key_id} {key.name} → {key.store}")
    note("这是唯一一次显示" if language() == "zh" else "it is not shown again")


@keys.command("list")
@shop_option
@json_option
def list_keys(shop: Path | None, as_json: bool) -> None:
    """List the keys, the revoked ones too."""
    from zhanggui.collect.events.keys import WriteKeys

    found = WriteKeys(shop_at(shop).dir).all()
    if as_json:
        print_json(
            {
                "keys": [
                    {
                        "id": key.key_id,
                        "name": key.name,
                        "store": key.store,
                        "created_at": key.created_at,
                        "revoked_at": key.revoked_at,
                        "per_second": key.per_second,
                    }
                    for key in found
                ]
            }
        )
        return
    is_zh = language() == "zh"
    header = ["编号", "名称", "店铺", "创建", "停用"] if is_zh else ["id", "name", "store", "made", "revoked"]
    rows = [[key.key_id, key.name, key.store or "", key.created_at, key.revoked_at or ""] for key in found]
    for line in table_lines(header, rows, right=[False] * 5):
        say(line)


@keys.command("revoke")
@click.argument("key_id", metavar="ID")
@shop_option
@json_option
def revoke_key(shop: Path | None, as_json: bool, key_id: str) -> None:
    """Close a key for good; running collectors refuse it within a second or two."""
    from zhanggui.collect.events.keys import WriteKeys

    key = WriteKeys(shop_at(shop).dir).revoke(key_id)
    if as_json:
        print_json({"id": key.key_id, "revoked_at": key.revoked_at})
    else:
        say(f"{key.key_id} {key.name}: {key.revoked_at}")


@command.command("plan")
@shop_option
@json_option
def plan(shop: Path | None, as_json: bool) -> None:
    """Show the tracking plan, and what arrived differently during the last hour; exit code 1 where something did."""
    from zhanggui.collect.events.intake import PLAN_FILE, TrackingPlan, live_view, tracking_plan

    opened = shop_at(shop)
    planned = tracking_plan(opened.dir)
    expected = planned or TrackingPlan()
    violations = live_view(opened.dir).violations.most_common()
    if as_json:
        print_json(
            {
                "events": {
                    name: {"required": dict(of), "optional": dict(expected.optional[name])}
                    for name, of in expected.required.items()
                },
                "violations": [
                    {"event": event, "property": name, "problem": problem, "events": n}
                    for (event, name, problem), n in violations
                ],
            }
        )
    elif planned is None:
        note(f"没有埋点方案：{PLAN_FILE}" if language() == "zh" else f"there is no tracking plan: {PLAN_FILE}")
    else:
        header = ["事件", "属性", "问题", "次数"] if language() == "zh" else ["event", "property", "problem", "events"]
        rows = [[event, name, problem, f"{n:,}"] for (event, name, problem), n in violations]
        for line in table_lines(header, rows, right=[False, False, False, True]):
            say(line)
    if violations:
        click.get_current_context().exit(1)


@command.command("status")
@shop_option
@json_option
def status(shop: Path | None, as_json: bool) -> None:
    """Say how much the log holds, what the ledger has made of it, and that not one event is missing."""
    from zhanggui.collect.loading.log_status import log_status

    opened = shop_at(shop)
    with owned_ledger(opened) as ledger:
        found = log_status(opened, ledger)
    if as_json:
        print_json(found.to_json())
    else:
        is_zh = language() == "zh"
        say(f"{'日志中的事件' if is_zh else 'events in the log'}: {found.n_in_log:,}")
        for name, n_rows in found.classes.items():
            say(f"  {name}: {n_rows:,}")
        words = (
            ("账平" if is_zh else "the sums agree") if found.is_exact else ("账不平" if is_zh else "they do not agree")
        )
        say(words)
    if not found.is_exact:
        click.get_current_context().exit(1)
