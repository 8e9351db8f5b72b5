"""The tracking plan: which events with which properties a shop expects, and what arrives differently."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhanggui.errors import ZhangguiError

PLAN_FILE = "tracking_plan.toml"
TYPES = ("text", "number", "whole", "truth", "list", "any")
_PROPERTIES = MappingProxyType({"segment": "properties", "sensors": "properties", "ga4": "params", "native": ""})


class TrackingPlanError(ZhangguiError):
    """The tracking plan cannot be used."""

    code = "tracking_plan"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason, where=str(path), next_step="docs/how_to/collect_events.md shows a tracking plan")


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with an event, by the plan.

    Attributes
    ----------
    event : str
        Its name as sent.
    property : str
        The property at fault; empty where the event itself is.
    problem : str
        ``unexpected`` event, ``missing`` property, or property of another ``type``.
    """

    event: str
    property: str
    problem: str


@dataclass(frozen=True, slots=True)
class TrackingPlan:
    """What is expected.

    Attributes
    ----------
    required, optional : mapping
        Event to its properties and their types.
    only_these : bool
        An event that the plan does not name is told too.
    """

    required: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    optional: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    only_these: bool = False

    def violations(self, protocol: str, name: str, event: Mapping[str, Any]) -> Iterator[Violation]:
        """Yield what is wrong with an event; it is taken all the same.

        Examples
        --------
        >>> plan = TrackingPlan({"purchase": {"order_id": "text", "value": "number"}})
        >>> list(plan.violations("ga4", "purchase", {"params": {"value": "12"}}))
        [Violation(event='purchase', property='order_id', problem='missing'), \
Violation(event='purchase', property='value', problem='type')]
        """
        required = self.required.get(name)
        if required is None:
            # Calls without an event name tell of people; a plan is about what they do.
            if self.only_these and not name.startswith(":"):
                yield Violation(name, "", "unexpected")
            return
        where = _PROPERTIES[protocol]
        said = event.get(where) if where else {**(event.get("properties") or {}), **event}
        said = said if isinstance(said, dict) else {}
        for one, type_ in required.items():
            if said.get(one) in (None, ""):
                yield Violation(name, one, "missing")
            elif not _is(said[one], type_):
                yield Violation(name, one, "type")
        for one, type_ in self.optional.get(name, {}).items():
            if said.get(one) is not None and not _is(said[one], type_):
                yield Violation(name, one, "type")


def tracking_plan(shop_dir: Path) -> TrackingPlan | None:
    """Return the tracking plan of a shop; None where it has none.

    Raises
    ------
    TrackingPlanError
        It is no TOML, or says what no plan says.
    """
    path = shop_dir / PLAN_FILE
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrackingPlanError(path, f"The tracking plan is no TOML: {error}") from None
    events = document.get("event", {})
    odd = sorted(document.keys() - {"event", "only_these"})
    if odd or not isinstance(events, dict) or not isinstance(document.get("only_these", False), bool):
        raise TrackingPlanError(path, f"The tracking plan holds what none does: {odd[0] if odd else 'event'}.")
    found: dict[str, dict[str, Mapping[str, str]]] = {"required": {}, "optional": {}}
    for name, says in events.items():
        for kind, of in found.items():
            of[name] = _typed(path, name, says, kind)
    return TrackingPlan(found["required"], found["optional"], bool(document.get("only_these", False)))


def _typed(path: Path, name: str, says: object, kind: str) -> Mapping[str, str]:
    if not isinstance(says, dict) or says.keys() - {"required", "optional"}:
        raise TrackingPlanError(path, f"[event.{name!r}] holds more than required and optional.")
    properties = says.get(kind, {})
    if not isinstance(properties, dict):
        raise TrackingPlanError(path, f"[event.{name!r}] {kind} is no table of properties.")
    for one, type_ in properties.items():
        if type_ not in TYPES:
            raise TrackingPlanError(path, f"[event.{name!r}] {one}: {type_!r} is none of {', '.join(TYPES)}.")
    return properties


def _is(value: Any, type_: str) -> bool:
    if isinstance(value, bool):
        return type_ in ("truth", "any")
    match type_:
        case "text":
            return isinstance(value, str)
        case "number":
            return isinstance(value, (int, float))
        case "whole":
            return isinstance(value, int)
        case "list":
            return isinstance(value, list)
    return type_ == "any"
