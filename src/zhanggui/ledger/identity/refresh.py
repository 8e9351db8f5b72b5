"""Keep the tables of identity in step with the files and with what the operator undid."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.derived import IDENTITY as SUBJECT
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.identity.evidence import READS, evidence
from zhanggui.ledger.identity.joining import EXCLUSIVE, STATES, Ints, Joined, Mask, distinct_pairs, joined
from zhanggui.ledger.schema.identity_tables import ID_KIND

WEAK = "phone"
CONFIDENCE = {"buyer_stated": 1.0, "union_id": 1.0, "points_order": 0.99, "same_number": 0.99, "phone": 0.95}
"""How sure each rule is; a grading of ours, not a measurement (docs/methods/customers/one_person.md)."""

_VERSION = "1"
_ID_HEX = 12
_BETWEEN = "\x1f"


def refresh_identity(ledger: Ledger, undone: Collection[str] = ()) -> bool:
    """Make who is who follow from the ledger as it stands; return whether anything had changed.

    Parameters
    ----------
    ledger : Ledger
        Open and owned by this process.
    undone : collection of str
        Merge ids that the operator has undone and not restored.

    Notes
    -----
    The tables hold only what evidence ties together: a shop without members costs nothing here.
    """
    stores = ledger.query(ledger.table("store").select("shop_id").order_by("shop_id")).column("shop_id").to_pylist()
    if not stores:
        return False
    stamp, place = _stamp(ledger, undone), stores[0]
    stamps = ledger.table("derived_stamp")
    held = ledger.query(stamps.filter(stamps.subject == SUBJECT).select("shop_id", "stamp")).to_pylist()
    if held == [{"shop_id": place, "stamp": stamp}]:
        return False
    with ledger.transaction() as tx:
        _write(tx, ledger, frozenset(undone))
        tx.delete("derived_stamp", stamps.filter(stamps.subject == SUBJECT), on=("shop_id", "subject"))
        mark = pa.table({"shop_id": pa.array([place], pa.int32()), "subject": [SUBJECT], "stamp": [stamp]})
        tx.insert("derived_stamp", mark)
    return True


def _stamp(ledger: Ledger, undone: Collection[str]) -> str:
    batches = ledger.table("source_batch")
    wanted = batches.filter(batches.dataset.isin(list(READS))).select("batch_id", "shop_id").order_by("batch_id")
    found = ledger.query(wanted).to_pydict()
    imports = ",".join(f"{batch}:{shop}" for batch, shop in zip(found["batch_id"], found["shop_id"], strict=True))
    text = "|".join([_VERSION, imports, ",".join(sorted(undone))])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _write(tx: Transaction, ledger: Ledger, undone: frozenset[str]) -> None:
    for table, key in (("identity", ("id_kind", "id_key")), ("identity_merge", ("shop_id", "merge_id"))):
        tx.delete(table, ledger.table(table), on=key)
    if not tx.query(ledger.table("member").count()).column(0)[0].as_py():
        return
    rows = evidence(ledger, tx.query)
    if not rows.num_rows:
        return
    columns = (rows.column(name).to_pylist() for name in ("rule", "left_key", "right_key"))
    names = pa.array([merge_id(*each) for each in zip(*columns, strict=True)], pa.string())
    rows = rows.append_column("merge_id", names)
    known = _Ids.of(rows)
    is_told = _tells_something(known, undone)
    rows, known = rows.filter(pa.array(is_told)), known.only(is_told)
    found = known.joined(undone)
    state = pa.array(STATES).take(pa.array(found.state))
    state = pc.if_else(rows.column("is_proven"), state.take(pa.array(known.place_among_proven)), "unproven")
    sure = pc.index_in(rows.column("rule"), value_set=pa.array(list(CONFIDENCE)))
    sureness = pa.array(list(CONFIDENCE.values())).take(sure.combine_chunks())
    rows = rows.append_column("state", state).append_column("confidence", sureness)
    tx.insert("identity_merge", _stored(rows.drop_columns(["is_proven", "has_consent"])))
    tx.insert("identity", _stored(_identities(rows, known, found)))


def merge_id(rule: str, left: str, right: str) -> str:
    """Return the name of a piece of evidence, the same after every replay.

    Examples
    --------
    >>> merge_id("phone", "1-h1:ab", "h1:cd")
    '03072226edc7'
    """
    return hashlib.sha256("\x1f".join((rule, left, right)).encode()).hexdigest()[:_ID_HEX]


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of links as numbers.

    `kind` and `key` say what each number is; the rest has one entry per link.
    """

    kind: pa.Array
    key: pa.Array
    left: Ints
    right: Ints
    is_weak: Mask
    is_proven: Mask
    has_consent: Mask
    name: list[str]

    @classmethod
    def of(cls, rows: pa.Table) -> _Ids:
        sides = [
            pc.binary_join_element_wise(rows.column(f"{side}_kind"), rows.column(f"{side}_key"), _BETWEEN)
            for side in ("left", "right")
        ]
        coded = pc.dictionary_encode(pa.chunked_array([*sides[0].chunks, *sides[1].chunks]).combine_chunks())
        code = coded.indices.to_numpy().astype(np.int64)
        parts = pc.split_pattern(coded.dictionary, _BETWEEN, max_splits=1)
        return cls(
            kind=pc.list_element(parts, 0),
            key=pc.list_element(parts, 1),
            left=code[: rows.num_rows],
            right=code[rows.num_rows :],
            is_weak=_truths(pc.equal(rows.column("rule"), WEAK)),
            is_proven=_truths(rows.column("is_proven")),
            has_consent=_truths(rows.column("has_consent")),
            name=rows.column("merge_id").to_pylist(),
        )

    def only(self, kept: Mask) -> _Ids:
        """Return the same of some links."""
        name = [each for each, is_kept in zip(self.name, kept.tolist(), strict=True) if is_kept]
        return _Ids(
            self.kind,
            self.key,
            left=self.left[kept],
            right=self.right[kept],
            is_weak=self.is_weak[kept],
            is_proven=self.is_proven[kept],
            has_consent=self.has_consent[kept],
            name=name,
        )

    @property
    def place_among_proven(self) -> Ints:
        """Place of each link among those that are proven; of the others it means nothing."""
        return np.asarray(np.maximum(np.cumsum(self.is_proven) - 1, 0), np.int64)

    def joined(self, undone: frozenset[str], *, without_weak: bool = False) -> Joined:
        """Return who is who by the proven links."""
        kept = self.is_proven & ~self.is_weak if without_weak else self.is_proven
        mine = self.only(kept)
        return joined(
            mine.left,
            mine.right,
            is_weak=mine.is_weak,
            has_consent=mine.has_consent,
            is_undone=np.array([name in undone for name in mine.name], np.bool_),
            space=self._spaces(),
            # Who stands for a person matters only in the end.
            order=np.arange(len(self.key)) if without_weak else self._order(),
        )

    def _spaces(self) -> Ints:
        store = pc.list_element(pc.split_pattern(self.key, "-", max_splits=1), 0)
        named = pc.binary_join_element_wise(self.kind, store, " ")
        is_exclusive = pc.is_in(self.kind, value_set=pa.array(EXCLUSIVE))
        coded = pc.dictionary_encode(pc.if_else(is_exclusive, named, pa.scalar(None, pa.string())))
        return np.asarray(pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False), np.int64)

    def _order(self) -> Ints:
        rank = pc.index_in(self.kind, value_set=pa.array(ID_KIND))
        table = pa.table({"rank": rank, "key": self.key})
        return np.asarray(pc.sort_indices(table, [("rank", "ascending"), ("key", "ascending")]).to_numpy(), np.int64)


def _truths(column: pa.ChunkedArray) -> Mask:
    return np.asarray(column.combine_chunks().to_numpy(zero_copy_only=False), np.bool_)


def _tells_something(known: _Ids, undone: frozenset[str]) -> Mask:
    """Whether each link says something new: a phone on one person's ids alone, as far as files state them, does not."""
    stated = known.joined(undone, without_weak=True).person
    own = np.where(stated >= 0, stated, np.arange(len(stated)))
    pairs = distinct_pairs(known.right[known.is_weak], own[known.left[known.is_weak]])
    phones, n_people = np.unique(pairs[:, 0], return_counts=True)
    is_undone = np.array([name in undone for name in known.name], np.bool_)
    return ~known.is_weak | np.isin(known.right, phones[n_people > 1]) | is_undone


def _identities(rows: pa.Table, known: _Ids, found: Joined) -> pa.Table:
    is_used = _truths(pc.equal(rows.column("state"), "used"))
    sure = np.zeros(len(found.person))
    each = rows.column("confidence").to_numpy()
    for side in (known.left, known.right):
        np.maximum.at(sure, side[is_used], each[is_used])
    listed = np.flatnonzero(found.person >= 0)
    return pa.table(
        {
            "id_kind": known.kind.take(pa.array(listed)),
            "id_key": known.key.take(pa.array(listed)),
            "person_key": known.key.take(pa.array(found.person[listed])),
            "confidence": pa.array(sure[listed]),
        }
    )


def _stored(rows: pa.Table) -> pa.Table:
    place = rows.column_names.index("confidence")
    exact = pc.round(rows.column("confidence"), ndigits=6).cast(pa.decimal128(18, 6))
    return rows.set_column(place, "confidence", exact)
