"""Attribution: hand-worked credits, and what must hold for any journeys (catalogue C-ATTR)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.methods.attribution import MODELS, Journeys, attribute, journeys
from zhanggui.methods.attribution.attribute import AgesMissingError, TooManyChannelsError
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

A, B = 0, 1
OF_PATHS = tuple(name for name in MODELS if name != "time_decay")
N_CHANNELS = 4


def four_journeys() -> Journeys:
    """A > B converts; A does not; B converts; B > A does not."""
    return journeys([(A, B), (A,), (B,), (B, A)], conversions=[1, 0, 1, 0], nulls=[0, 1, 0, 1])


@st.composite
def any_journeys(draw: st.DrawFn) -> Journeys:
    paths = draw(
        st.lists(st.lists(st.integers(0, N_CHANNELS - 1), min_size=1, max_size=6), min_size=1, max_size=25).filter(bool)
    )
    counts = st.lists(st.integers(0, 5), min_size=len(paths), max_size=len(paths))
    conversions = draw(counts)
    conversions[0] += 1
    return journeys(paths, conversions=conversions, nulls=draw(counts), value=[2.5 * each for each in conversions])


@pytest.mark.parametrize(
    ("model", "credit"),
    [
        ("first", (1, 1)),
        ("last", (0, 2)),
        ("linear", (1 / 2, 3 / 2)),
        ("position", (1 / 2, 3 / 2)),
        ("shapley", (1 / 2, 3 / 2)),
        ("shapley_ordered", (1 / 2, 3 / 2)),
        ("markov_1", (1 / 2, 3 / 2)),
        ("markov_2", (2 / 3, 4 / 3)),
        # Rates within {A}: 0, {B}: 1, {A, B}: 2 of 4. A adds 0 and 1/2 - 1, B adds 1 and 1/2; times 4 journeys.
        ("shapley_rate", (-1, 3)),
    ],
)
def test_four_journeys_are_credited_as_worked_by_hand(model: str, credit: tuple[float, float]) -> None:
    found = attribute([four_journeys()], n_channels=2, models=OF_PATHS)

    assert found.credits[model] == pytest.approx(credit, rel=1e-12)


@pytest.mark.parametrize(("model", "effect"), [("markov_1", (1 / 3, 1)), ("markov_2", (1 / 2, 1))])
def test_removing_a_channel_loses_what_is_worked_by_hand(model: str, effect: tuple[float, float]) -> None:
    found = attribute([four_journeys()], n_channels=2, models=[model])

    assert found.removal_effects[model] == pytest.approx(effect, rel=1e-12)


def test_touches_of_two_one_and_no_weeks_ago_share_one_to_two_to_four() -> None:
    one = journeys([(0, 1, 2)], conversions=[7], age=[(14.0, 7.0, 0.0)])

    found = attribute([one], n_channels=3, models=["time_decay"], half_life=7.0)

    assert found.credits["time_decay"] == pytest.approx((1, 2, 4), rel=1e-12)


def test_touches_a_century_old_still_share_by_their_distance() -> None:
    one = journeys([(0, 1)], conversions=[3], age=[(36_507.0, 36_500.0)])

    found = attribute([one], n_channels=2, models=["time_decay"], half_life=7.0)

    assert found.credits["time_decay"] == pytest.approx((1, 2), rel=1e-9)


@given(any_journeys())
def test_credits_of_every_model_sum_to_the_conversions(of: Journeys) -> None:
    found = attribute([of], n_channels=N_CHANNELS, models=OF_PATHS)

    for model, credit in found.credits.items():
        if model.startswith("markov") and found.removal_effects[model].sum() == 0:
            continue
        assert credit.sum() == pytest.approx(of.conversions.sum(), rel=1e-9)
        assert found.values[model].sum() == pytest.approx(of.value.sum(), rel=1e-9)


@given(any_journeys())
def test_blocks_of_journeys_give_what_all_of_them_give(of: Journeys) -> None:
    whole = attribute([of], n_channels=N_CHANNELS, models=OF_PATHS)
    parts = attribute(of.parts(3), n_channels=N_CHANNELS, models=OF_PATHS)

    for model in OF_PATHS:
        assert parts.credits[model] == pytest.approx(whole.credits[model], rel=1e-9, abs=1e-12)


@given(any_journeys())
def test_the_ordered_value_sums_over_places_to_the_unordered_one(of: Journeys) -> None:
    found = attribute([of], n_channels=N_CHANNELS, models=["shapley", "shapley_ordered"])

    assert found.places is not None
    assert found.places.sum(axis=1) == pytest.approx(found.credits["shapley"], rel=1e-9)


@given(any_journeys(), st.integers(0, 24))
def test_a_touch_repeated_at_once_changes_no_removal_effect_of_order_one(of: Journeys, which: int) -> None:
    paths = [of.touch[of.start[i] : of.start[i + 1]].tolist() for i in range(len(of))]
    again = paths[which % len(paths)]
    again.insert(0, again[0])
    repeated = journeys(paths, conversions=of.conversions.tolist(), nulls=of.nulls.tolist())

    before = attribute([of], n_channels=N_CHANNELS, models=["markov_1"]).removal_effects["markov_1"]
    after = attribute([repeated], n_channels=N_CHANNELS, models=["markov_1"]).removal_effects["markov_1"]

    assert after == pytest.approx(before, abs=1e-9)


@given(any_journeys())
def test_a_channel_that_every_converting_journey_touches_loses_all_when_removed(of: Journeys) -> None:
    always = 4
    paths = [[*of.touch[of.start[i] : of.start[i + 1]].tolist(), always] for i in range(len(of))]
    with_it = journeys(paths, conversions=of.conversions.tolist(), nulls=of.nulls.tolist())

    found = attribute([with_it], n_channels=5, models=["markov_1", "markov_2"])

    assert found.removal_effects["markov_1"][always] == pytest.approx(1.0)
    assert found.removal_effects["markov_2"][always] == pytest.approx(1.0)


def test_many_channels_are_counted_by_sorting_and_give_the_same_chain() -> None:
    # 600 numbers to the power of 4 are more codes than an array holds; the same four channels decide.
    rng = np.random.default_rng(5)
    paths = [rng.integers(0, 4, size=rng.integers(1, 6)).tolist() for _ in range(200)]
    conversions = rng.integers(0, 3, size=200).tolist()
    conversions[0] = 1
    few = journeys(paths, conversions=conversions, nulls=[1] * 200)
    spread = journeys([[150 * c for c in path] for path in paths], conversions=conversions, nulls=[1] * 200)

    small = attribute([few], n_channels=4, models=["markov_3"]).credits["markov_3"]
    large = attribute(spread.parts(70), n_channels=600, models=["markov_3"]).credits["markov_3"]

    assert large[::150] == pytest.approx(small, rel=1e-9)


def test_no_conversion_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="No journey ends in a conversion"):
        attribute([journeys([(0,)], conversions=[0], nulls=[3])], n_channels=1, models=["first"])


def test_time_decay_without_times_is_refused() -> None:
    with pytest.raises(AgesMissingError):
        attribute([four_journeys()], n_channels=2, models=["time_decay"])


def test_the_value_by_rate_refuses_more_channels_than_it_can_compare() -> None:
    with pytest.raises(TooManyChannelsError, match="21 channels"):
        attribute([four_journeys()], n_channels=21, models=["shapley_rate"])


def test_counts_that_do_not_match_the_paths_are_refused() -> None:
    with pytest.raises(ShapeMismatchError, match="conversions: 2"):
        journeys([(0,)], conversions=[1, 2])
