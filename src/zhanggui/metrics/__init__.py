"""Metrics: each defined once, as data, and answered the same everywhere."""

from zhanggui.metrics.answering import Answer, answer
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.dimensions import DIMENSIONS, Dimension
from zhanggui.metrics.model import Metric, Unit
from zhanggui.metrics.question import Filter, Question, filters_from_text

__all__ = [
    "CATALOGUE",
    "DIMENSIONS",
    "Answer",
    "Caveat",
    "Dimension",
    "Filter",
    "Metric",
    "Question",
    "Unit",
    "answer",
    "filters_from_text",
]
