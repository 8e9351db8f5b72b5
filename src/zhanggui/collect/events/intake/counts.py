"""What came in during the last hour, minute by minute: for people who watch, in a small file beside the log."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhanggui.collect.events.intake.plan import Violation
from zhanggui.collect.events.log import LOG_DIRECTORY, writers_of

LIVE_FILE = "live.json"
MINUTES = 60
_MOST_NAMES = 300
_MOST_LATEST = 30
_LONGEST_NAME = 100
_REST = "…"


@dataclass(slots=True)
class _Minute:
    events: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)


class Counts:
    """Counts what is accepted and refused; names beyond some hundreds count together."""

    def __init__(self) -> None:
        self._minutes: OrderedDict[int, _Minute] = OrderedDict()
        self._latest: deque[tuple[int, str, str]] = deque(maxlen=_MOST_LATEST)
        self.n_events = 0
        self.n_requests = 0
        self.n_refused = 0
        self.changes = 0

    def accepted(self, protocol: str, names: Iterable[str], now: float) -> None:
        """Count events that are on disk."""
        events = self._minute(now).events
        last = ""
        for name in names:
            last = name[:_LONGEST_NAME]
            _count(events, f"{protocol}\t{last}")
            self.n_events += 1
        if last:
            self._latest.append((int(now), protocol, last))
        self.n_requests += 1
        self.changes += 1

    def refused(self, code: str, now: float) -> None:
        """Count a request that was refused."""
        self._minute(now).refused[code] += 1
        self.n_requests += 1
        self.n_refused += 1
        self.changes += 1

    def violated(self, violation: Violation, now: float) -> None:
        """Count what is not as the tracking plan has it."""
        words = (violation.event[:_LONGEST_NAME], violation.property[:_LONGEST_NAME], violation.problem)
        _count(self._minute(now).violations, "\t".join(words))
        self.changes += 1

    def to_json(self, now: float) -> dict[str, Any]:
        """Return all of it."""
        return {
            "at": int(now),
            "n_events": self.n_events,
            "n_requests": self.n_requests,
            "n_refused": self.n_refused,
            "latest": list(self._latest),
            "minutes": {
                str(minute): {"events": one.events, "refused": one.refused, "violations": one.violations}
                for minute, one in self._minutes.items()
            },
        }

    def write(self, path: Path, now: float) -> None:
        """Write it for whoever watches; a loss of it loses nothing."""
        part = path.with_suffix(".part")
        part.write_text(json.dumps(self.to_json(now), ensure_ascii=False), "utf-8")
        part.replace(path)

    def _minute(self, now: float) -> _Minute:
        number = int(now // 60)
        found = self._minutes.get(number)
        if found is None:
            found = self._minutes[number] = _Minute()
            while len(self._minutes) > MINUTES:
                self._minutes.popitem(last=False)
        return found


@dataclass(slots=True)
class LiveView:
    """What all collectors of a shop say of the last hour.

    Attributes
    ----------
    at : int
        Newest word of any of them, in seconds of Unix time; 0 where there is none.
    n_events, n_requests, n_refused : int
        Since each of them began.
    latest : list of (int, str, str)
        Time, protocol and name of what came last, newest first.
    events : dict of int to Counter
        Minute of Unix time to events by (protocol, name).
    refused : dict of int to Counter
        Minute to refused requests by code.
    violations : Counter
        Of the hour, by (event, property, problem).
    """

    at: int = 0
    n_events: int = 0
    n_requests: int = 0
    n_refused: int = 0
    latest: list[tuple[int, str, str]] = field(default_factory=list)
    events: dict[int, Counter[tuple[str, str]]] = field(default_factory=dict)
    refused: dict[int, Counter[str]] = field(default_factory=dict)
    violations: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def since(self, minute: int) -> Counter[tuple[str, str]]:
        """Return events by protocol and name from a minute on."""
        return sum((one for at, one in self.events.items() if at >= minute), Counter())

    def refused_since(self, minute: int) -> Counter[str]:
        """Return refused requests by code from a minute on."""
        return sum((one for at, one in self.refused.items() if at >= minute), Counter())


def live_view(shop_dir: Path) -> LiveView:
    """Return what the collectors of a shop say of the last hour."""
    view = LiveView()
    for writer in writers_of(shop_dir):
        try:
            said = json.loads((shop_dir / LOG_DIRECTORY / writer / LIVE_FILE).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        view.at = max(view.at, said["at"])
        view.n_events += said["n_events"]
        view.n_requests += said["n_requests"]
        view.n_refused += said["n_refused"]
        view.latest += [(at, protocol, name) for at, protocol, name in said["latest"]]
        for text, one in said["minutes"].items():
            minute = int(text)
            events = view.events.setdefault(minute, Counter())
            for key, n in one["events"].items():
                protocol, _, name = key.partition("\t")
                events[protocol, name] += n
            view.refused.setdefault(minute, Counter()).update(one["refused"])
            for key, n in one["violations"].items():
                event, name, problem = key.split("\t")
                view.violations[event, name, problem] += n
    view.latest.sort(reverse=True)
    return view


def _count(counter: Counter[str], key: str) -> None:
    if key not in counter and len(counter) >= _MOST_NAMES:
        protocol = key.partition("\t")[0]
        key = f"{protocol}\t{_REST}" if key.count("\t") == 1 else f"{_REST}\t\t{_REST}"
    counter[key] += 1
