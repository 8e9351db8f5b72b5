"""What each channel gets of the conversions, by model, with how sure that is (catalogue C-ATTR, M-MKT-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.attribution import MODELS, Attribution, Intervals, attribute, bootstrap
from zhanggui.methods.attribution.journeys import Floats
from zhanggui.understand.traffic.paths_file import PathsFile

MODEL_NAMES = {
    "first": Text("首次触点", "First touch"),
    "last": Text("末次触点", "Last touch"),
    "linear": Text("线性", "Linear"),
    "position": Text("位置（40-20-40）", "Position (40-20-40)"),
    "time_decay": Text("时间衰减", "Time decay"),
    "markov_1": Text("马尔可夫 1 阶", "Markov, order 1"),
    "markov_2": Text("马尔可夫 2 阶", "Markov, order 2"),
    "markov_3": Text("马尔可夫 3 阶", "Markov, order 3"),
    "shapley": Text("沙普利值（转化数）", "Shapley, by conversions"),
    "shapley_rate": Text("沙普利值（转化率）", "Shapley, by rate"),
    "shapley_ordered": Text("有序沙普利值", "Shapley, ordered"),
}
"""What a person reads for each model."""

OF_PATHS = tuple(name for name in MODELS if name != "time_decay")
"""Models that a file of paths can answer: it knows no times."""

CAVEAT = Text(
    "归因是按规则分配功劳，不证明因果；渠道真正带来多少，要用对照组测量。",
    "Attribution shares out credit by a rule and proves no cause; what a channel really brings takes a control group.",
)


@dataclass(frozen=True, slots=True)
class ChannelCredits:
    """Attribution with the channels' names.

    Attributes
    ----------
    channels : tuple of str
        Names by number.
    found : Attribution
        Credits by model.
    intervals : Intervals or None
        Their bounds, where asked for.
    """

    channels: tuple[str, ...]
    found: Attribution
    intervals: Intervals | None

    def to_json(self) -> dict[str, Any]:
        """Return the answer of ``zhanggui traffic attribution --json``."""
        found = self.found
        answer: dict[str, Any] = {
            "conversions": _plain(found.conversions),
            "value": _plain(found.value),
            "nulls": _plain(found.nulls),
            "models": self._maps(found.credits),
            "values": self._maps(found.values),
            "removal_effects": self._maps(found.removal_effects),
            "evidence": "attributed",
            "note": CAVEAT.en,
            "note_zh": CAVEAT.zh,
        }
        if found.places is not None:
            answer["shapley_by_place"] = {
                name: places.tolist() for name, places in zip(self.channels, found.places, strict=True)
            }
        if self.intervals is not None:
            answer["intervals"] = {
                "confidence": self.intervals.confidence,
                "low": self._maps(self.intervals.low),
                "high": self._maps(self.intervals.high),
            }
        return answer

    def _maps(self, by_model: Any) -> dict[str, dict[str, float]]:  # a mapping of model to array
        return {
            model: dict(zip(self.channels, np.asarray(credit).tolist(), strict=True))
            for model, credit in by_model.items()
        }


def attribution_of_paths(
    paths: PathsFile, *, models: Sequence[str] = OF_PATHS, n_draws: int = 0, seed: int = 0
) -> ChannelCredits:
    """Return the credits of the channels in a file of paths.

    Parameters
    ----------
    paths : PathsFile
        The journeys.
    models : sequence of str
        Names of models.
    n_draws : int, default 0
        Draws of the bootstrap; none without.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    ChannelCredits
        Credits, with intervals where draws were asked for.
    """
    n_channels = len(paths.channels)
    found = attribute(paths.blocks, n_channels=n_channels, models=models)
    intervals = None
    if n_draws:
        rng = np.random.default_rng(seed)
        intervals = bootstrap(paths.blocks, n_channels=n_channels, models=models, rng=rng, n_draws=n_draws)
    return ChannelCredits(paths.channels, found, intervals)


def largest_first(credit: Floats) -> list[int]:
    """Return the channels by credit, largest first; equal ones in the order they were met."""
    return [int(each) for each in np.argsort(-credit, kind="stable")]


def _plain(total: float) -> float | int:
    return int(total) if total == int(total) else total
