"""Tables that follow from other tables of the ledger: made after loading, never out of step for long.

A derived table is a pure function of what was imported. Beside its rows stands, per store, the digest of the imports
and rules that they were made from, written in the same transaction: a process that dies between an import and the
derivation leaves a digest that no longer fits, and whoever uses the ledger next makes the rows anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine import Ledger, Transaction, built_once, ibis_schema
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.vocabulary import COMPANY

STAMPS = "derived_stamp"
IDENTITY = "identity"
"""Stamps who is who, once for the whole company."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How some tables follow from others.

    Attributes
    ----------
    subject : str
        Its name in ``derived_stamp``.
    tables : tuple of str
        The tables that it fills; ``shop_id`` is in the key of each.
    reads : tuple of str
        Input tables whose imports change the outcome; an import of the company's concerns every store.
    rules : str
        Version of the rules: with another one all rows are made anew.
    make : callable
        Takes the transaction, the ledger and the stores; returns the rows of each table for these stores. Columns that
        are left out become null.
    after : tuple of Derivation
        Derivations whose tables it reads.
    binds_stores : callable, optional
        Takes the ledger; returns rows, of which there are any only while what stores import changes the rows of other
        stores too, as where they share a cost: all of them are then made anew together.
    follows : tuple of str
        Subjects of other stamps that the outcome follows from.
    only_with : tuple of str
        Input tables of which a store must have an import to have any rows; where none is named, any of `reads` does.
    """

    subject: str
    tables: tuple[str, ...]
    reads: tuple[str, ...]
    rules: str
    make: Callable[[Transaction, Ledger, tuple[int, ...]], Mapping[str, ir.Table]]
    after: tuple[Derivation, ...] = ()
    binds_stores: Callable[[Ledger], ir.Table] | None = None
    follows: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()


def refresh(ledger: Ledger, derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """Make anew what no longer follows from the ledger as it stands; return the subjects concerned.

    Parameters
    ----------
    ledger : Ledger
        Open and owned by this process.
    derivations : sequence of Derivation
        Each after those that it reads.

    Notes
    -----
    Only stores whose imports changed are worked on; where nothing changed it takes a few milliseconds. A reader sees
    the rows of before until the new ones are committed.
    """
    state = _state(ledger, ledger.query)
    return tuple(one.subject for one in derivations if _refreshed(ledger, one, state))


def _refreshed(ledger: Ledger, derivation: Derivation, state: _State) -> bool:
    if not _stale(ledger, ledger.query, derivation, state):
        return False
    with ledger.transaction() as tx:
        stale = _stale(ledger, tx.query, derivation, _state(ledger, tx.query))
        if stale:
            _write(tx, ledger, derivation, stale)
    return True


def _write(tx: Transaction, ledger: Ledger, derivation: Derivation, stale: Mapping[int, str]) -> None:
    stores = tuple(sorted(stale))
    shops = tx.stage(f"{derivation.subject}_stores", pa.table({"shop_id": pa.array(stores, pa.int32())}))
    made = derivation.make(tx, ledger, stores)
    for table in derivation.tables:
        tx.replace(table, _complete(table, made[table]), shops, on=("shop_id",))
    stamps = pa.table(
        {
            "shop_id": pa.array(stores, pa.int32()),
            "subject": pa.array([derivation.subject] * len(stores), pa.string()),
            "stamp": pa.array([stale[store] for store in stores], pa.string()),
        }
    )
    tx.delete(STAMPS, tx.stage(f"{derivation.subject}_stamps", stamps), on=("shop_id", "subject"))
    tx.insert(STAMPS, stamps)


@built_once
def _complete(table: str, rows: ir.Table) -> ir.Table:
    """Return rows with the declared types of the table's columns."""
    types = {name: type_(nullable=True) for name, type_ in ibis_schema(TABLES[table]).items()}
    kept = {name: rows[name].cast(type_) for name, type_ in types.items() if name in rows.columns}
    return rows.select(**kept)


@dataclass(frozen=True, slots=True)
class _State:
    """What the ledger holds that decides whether derived rows are in step.

    Attributes
    ----------
    platforms : mapping of int to str
        Of each store.
    imports : mapping
        Numbers of the batches of each store and dataset, in order.
    stamps : mapping
        Digest beside the rows of each subject and store.
    """

    platforms: Mapping[int, str]
    imports: Mapping[tuple[int, str], Sequence[int]]
    stamps: Mapping[tuple[str, int], str]

    def batches(self, store: int, datasets: Collection[str]) -> list[int]:
        """Return the batches of a store that hold any of these datasets, in order."""
        return sorted(batch for dataset in set(datasets) for batch in self.imports.get((store, dataset), ()))

    def followed(self, store: int, subjects: Sequence[str]) -> list[list[str]]:
        """Return the stamps of a store that its rows follow from; who is who is told for all stores at once."""
        wanted = [(subject, any_store) for subject, any_store in self.stamps if subject in subjects]
        mine = [key for key in wanted if key[1] == store or key[0] == IDENTITY]
        return [[self.stamps[key] for key in sorted(mine)]] if mine else []


def _state(ledger: Ledger, ask: Callable[[ir.Expr], pa.Table]) -> _State:
    stamps, stores, batches = ledger.table(STAMPS), ledger.table("store"), ledger.table("source_batch")
    imports: dict[tuple[int, str], list[int]] = {}
    for row in ask(batches.select("shop_id", "dataset", "batch_id")).to_pylist():
        imports.setdefault((row["shop_id"], row["dataset"]), []).append(row["batch_id"])
    return _State(
        platforms={row["shop_id"]: row["platform"] for row in ask(stores.select("shop_id", "platform")).to_pylist()},
        imports=imports,
        stamps={
            (row["subject"], row["shop_id"]): row["stamp"]
            for row in ask(stamps.select("subject", "shop_id", "stamp")).to_pylist()
        },
    )


def _stale(ledger: Ledger, ask: Callable[[ir.Expr], pa.Table], derivation: Derivation, state: _State) -> dict[int, str]:
    """Return the stores whose rows do not follow from the ledger any more, with the digest of what it holds now.

    A store that has no import to follow from, and never had one, has no rows either.
    """
    stores = {*state.platforms, *(store for store, dataset in state.imports if dataset in derivation.reads)}
    own = {store: state.batches(store, derivation.reads) for store in sorted(stores)}
    binds = derivation.binds_stores
    is_bound = binds is not None and ask(binds(ledger).limit(1)).num_rows > 0
    shared = [
        batch
        for store, batches in own.items()
        if is_bound or state.platforms.get(store) == COMPANY
        for batch in batches
    ]
    rules = _rules(derivation)
    now = {
        store: _digest(rules, shared, batches, *state.followed(store, derivation.follows))
        for store, batches in own.items()
        if (derivation.subject, store) in state.stamps
        or (state.batches(store, derivation.only_with) if derivation.only_with else batches or shared)
    }
    return {store: stamp for store, stamp in now.items() if state.stamps.get((derivation.subject, store)) != stamp}


def _rules(derivation: Derivation) -> str:
    """Return the rules that the rows follow from, those of other derivations included."""
    return " ".join([*(_rules(one) for one in derivation.after), f"{derivation.subject}:{derivation.rules}"])


def _digest(rules: str, *made_from: Iterable[int | str]) -> str:
    text = "|".join([rules, *(",".join(map(str, each)) for each in made_from)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
