"""Personal fields of one customer, masked; in clear only for a right and a reason, each look on record."""

from __future__ import annotations

import time
from dataclasses import dataclass

from pydantic import BaseModel

from zhanggui.collect.loading.source_rows import SourceRowMissingError, rows_of, source_table
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import DataUses
from zhanggui.ledger.privacy import mask_cell
from zhanggui.ledger.privacy.masking import KIND_OF_COLUMN
from zhanggui.understand.customers.merges import NoReasonError
from zhanggui.understand.customers.person_facts import PersonFacts
from zhanggui.understand.customers.persons import PersonIds
from zhanggui.understand.desk import Desk

SEE_PERSONAL = "see_personal"
"""The right to see personal fields in clear."""

_SHORTEST_REASON = 2
_CLEAR_VIEW = "clear_view"


class ClearViewRefusedError(ZhangguiError):
    """Somebody without the right asked for personal fields in clear."""

    code = "clear_view_refused"

    def __init__(self, by: str) -> None:
        super().__init__(
            "Personal fields are shown masked: seeing them in clear takes a right of an account and a reason.",
            where=f"asked by {by or 'nobody that is known'}",
            next_step=f"have the right {SEE_PERSONAL!r} given to your account, or look the order up on the platform",
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """Who asks for clear fields, by which rights, and why; accounts fill it in, and without them nobody has a right."""

    by: str = ""
    rights: frozenset[str] = frozenset()
    reason: str = ""


class PersonalField(BaseModel):
    """One personal cell of a file; `batch_id` and `row_no` are where it stands."""

    label: str
    value: str
    is_masked: bool
    batch_id: int
    row_no: int


def personal_fields(
    desk: Desk, ids: PersonIds, facts: PersonFacts, grant: Grant | None = None
) -> tuple[PersonalField, ...]:
    """Return the personal cells of the newest member row, contact row and order of a person.

    Parameters
    ----------
    desk : Desk
        The shop.
    ids, facts : PersonIds, PersonFacts
        Whose.
    grant : Grant, optional
        Asks for clear cells; without one they are masked.

    Raises
    ------
    ClearViewRefusedError
        The grant holds no right.
    NoReasonError
        It gives no reason.
    """
    if grant is not None:
        if SEE_PERSONAL not in grant.rights:
            raise ClearViewRefusedError(grant.by)
        if len(grant.reason.strip()) < _SHORTEST_REASON:
            raise NoReasonError
        # The look is on record before anything is seen.
        DataUses(desk.shop.state).add(
            _CLEAR_VIEW, ids.person_key, purpose=grant.reason.strip(), n_people=1, detail={"by": grant.by},
            at=time.time(),
        )  # fmt: skip
    newest = [rows[0] for rows in (facts.members, facts.contacts, facts.orders) if rows]
    found: dict[tuple[str, str], PersonalField] = {}
    for row in newest:
        for field in _cells(desk, row["batch_id"], row["row_no"], is_clear=grant is not None):
            found.setdefault((field.label, field.value), field)
    return tuple(found.values())


def _cells(desk: Desk, batch_id: int, row_no: int, *, is_clear: bool) -> list[PersonalField]:
    try:
        with source_table(desk.shop, batch_id) as (_, table, layout):
            named = layout.bound(table.header)
            row = rows_of(table, {row_no}).get(row_no, {})
    except SourceRowMissingError:
        return []
    kinds = {header: KIND_OF_COLUMN[name] for name, header in named.items() if name in KIND_OF_COLUMN}
    return [
        PersonalField(
            label=header,
            value=value if is_clear else mask_cell(value, kinds[header]) or "",
            is_masked=not is_clear,
            batch_id=batch_id,
            row_no=row_no,
        )
        for header, value in row.items()
        if header in kinds and value
    ]
