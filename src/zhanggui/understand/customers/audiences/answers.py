"""Audiences as answers for the terminal, for programs and for the builder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import ibis

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import AudienceBook, DataUses, SavedAudience
from zhanggui.ledger.schema.event_tables import EVENT_NAMES
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.understand.customers.audiences.compiling import view_of
from zhanggui.understand.customers.audiences.conditions import Audience, Purpose, audience_of, leaves
from zhanggui.understand.customers.audiences.keeping import compile_audience, refresh, saved_audience
from zhanggui.understand.customers.audiences.linking import members_of_buyers
from zhanggui.understand.customers.audiences.passes import PERSON, is_of_people
from zhanggui.understand.customers.audiences.reach import REASONS, with_reason
from zhanggui.understand.customers.audiences.shapes import (
    AudienceAnswer,
    AudienceChangeRow,
    AudienceChoices,
    AudienceList,
    AudienceMetric,
    AudienceOverlap,
    AudiencePair,
    AudiencePart,
    AudiencePick,
    AudiencePreview,
    AudienceRow,
    AudienceSharedRow,
    AudienceUseRow,
    AudienceWithheld,
)
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.event_words import event_words
from zhanggui.understand.customers.lifecycle import STAGES, categorised_lines
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.segments import SEGMENTS
from zhanggui.understand.customers.tags.rules import known_rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

MOST_CHOICES = 300
MOST_TOGETHER = 12
_SIZES = ("XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL")


def preview(
    desk: Desk, audience: Audience, *, purpose: Purpose = "marketing", as_of: date | None = None
) -> AudiencePreview:
    """Return the size of an audience, asked in one question; nothing is kept."""
    found = compile_audience(desk, audience, as_of)
    kinds = [leaf.kind for leaf in leaves(audience.condition)]
    rows = with_reason(desk, found.everyone, purpose)
    sums = {f"leaf_{place}": rows[f"leaf_{place}"].sum() for place in range(len(kinds))}
    asked = rows.group_by(["is_in", "reason"]).aggregate(n=rows.count(), **sums)
    cells = desk.ledger.query(asked).to_pylist()
    inside = {cell["reason"]: int(cell["n"]) for cell in cells if cell["is_in"]}
    size, among = sum(inside.values()), sum(int(cell["n"]) for cell in cells)
    told = [*coverage_said(desk, view_of(audience, as_of)), *found.people.warnings]
    if size and inside.get("unknown") == size:
        told.append(
            Text("没有一个人有营销同意记录：请导入带“同意营销”的会员文件，或只作分析用途。",
                 "Nobody's consent to marketing is on record: load members with consent, or use it for analysis only.")
        )  # fmt: skip
    return AudiencePreview(
        as_of=found.people.as_of,
        among=among,
        size=size,
        share=size / among if among else None,
        parts=tuple(
            AudiencePart(kind=kind, people=sum(int(cell[f"leaf_{place}"] or 0) for cell in cells))
            for place, kind in enumerate(kinds)
        ),
        purpose=purpose,
        reachable=inside.get(None, 0),
        withheld=tuple(
            AudienceWithheld(reason=reason, label=label, people=inside[reason])
            for reason, label in REASONS.items()
            if reason in inside
        ),
        evidence="counted",
        warnings=tuple(told),
    )


def listed(desk: Desk) -> AudienceList:
    """Return every saved audience."""
    try:
        people_of(desk, View())
        nobody = None
    except ThinDataError as error:
        nobody = error.said
    held = AudienceBook(desk.shop.state).list_audiences()
    return AudienceList(audiences=tuple(_row(each) for each in held), empty=nobody)


def shown(desk: Desk, name: str, purpose: Purpose = "marketing") -> AudienceAnswer:
    """Return one saved audience, brought up to date."""
    refresh(desk, name)
    book = AudienceBook(desk.shop.state)
    held = book.get(name)
    return AudienceAnswer(
        audience=_row(held),
        preview=preview(desk, audience_of(held.document), purpose=purpose),
        changes=tuple(
            AudienceChangeRow(
                version=each.version, as_of=date.fromisoformat(each.as_of), at=_moment(each.at),
                people=each.n_members, joined=each.n_joined, left=each.n_left,
            )
            for each in book.changes(name)
        ),
        uses=tuple(
            AudienceUseRow(at=_moment(each.at), purpose=each.purpose, people=each.n_people, detail=_object(each.detail))
            for each in DataUses(desk.shop.state).list_uses(name)
        ),
    )  # fmt: skip


def overlap(desk: Desk, names: Sequence[str], draft: Audience | None = None) -> AudienceOverlap:
    """Return how saved audiences, and perhaps one that is being written, overlap.

    Raises
    ------
    BadChoiceError
        There are none, or more than 12.
    """
    asked = {name: saved_audience(desk, name) for name in names}
    if draft is not None:
        asked[draft.name] = draft
    if not 1 <= len(asked) <= MOST_TOGETHER:
        raise BadChoiceError(len(asked), where="number of audiences", allowed=[f"1 to {MOST_TOGETHER}"])
    parts = [
        compile_audience(desk, audience).members.mutate(bit=ibis.literal(1 << place, "int64"))
        for place, audience in enumerate(asked.values())
    ]
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    sets = rows.group_by(PERSON).aggregate(bits=rows.bit.sum())
    cells = desk.ledger.query(sets.group_by("bits").aggregate(n=sets.count())).to_pylist()
    exactly = {
        tuple(name for place, name in enumerate(asked) if int(cell["bits"]) >> place & 1): int(cell["n"])
        for cell in cells
    }
    return _overlap_of(list(asked), exactly)


def _overlap_of(names: list[str], exactly: dict[tuple[str, ...], int]) -> AudienceOverlap:
    def n_in(*wanted: str) -> int:
        return sum(n for among, n in exactly.items() if set(wanted) <= set(among))

    sizes = {name: n_in(name) for name in names}
    pairs = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            both, smaller = n_in(one, other), min(sizes[one], sizes[other])
            either = sizes[one] + sizes[other] - both
            pairs.append(
                AudiencePair(
                    a=one, b=other, people=both, of_smaller=both / smaller if smaller else None,
                    of_both=both / either if either else None,
                )
            )  # fmt: skip
    most = sorted(exactly.items(), key=lambda each: (-each[1], each[0]))
    return AudienceOverlap(
        sizes=sizes,
        pairs=tuple(pairs),
        exactly=tuple(AudienceSharedRow(audiences=among, people=n) for among, n in most),
    )


def choices(desk: Desk) -> AudienceChoices:
    """Return what conditions can name, in this shop; asked once until the ledger changes."""
    return desk.kept("audience choices", lambda: _choices(desk))


def _choices(desk: Desk) -> AudienceChoices:
    lines = categorised_lines(desk)
    orders = desk.ledger.table("order_header")
    orders = orders.filter(orders.buyer_key.notnull())
    bought = lines.semi_join(orders, ["shop_id", "order_id"])
    events = desk.ledger.table("event")
    events = events.filter(events.user_key.notnull(), events.kind == "behaviour")
    named = bought.filter(bought.product_id.notnull())
    goods = named.group_by("product_id").aggregate(n=named.count(), title=named.product_title.max())
    products = desk.ledger.query(goods.order_by([ibis.desc(goods.n), goods.product_id]).limit(MOST_CHOICES)).to_pylist()
    members = members_of_buyers(desk)
    names = _most(desk, events, "name")
    return AudienceChoices(
        metrics=tuple(
            AudienceMetric(value=metric.name, label=metric.label, unit=metric.unit.value)
            for metric in desk.catalogue.values()
            if is_of_people(metric)
        ),
        segments=tuple(AudiencePick(value=each.name, label=each.label) for each in SEGMENTS),
        stages=tuple(AudiencePick(value=each.name, label=each.label) for each in STAGES),
        tags=tuple(AudiencePick(value=each.name, label=each.shown) for each in known_rules(desk.shop).values()),
        categories=_same(_most(desk, bought, "category")),
        products=tuple(
            AudiencePick(value=row["product_id"], label=Text.same(row["title"] or row["product_id"]))
            for row in products
        ),
        events=tuple(AudiencePick(value=name, label=event_words(name)) for name in names if name in EVENT_NAMES),
        tiers=_same([] if members is None else _most(desk, members, "tier")),
        provinces=_same(_most(desk, orders, "province")),
        sizes=_same(_SIZES),
        audiences=tuple(
            AudiencePick(value=each.name, label=Text.same(audience_of(each.document).label or each.name))
            for each in AudienceBook(desk.shop.state).list_audiences()
        ),
        stores=_same([store.name for store in desk.shop.stores.list_stores()]),
    )


def _most(desk: Desk, rows: Any, column: str) -> list[str]:
    """Return the values of a column, the most frequent first."""
    rows = rows.filter(rows[column].notnull())
    counted = rows.group_by(column).aggregate(n=rows.count())
    asked = counted.order_by([ibis.desc(counted.n), counted[column]]).limit(MOST_CHOICES)
    return [str(value) for value in desk.ledger.query(asked).column(column).to_pylist()]


def _same(values: Sequence[str]) -> tuple[AudiencePick, ...]:
    return tuple(AudiencePick(value=value, label=Text.same(value)) for value in values)


def _row(held: SavedAudience) -> AudienceRow:
    document = dict(_object(held.document))
    return AudienceRow(
        name=held.name,
        label=str(document.get("label") or held.name),
        version=held.version,
        saved_at=_moment(held.saved_at),
        as_of=None if held.as_of is None else date.fromisoformat(held.as_of),
        people=held.n_members,
        document=document,
    )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
