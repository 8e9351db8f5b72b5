"""Credit for a conversion among the touches before it: rules, Markov chains and Shapley values, all exact."""

from zhanggui.methods.attribution.attribute import MODELS, Attribution, attribute
from zhanggui.methods.attribution.intervals import Intervals, bootstrap
from zhanggui.methods.attribution.journeys import Journeys, journeys

__all__ = ["MODELS", "Attribution", "Intervals", "Journeys", "attribute", "bootstrap", "journeys"]
