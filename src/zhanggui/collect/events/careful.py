"""Bodies parsed one by one: what is wrong with which field of which event is told exactly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhanggui.collect.events.envelope import Envelope
from zhanggui.collect.events.shape import Leaf, ListOf, Shape, WrongTypeError, coerced

MOST_EVENTS = 10_000
"""No library puts more than a few hundred events into a body."""
_SHOWN = 4_000
_LONGEST_NUMBER = 400


@dataclass(frozen=True, slots=True)
class Misfit:
    """An event, or a body of which no event is known, that cannot be taken.

    Attributes
    ----------
    body : int
        Position of its body among the bodies.
    place : int
        Position of the event in its body.
    rule : str
    path : str or None
        Field that is at fault.
    value : str
        What stands there, or the body.
    """

    body: int
    place: int
    rule: str
    path: str | None
    value: str


class _Object(dict[str, Any]):
    """A JSON object that knows which of its fields it says twice."""

    again: frozenset[str] = frozenset()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        found.again = frozenset(name for name, n in Counter(name for name, _ in pairs).items() if n > 1)
    return found


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) < _LONGEST_NUMBER else Decimal(text)


def parsed_json(text: str) -> Any:
    """Return a JSON value with exact numbers.

    Raises
    ------
    ValueError
        It is no JSON.
    RecursionError
        It is too deep.
    """
    return json.loads(text, object_pairs_hook=_object, parse_float=Decimal, parse_int=_integer, parse_constant=Decimal)


Deep = Callable[[str], "tuple[dict[str, Any], list[dict[str, Any]]] | None"]
"""Takes a body that is too deep, returns what it and its events say; None where it is not what it should be."""


class CarefulParse:
    """The work on some bodies: good events gather in `events`, others in `misfits`.

    Parameters
    ----------
    envelope : Envelope
    deep : callable
        Reads bodies that are too deep.
    """

    def __init__(self, envelope: Envelope, deep: Deep) -> None:
        self._envelope = envelope
        self._deep = deep
        self._others: Counter[str] = Counter()
        self._usual: Counter[str] = Counter()
        self.events: list[dict[str, Any]] = []
        self.body_of: list[int] = []
        self.place: list[int] = []
        self.bodies: list[dict[str, Any]] = []
        self.n_events: list[int] = []
        self.misfits: list[Misfit] = []

    def take(self, text: str) -> None:
        """Parse one body."""
        try:
            value = parsed_json(text)
        except RecursionError:
            self._take_deep(text)
        except ValueError:
            self._aside("bad_json", None, text)
        else:
            self._take(value, text)

    def swapped(self) -> frozenset[str]:
        """Return the ids that were numbers throughout, and the whole numbers that were text throughout."""
        return frozenset(path for path in self._others if not self._usual[path])

    def _take(self, value: Any, text: str) -> None:
        envelope = self._envelope
        if not isinstance(value, dict):
            self._aside("not_a_body", None, text)
            return
        try:
            body = coerced(_without(value, envelope.events), envelope.body)
            listed = self._listed(value)
        except WrongTypeError as error:
            self._aside(error.rule, error.path.removeprefix("."), _shown(error.value))
            return
        self._note(value, envelope.body, "")
        position = len(self.bodies)
        self.bodies.append(body)
        if listed is None:
            self.n_events.append(1)
            if any(value.get(name) is not None for name in envelope.single):
                self._event(position, 0, value, "")
            else:
                self.misfits.append(Misfit(position, 0, "not_a_body", None, text[:_SHOWN]))
            return
        self.n_events.append(len(listed))
        for place, one in enumerate(listed):
            self._event(position, place, one, f".{envelope.events}[]")

    def _listed(self, value: dict[str, Any]) -> list[Any] | None:
        """Return the events that a body lists; None where it has no list."""
        name = self._envelope.events
        listed = value.get(name)
        if listed is None:
            return None
        if name in getattr(value, "again", ()):
            raise WrongTypeError(name, "repeated_field", listed)
        if not isinstance(listed, list):
            raise WrongTypeError(name, "wrong_type", listed)
        if len(listed) > MOST_EVENTS:
            raise WrongTypeError(name, "too_many_events", f"{len(listed):,}")
        return listed

    def _event(self, position: int, place: int, value: Any, within: str) -> None:
        if not isinstance(value, dict):
            self.misfits.append(Misfit(position, place, "not_an_event", None, _shown(value)))
            return
        try:
            event = coerced(value, self._envelope.event)
        except WrongTypeError as error:
            path = error.path.removeprefix(".")
            self.misfits.append(Misfit(position, place, error.rule, path, _shown(error.value)))
            return
        self._note(value, self._envelope.event, within)
        self.events.append(event)
        self.body_of.append(position)
        self.place.append(place)

    def _note(self, value: Any, shape: Shape, within: str) -> None:
        """Count which ids are numbers and which numbers are text."""
        for path, leaf, found in _leaves(value, shape, within):
            (self._usual if isinstance(found, str) == (leaf.kind == "text") else self._others)[path] += 1

    def _take_deep(self, text: str) -> None:
        found = self._deep(text)
        if found is None:
            self._aside("too_deep", None, text)
            return
        body, events = found
        self.body_of += [len(self.bodies)] * len(events)
        self.place += range(len(events))
        self.events += events
        self.bodies.append(body)
        self.n_events.append(len(events))

    def _aside(self, rule: str, path: str | None, value: str) -> None:
        """Keep a whole body aside."""
        self.misfits.append(Misfit(len(self.bodies), 0, rule, path, value[:_SHOWN]))
        self.bodies.append({})
        self.n_events.append(1)


def _without(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = _Object((key, item) for key, item in value.items() if key != name)
    found.again = getattr(value, "again", frozenset())
    return found


def _leaves(value: Any, shape: Shape, path: str) -> Iterator[tuple[str, Leaf, Any]]:
    """Yield the ids, texts and whole numbers of a good value, with the paths that their shape gives them."""
    if value is None:
        return
    match shape:
        case ListOf(item):
            for one in value:
                yield from _leaves(one, item, f"{path}[]")
        case Leaf():
            if shape.kind in ("text", "whole") and isinstance(value, (str, int, Decimal)):
                yield path, shape, value
        case _:
            for name, part in shape.items():
                yield from _leaves(value.get(name), part, f"{path}.{name}")


def _shown(value: Any) -> str:
    """Return a value as it may be sealed and shown."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()[:_SHOWN]
    try:
        return json.dumps(value, ensure_ascii=False, default=str)[:_SHOWN]
    except (ValueError, RecursionError):
        return ""


def fields_of(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield the fields of an event by path, as text.

    Examples
    --------
    >>> list(fields_of({"a": {"b": 1}, "c": ["x", {"d": None}]}))
    [('a.b', '1'), ('c[0]', 'x'), ('c[1].d', None)]
    """
    for name, item in value.items():
        yield from _fields(item, f"{prefix}{name}")


def _fields(item: Any, path: str) -> Iterator[tuple[str, str | None]]:
    if isinstance(item, Mapping):
        yield from fields_of(item, f"{path}.")
    elif isinstance(item, list):
        for place, one in enumerate(item):
            yield from _fields(one, f"{path}[{place}]")
    elif isinstance(item, bool):
        yield path, "true" if item else "false"
    else:
        yield path, None if item is None else str(item)
