"""The few segments that carry the change: where they are, what they add, how they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger
from zhanggui.methods.decomposition import carriers
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.explaining.cube import Cube, Value, cube_of, is_additive, searched_dimensions
from zhanggui.metrics.explaining.figures import Side, side_of
from zhanggui.metrics.explaining.slow import share_of_slow
from zhanggui.metrics.model import Lapse, Ratio
from zhanggui.metrics.question import Filter

Floats = npt.NDArray[np.float64]

_BOLD = 0.0
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


def segments_of(ledger: Ledger, asked: Asked, before: Side, after: Side) -> Segments:
    """Find the segments that carry the change of a metric; never none where something changed.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    asked : Asked
        What is explained.
    before, after : Side
        The metric and its parts in both periods.

    Notes
    -----
    A sum, and a ratio of sums, is searched in its own cube, whose leaves add up. A median is searched in the cube of
    the share of rows that take longer than halfway between its two values: that share is split exactly, and its change
    stands for that of the median, so the parts of a median add up too. People and goods in stock do not add up; they
    are searched in their cube all the same, and each segment tells the change that its own filters answer.
    """
    metric = asked.metric
    first, last = before.known(metric), after.known(metric)
    change, whole = last - first, Segment({}, {}, first, last, last - first, last - first)
    dims = searched_dimensions(asked)
    if not dims:
        return Segments((whole,) if change else (), (), 1.0, is_exact=False)
    followed = share_of_slow(metric, first, last) if isinstance(metric, Lapse) else metric
    cube = cube_of(ledger, replace(asked, metric=followed), dims)
    moves = _moves(cube)
    search = partial(carriers, cube.codes, moves.expected, moves.actual, max_carriers=MOST_SEGMENTS)
    found = search()
    # Where nothing stands out, the likeliest places still beat the largest ones, which are large in every period.
    likely = found if found.carriers else search(caution=_BOLD)
    places = [each.where for each in likely.carriers] or _largest(cube, moves.amounts, change)
    told = _named_stores(ledger, _segments(cube, places, moves.amounts))
    is_exact = isinstance(metric, Lapse) or is_additive(metric, dims)
    if not is_additive(metric, dims):
        # What a segment adds to the share of slow rows is told in the unit of the median.
        unit = _over(change, float(moves.amounts.sum())) if isinstance(metric, Lapse) else None
        told = tuple(_asked(ledger, asked, each, (before, after), unit) for each in told)
    kept = tuple(each for each in told if each.own) or ((whole,) if change else ())
    background = likely.background if cube.base is None else 1.0
    return Segments(kept, cube.dims, background, is_exact=is_exact, stands_out=bool(found.carriers))


class _Moves(NamedTuple):
    """What each leaf should hold and holds, in one unit, and what it adds to the change of the metric."""

    expected: Floats
    actual: Floats
    amounts: Floats


def _moves(cube: Cube) -> _Moves:
    """Return how the leaves of a cube moved.

    Of a ratio R of sums N and D, a leaf adds ``Δ(N/D₀₁) - R̄ · Δ(share of D)``: its rate and its mix. In the unit of the
    numerator that is ``N₁`` against what the leaf would hold had both stood still.
    """
    n0, n1 = cube.top["before"], cube.top["after"]
    if cube.base is None:
        return _Moves(n0, n1, n1 - n0)
    d0, d1 = cube.base["before"], cube.base["after"]
    whole0, whole1 = float(d0.sum()), float(d1.sum())
    middle = (n0.sum() / whole0 + n1.sum() / whole1) / 2
    expected = n0 / whole0 * whole1 + middle * (d1 - d0 / whole0 * whole1)
    return _Moves(expected, n1, (n1 - expected) / whole1)


def _inside(cube: Cube, where: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    inside = np.ones(len(cube), bool)
    for dim, code in where:
        inside &= cube.codes[dim] == code
    return inside


def _segments(cube: Cube, places: Sequence[Sequence[tuple[int, int]]], amounts: Floats) -> Iterator[Segment]:
    """Yield the segments at some places, each leaf adding to the `own` of the first that holds it."""
    taken = np.zeros(len(cube), bool)
    for where in places:
        inside = _inside(cube, where)
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
        yield Segment(
            values, labels, ends[0], ends[1], float(amounts[inside].sum()), float(amounts[inside & ~taken].sum())
        )
        taken |= inside


def _asked(ledger: Ledger, asked: Asked, segment: Segment, whole: tuple[Side, Side], unit: float | None) -> Segment:
    """Return a segment with the values that its filters answer.

    Parameters
    ----------
    ledger, asked
        As for `segments_of`.
    segment : Segment
        As its cube holds it.
    whole : tuple of Side
        What the metric is of in both periods.
    unit : float or None
        What an amount of the cube is worth in the unit of the metric; None where leaves do not add up, so that the
        amount is the segment's own change, of a ratio its rate and mix.
    """
    metric, inside = asked.metric, replace(asked, where=(*asked.where, *segment.filters))
    ends = [side_of(ledger, inside, period, (metric,)) for period in (asked.before, asked.after)]
    first, last = (float("nan") if each.value(metric) is None else each.known(metric) for each in ends)
    if unit is not None:
        return replace(segment, before=first, after=last, amount=segment.amount * unit, own=segment.own * unit)
    if isinstance(metric, Ratio):
        top, base = metric.parts
        n, d = ([each.known(part) for each in ends] for part in (top, base))
        whole_n, whole_d = ([each.known(part) for each in whole] for part in (top, base))
        shares = [_over(part, of) for part, of in zip(d, whole_d, strict=True)]
        middle = (_over(whole_n[0], whole_d[0]) + _over(whole_n[1], whole_d[1])) / 2
        amount = _over(n[1], whole_d[1]) - _over(n[0], whole_d[0]) - middle * (shares[1] - shares[0])
    else:
        amount = ends[1].known(metric) - ends[0].known(metric)
    return replace(segment, before=first, after=last, amount=amount, own=amount)


def _over(above: float, below: float) -> float:
    return above / below if below else 0.0


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


def _named_stores(ledger: Ledger, found: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the segments with stores by name, as filters take them; two of one name stay apart by number."""
    segments = tuple(found)
    if not any("shop" in each.where for each in segments):
        return segments
    rows = ledger.query(ledger.table("store").select("shop_id", "name")).to_pylist()
    n_stores = Counter(row["name"] for row in rows)
    names = {row["shop_id"]: row["name"] if n_stores[row["name"]] == 1 else f"#{row['shop_id']}" for row in rows}
    named = []
    for each in segments:
        where = {name: names.get(value, value) if name == "shop" else value for name, value in each.where.items()}
        named.append(replace(each, where=where))
    return tuple(named)
