"""The page of the reports, and the data behind its tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from zhanggui.calendar import business_day
from zhanggui.i18n import Text
from zhanggui.pagespec import (
    ColumnSpec,
    Finding,
    FindingsData,
    FindingsTile,
    KpisData,
    KpisTile,
    PageChoice,
    PageExport,
    PageOption,
    PageSpec,
    ReportScheduleTile,
    Row,
    SentenceData,
    SentenceTile,
    TableData,
    TableTile,
)
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.overview.reports.answer import Figure, Report
from zhanggui.understand.overview.reports.report import Asked, asked_of, report
from zhanggui.understand.overview.reports.spec import GROUPS, LENGTHS, REPORTS, Length
from zhanggui.understand.overview.reports.told import said
from zhanggui.understand.view import View

_TILES = "/api/v1/tiles/reports"
_MISSING_COLUMNS = (ColumnSpec(key="text", label=Text("缺什么", "What is missing")),)
_CALM = Text("没有。", "None.")
_NO_PROMOTION = (ColumnSpec(key="phase", label=Text("阶段", "Phase")),)
NO_PROMOTION = Text("这些天不在大促里。", "These days lie in no promotion.")


def asked_by(desk: Desk, view: View) -> Asked:
    """Return the report that a page's filters ask for: the one that holds the last day looked at."""
    length: Length = next((each for each in LENGTHS if each == view.by), "day")
    today = business_day(datetime.now(UTC), desk.shop.settings.shop.timezone)
    return asked_of(desk, length, view.date_to, view.where, today=today)


def _tile(made: Callable[[Report], SentenceData | KpisData | TableData | FindingsData]) -> TileData:
    return lambda desk, view: made(report(desk, asked_by(desk, view)))


def _sentence(found: Report) -> SentenceData:
    against = found.against_label
    days = " – ".join(dict.fromkeys((str(found.against.first), str(found.against.last))))
    return SentenceData(
        text=Text(
            f"{found.title.zh}：{found.text.zh}对比{against.zh}（{days}）。",
            f"{found.title.en}: {found.text.en} Held against {against.en} ({days}).",
        ),
        partial=found.partial,
    )


def _group(key: str) -> Callable[[Report], KpisData]:
    def made(found: Report) -> KpisData:
        group = next(each for each in found.groups if each.key == key)
        items = tuple(item.model_copy(update={"numerator": _before(item, found)}) for item in group.items)
        return KpisData(items=items, currency=found.currency, partial=group.note, doubts=())

    return made


def _before(item: Figure, found: Report) -> Text | None:
    """Return what a figure is held against, in words."""
    if item.before is None:
        return None
    before = said(item.before, item.unit, found.currency)
    return Text(f"{found.against_label.zh} {before.zh}", f"{found.against_label.en}: {before.en}")


def _findings(name: str) -> Callable[[Report], FindingsData]:
    def made(found: Report) -> FindingsData:
        # That there is none is a finding too: no file is missing for it.
        return FindingsData(items=getattr(found, name) or (Finding(text=_CALM),))

    return made


def _missing(found: Report) -> TableData:
    rows = tuple({"text": text} for text in found.missing or (_CALM,))
    return TableData(columns=_MISSING_COLUMNS, rows=rows, n_rows=len(rows))


def _promotion(found: Report) -> TableData:
    return found.promotion or TableData(columns=_NO_PROMOTION, rows=({"phase": NO_PROMOTION},), n_rows=1)


REPORT = PageSpec(
    id="reports",
    path="/reports",
    title=Text("日报", "Reports"),
    room="overview",
    icon="overview",
    tab=Text("日报", "Reports"),
    filters=("platform", "shop", "date"),
    choices=(
        PageChoice(
            key="by",
            label=Text("周期", "Report of a"),
            options=tuple(PageOption(value=each, label=REPORTS[each].title) for each in LENGTHS),
        ),
    ),
    exports=(PageExport(id="xlsx", label=Text("导出 Excel", "Excel workbook"), source="/api/v1/reports/page.xlsx"),),
    rows=(
        Row(tiles=(SentenceTile(id="sentence", source=f"{_TILES}/sentence"),)),
        *(Row(tiles=(KpisTile(id=group.key, title=group.title, source=f"{_TILES}/{group.key}"),)) for group in GROUPS),
        Row(
            tiles=(
                FindingsTile(
                    id="movements",
                    title=Text("变化最大的三项及原因", "What moved most, and why"),
                    span=12,
                    source=f"{_TILES}/movements",
                ),
                FindingsTile(
                    id="stock_outs",
                    title=Text("热卖断货", "Sells well, out of stock"),
                    span=6,
                    source=f"{_TILES}/stock_outs",
                ),
                FindingsTile(
                    id="alerts", title=Text("待处理预警", "Alerts that wait"), span=6, source=f"{_TILES}/alerts"
                ),
            )
        ),
        Row(tiles=(TableTile(id="stores", title=Text("各店", "Stores"), source=f"{_TILES}/stores"),)),
        Row(
            tiles=(
                TableTile(
                    id="target", title=Text("本月累计与目标", "Month to date and target"), source=f"{_TILES}/target"
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="promotion",
                    title=Text("大促：分阶段与上次比", "Promotion: phase against phase"),
                    source=f"{_TILES}/promotion",
                ),
            )
        ),
        Row(tiles=(TableTile(id="missing", title=Text("缺的数据", "Missing data"), source=f"{_TILES}/missing"),)),
        Row(
            tiles=(
                ReportScheduleTile(
                    id="schedule",
                    title=Text("自动发送", "Told by itself"),
                    source="/api/v1/reports/schedule",
                    help=Text(
                        "工作台运行时按时发送；错过的一份在恢复后补发一次并注明迟到。支持文件的通道附 Excel。",
                        "Sent while the workbench runs; what was missed is sent once when it is back, marked late. "
                        "Channels that take files get the workbook.",
                    ),
                ),
            )
        ),
    ),
)

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "reports/sentence": _tile(_sentence),
        **{f"reports/{group.key}": _tile(_group(group.key)) for group in GROUPS},
        **{f"reports/{name}": _tile(_findings(name)) for name in ("movements", "stock_outs", "alerts")},
        "reports/stores": _tile(lambda found: found.by_store),
        "reports/target": _tile(lambda found: found.to_target),
        "reports/promotion": _tile(_promotion),
        "reports/missing": _tile(_missing),
    }
)
"""Tile data by ``page/tile``."""
