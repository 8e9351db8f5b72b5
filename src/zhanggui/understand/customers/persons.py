"""一人 One person: whom an id means, and how many of the members and contacts are tied to buyers."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.identity import contact_id, member_id
from zhanggui.ledger.privacy.tokens import TOKEN_PREFIX
from zhanggui.ledger.schema.identity_tables import ID_KIND
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.customers.tied_ids import buyers_tied
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

KIND_LABELS = {
    "buyer": Text("店铺买家", "Buyer of a store"),
    "member": Text("会员", "Member"),
    "contact": Text("企微客户", "WeCom contact"),
    "union": Text("UnionID", "Union id"),
    "phone": Text("手机号（加密）", "Phone, as a token"),
}
FEWEST_SIGNS = 6
"""Signs of a token that must be given, so that it means one person and not many."""


class UnknownPersonError(ZhangguiError):
    """An id means nobody, or several people."""

    code = "unknown_person"

    def __init__(self, given: str, n_found: int) -> None:
        self.n_found = n_found
        what = "is nobody's id" if not n_found else f"ends the ids of {n_found} people"
        super().__init__(
            f"{given!r} {what}.",
            where="the id of a customer",
            next_step="open a customer of a segment, or give more signs of the token; names and phones are no ids here",
        )


@dataclass(frozen=True, slots=True)
class KnownId:
    """One id of a person; `confidence` says how sure it is that it is hers."""

    kind: str
    key: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PersonIds:
    """A person as the ledger knows her.

    Attributes
    ----------
    person_key : str
        What stands for her.
    ids : tuple of KnownId
        Every id, buyers first.
    """

    person_key: str
    ids: tuple[KnownId, ...]

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the keys of one kind."""
        return tuple(each.key for each in self.ids if each.kind == kind)


def person_named(desk: Desk, given: str) -> PersonIds:
    """Return whom a token, its ending, or the last part of an address means.

    Raises
    ------
    UnknownPersonError
        Nobody, or several people.
    """
    text = given.strip().lstrip("#").replace(TOKEN_PREFIX, "")
    found = desk.kept(("person", text), lambda: _keys_like(desk, text))
    people = {key for _, key in found}
    if len(people) != 1:
        raise UnknownPersonError(given, len(people))
    [key] = people
    identity = desk.ledger.table("identity")
    rows = desk.ledger.query(identity.filter(identity.person_key == key)).to_pylist()
    ids = [KnownId(row["id_kind"], row["id_key"], float(row["confidence"])) for row in rows]
    if not ids:
        ids = [KnownId(kind, key, 1.0) for kind, _ in found[:1]]
    ids.sort(key=lambda each: (ID_KIND.index(each.kind), each.key))
    return PersonIds(key, tuple(ids))


def _keys_like(desk: Desk, text: str) -> tuple[tuple[str, str], ...]:
    """Return kind and person of every id that a text names, exactly or else by its end."""
    ids = every_id(desk)
    plain = ids.id_key.replace(TOKEN_PREFIX, "")
    tests = [plain == text]
    if len(text) >= FEWEST_SIGNS:
        tests.append(plain.endswith(text))
    for test in tests:
        rows = ids.filter(test).select("id_kind", "person_key").distinct().order_by(["person_key", "id_kind"]).limit(9)
        found = desk.ledger.query(rows).to_pylist()
        if found:
            return tuple((row["id_kind"], row["person_key"]) for row in found)
    return ()


def every_id(desk: Desk) -> ir.Table:
    """Return every id of buyers, members and contacts with its person: ``id_kind``, ``id_key``, ``person_key``."""
    orders, events = desk.ledger.table("order_header"), desk.ledger.table("event")
    members, contacts = desk.ledger.table("member"), desk.ledger.table("contact")
    customers = desk.ledger.table("customer")
    keys = [
        _ids("buyer", orders.filter(orders.buyer_key.notnull()).buyer_key),
        _ids("buyer", events.filter(events.user_key.notnull()).user_key),
        _ids("buyer", customers.buyer_key),
        _ids("member", member_id(members)),
        _ids("contact", contact_id(contacts)),
    ]
    every = ibis.union(*keys, distinct=True)
    identity = desk.ledger.table("identity").select(of_kind="id_kind", of_key="id_key", of_person="person_key")
    tied = every.left_join(identity, [every.id_kind == identity.of_kind, every.id_key == identity.of_key])
    return tied.select("id_kind", "id_key", person_key=ibis.coalesce(tied.of_person, tied.id_key))


def _ids(kind: str, key: ir.Value) -> ir.Table:
    rows = key.cast("string").nullif(ibis.null("string")).name("id_key").as_table()
    return rows.select(id_kind=ibis.literal(kind, "string"), id_key=rows.id_key)


class KindCount(BaseModel):
    """Ids of one kind, and how many of them are tied to a buyer."""

    kind: str
    label: Text
    ids: int
    tied: int


class EvidenceCount(BaseModel):
    """Pieces of evidence of one rule in one state."""

    rule: str
    rule_label: Text
    state: str
    state_label: Text
    links: int


class PeopleAnswer(BaseModel):
    """Who can be told apart, and by what, as ``zhanggui customers people --json`` prints it."""

    platforms: tuple[PlatformShare, ...]
    ids: tuple[KindCount, ...]
    evidence: tuple[EvidenceCount, ...]
    persons_of_several_buyers: int
    warnings: tuple[Text, ...]


RULE_LABELS = {
    "buyer_stated": Text("会员文件写明买家编号", "the member file names the buyer id"),
    "points_order": Text("积分流水写明订单", "points name the order"),
    "same_number": Text(
        "会员编号就是买家编号（已由上两条印证）", "the member number is the buyer id, as those two prove"
    ),
    "union_id": Text("UnionID 相同", "equal union id"),
    "phone": Text("加密手机号相同，会员已同意", "equal phone token, the member agreed"),
}
STATE_LABELS = {
    "used": Text("采用", "used"),
    "undone": Text("已撤销", "undone"),
    "ambiguous": Text("多人共用，不采用", "shared by several, not used"),
    "no_consent": Text("会员未同意，不采用", "the member did not agree, not used"),
    "unproven": Text("未经印证，不采用", "not proven, not used"),
}


def people_answer(desk: Desk, view: View) -> PeopleAnswer:
    """Return how far people can be told apart."""
    ids, evidence = kinds(desk), evidence_counts(desk)
    return PeopleAnswer(
        platforms=coverage_answer(desk, view),
        ids=ids,
        evidence=evidence,
        persons_of_several_buyers=len(buyers_tied(desk)),
        warnings=(*coverage_said(desk, view), *_not_tied(ids, evidence)),
    )


def kinds(desk: Desk) -> tuple[KindCount, ...]:
    """Return members and contacts, and how many of them are tied to a buyer."""
    identity = desk.ledger.table("identity")
    buyers = identity.filter(identity.id_kind == "buyer").select("person_key").distinct()

    def counted(kind: str) -> KindCount:
        ids = every_id(desk)
        rows = ids.filter(ids.id_kind == kind)
        n_ids = desk.ledger.query(rows.count()).column(0)[0].as_py()
        n_tied = desk.ledger.query(rows.semi_join(buyers, "person_key").count()).column(0)[0].as_py()
        return KindCount(kind=kind, label=KIND_LABELS[kind], ids=n_ids, tied=n_tied)

    return desk.kept("id kinds", lambda: tuple(counted(kind) for kind in ("member", "contact")))


def evidence_counts(desk: Desk) -> tuple[EvidenceCount, ...]:
    """Return how much evidence there is by rule and state."""
    merges = desk.ledger.table("identity_merge")
    asked = merges.group_by(["rule", "state"]).aggregate(n=merges.count()).order_by(["rule", "state"])
    rows = desk.kept("merge counts", lambda: desk.ledger.query(asked).to_pylist())
    return tuple(
        EvidenceCount(
            rule=row["rule"], rule_label=RULE_LABELS[row["rule"]], state=row["state"],
            state_label=STATE_LABELS[row["state"]], links=row["n"],
        )
        for row in rows
    )  # fmt: skip


def _not_tied(ids: tuple[KindCount, ...], evidence: tuple[EvidenceCount, ...]) -> list[Text]:
    told = []
    for each in ids:
        left = each.ids - each.tied
        if left:
            told.append(
                Text(f"{each.label.zh} {each.ids:,} 个里有 {left:,} 个连不到买家，姓名与昵称不作为证据。",
                     f"{left:,} of {each.ids:,} ids ({each.label.en.lower()}) are tied to no buyer; names are no "
                     "evidence.")
            )  # fmt: skip
    unproven = sum(each.links for each in evidence if each.state == "unproven")
    if unproven:
        told.append(
            Text(f"{unproven:,} 个会员编号与买家编号相同，但没有旁证；若确是同一套编号，请在会员映射里加 buyer_id。",
                 f"{unproven:,} member numbers equal buyer ids without proof; if the store numbers both alike, map "
                 "buyer_id in the member file.")
        )  # fmt: skip
    return told
