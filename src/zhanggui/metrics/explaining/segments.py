"""The few segments that carry the change: where they are, what they add, how they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger
from zhanggui.methods.decomposition import carriers
from zhanggui.metrics.answering import answer
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.explaining.cube import Cube, Value, cube_of, is_additive, searched_dimensions
from zhanggui.metrics.model import Metric, Unit
from zhanggui.metrics.question import Filter

Floats = npt.NDArray[np.float64]

_BOLD = -10.0
"""Caution of the second search, where nothing stands out: what is listed is said to be no more than likely."""

MOST_SEGMENTS = 5
"""More than that is a report, no explanation."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the shop that carries part of a change.

    Attributes
    ----------
    where : mapping of str to str, int or None
        Dimension to value, as a filter takes it; empty for the whole.
    labels : mapping of str to str
        Readable names of values that are numbers of goods or stores.
    before, after : float
        What the segment holds, money in minor units; of a ratio its own ratio, NaN where it has none.
    amount : float
        What it adds to the change, in the unit of the metric: of a sum its own change, of a ratio its rate and mix.
    own : float
        The part of `amount` that no stronger segment adds already; these never count anything twice.
    """

    where: Mapping[str, Value]
    labels: Mapping[str, str]
    before: float
    after: float
    amount: float
    own: float

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that ask the segment."""
        return tuple(Filter(name, (value,)) for name, value in self.where.items())


@dataclass(frozen=True, slots=True)
class Segments:
    """What was found.

    Attributes
    ----------
    segments : tuple of Segment
        Strongest first.
    dims : tuple of str
        Dimensions that were searched.
    background : float
        Factor by which everything else moved alike; 1 when it stood still or cannot be told.
    is_exact : bool
        Whether amounts of segments that share nothing add up; they do not for people and medians.
    stands_out : bool
        Whether they moved unlike the rest; else they are merely the largest.
    """

    segments: tuple[Segment, ...]
    dims: tuple[str, ...]
    background: float
    is_exact: bool
    stands_out: bool = True


def segments_of(ledger: Ledger, asked: Asked, first: float, last: float, *, one: int) -> Segments:
    """Find the segments that carry the change of a metric; never none where something changed.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    asked : Asked
        What is explained.
    first, last : float
        The metric before and after, money in minor units.
    one : int
        Minor units of a major unit.
    """
    metric, change, whole = asked.metric, last - first, _whole(first, last)
    dims = searched_dimensions(asked)
    if not dims:
        return Segments((whole,) if change else (), (), 1.0, is_exact=False)
    if not is_additive(metric, dims):
        found_alone = _one_by_one(ledger, asked, dims, change, one=one)
        return found_alone if found_alone.segments or not change else replace(found_alone, segments=(whole,))
    cube = cube_of(ledger, asked, dims)
    before, after, amounts = _moves(cube)
    found = carriers(cube.codes, before, after, max_carriers=MOST_SEGMENTS)
    # Where nothing stands out, the likeliest places still beat the largest ones, which are large in every period.
    likely = found if found.carriers else carriers(cube.codes, before, after, max_carriers=MOST_SEGMENTS, caution=_BOLD)
    places = [each.where for each in likely.carriers] or _largest(cube, amounts, change)
    taken = np.zeros(len(cube), bool)
    segments = []
    for where in places:
        inside = _inside(cube, where)
        segments.append(_segment(cube, where, inside, amounts, taken))
        taken |= inside
    kept = tuple(each for each in segments if each.own) or ((whole,) if change else ())
    background = likely.background if cube.base is None else 1.0
    named = _named_stores(ledger, kept)
    return Segments(named, cube.dims, background, is_exact=True, stands_out=bool(found.carriers))


def _moves(cube: Cube) -> tuple[Floats, Floats, Floats]:
    """Return what each leaf should hold and holds, in one unit, and what it adds to the change of the metric.

    Of a ratio R of sums N and D, a leaf adds ``Δ(N/D₀₁) - R̄ · Δ(share of D)``: its rate and its mix. In the unit of the
    numerator that is ``N₁`` against what the leaf would hold had both stood still.
    """
    n0, n1 = cube.top["before"], cube.top["after"]
    if cube.base is None:
        return n0, n1, n1 - n0
    d0, d1 = cube.base["before"], cube.base["after"]
    whole0, whole1 = float(d0.sum()), float(d1.sum())
    middle = (n0.sum() / whole0 + n1.sum() / whole1) / 2
    expected = n0 / whole0 * whole1 + middle * (d1 - d0 / whole0 * whole1)
    return expected, n1, (n1 - expected) / whole1


def _inside(cube: Cube, where: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    inside = np.ones(len(cube), bool)
    for dim, code in where:
        inside &= cube.codes[dim] == code
    return inside


def _segment(
    cube: Cube,
    where: Sequence[tuple[int, int]],
    inside: npt.NDArray[np.bool_],
    amounts: Floats,
    taken: npt.NDArray[np.bool_],
) -> Segment:
    ends = []
    for side in ("before", "after"):
        top = float(cube.top[side][inside].sum())
        base = None if cube.base is None else float(cube.base[side][inside].sum())
        ends.append(top if base is None else top / base if base else float("nan"))
    values = {cube.dims[dim]: cube.values[dim][code] for dim, code in where}
    labels = {
        cube.dims[dim]: cube.labels[dim][cube.values[dim][code]]
        for dim, code in where
        if cube.values[dim][code] in cube.labels[dim]
    }
    amount, own = float(amounts[inside].sum()), float(amounts[inside & ~taken].sum())
    return Segment(values, labels, ends[0], ends[1], amount, own)


def _largest(cube: Cube, amounts: Floats, change: float) -> list[tuple[tuple[int, int], ...]]:
    """Return the single values that moved most in the direction of the change, when nothing stands out."""
    best: list[tuple[tuple[int, int], ...]] = []
    most = 0.0
    for dim, codes in enumerate(cube.codes):
        sums = np.bincount(codes, amounts, len(cube.values[dim])) * np.sign(change)
        # The only value of a dimension says nothing of where; a finer dimension must say much more than a coarser one.
        if (sums != 0).sum() > 1 and sums.max() > 2 * most:
            most = float(sums.max())
            best = [((dim, int(code)),) for code in np.argsort(-sums, kind="stable")[:3] if sums[code] > 0]
    return best


def _one_by_one(ledger: Ledger, asked: Asked, dims: tuple[str, ...], change: float, *, one: int) -> Segments:
    """Search one dimension at a time: the values of people and medians do not add up over combinations."""
    found: list[tuple[float, Segment]] = []
    for name in dims:
        key, sides = DIMENSIONS[name].key, []
        for period in (asked.before, asked.after):
            question = asked.question(asked.metric.name, period=period, by=(name,))
            rows = answer(ledger, question, catalogue={asked.metric.name: asked.metric}).rows
            sides.append({row[key]: _minor(row[asked.metric.name], asked.metric, one) for row in rows})
        values = list(dict.fromkeys([*sides[0], *sides[1]]))
        if len(values) < 2:
            continue
        before, after = (np.array([side.get(value, 0.0) for value in values]) for side in sides)
        moved = carriers([np.arange(len(values))], before, after, max_dimensions=1, max_carriers=MOST_SEGMENTS)
        strengths = {each.where[0][1]: each.strength for each in moved.carriers} or _in_direction(
            after - before, change
        )
        for place, strength in strengths.items():
            first, last = float(before[place]), float(after[place])
            found.append(
                (strength, Segment({name: _plain(values[place])}, {}, first, last, last - first, last - first))
            )
    found.sort(key=lambda each: -each[0])
    kept = tuple(segment for _, segment in found[:MOST_SEGMENTS] if segment.amount)
    return Segments(_named_stores(ledger, kept), dims, 1.0, is_exact=False)


def _in_direction(amounts: Floats, change: float) -> dict[int, float]:
    place = int(np.argmax(amounts * np.sign(change)))
    return {place: 0.0} if amounts[place] * change > 0 else {}


def _minor(value: object, metric: Metric, one: int) -> float:
    number = 0.0 if value is None else float(str(value))
    return number * one if metric.unit is Unit.MONEY else number


def _plain(value: object) -> Value:
    return value if value is None or isinstance(value, int) else str(value)


def _whole(first: float, last: float) -> Segment:
    return Segment({}, {}, first, last, last - first, last - first)


def _named_stores(ledger: Ledger, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments with stores by name, as filters take them; two of one name stay apart by number."""
    if not any("shop" in each.where for each in segments):
        return tuple(segments)
    rows = ledger.query(ledger.table("store").select("shop_id", "name")).to_pylist()
    n_stores = Counter(row["name"] for row in rows)
    names = {row["shop_id"]: row["name"] if n_stores[row["name"]] == 1 else f"#{row['shop_id']}" for row in rows}
    named = []
    for each in segments:
        where = {name: names.get(value, value) if name == "shop" else value for name, value in each.where.items()}
        named.append(replace(each, where=where))
    return tuple(named)
