"""The lifecycle as an answer for programs and as tiles: stages, movements, the churn warning."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import AllClear, ChartData, ColumnSpec, HeatmapData, KpiItem, KpisData, Series, TableData
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.customers.lifecycle import STAGES, Lifecycle, Rules, lifecycle, standing
from zhanggui.understand.customers.people import (
    customer_name,
    person_href,
)
from zhanggui.understand.customers.refusals import PAGE_ROWS, said_instead
from zhanggui.understand.customers.rule_book import kept_rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_chart, no_figures, no_matrix, no_table
from zhanggui.understand.view import View

NOT_KNOWN = Text("当时还不认识", "Not known then")
_BY_NAME = {stage.name: stage for stage in STAGES}


class StageRow(BaseModel):
    """One stage on the last day; `before` is the number of people on the earlier one."""

    name: str
    label_zh: str
    label_en: str
    people: int
    before: int
    repeat: int
    net_revenue: float
    rule: Text
    action: Text
    catalogue_id: str


class StageMove(BaseModel):
    """People that were in one stage, or not known, and are in another."""

    before: str | None
    after: str
    people: int


class Warned(BaseModel):
    """Somebody whom the churn warning holds; `entered_on` is the day it began."""

    customer: str
    last_day: date
    days_since: int
    entered_on: date
    net_revenue: float


class Window(BaseModel):
    """The churn window of one category."""

    category: str
    days: int


class LifecycleAnswer(BaseModel):
    """Stages of a day with their rules, movements since an earlier one, and who is warned of."""

    as_of: date
    since: date
    currency: str
    churn_days: int
    new_days: int
    windows: tuple[Window, ...]
    stages: tuple[StageRow, ...]
    moves: tuple[StageMove, ...]
    churn_rate: float | None
    activation_rate: float | None
    return_rate: float | None
    churn_warning: tuple[Warned, ...]
    accounts: int
    identifiable: tuple[PlatformShare, ...]
    warnings: tuple[Text, ...]


def lifecycle_answer(desk: Desk, view: View, rules: Rules) -> LifecycleAnswer:
    """Return the lifecycle as ``zhanggui customers lifecycle --json`` prints it."""
    found = lifecycle(desk, view, rules)
    rates = rates_of(found)
    return LifecycleAnswer(
        as_of=found.people.as_of,
        since=found.since,
        currency=found.people.currency,
        churn_days=rules.churn_days,
        new_days=rules.new_days,
        windows=tuple(Window(category=name, days=days) for name, days in rules.windows),
        stages=stage_rows(found),
        moves=tuple(
            StageMove(before=was, after=stage, people=n)
            for (was, stage), n in sorted(found.moves.items(), key=lambda each: (-each[1], str(each[0])))
        ),
        churn_rate=rates["churn"],
        activation_rate=rates["activation"],
        return_rate=rates["return"],
        churn_warning=warned(desk, view, found, page=1),
        accounts=found.n_accounts,
        identifiable=coverage_answer(desk, view),
        warnings=warnings_of(desk, view, found),
    )


def stage_rows(found: Lifecycle) -> tuple[StageRow, ...]:
    """Return the stages in the order of a customer's life."""
    return tuple(
        StageRow(
            name=stage.name,
            label_zh=stage.label.zh,
            label_en=stage.label.en,
            people=found.stages[stage.name].n_people,
            before=found.before(stage.name),
            repeat=found.stages[stage.name].n_repeat,
            net_revenue=major(found.stages[stage.name].net_minor, found.people.currency) or 0.0,
            rule=stage.rule_of(found.rules),
            action=stage.action,
            catalogue_id=stage.catalogue_id,
        )
        for stage in STAGES
    )


def rates_of(found: Lifecycle) -> dict[str, float | None]:
    """Return the shares that left, became buyers and came back since the earlier day; None of nobody."""

    def share(stages: tuple[str, ...], into: tuple[str, ...]) -> float | None:
        of = sum(found.before(stage) for stage in stages)
        moved = sum(n for (was, now), n in found.moves.items() if was in stages and now in into)
        return moved / of if of else None

    return {
        "churn": share(("retention",), ("win_back",)),
        "activation": share(("acquisition", "activation"), ("retention", "win_back")),
        "return": share(("win_back",), ("retention",)),
    }


def warned(desk: Desk, view: View, found: Lifecycle, *, page: int) -> tuple[Warned, ...]:
    """Return a page of those whom the churn warning holds, the most valuable first."""
    people = found.people
    rows = standing(desk, view, people, found.rules, found.since)
    rows = rows.filter(rows.stage == "win_back")
    asked = rows.order_by([ibis.desc("net_minor"), "buyer_key"]).limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    return tuple(
        Warned(
            customer=row["buyer_key"],
            last_day=row["last_day"],
            days_since=(people.as_of - row["last_day"]).days,
            entered_on=row["last_day"] + timedelta(days=row["window_days"]),
            net_revenue=major(row["net_minor"], people.currency) or 0.0,
        )
        for row in desk.ledger.query(asked).to_pylist()
    )


def warnings_of(desk: Desk, view: View, found: Lifecycle) -> tuple[Text, ...]:
    """Return what a reader must know: who is not seen, and which registered people cannot be placed."""
    told = [*coverage_said(desk, view), *found.people.warnings]
    if not found.n_accounts:
        told.append(
            Text(
                "还不知道谁注册过，获客与激活两个阶段没有人：请导入带买家编号的会员文件，或网站事件。",
                "Nobody is known to be registered, so acquisition and activation are empty: load members with buyer "
                "ids, or events of the site.",
            )
        )
    if found.n_unlinked:
        n = f"{found.n_unlinked:,}"
        told.append(
            Text(
                f"会员文件里 {n} 名会员没有买家编号，连不上订单，未计入任何阶段；请在映射里加 buyer_id 列。",
                f"{n} members carry no buyer id, so nobody knows whether they ordered; they are in no stage. Map "
                "buyer_id in the member file.",
            )
        )
    return tuple(told)


def _figures(desk: Desk, view: View) -> KpisData:
    found = lifecycle(desk, view, kept_rules(desk))
    rates = rates_of(found)
    days = (found.people.as_of - found.since).days
    retained, gone = found.stages["retention"].n_people, found.stages["win_back"].n_people
    figures = (
        ("stage_retention", Text("留存阶段", "In retention"), "count", retained, "up", None),
        ("stage_win_back", Text("流失预警", "Churn warning"), "count", gone, "down", None),
        ("churn", Text(f"{days} 天流失率", f"Left in {days} days"), "ratio", rates["churn"], "down",
         Text(f"期初在留存、现在进入预警 ÷ 期初在留存 {found.before('retention'):,}",
              f"into the warning since, of {found.before('retention'):,} in retention then")),
        ("activation", Text("激活率", "Activated"), "ratio", rates["activation"], "up",
         Text("期初注册未下单的人里，现在下过单的", "of those registered without an order then, who ordered since")),
        ("return", Text("预警后下单", "Came back"), "ratio", rates["return"], "up",
         Text("没有对照组，不等于挽回动作的效果", "without a control group, so not what win-back actions did")),
    )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate(
                {"metric": name, "label": label, "unit": unit, "value": value, "good": good, "numerator": base}
            )
            for name, label, unit, value, good, base in figures
        ),
        currency=found.people.currency,
        warnings=warnings_of(desk, view, found),
    )


def _bars(desk: Desk, view: View) -> ChartData:
    found = lifecycle(desk, view, kept_rules(desk))
    return ChartData(
        unit="count",
        x=tuple(stage.label for stage in STAGES),
        x_kind="category",
        series=(
            Series(
                name=Text(str(found.people.as_of), str(found.people.as_of)),
                values=tuple(found.stages[stage.name].n_people for stage in STAGES),
            ),
            Series(
                name=Text(str(found.since), str(found.since)),
                values=tuple(found.before(stage.name) for stage in STAGES),
                role="compare",
            ),
        ),
    )


def _moves(desk: Desk, view: View) -> HeatmapData:
    found = lifecycle(desk, view, kept_rules(desk))
    before = (None, *(stage.name for stage in STAGES))
    values = tuple(tuple(found.moves.get((was, stage.name), 0) for stage in STAGES) for was in before)
    return HeatmapData(
        unit="count",
        rows=tuple(NOT_KNOWN if was is None else _BY_NAME[was].label for was in before),
        cols=tuple(stage.label for stage in STAGES),
        values=values,
        max=max(map(max, values)),
        partial=Text(
            f"行是 {found.since} 的阶段，列是 {found.people.as_of} 的阶段。",
            f"Rows: the stage on {found.since}; columns: on {found.people.as_of}.",
        ),
    )


def _table(desk: Desk, view: View) -> TableData:
    found = lifecycle(desk, view, kept_rules(desk))
    columns = (
        ColumnSpec(key="stage", label=Text("阶段", "Stage")),
        ColumnSpec(key="rule", label=Text("规则", "Rule")),
        ColumnSpec(key="people", label=Text("人数", "People"), unit="count"),
        ColumnSpec(key="before", label=Text("期初人数", "Before"), unit="count"),
        ColumnSpec(key="repeat", label=Text("其中复购过", "Bought again"), unit="count"),
        ColumnSpec(key="net_revenue", label=Text("净收入", "Net revenue"), unit="money"),
        ColumnSpec(key="action", label=Text("建议动作", "What to do")),
    )
    rows = tuple(
        {**row.model_dump(), "stage": Text(row.label_zh, row.label_en), "rule": row.rule, "action": row.action}
        for row in stage_rows(found)
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=found.people.currency)


def _warned(desk: Desk, view: View) -> TableData:
    found = lifecycle(desk, view, kept_rules(desk))
    n_rows = found.stages["win_back"].n_people
    columns = (
        ColumnSpec(key="customer", label=Text("客户", "Customer")),
        ColumnSpec(key="last_day", label=Text("最近付款", "Last paid"), unit="date"),
        ColumnSpec(key="days", label=Text("距今", "Days since"), unit="days"),
        ColumnSpec(key="entered", label=Text("进入预警", "Warned since"), unit="date"),
        ColumnSpec(key="net", label=Text("净收入", "Net revenue"), unit="money"),
    )
    return TableData(
        columns=columns,
        rows=tuple(
            {
                "customer": customer_name(each.customer),
                "last_day": each.last_day.isoformat(),
                "days": each.days_since,
                "entered": each.entered_on.isoformat(),
                "net": each.net_revenue,
                "_href": person_href(each.customer),
            }
            for each in warned(desk, view, found, page=view.page)
        ),
        page=view.page,
        pages=max(-(-n_rows // PAGE_ROWS), 1),
        n_rows=n_rows,
        currency=found.people.currency,
        empty=None if n_rows else AllClear("现在没有人在流失预警里。", "Nobody is in the churn warning now."),
    )


lifecycle_figures = said_instead(_figures, no_figures)
lifecycle_bars = said_instead(_bars, no_chart)
lifecycle_moves = said_instead(_moves, no_matrix)
lifecycle_table = said_instead(_table, no_table)
lifecycle_warned = said_instead(_warned, no_table)
