"""``/reports`` and ``/patrol``: reports of a day, week or month, their schedule; the round of the stores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from zhanggui.app.reporting import keep_schedule, send_report
from zhanggui.app.workbench import Bench, Workbench
from zhanggui.calendar import business_day
from zhanggui.collect.outbound import Channels
from zhanggui.understand.overview.patrol.model import Patrol
from zhanggui.understand.overview.patrol.patrol import patrol
from zhanggui.understand.overview.reports.answer import Report
from zhanggui.understand.overview.reports.pages import asked_by
from zhanggui.understand.overview.reports.plan import DEFAULT_AT, Plan, plan_of, set_plan, told
from zhanggui.understand.overview.reports.report import Asked, asked_of, only_stores, report
from zhanggui.understand.overview.reports.spec import LENGTHS, Length
from zhanggui.understand.overview.reports.workbook import report_workbook, workbook_name
from zhanggui.understand.view import view_from_pairs

router = APIRouter(tags=["reports"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Stores = Annotated[list[str] | None, Query(description="Names of stores; the whole company when absent.")]
Day = Annotated[date | None, Query(alias="date", description="Any day of the report; the last with data when absent.")]


class ScheduleWanted(BaseModel):
    """Which reports are to be told by themselves."""

    lengths: tuple[Length, ...]
    at: str = DEFAULT_AT
    channels: tuple[str, ...] = ()


class ScheduleAnswer(BaseModel):
    """Which reports are told by themselves; channels are all when none is named."""

    lengths: tuple[Length, ...]
    at: str
    timezone: str
    channels: tuple[str, ...]
    known_channels: tuple[str, ...]
    last_told: dict[Length, date]


class SendWanted(BaseModel):
    """A report to send now; channels are all when none is named."""

    day: date | None = Field(None, alias="date")
    stores: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class Sent(BaseModel):
    """What was put into the outbox: how many channels had nothing of this report before."""

    key: str
    n_channels: int


@router.get("/reports/schedule")
def schedule(bench: Bench) -> ScheduleAnswer:
    """Return which reports are told by themselves."""
    return _schedule(bench, plan_of(bench.shop.state))


@router.post("/reports/schedule")
def set_schedule(bench: Bench, wanted: ScheduleWanted) -> ScheduleAnswer:
    """Switch reports on and off."""
    channels = Channels.of(bench.shop)
    for name in wanted.channels:
        channels.open(name)
    state, now = bench.shop.state, datetime.now(UTC)
    plan = set_plan(state, lengths=wanted.lengths, at=wanted.at, channels=wanted.channels, now=now)
    keep_schedule(bench.shop, bench.queue)
    return _schedule(bench, plan)


def _schedule(bench: Workbench, plan: Plan) -> ScheduleAnswer:
    last = told(bench.shop.state)
    return ScheduleAnswer(
        lengths=plan.lengths,
        at=plan.at,
        timezone=bench.shop.settings.shop.timezone,
        channels=plan.channels,
        known_channels=tuple(record.name for record in Channels.of(bench.shop).list_channels()),
        last_told={length: last[length] for length in LENGTHS if length in last},
    )


@router.get("/reports/page.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def page_workbook(request: Request, bench: Bench, lang: Literal["zh", "en"] = "zh") -> Response:
    """Return the report that the page shows, under its filters, as a workbook."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return _workbook(bench, asked_by(bench.desk, view_from_pairs(pairs)), lang)


@router.get("/reports/{length}.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def report_file(
    bench: Bench, length: Length, day: Day = None, store: Stores = None, lang: Literal["zh", "en"] = "zh"
) -> Response:
    """Return a report as a workbook."""
    return _workbook(bench, _asked(bench, length, day, store), lang)


@router.get("/reports/{length}")
def report_answer(bench: Bench, length: Length, day: Day = None, store: Stores = None) -> Report:
    """Return the report of a day, week or month."""
    return report(bench.desk, _asked(bench, length, day, store))


@router.post("/reports/{length}/send")
def send(bench: Bench, length: Length, wanted: SendWanted) -> Sent:
    """Send a report now; a channel that has it already gets it not again."""
    asked = _asked(bench, length, wanted.day, list(wanted.stores))
    channels = Channels.of(bench.shop)
    for name in wanted.channels:
        channels.open(name)
    key, n_channels = send_report(bench.desk, asked, wanted.channels)
    return Sent(key=key, n_channels=n_channels)


@router.get("/patrol")
def patrol_answer(bench: Bench, day: Day = None, store: Stores = None) -> Patrol:
    """Return the round of the stores: what was found with its money and rows, and what could not be looked at."""
    return patrol(bench.desk, day, only_stores(bench.desk, store or ()))


def _asked(bench: Workbench, length: Length, day: date | None, stores: list[str] | None) -> Asked:
    today = business_day(datetime.now(UTC), bench.shop.settings.shop.timezone)
    return asked_of(bench.desk, length, day, only_stores(bench.desk, stores or ()), today=today)


def _workbook(bench: Workbench, asked: Asked, lang: Literal["zh", "en"]) -> Response:
    found = report(bench.desk, asked)
    name = workbook_name(found, lang)
    headers = {"Content-Disposition": f"attachment; filename=\"report.xlsx\"; filename*=UTF-8''{quote(name)}"}
    return Response(report_workbook(found, company=bench.shop.name, language=lang), media_type=XLSX, headers=headers)
