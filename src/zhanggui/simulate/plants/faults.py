"""The planted anomalies: what goes wrong, where, when and by how much."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.fault_kinds import KINDS, Chain, FaultClass, FaultKind
from zhanggui.simulate.plants.fault_places import Segment
from zhanggui.simulate.plants.file_faults import FileFault, FileFaultKind
from zhanggui.simulate.plants.volumes import Volumes
from zhanggui.simulate.seasons import phase_of
from zhanggui.simulate.stores import Store

MOST_FAULTS = 40
LEAST_SIGMA, MOST_SIGMA = 3.0, 10.0
QUIET_DAYS = 28
"""Days at the beginning without a fault, so that there is something to compare with."""
_TRIES = 60

_SHORT_DAYS, _DAYS_BEFORE = 30, 14
_DAYS_EACH = 3
"""A fault for every so many days of trade at most, so that a short history is not faults alone."""
_LEAST_FACTOR, _MOST_FACTOR = 0.6, 1.5
"""Days on which a promotion lifts or a festival lowers the traffic beyond these get no fault: it would drown."""


_Taken = tuple[Mapping[str, int], int, int, tuple[Chain, ...]]
"""A segment, the first and last day on which no other fault may touch it, and where that would show."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One anomaly.

    Attributes
    ----------
    id : str
        ``FAULT-01`` and so on.
    kind : str
        What happened, such as ``payment_outage``.
    metric : str
        The daily figure in which it shows.
    segment : mapping of str to int
        Dimension to number, such as ``{"store": 2, "region": 0}``; empty for the whole company.
    names : mapping of str to str
        The same in words.
    first_day, last_day : int
        Days on which it holds, both included.
    sigma : float
        Its size on an average day, in standard deviations of the segment's daily figure.
    expected, deviation : float
        The segment's ordinary daily figure and its standard deviation, as the options imply them.
    change : float
        The planted change of the daily figure, in its own unit; negative for a drop.
    cause_zh, cause_en : str
        Why.
    group : FaultClass
        Data or trade.
    pulls : tuple of Pull
        The levers that make it; none where a file writer makes it.
    """

    id: str
    kind: str
    metric: str
    segment: Mapping[str, int]
    names: Mapping[str, str]
    first_day: int
    last_day: int
    sigma: float
    expected: float
    deviation: float
    change: float
    cause_zh: str
    cause_en: str
    group: FaultClass
    pulls: tuple[Pull, ...] = ()


def faults_of(
    options: Options, draws: Draws, volumes: Volumes, kept: tuple[Pull, ...] = ()
) -> tuple[tuple[Fault, ...], tuple[FileFault, ...]]:
    """Return the anomalies of a world and those of its files.

    Sizes are log-uniform between 3 and 10 standard deviations; a segment too small for its size is passed over for a
    larger one. No two faults meet on a day in segments that share anything. Where the days or the orders do not
    suffice for 40, there are fewer.

    Parameters
    ----------
    options, draws
        Those of the world.
    volumes : Volumes
        Its ordinary days.
    kept : tuple of Pull
        What is planted for some weeks besides: no fault meets it or what it is compared with, the fortnight before
        it or as many days as it lasts.
    """
    faults: list[Fault] = []
    taken: list[_Taken] = [
        (pull.at, pull.first_day - max(_DAYS_BEFORE, pull.n_days), pull.last_day, (Chain.SALES,))
        for pull in kept
        if pull.n_days <= _SHORT_DAYS
    ]
    told_groups = {pull.at["ad_group"] for pull in kept if "ad_group" in pull.at}
    in_files: list[FileFault] = []
    misses = 0
    turn = 0
    most = min(MOST_FAULTS, (options.days - _quiet_days(options)) // _DAYS_EACH)
    while len(faults) < most and misses < 2 * len(KINDS):
        kind = KINDS[turn % len(KINDS)]
        found = _planted(kind, turn, options, draws, volumes, faults, taken, told_groups)
        misses = 0 if found else misses + 1
        turn += 1
        if found is not None:
            faults.append(found)
            taken.append((dict(found.segment), found.first_day - 1, found.last_day + 1, kind.chains))
    faults = [
        replace(fault, id=f"FAULT-{number:02d}")
        for number, fault in enumerate(sorted(faults, key=lambda fault: (fault.first_day, fault.kind)), start=1)
    ]
    datasets = {kind.name: kind.dataset for kind in KINDS if kind.dataset}
    for fault in faults:
        if fault.kind in datasets:
            is_line = FileFaultKind(fault.kind) is FileFaultKind.UNMATCHED_SETTLEMENT
            in_files.append(
                FileFault(
                    fault.id,
                    FileFaultKind(fault.kind),
                    fault.segment["store"],
                    datasets[fault.kind],
                    fault.first_day,
                    fault.last_day,
                    max(round(fault.change * (fault.last_day - fault.first_day + 1)), 1) if is_line else 0,
                )
            )
    return tuple(faults), tuple(in_files)


def _planted(
    kind: FaultKind,
    turn: int,
    options: Options,
    draws: Draws,
    volumes: Volumes,
    others: list[Fault],
    taken: list[_Taken],
    told_groups: Collection[int],
) -> Fault | None:
    """Return a fault of this kind, or None where no segment or no days are left.

    An ad group of which an example tells has another budget than planned, all the time.
    """
    used = [dict(other.segment) for other in others if other.kind == kind.name]
    shortest, longest = kind.days
    for attempt in range(_TRIES):
        length = shortest + int(draws.uniform("fault length", turn, attempt)[0] * (longest - shortest + 1))
        first = _first_day(options, volumes.stores, length, float(draws.uniform("fault day", turn, attempt)[0]))
        if first is None:
            continue
        places = [
            place
            for place in kind.places(volumes.over(first, length))
            if place.usual.expected > 0
            and _reach(place) >= LEAST_SIGMA
            and dict(place.at) not in used
            and place.at.get("ad_group") not in told_groups
        ]
        drawn = float(draws.uniform("fault size", turn, attempt)[0])
        sigma = LEAST_SIGMA * (MOST_SIGMA / LEAST_SIGMA) ** drawn
        place = _chosen(kind, places, sigma, float(draws.uniform("fault place", turn, attempt)[0]))
        if place is None or _meets(kind, place, first, length, taken):
            continue
        sigma = _reach(place) if kind.is_whole else max(min(sigma, _reach(place)), place.least / place.usual.deviation)
        return _fault(kind, place, sigma, first, first + length - 1)
    return None


def _fault(kind: FaultKind, place: Segment, sigma: float, first: int, last: int) -> Fault:
    change = kind.direction * sigma * place.usual.deviation
    pulls = tuple(Pull(lever, round(amount, 6), first, last, at) for lever, amount, at in kind.levers(place, change))
    return Fault(
        id="",
        kind=kind.name,
        metric=kind.metric,
        segment=dict(place.at),
        names=dict(place.names),
        first_day=first,
        last_day=last,
        sigma=round(sigma, 3),
        expected=round(place.usual.expected, 3),
        deviation=round(place.usual.deviation, 3),
        change=round(change, 3),
        cause_zh=kind.cause_zh,
        cause_en=kind.cause_en,
        group=kind.group,
        pulls=pulls,
    )


def _reach(place: Segment) -> float:
    """Return the largest size that a segment can hold."""
    return place.most / place.usual.deviation


def _chosen(kind: FaultKind, places: list[Segment], sigma: float, drawn: float) -> Segment | None:
    if kind.is_whole:
        # All is lost or doubled here, so the segment is chosen by its own size.
        fitting = [place for place in places if LEAST_SIGMA <= _reach(place) <= MOST_SIGMA]
        near = sorted(fitting, key=lambda place: abs(_reach(place) / sigma - 1))[:4]
    else:
        near = [place for place in places if place.least / place.usual.deviation <= sigma <= _reach(place)]
        if not near and places:
            # No segment holds this size: the largest takes what it can hold.
            near = [max(places, key=_reach)]
            if near[0].least / near[0].usual.deviation > MOST_SIGMA:
                return None
    return near[int(drawn * len(near))] if near else None


def _quiet_days(options: Options) -> int:
    return min(QUIET_DAYS, options.days // 3)


def _first_day(options: Options, stores: tuple[Store, ...], length: int, drawn: float) -> int | None:
    """Return a first day that leaves quiet days before and one after, and whose first week is an ordinary one."""
    ordinary = _ordinary_days(options.start, options.days, stores)
    days = [
        day for day in range(_quiet_days(options), options.days - length) if all(ordinary[day : day + min(length, 7)])
    ]
    return days[int(drawn * len(days))] if days else None


@lru_cache(maxsize=8)
def _ordinary_days(start: date, n_days: int, stores: tuple[Store, ...]) -> tuple[bool, ...]:
    return tuple(_is_ordinary(start + timedelta(days=day), stores) for day in range(n_days))


def _is_ordinary(on: date, stores: tuple[Store, ...]) -> bool:
    lifts = [phase.lift for phase in (phase_of(on, store) for store in stores) if phase is not None]
    return all(_LEAST_FACTOR <= lift <= _MOST_FACTOR for lift in lifts)


def _meets(kind: FaultKind, place: Segment, first: int, length: int, taken: list[_Taken]) -> bool:
    """Whether something else touches part of the same segment on one of these days and shows in the same place."""
    for segment, other_first, other_last, chains in taken:
        if other_last < first or first + length - 1 < other_first or not set(chains) & set(kind.chains):
            continue
        shared = set(place.at) & set(segment)
        if all(place.at[dimension] == segment[dimension] for dimension in shared):
            return True
    return False
