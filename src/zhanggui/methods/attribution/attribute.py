"""Every model over the same journeys, in one pass and bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from zhanggui.methods.attribution.journeys import Floats, Journeys
from zhanggui.methods.attribution.markov import Transitions
from zhanggui.methods.attribution.rules import HALF_LIFE, RULES, by_rules
from zhanggui.methods.attribution.shapley import MOST_CHANNELS, PLACES, Exposures, even_split
from zhanggui.methods.problems import MethodError, NotEnoughDataError

MARKOV = {"markov_1": 1, "markov_2": 2, "markov_3": 3}
SHAPLEY, RATE, ORDERED = "shapley", "shapley_rate", "shapley_ordered"
MODELS = (*RULES, *MARKOV, SHAPLEY, RATE, ORDERED)
"""All models by name."""

_AT_ONCE = 1 << 18


class TooManyChannelsError(MethodError):
    """The value by rate would need too many sets."""

    def __init__(self, n_channels: int) -> None:
        self.n_channels = n_channels
        super().__init__(
            f"{RATE} compares every set of channels: {n_channels} channels are too many.",
            where=f"at most {MOST_CHANNELS} channels",
            next_step=f"group small channels, or leave {RATE} out",
        )


class AgesMissingError(MethodError):
    """Time decay was asked of touches without ages."""

    def __init__(self) -> None:
        super().__init__(
            "time_decay needs to know when each touch was.",
            where="the journeys hold the order of touches only",
            next_step="leave time_decay out, or give journeys with times",
        )


@dataclass(frozen=True, slots=True)
class Attribution:
    """What each model gives each channel.

    Attributes
    ----------
    conversions, value, nulls : float
        Totals over all journeys.
    credits : mapping of str to array of float, shape (n_channels,)
        Conversions by model; each sums to the total.
    values : mapping of str to array of float, shape (n_channels,)
        Worth by model; a chain and the value by rate share it as they share the conversions.
    removal_effects : mapping of str to array of float, shape (n_channels,)
        Of the chains.
    places : array of float, shape (n_channels, PLACES), optional
        The ordered value by place of the touch.
    """

    conversions: float
    value: float
    nulls: float
    credits: Mapping[str, Floats]
    values: Mapping[str, Floats]
    removal_effects: Mapping[str, Floats]
    places: Floats | None = None


def attribute(
    blocks: Iterable[Journeys],
    *,
    n_channels: int,
    models: Sequence[str] = MODELS,
    half_life: float = HALF_LIFE,
) -> Attribution:
    """Return what each channel gets of the conversions, by each model.

    Parameters
    ----------
    blocks : iterable of Journeys
        The journeys, in as many blocks as memory asks for.
    n_channels : int
        Number of channels.
    models : sequence of str
        Names out of `MODELS`.
    half_life : float
        For time decay, in the unit of the ages.

    Returns
    -------
    Attribution
        Of these models.

    Raises
    ------
    TooManyChannelsError, AgesMissingError
        A model cannot be had of these journeys.
    NotEnoughDataError
        No journey converts.

    References
    ----------
    .. [1] E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, "Mapping the customer journey", International
           Journal of Research in Marketing 33(3), 2016.
    .. [2] K. Zhao, S. H. Mahboobi, S. R. Bagheri, "Shapley value methods for attribution modeling in online
           advertising", arXiv:1804.05327, 2018.
    """
    if RATE in models and n_channels > MOST_CHANNELS:
        raise TooManyChannelsError(n_channels)
    counted = _Counted(n_channels, tuple(models), half_life)
    for block in blocks:
        for part in block.parts(_AT_ONCE):
            counted.add(part)
    if counted.conversions == 0:
        raise NotEnoughDataError(
            "No journey ends in a conversion, so there is no credit to give.",
            where=f"{counted.nulls:.0f} journeys without conversion",
            next_step="look further back, or check that orders are linked to journeys",
        )
    return counted.result()


@dataclass(slots=True)
class _Counted:
    n_channels: int
    models: tuple[str, ...]
    half_life: float
    conversions: float = 0.0
    value: float = 0.0
    nulls: float = 0.0
    rules: Floats = field(init=False)
    split: Floats = field(init=False)
    chains: Transitions | None = field(init=False)
    exposures: Exposures | None = field(init=False)

    def __post_init__(self) -> None:
        orders = [MARKOV[name] for name in self.models if name in MARKOV]
        self.rules = np.zeros((len(RULES), 2, self.n_channels))
        self.split = np.zeros((2, self.n_channels, PLACES))
        self.chains = Transitions(self.n_channels, max(orders)) if orders else None
        self.exposures = Exposures(self.n_channels) if RATE in self.models else None

    def add(self, block: Journeys) -> None:
        if "time_decay" in self.models and block.age is None:
            raise AgesMissingError
        self.conversions += float(block.conversions.sum())
        self.value += float(block.value.sum())
        self.nulls += float(block.nulls.sum())
        if not set(RULES).isdisjoint(self.models):
            self.rules += by_rules(block, self.n_channels, half_life=self.half_life)
        if SHAPLEY in self.models or ORDERED in self.models:
            self.split += even_split(block, self.n_channels)
        if self.chains is not None:
            self.chains.add(block)
        if self.exposures is not None:
            self.exposures.add(block)

    def result(self) -> Attribution:
        credits, values = ({name: of[k] for name, of in zip(RULES, self.rules, strict=True)} for k in range(2))
        for name in (SHAPLEY, ORDERED):
            credits[name], values[name] = self.split.sum(axis=2)
        chains = self.chains
        effects = {
            name: chains.solved(MARKOV[name]).removal_effects()
            for name in self.models
            if chains is not None and name in MARKOV
        }
        shared = {name: effect / effect.sum() for name, effect in effects.items()}
        if self.exposures is not None:
            shared[RATE] = self.exposures.credits() / self.conversions
        credits |= {name: share * self.conversions for name, share in shared.items()}
        values |= {name: share * self.value for name, share in shared.items()}
        return Attribution(
            self.conversions,
            self.value,
            self.nulls,
            {name: credits[name] for name in self.models},
            {name: values[name] for name in self.models},
            effects,
            self.split[0] if ORDERED in self.models else None,
        )
