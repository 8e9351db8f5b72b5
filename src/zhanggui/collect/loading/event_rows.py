"""Events read again from their stored file: to be shown, masked, and to be loaded again with corrected fields."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np

from zhanggui.collect.events.agents import network_of
from zhanggui.collect.events.bodies import read_bodies
from zhanggui.collect.events.careful import fields_of, parsed_json
from zhanggui.collect.events.files import EventFile
from zhanggui.collect.events.parsing import Parser
from zhanggui.collect.loading.event_parts import first_rows
from zhanggui.ledger.privacy import mask_cell
from zhanggui.ledger.privacy.masking import MaskKind

BODY = "body"
"""Stands for a body that could not be read: its text is the one field there is."""

_MOST_FIELDS = 300
_ACCOUNT = re.compile(
    r"(^|\.)(anonymousId|userId|previousId|distinct_id|original_id|login_id|anonymous_id|client_id|user_id"
    r"|app_instance_id|\$identity_\w+)$"
)
_NETWORK = re.compile(r"(^|\.)(ip|\$ip|ip_override)$")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as its file holds it.

    Attributes
    ----------
    line_no : int
        Line of its body.
    place : int or None
        Place in its body, from 0; None where the row stands for the whole body.
    text : str
        The body.
    event : dict or None
        Its own fields; None where the body could not be read.
    about : dict
        What the body says for all its events.
    """

    line_no: int
    place: int | None
    text: str
    event: dict[str, Any] | None
    about: dict[str, Any]

    def fields(self) -> Iterator[tuple[str, str | None]]:
        """Yield its fields by path, after those of its body."""
        if self.event is None:
            yield BODY, self.text
            return
        yield from islice(chain(fields_of(self.about), fields_of(self.event)), _MOST_FIELDS)

    def masked(self) -> Iterator[tuple[str, str | None]]:
        """Yield where it stands, and its fields by path, personal ones masked."""
        yield "line_no", str(self.line_no)
        if self.place is not None:
            yield "place", str(self.place)
        for path, value in self.fields():
            yield path, _masked(path, value)

    def corrected(self, fixes: Mapping[str, str], list_name: str) -> list[str]:
        """Return bodies of one event each, with corrected fields.

        Raises
        ------
        KeyError
            A correction names a field that is not there.
        """
        if self.event is None:
            return _single_bodies(fixes.get(BODY, self.text), list_name)
        event, about = json.loads(json.dumps(self.event, default=str)), json.loads(json.dumps(self.about, default=str))
        known = {path for path, _ in self.fields()}
        for path, value in fixes.items():
            if path not in known:
                raise KeyError(path)
            _put(about if path.split(".")[0].split("[")[0] in about else event, path, value)
        return [json.dumps({**about, list_name: [event]}, ensure_ascii=False)]


def stored_events(file: EventFile, wanted: Collection[int]) -> Mapping[int, StoredEvent]:
    """Return the events of these row numbers; reads no further than the last of them.

    Parameters
    ----------
    file : EventFile
    wanted : collection of int
        Numbers of events within the file, as the ledger has them.
    """
    found: dict[int, StoredEvent] = {}
    left = sorted(wanted)
    n_rows = 0
    parser = Parser(file.protocol.envelope)
    for bodies in read_bodies(file.opener):
        if not left:
            break
        n_events = np.concatenate([np.zeros(0, np.int64), *(part.n_events for _, part in parser.parsed(bodies))])
        rows = first_rows(bodies, n_events, n_rows)
        n_rows = rows.last
        while left and left[0] <= n_rows:
            row_no = left.pop(0)
            body = int(np.searchsorted(rows.of_bodies, row_no, side="right")) - 1
            while body >= 0 and n_events[body] == 0:
                body -= 1
            if body >= 0 and row_no < rows.of_bodies[body] + n_events[body]:
                text = bodies.texts[body].as_py()
                place = row_no - int(rows.of_bodies[body])
                found[row_no] = _stored(text, int(bodies.line_no[body]), place, file.protocol.envelope.events)
            else:
                line = next(
                    line for line, number in zip(bodies.broken, rows.of_broken, strict=True) if number == row_no
                )
                found[row_no] = StoredEvent(line.line_no, None, line.text, None, {})
    return found


def _stored(text: str, line_no: int, place: int, list_name: str) -> StoredEvent:
    try:
        value = parsed_json(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        return StoredEvent(line_no, None, text, None, {})
    listed = value.get(list_name)
    if isinstance(listed, list) and place < len(listed) and isinstance(listed[place], dict):
        return StoredEvent(line_no, place, text, listed[place], {k: v for k, v in value.items() if k != list_name})
    if listed is None:
        return StoredEvent(line_no, None, text, value, {})
    return StoredEvent(line_no, None, text, None, {})


def _masked(path: str, value: str | None) -> str | None:
    last = path.rsplit(".", 1)[-1].lower()
    if value is not None and _NETWORK.search(path):
        return network_of(value)
    kind: MaskKind = "none"
    if _ACCOUNT.search(path):
        kind = "account"
    elif "mail" in last:
        kind = "email"
    elif "phone" in last or "mobile" in last:
        kind = "phone"
    return mask_cell(value, kind)


def _single_bodies(text: str, list_name: str) -> list[str]:
    """Return a body that a person has put right as bodies of one event each, so that each can be followed."""
    line = text.replace("\r", " ").replace("\n", " ")
    try:
        value = json.loads(line)
    except ValueError:
        return [line]
    listed = value.get(list_name) if isinstance(value, dict) else value
    if not isinstance(listed, list) or not listed:
        return [line]
    about = {k: v for k, v in value.items() if k != list_name} if isinstance(value, dict) else {}
    return [json.dumps({**about, list_name: [one]}, ensure_ascii=False) for one in listed]


def _put(value: Any, path: str, text: str) -> None:
    """Put a text at a path of an object."""
    steps = [name if name else int(place) for name, place in _STEP.findall(path)]
    for step in steps[:-1]:
        value = value[step]
    value[steps[-1]] = text
