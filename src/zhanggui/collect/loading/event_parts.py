"""The events of a file, some tens of thousands at a time: typed, numbered, and with what identifies each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.bodies import Bodies, read_bodies
from zhanggui.collect.events.files import EventFile
from zhanggui.collect.events.parsing import Parsed, Parser
from zhanggui.collect.events.typed_events import EventTyper
from zhanggui.collect.events.wire_events import WireEvents
from zhanggui.collect.loading.faults import Fault
from zhanggui.collect.loading.row_hash import content_hash

PART_EVENTS = 60_000
"""So many are merged at a time: enough to be quick, few enough for any machine."""

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_NOT_SAID = frozenset({"message_id", "sent_at", "received_at", "ip", "name"})
"""Columns that a second sending of one event may change, or that follow from others."""


@dataclass(slots=True)
class EventPart:
    """Some events of a file.

    Attributes
    ----------
    events : pyarrow.Table or None
        Good ones, as columns of the table ``event``, with ``row_hash``; None where there is none.
    items : pyarrow.Table or None
        Their goods, as columns of ``event_item``; None where there are none.
    faults : list of (Fault, int)
        Rows that cannot be taken, each with the hash of what it says.
    n_rows : int
        All rows, good or not.
    n_blank : int
        Blank lines.
    """

    events: pa.Table | None
    items: pa.Table | None
    faults: list[tuple[Fault, int]] = field(default_factory=list)
    n_rows: int = 0
    n_blank: int = 0


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The number of the first event of each body and of each broken line, and that of the last of all."""

    of_bodies: Ints
    of_broken: Ints
    last: int


def first_rows(bodies: Bodies, n_events: Ints, n_before: int) -> FirstRows:
    """Number events in the order of lines, whatever is wrong with one.

    Parameters
    ----------
    bodies : Bodies
    n_events : array of int
        Events of each body.
    n_before : int
        Events of the lines before.
    """
    lines = np.concatenate([bodies.line_no, [line.line_no for line in bodies.broken]]).astype(np.int64)
    counts = np.concatenate([n_events, np.ones(len(bodies.broken), np.int64)])
    order = np.argsort(lines, kind="stable")
    first = np.empty(lines.size, np.int64)
    first[order] = n_before + 1 + np.cumsum(counts[order]) - counts[order]
    n_bodies = len(bodies.line_no)
    return FirstRows(first[:n_bodies], first[n_bodies:], n_before + int(counts.sum()))


class EventParts:
    """Reads a file of bodies.

    Parameters
    ----------
    file : EventFile
    typer : EventTyper
        For the store that the events belong to.
    names : mapping of str to str
        Sender's name to canonical name.
    n_rows, n_lines : int
        Rows and lines of what went before, where this continues a file.
    """

    def __init__(
        self, file: EventFile, typer: EventTyper, names: Mapping[str, str], *, n_rows: int = 0, n_lines: int = 0
    ) -> None:
        self._file = file
        self._protocol = file.protocol
        self._typer = typer
        self._names = names
        self._parser = Parser(file.protocol.envelope)
        self._n_rows = n_rows
        self._first_line = n_lines + 1

    def parts(self, part_events: int = PART_EVENTS) -> Iterator[EventPart]:
        """Yield the file's events in the order of its lines."""
        held: list[EventPart] = []
        n_held = 0
        for bodies in read_bodies(self._file.opener, first_line=self._first_line):
            for part in self._of(bodies):
                held.append(part)
                n_held += part.n_rows
            if n_held >= part_events:
                yield _together(held)
                held, n_held = [], 0
        if held:
            yield _together(held)

    def _of(self, bodies: Bodies) -> Iterator[EventPart]:
        """Yield the events of some bodies; rows are numbered in the order of lines, whatever is wrong with one."""
        pieces = list(self._parser.parsed(bodies))
        n_events = np.concatenate([np.zeros(0, np.int64), *(parsed.n_events for _, parsed in pieces)])
        rows = first_rows(bodies, n_events, self._n_rows)
        self._n_rows = rows.last
        n_blank = bodies.n_blank + int((n_events == 0).sum())
        aside = [
            _hashed(Fault(int(row_no), None, line.rule, line.text, is_rejected=True), line.text)
            for line, row_no in zip(bodies.broken, rows.of_broken, strict=True)
        ]
        for start, parsed in pieces:
            here = slice(start, start + len(parsed.n_events))
            yield self._part(parsed, rows.of_bodies[here], bodies.line_no[here])
        if aside or n_blank:
            yield EventPart(None, None, aside, len(aside), n_blank)

    def _part(self, parsed: Parsed, first_row: Ints, line_no: Ints) -> EventPart:
        wire = self._protocol.mapped(parsed, self._names)
        typed = self._typer.typed(wire)
        row_no = first_row[parsed.body_of] + parsed.place
        row_hash = said_hash(wire)
        faults = [
            _hashed(Fault(int(first_row[one.body]) + one.place, one.path, one.rule, one.value), one.value)
            for one in parsed.misfits
        ]
        faults += [
            (
                Fault(int(row_no[one.position]), self._column(one.column), one.rule, one.value),
                int(row_hash[one.position]),
            )
            for one in typed.faults
        ]
        own = {
            "event_id": pa.array(self._ids(wire, parsed.place, row_hash)),
            "row_hash": pa.array(row_hash),
            "row_no": pa.array(row_no),
            "line_no": pa.array(line_no[parsed.body_of]),
            "place": pa.array(parsed.place.astype(np.int32)),
        }
        events = pa.table({**{name: typed.columns[name] for name in typed.columns if name != "message_id"}, **own})
        of = pa.array(typed.item_of)
        goods = {name: own[name].take(of) for name in ("event_id", "row_no")}
        items = pa.table({**typed.items, **goods})
        if typed.has_fault.any():
            events = events.filter(pa.array(~typed.has_fault))
            items = items.filter(pa.array(~typed.has_fault[typed.item_of]))
        return EventPart(events, items, faults, len(row_no) + len(parsed.misfits))

    def _ids(self, wire: WireEvents, place: Ints, row_hash: Hashes) -> Hashes:
        """Return what identifies each event: its sender's id; without one whose it is, when, which, and all it says."""
        stated = wire.columns["message_id"]
        own = f"{self._protocol.name} message"
        ids = content_hash({own: stated}, len(stated))
        if not stated.null_count:
            return ids
        rest: dict[str, Any] = {"said": pa.array(row_hash.view(np.int64)), "received_at": wire.columns["received_at"]}
        has_time = wire.columns["stated_at"].is_valid()
        # The time of receipt tells events apart only where they have none of their own.
        rest["received_at"] = pc.if_else(has_time, pa.scalar(None, rest["received_at"].type), rest["received_at"])
        if self._protocol.has_places:
            rest["place"] = pa.array(place)
        without = content_hash({f"{self._protocol.name} {name}": column for name, column in rest.items()}, len(stated))
        return np.where(stated.is_null().to_numpy(zero_copy_only=False), without, ids)

    def _column(self, name: str) -> str:
        return {"event_at": self._protocol.time_field, "anon_id": self._protocol.id_field}.get(name, name)


def said_hash(wire: WireEvents) -> Hashes:
    """Return a hash of all that each event says, its goods included."""
    said = {name: column for name, column in wire.columns.items() if name not in _NOT_SAID}
    hashes = content_hash(said, len(wire.columns["name"]))
    if not wire.item_of.size:
        return hashes
    goods = content_hash(dict(wire.items), len(wire.item_of))
    first = np.searchsorted(wire.item_of, wire.item_of)
    with np.errstate(over="ignore"):
        # Which of the goods comes first belongs to what is said.
        np.add.at(
            hashes, wire.item_of, goods * (np.arange(len(first), dtype=np.uint64) - first.astype(np.uint64) + _ODD)
        )
    return hashes


_ODD = np.uint64(0x9E3779B97F4A7C15)


def _hashed(fault: Fault, text: str) -> tuple[Fault, int]:
    return fault, int(content_hash({"text": pa.array([text])}, 1)[0])


def _together(parts: Sequence[EventPart]) -> EventPart:
    """Return several parts as one."""
    events = [part.events for part in parts if part.events is not None and part.events.num_rows]
    items = [part.items for part in parts if part.items is not None and part.items.num_rows]
    return EventPart(
        pa.concat_tables(events).combine_chunks() if events else None,
        pa.concat_tables(items).combine_chunks() if items else None,
        [fault for part in parts for fault in part.faults],
        sum(part.n_rows for part in parts),
        sum(part.n_blank for part in parts),
    )
