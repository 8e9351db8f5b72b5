"""Causes planted in generated cubes, and the ways in which a segment can be mistaken for another."""

from __future__ import annotations

import numpy as np
import pytest
from tests.methods.decomposition.cubes import planted_cube

from zhanggui.methods.decomposition import Carriers, carriers
from zhanggui.methods.decomposition.localisation import WORK, _Search
from zhanggui.methods.decomposition.noise import noise_of
from zhanggui.methods.problems import ShapeMismatchError


def wheres(found: Carriers) -> list[tuple[tuple[int, int], ...]]:
    return [each.where for each in found.carriers]


def grid(*sizes: int) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return [each.ravel() for each in np.meshgrid(*map(np.arange, sizes), indexing="ij")]


def test_one_cause_of_one_dimension_is_found_exactly_and_first() -> None:
    rng = np.random.default_rng()
    for _ in range(25):
        codes = grid(7, 31, 6)
        usual = rng.gamma(2.0, 400.0, len(codes[0]))
        before, after = rng.poisson(usual).astype(float), rng.poisson(usual * 1.04).astype(float)
        dim = int(rng.integers(0, 3))
        value = int(rng.integers(0, int(codes[dim].max()) + 1))
        inside = codes[dim] == value
        after[inside] = rng.poisson(usual[inside] * rng.uniform(0.3, 0.8))

        found = carriers(codes, before, after)

        assert wheres(found)[0] == ((dim, value),)
        assert found.carriers[0].amount == pytest.approx(after[inside].sum() - before[inside].sum())


@pytest.mark.slow
def test_planted_causes_of_several_dimensions_are_found() -> None:
    seed = int(np.random.SeedSequence().generate_state(1)[0])
    rng = np.random.default_rng(seed)
    n_right = n_wrong = n_missed = 0
    for _ in range(40):
        cube = planted_cube(rng)
        found = set(
            wheres(carriers(cube.codes, cube.before, cube.after, max_dimensions=5, max_carriers=9, min_share=0))
        )
        n_right += len(found & cube.causes)
        n_wrong += len(found - cube.causes)
        n_missed += len(cube.causes - found)
    f1 = 2 * n_right / (2 * n_right + n_wrong + n_missed)

    assert f1 >= 0.65, f"micro-F1 {f1:.3f} at seed {seed}"


@pytest.mark.slow
def test_causes_of_one_dimension_are_all_found_among_their_kind() -> None:
    seed = int(np.random.SeedSequence().generate_state(1)[0])
    rng = np.random.default_rng(seed)
    for _ in range(20):
        cube = planted_cube(rng, most_dimensions=1, most_causes=1)

        found = wheres(carriers(cube.codes, cube.before, cube.after, max_carriers=9))

        assert set(found) == cube.causes, f"seed {seed}"


def test_what_moved_as_a_whole_is_background_and_no_segment() -> None:
    codes = grid(4, 6)
    before = np.arange(100.0, 124.0)

    found = carriers(codes, before, before * 1.5)

    assert found.carriers == ()
    assert found.background == pytest.approx(1.5)


def test_a_fall_within_a_rising_shop_is_told_from_the_rise() -> None:
    rng = np.random.default_rng(3)
    codes = grid(5, 20, 4)
    before = rng.poisson(3000, len(codes[0])).astype(float)
    after = rng.poisson(before * 1.2).astype(float)
    inside = (codes[0] == 2) & (codes[2] == 1)
    after[inside] = before[inside] * 0.7

    found = carriers(codes, before, after)

    assert wheres(found) == [((0, 2), (2, 1))]
    assert found.background == pytest.approx(1.2, rel=0.01)


def test_a_product_that_is_all_of_its_brand_is_named_with_one_bound() -> None:
    # Brand 2 holds product 5 alone, so (product), (brand) and both are the same rows: fewer bounds win.
    rng = np.random.default_rng(4)
    product, region = grid(8, 15)
    brand = np.array([0, 0, 0, 1, 1, 2, 3, 3])[product]
    before = rng.poisson(2000, len(product)).astype(float)
    after = rng.poisson(2000, len(product)).astype(float)
    after[product == 5] *= 0.4

    (found,) = carriers([product, brand, region], before, after).carriers

    assert found.where in {((0, 5),), ((1, 2),)}


def test_a_city_is_not_searched_within_its_own_region() -> None:
    rng = np.random.default_rng(9)
    city, product = grid(12, 40)
    region = city // 4
    before = rng.poisson(800, len(city)).astype(float)
    after = rng.poisson(800, len(city)).astype(float)
    after[(region == 1) & (product == 7)] *= 0.5
    after[(city == 10)] *= 0.8
    search = _Search([city, region, product], before, after, 10.0)

    assert list(search.cuboids(3)) == [(0,), (1,), (2,), (0, 2), (1, 2)]
    assert set(wheres(carriers([city, region, product], before, after))) == {((1, 1), (2, 7)), ((0, 10),)}


def test_one_of_a_dozen_channels_is_not_taken_for_the_noise_of_all() -> None:
    # Eleven channels stray by 5 or 10 %, the twelfth brings 239 visits more; with all of its square that would be 37 %.
    before = np.array([257.0, 117, 178, 283, 96, 311, 204, 143, 188, 232, 5, 164])
    after = before * np.tile([1.1, 0.9, 1.05, 0.95], 3)
    after[3] = 522

    assert 0.05 < noise_of(before, after).relative < 0.3


def test_an_appearing_and_a_vanishing_segment_are_carriers() -> None:
    rng = np.random.default_rng(5)
    codes = grid(6, 25)
    before = rng.poisson(500, len(codes[0])).astype(float)
    after = rng.poisson(500, len(codes[0])).astype(float)
    before[codes[0] == 1], after[codes[0] == 4] = 0, 0

    found = carriers(codes, before, after)

    assert set(wheres(found)) == {((0, 1),), ((0, 4),)}


def test_amounts_below_zero_are_located_too() -> None:
    rng = np.random.default_rng(6)
    codes = grid(5, 30)
    before = rng.normal(-200, 10, len(codes[0]))
    after = before + rng.normal(0, 10, len(codes[0]))
    after[codes[0] == 3] += 400

    assert wheres(carriers(codes, before, after)) == [((0, 3),)]


def test_an_overlap_is_counted_once() -> None:
    rng = np.random.default_rng(7)
    codes = grid(6, 10, 12)
    before = rng.poisson(900, len(codes[0])).astype(float)
    after = rng.poisson(900, len(codes[0])).astype(float)
    first, second = codes[0] == 1, codes[1] == 2
    after[first] *= 0.3
    after[second & ~first] *= 0.5

    found = carriers(codes, before, after)

    assert set(wheres(found)) == {((0, 1),), ((1, 2),)}
    union = first | second
    assert sum(each.own for each in found.carriers) == pytest.approx(after[union].sum() - before[union].sum())


def test_more_leaves_than_time_leave_out_the_dimensions_that_say_least() -> None:
    rng = np.random.default_rng(8)
    n = WORK // 20
    codes = [rng.integers(0, size, n) for size in (7, 9, 6, 12, 40)]
    before, after = rng.poisson(8, n).astype(float), rng.poisson(8, n).astype(float)
    inside = (codes[1] == 3) & (codes[4] == 11)
    after[inside] = np.floor(after[inside] * 0.2)

    found = carriers(codes, before, after)

    assert {1, 4} <= set(found.dimensions) < {0, 1, 2, 3, 4}
    assert wheres(found) == [((1, 3), (4, 11))]


def test_nothing_in_both_periods_has_no_carrier() -> None:
    assert carriers([[0, 1]], [0.0, 0.0], [0.0, 0.0]).carriers == ()
    assert carriers([[]], [], []).carriers == ()


def test_leaves_of_different_number_are_refused() -> None:
    with pytest.raises(ShapeMismatchError):
        carriers([[0, 1]], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
