"""Generated cubes with planted causes, after the generator of RiskLoc (M. Kalander, 2022): its settings of set S."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Where = tuple[tuple[int, int], ...]

SIZES = (10, 12, 10, 8, 5)
MOST_TRIES = 300


@dataclass(frozen=True)
class Cube:
    """Leaves of a cube in two periods, and the segments that were moved."""

    codes: list[Ints]
    before: Floats
    after: Floats
    causes: set[Where]


def planted_cube(rng: np.random.Generator, *, most_dimensions: int = len(SIZES), most_causes: int = 3) -> Cube:
    """Return a cube of noisy leaves, a part of them empty, with one to three causes of one to three segments each."""
    codes = [grid.ravel() for grid in np.meshgrid(*map(np.arange, SIZES), indexing="ij")]
    n = len(codes[0])
    is_there = rng.uniform(size=n) > rng.uniform(0, 0.25)
    noise = rng.uniform(0, 0.25)
    one = rng.weibull(rng.uniform(0.5, 1.0), n) * 100 * is_there
    other = np.maximum(one * (1 + rng.normal(0, noise, n)), 0)
    is_swapped = rng.integers(0, 2, n).astype(bool)
    after, before = np.where(is_swapped, other, one), np.where(is_swapped, one, other)
    falls, rises = (before, after) if after.sum() <= before.sum() else (after, before)
    planted: list[tuple[tuple[int, ...], list[tuple[int, ...]]]] = []
    for _ in range(rng.integers(1, most_causes + 1)):
        n_dims, n_segments = int(rng.integers(1, most_dimensions + 1)), int(rng.integers(1, 4))
        severity, deviation = rng.uniform(0.2, 1.0) + noise, rng.uniform(0, 0.1)
        drawn = _drawn(rng, n_dims, n_segments, planted, codes, is_there)
        if drawn is None:
            continue
        dims, segments = drawn
        planted.append(drawn)
        for segment in segments:
            inside = _inside(codes, dims, segment)
            kept = 1 - rng.normal(severity, deviation, int(inside.sum()))
            rises[inside] = np.maximum(falls[inside] * kept, 0)
    causes = {tuple(zip(dims, each, strict=True)) for dims, segments in planted for each in segments}
    return Cube(codes, before, after, causes)


def _inside(codes: list[Ints], dims: tuple[int, ...], segment: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    inside = np.ones(len(codes[0]), bool)
    for dim, value in zip(dims, segment, strict=True):
        inside &= codes[dim] == value
    return inside


def _drawn(
    rng: np.random.Generator,
    n_dims: int,
    n_segments: int,
    planted: list[tuple[tuple[int, ...], list[tuple[int, ...]]]],
    codes: list[Ints],
    is_there: npt.NDArray[np.bool_],
) -> tuple[tuple[int, ...], list[tuple[int, ...]]] | None:
    """Draw segments that share no value with earlier causes, and none that is empty; None where none are left.

    Two causes may use up a dimension, after which no third can have segments of all of them.
    """
    for _ in range(MOST_TRIES):
        dims = tuple(sorted(int(each) for each in rng.choice(len(SIZES), n_dims, replace=False)))
        columns = []
        for dim in dims:
            used = {each[of.index(dim)] for of, segments in planted if dim in of for each in segments}
            left = [value for value in range(SIZES[dim]) if value not in used]
            columns.append(rng.choice(left, n_segments).tolist() if left else [])
        segments = list(zip(*columns, strict=False))
        is_new = n_dims == len(SIZES) or all(of != dims for of, _ in planted)
        is_full = all(is_there[_inside(codes, dims, each)].any() for each in segments)
        if is_new and is_full and len(set(segments)) == n_segments:
            return dims, segments
    return None
