"""``/customers/audiences``: who fulfils a condition; counted while it is written, kept, taken away as a file."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.i18n import Language, Text
from zhanggui.ledger.jobs import AudienceBook, SuppressionList
from zhanggui.understand.customers.audiences import answers, keeping
from zhanggui.understand.customers.audiences.conditions import Purpose, audience_of
from zhanggui.understand.customers.audiences.reach import MOST_LISTED, suppress
from zhanggui.understand.customers.audiences.shapes import (
    AudienceAnswer,
    AudienceChoices,
    AudienceList,
    AudienceOverlap,
    AudiencePreview,
)

router = APIRouter(prefix="/customers", tags=["customers"])


class AudienceEntered(BaseModel):
    """An audience as the builder has it: name, label, condition, among whom, in which stores."""

    audience: dict[str, Any]
    purpose: Purpose = "marketing"


class AudienceOverlapAsked(BaseModel):
    """Saved audiences to hold against each other, and perhaps one that is being written."""

    names: Annotated[list[str], Field(max_length=answers.MOST_TOGETHER)]
    draft: dict[str, Any] | None = None


class AudienceExportAsked(BaseModel):
    """What a file is for, and the language of its warning."""

    purpose: Purpose = "marketing"
    language: Language = "zh"
    by: Annotated[str, Field(max_length=40)] = "workbench"


class AudienceExport(BaseModel):
    """One file of tokens: what it holds, who was left out and why, what it may be used for."""

    file: str
    content: str
    people: int
    withheld: dict[str, int]
    warning: Text
    use_id: int


class SuppressionAsked(BaseModel):
    """People to put on the shop's own list of those never written to, or to take off it."""

    tokens: Annotated[list[str], Field(min_length=1, max_length=MOST_LISTED)]
    reason: Annotated[str, Field(max_length=200)] = ""
    is_off: bool = False


class SuppressionAnswer(BaseModel):
    """How many people are on the list."""

    people: int


@router.get("/audience-choices")
def audience_choices(bench: Bench) -> AudienceChoices:
    """Return what conditions can name in this shop: metrics of people, segments, tags, goods, events."""
    return answers.choices(bench.desk)


@router.post("/audience-preview")
def preview_audience(bench: Bench, entered: AudienceEntered) -> AudiencePreview:
    """Return the size of an audience that is being written, and of each of its conditions; nothing is kept."""
    return answers.preview(bench.desk, audience_of(entered.audience), purpose=entered.purpose)


@router.post("/audience-overlap")
def audience_overlap(bench: Bench, asked: AudienceOverlapAsked) -> AudienceOverlap:
    """Return how many people audiences share."""
    draft = None if asked.draft is None else audience_of(asked.draft)
    return answers.overlap(bench.desk, asked.names, draft)


@router.post("/suppression")
def enter_suppression(bench: Bench, asked: SuppressionAsked) -> SuppressionAnswer:
    """Put people on the shop's own list of those never written to, or take them off it."""
    held = SuppressionList(bench.shop.state)
    if asked.is_off:
        held.remove(asked.tokens)
    else:
        suppress(bench.desk, asked.tokens, asked.reason, keeping.now())
    return SuppressionAnswer(people=len(held.keys()))


@router.get("/audiences")
def audiences(bench: Bench) -> AudienceList:
    """Return every saved audience."""
    return answers.listed(bench.desk)


@router.post("/audiences")
def save_audience(bench: Bench, entered: AudienceEntered) -> AudienceAnswer:
    """Keep an audience and find who is in it; another document under the same name is its next version."""
    audience = audience_of(entered.audience)
    keeping.save(bench.desk, audience)
    bench.desk.changed()
    return answers.shown(bench.desk, audience.name, entered.purpose)


@router.get("/audiences/{name}")
def audience(bench: Bench, name: str, purpose: Purpose = "marketing") -> AudienceAnswer:
    """Return one saved audience, brought up to date, with its changes and where it went."""
    return answers.shown(bench.desk, name, purpose)


@router.post("/audiences/{name}/export")
def export_audience(bench: Bench, name: str, asked: AudienceExportAsked) -> AudienceExport:
    """Write who of an audience may be reached as a file of tokens, and an entry about it."""
    found = keeping.export(bench.desk, name, purpose=asked.purpose, language=asked.language, by=asked.by)
    return AudienceExport(
        file=found.path.name,
        content=found.text,
        people=found.n_people,
        withheld=found.withheld,
        warning=found.warning,
        use_id=found.use_id,
    )


@router.post("/audiences/{name}/remove")
def remove_audience(bench: Bench, name: str) -> AudienceList:
    """Forget an audience and its members; the entries of its exports stay."""
    AudienceBook(bench.shop.state).remove(name)
    bench.desk.changed()
    return answers.listed(bench.desk)
