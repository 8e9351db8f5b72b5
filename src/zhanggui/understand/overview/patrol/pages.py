"""The page of the round of the stores, and the data behind its tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    AllClear,
    ColumnSpec,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    SentenceData,
    SentenceTile,
    TableData,
    TableTile,
)
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.overview.patrol.model import KINDS, Patrol, PatrolFinding
from zhanggui.understand.overview.patrol.patrol import patrol
from zhanggui.understand.view import View

_TILES = "/api/v1/tiles/patrol"
ALL = "all"
MOST_SHOWN = 200

_COLUMNS = (
    ColumnSpec(key="label", label=Text("类别", "Kind")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="subject", label=Text("对象", "What")),
    ColumnSpec(key="text", label=Text("情况", "The matter")),
    ColumnSpec(key="money", label=Text("金额", "Money"), unit="money", align="right"),
    ColumnSpec(key="money_label", label=Text("金额含义", "Which money")),
    ColumnSpec(key="n_rows", label=Text("记录", "Rows"), unit="count", align="right"),
)
_ROW_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="subject", label=Text("对象", "What")),
    ColumnSpec(key="text", label=Text("记录", "Row")),
    ColumnSpec(key="money", label=Text("金额", "Money"), unit="money", align="right"),
)
_NEED_COLUMNS = (
    ColumnSpec(key="label", label=Text("类别", "Kind")),
    ColumnSpec(key="text", label=Text("需要什么", "What is needed")),
)
_ALL_WELL = AllClear("没有发现要处理的事。", "Nothing was found that needs doing.")
_ALL_THERE = AllClear("要看的数据都在。", "All data that is looked at is there.")


def _round(desk: Desk, view: View) -> tuple[Patrol, Sequence[PatrolFinding]]:
    found = patrol(desk, view.date_to, view.where)
    return found, [each for each in found.findings if view.by in (None, ALL, each.kind)]


def patrol_sentence(desk: Desk, view: View) -> SentenceData:
    """Return in one sentence how much there is to do, by kind; money of different meaning is not added."""
    found, _ = _round(desk, view)
    parts = []
    for kind, label in KINDS.items():
        mine = [each for each in found.findings if each.kind == kind]
        currencies = {each.currency for each in mine if each.money is not None}
        if not mine:
            continue
        if len(currencies) == 1:
            money = wording.money(sum(each.money or 0.0 for each in mine), currencies.pop())
            parts.append(Text(f"{label.zh} {len(mine)} 项 {money.zh}", f"{label.en}: {len(mine)}, {money.en}"))
        else:
            parts.append(Text(f"{label.zh} {len(mine)} 项", f"{label.en}: {len(mine)}"))
    if not parts:
        return SentenceData(text=_ALL_WELL)
    zh, en = "；".join(each.zh for each in parts), "; ".join(each.en for each in parts)
    return SentenceData(text=Text(f"{found.day} 巡店：{zh}。", f"Round of {found.day}. {en}."))


def patrol_table(desk: Desk, view: View) -> TableData:
    """Return what was found, most money first; a row opens what it is about."""
    _, findings = _round(desk, view)
    rows = tuple(
        {
            "label": each.label,
            "store": each.store,
            "subject": each.subject,
            "text": each.text,
            "money": each.money,
            "money_label": each.money_label,
            "n_rows": each.n_rows,
            "_href": each.href or (each.rows[0].href if each.rows else None),
        }
        for each in findings[:MOST_SHOWN]
    )
    return TableData(
        columns=_COLUMNS,
        rows=rows,
        n_rows=len(findings),
        currency=_currency(findings),
        empty=None if rows else _ALL_WELL,
    )


def patrol_rows(desk: Desk, view: View) -> TableData:
    """Return the rows behind the findings of the chosen kind, or of all; each opens its row of the source file."""
    _, findings = _round(desk, view)
    rows = [
        {"store": each.store, "subject": each.subject, "text": row.text, "money": row.money, "_href": row.href}
        for each in findings
        for row in each.rows
    ]
    return TableData(
        columns=_ROW_COLUMNS,
        rows=tuple(rows[:MOST_SHOWN]),
        n_rows=sum(each.n_rows for each in findings),
        currency=_currency(findings),
        empty=None if rows else _ALL_WELL,
    )


def patrol_needs(desk: Desk, view: View) -> TableData:
    """Return what could not be looked at, and the table that it needs."""
    found, _ = _round(desk, view)
    rows = tuple({"label": each.label, "text": each.text} for each in found.needs) or ({"text": _ALL_THERE},)
    return TableData(columns=_NEED_COLUMNS, rows=rows, n_rows=len(rows))


def _currency(findings: Sequence[PatrolFinding]) -> str | None:
    found = {each.currency for each in findings if each.currency is not None}
    return found.pop() if len(found) == 1 else None


PATROL = PageSpec(
    id="patrol",
    path="/patrol",
    title=Text("巡店", "Store round"),
    room="overview",
    icon="overview",
    tab=Text("巡店", "Store round"),
    filters=("platform", "shop", "date"),
    choices=(
        PageChoice(
            key="by",
            label=Text("类别", "Kind"),
            options=(
                PageOption(value=ALL, label=Text("全部", "All")),
                *(PageOption(value=kind, label=label) for kind, label in KINDS.items()),
            ),
        ),
    ),
    rows=(
        Row(tiles=(SentenceTile(id="sentence", source=f"{_TILES}/sentence"),)),
        Row(tiles=(TableTile(id="list", title=Text("要处理的事", "To do"), source=f"{_TILES}/list"),)),
        Row(tiles=(TableTile(id="rows", title=Text("背后的记录", "Rows behind it"), source=f"{_TILES}/rows"),)),
        Row(tiles=(TableTile(id="needs", title=Text("没法看的", "Could not be looked at"), source=f"{_TILES}/needs"),)),
    ),
)

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "patrol/sentence": patrol_sentence,
        "patrol/list": patrol_table,
        "patrol/rows": patrol_rows,
        "patrol/needs": patrol_needs,
    }
)
"""Tile data by ``page/tile``."""
