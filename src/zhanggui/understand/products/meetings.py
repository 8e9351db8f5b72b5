"""选品会 Meetings about goods: a list frozen at a date, decisions with owner and due date, read back with results."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel, Field

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.borders import kept_borders
from zhanggui.understand.products.matrix_answer import matrix_answer
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.sales import SkuSales, sku_sales
from zhanggui.understand.view import View

MEETINGS = "product_meetings"
MOST_ITEMS, MOST_MEETINGS = 500, 200
_NO_MEETING = Text("没有这个选品会。", "There is no such meeting.")
_NO_ITEM = Text("这个 SKU 不在选品会的名单上。", "This SKU is not on the meeting's list.")
_LIST_THEM = Text("`zhanggui products meeting list` 列出全部。", "`zhanggui products meeting list` shows them all.")


class Item(BaseModel):
    """One SKU of a meeting: what was known when the list was frozen, and what was decided."""

    store: str
    sku_id: str
    title: str
    advice: str
    advice_label: Text
    reasons: tuple[Text, ...]
    units: float
    profit: float | None
    decision: str | None = None
    owner: str | None = None
    due: date | None = None


class Meeting(BaseModel):
    """A frozen list. Nothing that is loaded later changes it; only decisions are added."""

    meeting_id: int
    name: str
    frozen_on: date
    date_from: date
    date_to: date
    currency: str
    items: tuple[Item, ...]


class Result(BaseModel):
    """What came of one decision: a day's units and contribution since the frozen days, beside those of the list."""

    store: str
    sku_id: str
    title: str
    decision: str
    owner: str | None
    due: date | None
    is_overdue: bool
    units_a_day_before: float
    units_a_day_since: float | None
    profit_a_day_before: float | None
    profit_a_day_since: float | None


class ReadBack(BaseModel):
    """A meeting with the results of its decisions; what changed since, not what the decision caused."""

    meeting: Meeting
    until: date | None
    results: tuple[Result, ...]
    warnings: tuple[Text, ...]


class Decision(BaseModel):
    """What is decided about one SKU."""

    store: str = Field(max_length=200)
    sku_id: str = Field(max_length=200)
    decision: str = Field(min_length=1, max_length=500)
    owner: str | None = Field(None, max_length=100)
    due: date | None = None


def meetings(desk: Desk) -> tuple[Meeting, ...]:
    """Return all meetings, the newest first."""
    stored = desk.shop.state.get_setting(MEETINGS)
    held = stored if isinstance(stored, list) else []
    return tuple(Meeting.model_validate(each) for each in reversed(held))


def meeting_of(desk: Desk, meeting_id: int) -> Meeting:
    """Return one meeting.

    Raises
    ------
    ThinGoodsError
        There is none of that number.
    """
    found = next((each for each in meetings(desk) if each.meeting_id == meeting_id), None)
    if found is None:
        raise ThinGoodsError(_NO_MEETING, _LIST_THEM)
    return found


def freeze(desk: Desk, view: View, name: str, today: date) -> Meeting:
    """Freeze the list of what to add, push, mend and drop as it stands for the days of a view."""
    found = matrix_answer(desk, view, kept_borders(desk))
    figures = {(row.store, row.sku_id): row for row in found.skus}
    items = tuple(
        Item(
            store=each.store, sku_id=each.sku_id, title=each.title, advice=each.advice,
            advice_label=each.advice_label, reasons=each.reasons, profit=each.profit,
            units=figures[each.store, each.sku_id].units,
        )
        for each in found.selection[:MOST_ITEMS]
    )  # fmt: skip
    with desk.shop.state.transaction():
        held = meetings(desk)
        meeting = Meeting(
            meeting_id=max((each.meeting_id for each in held), default=0) + 1, name=name, frozen_on=today,
            date_from=found.date_from, date_to=found.date_to, currency=found.currency, items=items,
        )  # fmt: skip
        _keep(desk, (meeting, *held))
    return meeting


def decide(desk: Desk, meeting_id: int, decided: Decision) -> Meeting:
    """Write down what was decided about a SKU; a later decision stands for the earlier.

    Raises
    ------
    ThinGoodsError
        There is no such meeting, or the SKU is not on its list.
    """
    with desk.shop.state.transaction():
        meeting = meeting_of(desk, meeting_id)
        place = next(
            (n for n, each in enumerate(meeting.items) if (each.store, each.sku_id) == (decided.store, decided.sku_id)),
            None,
        )
        if place is None:
            raise ThinGoodsError(_NO_ITEM, _LIST_THEM)
        items = list(meeting.items)
        words = {"decision": decided.decision, "owner": decided.owner, "due": decided.due}
        items[place] = items[place].model_copy(update=words)
        changed = meeting.model_copy(update={"items": tuple(items)})
        _keep(desk, tuple(changed if each.meeting_id == meeting_id else each for each in meetings(desk)))
    return changed


def _keep(desk: Desk, held: tuple[Meeting, ...]) -> None:
    stored = [each.model_dump(mode="json") for each in reversed(held[:MOST_MEETINGS])]
    desk.shop.state.set_setting(MEETINGS, stored)
    desk.changed()


def read_back(desk: Desk, meeting_id: int, today: date) -> ReadBack:
    """Return a meeting with what came of its decisions, over the days since those that it looked at."""
    meeting, span = meeting_of(desk, meeting_id), desk.span()
    since = meeting.date_to + timedelta(days=1)
    until = span.last if span is not None and span.last >= since else None
    sales = None
    if until is not None:
        try:
            sales = sku_sales(desk, View(since, until))
        except ThinGoodsError:
            sales = None
    stores = {store.name: store.shop_id for store in desk.shop.stores.list_stores()}
    told = Text("变化不等于决定的效果：没有对照组。", "What changed is not what the decision caused: no control group.")
    return ReadBack(
        meeting=meeting,
        until=until,
        results=tuple(
            _result(meeting, each, stores.get(each.store), sales, today) for each in meeting.items if each.decision
        ),
        warnings=(told,),
    )


def _result(meeting: Meeting, item: Item, shop: int | None, sales: SkuSales | None, today: date) -> Result:
    days = (meeting.date_to - meeting.date_from).days + 1
    units, profit = _since(sales, shop, item.sku_id) if sales is not None else (None, None)
    return Result(
        store=item.store, sku_id=item.sku_id, title=item.title, decision=item.decision or "", owner=item.owner,
        due=item.due,
        is_overdue=item.due is not None and item.due < today,
        units_a_day_before=item.units / days,
        units_a_day_since=units,
        profit_a_day_before=None if item.profit is None else item.profit / days,
        profit_a_day_since=profit,
    )  # fmt: skip


def _since(sales: SkuSales, shop: int | None, sku: str) -> tuple[float, float | None]:
    keys = zip(sales.columns.column("shop_id").to_pylist(), sales.columns.column("sku_id").to_pylist(), strict=True)
    place = next((n for n, key in enumerate(keys) if key == (shop, sku)), None)
    if place is None:
        return 0.0, 0.0
    profit = major(float(sales.profit[place]), sales.currency)
    return float(sales.of("units")[place]) / sales.n_days, None if profit is None else profit / sales.n_days
