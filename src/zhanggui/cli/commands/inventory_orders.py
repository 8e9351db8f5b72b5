"""The commands of ``zhanggui inventory`` about stock to come: demand forecast and purchase proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from zhanggui.cli.asked import JsonObject
from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import server_of
from zhanggui.cli.terminal import (
    figure,
    json_option,
    language,
    note,
    percent,
    print_json,
    remarks,
    say,
    shop_option,
    table_lines,
    word,
)

DAY = click.DateTime(formats=["%Y-%m-%d"])
_MOST_ROWS = 25


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _more(found: JsonObject) -> None:
    if found["n_rows"] > _MOST_ROWS:
        n = found["n_rows"]
        say(word(f"… 共 {n:,} 行，用 --json 看更多", f"… of {n:,} rows; --json has more"))


@click.command("forecast")
@click.option("--days", type=click.IntRange(1, 90), metavar="N", help="How far ahead; 28 by default.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="The last day that is known; the last with orders else.")
@click.option("--sku", metavar="CODE", help="One own SKU.")
@click.option("--category", metavar="NAME", help="One category.")
@json_option
@shop_option
def forecast(
    shop: Path | None, as_json: bool, days: int | None, last: datetime | None, sku: str | None, category: str | None
) -> None:
    """Show what will be asked for, with quantiles, and how such forecasts did on the shop's own past."""
    given = {"days": days, "to": last.date() if last else None, "sku": sku, "category": category}
    pairs = [(key, str(value)) for key, value in given.items() if value is not None]
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/inventory/forecast", pairs)
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.inventory.forecast_answer import forecast_of_pairs

        with owned_ledger(opened) as ledger:
            found = forecast_of_pairs(Desk(opened, ledger), pairs).model_dump(mode="json")
    if as_json:
        print_json(found)
        return
    _tell_forecast(found)


def _tell_forecast(found: JsonObject) -> None:
    say(
        word(
            f"{found['last']} 之后 {found['days']} 天：预计 {found['expected']:,.0f} 件"
            f"（{found['history_weeks']} 周历史）",
            f"{found['days']} days after {found['last']}: {found['expected']:,.0f} units "
            f"({found['history_weeks']} weeks of history)",
        )
    )
    header = [word("商品编码", "SKU"), word("名称", "name"), word("模型", "model"), word("近 28 天", "last 28 d"),
              word("预计", "expected"), "P50", "P80", "P90", "P95"]  # fmt: skip
    rows = [
        [row["sku"], row["name"], row["model_name"][language()], figure(row["sold_28_days"], "count"),
         f"{row['expected']:,.1f}", *(figure(row[name], "count") for name in ("q50", "q80", "q90", "q95"))]
        for row in found["rows"][:_MOST_ROWS]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False] * 3 + [True] * 6):
        say(line)
    _more(found)
    if found["trials"]:
        say()
        _tell_trials(found["trials"], found["tried_weeks"])
    remarks(found)


def _tell_trials(trials: Sequence[JsonObject], weeks: int) -> None:
    say(word(f"回测（最近 {weeks} 周，选型未见过）", f"Tried on the last {weeks} weeks, which no choice has seen"))
    header = [word("类目", "category"), word("模型", "model"), "MASE", word("上周照抄", "as last week"), "pinball",
              word("上周照抄", "as last week"), word("偏差", "bias"), word("P90 覆盖", "P90 covers")]  # fmt: skip
    rows = [
        [word("全部", "all") if each["category"] is None else each["category"] or "-", each["model_name"][language()],
         _number(each["forecast"]["mase"]), _number(each["naive"]["mase"]), _number(each["forecast"]["pinball"]),
         _number(each["naive"]["pinball"]), percent(each["forecast"]["bias"]),
         percent(each["forecast"]["coverage"])]
        for each in trials[:_MOST_ROWS]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False] + [True] * 6):
        say(line)


@click.command("replenish")
@click.option("--budget", type=click.FloatRange(min=0), metavar="AMOUNT", help="Cash to spend; no limit by default.")
@click.option("--review-days", type=click.IntRange(1, 90), metavar="N", help="Days between two orders; 7 by default.")
@click.option("--holding", type=click.FloatRange(0, 10), metavar="SHARE", help="Yearly cost of stock; .25 by default.")
@click.option("--lead-days", type=click.FloatRange(1, 365), metavar="N", help="Lead time where no file tells one.")
@click.option("--shelf-life", multiple=True, metavar="CATEGORY=DAYS", help="How long goods can be sold; several times.")
@click.option(
    "--export", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx", help="Write it as Excel."
)
@json_option
@shop_option
def replenish(
    shop: Path | None, as_json: bool, export: Path | None, shelf_life: tuple[str, ...], **given: float | None
) -> None:
    """Propose what to order, when and for how much, by expected profit."""
    pairs = [(key, f"{value:g}") for key, value in given.items() if value is not None and key != "budget"]
    if given["budget"] is not None:
        pairs.append(("budget", f"{given['budget']:.2f}"))
    pairs += [("shelf_life", text) for text in shelf_life]
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        found = server.get("/api/v1/inventory/replenish", pairs)
        content = server.download("/api/v1/inventory/replenish.xlsx", [*pairs, ("lang", language())]) if export else b""
    else:
        from zhanggui.understand.desk import Desk
        from zhanggui.understand.inventory.proposal_file import proposal_workbook
        from zhanggui.understand.inventory.replenish_answer import replenish_of_pairs

        with owned_ledger(opened) as ledger:
            answer = replenish_of_pairs(Desk(opened, ledger), pairs)
        found = answer.model_dump(mode="json")
        content = proposal_workbook(answer, language()) if export else b""
    if export is not None:
        export.write_bytes(content)
        note(word(f"已写入 {export}", f"written: {export}"))
    if as_json:
        print_json(found)
        return
    _tell_proposal(found)


def _tell_proposal(found: JsonObject) -> None:
    say(
        word(
            f"{found['last']} 之后：建议下单 {found['units']:,.0f} 件，需资金 {found['cash']:,.2f} "
            f"{found['currency']}，预计利润 {found['profit']:,.2f}（同等资金上限 {found['profit_bound']:,.2f}）",
            f"After {found['last']}: order {found['units']:,.0f} units for {found['cash']:,.2f} {found['currency']}, "
            f"expected profit {found['profit']:,.2f} (no choice within that cash exceeds {found['profit_bound']:,.2f})",
        )
    )
    header = [word("供应商", "supplier"), word("商品编码", "SKU"), word("名称", "name"), word("数量", "quantity"),
              word("金额", "cash"), word("下单日", "order on"), word("含在途库存", "position"),
              word("订货点", "reorder at"), word("安全库存", "safety"), word("断货概率", "empty")]  # fmt: skip
    rows = [
        [row["supplier"], row["sku"], row["name"], figure(row["quantity"], "count"), figure(row["cash"], "money"),
         row["order_on"] or "-", figure(row["position"], "count"), figure(row["reorder_point"], "count"),
         f"{row['safety_stock']:.0f}", percent(row["empty_chance"])]
        for row in found["rows"][:_MOST_ROWS]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False] * 3 + [True] * 7):
        say(line)
    _more(found)
    record = found["record"]
    say(
        word(
            f"断货预警 {len(found['warned'])} 个；过去 {record['days']} 个观察日：预警 {record['warned']} 次，"
            f"应验 {record['right']} 次（准确率 {percent(record['precision'])}），实际断货 {record['empty']} 次",
            f"{len(found['warned'])} warned of; on {record['days']} days of the past {record['warned']} warnings, "
            f"{record['right']} right (precision {percent(record['precision'])}), {record['empty']} shelves empty",
        )
    )
    stress = found["stress"]
    if stress is not None:
        say(
            word(
                f"{stress['name']['zh']}（{stress['first_day']} 起）前有 {stress['at_risk']} 个 SKU 备货不足",
                f"{stress['at_risk']} SKUs have too little for {stress['name']['en']} (from {stress['first_day']})",
            )
        )
    for reason, n in found["n_left_out"].items():
        text = word(*_LEFT_OUT[reason])
        note(f"note: {n} SKU: {text}")
    remarks(found)


_LEFT_OUT = {
    "no_demand": ("没有需求，不建议", "no demand, nothing proposed"),
    "no_stock": ("含在途库存未知，不建议", "position unknown, nothing proposed"),
    "no_supplier": ("没有采购记录，供应商与交期未知，不建议", "never bought: supplier and lead time unknown"),
    "no_lead_time": ("供应商交期未知，不建议（--lead-days 可声明）", "lead time unknown; --lead-days declares one"),
    "no_cost": ("缺单位成本，不建议", "unit cost missing, nothing proposed"),
    "no_price": ("期内没有成交价，不建议", "no price in the window, nothing proposed"),
    "no_margin": ("售价不高于成本，不建议", "price not above cost, nothing proposed"),
}
