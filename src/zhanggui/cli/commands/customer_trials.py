"""``zhanggui customers trials``: the trials on people, and what one of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from zhanggui.cli.asked import JsonObject, asked
from zhanggui.cli.terminal import (
    figure,
    json_option,
    percent,
    print_json,
    remarks,
    said,
    say,
    shop_option,
    table_lines,
    word,
)

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk


@click.command("trials")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--days", type=click.IntRange(1, 3650), metavar="N", help="Days that each person is watched; else 30.")
@click.option("--control", metavar="GROUP", help="The group to compare with; else the one whose name says so.")
@click.option("--planned", multiple=True, metavar="GROUP=PART", help="Planned part of a group, to check the sizes.")
@click.option("--store", multiple=True, metavar="NAME", help="Count orders of this store; several times.")
@click.option("--platform", multiple=True, metavar="NAME", help="Count orders of this platform; several times.")
@click.option("--where", multiple=True, metavar="DIM=VALUE,..", help="Count orders that these filters let pass.")
@click.option("--as-of", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE", help="The last day looked at.")
@json_option
@shop_option
def trials(
    shop: Path | None,
    as_json: bool,
    name: str | None,
    days: int | None,
    control: str | None,
    planned: tuple[str, ...],
    store: tuple[str, ...],
    platform: tuple[str, ...],
    where: tuple[str, ...],
    as_of: datetime | None,
) -> None:  # click's options
    """List the trials on people; of one, NAME or its id, what it changed against its control, with intervals."""
    several = {"planned": planned, "shop": store, "platform": platform, "where": where}
    pairs = [(key, text) for key, texts in several.items() for text in texts]
    single = {"days": days, "control": control, "to": as_of and as_of.date().isoformat()}
    pairs += [(key, str(value)) for key, value in single.items() if value is not None]
    found = _asked(shop, name, pairs)
    if as_json:
        print_json(found)
    elif name is None:
        _say_list(found)
    else:
        _say_trial(found)


def _asked(shop: Path | None, name: str | None, pairs: Sequence[tuple[str, str]]) -> JsonObject:
    def here(desk: Desk) -> JsonObject:
        from zhanggui.understand.customers.answers import trial_of_pairs, trials_of_pairs

        answer = trials_of_pairs(desk, pairs) if name is None else trial_of_pairs(desk, name, pairs)
        return answer.model_dump(mode="json")

    path = "/api/v1/customers/trials" + ("" if name is None else f"/{quote(name, safe='')}")
    return asked(shop, lambda server: server.get(path, pairs), here)


def _say_list(found: JsonObject) -> None:
    header = [
        word("编号", "id"), word("实验", "trial"), word("组", "groups"), word("人数", "people"),
        word("访客", "visitors"), word("进组", "entries"),
    ]  # fmt: skip
    rows = [
        [
            row["id"], row["name"], " / ".join(row["groups"]), figure(row["people"], "count"),
            figure(row["visitors"], "count"), f"{row['first_entry']} – {row['last_entry']}",
        ]
        for row in found["trials"]
    ]  # fmt: skip
    for line in table_lines(header, rows, right=[False, False, False, True, True, False]):
        say(line)


def _say_trial(found: JsonObject) -> None:
    header = [
        word("组", "group"), word("分到", "drawn"), word("满期", "time over"), word("付款", "paid"),
        word("占比", "share"), word("人均净收入", "net each"), word("人均贡献", "contribution each"),
    ]  # fmt: skip
    rows = [
        [
            f"{row['name']} *" if row["is_control"] else row["name"],
            *(figure(row[key], "count") for key in ("assigned", "people", "buyers")),
            _shown(row["share"], "ratio"),
            _shown(row["net_per_person"], "money"),
            _shown(row["profit_per_person"], "money"),
        ]
        for row in found["groups"]
    ]
    for line in table_lines(header, rows, right=[False, *[True] * 6]):
        say(line)
    header = [
        word("减对照", "less control"), word("占比", "share"), word("相对变化", "change"),
        word("人均贡献", "contribution each"), word("多带来的贡献", "contribution brought"),
    ]  # fmt: skip
    rows = [
        [
            f"{row['group']} − {row['against']}",
            _shown(row["share"], "ratio"),
            _shown(row["share_change"], "ratio"),
            _shown(row["profit_per_person"], "money"),
            _shown(row["profit_brought"], "money"),
        ]
        for row in found["effects"]
    ]
    for line in table_lines(header, rows, right=[False, *[True] * 4]) if rows else ():
        say(line)
    grades = {
        "measured": word("有对照，实测", "measured by a control"),
        "estimated": word("分组可疑，估计", "doubtful groups, estimated"),
        "attributed": word("没有对照，归因", "no control, attributed"),
    }
    say(f"{word('证据', 'evidence')}: {grades[found['evidence']]}")
    for row in found["checks"]:
        say(f"{said(row['label'])}: p = {row['p_value']:.3f}")
    remarks(found)


def _shown(each: JsonObject, unit: str) -> str:
    """Return a figure with its interval."""
    if each["value"] is None:
        return "-"
    value, low, high = (
        percent(part) if unit == "ratio" else figure(part, unit) for part in (each["value"], each["low"], each["high"])
    )
    return value if each["low"] is None else f"{value} [{low}, {high}]"
