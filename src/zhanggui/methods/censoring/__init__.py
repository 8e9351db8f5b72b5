"""Rates of events that were seen only up to a cap."""

from zhanggui.methods.censoring.rates import CappedRates, capped_rates

__all__ = ["CappedRates", "capped_rates"]
