"""``/customers``: who is one person, one customer, and the portrait of a group."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.merges import MergesAnswer, Undone, decide, merges_of_pairs
from zhanggui.understand.customers.people_asking import people_of_pairs, portrait_of_pairs
from zhanggui.understand.customers.person import person
from zhanggui.understand.customers.person_answers import PersonAnswer, person_answer
from zhanggui.understand.customers.personal import Grant, PersonalField, personal_fields
from zhanggui.understand.customers.persons import PeopleAnswer
from zhanggui.understand.customers.portrait_desk import PortraitAnswer

router = APIRouter(prefix="/customers", tags=["customers"])

LONGEST_REASON = 200


class Reason(BaseModel):
    """Why something is done to, or seen of, a person; kept on record."""

    reason: str = Field(max_length=LONGEST_REASON)


class ClearFields(BaseModel):
    """Personal fields in clear."""

    fields: tuple[PersonalField, ...]


@router.get("/people")
def people(request: Request, bench: Bench) -> PeopleAnswer:
    """Return the identifiable share of each platform, and how members and contacts are tied to buyers."""
    return people_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/person/{name}")
def one_person(bench: Bench, name: str) -> PersonAnswer:
    """Return one customer by a token or its ending; personal fields are masked."""
    return person_answer(bench.desk, name)


@router.post("/person/{name}/clear")
def clear_view(bench: Bench, name: str, given: Reason) -> ClearFields:
    """Return personal fields in clear; takes the right to, which nobody has while there are no accounts."""
    found = person(bench.desk, name)
    return ClearFields(fields=personal_fields(bench.desk, found.ids, found.facts, Grant(reason=given.reason)))


@router.get("/merges")
def merges(request: Request, bench: Bench) -> MergesAnswer:
    """Return what ties ids to one person; ``person``, ``rule`` and ``state`` narrow it, ``page`` turns it."""
    return merges_of_pairs(bench.desk, request.query_params.multi_items())


@router.post("/merges/{merge_id}/undo")
def undo_merge(bench: Bench, merge_id: str, given: Reason) -> Undone:
    """Undo a merge; it stays in the log, and what else ties the two ids is named."""
    return decide(bench.desk, merge_id, "undo", given.reason)


@router.post("/merges/{merge_id}/restore")
def restore_merge(bench: Bench, merge_id: str, given: Reason) -> Undone:
    """Let a merge that was undone hold again."""
    return decide(bench.desk, merge_id, "restore", given.reason)


@router.get("/portrait")
def portrait(request: Request, bench: Bench) -> PortraitAnswer:
    """Return what sets a group apart from all customers; ``group=WHAT=VALUE`` may stand several times."""
    return portrait_of_pairs(bench.desk, request.query_params.multi_items())
