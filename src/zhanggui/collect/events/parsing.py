"""Bodies become nested columns: in bulk where they are what their protocol says, one by one where they are not.

Both ways give the same values for a body that both can read, so how a file is cut into parts does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pa_json

from zhanggui.collect.events.bodies import Bodies
from zhanggui.collect.events.careful import MOST_EVENTS, CarefulParse, Misfit
from zhanggui.collect.events.envelope import Envelope
from zhanggui.collect.events.shape import WIDE_AMOUNT, arrow_type

FEW_BODIES = 24
"""So few are parsed one by one at once, where they cannot be parsed together."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The events of some bodies.

    Attributes
    ----------
    events : pyarrow.StructArray
        Good events, in order.
    body_of, place : array of int
        Of each good event: position of its body, and its own position therein.
    bodies : pyarrow.StructArray
        What each body says for all its events.
    n_events : array of int
        Events of each body, good or not; a body of which no event is known counts as one.
    misfits : list of Misfit
    """

    events: Any
    body_of: Ints
    place: Ints
    bodies: Any
    n_events: Ints
    misfits: list[Misfit] = field(default_factory=list)


class Parser:
    """Parses the bodies of one protocol.

    Parameters
    ----------
    envelope : Envelope

    Notes
    -----
    Some senders write ids as numbers, or numbers as text, throughout. The parser takes note of fields that were so
    in every body it had to read one by one, and reads the following ones in bulk all the same.
    """

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope
        self._swapped: frozenset[str] = frozenset()
        self._event_type = arrow_type(envelope.event)
        self._body_type = arrow_type(envelope.body)
        self._type = arrow_type(envelope.whole)

    def parsed(self, bodies: Bodies) -> Iterator[tuple[int, Parsed]]:
        """Yield the events of bodies in parts, each with the position of its first body."""
        waiting = [(0, len(bodies.texts))]
        while waiting:
            start, end = waiting.pop()
            texts = bodies.texts.slice(start, end - start)
            if not len(texts):
                continue
            found = self._together(texts)
            if found is None and len(texts) > FEW_BODIES:
                middle = (start + end) // 2
                waiting += [(middle, end), (start, middle)]
                continue
            yield start, found if found is not None else self._one_by_one(texts.to_pylist())

    def _together(self, texts: pa.StringArray) -> Parsed | None:
        """Parse bodies in bulk; None where one of them has to be looked at by itself."""
        rows = self._rows(texts, self._swapped)
        if rows is None and self._swapped:
            rows = self._rows(texts, frozenset())
        return None if rows is None else self._split(rows)

    def _rows(self, texts: pa.StringArray, swapped: Set[str]) -> Any | None:
        lines = pc.binary_join_element_wise(texts, "", "\n")
        first, last = np.frombuffer(lines.buffers()[1], np.int32)[[lines.offset, lines.offset + len(lines)]].tolist()
        data = lines.buffers()[2].slice(first, last - first)
        schema = pa.schema(list(arrow_type(self._envelope.whole, swapped, amount=WIDE_AMOUNT)))
        try:
            table = pa_json.read_json(
                pa.BufferReader(data),
                read_options=pa_json.ReadOptions(use_threads=False, block_size=len(data) + 1),
                parse_options=pa_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
            )
            # An object that goes over lines, or two in a line, is no body.
            if table.num_rows != len(texts):
                return None
            return table.combine_chunks().to_struct_array().chunk(0).cast(self._type)
        except pa.ArrowInvalid:
            return None

    def _split(self, rows: Any) -> Parsed | None:
        """Take the events out of bodies that were parsed in bulk."""
        lists = rows.field(self._envelope.events)
        has_list = pc.is_valid(lists).to_numpy(zero_copy_only=False)
        if not has_list.all() and not self._are_events(rows.filter(pa.array(~has_list))):
            return None
        events = lists.flatten()
        n_listed = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False).astype(np.int64)
        if events.null_count or n_listed.max(initial=0) > MOST_EVENTS:
            return None
        bodies = _picked(rows, self._body_type)
        positions = np.arange(len(rows), dtype=np.int64)
        body_of = np.repeat(positions, n_listed)
        place = np.arange(len(events), dtype=np.int64) - np.repeat(np.cumsum(n_listed) - n_listed, n_listed)
        if has_list.all():
            return Parsed(events, body_of, place, bodies, n_listed)
        alone = positions[~has_list]
        together = pa.concat_arrays([events, _picked(rows, self._event_type).take(pa.array(alone))])
        body_of, place = np.append(body_of, alone), np.append(place, np.zeros_like(alone))
        order = np.argsort(body_of, kind="stable")
        n_events = np.where(has_list, n_listed, 1)
        return Parsed(together.take(pa.array(order)), body_of[order], place[order], bodies, n_events)

    def _are_events(self, rows: Any) -> bool:
        """Whether bodies that list no events are each one themselves."""
        says = np.zeros(len(rows), bool)
        for name in self._envelope.single:
            says |= pc.is_valid(rows.field(name)).to_numpy(zero_copy_only=False)
        return bool(says.all())

    def _one_by_one(self, texts: Sequence[str]) -> Parsed:
        work = CarefulParse(self._envelope, self._deep)
        for text in texts:
            work.take(text)
        if len(texts) >= FEW_BODIES // 2:
            self._swapped = work.swapped()
        return Parsed(
            pa.array(work.events, self._event_type),
            np.array(work.body_of, np.int64),
            np.array(work.place, np.int64),
            pa.array(work.bodies, self._body_type),
            np.array(work.n_events, np.int64),
            work.misfits,
        )

    def _deep(self, text: str) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Return what the body and the events say of a body that is too deep for the careful way."""
        found = self._together(pa.array([text], pa.string()))
        return None if found is None else (found.bodies[0].as_py(), found.events.to_pylist())


def _picked(rows: Any, type_: Any) -> Any:
    """Return some fields of bodies as objects of their own."""
    if not type_.num_fields:
        return pa.array([{}] * len(rows), type_)
    return pa.StructArray.from_arrays([rows.field(one.name) for one in type_], fields=list(type_))
