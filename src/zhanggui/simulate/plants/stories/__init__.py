"""The 25 worked examples of the sources, each with what makes it and how it is measured."""

from zhanggui.simulate.plants.stories import advertising, budgets, goods, loyalty, stock, trials, visits
from zhanggui.simulate.plants.story import Story

STORIES: tuple[Story, ...] = tuple(
    sorted(
        (
            *advertising.STORIES,
            *budgets.STORIES,
            *goods.STORIES,
            *loyalty.STORIES,
            *stock.STORIES,
            *trials.STORIES,
            *visits.STORIES,
        ),
        key=lambda story: story.id,
    )
)
"""X-01 to X-25 in order."""
