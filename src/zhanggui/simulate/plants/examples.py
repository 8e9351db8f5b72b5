"""The 25 worked examples of the sources, X-01 to X-25: what is planted of them, where, and why the rest is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhanggui.simulate.levers import Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.stories import STORIES
from zhanggui.simulate.plants.story import ERRORS, Ground, Reading, Seen, Story, Where

_LABELS = {Trade.BEAUTY: "美妆", Trade.FASHION: "女装", Trade.BABY: "母婴", Trade.HOME: "家居生鲜"}


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example in one world.

    Attributes
    ----------
    story : Story
        What it is.
    is_planted : bool
        Whether the world holds it.
    reason_zh, reason_en : str
        That it is there, or why not.
    where : mapping
        Store, days and whatever else says where to look.
    pulls : tuple of Pull
        The levers that make it.
    """

    story: Story
    is_planted: bool
    reason_zh: str
    reason_en: str
    where: Where
    pulls: tuple[Pull, ...] = ()

    @property
    def id(self) -> str:
        """``X-01`` to ``X-25``."""
        return self.story.id


def examples_of(ground: Ground) -> tuple[Example, ...]:
    """Return X-01 to X-25 for a world."""
    return tuple(_example(story, ground) for story in STORIES)


def _example(story: Story, ground: Ground) -> Example:
    reason = _obstacle(story, ground)
    if reason is not None:
        return Example(story, False, *reason, where={})
    pulls = tuple(pull for pull in story.pulls(ground) if pull.first_day <= pull.last_day)
    return Example(story, True, "已植入", "planted", story.where(ground), pulls)


def _obstacle(story: Story, ground: Ground) -> tuple[str, str] | None:
    """Return why a story cannot be told, or None."""
    if ground.days < story.least_days:
        return (
            f"需要至少 {story.least_days} 天，本次只有 {ground.days} 天",
            f"takes at least {story.least_days} days; the world has {ground.days}",
        )
    for store, trade in story.stores:
        if not ground.sells(store, trade):
            wanted = f"{_LABELS[trade]}" if trade else "店铺"
            return f"所选平台或行业里没有它需要的{wanted}", f"the world has no store {store}" + (
                f" that sells {trade.value}" if trade else ""
            )
    if story.obstacle is not None:
        return story.obstacle(ground)
    return None


def told(example: Example, seen: Seen) -> dict[str, Any]:
    """Return an example as JSON values: what was planted, and what the world's own records hold.

    A figure's tolerance is its stated least one, or three standard errors of the realised figure where that is more;
    a figure that too few orders or people speak of is null. One whose luck is as large as what was planted is not
    clear: nobody can be asked to find it in this world.
    """
    story = example.story
    measured = story.measure(seen) if example.is_planted else {}
    readings = {name: reading for name, reading in measured.items() if reading is not None}
    return {
        "title": {"zh": story.title_zh, "en": story.title_en},
        "planted": example.is_planted,
        "reason": {"zh": example.reason_zh, "en": example.reason_en},
        "where": example.where,
        "figures": [_figure_told(story, place, readings) for place in range(len(story.figures))],
    }


def _figure_told(story: Story, place: int, readings: dict[str, Reading]) -> dict[str, Any]:
    figure = story.figures[place]
    reading = readings.get(figure.name)
    found: dict[str, Any] = {"name": figure.name, "source": figure.source, "planted": figure.value}
    if figure.note_zh:
        found["note"] = {"zh": figure.note_zh, "en": figure.note_en}
    if reading is None:
        return {**found, "realised": None, "tolerance": None, "is_clear": False}
    return {
        **found,
        "realised": round(float(reading.value), 6),
        "standard_error": round(float(reading.error), 6),
        "tolerance": round(float(max(figure.tolerance, ERRORS * reading.error)), 6),
        "is_clear": bool(ERRORS * reading.error < abs(figure.value) or reading.error == 0),
        "n": round(reading.n),
        **(
            {"levels": {name: round(float(value), 6) for name, value in reading.parts.items()}} if reading.parts else {}
        ),
    }
