"""``zhanggui finance``: profit and loss, cash, fees, advertising, creators, budgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import figure, json_option, language, note, print_json, say, shop_option, table_lines

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

DAY = click.DateTime(formats=["%Y-%m-%d"])
SPLITS = ("platform", "shop", "category", "channel")
MOST_ROWS = 30

_Command = TypeVar("_Command", bound=Callable[..., object])


@click.group(name="finance")
def command() -> None:
    """Profit and loss, cash, fees, advertising, creators, budgets."""


def _view_options(wrapped: _Command) -> _Command:
    """Give a command the options that say what is looked at."""
    for option in (
        json_option,
        shop_option,
        click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold."),
        click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times."),
        click.option("--platform", multiple=True, metavar="NAME", help="A platform; may be given several times."),
        click.option("--to", "date_to", type=DAY, metavar="DATE", help="Last business day."),
        click.option("--from", "date_from", type=DAY, metavar="DATE", help="First business day."),
    ):
        wrapped = option(wrapped)
    return wrapped


def _pairs(asked: Mapping[str, Any], **more: str | None) -> list[tuple[str, str]]:
    """Return what is looked at as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("platform", name) for name in asked["platform"]] + [("shop", name) for name in asked["store"]]
    pairs += [("where", text) for text in asked["where"]]
    for name, key in (("date_from", "from"), ("date_to", "to")):
        if isinstance(asked[name], datetime):
            pairs.append((key, asked[name].date().isoformat()))
    return pairs + [(key, value) for key, value in more.items() if value is not None]


def _asked(shop: Path | None, what: str, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    """Return an answer of this room, from the running server or from the shop itself."""

    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.finance.answers import ANSWERS
        from zhanggui.understand.view import view_from_pairs

        return ANSWERS[what](desk, view_from_pairs(pairs)).model_dump(mode="json")

    return asked(shop, lambda server: server.get(f"/api/v1/finance/{what}", pairs), here)


@command.command(name="pnl")
@click.option("--by", type=click.Choice(SPLITS), help="Split every line.")
@click.option(
    "--basis",
    type=click.Choice(["payment", "completion"]),
    default="payment",
    show_default=True,
    help="Refunds by the day of payment, or of their success.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write the report as a workbook.")
@_view_options
def profit_and_loss(
    shop: Path | None, as_json: bool, by: str | None, basis: str, out: Path | None, **asked: Any
) -> None:  # the values of click's options
    """Show the profit statement by month, or write it as a workbook."""
    pairs = _pairs(asked, by=by, basis=basis if basis != "payment" else None)
    if out is not None:
        _write_workbook(shop, out, pairs, as_json=as_json)
        return
    found = _asked(shop, "pnl", pairs)
    if as_json:
        print_json(found)
        return
    _say_statement(found["months"], found["lines"])
    for part in found["parts"]:
        say(f"\n{_text(part['name'])}")
        _say_statement(found["months"], part["lines"])
    for name, value in found["rates"].items():
        say(f"{_label(name)}: {figure(value, 'ratio')}")
    _remarks(found)


def _write_workbook(shop: Path | None, out: Path, pairs: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        content = server.download("/api/v1/finance/pnl.xlsx", [*pairs, ("lang", language())])
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.finance.pnl_export import pnl_file
        from zhanggui.understand.view import view_from_pairs

        with owned_ledger(opened) as ledger:
            content = pnl_file(Desk(opened, ledger), view_from_pairs(pairs), language())
    out.write_bytes(content)
    if as_json:
        print_json({"path": str(out), "bytes": len(content)})
    else:
        say(f"利润表已写入 {out}" if language() == "zh" else f"Written: {out}")


def _say_statement(months: Sequence[str], lines: Sequence[JsonObject]) -> None:
    header = ["", *months, *(["合计" if language() == "zh" else "total"] if len(months) > 1 else [])]
    rows = []
    for line in lines:
        name = f"{'  ' if line['parent'] else ''}{_text(line['label'])}"
        values = [*line["values"], *([line["total"]] if len(months) > 1 else [])]
        rows.append([name, *(figure(value, "money") for value in values)])
    for text in table_lines(header, rows, right=[False, *[True] * (len(header) - 1)]):
        say(text)


def _label(metric: str) -> str:
    from zhanggui.metrics import CATALOGUE

    return CATALOGUE[metric].label.pick(language())


def _text(value: object) -> str:
    return str(value[language()]) if isinstance(value, Mapping) else str(value)


def _remarks(found: JsonObject) -> None:
    for text in [*found.get("warnings", ()), found.get("partial"), found.get("empty")]:
        if text:
            note(f"note: {_text(text)}")


def _say_table(table: JsonObject, title: str = "") -> None:
    """Print a table of a page; what the page pages is cut after its first rows."""
    if title:
        say(title)
    columns = [column for column in table["columns"] if column["key"] != "basis"]
    shown = table["rows"][:MOST_ROWS]
    rows = [[_cell(row.get(column["key"]), column["unit"]) for column in columns] for row in shown]
    if table.get("total") and rows:
        sums = {key: value for key, value in table["total"].items() if value is not None}
        total = [_cell(sums[each["key"]], each["unit"]) if each["key"] in sums else "" for each in columns]
        rows.append(["合计" if language() == "zh" else "total", *total[1:]])
    if rows:
        is_number = [column["unit"] in {"money", "count", "ratio"} for column in columns]
        for line in table_lines([_text(column["label"]) for column in columns], rows, right=is_number):
            say(line)
    if table["n_rows"] > len(shown):
        note(f"… {table['n_rows']:,} rows in all; --json gives those of the page")
    _remarks(table)
    say()


def _cell(value: object, unit: str) -> str:
    if value is None:
        return "" if unit in {"text", "status"} else "-"
    return _text(value) if isinstance(value, Mapping | str) else figure(value, unit)


def _page(name: str, what: str, *parts: str) -> None:
    """Add the command that shows a page of several tables."""

    @command.command(name=name, help=what)
    @_view_options
    def show(shop: Path | None, as_json: bool, **asked: Any) -> None:
        found = _asked(shop, name, _pairs(asked))
        if as_json:
            print_json(found)
            return
        for part in parts:
            _say_table(found[part], part.replace("_", " "))


_page("creators", "Show creators and live sessions with net sales at T+7 and T+15.", "creators", "sessions")
_page("below-cost", "List what was sold below its cost.", "skus", "lines")
_page("cash", "Show what wallets took in and gave out, and what is on its way.", "wallets", "kinds", "on_its_way")


@command.command(name="bridge")
@_view_options
def show_bridge(shop: Path | None, as_json: bool, **asked: Any) -> None:  # the values of click's options
    """Show the steps from list GMV to contribution profit."""
    found = _asked(shop, "bridge", _pairs(asked))
    if as_json:
        print_json(found)
        return
    rows = [
        [("= " if step["role"] == "level" else "  ") + _text(step["label"]), figure(step["value"], "money")]
        for step in found["steps"]
    ]
    for line in table_lines(["", found["currency"] or ""], rows, right=[False, True]) if rows else ():
        say(line)
    _remarks(found)


@command.command(name="ads")
@click.option(
    "--level", type=click.Choice(["plan", "product", "live", "creative", "store"]), help="Objects of one level only."
)
@_view_options
def show_ads(shop: Path | None, as_json: bool, level: str | None, **asked: Any) -> None:  # click's options
    """Set each plan, product and live room's declared ROI beside the one at which it breaks even."""
    found = _asked(shop, "ads", _pairs(asked, by=level))
    if as_json:
        print_json(found)
        return
    _say_table(found["objects"])
    _say_table(found["reports"], "by report")


@command.command(name="fees")
@click.option(
    "--rates",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.toml",
    help='Hold fees to agreed rates, such as "tmall" = 0.005 or "tmall/美妆" = 0.045; replaces those entered before.',
)
@_view_options
def show_fees(shop: Path | None, as_json: bool, rates: Path | None, **asked: Any) -> None:  # click's options
    """Check what platforms charged on each settled order against the usual or agreed rate."""
    if rates is not None:
        from zhanggui.understand.finance.fees import rates_in, set_agreed_rates

        entered = rates_in(rates)
        _entered(shop, "/api/v1/finance/fee-rates", {"rates": entered}, partial(set_agreed_rates, rates=entered))
    found = _asked(shop, "fees", _pairs(asked))
    if as_json:
        print_json(found)
        return
    _say_table(found["deviating"], "deviating orders")
    _say_table(found["rates"], "rates")


@command.command(name="budget")
@click.option(
    "--enter",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.toml",
    help='Enter targets: a table per month ["2026-11"], an amount per account.',
)
@click.option("--store", metavar="NAME", help="Targets of one store; of the whole company by default.")
@shop_option
@json_option
def show_budget(shop: Path | None, as_json: bool, enter: Path | None, store: str | None) -> None:
    """Show targets beside results by month; enter targets from a file."""
    if enter is not None:
        from zhanggui.understand.finance.budgets import enter_targets, targets_in
        from zhanggui.understand.targets import COMPANY_WIDE

        for month, amounts in targets_in(enter).items():
            keep = partial(enter_targets, targets={month: amounts}, store=store or COMPANY_WIDE)
            _entered(shop, "/api/v1/finance/budget", {"month": month, "store": store, "targets": amounts}, keep)
    found = _asked(shop, "budget", [("shop", store)] if store else [])
    if as_json:
        print_json(found)
        return
    names = ("target", "actual", "forecast", "gap")
    header = ["", "", "target", "actual", "expected", "difference"]
    rows = [
        [cell["month"], _text(row["label"]), *(figure(cell[name], "money") for name in names)]
        for row in found["rows"]
        for cell in row["cells"]
        if cell["target"] is not None or cell["month"] == found["current"]
    ]
    for line in table_lines(header, sorted(rows, key=lambda row: row[0]), right=[False, False, *[True] * 4]):
        say(line)
    _remarks({"partial": found["text"]})


def _entered(shop: Path | None, path: str, body: JsonObject, here: Callable[[Desk], None]) -> None:
    """Enter something through the running server, or into the shop itself."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        server.post(path, body)
        return
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        here(Desk(opened, ledger))
