"""``zhanggui customers lifetime-value`` and ``churn``: what customers are worth, and who is likely to stay away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from zhanggui.cli.opened import owned_ledger, shop_at
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

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_Command = TypeVar("_Command", bound=Callable[..., object])
_MOST_ROWS = 20


def _value_options(wrapped: _Command) -> _Command:
    """Give a command the options that say whose purchases are looked at, and by what."""
    for option in (
        json_option,
        shop_option,
        click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Filters; all of them hold."),
        click.option("--store", multiple=True, metavar="NAME", help="A store; may be given several times."),
        click.option("--platform", multiple=True, metavar="NAME", help="A platform; may be given several times."),
        click.option("--horizon", type=click.IntRange(1, 3650), metavar="DAYS", help="How far ahead; 90 by default."),
        click.option("--time-unit", type=click.Choice(["day", "week"]), default="week", help="Unit of the models."),
        click.option("--holdout-end", type=_DAY, metavar="DATE", help="Last day that models are held against."),
        click.option("--calibration-end", type=_DAY, metavar="DATE", help="Last day that models are fitted to."),
        click.option(
            "--file",
            "log",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE",
            help="A CSV with the columns customer, date, amount, instead of a shop.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped


def _pairs(asked: Mapping[str, Any], **more: object) -> list[tuple[str, str]]:
    """Return what is asked as the pairs of the HTTP API, so that both ways ask the same."""
    pairs = [("platform", name) for name in asked["platform"]] + [("shop", name) for name in asked["store"]]
    pairs += [("where", text) for text in asked["where"]]
    for key in ("calibration_end", "holdout_end", "time_unit", "horizon"):
        value = asked[key]
        if value is not None:
            pairs.append((key, value.date().isoformat() if isinstance(value, datetime) else str(value)))
    return pairs + [(key, str(value)) for key, value in more.items() if value is not None]


def _found(what: str, log: Path | None, shop: Path | None, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    if log is not None:
        from zhanggui.understand.customers.lifetime.asking import churn_of_file, lifetime_of_file

        ask = lifetime_of_file if what == "lifetime-value" else churn_of_file
        return ask(log, pairs, today=datetime.now().astimezone().date()).model_dump(mode="json")
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return server.get(f"/api/v1/customers/{what}", pairs)
    from zhanggui.understand.customers.lifetime.asking import OF_SHOP
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        return OF_SHOP[what](Desk(opened, ledger), pairs).model_dump(mode="json")


def _table(header: list[str], rows: list[list[str]]) -> None:
    for line in table_lines(header, rows, right=[False, *(True for _ in header[1:])]):
        say(line)


@click.command("lifetime-value")
@click.option("--discount", type=click.FloatRange(0, 10), metavar="RATE", help="Yearly; 0.1 by default.")
@click.option("--by", type=click.Choice(["platform", "shop", "channel"]), help="Split of LTV : CAC.")
@click.option("--threshold", type=click.FloatRange(0, 1000), metavar="RATIO", help="Healthy LTV : CAC; 3 by default.")
@_value_options
def lifetime_value(log: Path | None, shop: Path | None, as_json: bool, **asked: Any) -> None:
    """Value customers: so far and to come, by the model that forecast the past best."""
    more = {key: asked[key] for key in ("discount", "by", "threshold")}
    found = _found("lifetime-value", log, shop, _pairs(asked, **more))
    if as_json:
        print_json(found)
        return
    _print_models(found)
    _print_value(found)
    if found["acquisition"] is not None:
        _print_acquisition(found["acquisition"])
    remarks(found)


def _print_models(found: Mapping[str, Any]) -> None:
    rows = []
    for name, model in found["models"].items():
        held = model["backtest"]
        told = " ".join(f"{key}={value:.4g}" for key, value in model["parameters"].items())
        rows.append(
            [
                f"{name} *" if name == found["chosen"] else name,
                told,
                f"{model['log_likelihood']:,.2f}",
                f"{held['mae']:.4f}",
                _percent(held["bias"]),
                figure(held["auc"], "ratio"),
            ]
        )
    _table(
        [word("模型", "model"), word("参数", "parameters"), word("对数似然", "log-likelihood"), "MAE",
         word("总偏差", "bias"), "AUC"],
        rows,
    )  # fmt: skip
    say(
        word(
            f"拟合到 {found['calibration_end']}，验证到 {found['holdout_end']}；* 验证期误差最小，用它预测。",
            f"Fitted up to {found['calibration_end']}, held against {found['holdout_end']}; * has the lowest error.",
        )
    )


def _print_value(found: Mapping[str, Any]) -> None:
    say()
    rows = []
    for key, name in (("revenue", word("净收入", "net revenue")), ("profit", word("贡献利润", "contribution"))):
        money = found[key]
        if money is None:
            note(f"{name}: {found['not_told'][key][language()]}")
            continue
        ahead = money["within_horizon"]
        rows.append(
            [name, figure(money["historic"], "money"), figure(ahead["forecast"], "money"),
             f"{figure(ahead['low'], 'money')} – {figure(ahead['high'], 'money')}",
             figure(money["discounted_per_customer"], "money")]
        )  # fmt: skip
    ahead = found["forecast"]["purchases"]
    rows.append(
        [
            word("购买日", "purchases"),
            "",
            f"{ahead['forecast']:,.0f}",
            f"{ahead['low']:,.0f} – {ahead['high']:,.0f}",
            "",
        ]
    )
    days = found["forecast"]["horizon_days"]
    _table(
        [word(f"{found['customers']:,} 位客户", f"{found['customers']:,} customers"), word("至今", "so far"),
         word(f"未来 {days} 天", f"next {days} days"), "90 %", word("人均现值", "today, each")],
        rows,
    )  # fmt: skip


def _print_acquisition(found: Mapping[str, Any]) -> None:
    say()
    lights = {
        "green": word("健康", "healthy"), "amber": word("偏低", "low"), "red": word("不回本", "loses"),
        "unknown": word("未知", "unknown"),
    }  # fmt: skip
    rows = [
        [row["name"], f"{row['customers']:,}", figure(_rounded(row["revenue_each"]), "money"),
         figure(_rounded(row["profit_each"]), "money"), figure(_rounded(row["cost_each"]), "money"),
         "-" if row["ratio"] is None else f"{row['ratio']:.2f} ({row['low']:.2f} – {row['high']:.2f})",
         lights[row["light"]]]
        for row in found["rows"]
    ]  # fmt: skip
    _table(
        [word("首购来源", "first bought"), word("客户", "customers"), word("人均收入", "revenue each"),
         word("人均利润", "profit each"), word("获客成本", "CAC"), "LTV:CAC",
         f"> {found['threshold']:g}"],
        rows,
    )  # fmt: skip
    note(found["note"][language()])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


@click.command("churn")
@_value_options
def churn(log: Path | None, shop: Path | None, as_json: bool, **asked: Any) -> None:
    """Say who is likely to stay away: the chance of no purchase within the horizon."""
    found = _found("churn", log, shop, _pairs(asked))
    if as_json:
        print_json(found)
        return
    days = found["horizon_days"]
    say(
        word(
            f"{found['customers']:,} 位客户中，预计 {found['expected_to_stay_away']:,.0f} 位未来 {days} 天不再购买；"
            f"过去 {found['backtest_days']} 天的验证 AUC {figure(found['auc'], 'ratio')}。",
            f"Of {found['customers']:,} customers, {found['expected_to_stay_away']:,.0f} are expected to buy nothing "
            f"in {days} days; AUC over the last {found['backtest_days']} days: {figure(found['auc'], 'ratio')}.",
        )
    )
    rows = [
        [row["customer"], f"{row['churn_probability']:.0%}", str(row["days_silent"]), f"{row['usual_gap_days']:.0f}",
         str(row["purchases"]), figure(row["revenue"], "money")]
        for row in found["at_risk"][:_MOST_ROWS]
    ]  # fmt: skip
    header = [
        word("老客", "returning customer"), word("流失概率", "stays away"), word("已沉默天数", "days silent"),
        word("平时间隔", "usual gap"), word("购买日数", "purchases"), word("净收入", "net revenue"),
    ]  # fmt: skip
    _table(header, rows)
    remarks(found)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:+.1%}"
