"""合并记录 The log of merges: what ties ids to one person, and how one of them is undone and restored."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Literal

import ibis
from pydantic import BaseModel

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.identity import refresh_identity
from zhanggui.ledger.jobs import IdentityDecisions
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.persons import RULE_LABELS, STATE_LABELS, person_named
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

MERGE_ROWS = 50
_MOST_TIES = 20
_AS_HELD = ("merge_id", "left_kind", "right_kind", "rule", "state", "batch_id", "row_no")
_SHORTEST_REASON = 2

IdKind = Literal["buyer", "member", "contact", "union", "phone"]


class UnknownMergeError(ZhangguiError):
    """There is no such merge."""

    code = "unknown_merge"

    def __init__(self, merge_id: str) -> None:
        super().__init__(
            f"There is no merge {merge_id!r}.",
            where="the log of merges",
            next_step="`zhanggui customers merges` lists them",
        )


class NoReasonError(ZhangguiError):
    """A decision about a person was to be made without saying why."""

    code = "no_reason"

    def __init__(self) -> None:
        super().__init__(
            "No reason is given.",
            where="--reason",
            next_step=f"say why in {_SHORTEST_REASON} signs or more; it is kept with the decision",
        )


class MergeRow(BaseModel):
    """One piece of evidence that two ids are one person; `batch_id` and `row_no` are where the file says so."""

    merge_id: str
    left_kind: IdKind
    left: str
    right_kind: IdKind
    right: str
    rule: str
    rule_label: Text
    state: str
    state_label: Text
    confidence: float
    batch_id: int
    row_no: int


class DecisionRow(BaseModel):
    """One decision of the operator."""

    merge_id: str
    action: Literal["undo", "restore"]
    reason: str
    decided_by: str
    decided_at: datetime


class MergesAnswer(BaseModel):
    """The log, newest import first, and every decision, oldest first."""

    merges: tuple[MergeRow, ...]
    n_merges: int
    page: int
    decisions: tuple[DecisionRow, ...]


class Undone(BaseModel):
    """What undoing, or restoring, a merge did: whether the two ids are one person now, and what still ties them."""

    merge: MergeRow
    changed: bool
    still_one: bool
    still_tied_by: tuple[str, ...]


def merges_of_pairs(desk: Desk, pairs: Pairs) -> MergesAnswer:
    """Return the log; ``person``, ``rule`` and ``state`` narrow it, ``page`` turns it.

    Raises
    ------
    BadFilterError
        A rule or a state is unknown.
    UnknownPersonError
        Nobody is meant.
    """
    page = view_from_pairs([pair for pair in pairs if pair[0] == "page"]).page
    rows = desk.ledger.table("identity_merge")
    for key, known in (("rule", RULE_LABELS), ("state", STATE_LABELS)):
        word = last_in(pairs, key)
        if word is not None and word not in known:
            raise BadFilterError(f"{key}={word}", why=f"is none of {', '.join(known)}")
        rows = rows if word is None else rows.filter(rows[key] == word)
    person = last_in(pairs, "person")
    if person is not None:
        keys = [each.key for each in person_named(desk, person).ids]
        rows = rows.filter(rows.left_key.isin(keys) | rows.right_key.isin(keys))
    n_merges = int(desk.ledger.query(rows.count()).column(0)[0].as_py())
    asked = rows.order_by([ibis.desc("batch_id"), ibis.desc("row_no"), "merge_id"])
    asked = asked.limit(MERGE_ROWS, offset=(page - 1) * MERGE_ROWS)
    decisions = IdentityDecisions(desk.shop.state).all()
    return MergesAnswer(
        merges=tuple(_row(row) for row in desk.ledger.query(asked).to_pylist()),
        n_merges=n_merges,
        page=page,
        decisions=tuple(
            DecisionRow(
                merge_id=each.merge_id, action=each.action, reason=each.reason, decided_by=each.decided_by,
                decided_at=datetime.fromtimestamp(each.decided_at, UTC),
            )
            for each in decisions
        ),
    )  # fmt: skip


def _row(row: dict[str, object]) -> MergeRow:
    rule, state = str(row["rule"]), str(row["state"])
    return MergeRow.model_validate(
        {
            **{name: row[name] for name in _AS_HELD},
            "left": row["left_key"],
            "right": row["right_key"],
            "rule_label": RULE_LABELS[rule],
            "state_label": STATE_LABELS[state],
            "confidence": float(str(row["confidence"])),
        }
    )  # fmt: skip


def decide(desk: Desk, merge_id: str, action: Literal["undo", "restore"], reason: str, by: str = "owner") -> Undone:
    """Undo or restore a merge and make who is who follow from it at once; doing it again changes nothing.

    Raises
    ------
    UnknownMergeError
        There is none of this name.
    NoReasonError
        No reason is given.
    """
    if len(reason.strip()) < _SHORTEST_REASON:
        raise NoReasonError
    _merge(desk, merge_id)
    decisions = IdentityDecisions(desk.shop.state)
    changed = decisions.add(merge_id, action, reason=reason.strip(), decided_by=by, now=time.time())
    refresh_identity(desk.ledger, decisions.undone())
    desk.changed()
    merge = _merge(desk, merge_id)
    people = _people(desk, merge)
    still_one = people[0] is not None and people[0] == people[1]
    return Undone(merge=merge, changed=changed, still_one=still_one, still_tied_by=_ties(desk, merge))


def _merge(desk: Desk, merge_id: str) -> MergeRow:
    rows = desk.ledger.table("identity_merge")
    found = desk.ledger.query(rows.filter(rows.merge_id == merge_id)).to_pylist()
    if not found:
        raise UnknownMergeError(merge_id)
    return _row(found[0])


def _people(desk: Desk, merge: MergeRow) -> tuple[str | None, str | None]:
    identity = desk.ledger.table("identity")
    rows = desk.ledger.query(identity.filter(identity.id_key.isin([merge.left, merge.right]))).to_pylist()
    of = {(row["id_kind"], row["id_key"]): row["person_key"] for row in rows}
    return of.get((merge.left_kind, merge.left)), of.get((merge.right_kind, merge.right))


def _ties(desk: Desk, merge: MergeRow) -> tuple[str, ...]:
    """Return the merges in use that touch either id."""
    rows = desk.ledger.table("identity_merge")
    keys = [merge.left, merge.right]
    used = rows.filter(rows.state == "used", rows.left_key.isin(keys) | rows.right_key.isin(keys))
    return tuple(
        desk.ledger.query(used.select("merge_id").order_by("merge_id").limit(_MOST_TIES)).column(0).to_pylist()
    )
